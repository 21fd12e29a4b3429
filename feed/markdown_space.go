package feed

import (
	"strings"
	"unicode"
	"unicode/utf8"

	"golang.org/x/net/html"
)

// unstick makes plain spaces of the no-break spaces in a tidy tree that hold
// nothing together: those beside other white space, across the edge of an
// element, and those at either end of a line.
func unstick(doc *html.Node) {
	u := unsticker{open: true}
	u.children(doc)
	u.line()
}

// An unsticker goes through the texts of a tree from first to last.
type unsticker struct {
	open bool       // white space stands before, or nothing
	last *html.Node // the text before, if it ends in a no-break space
}

func (u *unsticker) children(n *html.Node) {
	for c := n.FirstChild; c != nil; c = c.NextSibling {
		u.node(c)
	}
}

func (u *unsticker) node(n *html.Node) {
	switch t := tag(n); {
	case n.Type == html.TextNode:
		u.text(n)
	case t == "code" || t == "img":
		u.open, u.last = false, nil
	case t == "br" || t == "pre" || t == "hr":
		u.line()
	case isBlock(n):
		u.line()
		u.children(n)
		u.line()
	case !isOurs(n):
		u.children(n)
	}
}

// line ends a line.
func (u *unsticker) line() {
	u.loosen()
	u.open = true
}

// loosen makes a plain space of the no-break space before.
func (u *unsticker) loosen() {
	if u.last != nil {
		_, size := utf8.DecodeLastRuneInString(u.last.Data)
		u.last.Data = u.last.Data[:len(u.last.Data)-size] + " "
		u.open, u.last = true, nil
	}
}

func (u *unsticker) text(n *html.Node) {
	if n.Data == "" {
		return
	}
	first, size := utf8.DecodeRuneInString(n.Data)
	if unicode.IsSpace(first) {
		u.loosen()
	}
	if u.open && isNoBreak(first) {
		n.Data = " " + n.Data[size:]
	}
	end, _ := utf8.DecodeLastRuneInString(n.Data)
	u.open, u.last = unicode.IsSpace(end), nil
	if isNoBreak(end) {
		u.last = n
	}
}

// unfolded is s without the line breaks between two characters of a script that
// has no spaces between words: there they are not one.
func unfolded(s string) string {
	if !strings.Contains(s, "\n") || isPlain(s) {
		return s
	}
	lines := strings.Split(s, "\n")
	var b strings.Builder
	for i, line := range lines[:len(lines)-1] {
		next := strings.TrimLeft(lines[i+1], " \t")
		first, _ := utf8.DecodeRuneInString(next)
		if isUnspaced(lastRune(line)) && isUnspaced(first) {
			b.WriteString(strings.TrimRight(line, " \t"))
			lines[i+1] = next
			continue
		}
		b.WriteString(line + "\n")
	}
	return b.String() + lines[len(lines)-1]
}

// isUnspaced reports whether r is Chinese or Japanese.
func isUnspaced(r rune) bool { return isWide(r) && !unicode.Is(unicode.Hangul, r) || r == 'ー' }
