package ui

import (
	"strings"

	tea "github.com/charmbracelet/bubbletea"
	"github.com/charmbracelet/x/ansi"
)

// hinting is letters over the links on the screen, to be typed.
type hinting struct {
	hints []hint
	typed string
}

// A hint is the letters that open a link.
type hint struct {
	linkPart
	letters string
}

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
	var hints []hint
	for i, s := range shown[:min(len(shown), len(hintLetters)*len(hintLetters))] {
		hints = append(hints, hint{s, lettersFor(i, len(shown))})
	}
	if hints == nil {
		return m.note("there is no link on the screen"), nil
	}
	return m.cover(hinting{hints: hints}), nil
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

// press takes a letter of a hint. Anything that is not one ends the hints.
func (h hinting) press(m Model, msg tea.KeyMsg) (Model, tea.Cmd) {
	typed := h.typed + keyName(msg)
	var left []hint
	for _, hint := range h.hints {
		switch {
		case hint.letters == typed:
			return m.uncover().openLink(hint.address())
		case strings.HasPrefix(hint.letters, typed):
			left = append(left, hint)
		}
	}
	if left == nil {
		return m.uncover(), nil
	}
	return put(m, hinting{left, typed}), nil
}

// draw draws the panes: the reader puts the letters over its lines.
func (h hinting) draw(m Model, _, _ int) []overLine { return overLines(m.panes()...) }

func (h hinting) bottom(m Model, w int) string {
	return m.styles.accent.Render(ansi.Truncate(" type the letters of a link "+h.typed, w, "…"))
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
