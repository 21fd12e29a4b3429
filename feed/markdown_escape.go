package feed

import (
	"strings"
	"unicode"
	"unicode/utf8"

	"github.com/JohannesKaufmann/html-to-markdown/v2/converter"
	"golang.org/x/net/html"
)

// Attributes that escape leaves on emphasis for its renderer: the characters
// before and after it. Beside the wrong one "**" is not emphasis but two stars.
const (
	attrBefore = "newsterm-before"
	attrAfter  = "newsterm-after"
)

// escape goes through a tidy tree whose white space is collapsed, and makes
// every word in it mean itself in markdown, with no more backslashes than that
// takes.
func escape(_ converter.Context, doc *html.Node) {
	e := escaper{start: true, before: ' '}
	e.walk(doc)
}

// An escaper knows where in its line the next word stands.
type escaper struct {
	start   bool // nothing stands before it
	last    bool // nothing stands after it
	inLink  bool
	inCell  bool
	heading bool
	before  rune         // the character before it
	image   bool         // a link follows: "!" would make it a picture
	closed  []*html.Node // emphasis that waits for the character after it
}

func (e *escaper) walk(n *html.Node) {
	if n.Type == html.TextNode {
		e.text(n)
		return
	}
	switch tag(n) {
	case "span":
		return // it is ours
	case "pre":
		e.line()
		return
	case "code":
		e.code(n)
		return
	case "img":
		e.reach('!')
		e.leave(')')
		return
	case "br", "hr":
		e.line()
		return
	case "a":
		e.reach('[')
		e.inLink = true
		e.children(n)
		e.inLink = false
		e.leave(')')
		return
	case "strong", "b", "em", "i", "del":
		before := e.before
		e.reach('*')
		e.children(n)
		setAttr(n, attrBefore, string(before))
		e.closed = append(e.closed, n)
		e.leave('*')
		return
	case "td", "th":
		e.inCell = true
		e.block(n)
		e.inCell = false
		return
	case "h1", "h2", "h3", "h4", "h5", "h6":
		e.heading = true
		e.block(n)
		e.heading = false
		return
	}
	if isBlock(n) {
		e.block(n)
		return
	}
	e.children(n)
}

func (e *escaper) children(n *html.Node) {
	for c := n.FirstChild; c != nil; c = c.NextSibling {
		e.walk(c)
	}
}

func (e *escaper) block(n *html.Node) {
	e.line()
	e.children(n)
	e.line()
}

// line begins a new line.
func (e *escaper) line() {
	e.reach(' ')
	e.start, e.before = true, ' '
}

// reach tells the emphasis just closed what follows it.
func (e *escaper) reach(r rune) {
	for _, n := range e.closed {
		setAttr(n, attrAfter, string(r))
	}
	e.closed = e.closed[:0]
	e.start, e.before = false, r
}

func (e *escaper) leave(r rune) { e.start, e.before = false, r }

func (e *escaper) code(n *html.Node) {
	e.reach('`')
	if e.inCell {
		for c := n.FirstChild; c != nil; c = c.NextSibling {
			c.Data = strings.ReplaceAll(c.Data, "|", `\|`)
		}
	}
	e.leave('`')
}

func (e *escaper) text(n *html.Node) {
	joinText(n)
	if n.Data == "" {
		return
	}
	first, _ := utf8.DecodeRuneInString(n.Data)
	start, before := e.start, e.before
	e.reach(first)
	e.start, e.before = start, before
	next := following(n)
	e.last = next == nil
	e.image = next != nil && tag(next) == "a"
	raw := n.Data
	n.Data = e.escape(raw)
	e.start = e.start && strings.TrimSpace(raw) == ""
	e.before, _ = utf8.DecodeLastRuneInString(raw)
}

// joinText takes the text nodes after n into n.
func joinText(n *html.Node) {
	if n.NextSibling == nil || n.NextSibling.Type != html.TextNode {
		return
	}
	var b strings.Builder
	b.WriteString(n.Data)
	for s := n.NextSibling; s != nil && s.Type == html.TextNode; s = n.NextSibling {
		b.WriteString(s.Data)
		n.Parent.RemoveChild(s)
	}
	n.Data = b.String()
}

// following is the node that comes after n on its line; nil if n ends it.
func following(n *html.Node) *html.Node {
	for ; n != nil && !isBlock(n); n = n.Parent {
		if s := n.NextSibling; s != nil {
			if tag(s) == "br" || isBlock(s) {
				return nil
			}
			return s
		}
	}
	return nil
}

// special are the characters that may need escaping anywhere in a line.
const special = "\\`*_[]<>&~|!#"

