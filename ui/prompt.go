package ui

import (
	"errors"
	"strings"

	"github.com/charmbracelet/bubbles/textinput"
	tea "github.com/charmbracelet/bubbletea"
	"github.com/charmbracelet/x/ansi"

	"app/newsterm/feed"
	"app/newsterm/store"
)

// prompt is the bottom line while a search or a query is typed.
type prompt struct {
	input  textinput.Model
	why    string // what is wrong with what was typed
	scope  store.Query
	filter bool // what is typed is the whole query, not words within scope
}

func (p prompt) open() bool { return p.input.Focused() }

// search asks for words to look for among what is listed, read or not.
func (m Model) search() (Model, tea.Cmd) {
	scope := m.listed.query
	if scope == unreadQuery {
		scope = allQuery
	}
	return m.ask(prompt{scope: scope}, "/", "")
}

// filter asks for a query.
func (m Model) filter() (Model, tea.Cmd) {
	return m.ask(prompt{filter: true}, "list: ", m.listed.query.String())
}

func (m Model) ask(p prompt, label, value string) (Model, tea.Cmd) {
	p.input = m.prompt.input
	p.input.Prompt = label
	p.input.SetValue(value)
	p.input.CursorEnd()
	p.input.Focus()
	m.prompt = p
	return m.sized(), nil
}

// typed gives a key to the prompt.
func (m Model) typed(msg tea.KeyMsg) (Model, tea.Cmd) {
	m.prompt.why = ""
	switch msg.String() {
	case "esc", "ctrl+c":
		return m.dismiss(), nil
	case "enter":
		return m.submit()
	case "backspace":
		if m.prompt.input.Value() == "" {
			return m.dismiss(), nil
		}
	}
	m.prompt.input, _ = m.prompt.input.Update(msg)
	return m, nil
}

func (m Model) dismiss() Model {
	m.prompt.input.Blur()
	return m
}

// submit lists what the typed query chooses. A query that cannot be read
// keeps the prompt open, the cursor at the place that is wrong.
func (m Model) submit() (Model, tea.Cmd) {
	text := strings.TrimSpace(m.prompt.input.Value())
	q, err := store.ParseQuery(text)
	var wrong *store.QueryError
	if errors.As(err, &wrong) {
		m.prompt.why = wrong.Why
		m.prompt.input.SetCursor(len([]rune(text[:min(wrong.Pos, len(text))])))
		return m, nil
	}
	p := m.prompt
	m = m.dismiss()
	switch {
	case text == "" && !p.filter:
		return m, nil
	case p.filter:
		return m.find(viewName(q), q)
	}
	return m.find("Search: "+text, p.scope.And(q))
}

// find lists what a query chooses, and says if not every article has been
// indexed yet.
func (m Model) find(name string, q store.Query) (Model, tea.Cmd) {
	m, list := m.list(name, q)
	if !q.Searches() {
		return m, list
	}
	return m, tea.Batch(list, m.checkIndex())
}

// promptLine draws the prompt, and beside it what is wrong.
func (m Model) promptLine(w int) string {
	line := " " + m.prompt.input.View()
	if m.prompt.why != "" {
		line = ansi.Truncate(line, w/2, "") + m.styles.bad.Render("  "+feed.Line(m.prompt.why))
	}
	return ansi.Truncate(line, w, "…")
}
