package feed

import (
	"strings"
	"unicode/utf8"

	"golang.org/x/net/html"
)

// Text returns the words of an HTML text as plain text, for search, for
// summaries and for pipes. Blocks stand on lines of their own with a blank line
// between paragraphs, list items begin with "- ", <pre> is kept as it is, and
// of a picture its alternative text is kept. Scripts, styles and what else
// nobody reads are left out.
//
// The result is Safe, and entities are decoded once: what the author wanted
// seen as "&#27;" is those five characters. Text takes any bytes whatsoever, at
// any depth, in time that grows with their number.
func Text(source string) string {
	t := texter{rest: source, out: make([]byte, 0, len(source)/2)}
	for t.rest != "" {
		i := strings.IndexByte(t.rest, '<')
		if i < 0 {
			i = len(t.rest)
		}
		t.words(t.rest[:i])
		t.rest = t.rest[i:]
		t.markup()
	}
	return strings.TrimRight(cleanText(string(t.out)), " \t\n")
}

// cleanText is Safe, without what only tells a browser where a word or a line may
// or may not break, and without what Unicode promises never to be text.
func cleanText(s string) string { return cleaned(s, textRune) }

// cleanWords is cleanText with the no-break spaces that hold words together.
func cleanWords(s string) string {
	if s = cleaned(s, wordRune); hasNoBreak(s) {
		return loneSpaces(s)
	}
	return s
}

// cleaned is s with each character as clean returns it; negative for nothing.
func cleaned(s string, clean func(rune) rune) string {
	var b strings.Builder
	done := 0
	for i := 0; i < len(s); {
		if c := s[i]; ' ' <= c && c < 0x7f || c == '\n' || c == '\t' {
			i++
			continue
		}
		r, size := utf8.DecodeRuneInString(s[i:])
		if c := clean(r); c != r || size == 1 {
			b.WriteString(s[done:i])
			done = i + size
			if c >= 0 {
				b.WriteRune(c)
			}
		}
		i += size
	}
	if done == 0 {
		return s
	}
	b.WriteString(s[done:])
	return b.String()
}

// textRune is what cleanText makes of a character.
func textRune(r rune) rune {
	if r == '\u00a0' {
		return ' '
	}
	return wordRune(r)
}

// wordRune is what cleanWords makes of a character.
func wordRune(r rune) rune {
	switch {
	case r == '\u00ad', r == '\u200b', r == '\u2060': // soft hyphen, zero width space, word joiner
		return -1
	case r >= 0xfdd0 && r <= 0xfdef:
		return -1
	}
	return safeRune(r)
}

// altLen is the most runes of a picture's alternative text that Text keeps.
const altLen = 120

// A role is what an element does to the text around it.
type role int

const (
	inline    role = iota // nothing: also unknown elements
	lines                 // begins and ends a line
	newline               // <br>: two make a paragraph
	paragraph             // has a blank line before and after
	list
	item
	cell
	verbatim // <pre>
	picture
	dropped  // not read
	swallows // not read, and to the end of the text if it is never closed
)

var roles = map[string]role{
	"address": lines, "article": lines, "aside": lines, "body": lines, "br": newline,
	"caption": lines, "center": lines, "dd": lines, "div": lines, "dt": lines,
	"fieldset": lines, "figcaption": lines, "footer": lines, "form": lines, "header": lines,
	"html": lines, "legend": lines, "main": lines, "nav": lines, "option": lines,
	"section": lines, "summary": lines, "tr": lines,
	"blockquote": paragraph, "details": paragraph, "dl": paragraph, "figure": paragraph,
	"h1": paragraph, "h2": paragraph, "h3": paragraph, "h4": paragraph, "h5": paragraph,
	"h6": paragraph, "hr": paragraph, "p": paragraph, "table": paragraph,
	"ul": list, "ol": list, "menu": list, "dir": list,
	"li": item,
	"td": cell, "th": cell,
	"pre": verbatim, "listing": verbatim, "xmp": verbatim,
	"img":  picture,
	"head": dropped, "iframe": dropped, "noembed": dropped, "noframes": dropped,
	"noscript": dropped, "svg": dropped, "template": dropped, "textarea": dropped, "title": dropped,
	"annotation": dropped, "annotation-xml": dropped,
	"script": swallows, "style": swallows,
}

