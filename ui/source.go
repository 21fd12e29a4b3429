package ui

import (
	"strings"

	tea "github.com/charmbracelet/bubbletea"

	"app/newsterm/store"
)

// viewSource shows the open article as the markdown that y and | give away, or
// as it is read again. The same words stay on the screen.
func (m Model) viewSource() (Model, tea.Cmd) {
	if len(m.reader.lines) == 0 {
		return m, nil
	}
	m.reader.source = !m.reader.source
	return m, m.loadPage()
}

// sourceLines is the markdown of an article in lines of at most w cells. What
// is too long goes on in the next line, as far to the right as it began.
func sourceLines(a store.Article, w int) (lines []string) {
	source, cutShort := shorten(clean(Page(a, Body(a))))
	fenced := false
	for line := range strings.Lines(source) {
		line = strings.TrimRight(expandTabs(line), " \n")
		rest := strings.TrimLeft(line, " ")
		fence := fence([]byte(rest))
		t := styledText{text: rest, code: fenced || fence || strings.HasPrefix(rest, "|")}
		fenced = fenced != fence
		lead := min(len(line)-len(rest), w/2)
		wrapped := t.wrapped(w - lead)
		if len(wrapped) == 0 {
			wrapped = []string{""}
		}
		for _, l := range wrapped {
			lines = append(lines, strings.Repeat(" ", lead)+l)
		}
	}
	if cutShort {
		lines = append(lines, leftOut(w)...)
	}
	return lines
}
