package ui

import tea "github.com/charmbracelet/bubbletea"

// others is what is known of the other programs that change the file.
type others struct {
	version int64 // of the file, as the store counts what they do
	known   bool
	asking  bool
}

// versionMsg tells which version of the file there is.
type versionMsg struct {
	version int64
	err     error
}

func (m Model) askVersion() tea.Cmd {
	return func() tea.Msg {
		version, err := m.o.Library.Changed(m.ctx)
		return versionMsg{version, err}
	}
}

// lookForOthers asks whether other programs have changed the file, unless that
// is being asked.
func (m Model) lookForOthers() (Model, tea.Cmd) {
	if m.others.asking {
		return m, nil
	}
	m.others.asking = true
	return m, m.askVersion()
}

// showOthers shows what they have done. A file that cannot be asked is asked
// again soon, and rows that the mouse has scrolled to stay as they are.
func (m Model) showOthers(msg versionMsg) (Model, tea.Cmd) {
	was := m.others
	m.others.asking = false
	if msg.err != nil {
		return m, nil
	}
	m.others.version, m.others.known = msg.version, true
	switch {
	case !was.known || was.version == msg.version:
		return m, nil
	case m.articles.free:
		return m, tea.Batch(m.loadFeeds(), m.loadSaved(), m.countArrived())
	}
	return m.lookAgain()
}