// A texter walks through HTML once. What stands between two words is decided
// when the second one comes, so that breaks never pile up.
type texter struct {
	rest     string
	out      []byte
	breaks   int             // newlines to write before the next word
	gap      byte            // what to write before it if there are none; 0 for nothing
	bullet   bool            // the next word is the first of a list item
	lists    int             // open lists
	pre      bool            // inside <pre>
	unclosed map[string]bool // elements of which no end tag follows any more
}

// markup reads the tag, comment or lone "<" that rest begins with.
func (t *texter) markup() {
	name, closing := tagName(t.rest)
	switch {
	case t.rest == "":
	case name != "":
		tag := t.rest[:tagEnd(t.rest)]
		t.rest = t.rest[len(tag):]
		t.element(name, tag, closing)
	case strings.HasPrefix(t.rest, "<!--"):
		t.skipPast("-->", len("<!"))
	case len(t.rest) > 1 && strings.IndexByte("!?/", t.rest[1]) >= 0:
		t.skipPast(">", 1)
	default:
		t.words("<")
		t.rest = t.rest[1:]
	}
}

// skipPast leaves out everything up to and with the first end at or after from.
func (t *texter) skipPast(end string, from int) {
	i := strings.Index(t.rest[from:], end)
	if i < 0 {
		t.rest = ""
		return
	}
	t.rest = t.rest[from+i+len(end):]
}

func (t *texter) element(name, tag string, closing bool) {
	switch roles[name] {
	case lines:
		t.line(1)
	case newline:
		t.line(min(t.breaks+1, 2))
	case paragraph:
		t.line(2)
	case list:
		t.line(2)
		t.nest(closing)
		t.bullet = false
	case item:
		t.line(1)
		t.bullet = !closing
	case cell:
		t.gap = '\t'
	case verbatim:
		t.line(2)
		t.pre = !closing
		if t.pre {
			t.rest = strings.TrimPrefix(strings.TrimPrefix(t.rest, "\r"), "\n")
		}
	case picture:
		t.words(Cut(Line(altOf(tag)), altLen))
	case dropped:
		t.drop(name, closing, false)
	case swallows:
		t.drop(name, closing, true)
	}
}

// line asks for n newlines before the next word. Inside a list there are no
// blank lines.
func (t *texter) line(n int) {
	if t.lists > 0 {
		n = 1
	}
	t.breaks = max(t.breaks, n)
	t.gap = 0
}

func (t *texter) nest(closing bool) {
	if !closing {
		t.lists++
		return
	}
	t.lists = max(t.lists-1, 0)
	t.line(2)
}

// drop leaves out an element with all that is in it. One that is never closed
// swallows the rest of the text or counts as empty.
func (t *texter) drop(name string, closing, swallow bool) {
	if closing || t.unclosed[name] {
		return
	}
	for s := t.rest; ; {
		i := strings.Index(s, "</")
		if i < 0 {
			break
		}
		s = s[i:]
		if end, _ := tagName(s); end == name {
			t.rest = s[tagEnd(s):]
			return
		}
		s = s[2:]
	}
	if swallow {
		t.rest = ""
		return
	}
	if t.unclosed == nil {
		t.unclosed = map[string]bool{}
	}
	t.unclosed[name] = true
}

// words writes a run of text.
func (t *texter) words(s string) {
	if strings.IndexByte(s, '&') >= 0 {
		s = html.UnescapeString(s)
	}
	if t.pre {
		t.verbatim(s)
		return
	}
	for i := 0; i < len(s); {
		n := blankLen(s[i:])
		if n > 0 {
			if t.gap == 0 {
				t.gap = ' '
			}
			i += n
			continue
		}
		n = wordsLen(s[i:])
		t.write(s[i : i+n])
		i += n
	}
}

