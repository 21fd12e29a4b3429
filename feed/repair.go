package feed

import (
	"bytes"
	"fmt"
	"strings"
)

// MaxItems is the most articles that are read from one feed.
const MaxItems = 10_000

// maxUnclosed is how many CDATA sections without an end are mended in one feed.
// Each costs a look at all that follows.
const maxUnclosed = 100

// maxDepth is how deep elements may stand in one another. Honest feeds need
// twenty, letters in XHTML sixty.
const maxDepth = 200

// isSound reports whether the feed at the beginning of b can be given to a
// parser as it is: every tag has its end, no item holds another one, nothing is
// nested too deep, and there are not too many items.
func isSound(b []byte, r root) bool {
	open := make([][]byte, 0, 64)
	items, inItem := 0, false
	for at := 0; ; {
		m, ok := nextMark(b, at)
		if !ok {
			return false
		}
		at = m.end
		switch m.kind {
		case broken:
			return false
		case cdata:
			if swallowed(b[m.start:m.end], r) >= 0 {
				return false
			}
		case opening:
			if r.isItem(m.name) {
				items++
				if inItem || items > MaxItems {
					return false
				}
				inItem = true
			}
			if len(open) == maxDepth {
				return false
			}
			open = append(open, m.name)
		case closing:
			last := len(open) - 1
			if !bytes.Equal(open[last], m.name) {
				return false
			}
			if open = open[:last]; last == 0 {
				return true
			}
			if inItem && r.isItem(m.name) {
				inItem = false
			}
		}
	}
}

var nextItem = lazily(`(?i)</(?:[a-z]+:)?(?:item|entry)>\s*<(?:[a-z]+:)?(?:item|entry)[\s>]`)

// swallowed is where an item ends inside a CDATA section that has swallowed
// the next one because its own end is missing; -1 if it has not.
func swallowed(section []byte, r root) int {
	end := []byte("</item>")
	if r.isItem([]byte("entry")) {
		end = []byte("</entry>")
	}
	if !bytes.Contains(section, end) {
		return -1
	}
	if at := nextItem().FindIndex(section); at != nil {
		return at[0]
	}
	return -1
}

// balance rewrites a damaged feed so that a parser can read it: every tag gets
// its end, ends without a beginning and "<" without a name are taken away, and
// a feed that breaks off is cut after its last complete item. Nothing else
// changes. The notes say, a line each, what was done; lines is how many lines
// stood before b.
func balance(b []byte, r root, lines int) (out []byte, notes []string, torn bool) {
	w := &balancer{in: b, root: r, lines: lines, item: -1}
	w.out.Grow(len(b) + 256)
	for at := 0; ; {
		m, ok := nextMark(b, at)
		if !ok {
			w.text(b[at:])
			w.breakOff(false)
			break
		}
		w.text(b[at:m.start])
		if m.kind == broken && !w.isUnclosedCDATA(m) {
			w.breakOff(true)
			break
		}
		if at = w.mark(m); w.done {
			break
		}
	}
	return w.out.Bytes(), w.notes, w.torn
}

// A balancer copies marks from in to out and keeps the elements that are open.
type balancer struct {
	in    []byte
	root  root
	lines int

	out   bytes.Buffer
	open  [][]byte // names, the outermost first
	item  int      // the place of the open item in open; -1 if none is
	items int      // complete ones
	safe  int      // the length of out after the last of them
	done  bool
	torn  bool // the feed has broken off
	notes []string

	unclosed int // CDATA sections without an end
}

// note keeps at most a dozen remarks: nobody reads more.
func (w *balancer) note(at int, what string) {
	if len(w.notes) < 12 {
		line := w.lines + 1 + bytes.Count(w.in[:at], []byte("\n"))
		w.notes = append(w.notes, fmt.Sprintf("line %d: %s", line, what))
	}
}

// text copies what stands between two marks. "]]>" is forbidden there.
func (w *balancer) text(b []byte) {
	w.out.Write(bytes.ReplaceAll(b, []byte(">"), []byte("&gt;")))
}

// mark copies one mark and returns where to go on.
func (w *balancer) mark(m mark) (at int) {
	switch m.kind {
	case opening, empty:
		w.begin(m)
	case closing:
		w.finish(m)
	case cdata, broken:
		return w.section(m)
	case stray:
		w.out.WriteString("&lt;")
	}
	return m.end
}

func (w *balancer) begin(m mark) {
	if bytes.Count(m.name, []byte(":")) > 1 || len(w.open) >= maxDepth && m.kind == opening {
		return
	}
	if w.root.isItem(m.name) {
		if w.item >= 0 {
			w.note(m.start, "an article has no end; it ends where the next one begins")
			w.closeTo(w.item)
		}
		if w.items == MaxItems {
			w.notes = append(w.notes, tooMany(MaxItems+w.itemsFrom(m.start)))
			w.closeTo(0)
			return
		}
		if m.kind == opening {
			w.item = len(w.open)
		}
	}
	w.out.Write(soundTag(w.in[m.start:m.end], m))
	if m.kind == opening {
		w.open = append(w.open, m.name)
	}
}

