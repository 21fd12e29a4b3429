package ui

import (
	"fmt"
	"slices"
	"strings"

	tea "github.com/charmbracelet/bubbletea"
	"github.com/charmbracelet/x/ansi"

	"app/newsterm/feed"
)

// picker is the list of themes, beside a screen that is drawn in the one under
// the cursor.
type picker struct {
	themes  []Theme
	trouble []error // why some of the reader's own cannot be had
	at      int
	before  Theme // the one to go back to
}

// autoTheme is the name of what follows the terminal's background.
const autoTheme = "auto"

// ThemeSetting is where the store keeps the theme that was chosen last; it
// has none while the theme follows the terminal.
const ThemeSetting = "theme"

// themesMsg brings every theme there is.
type themesMsg struct {
	themes  []Theme
	trouble []error
}

// pickTheme asks which themes there are.
func (m Model) pickTheme() (Model, tea.Cmd) {
	if m.o.Themes == nil {
		return m.note("there are no colours here to choose from"), nil
	}
	return m.await(func() tea.Msg {
		themes, trouble := m.o.Themes()
		return themesMsg{themes, trouble}
	})
}

// showThemes lists them, unless the reader does something else by now.
func (m Model) showThemes(msg themesMsg) (Model, tea.Cmd) {
	if m.top() != nil {
		return m, nil
	}
	return m.cover(m.newPicker(msg)), nil
}

// newPicker lists themes, the cursor on the one that is drawn with.
func (m Model) newPicker(msg themesMsg) picker {
	p := picker{themes: append([]Theme{{Name: autoTheme}}, msg.themes...), trouble: msg.trouble, before: m.o.Theme}
	for i, t := range p.themes {
		if t.Name == m.o.Theme.Name && !m.o.Follow {
			p.at = i
		}
	}
	return p
}

func (p picker) press(m Model, msg tea.KeyMsg) (Model, tea.Cmd) {
	key := keyName(msg)
	switch name := m.meaning(key); {
	case m.takes(key):
		return p.take(m)
	case name == "leave", name == "back", name == "fold":
		return m.uncover().drawnIn(p.before)
	case name == "theme":
		return m.inMenu(p, "down")
	default:
		return m.inMenu(p, name)
	}
}

func (p picker) cursor() (at, n int) { return p.at, len(p.themes) }

// to draws in theme i of the list; after the last comes the first.
func (p picker) to(m Model, i int) (Model, tea.Cmd) {
	n := len(p.themes)
	p.at = (i + n) % n
	return put(m, p).drawnIn(p.picked(m))
}

func (p picker) take(m Model) (Model, tea.Cmd) { return p.keep(m.uncover()) }

// picked is the theme under the cursor.
func (p picker) picked(m Model) Theme {
	t := p.themes[p.at]
	switch {
	case t.Name != autoTheme:
		return t
	case m.o.Bright:
		return m.o.Light
	}
	return m.o.Dark
}

// drawnIn draws everything in t.
func (m Model) drawnIn(t Theme) (Model, tea.Cmd) {
	m = m.withTheme(t).sized()
	return m, m.loadPage()
}

// keep draws in the theme under the cursor from now on: this time, and
// the next if the settings name none.
func (p picker) keep(m Model) (Model, tea.Cmd) {
	name := p.themes[p.at].Name
	m.o.Follow = name == autoTheme
	m, draw := m.drawnIn(p.picked(m))
	if m.o.ThemeNamed {
		return m.note("theme %s until you leave; config.toml names another", name), draw
	}
	if m.o.Follow {
		name = ""
	}
	m, keep := m.keepHabit(ThemeSetting, name, "the theme")
	return m, tea.Batch(draw, keep)
}

// followBackground takes the theme that suits the terminal's background, if
// none was chosen.
func (m Model) followBackground(msg backgroundMsg) (Model, tea.Cmd) {
	m.o.Bright = !msg.dark
	t := m.o.Dark
	if m.o.Bright {
		t = m.o.Light
	}
	if _, picking := opened[picker](m); !m.o.Follow || picking || t == m.o.Theme {
		return m, nil
	}
	return m.drawnIn(t)
}

// draw draws the list in the place of the first pane. Where one pane has the screen
// it is a few lines below, so that there is a text to judge by.
func (p picker) draw(m Model, w, h int) []overLine {
	lines := overLines(m.panes()...)
	edges := m.edges()
	if len(edges) == 0 || h < 4 {
		list := aroundItem(p.rows(m, w), p.at, max(h/3, 1))
		from := max(h-len(list)-1, 0)
		top := m.styles.faint.Render("─") + m.styles.title.Render(" Theme ") + m.styles.faint.Render(strings.Repeat("─", w))
		return slices.Concat(lines[:from], overLines(top)[:max(min(h-len(list), 1), 0)], list)
	}
	side := max(edges[0], pickerWidth)
	list := aroundItem(p.rows(m, side), p.at, h-2)
	joins := edges
	if len(list)+2 == h {
		joins = nil // nothing goes on below
	}
	box := append(overLines(m.styles.title.Render(fit(" Theme", side))), list...)
	for i := range box {
		box[i].text += m.styles.faint.Render("│")
	}
	box = append(box, overLine{text: m.styles.faint.Render(lowerEdge(side, joins))})
	for i, l := range box {
		lines[i] = overLine{l.text + ansi.TruncateLeft(lines[i].text, side+1, ""), l.item}
	}
	return lines
}

// rows are the lines of the list, and what is wrong with themes that are not
// in it.
func (p picker) rows(m Model, w int) (rows []overLine) {
	for i, t := range p.themes {
		rows = append(rows, overLine{m.pickerRow(t, i == p.at, w), i + 1})
	}
	for _, err := range p.trouble {
		for _, l := range wrapPlain(feed.Line(err.Error()), max(w-2, 1)) {
			rows = append(rows, overLine{text: " " + m.styles.bad.Render(fit(l, w-1))})
		}
	}
	return rows
}

// edges are where the lines between the panes stand.
func (m Model) edges() (columns []int) {
	at := -1
	for _, w := range m.shape() {
		if w == 0 {
			continue
		}
		if at >= 0 {
			columns = append(columns, at)
		}
		at += w + 1
	}
	return columns
}

// lowerEdge is a line below w cells and the line to their right, joined to
// those between the panes that go on from it.
func lowerEdge(w int, joins []int) string {
	edge := []rune(strings.Repeat("─", w) + "┘")
	for _, at := range joins {
		switch {
		case at < w:
			edge[at] = '┬'
		case at == w:
			edge[at] = '┤'
		}
	}
	return string(edge)
}

func (p picker) bottom(m Model, w int) string {
	return m.saysKeys("⏎ keep it  Esc back as it was  ↓ ↑ choose", w)
}

// pickerWidth is how many cells the list of themes has at least.
const pickerWidth = 24

func (m Model) pickerRow(t Theme, current bool, w int) string {
	s, mark := m.styles.row[rowPlain], "  "
	if current {
		s, mark = m.styles.row[rowSelected], "› "
	}
	kind := "light"
	switch {
	case t.Name == autoTheme:
		kind = ""
	case t.Spoken:
		kind = "spoken"
	case t.Dark:
		kind = "dark"
	}
	switch kind = fmt.Sprintf("%6s", kind); {
	case w < pickerWidth:
		kind = ""
	case w > pickerWidth:
		kind += " "
	}
	return s.text.Render(mark+fit(t.Name, w-width(mark)-width(kind))) + s.muted.Render(kind)
}
