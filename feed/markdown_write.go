package feed

import (
	"bytes"
	"strconv"
	"strings"
	"unicode/utf8"

	"github.com/JohannesKaufmann/html-to-markdown/v2/converter"
	"golang.org/x/net/html"
)

// write renders what html-to-markdown would render otherwise than we need; the
// rest it leaves to the library.
func write(ctx converter.Context, w converter.Writer, n *html.Node) converter.RenderStatus {
	switch tag(n) {
	case "strong", "b":
		writeEmphasis(ctx, w, n, "**")
	case "em", "i":
		writeEmphasis(ctx, w, n, "*")
	case "del":
		writeEmphasis(ctx, w, n, "~~")
	case "a":
		writeLink(ctx, w, n)
	case "img":
		w.WriteString("!" + bracketed(attr(n, "alt")) + "(" + attr(n, "src") + titled(attr(n, "title")) + ")")
	case "code":
		writeCode(w, n)
	case "pre":
		writePre(w, n)
	case "hr":
		w.WriteString("\n\n---\n\n")
	case "h1", "h2", "h3", "h4", "h5", "h6":
		writeHeading(ctx, w, n)
	case "blockquote":
		writeQuote(ctx, w, n)
	case "ul", "ol":
		writeList(ctx, w, n)
	case "span":
		return writeOurs(w, n)
	default:
		return converter.RenderTryNext
	}
	return converter.RenderSuccess
}

// writeOurs writes a place in the page, or the box before a task.
func writeOurs(w converter.Writer, n *html.Node) converter.RenderStatus {
	switch {
	case hasAttr(n, attrBox):
		w.WriteString("[" + attr(n, attrBox) + "] ")
	case hasAttr(n, attrPlace):
		w.WriteString(`<a id="` + attr(n, attrPlace) + `"></a>`)
	default:
		return converter.RenderTryNext
	}
	return converter.RenderSuccess
}

// rendered is what n contains, as markdown.
func rendered(ctx converter.Context, n *html.Node) []byte {
	var b bytes.Buffer
	ctx.RenderChildNodes(ctx, &b, n)
	return b.Bytes()
}

// writeEmphasis puts mark around every line of n. White space stays outside, and
// so does punctuation at an end that touches a word: `**Note:**see` is no
// emphasis in CommonMark, `**Note**:see` is.
func writeEmphasis(ctx converter.Context, w converter.Writer, n *html.Node, mark string) {
	lines := strings.Split(string(rendered(ctx, n)), "\n")
	for i, line := range lines {
		if i > 0 {
			w.WriteString("\n")
		}
		before, after := ' ', ' '
		if i == 0 {
			before = firstRune(attr(n, attrBefore))
		}
		if i == len(lines)-1 {
			after = firstRune(attr(n, attrAfter))
		}
		w.WriteString(emphasised(line, mark, before, after))
	}
}

func firstRune(s string) rune {
	if s == "" {
		return ' '
	}
	r, _ := utf8.DecodeRuneInString(s)
	return r
}

