package ui

import (
	"strings"

	tea "github.com/charmbracelet/bubbletea"
)

// hinting is when letters stand over the links on the screen, to be typed. Its
// zero value is when they do not.
type hinting struct {
	hints []hint
	typed string
}

// A hint is the letters that open a link.
type hint struct {
	linkPart
	letters string
}

func (h hinting) open() bool { return len(h.hints) > 0 }

// hintLetters are those that are reached with the least movement first.
const hintLetters = "asdfghjklqwertyuiopzxcvbnm"

// hintLinks draws letters over the links on the screen. A link of several
// lines has them once.
func (m Model) hintLinks() (Model, tea.Cmd) {
	r := m.reader
	end := min(r.top+r.height, len(r.lines))
	var shown []linkPart
	for _, s := range linkParts(r.lines[min(r.top, end):end]) {
		if last := len(shown) - 1; last < 0 || shown[last].link != s.link {
			s.line += r.top
			shown = append(shown, s)
		}
	}
	m.hinting = hinting{}
	for i, s := range shown[:min(len(shown), len(hintLetters)*len(hintLetters))] {
		m.hinting.hints = append(m.hinting.hints, hint{s, lettersFor(i, len(shown))})
	}
	if !m.hinting.open() {
		return m.note("there is no link on the screen"), nil
	}
	return m, nil
}

// lettersFor are the letters of hint i of n: one if that is enough for all,
// else two.
func lettersFor(i, n int) string {
	if n <= len(hintLetters) {
		return hintLetters[i : i+1]
	}
	first, second := i%len(hintLetters), i/len(hintLetters)
	return hintLetters[first:first+1] + hintLetters[second:second+1]
}

// typeHint takes a letter of a hint. Anything that is not one ends the hints.
func (m Model) typeHint(key string) (Model, tea.Cmd) {
	typed := m.hinting.typed + key
	var left []hint
	for _, h := range m.hinting.hints {
		switch {
		case h.letters == typed:
			m.hinting = hinting{}
			return m.openLink(h.address())
		case strings.HasPrefix(h.letters, typed):
			left = append(left, h)
		}
	}
	m.hinting = hinting{left, typed}
	return m, nil
}

// patches are the letters over a line of w cells. They never make it longer.
func (h hinting) patches(line, w int, t Theme) (list []patch) {
	look := t.ink(t.Accent)
	look.attrs |= attrBold | attrReverse
	after := 0 // the cells that the patch before took
	for _, hint := range h.hints {
		if hint.line != line {
			continue
		}
		text := hint.letters[len(h.typed):]
		at := stretch{line, max(min(hint.col, w-len(text)), after), len(text)}
		if at.col+at.cells > w {
			break
		}
		after = at.col + at.cells
		list = append(list, patch{at, look, text})
	}
	return list
}
