package ui

import (
	"strings"

	tea "github.com/charmbracelet/bubbletea"
)

// sheet is a text over the whole screen: every key, or the feeds that fail.
// Its zero value is closed.
type sheet struct {
	title string
	lines []string
	top   int
}

func (s sheet) open() bool { return s.title != "" }

// turn scrolls the sheet or closes it.
func (m Model) turn(key string) (Model, tea.Cmd) {
	h := m.paneHeight() - 2
	switch key {
	case "j", "down":
		m.sheet.top++
	case "k", "up":
		m.sheet.top--
	case "space", "pgdown", "d", "ctrl+f", "ctrl+d":
		m.sheet.top += h
	case "b", "pgup", "u", "ctrl+b", "ctrl+u":
		m.sheet.top -= h
	case "g", "home":
		m.sheet.top = 0
	case "G", "end":
		m.sheet.top = len(m.sheet.lines)
	case "Q", "ctrl+c":
		return m, tea.Quit
	default:
		m.sheet = sheet{}
	}
	m.sheet.top = max(min(m.sheet.top, len(m.sheet.lines)-h), 0)
	return m, nil
}

func (m Model) sheetLines(w, h int) []string {
	s := m.sheet
	lines := []string{" " + m.styles.title.Render(s.title), ""}
	for _, l := range s.lines[min(s.top, len(s.lines)):] {
		lines = append(lines, " "+l)
	}
	return lines[:min(len(lines), h)]
}

// showHelp shows every key.
func (m Model) showHelp() (Model, tea.Cmd) {
	var lines []string
	group := ""
	for _, k := range Keys() {
		if k.Group != group {
			group = k.Group
			lines = append(lines, "", m.styles.heading.Render(group))
		}
		names := fit(strings.Join(k.Keys, " "), 14)
		lines = append(lines, m.styles.key.Render("  "+names)+" "+m.styles.text.Render(k.Help))
	}
	m.sheet = sheet{title: "Keys", lines: lines[1:]}
	return m, nil
}