func emphasised(line, mark string, before, after rune) string {
	text := strings.TrimSpace(line)
	if text == "" {
		return line
	}
	i := strings.Index(line, text)
	left, right := line[:i], line[i+len(text):]
	if right == "" && isWord(after) {
		end := strings.TrimRight(text, `.,:;!?"'…”’»`)
		if !strings.HasSuffix(end, `\`) && end != "" {
			text, right = end, text[len(end):]
		}
	}
	if left == "" && (isWord(before) || strings.ContainsAny(right, `"'”’»`)) {
		start := strings.TrimLeft(text, `"'“‘«¿¡`)
		left, text = text[:len(text)-len(start)], start
	}
	first, _ := utf8.DecodeRuneInString(text)
	last, _ := utf8.DecodeLastRuneInString(text)
	switch {
	case text == "",
		left == "" && isWord(before) && !isWord(first),
		right == "" && isWord(after) && !isWord(last):
		return left + text + right // it would not be read as emphasis
	}
	return left + mark + text + mark + right
}

func writeLink(ctx converter.Context, w converter.Writer, n *html.Node) {
	content := string(rendered(ctx, n))
	text := Line(content)
	if text == "" {
		return
	}
	inner := strings.Trim(content, " "+noBreaks)
	left, right, _ := strings.Cut(content, inner)
	w.WriteString(left + "[" + text + "](" + attr(n, "href") + titled(attr(n, "title")) + ")" + right)
}

// bracketed is plain text as the text of a picture.
func bracketed(s string) string {
	e := escaper{inLink: true, last: true}
	return "[" + e.escape(Line(s)) + "]"
}

// titled is plain text as the title after an address.
func titled(s string) string {
	s = Line(s)
	if s == "" {
		return ""
	}
	e := escaper{inLink: true, last: true}
	return ` "` + strings.ReplaceAll(e.escape(s), `"`, `\"`) + `"`
}

// writeCode writes a code span. Inside it nothing is escaped, so its fence is
// longer than any run of backticks in it.
func writeCode(w converter.Writer, n *html.Node) {
	code := strings.Join(strings.Fields(plainText(n)), " ")
	if code == "" {
		return
	}
	fence := strings.Repeat("`", longestRun(code, '`')+1)
	if code[0] == '`' || code[len(code)-1] == '`' {
		code = " " + code + " "
	}
	w.WriteString(fence + code + fence)
}

// writePre writes a code block, always with a language: renderers guess for
// milliseconds if there is none.
func writePre(w converter.Writer, n *html.Node) {
	code := strings.Trim(plainText(n), "\n")
	fence := strings.Repeat("`", max(longestRun(code, '`')+1, 3))
	w.WriteString("\n\n" + fence + attr(n, "lang") + "\n")
	w.WriteString(strings.ReplaceAll(code, "\n", markBreak) + "\n" + fence + "\n\n")
}

// longestRun is the length of the longest run of c in s.
func longestRun(s string, c byte) int {
	longest, run := 0, 0
	for i := 0; i < len(s); i++ {
		if s[i] != c {
			run = 0
			continue
		}
		run++
		longest = max(longest, run)
	}
	return longest
}

func writeHeading(ctx converter.Context, w converter.Writer, n *html.Node) {
	text := Line(string(rendered(ctx, n)))
	if text == "" {
		return
	}
	level := int(n.Data[1] - '0')
	w.WriteString("\n\n" + strings.Repeat("#", level) + " " + text + "\n\n")
}

func writeQuote(ctx converter.Context, w converter.Writer, n *html.Node) {
	text := blocks(rendered(ctx, n))
	if text == "" {
		return
	}
	w.WriteString("\n\n" + indented(text, "> ", "> ") + "\n\n")
}

// writeList writes a list with its items close together. One that follows
// another list takes another marker, or they would be read as one.
func writeList(ctx converter.Context, w converter.Writer, n *html.Node) {
	marker := newMarker(n)
	var items []string
	for c := n.FirstChild; c != nil; c = c.NextSibling {
		var b bytes.Buffer
		ctx.RenderNodes(ctx, &b, c)
		if text := blocks(b.Bytes()); text != "" {
			items = append(items, marker.next(text))
		}
	}
	if len(items) == 0 {
		return
	}
	gap := "\n\n"
	if n.Parent != nil && tag(n.Parent) == "li" {
		gap = "\n"
	}
	w.WriteString(gap + strings.Join(items, "\n") + "\n\n")
}

// blocks is what was rendered, with one blank line between blocks and none
// around them.
func blocks(b []byte) string {
	lines := strings.Split(string(bytes.Trim(b, "\n")), "\n")
	kept := lines[:0]
	for _, l := range lines {
		if strings.TrimSpace(l) != "" {
			kept = append(kept, l)
			continue
		}
		if n := len(kept); n > 0 && kept[n-1] != "" {
			kept[n-1] = strings.TrimRight(kept[n-1], " ")
			kept = append(kept, "")
		}
	}
	return strings.Trim(strings.Join(kept, "\n"), " \n")
}

// indented puts first before the first line of text and rest before all others.
func indented(text, first, rest string) string {
	text = strings.ReplaceAll(text, "\n", "\n"+rest)
	text = strings.ReplaceAll(text, "\n"+rest+"\n", "\n"+strings.TrimRight(rest, " ")+"\n")
	text = strings.ReplaceAll(text, markBreak, markBreak+rest)
	return first + text
}

// A marker counts the items of a list.
type marker struct {
	ordered, reversed bool
	number            int
	sign              string
}

func newMarker(n *html.Node) marker {
	second := attr(n, attrSecond) != ""
	m := marker{ordered: tag(n) == "ol", number: 1, sign: "-"}
	if second {
		m.sign = "*"
	}
	if !m.ordered {
		return m
	}
	m.sign = "."
	if second {
		m.sign = ")"
	}
	start, err := strconv.Atoi(attr(n, "start"))
	m.reversed = hasAttr(n, "reversed")
	switch {
	case err == nil && start >= 0 && start < 1e6:
		m.number = start
	case m.reversed:
		for c := n.FirstChild.NextSibling; c != nil; c = c.NextSibling {
			m.number++
		}
	}
	return m
}

// next is text as the next item. Numbers that run backwards are written as
// words, since markdown only counts upwards.
func (m *marker) next(text string) string {
	number := strconv.Itoa(m.number)
	switch {
	case m.reversed:
		m.number = max(m.number-1, 0)
		return indented(number+`\. `+text, "- ", "  ")
	case m.ordered:
		m.number++
		first := number + m.sign + " "
		return indented(text, first, strings.Repeat(" ", len(first)))
	}
	return indented(text, m.sign+" ", "  ")
}