// itemsFrom counts the items that begin at a place or after it.
func (w *balancer) itemsFrom(at int) (n int) {
	for {
		m, ok := nextMark(w.in, at)
		if !ok || m.kind == broken {
			return n
		}
		if (m.kind == opening || m.kind == empty) && w.root.isItem(m.name) {
			n++
		}
		at = m.end
	}
}

// tooMany says that a feed has more articles than are read.
func tooMany(n int) string {
	return fmt.Sprintf("%d of %d articles: a feed has at most %[1]d", MaxItems, n)
}

// finish closes what an end tag closes, and with it what was left open inside.
// An end tag does not reach out of its item, but for those of what holds the
// items.
func (w *balancer) finish(m mark) {
	floor := max(0, w.item)
	if isContainer(m.name) {
		floor = 0
	}
	for i := len(w.open) - 1; i >= floor; i-- {
		if bytes.Equal(w.open[i], m.name) {
			w.closeTo(i)
			return
		}
	}
}

func isContainer(name []byte) bool {
	switch strings.ToLower(string(local(name))) {
	case "rss", "rdf", "feed", "channel":
		return true
	}
	return false
}

// closeTo closes all open elements from the ith on.
func (w *balancer) closeTo(i int) {
	for j := len(w.open) - 1; j >= i; j-- {
		w.out.WriteString("</" + string(w.open[j]) + ">")
		if j == w.item {
			w.item = -1
			w.items++
			w.safe = w.out.Len()
		}
	}
	w.open = w.open[:i]
	w.done = i == 0
}

// isUnclosedCDATA reports whether m is a CDATA section without an end, after
// which articles go on.
func (w *balancer) isUnclosedCDATA(m mark) bool {
	rest := w.in[m.start:]
	return bytes.HasPrefix(rest, []byte("<![CDATA[")) && w.itemEnd(rest) >= 0
}

// itemEnd is where the end tag of the open item is in b; -1 if it is missing.
func (w *balancer) itemEnd(b []byte) int {
	if w.item < 0 {
		return -1
	}
	return bytes.Index(b, []byte("</"+string(w.open[w.item])+">"))
}

// section copies a CDATA section. One without an end gets it before the end of
// the element that it stands in.
func (w *balancer) section(m mark) (at int) {
	text := w.in[m.start:m.end]
	end := swallowed(text, w.root)
	if m.kind == broken {
		end = w.itemEnd(text)
	}
	if end < 0 {
		w.out.Write(text)
		return m.end
	}
	if w.unclosed++; w.unclosed > maxUnclosed {
		w.breakOff(true)
		return m.end
	}
	w.note(m.start, "a CDATA section has no end; it ends with its article")
	if inner := bytes.LastIndex(text[:end], []byte("</"+string(w.open[len(w.open)-1])+">")); inner >= 0 {
		end = inner
	}
	w.out.Write(text[:end])
	w.out.WriteString("]]>")
	return m.start + end
}

// breakOff ends a feed whose text is over too early. An item that lacks
// nothing but its end is kept, and so is a first one that lacks more.
func (w *balancer) breakOff(inMark bool) {
	what := "the feed breaks off here; its articles are complete"
	if w.item >= 0 && w.items > 0 && (inMark || len(w.open) > w.item+1) {
		what = "the feed breaks off here; the last article is incomplete and was left out"
		w.out.Truncate(w.safe)
		w.open, w.item = w.open[:w.item], -1
	}
	w.note(len(w.in), what)
	w.closeTo(0)
	w.done, w.torn = true, true
}

// sound are the insides of a tag that every parser reads.
var sound = lazily(`^(?:\s+[A-Za-z_][\w.-]*(?::[\w.-]+)?\s*=\s*(?:"[^"<]*"|'[^'<]*'))*\s*/?$`)

// attributes finds what can be saved of other tags.
var attribute = lazily(`([A-Za-z_][\w.-]*(?::[\w.-]+)?)\s*=\s*(?:"([^"]*)"|'([^']*)'|([^\s"'>]+))`)

// soundTag returns a tag with attributes that every parser reads.
func soundTag(tag []byte, m mark) []byte {
	inside := tag[1+len(m.name) : len(tag)-1]
	if sound().Match(inside) {
		return tag
	}
	out := append([]byte("<"), m.name...)
	for _, a := range attribute().FindAllSubmatch(inside, -1) {
		value := bytes.Join(a[2:], nil)
		value = bytes.ReplaceAll(bytes.ReplaceAll(value, []byte(`"`), []byte("&quot;")), []byte("<"), []byte("&lt;"))
		out = append(out, fmt.Sprintf(" %s=\"%s\"", a[1], value)...)
	}
	if m.kind == empty {
		out = append(out, '/')
	}
	return append(out, '>')
}
