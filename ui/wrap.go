package ui

import (
	"slices"
	"strings"
	"unicode"
	"unicode/utf8"

	"github.com/charmbracelet/x/ansi"
)

// width is how many cells s takes on the screen, escape sequences not counted.
// Every measure in this package is taken with it or with glyphs, which agrees.
func width(s string) int {
	if cells, ok := simpleWidth(s); ok {
		return cells
	}
	return ansi.StringWidth(s)
}

// A glyph is what takes its place on the screen as one: a character with all
// its marks, a flag, a family.
type glyph struct {
	at, end int  // bytes of the text
	col     int  // cells before it in the text
	cells   int  // how wide it is
	kind    kind // what may happen at its edges
}

// A kind is a set of facts about a glyph that matter to a line break.
type kind uint16

const (
	isSpace   kind = 1 << iota // a line may end here, and loses it then
	isNewline                  // a line must end here
	isGlue                     // no line ends on either side
	isWide                     // lines may end on both sides: Chinese, Japanese
	notFirst                   // not at the start of a line: 。
	notLast                    // not at the end of a line: 「
	endsPart                   // a line may end after it: the hyphen of a long word
	isSlash                    // a line may end after it, if the word is wider than a line: an address, a path
	tooWide                    // wider than the line: drawn as "?"
	isBare                     // an accent without a letter: not at the start, where it would sit on a margin
	clings                     // to the letter before it, also where a word must be broken: see thai.go
	leads                      // to the letter after it, also there
)

const (
	notFirstRunes = "、。，．・：；？！゛゜ヽヾゝゞ々ー〜～）］｝〕〉》」』】〙〗〟’”»›…‥‰℃％" +
		"ぁぃぅぇぉっゃゅょゎァィゥェォッャュョヮヵヶㇰㇱㇲㇳㇴㇵㇶㇷㇸㇹㇺㇻㇼㇽㇾㇿ｡｣､･ｰﾞﾟ" + "!?,.)]}%:;'\""
	notLastRunes = "（［｛〔〈《「『【〘〖〝‘“«‹￥＄£｢" + "([{$'\""
)

// glyphs splits text for lines of at most avail cells, and puts what it finds
// after gs. It takes linear time.
func glyphs(gs []glyph, text string, avail int) []glyph {
	gs = slices.Grow(gs, len(text))
	col := 0
	for i := 0; i < len(text); {
		g := glyph{at: i, col: col}
		switch {
		case text[i] == '\n':
			g.end, g.kind = i+1, isNewline
		case text[i] < utf8.RuneSelf && (i+1 == len(text) || text[i+1] < utf8.RuneSelf):
			g.end, g.cells, g.kind = i+1, 1, asciiKind(text, i)
		default:
			cluster, cells := ansi.FirstGraphemeCluster(text[i:], ansi.GraphemeWidth)
			g.end, g.cells, g.kind = i+len(cluster), cells, clusterKind(cluster, cells)
		}
		if g.cells > avail {
			g.cells, g.kind = 1, g.kind|tooWide
		}
		i = g.end
		col += g.cells
		gs = append(gs, g)
	}
	return gs
}

func asciiKind(text string, i int) kind {
	switch c := text[i]; c {
	case ' ':
		return isSpace
	case '!', '?', ',', '.', ')', ']', '}', '%', ':', ';':
		return notFirst
	case '(', '[', '{', '$':
		return notLast
	case '\'', '"':
		return notFirst | notLast
	case '-':
		if i > 0 && i+1 < len(text) && asciiLetter(text[i-1]) && asciiLetter(text[i+1]) {
			return endsPart
		}
	case '/':
		if i > 0 && i+1 < len(text) && asciiLetter(text[i+1]) && text[i-1] > ' ' && text[i-1] != '/' && text[i-1] != ':' {
			return isSlash
		}
	}
	return 0
}

func asciiLetter(c byte) bool { return c|0x20 >= 'a' && c|0x20 <= 'z' }

func clusterKind(cluster string, cells int) kind {
	r, _ := utf8.DecodeRuneInString(cluster)
	var k kind
	switch {
	case r == '\u00a0' || r == '\u202f' || r == '\u2007' || r == '\u2060':
		return isGlue
	case r == '\u200b' || unicode.IsSpace(r) && len(cluster) == utf8.RuneLen(r):
		return isSpace
	case cells == 0 && strings.IndexFunc(cluster, unicode.IsLetter) < 0:
		return isBare
	case r == '—':
		return endsPart
	}
	if cells == 2 && !unicode.Is(unicode.Hangul, r) {
		k = isWide
	}
	k |= syllable(r)
	if strings.ContainsRune(notFirstRunes, r) {
		k |= notFirst
	}
	if strings.ContainsRune(notLastRunes, r) {
		k |= notLast
	}
	return k
}

// mayBreak reports whether a line may end between two neighbours.
func mayBreak(a, b glyph) bool {
	switch {
	case (a.kind|b.kind)&isGlue != 0:
		return false
	case a.kind&isSpace != 0:
		return b.kind&(isSpace|notFirst) == 0 || b.kind&notLast != 0
	case (a.kind|b.kind)&isWide != 0:
		return a.kind&notLast == 0 && b.kind&(notFirst|isSpace) == 0
	}
	return a.kind&endsPart != 0 && b.kind&(notFirst|isSpace) == 0
}

// A span is a line: some neighbouring glyphs.
type span struct{ from, to int }

