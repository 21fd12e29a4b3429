package ui

import (
	tea "github.com/charmbracelet/bubbletea"
	"github.com/charmbracelet/x/ansi"
)

// A table that does not fit is told row by row, and long lines of code are
// broken, so that all can be read without moving sideways. Whoever wants to
// compare columns, or see code as it was written, scrolls: the first key shows
// tables and code as wide as they want to be, the next ones move them. What is
// no wider than the text stays where it is.

// right shows tables and code as wide as they want to be, or more of them on
// the right.
func (m Model) right() (Model, tea.Cmd) {
	r := m.reader
	switch {
	case len(r.lines) == 0 || r.source:
		return m, nil
	case !r.wide:
		m.reader.wide, m.reader.shift = true, 0
		return m, m.loadPage()
	}
	m.reader.shift = min(r.shift+r.stride(), max(widestLine(r.lines)-r.shown.width, 0))
	return m, nil
}

// left shows more of them on the left; at the start they fit the text again.
func (m Model) left() (Model, tea.Cmd) {
	switch r := m.reader; {
	case !r.wide:
		return m, nil
	case r.shift == 0:
		m.reader.wide = false
		return m, m.loadPage()
	}
	m.reader.shift = max(m.reader.shift-m.reader.stride(), 0)
	return m, nil
}

// stride is how far one key moves: half of what is seen stays.
func (r reader) stride() int { return max(r.shown.width/2, 1) }

// window is the part of a line that is seen.
func (r reader) window(line string) string {
	if !r.shown.wide || width(line) <= r.shown.width {
		return line
	}
	return endMarks(ansi.Cut(line, r.shift, r.shift+r.shown.width))
}

func widestLine(lines []string) int {
	cells := 0
	for _, l := range lines {
		cells = max(cells, width(l))
	}
	return cells
}
