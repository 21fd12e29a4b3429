package ui

import (
	"cmp"
	"slices"

	"github.com/charmbracelet/bubbles/textinput"
	tea "github.com/charmbracelet/bubbletea"
	"github.com/charmbracelet/x/ansi"

	"app/newsterm/feed"
)

// choosing is a list, and a line to type a part of a name on. Its zero value is
// closed.
type choosing struct {
	input  textinput.Model
	all    func(Model) []choice
	typed  func(m Model, text string) []choice         // what a text means by itself; nil if it means nothing
	done   func(m Model, text string) (Model, tea.Cmd) // learns what was typed and chosen; nil if nobody wants to
	found  []choice                                    // those that what was typed may mean, the likeliest first
	at     int
	why    string   // what is wrong with what was typed
	none   string   // what it says if nothing is found
	keys   string   // on the bottom line
	column int      // the cells of names; 0 for two thirds of a row
	tab    bool     // tab completes the name
	older  []string // what was typed before, the last first; ↑ brings it back
	back   int      // how far one has gone back; 0 for not at all
}

// A choice is something to choose.
type choice struct {
	name  string // what it is found by
	also  string // what it is found by too, though not so well
	where string // beside the name
	right string // at the end of the row
	pick  func(m Model) (Model, tea.Cmd, error)
}

func (c choosing) open() bool { return c.input.Focused() }

// choose opens a list.
func (m Model) choose(c choosing, prompt, hint string) (Model, tea.Cmd) {
	c.input = m.newInput("")
	c.input.Prompt, c.input.Placeholder = prompt, hint
	c.input.Focus()
	m.choosing = c
	return m.narrowed().sized(), nil
}

// narrowed lists what the text on the line may mean.
func (m Model) narrowed() Model {
	c := m.choosing
	text := c.input.Value()
	c.found, c.at, c.why = nil, 0, ""
	if c.typed != nil {
		c.found = c.typed(m, text)
	}
	c.found = append(c.found, likeliest(c.all(m), text)...)
	m.choosing = c
	return m
}

// renewed lists it again after there is more to choose from. The choice stays.
func (m Model) renewed() Model {
	if !m.choosing.open() {
		return m
	}
	old := m.choosing
	m = m.narrowed()
	m.choosing.why = old.why
	if old.at < len(old.found) {
		was := old.found[old.at]
		m.choosing.at = max(slices.IndexFunc(m.choosing.found, func(c choice) bool { return c.name == was.name && c.where == was.where }), 0)
	}
	return m
}

// likeliest are the choices that a text may mean, the likeliest first.
func likeliest(all []choice, text string) (found []choice) {
	type ranked struct {
		choice
		rank int
	}
	var list []ranked
	for _, c := range all {
		if rank, ok := match(text, c.name); ok {
			list = append(list, ranked{c, rank})
		} else if c.also != "" && holds(c.name+" "+c.also, text) {
			list = append(list, ranked{c, elsewhere})
		}
	}
	slices.SortStableFunc(list, func(a, b ranked) int { return a.rank - b.rank })
	for _, r := range list {
		found = append(found, r.choice)
	}
	return found
}

// typeChoice gives a key to the line, or moves in the list under it.
func (m Model) typeChoice(msg tea.KeyMsg) (Model, tea.Cmd) {
	c := &m.choosing
	switch key := keyName(msg); key {
	case "esc", "ctrl+c":
		m.choosing = choosing{}
		return m, nil
	case "enter":
		return m.chooseIt()
	case "down", "tab", "shift+tab", "up", "ctrl+n", "ctrl+j", "ctrl+p", "ctrl+k", "pgdown", "pgup":
		return m.inChoices(key), nil
	default:
		before := c.input.Value()
		if key == "backspace" && before == "" && c.tab {
			m.choosing = choosing{}
			return m, nil
		}
		c.input, _ = c.input.Update(msg)
		if c.input.Value() != before {
			c.back = 0
			return m.narrowed(), nil
		}
	}
	return m, nil
}

// inChoices moves in the list, completes a name, or brings back what was typed
// before.
func (m Model) inChoices(key string) Model {
	c := &m.choosing
	switch {
	case key == "tab" && c.tab:
		if c.at < len(c.found) {
			return m.lineIs(c.found[c.at].name + " ")
		}
	case key == "up" && c.at == 0 && c.back < len(c.older):
		c.back++
		return m.lineIs(c.older[c.back-1])
	case key == "down" && c.back > 0:
		c.back--
		return m.lineIs(append([]string{""}, c.older...)[c.back])
	case key == "pgdown":
		c.at += m.choiceRows()
	case key == "pgup":
		c.at -= m.choiceRows()
	case key == "up" || key == "shift+tab" || key == "ctrl+p" || key == "ctrl+k":
		c.at--
	default:
		c.at++
	}
	c.at = max(min(c.at, len(c.found)-1), 0)
	return m
}

// lineIs puts a text on the line.
func (m Model) lineIs(text string) Model {
	m.choosing.input.SetValue(text)
	m.choosing.input.CursorEnd()
	return m.narrowed()
}

// chooseIt does what the cursor is on. If that cannot be, the line stays, and
// says why.
func (m Model) chooseIt() (Model, tea.Cmd) {
	c := m.choosing
	if c.at >= len(c.found) {
		return m, nil
	}
	closed := m
	closed.choosing = choosing{}
	var learn tea.Cmd
	if c.done != nil {
		closed, learn = c.done(closed, c.input.Value())
	}
	next, cmd, err := c.found[c.at].pick(closed)
	if err != nil {
		m.choosing.why = err.Error()
		return m, nil
	}
	return next, tea.Batch(learn, cmd)
}

// choiceRows is how many rows the list has.
func (m Model) choiceRows() int { return max(m.paneHeight()-2, 1) }

// choiceLines draws the line and the list under it.
func (m Model) choiceLines(w, h int) []string {
	c := m.choosing
	c.input.Width = max(w-6, 1)
	lines := []string{m.styles.accent.Render(" "+c.input.Prompt) + withoutPrompt(c.input).View(), ""}
	if c.why != "" {
		lines[1] = "   " + m.styles.bad.Render(ansi.Truncate(feed.Line(c.why), max(w-3, 0), "…"))
	}
	from := max(min(c.at-m.choiceRows()/2, len(c.found)-m.choiceRows()), 0)
	for i := from; i < min(len(c.found), from+m.choiceRows()); i++ {
		lines = append(lines, m.choiceRow(c.found[i], w, i == c.at))
	}
	if len(c.found) == 0 {
		lines = append(lines, "   "+m.styles.muted.Render(fit(c.none, w-3)))
	}
	return lines
}

func withoutPrompt(in textinput.Model) textinput.Model {
	in.Prompt = ""
	return in
}

// widestChoice is how wide the list is on a wide screen: an eye should find
// the end of a row.
const widestChoice = 100

// choiceRow draws a choice: its name, what is beside it, what is at the end.
func (m Model) choiceRow(c choice, w int, current bool) string {
	s := m.styles.row[rowPlain]
	if current {
		s = m.styles.row[rowSelected]
	}
	right := " "
	if c.right != "" {
		right = " " + c.right + " "
	}
	room := max(min(w, widestChoice)-3-width(right), 0)
	name := min(max(width(c.name)+2, cmp.Or(m.choosing.column, room*2/3)), room)
	return s.text.Render("   "+fit(c.name, name)) + s.muted.Render(fit(c.where, room-name)+right)
}
