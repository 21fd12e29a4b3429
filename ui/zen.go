package ui

import tea "github.com/charmbracelet/bubbletea"

// zen says which panes have the screen to themselves while they have the focus.
type zen int

const (
	noneAlone    zen = iota
	articleAlone     // the article
	eachAlone        // the list, and the article that is opened from it
)

// alone reports whether the pane with the focus has the screen to itself because
// its reader wants that.
func (m Model) alone() bool {
	return m.focus == readerPane && m.zen != noneAlone || m.focus == articlePane && m.zen == eachAlone
}

// toggleZen shows alone what has the focus, or all panes again. From the feeds,
// which are short, that is the article.
func (m Model) toggleZen() (Model, tea.Cmd) {
	switch {
	case m.alone():
		m.zen = noneAlone
	case m.focus == articlePane:
		m.zen = eachAlone
		m = m.note("the list alone · %s shows all panes again", m.keys.label("zen"))
	default:
		m.zen = articleAlone
		return m.toPane(readerPane)
	}
	m = m.sized()
	return m, m.loadPage()
}
