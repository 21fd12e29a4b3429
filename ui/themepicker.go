package ui

import (
	"fmt"
	"strings"

	tea "github.com/charmbracelet/bubbletea"
	"github.com/charmbracelet/x/ansi"

	"app/newsterm/feed"
)

// picker is the list of themes, beside a screen that is drawn in the one under
// the cursor. Its zero value is closed.
type picker struct {
	themes  []Theme
	trouble []error // why some of the reader's own cannot be had
	at      int
	before  Theme // the one to go back to
}

func (p picker) open() bool { return len(p.themes) > 0 }

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
	return m, func() tea.Msg {
		themes, trouble := m.o.Themes()
		return themesMsg{themes, trouble}
	}
}

// showThemes lists them, the cursor on the one that is drawn with.
func (m Model) showThemes(msg themesMsg) (Model, tea.Cmd) {
	p := picker{themes: append([]Theme{{Name: autoTheme}}, msg.themes...), trouble: msg.trouble, before: m.o.Theme}
	for i, t := range p.themes {
		if t.Name == m.o.Theme.Name && !m.o.Follow {
			p.at = i
		}
	}
	m.picker = p
	return m, nil
}

// chooseTheme gives a key to the list of themes.
func (m Model) chooseTheme(msg tea.KeyMsg) (Model, tea.Cmd) {
	switch p := m.picker; keyName(msg) {
	case "enter", "l", "right":
		return m.keepTheme()
	case "esc", "q", "h", "left", "ctrl+c":
		m.picker = picker{}
		return m.drawnIn(p.before)
	case "j", "down", "tab", "ctrl+n", "T":
		return m.tryTheme(p.at + 1)
	case "k", "up", "shift+tab", "ctrl+p":
		return m.tryTheme(p.at - 1)
	case "g", "home":
		return m.tryTheme(0)
	case "G", "end":
		return m.tryTheme(len(p.themes) - 1)
	}
	return m, nil
}

// tryTheme draws in theme i of the list.
func (m Model) tryTheme(i int) (Model, tea.Cmd) {
	n := len(m.picker.themes)
	m.picker.at = (i + n) % n
	return m.drawnIn(m.picked())
}

// picked is the theme under the cursor.
func (m Model) picked() Theme {
	t := m.picker.themes[m.picker.at]
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

// keepTheme draws in the theme under the cursor from now on: this time, and
// the next if the settings name none.
func (m Model) keepTheme() (Model, tea.Cmd) {
	name := m.picker.themes[m.picker.at].Name
	m.o.Follow = name == autoTheme
	m, draw := m.drawnIn(m.picked())
	m.picker = picker{}
	if m.o.ThemeNamed {
		return m.note("theme %s until you leave; config.toml names another", name), draw
	}
	if m.o.Follow {
		name = ""
	}
	return m, tea.Batch(draw, func() tea.Msg {
		if err := m.o.Library.SetSetting(m.ctx, ThemeSetting, name); err != nil {
			return failedMsg{"remember the theme", err}
		}
		return nil
	})
}

// followBackground takes the theme that suits the terminal's background, if
// none was chosen.
func (m Model) followBackground(msg backgroundMsg) (Model, tea.Cmd) {
	m.o.Bright = !msg.dark
	t := m.o.Dark
	if m.o.Bright {
		t = m.o.Light
	}
	if !m.o.Follow || m.picker.open() || t == m.o.Theme {
		return m, nil
	}
	return m.drawnIn(t)
}

// pickerLines draws the list over the left of lines.
func (m Model) pickerLines(lines []string, w int) []string {
	box := []string{m.styles.title.Render(fit(" Theme", pickerWidth))}
	for i, t := range m.picker.themes {
		box = append(box, m.pickerRow(t, i == m.picker.at))
	}
	box = append(box, fit("", pickerWidth))
	for _, err := range m.picker.trouble {
		for _, l := range wrapPlain(feed.Line(err.Error()), pickerWidth-2) {
			box = append(box, " "+m.styles.bad.Render(fit(l, pickerWidth-1)))
		}
	}
	box = around(box, m.picker.at+1, len(lines))
	for i, l := range box {
		rest := ansi.TruncateLeft(lines[i], pickerWidth+1, "")
		lines[i] = ansi.Truncate(l+m.styles.faint.Render("│")+rest, w, "")
	}
	return lines
}

// pickerWidth is the cells of the list of themes.
const pickerWidth = 30

func (m Model) pickerRow(t Theme, current bool) string {
	s, mark := m.styles.row[rowPlain], "   "
	if current {
		s, mark = m.styles.row[rowSelected], " › "
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
	name := pickerWidth - len(" › ") - len("spoken")
	return s.text.Render(mark+fit(t.Name, name)) + s.muted.Render(fmt.Sprintf("%6s ", kind))
}

// pickerKeys are on the bottom line meanwhile.
var pickerKeys = strings.Join([]string{"⏎ keep it", "Esc back as it was", "↓ ↑ choose"}, "  ")