// blankLen is the length of the white space that s begins with; 0 if it begins
// with something to read.
func blankLen(s string) int {
	switch {
	case s[0] == ' ' || '\t' <= s[0] && s[0] <= '\r':
		return 1
	case s[0] == 0xc2 && strings.HasPrefix(s, "\u00a0"):
		return 2
	}
	return 0
}

// wordsLen is the length of the words with single spaces between them that s
// begins with.
func wordsLen(s string) int {
	for i := 0; i < len(s); i++ {
		c := s[i]
		if c > ' ' && c != 0xc2 {
			continue
		}
		if c == ' ' && i+1 < len(s) && s[i+1] > ' ' && s[i+1] != 0xc2 {
			i++
			continue
		}
		if blankLen(s[i:]) > 0 {
			return i
		}
	}
	return len(s)
}

// verbatim writes a run of text in <pre>.
func (t *texter) verbatim(s string) {
	if s == "" || t.breaks > 0 && strings.TrimSpace(s) == "" {
		return
	}
	t.write("")
	t.out = append(t.out, strings.ReplaceAll(s, "\r\n", "\n")...)
}

// write puts word after what has to stand before it.
func (t *texter) write(word string) {
	switch {
	case len(t.out) == 0:
	case t.breaks > 0:
		t.out = append(trimRight(t.out), "\n\n"[:min(t.breaks, 2)]...)
	case t.gap != 0:
		t.out = append(t.out, t.gap)
	}
	if t.bullet {
		t.out = append(t.out, strings.Repeat("  ", min(max(t.lists-1, 0), maxIndent))...)
		t.out = append(t.out, "- "...)
	}
	t.breaks, t.gap, t.bullet = 0, 0, false
	t.out = append(t.out, word...)
}

// maxIndent is how many levels of nested lists Text shows as such.
const maxIndent = 8

func trimRight(b []byte) []byte {
	for len(b) > 0 && (b[len(b)-1] == '\n' || b[len(b)-1] == ' ') {
		b = b[:len(b)-1]
	}
	return b
}

// tagName reads the name of the tag that s begins with, in lower case; "" if s
// begins with something else.
func tagName(s string) (name string, closing bool) {
	if len(s) < 2 || s[0] != '<' {
		return "", false
	}
	s = s[1:]
	if s[0] == '/' {
		s, closing = s[1:], true
	}
	if s == "" || !isLetter(s[0]) {
		return "", false
	}
	s = s[:min(len(s), longestName)]
	n := 1
	for n < len(s) && s[n] > ' ' && s[n] != '/' && s[n] != '>' {
		n++
	}
	return strings.ToLower(s[:n]), closing
}

// longestName is more than the longest name of an element that matters here.
const longestName = 24

func isLetter(c byte) bool { return 'a' <= c|0x20 && c|0x20 <= 'z' }

// tagEnd is the length of the tag that s begins with, ">" included. A ">" in a
// quoted value does not end it; a quote that is never closed counts for nothing.
func tagEnd(s string) int {
	value := false // after "="
	for i := 1; i < len(s); i++ {
		switch c := s[i]; {
		case c == '>':
			return i + 1
		case c == '=':
			value = true
		case value && (c == '"' || c == '\''):
			value = false
			i += strings.IndexByte(s[i+1:], c) + 1
		case c > ' ':
			value = false
		}
	}
	return len(s)
}

// altOf reads the alternative text in an <img> tag.
func altOf(tag string) string {
	z := html.NewTokenizer(strings.NewReader(tag))
	z.Next()
	for {
		key, value, more := z.TagAttr()
		if string(key) == "alt" {
			return string(value)
		}
		if !more {
			return ""
		}
	}
}
