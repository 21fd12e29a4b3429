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
	return m, func() tea.Msg {
		if err := m.o.Library.Index(m.ctx); err != nil {
			return failedMsg{"index articles", err}
		}
		return indexedMsg{}
	}
}

// indexedMsg tells that searches find every article again.
type indexedMsg struct{}

func (m Model) indexed() (Model, tea.Cmd) {
	m.status.indexing = false
	if !m.listed.query.Searches() {
		return m, nil
	}
	return m.note("every article is indexed"), tea.Batch(m.reload(), m.countArrived())
}
