package ui

import (
	"strings"

	tea "github.com/charmbracelet/bubbletea"
)

// typing is what has been pressed of a count and of keys in a row.
type typing struct {
	count string
	begun string
}

// with is the keys that have been pressed, and one more.
func (t typing) with(key string) string { return strings.TrimPrefix(t.begun+" "+key, " ") }

// strike does what a key means, or waits for the key that follows it. A key
// that cannot follow does nothing.
func (m Model) strike(key string) (Model, tea.Cmd) {
	was := m.typing
	m.typing = typing{}
	keys := was.with(key)
	if key == "ctrl+c" {
		keys = key // it always quits
	}
	p := m.listening()
	a, ok := m.keys.find(keys, p)
	sheet, onSheet := m.top().(sheet)
	switch {
	case key == "esc" && was != (typing{}):
		return m, nil
	case ok && onSheet:
		return m.times(was.count, func(m Model) (Model, tea.Cmd) { return sheet.act(m, a) })
	case ok:
		return m.times(was.count+a.digit(key), a.do)
	case m.keys.goesOn(keys, p):
		m.typing = typing{was.count, keys}
	case was.begun == "" && m.counts(was.count, key):
		m.typing.count = was.count + key
	case onSheet:
		return m.uncover(), nil
	}
	return m, nil
}

// listening is the pane whose keys hold: under a sheet, those that hold
// everywhere and a few more.
func (m Model) listening() pane {
	if m.top() != nil {
		return feedPane
	}
	return m.focus
}

// withFollowing draws over the end of lines what may follow the keys that have
// been pressed.
func (m Model) withFollowing(lines []string) []string {
	if m.typing.begun == "" {
		return lines
	}
	return m.boxed(lines, m.followingLines(m.width, m.paneHeight()*2/3))
}

// followingLines are columns of keys.
func (m Model) followingLines(w, h int) []string {
	list := m.keys.follow(m.typing.begun, m.listening())
	columns := max(min(w/widestKey, 3), 1)
	rows := min((len(list)+columns-1)/columns, max(h-1, 0))
	label := 0
	for _, f := range list {
		label = max(label, width(m.spokenKey(f.keys)))
	}
	var lines []string
	for r := range rows {
		line := ""
		for i := r; i < len(list); i += rows {
			if width(line)+w/columns <= w {
				line += m.keyLine(fit(m.spokenKey(list[i].keys), label), list[i].help, w/columns)
			}
		}
		lines = append(lines, line)
	}
	return block(lines, w, len(lines))
}

// widestKey is the cells that a key and what it does have at the least.
const widestKey = 44

// keyLine is a key and what it does, in w cells.
func (m Model) keyLine(label, help string, w int) string {
	return m.styles.key.Render("  "+label+" ") + m.styles.text.Render(fit(help, max(w-width(label)-3, 0)))
}

// soFar is the count and the keys that have been pressed, for the bottom line;
// "" if none have.
func (m Model) soFar() string {
	s := m.typing.count
	if m.typing.begun != "" {
		s += keyLabel(m.typing.begun)
	}
	return s
}

// spokenKey is how keys are shown, in words on a spoken screen.
func (m Model) spokenKey(keys string) string {
	if m.o.Theme.Spoken {
		return keyWords.Replace(keyLabel(keys))
	}
	return keyLabel(keys)
}
