package ui

import (
	"errors"
	"fmt"
	"slices"
	"strconv"
	"strings"

	tea "github.com/charmbracelet/bubbletea"

	"app/newsterm/feed"
	"app/newsterm/store"
)

// palette asks for anything by a part of its name: an action, a command, a
// place to go to. An action that takes words does with them what it would else
// ask for.
func (m Model) palette() (Model, tea.Cmd) {
	return m.choose(choosing{
		all:   Model.deeds,
		typed: Model.sayings,
		done:  Model.hasSaid,
		none:  "there is nothing like it",
		keys:  "⏎ do it  ⇥ complete  ↓ ↑ choose, what was typed before  Esc nothing",
		tab:   true, column: 22,
		older: m.typedBefore,
	}, ": ", "what to do, or where to go")
}

// deeds are all actions, and all that one can go to.
func (m Model) deeds() (all []choice) {
	for _, a := range m.keys.actions {
		c := choice{name: a.name, also: a.help, where: a.help, pick: func(m Model) (Model, tea.Cmd, error) { return failsNever(a.do(m)) }}
		if len(a.keys) > 0 {
			c.right = keyLabel(a.keys[0])
		}
		if key, ok := strings.CutPrefix(a.name, macroName); ok {
			c.name, c.also = macroKey+key, a.name+" "+a.help
		}
		all = append(all, c)
	}
	for _, goal := range m.goals() {
		goal.where = "go there" + pick(goal.where == "", "", " · "+goal.where)
		all = append(all, goal)
	}
	return all
}

// A verb is an action that takes words.
type verb struct {
	name  string
	takes string // what the words are
	do    submit
	offer func(Model) []string // words that it can take; nil if they may be any
}

func verbs() []verb {
	return []verb{
		{"filter", "QUERY", listQuery, nil},
		{"search", "WORDS", searchFor, nil},
		{"save-query", "NAME", saveAs, nil},
		{"sort", "ORDER", sortBy, func(Model) []string { return orderNames[:] }},
		{"add", "ADDRESS", addThis, nil},
		{"write", "FILE", writeThis, nil},
		{"w", "FILE", writeThis, nil},
		{"pipe", "COMMAND", pipeThis, nil},
		{"theme", "NAME", useTheme, func(Model) []string { return append([]string{autoTheme}, ThemeNames()...) }},
		{"width", "CELLS", useWidth, nil},
		{"help", "WORDS", helpAbout, nil},
	}
}

// shortly are what fingers type for an action.
var shortly = map[string]string{
	"w": "write", "q": "quit", "q!": "quit", "qa": "quit", "qa!": "quit", "wq": "quit", "h": "help",
	"e": "edit", "r": "refresh-feed", "u": "undo", "red": "redo",
}

// sayings are what a text means by itself: a row to go to, an action by the
// name that vi has for it, or an action with words.
func (m Model) sayings(text string) []choice {
	text = strings.TrimLeft(text, " ")
	if n, err := strconv.Atoi(text); err == nil && n > 0 && len(text) <= mostDigits {
		return []choice{{name: text, where: "go to row " + text, pick: func(m Model) (Model, tea.Cmd, error) { return failsNever(m.toRow(n)) }}}
	}
	if i := m.keys.named(shortly[text]); i >= 0 {
		a := m.keys.actions[i]
		return []choice{{name: text, where: a.help, pick: func(m Model) (Model, tea.Cmd, error) { return failsNever(a.do(m)) }}}
	}
	name, words, spoken := strings.Cut(text, " ")
	if i := slices.IndexFunc(verbs(), func(v verb) bool { return v.name == name }); i >= 0 && spoken {
		return m.phrases(verbs()[i], strings.TrimSpace(words))
	}
	return nil
}

// phrases are a verb with the words that it can take, or with those that were
// typed.
func (m Model) phrases(v verb, words string) (list []choice) {
	phrase := func(words string) choice {
		return choice{name: v.name + " " + words, pick: func(m Model) (Model, tea.Cmd, error) { return v.do(m, words) }}
	}
	if v.offer != nil {
		var all []choice
		for _, o := range v.offer(m) {
			c := phrase(o)
			c.name = o
			all = append(all, c)
		}
		for _, c := range likeliest(all, words) {
			c.name = v.name + " " + c.name
			list = append(list, c)
		}
	}
	if list == nil {
		c := phrase(words)
		c.where = v.takes
		list = []choice{c}
	}
	return list
}

