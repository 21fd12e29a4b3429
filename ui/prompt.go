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
	input   textinput.Model
	why     string // what is wrong with what was typed
	submit  submit
	other   otherKeys // nil for none
	offered bool      // nobody has typed yet: a letter takes the place of what the line holds
}

// submit does what a prompt asks for, with what was typed. An error keeps the
// prompt open.
type submit func(m Model, text string) (Model, tea.Cmd, error)

// otherKeys does what a key means on one prompt alone, and reports whether it
// means anything there.
type otherKeys func(m Model, p prompt, key string) (Model, prompt, bool)

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
	p := m.newPrompt("list: ", m.listed.query.String(), listQuery)
	if query := p.input.Value(); query != "" {
		p.input.SetValue(query + " ") // for what comes next
		p.input.CursorEnd()
		p.offered = true
	}
	return m.cover(p), nil
}

// listQuery lists what a query chooses.
func listQuery(m Model, text string) (Model, tea.Cmd, error) {
	q, err := store.ParseQuery(text)
	if err != nil {
		return m, nil, err
	}
	return failsNever(m.find(m.feeds.nameOf(q), q))
}

// ask opens the prompt with a label and what it offers.
func (m Model) ask(label, value string, then submit) (Model, tea.Cmd) {
	p := m.newPrompt(label, value, then)
	p.offered = value != ""
	return m.cover(p), nil
}

func (m Model) newPrompt(label, value string, then submit) prompt {
	p := prompt{input: m.newInput(value), submit: then}
	p.input.Prompt = label
	p.input.Focus()
	return p
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

// cleaned is a key without what a terminal could obey: a text that is pasted may
// come from anywhere.
func cleaned(msg tea.KeyMsg) tea.KeyMsg {
	if msg.Type == tea.KeyRunes {
		msg.Runes = []rune(feed.Safe(string(msg.Runes)))
	}
	return msg
}

func (p prompt) press(m Model, msg tea.KeyMsg) (Model, tea.Cmd) {
	p.why = ""
	key := keyName(msg)
	switch {
	case key == "esc", key == "ctrl+c", key == "backspace" && p.input.Value() == "":
		return m.uncover(), nil
	case key == "enter":
		return p.enter(m)
	}
	if p.other != nil {
		if m, p, ok := p.other(m, p, key); ok {
			return put(m, p), nil
		}
	}
	return put(m, p.edit(msg)), nil
}

// edit has a key change the line. What is offered is replaced by the first letter;
// any other key begins to edit it.
func (p prompt) edit(msg tea.KeyMsg) prompt {
	types := (msg.Type == tea.KeyRunes || msg.Type == tea.KeySpace) && !msg.Alt
	if p.offered && types {
		p.input.SetValue("")
	}
	p.offered = false
	p.input, _ = p.input.Update(msg)
	return p
}

// enter does what the prompt is there for. Text that cannot be read keeps the
// prompt open, the cursor at the place that is wrong if there is one.
func (p prompt) enter(m Model) (Model, tea.Cmd) {
	text := strings.TrimSpace(p.input.Value())
	next, cmd, err := p.submit(m.uncover(), text)
	if err == nil {
		return next, cmd
	}
	p.why, p.offered = err.Error(), false
	if wrong, ok := errors.AsType[*store.QueryError](err); ok {
		p.why = wrong.Why
		p.input.SetCursor(len([]rune(text[:min(wrong.Pos, len(text))])))
	}
	return put(m, p), nil
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

// draw draws the panes, and over their end what is wrong with what was typed:
// the prompt is on the bottom line.
func (p prompt) draw(m Model, _, _ int) []overLine {
	lines := m.panes()
	if p.why != "" {
		lines = m.boxed(lines, m.told(p.why, true))
	}
	return overLines(lines...)
}

func (p prompt) bottom(m Model, w int) string {
	if p.offered {
		p.input.TextStyle = m.styles.cursor.Reverse(true)
	}
	return ansi.Truncate(" "+typedLine(p.input, w-2), w, "…")
}

// typedLine draws a line that is typed on in w cells, its prompt among them: the
// part of it where the cursor is.
func typedLine(in textinput.Model, w int) string {
	at := in.Position()
	in.Width = max(w-width(in.Prompt), 1)
	in.CursorEnd() // which moves what is shown to the end,
	in.SetCursor(at)
	return in.View()
}