// escape returns s so that CommonMark reads it as the words it is.
func (e *escaper) escape(s string) string {
	var b strings.Builder
	if e.start {
		s = strings.TrimLeft(s, " ")
		s = e.lead(s, &b)
	}
	if !strings.ContainsAny(s, special) && b.Len() == 0 {
		return s
	}
	for i := 0; i < len(s); {
		j := strings.IndexAny(s[i:], special)
		if j < 0 {
			b.WriteString(s[i:])
			break
		}
		b.WriteString(s[i : i+j])
		i += j
		b.WriteString(e.char(s, i))
		i++
	}
	return b.String()
}

// lead writes the first character of a line, if with it the line would be
// something else than a paragraph, and returns the rest.
func (e *escaper) lead(s string, b *strings.Builder) string {
	if s == "" || e.inCell {
		return s
	}
	if n := digits(s); n > 0 && n <= 9 && n < len(s) && (s[n] == '.' || s[n] == ')') && spaceAt(s, n+1) {
		b.WriteString(s[:n] + escaped(s[n:n+1]))
		return s[n+1:]
	}
	if !leads(s) {
		return s
	}
	if s[0] == '>' {
		b.WriteString(`\` + markMore)
	} else {
		b.WriteString(escaped(s[:1]))
	}
	return s[1:]
}

// leads reports whether the first character of s begins a block.
func leads(s string) bool {
	switch c := s[0]; c {
	case '#':
		n := len(s) - len(strings.TrimLeft(s, "#"))
		return n <= 6 && spaceAt(s, n)
	case '+', '-', '*':
		return spaceAt(s, 1) || s[1] == c
	case '>', '=', '_', '|':
		return true
	case ':':
		return len(s) > 1 && s[1] == '-'
	case '[':
		return len(s) > 2 && strings.IndexByte(" xX", s[1]) >= 0 && s[2] == ']'
	}
	return false
}

func digits(s string) int { return len(s) - len(strings.TrimLeft(s, "0123456789")) }

// spaceAt reports whether s has ended or has a space at i.
func spaceAt(s string, i int) bool { return i >= len(s) || s[i] == ' ' }

// char is the special character at i in s as it has to be written.
func (e *escaper) char(s string, i int) string {
	c, end := s[i:i+1], i+1 == len(s)
	open := end && !e.last // something that is not known stands right after it
	before := e.before
	if i > 0 {
		before, _ = utf8.DecodeLastRuneInString(s[:i])
	}
	after := ' '
	if !end {
		after, _ = utf8.DecodeRuneInString(s[i+1:])
	} else if open {
		after = '*'
	}
	plain := true
	switch c {
	case "`":
		plain = false
	case "\\":
		plain = !isPunct(after) && !end
	case "*":
		plain = unicode.IsSpace(before) && unicode.IsSpace(after)
	case "_":
		plain = isWord(before) && isWord(after) || unicode.IsSpace(before) && unicode.IsSpace(after)
	case "[":
		plain = !e.inLink
	case "]":
		plain = !e.inLink && !open && after != '(' && after != ':' && after != '['
	case "~":
		plain = before != '~' && after != '~' && unicode.IsSpace(before)
	case "|":
		plain = !e.inCell
	case "!":
		plain = !(end && e.image)
	case "#":
		plain = !(end && e.heading) || isWord(before)
	case "<":
		if unicode.IsLetter(after) || strings.ContainsRune("/!?*", after) {
			return `\` + markLess
		}
		return markLess
	case ">":
		return markMore
	case "&":
		return ampersand(s[i:], open)
	}
	if plain {
		return c
	}
	return escaped(c)
}

// escaped is a character that means itself. Glamour keeps the backslash before
// some, so these are written by number.
func escaped(c string) string {
	switch c {
	case "~":
		return "&#126;"
	case "=":
		return "&#61;"
	case ":":
		return "&#58;"
	}
	return `\` + c
}

// longestEntity is the most bytes of a character reference, and then some.
const longestEntity = 40

// ampersand is the "&" that s begins with: escaped if with what follows it would
// be a character, also to those who do not insist on the semicolon.
func ampersand(s string, open bool) string {
	s = s[:min(len(s), longestEntity)]
	if i := strings.IndexByte(s[1:], '&'); i >= 0 {
		s = s[:i+1]
	}
	if open && len(s) < longestEntity && !strings.ContainsAny(s, " ;") {
		return "&amp;"
	}
	if strings.HasPrefix(s, "&#") || html.UnescapeString(s) != s {
		return "&amp;"
	}
	return "&"
}

func isPunct(r rune) bool {
	return r < 0x80 && (unicode.IsPunct(r) || unicode.IsSymbol(r))
}

func isWord(r rune) bool { return unicode.IsLetter(r) || unicode.IsDigit(r) }
