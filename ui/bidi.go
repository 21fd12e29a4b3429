package ui

import (
	"slices"
	"strings"
	"unicode"
	"unicode/utf8"

	"github.com/charmbracelet/x/ansi"
	"golang.org/x/text/unicode/bidi"
)

// Hebrew and Arabic run from right to left, numbers and English in them from
// left to right. Few terminals put such text in order; for the others it is
// done here, at the very end, so that everything before it works on text in
// the order in which it is read:
//
//	directed puts text between two marks → measured, cut, searched, joined → laid puts what is between marks in order
//
// Letters of Arabic are not joined here: that is for the font.

// The marks have no width. None is left in text from outside.
const (
	markLTR = "\u2066" // text that begins at the left
	markRTL = "\u2067" // text that begins at the right
	markEnd = "\u2069"
)

// directed is one line of text between marks if it needs to be put in order.
func directed(s string) string {
	switch {
	case !hasRTL(s):
		return s
	case beginsRTL(s):
		return markRTL + s + markEnd
	}
	return markLTR + s + markEnd
}

// directed is line, which draws the glyphs of s, between marks if it needs to be
// put in order.
func (t styledText) directed(line string, gs []glyph, s span) string {
	switch {
	case s.from >= s.to:
		return line
	case t.beginsRTL():
		return markRTL + line + markEnd
	case hasRTL(t.text[gs[s.from].at:gs[s.to-1].end]):
		return markLTR + line + markEnd
	}
	return line
}

// flush is a line of t that begins at the right of w cells if t runs from right
// to left.
func (t styledText) flush(line string, w int) string {
	if !t.beginsRTL() {
		return line
	}
	return markRTL + unmarked.Replace(line) + spaces(w-width(line)) + markEnd
}

// putRTL adds a line that begins at the right, with the margin at that side.
func (l *layout) putRTL(m *margin, line string) {
	from := len(l.lines)
	l.put(m, line)
	for i, line := range l.lines[from:] {
		l.lines[from+i] = markRTL + line + spaces(l.width-width(line)) + markEnd
	}
}

func (t styledText) beginsRTL() bool { return !t.code && beginsRTL(t.text) }

// hasRTL reports whether any of s runs from right to left.
func hasRTL(s string) bool {
	for _, r := range s {
		if r >= 0x590 && isRTL(r) {
			return true
		}
	}
	return false
}

func isRTL(r rune) bool {
	p, _ := bidi.LookupRune(r)
	return p.Class() == bidi.R || p.Class() == bidi.AL
}

// beginsRTL reports whether a text is one that runs from right to left: whether
// the first letter does, if it is not very far.
func beginsRTL(s string) bool {
	for i, r := range s {
		switch {
		case r >= 0x590 && isRTL(r):
			return true
		case unicode.IsLetter(r), i > 500:
			return false
		}
	}
	return false
}

// laid is a line as the terminal is to get it: without marks, and with what is
// between them in the order in which it is seen if visual is set.
func laid(line string, visual bool) string {
	if !strings.Contains(line, markEnd[:2]) {
		return line
	}
	if !visual {
		return unmarked.Replace(line)
	}
	var b strings.Builder
	var now drawn
	for line != "" {
		switch {
		case strings.HasPrefix(line, markLTR), strings.HasPrefix(line, markRTL):
			part, rest, _ := strings.Cut(line[len(markLTR):], markEnd)
			base := level(0)
			if strings.HasPrefix(line, markRTL) {
				base = 1
			}
			now, line = putInOrder(&b, unmarked.Replace(part), base, now), rest
		case strings.HasPrefix(line, markEnd):
			line = line[len(markEnd):]
		default:
			var n int
			n, now = now.next(line)
			b.WriteString(line[:n])
			line = line[n:]
		}
	}
	return b.String()
}

// endMarks is line, which may have been cut, with its last mark ended.
func endMarks(line string) string {
	if i := strings.LastIndex(line, markEnd[:2]); i >= 0 && !strings.HasPrefix(line[i:], markEnd) {
		return line + markEnd
	}
	return line
}

