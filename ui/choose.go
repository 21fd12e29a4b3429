package ui

import (
	"cmp"
	"slices"
	"strings"

	"github.com/charmbracelet/bubbles/textinput"
	tea "github.com/charmbracelet/bubbletea"
	"github.com/charmbracelet/x/ansi"

	"app/newsterm/feed"
)

// choosing is a list, and a line to type a part of a name on.
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

// choose opens a list.
func (m Model) choose(c choosing, prompt, hint string) (Model, tea.Cmd) {
	c.input = m.newInput("")
	c.input.Prompt, c.input.Placeholder = prompt, hint
	c.input.Focus()
	return m.cover(c.narrowed(m)), nil
}

// narrowed lists what the text on the line may mean.
func (c choosing) narrowed(m Model) choosing {
	text := c.input.Value()
	c.found, c.at, c.why = nil, 0, ""
	if c.typed != nil {
		c.found = c.typed(m, text)
	}
	c.found = append(c.found, likeliest(c.all(m), text)...)
	return c
}

// renewed lists it again after there is more to choose from. The choice stays.
func (m Model) renewed() Model {
	old, ok := opened[choosing](m)
	if !ok {
		return m
	}
	c := old.narrowed(m)
	c.why = old.why
	if old.at < len(old.found) {
		was := old.found[old.at]
		c.at = max(slices.IndexFunc(c.found, func(c choice) bool { return c.name == was.name && c.where == was.where }), 0)
	}
	return put(m, c)
}

// likeliest are the choices that a text may mean, the likeliest first: of several
// that are as likely, the one with the shortest name.
func likeliest(all []choice, text string) (found []choice) {
	type ranked struct {
		choice
		rank int
	}
	var list []ranked
	for _, c := range all {
		rank, ok := match(text, c.name)
		if c.also != "" && (!ok || rank > elsewhere) && holds(c.name+" "+c.also, text) {
			rank, ok = elsewhere, true
		}
		if ok {
			list = append(list, ranked{c, rank})
		}
	}
	if strings.TrimSpace(text) != "" {
		slices.SortStableFunc(list, func(a, b ranked) int { return cmp.Or(a.rank-b.rank, width(a.name)-width(b.name)) })
	}
	for _, r := range list {
		found = append(found, r.choice)
	}
	return found
}

func (c choosing) press(m Model, msg tea.KeyMsg) (Model, tea.Cmd) {
	key, before := keyName(msg), c.input.Value()
	switch {
	case key == "esc", key == "ctrl+c", key == "backspace" && before == "" && c.tab:
		return m.uncover(), nil
	case key == "enter":
		return c.take(m)
	case key == "tab" && c.tab:
		if c.at < len(c.found) {
			c = c.with(m, c.found[c.at].name+" ")
		}
		return put(m, c), nil
	case key == "up" && c.at == 0 && c.back < len(c.older):
		c.back++
		return put(m, c.with(m, c.older[c.back-1])), nil
	case key == "down" && c.back > 0:
		c.back--
		return put(m, c.with(m, append([]string{""}, c.older...)[c.back])), nil
	case moves[key] != "":
		return m.inMenu(c, moves[key])
	}
	if c.input, _ = c.input.Update(msg); c.input.Value() != before {
		c.back = 0
		c = c.narrowed(m)
	}
	return put(m, c), nil
}

// with is c with a text on the line.
func (c choosing) with(m Model, text string) choosing {
	c.input.SetValue(text)
	c.input.CursorEnd()
	return c.narrowed(m)
}

// take does what the cursor is on. If that cannot be, the line stays, and says
// why.
func (c choosing) take(m Model) (Model, tea.Cmd) {
	if c.at >= len(c.found) {
		return m, nil
	}
	closed := m.uncover()
	var learn tea.Cmd
	if c.done != nil {
		closed, learn = c.done(closed, c.input.Value())
	}
	next, cmd, err := c.found[c.at].pick(closed)
	if err != nil {
		c.why = err.Error()
		return put(m, c), nil
	}
	return next, tea.Batch(learn, cmd)
}

func (c choosing) cursor() (at, n int) { return c.at, len(c.found) }

func (c choosing) to(m Model, i int) (Model, tea.Cmd) {
	c.at = nearest(i, len(c.found))
	return put(m, c), nil
}

func (c choosing) draw(m Model, w, h int) []overLine {
	prompt := c.input.Prompt
	c.input.Prompt = ""
	lines := overLines(m.styles.accent.Render(" "+prompt)+typedLine(c.input, w-6), "")
	if c.why != "" {
		lines[1].text = "   " + m.styles.bad.Render(ansi.Truncate(feed.Line(c.why), max(w-3, 0), "…"))
	}
	for i := range around(c.at, len(c.found), h-2) {
		lines = append(lines, overLine{m.choiceRow(c.found[i], c.column, w, i == c.at), i + 1})
	}
	if len(c.found) == 0 {
		lines = append(lines, overLine{text: "   " + m.styles.muted.Render(fit(c.none, w-3))})
	}
	return lines
}

func (c choosing) bottom(m Model, w int) string { return m.saysKeys(c.keys, w) }

// widestChoice is how wide the list is on a wide screen: an eye should find
// the end of a row.
const widestChoice = 100

// leastWhere is how many cells must be left for what is beside a name.
const leastWhere = 8

// choiceRow draws a choice: its name, what is beside it, what is at the end.
func (m Model) choiceRow(c choice, column, w int, current bool) string {
	s := m.styles.row[rowPlain]
	if current {
		s = m.styles.row[rowSelected]
	}
	right := " "
	if c.right != "" {
		right = " " + c.right + " "
	}
	room := max(min(w, widestChoice)-3-width(right), 0)
	name := min(max(width(c.name)+2, cmp.Or(column, room*2/3)), room)
	if room-name < leastWhere {
		name = room
	}
	return s.text.Render("   "+fit(c.name, name)) + s.muted.Render(fit(c.where, room-name)+right)
}
