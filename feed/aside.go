package feed

import (
	"bytes"
	"html"
	"math/rand/v2"
	"slices"
	"strconv"
	"strings"

	"github.com/mmcdole/gofeed/atom"
	ext "github.com/mmcdole/gofeed/extensions"
	"github.com/mmcdole/gofeed/rss"
)

// Most of a feed is long texts, and the XML parser looks at each of their
// bytes many times only to hand them on. So they are set aside before it, and
// put back behind it: that halves the time a feed takes.

// asides are texts that were set aside. What stands for one of them is its
// number behind start, which is another for each feed: nobody who writes a feed
// can know it, however characters are written there, and so call for a text.
type asides struct {
	start string
	texts []string
}

const (
	asideStart = "\ue000" // nobody else uses these two
	asideEnd   = "\ue001"
	leastAside = 200 // bytes of a text that is worth it
)

// setAside takes the long texts of articles out of a feed. Those that gofeed
// does not just decode stay where they are.
func setAside(b []byte, r root) (rest []byte, texts asides) {
	if bytes.Contains(b, []byte("xml:base")) {
		return b, asides{}
	}
	s := setter{in: b, asides: asides{start: asideStart + strconv.FormatUint(rand.Uint64(), 36) + "."}}
	depth := 0 // within an item
	for at := 0; ; {
		m, ok := nextMark(b, at)
		if !ok {
			return append(s.out, b[s.copied:]...), s.asides
		}
		at = m.end
		switch {
		case depth == 0 && m.kind == opening && r.isItem(m.name):
			depth = 1
		case depth == 0:
		case m.kind == opening:
			if depth++; depth == 2 && holdsText(b, m) {
				at = s.element(at)
			}
		case m.kind == closing:
			depth--
		}
	}
}

// holdsText reports whether m begins an element that has the text of an
// article, as text or as HTML.
func holdsText(b []byte, m mark) bool {
	switch string(local(m.name)) {
	case "description", "encoded", "content", "summary":
	default:
		return false
	}
	return !bytes.ContainsRune(b[m.start:m.end], '=') || textType().Match(b[m.start:m.end])
}

var textType = lazily(`^<[^ ]+ type=["'](?:html|text|text/html|text/plain)["'] *>$`)

// A setter copies in to out but for what it sets aside.
type setter struct {
	asides
	in, out []byte
	copied  int
}

// element sets aside what stands in the element that begins before at, and
// returns where that ends.
func (s *setter) element(at int) int {
	for from := at; ; {
		m, ok := nextMark(s.in, at)
		switch {
		case !ok:
			return len(s.in)
		case m.kind == cdata:
			from, at = -1, m.end
			s.take(m.start+len("<![CDATA["), m.end-len("]]>"), func(b []byte) string { return string(b) })
		case m.kind == closing && at == from && isEscaped(s.in[from:m.start]):
			s.take(from, m.start, func(b []byte) string { return html.UnescapeString(string(bytes.TrimSpace(b))) })
			return m.start
		default:
			return m.start
		}
	}
}

// take sets aside what is between from and to, as read reads it.
func (s *setter) take(from, to int, read func([]byte) string) {
	if to-from < leastAside {
		return
	}
	s.out = append(s.out, s.in[s.copied:from]...)
	s.out = append(s.out, s.start+strconv.Itoa(len(s.texts))+asideEnd...)
	s.texts = append(s.texts, read(s.in[from:to]))
	s.copied = to
}

// isEscaped reports whether every "&" in b begins a reference that all readers
// of XML and HTML understand alike.
func isEscaped(b []byte) bool {
	for {
		i := bytes.IndexByte(b, '&')
		if i < 0 {
			return true
		}
		b = b[i+1:]
		end := bytes.IndexByte(b[:min(len(b), 12)], ';')
		if end < 0 || !isReference(string(b[:end])) {
			return false
		}
		b = b[end:]
	}
}

func isReference(name string) bool {
	return slices.Contains([]string{"amp", "lt", "gt", "quot", "apos"}, name) || numeric().MatchString(name)
}

var numeric = lazily(`^#(?:[0-9]+|x[0-9a-fA-F]+)$`)

// backIn is s with the texts that were set aside. These are not looked into:
// what looks like a mark in one of them is text.
func (a asides) backIn(s string) string {
	if len(a.texts) == 0 {
		return s
	}
	var parts []string // none of them empty: a single one is not copied
	for {
		before, rest, found := strings.Cut(s, a.start)
		if before != "" {
			parts = append(parts, before)
		}
		if !found {
			return strings.Join(parts, "")
		}
		number, after, _ := strings.Cut(rest, asideEnd)
		n, err := strconv.Atoi(number)
		if err != nil || n >= len(a.texts) {
			return strings.Join(append(parts, rest), "")
		}
		if s = after; a.texts[n] != "" {
			parts = append(parts, a.texts[n])
		}
	}
}

func (a asides) backInRSS(it *rss.Item) {
	it.Description, it.Content = a.backIn(it.Description), a.backIn(it.Content)
	for name, text := range it.Custom {
		it.Custom[name] = a.backIn(text)
	}
	a.backInExtensions(it.Extensions)
}

func (a asides) backInAtom(entry *atom.Entry) {
	entry.Summary = a.backIn(entry.Summary)
	if entry.Content != nil {
		entry.Content.Value = a.backIn(entry.Content.Value)
	}
	a.backInExtensions(entry.Extensions)
}

// backInExtensions puts texts back into the elements of other vocabularies,
// which hold them themselves: what is in these is not set aside.
func (a asides) backInExtensions(all ext.Extensions) {
	for _, vocabulary := range all {
		for _, list := range vocabulary {
			for i := range list {
				list[i].Value = a.backIn(list[i].Value)
			}
		}
	}
}