var unmarked = strings.NewReplacer(markLTR, "", markRTL, "", markEnd, "")

// drawn is how a terminal draws what comes next.
type drawn struct {
	look sgr
	link string // the sequence that opened it; "" for none
}

// next is how long the sequence or the character is with which line starts, and
// how is drawn what follows.
func (d drawn) next(line string) (int, drawn) {
	switch {
	case strings.HasPrefix(line, "\x1b["):
		if end := strings.IndexByte(line, 'm'); end > 0 {
			d.look = d.look.then(line[2:end])
			return end + 1, d
		}
	case strings.HasPrefix(line, "\x1b]8;"):
		if end := strings.Index(line, "\x1b\\"); end > 0 {
			d.link = line[:end+2]
			if strings.HasSuffix(line[:end], ";") {
				d.link = ""
			}
			return end + 2, d
		}
	}
	_, n := utf8.DecodeRuneInString(line)
	return n, d
}

// to writes what leads from d to other.
func (d drawn) to(b *strings.Builder, other drawn) drawn {
	if d.look != other.look {
		b.WriteString(sgrReset + other.look.String())
	}
	switch {
	case d.link == other.link:
	case other.link == "":
		b.WriteString("\x1b]8;;\x1b\\")
	default:
		b.WriteString(other.link)
	}
	return other
}

// A grapheme is a character with its marks, and how it is drawn.
type grapheme struct {
	text string
	how  drawn
}

// putInOrder writes text as it is seen, and returns how is drawn what follows.
// Should it come out wider or narrower than it was, because characters have met
// that belong together, it is left as it was.
func putInOrder(b *strings.Builder, text string, base level, now drawn) drawn {
	letters, end := graphemesOf(text, now)
	levels := levelsOf(letters, base)
	order := make([]int, len(letters))
	for i := range order {
		order[i] = i
	}
	reverseRuns(order, levels)
	var out strings.Builder
	how := now
	for _, i := range order {
		how = how.to(&out, letters[i].how)
		if levels[i]%2 == 1 {
			out.WriteString(mirrored(letters[i].text))
		} else {
			out.WriteString(letters[i].text)
		}
	}
	how.to(&out, end)
	if width(out.String()) != width(text) {
		out.Reset()
		out.WriteString(text)
	}
	b.WriteString(out.String())
	return end
}

// graphemesOf parts text, and tells how is drawn what comes after it.
func graphemesOf(text string, now drawn) (letters []grapheme, end drawn) {
	for text != "" {
		n := 0
		if text[0] == 0x1b {
			n, now = now.next(text)
		} else {
			var cluster string
			cluster, _ = ansi.FirstGraphemeCluster(text, ansi.GraphemeWidth)
			n = len(cluster)
			letters = append(letters, grapheme{cluster, now})
		}
		text = text[n:]
	}
	return letters, now
}

// reverseRuns puts order, which is that of reading, into that of the eye: every
// run of letters at a level or above is turned around, the deepest first (L2).
func reverseRuns(order []int, levels []level) {
	for deep := slices.Max(append(levels, 0)); deep > 0; deep-- {
		for i := 0; i < len(levels); i++ {
			from := i
			for i < len(levels) && levels[i] >= deep {
				i++
			}
			slices.Reverse(order[from:i])
		}
	}
}

// mirrored is a character as it is drawn in text that runs from right to left:
// "(" for ")".
func mirrored(s string) string {
	r, n := utf8.DecodeRuneInString(s)
	if other, ok := mirrors[r]; ok {
		return string(other) + s[n:]
	}
	if p, _ := bidi.LookupRune(r); p.IsBracket() {
		return bidi.ReverseString(s[:n]) + s[n:]
	}
	return s
}

// mirrors are the signs that are no brackets and have a mirror image.
var mirrors = map[rune]rune{'«': '»', '»': '«', '‹': '›', '›': '‹', '<': '>', '>': '<', '≤': '≥', '≥': '≤'}
