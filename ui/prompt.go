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

// prompt is the bottom line while a search, a query or a name is typed.
type prompt struct {
	input  textinput.Model
	why    string // what is wrong with what was typed
	submit submit
	other  func(m Model, key string) (Model, bool) // does what a key means on this prompt alone, if it does; nil for none
}

// submit does what a prompt asks for, with what was typed. An error keeps the
// prompt open.
type submit func(m Model, text string) (Model, tea.Cmd, error)

func (p prompt) open() bool { return p.input.Focused() }

// search asks for words to look for among what is listed, read or not.
func (m Model) search() (Model, tea.Cmd) {
	if m.focus == readerPane && len(m.reader.lines) > 0 {
		return m.searchText()
	}
	return m.ask("/", "", searchFor)
}

// searchFor lists what has the words of a query, of what is listed.
func searchFor(m Model, text string) (Model, tea.Cmd, error) {
	scope := m.listed.query
	if scope == unreadQuery {
		scope = allQuery
	}
	q, err := store.ParseQuery(text)
	if err != nil || text == "" {
		return m, nil, err
	}
	return failsNever(m.find("Search: "+text, scope.And(q)))
}

// filter asks for a query.
func (m Model) filter() (Model, tea.Cmd) {
	return m.ask("list: ", m.listed.query.String(), listQuery)
}

// listQuery lists what a query chooses.
func listQuery(m Model, text string) (Model, tea.Cmd, error) {
	q, err := store.ParseQuery(text)
	if err != nil {
		return m, nil, err
	}
	return failsNever(m.find(m.feeds.nameOf(q), q))
}

// ask opens the prompt with a label and what it holds at first.
func (m Model) ask(label, value string, then submit) (Model, tea.Cmd) {
	p := prompt{input: m.newInput(value), submit: then}
	p.input.Prompt = label
	p.input.Focus()
	m.prompt = p
	return m.sized(), nil
}

// newInput is a line to type on, the cursor at its end.
func (m Model) newInput(value string) textinput.Model {
	in := textinput.New()
	in.Prompt = ""
	in.PlaceholderStyle, in.CompletionStyle = m.styles.hint, m.styles.hint
	in.Cursor.SetMode(cursorStatic)
	in.Cursor.Style = m.styles.cursor
	in.SetValue(feed.Line(value))
	in.CursorEnd()
	return in
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
	if m.prompt.other != nil {
		if next, ok := m.prompt.other(m, keyName(msg)); ok {
			return next, nil
		}
	}
	m.prompt.input, _ = m.prompt.input.Update(msg)
	return m, nil
}

func (m Model) dismiss() Model {
	m.prompt.input.Blur()
	return m
}

// submit does what the prompt is there for. Text that cannot be read keeps the
// prompt open, the cursor at the place that is wrong if there is one.
func (m Model) submit() (Model, tea.Cmd) {
	text := strings.TrimSpace(m.prompt.input.Value())
	next, cmd, err := m.prompt.submit(m.dismiss(), text)
	if err == nil {
		return next, cmd
	}
	m.prompt.why = err.Error()
	if wrong, ok := errors.AsType[*store.QueryError](err); ok {
		m.prompt.why = wrong.Why
		m.prompt.input.SetCursor(len([]rune(text[:min(wrong.Pos, len(text))])))
	}
	return m, nil
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
	if m.prompt.why == "" {
		return ansi.Truncate(" "+m.prompt.input.View(), w, "…")
	}
	in := m.prompt.input
	in.Width = max(w/2-width(in.Prompt)-2, 1)
	in.SetCursor(in.Position()) // which moves what is shown to where the cursor is
	return ansi.Truncate(" "+in.View()+m.styles.bad.Render("  "+feed.Line(m.prompt.why)), w, "…")
}
