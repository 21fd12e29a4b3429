package ui

import tea "github.com/charmbracelet/bubbletea"

// waitingMsg tells how many articles no search finds yet.
type waitingMsg int

func (m Model) checkIndex() tea.Cmd {
	return func() tea.Msg {
		n, err := m.o.Library.Waiting(m.ctx)
		if err != nil {
			return failedMsg{"look at the index", err}
		}
		return waitingMsg(n)
	}
}

// completeIndex has the rest indexed, beside everything else. A search that
// is on the screen is then made again.
func (m Model) completeIndex(waiting waitingMsg) (Model, tea.Cmd) {
	if waiting == 0 || m.status.indexing {
		return m, nil
	}
	m.status.indexing = true
	if m.listed.query.Searches() {
		m = m.note("%s must still be indexed", plural(int(waiting), "article", "articles"))
	}
	return m, func() tea.Msg { return indexedMsg{m.o.Library.Index(m.ctx)} }
}

// indexedMsg tells that searches find every article again, or why not.
type indexedMsg struct{ err error }

func (m Model) indexed(msg indexedMsg) (Model, tea.Cmd) {
	m.status.indexing = false
	if msg.err != nil {
		return m.failed(failedMsg{"index articles", msg.err})
	}
	if !m.listed.query.Searches() {
		return m, nil
	}
	return m.note("every article is indexed"), tea.Batch(m.reload(), m.countArrived())
}