// wrap breaks glyphs into lines of at most avail cells: between words where
// that is possible, inside a word where it is not. Spaces at the ends of lines
// are dropped. It takes linear time, whatever the text.
func wrap(gs []glyph, avail int) []span {
	var lines []span
	start, brk, slash := 0, 0, 0
	end := func(to, next int) {
		lines = append(lines, trimSpan(gs, span{start, to}))
		start, brk, slash = next, next, next
	}
	for i, g := range gs {
		if g.kind&isNewline != 0 {
			end(i, i+1)
			continue
		}
		if i == start && g.kind&(isSpace|isBare) != 0 {
			start, brk = i+1, i+1
			continue
		}
		switch {
		case i > start && mayBreak(gs[i-1], g):
			brk = i
		case i > start && gs[i-1].kind&isSlash != 0:
			slash = i
		}
		for g.kind&isSpace == 0 && i > start && g.col+g.cells-gs[start].col > avail {
			cut := brk
			switch {
			case slash > brk && isWiderThan(gs[brk:], avail):
				cut = slash
			case brk <= start:
				cut = betweenSyllables(gs, start, i)
			}
			end(cut, cut)
		}
	}
	if start < len(gs) {
		end(len(gs), len(gs))
	}
	return lines
}

// isWiderThan reports whether the word that gs begin with is wider than avail
// cells.
func isWiderThan(gs []glyph, avail int) bool {
	for i, g := range gs {
		switch {
		case g.kind&(isSpace|isNewline) != 0 || i > 0 && mayBreak(gs[i-1], g):
			return false
		case g.col+g.cells-gs[0].col > avail:
			return true
		}
	}
	return false
}

// trimSpan is s without spaces at its end.
func trimSpan(gs []glyph, s span) span {
	for s.to > s.from && gs[s.to-1].kind&isSpace != 0 {
		s.to--
	}
	return s
}

// leastTail is how many cells of a line of code go on in the next at least: one
// sign alone is easily taken for dirt.
const leastTail = 4

// cut breaks glyphs at newlines only, and a line longer than avail after its last
// word that fits, or where it is full. The lines that continue another are at
// most avail-hang cells, and lose the spaces that they would begin with.
func cut(gs []glyph, avail, hang int) (lines []span, continues []bool) {
	start, room, brk := 0, avail, 0
	end := func(to, next int, more bool) {
		lines = append(lines, span{start, to})
		continues = append(continues, room < avail)
		start, room, brk = next, avail, next
		if more {
			room = avail - hang
		}
	}
	for i, g := range gs {
		if g.kind&isNewline != 0 {
			end(i, i+1, false)
			continue
		}
		space := g.kind&isSpace != 0
		switch {
		case space && i == start && room < avail:
			start, brk = i+1, i+1
			continue
		case i > start && gs[i-1].kind&isSpace != 0 && !space:
			brk = i
		}
		for !space && i > start && g.col+g.cells-gs[start].col > room {
			at := brk
			if at == start || gs[at].col-gs[start].col < room/2 {
				at = fullAt(gs, start, i)
			}
			end(at, at, true)
		}
	}
	if start < len(gs) {
		end(len(gs), len(gs), false)
	}
	for i := range lines {
		lines[i] = trimSpan(gs, lines[i])
	}
	return lines, continues
}

// fullAt is where a line of code without spaces ends that is full before glyph i:
// a little earlier if almost nothing of it is left.
func fullAt(gs []glyph, start, i int) int {
	left := 0
	for _, g := range gs[i:min(i+leastTail, len(gs))] {
		if g.kind&isNewline != 0 {
			break
		}
		left += g.cells
	}
	return max(i-max(leastTail-left, 0), start+1)
}

// cells is how wide a line is.
func (s span) cells(gs []glyph) int {
	if s.from >= s.to {
		return 0
	}
	last := gs[s.to-1]
	return last.col + last.cells - gs[s.from].col
}

// draw is a line of t as it is written to the terminal: complete in itself, with
// every style and link closed at its end.
func (t styledText) draw(gs []glyph, s span, links []string) string {
	return t.directed(t.drawn(gs, s, links), gs, s)
}

// drawn is draw, but without marks of direction.
func (t styledText) drawn(gs []glyph, s span, links []string) string {
	var b strings.Builder
	var now styleMark
	next := t.markAfter(gs, s)
	if next > 0 {
		now = t.marks[next-1]
	}
	open := styleMark{}
	for _, g := range gs[s.from:s.to] {
		for next < len(t.marks) && t.marks[next].at <= g.at {
			now = t.marks[next]
			next++
		}
		open = turn(&b, open, now, links)
		if g.kind&tooWide != 0 {
			b.WriteByte('?')
			continue
		}
		if g.kind&isGlue != 0 && g.cells == 1 {
			b.WriteByte(' ') // who copies from the screen wants no other
			continue
		}
		b.WriteString(t.text[g.at:g.end])
	}
	turn(&b, open, styleMark{}, links)
	return b.String()
}

// markAfter is the first mark that comes after the start of a line.
func (t styledText) markAfter(gs []glyph, s span) int {
	if s.from >= s.to {
		return len(t.marks)
	}
	at := gs[s.from].at
	lo, hi := 0, len(t.marks)
	for lo < hi {
		if mid := (lo + hi) / 2; t.marks[mid].at <= at {
			lo = mid + 1
		} else {
			hi = mid
		}
	}
	return lo
}

// turn writes what leads from one look and link to the next.
func turn(b *strings.Builder, from, to styleMark, links []string) styleMark {
	if from.look != to.look {
		if from.look != (sgr{}) {
			b.WriteString(sgrReset)
		}
		b.WriteString(to.look.String())
	}
	if from.link != to.link {
		b.WriteString(linkTo(to.link, links))
	}
	return to
}
