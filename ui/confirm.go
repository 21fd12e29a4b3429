package ui

import (
	tea "github.com/charmbracelet/bubbletea"
	"github.com/charmbracelet/x/ansi"

	"app/newsterm/feed"
)

// confirm is a question on the bottom line. It is asked only where a key may not
// have been meant: what can be taken back needs no question.
type confirm struct {
	question string
	action   string // whose key says yes too
	yes      func(Model) (Model, tea.Cmd)
}

// press takes y, or the key that was pressed before, for yes, and any other for
// no.
func (c confirm) press(m Model, msg tea.KeyMsg) (Model, tea.Cmd) {
	key := keyName(msg)
	if a, _ := m.keys.find(key, m.focus); key == "y" || a.name == c.action {
		return c.yes(m.uncover())
	}
	return m.uncover(), nil
}

func (c confirm) draw(m Model, _, _ int) []overLine { return overLines(m.panes()...) }

func (c confirm) bottom(m Model, w int) string {
	text := feed.Line(c.question) + " · y or " + m.keys.label(c.action) + " does, any other key does not"
	return m.styles.accent.Render(ansi.Truncate(" "+text, w, "…"))
}
