package feed

import (
	"bytes"
	"strings"
)

// A mark is a piece of XML between "<" and ">", as it stands in the text.
type mark struct {
	kind       markKind
	start, end int    // of all of it
	name       []byte // with its prefix, if the mark is a tag
}

type markKind int

const (
	opening markKind = iota
	closing
	empty  // <br/>
	cdata  // <![CDATA[ … ]]>
	aside  // a comment, a processing instruction, a DOCTYPE
	stray  // "<" that begins nothing
	broken // begun, but the text ends before it does
)

// nextMark finds the first mark at or after at; ok is false if there is none.
// It takes any text, well-formed or not.
func nextMark(b []byte, at int) (m mark, ok bool) {
	i := bytes.IndexByte(b[at:], '<')
	if i < 0 {
		return mark{}, false
	}
	m.start = at + i
	rest := b[m.start:]
	switch {
	case len(rest) > 1 && isLetter(rest[1]) || len(rest) > 1 && rest[1] == '_':
		return startTag(b, m), true
	case len(rest) > 2 && rest[1] == '/' && (isLetter(rest[2]) || rest[2] == '_'):
		m.name = nameAt(rest[2:])
		return m.until(rest, closing, ">", 2+len(m.name)), true
	case bytes.HasPrefix(rest, []byte("<![CDATA[")):
		return m.until(rest, cdata, "]]>", len("<![CDATA[")), true
	case bytes.HasPrefix(rest, []byte("<!--")):
		return m.until(rest, aside, "-->", len("<!--")), true
	case bytes.HasPrefix(rest, []byte("<?")):
		return m.until(rest, aside, "?>", 2), true
	case isDoctype(rest):
		return m.until(rest, aside, doctypeEnd(rest), 2), true
	}
	m.kind, m.end = stray, m.start+1
	return m, true
}

// until ends the mark after the first end in rest[from:].
func (m mark) until(rest []byte, kind markKind, end string, from int) mark {
	i := bytes.Index(rest[from:], []byte(end))
	if i < 0 {
		m.kind, m.end = broken, m.start+len(rest)
		return m
	}
	m.kind, m.end = kind, m.start+from+i+len(end)
	return m
}

func isDoctype(b []byte) bool {
	return len(b) > 9 && strings.EqualFold(string(b[:9]), "<!doctype")
}

// doctypeEnd is what a DOCTYPE ends with: one that brings declarations of its
// own keeps them in brackets.
func doctypeEnd(b []byte) string {
	if angle := bytes.IndexByte(b, '>'); angle > 0 && bytes.IndexByte(b[:angle], '[') > 0 {
		return "]>"
	}
	return ">"
}

func nameAt(b []byte) []byte {
	for i, c := range b {
		if !isLetter(c) && (c < '0' || c > '9') && c != ':' && c != '-' && c != '_' && c != '.' {
			return b[:i]
		}
	}
	return b
}

// startTag ends at the first ">" outside quotes. Where the next tag begins
// before that, a quote is missing and the first ">" of all has to do; without
// one it was no tag.
func startTag(b []byte, m mark) mark {
	m.name = nameAt(b[m.start+1:])
	quote, first := byte(0), 0
	for i := m.start + 1 + len(m.name); i < len(b); i++ {
		switch c := b[i]; {
		case c == '<' && !(quote != 0 && closesSoon(b[i:], quote)):
			return m.ending(b, first)
		case c == '>' && quote == 0:
			return m.ending(b, i+1)
		case c == '>' && first == 0:
			first = i + 1
		case c == quote:
			quote = 0
		case quote == 0 && (c == '"' || c == '\''):
			quote = c
		}
	}
	if first > 0 {
		return m.ending(b, first)
	}
	m.kind, m.end = broken, len(b)
	return m
}

// closesSoon reports whether a quote ends before anything that ends a tag.
func closesSoon(b []byte, quote byte) bool {
	b = b[:min(len(b), 256)]
	end, angle := bytes.IndexByte(b, quote), bytes.IndexByte(b, '>')
	return end >= 0 && (angle < 0 || end < angle)
}

// ending makes a start tag of m that ends at end, or no tag at all if that
// is 0.
func (m mark) ending(b []byte, end int) mark {
	switch {
	case end == 0:
		m.kind, m.end = stray, m.start+1
	case b[end-2] == '/':
		m.kind, m.end = empty, end
	default:
		m.kind, m.end = opening, end
	}
	return m
}

// local is a name without its prefix.
func local(name []byte) []byte {
	return name[bytes.IndexByte(name, ':')+1:]
}

func prefix(name []byte) []byte {
	return name[:max(0, bytes.IndexByte(name, ':'))]
}

// A root is where a feed begins in a text.
type root struct {
	start int
	name  []byte
}

// findRoot looks for the element that is a feed, past all that may stand
// before it: declarations, comments, a DOCTYPE, the warnings of a server.
// Without one, name is that of the first element, "" if there is none.
func findRoot(b []byte) (r root, name string, ok bool) {
	for at := 0; ; {
		m, more := nextMark(b, at)
		if !more {
			return root{}, name, false
		}
		at = m.end
		if m.kind == aside && name == "" && isDoctype(b[m.start:]) && bytes.Contains(bytes.ToLower(b[m.start:min(m.end, m.start+40)]), []byte(" html")) {
			return root{}, "html", false
		}
		if m.kind != opening && m.kind != empty {
			continue
		}
		this := strings.ToLower(string(local(m.name)))
		switch {
		case isRoot(this) && (name == "" || this != "feed" || bytes.Contains(b[m.start:m.end], []byte("xmlns"))):
			return root{start: m.start, name: m.name}, this, true
		case name == "":
			name = this
		}
		if name == "html" {
			return root{}, name, false
		}
	}
}

func isRoot(name string) bool {
	return name == "rss" || name == "rdf" || name == "feed"
}

// isItem reports whether name is that of an article in this feed.
func (r root) isItem(name []byte) bool {
	want := "item"
	if strings.EqualFold(string(local(r.name)), "feed") {
		want = "entry"
	}
	if len(name) < len(want) || !strings.EqualFold(string(local(name)), want) {
		return false
	}
	p := prefix(name)
	return len(p) == 0 || bytes.Equal(p, prefix(r.name)) || string(p) == "rss"
}
