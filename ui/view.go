package ui

import (
	"strings"

	tea "github.com/charmbracelet/bubbletea"
	"github.com/charmbracelet/x/ansi"
)

// The screen's shapes, by its width in cells.
const (
	wide   = 110 // three panes from here on
	narrow = 90  // one pane below: a list and a text beside each other would both be cramped
)

// shape is how many cells each pane has; 0 means it is not on the screen.
type shape [3]int

// shape decides which panes are on the screen.
func (m Model) shape() shape {
	w := m.width
	var s shape
	switch {
	case m.alone(), w < narrow, m.o.Theme.Spoken:
		s[m.focus] = w
	case w >= wide:
		s[feedPane] = min(max(w/6, 24), 34)
		s[articlePane] = (w - s[feedPane]) * 9 / 20
		s[readerPane] = w - s[feedPane] - s[articlePane] - 2
	case m.focus == feedPane:
		s[feedPane] = min(w/3, 30)
		s[articlePane] = w - s[feedPane] - 1
	default:
		s[articlePane] = w * 9 / 20
		s[readerPane] = w - s[articlePane] - 1
	}
	return s
}

// resize takes the terminal's new size. What is on the screen stays in its
// place.
func (m Model) resize(w, h int) (Model, tea.Cmd) {
	m.width, m.height = w, h
	m = m.sized()
	return m, m.loadPage()
}

// sized gives each pane its share of the screen.
func (m Model) sized() Model {
	s, h := m.shape(), m.paneHeight()
	m.feeds.width, m.feeds.height = s[feedPane], max(h-1, 0)
	m.articles.width, m.articles.height = s[articlePane], max(h-1, 0)/m.rowLines()
	m.reader.width, m.reader.height = s[readerPane], max(h-1, 0)
	m.articles = m.articles.follow()
	m.feeds = m.feeds.follow()
	m.reader = m.reader.scrollTo(m.reader.top)
	return m
}

// paneHeight is the lines above the bottom line.
func (m Model) paneHeight() int { return max(m.height-1, 0) }

// textWidth is how many cells a line of the article has.
func (m Model) textWidth() int {
	w := m.reader.width
	if w == 0 {
		w = m.width
	}
	return max(min(m.measure, w-4), min(w, 1))
}

// View draws the screen: m.height lines, none wider than m.width.
func (m Model) View() string {
	if m.width <= 0 || m.height <= 0 {
		return ""
	}
	w, h := m.width, m.paneHeight()
	o := m.top()
	if o == nil {
		return m.framed(m.withNote(m.withFollowing(m.panes())), m.bottom(w))
	}
	lines := make([]string, 0, h)
	for _, l := range o.draw(m, w, h) {
		lines = append(lines, l.text)
	}
	return m.framed(m.withNote(block(lines, w, h)), o.bottom(m, w))
}

// boxed draws text over the end of lines, a line above it.
func (m Model) boxed(lines, text []string) []string {
	lines = block(lines, m.width, m.paneHeight())
	box := append([]string{m.styles.faint.Render(strings.Repeat("─", m.width))}, text...)
	box = block(box, m.width, min(len(box), len(lines)))
	return append(lines[:len(lines)-len(box):len(lines)-len(box)], box...)
}

// framed is the screen: lines, each as wide as it is, and a bottom line.
func (m Model) framed(lines []string, bottom string) string {
	if m.o.Theme.Spoken {
		lines, bottom = spoken(lines, bottom)
		lines = block(lines, m.width, m.paneHeight())
	}
	lines = append(lines, block([]string{bottom}, m.width, 1)...)
	for i, l := range lines {
		lines[i] = m.styles.onScreen(laid(l, m.o.Theme.Visual))
	}
	return strings.Join(lines, "\n")
}

// panes draws the panes beside each other.
func (m Model) panes() []string {
	h := m.paneHeight()
	rows := make([]string, h)
	edge := ""
	for p, w := range m.shape() {
		if w == 0 {
			continue
		}
		for i, l := range block(m.paneLines(pane(p), w, h), w, h) {
			rows[i] += edge + l
		}
		edge = m.styles.faint.Render("│")
	}
	return rows
}

func (m Model) paneLines(p pane, w, h int) []string {
	switch p {
	case feedPane:
		return m.feedLines(w, h)
	case articlePane:
		return m.articleLines(w, h)
	default:
		return m.readerLines(w, h)
	}
}

// block is lines made into h lines of w cells.
func block(lines []string, w, h int) []string {
	b := make([]string, h)
	for i := range b {
		l := ""
		if i < len(lines) {
			l = lines[i]
		}
		n := width(l)
		if n > w {
			l = endMarks(ansi.Truncate(l, w, ""))
			n = width(l)
		}
		b[i] = l + spaces(w-n)
	}
	return b
}

// header is the first line of a pane: what it shows, and where one is in it.
func (m Model) header(p pane, name, place string, w int) string {
	style := m.styles.muted
	if p == m.focus {
		style = m.styles.accent
	}
	if place != "" {
		place = " " + place + " "
	}
	rest := w - width(place) - 1
	if rest < 4 {
		return style.Render(fit(" "+name, w))
	}
	return style.Render(" "+fit(name, rest)) + m.styles.muted.Render(place)
}