// historySetting is where the store keeps what was typed after the colon.
const historySetting = "palette"

// mostSaid is how much of it is kept.
const mostSaid = 50

// hasSaid puts what was typed before everything that was typed before it, and
// has the store keep that for the next time.
func (m Model) hasSaid(text string) (Model, tea.Cmd) {
	if text = strings.TrimSpace(text); text == "" {
		return m, nil
	}
	said := slices.DeleteFunc(slices.Clone(m.typedBefore), func(s string) bool { return s == text })
	said = slices.Insert(said, 0, text)
	said = said[:min(len(said), mostSaid)]
	m.typedBefore = said
	return m.keepHabit(historySetting, strings.Join(said, "\n"), "what was typed")
}

// saidMsg brings what was typed after the colon before, the last first.
type saidMsg []string

func (m Model) recallSaid() tea.Cmd {
	return func() tea.Msg {
		kept, err := m.o.Library.Setting(m.ctx, historySetting)
		if err != nil {
			return failedMsg{"recall what was typed", err}
		}
		return saidMsg(strings.FieldsFunc(feed.Safe(kept), func(r rune) bool { return r == '\n' }))
	}
}

func saveAs(m Model, name string) (Model, tea.Cmd, error) {
	if name == "" || m.listed.query == allQuery {
		return failsNever(m.saveQuery())
	}
	return failsNever(m.keepQuery(store.SavedQuery{Name: name, Query: m.listed.query.SortBy(m.listed.order).String()}))
}

func sortBy(m Model, words string) (Model, tea.Cmd, error) {
	for _, o := range []store.Sort{store.Newest, store.Oldest, store.ByFeed, store.ByRelevance} {
		if words != "" && strings.HasPrefix(orderNames[o], strings.ToLower(words)) {
			return failsNever(m.inOrder(o))
		}
	}
	return m, nil, fmt.Errorf("there is no such order; there are %s", strings.Join(orderNames[:], ", "))
}

// addThis looks at an address as if it had been typed there.
func addThis(m Model, address string) (Model, tea.Cmd, error) {
	m, cmd := m.add()
	a, ok := m.top().(adding)
	if address == "" || !ok {
		return m, cmd, nil
	}
	a.input.SetValue(address)
	a.input.CursorEnd()
	return failsNever(a.lookFor(m, address))
}

// writeThis writes the articles that are meant to a file.
func writeThis(m Model, name string) (Model, tea.Cmd, error) {
	list := m.meant()
	if len(list) == 0 || name == "" {
		return failsNever(m.askFile())
	}
	return m.writeTo(list, name)
}

// pipeThis gives the articles that are meant to a command.
func pipeThis(m Model, line string) (Model, tea.Cmd, error) {
	list := m.meant()
	if len(list) == 0 || line == "" || m.pipe.running != "" {
		return failsNever(m.askPipe())
	}
	return m.deselect().pipeTo(list, line)
}

func useWidth(m Model, words string) (Model, tea.Cmd, error) {
	n, err := strconv.Atoi(words)
	if err != nil || n < 20 || n > 200 {
		return m, nil, errors.New("a width is a number from 20 to 200")
	}
	return failsNever(m.setMeasure(n - m.measure))
}

// namedThemeMsg brings the themes, for one that was named.
type namedThemeMsg struct {
	name string
	themesMsg
}

// useTheme draws in a theme from now on, as if it had been picked.
func useTheme(m Model, name string) (Model, tea.Cmd, error) {
	if m.o.Themes == nil {
		return failsNever(m.pickTheme())
	}
	return m, func() tea.Msg {
		themes, trouble := m.o.Themes()
		return namedThemeMsg{name, themesMsg{themes, trouble}}
	}, nil
}

func (m Model) showNamedTheme(msg namedThemeMsg) (Model, tea.Cmd) {
	p := m.newPicker(msg.themesMsg)
	if p.at = slices.IndexFunc(p.themes, func(t Theme) bool { return t.Name == msg.name }); p.at < 0 {
		return m.note("there is no theme %s; %s shows those there are", msg.name, m.keys.label("theme")), nil
	}
	return p.keep(m)
}

// helpAbout shows the keys that have words.
func helpAbout(m Model, words string) (Model, tea.Cmd, error) {
	m, cmd := m.showHelp()
	s, _ := m.top().(sheet)
	s.words.SetValue(words)
	return put(m, s.scroll(m, 0)), cmd, nil
}
