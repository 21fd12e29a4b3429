package ui

import tea "github.com/charmbracelet/bubbletea"

// Update is a table of contents: one line for each thing that can happen.
func (m Model) Update(msg tea.Msg) (tea.Model, tea.Cmd) {
	return m.update(msg)
}

func (m Model) update(msg tea.Msg) (Model, tea.Cmd) {
	m, cmd := m.happened(msg)
	m, late := m.catchUp()
	m, draw := m.illustrate()
	return m, tea.Batch(cmd, late, draw)
}

func (m Model) happened(msg tea.Msg) (Model, tea.Cmd) {
	switch msg := msg.(type) {
	case tea.WindowSizeMsg:
		return m.resize(msg.Width, msg.Height)
	case tea.KeyMsg:
		return m.typed(msg)
	case answeredMsg:
		return m.answered(msg)
	case tea.FocusMsg:
		return m.lookAgain()
	case backgroundMsg:
		return m.followBackground(msg)
	case tea.MouseMsg:
		return m.mouse(msg)
	case habitsMsg:
		return m.takeUpHabits(msg)
	case closedMsg:
		return m.showClosed(msg)
	case feedsMsg:
		m, cmd := welcome(m.showFeeds(msg))
		return m, tea.Batch(cmd, m.lookAtProblems())
	case savedMsg:
		return m.showSaved(msg)
	case savedCountMsg:
		return m.showSavedCount(msg)
	case mutesMsg:
		return m.showMutes(msg)
	case muteMsg:
		return m.muteNow(msg)
	case problemsMsg:
		return m.listProblems(msg)
	case listMsg:
		return m.showList(msg)
	case listFailedMsg:
		return m.listFailed(msg)
	case moreMsg:
		return m.showMore(msg)
	case highlightMsg:
		return m.showHighlight(msg)
	case themesMsg:
		return m.showThemes(msg)
	case countMsg:
		return m.showCount(msg)
	case onwardMsg:
		return m.goOn(msg)
	case foundMsg:
		return m.showFound(msg)
	case pageMsg:
		return m.showPage(msg)
	case pictureMsg:
		return m.showPicture(msg)
	case keptMsg:
		return m.keptPlace(msg)
	case hitsMsg:
		return m.showHits(msg)
	case markedMsg:
		return m.marked(msg)
	case undoneMsg:
		return m.undone(msg)
	case actedMsg:
		return m.acted(msg)
	case foundFeedMsg:
		return m.showFoundFeed(msg)
	case followedMsg:
		return m.followed(msg)
	case shelvedMsg:
		return m.shelved(msg)
	case elsewhereMsg:
		return m.showElsewhere(msg)
	case takenMsg:
		return m.taken(msg)
	case importedMsg:
		return m.imported(msg)
	case progressMsg:
		return m.progressed(msg)
	case refreshedMsg:
		return m.refreshed()
	case tickMsg:
		return m.ticked()
	case versionMsg:
		return m.showOthers(msg)
	case fullTextMsg:
		return m.gotFullText(msg)
	case arrivedMsg:
		return m.arrived(msg)
	case waitingMsg:
		return m.completeIndex(msg)
	case indexedMsg:
		return m.indexed(msg)
	case outputMsg:
		return m.showOutput(msg)
	case saidMsg:
		m.typedBefore = msg
		return m, nil
	case namedThemeMsg:
		return m.showNamedTheme(msg)
	case enclosuresMsg:
		return m.showEnclosures(msg)
	case borrowMsg:
		return m.borrow(msg)
	case pipesMsg:
		m.pipe.history = msg
		return m, nil
	case pipedMsg:
		return m.piped(msg)
	case writtenMsg:
		return m.written(msg)
	case notWrittenMsg:
		return m.notWritten(msg)
	case noteMsg:
		return m.note("%s", msg), nil
	case failedMsg:
		return m.failed(msg)
	}
	return m, nil
}

// press gives a key to what is over the panes, or to the table of keys. Text that
// is pasted is no key at all.
func (m Model) press(msg tea.KeyMsg) (Model, tea.Cmd) {
	m.status.note, m.status.bad = "", false
	switch {
	case m.top() != nil:
		return m.top().press(m, cleaned(msg))
	case msg.Paste:
		return m, nil
	case msg.Type == tea.KeyEsc && m.pipe.running != "":
		return m.endPipe()
	}
	return m.strike(keyName(msg))
}

// quit ends the screen as soon as the store has all marks. Who asks again need
// not wait for them.
func (m Model) quit() (Model, tea.Cmd) {
	if m.quitting {
		return m, tea.Quit
	}
	m.quitting = true
	return m.note("keeping your marks … %s again leaves without them", keyLabel("ctrl+c")).inTurn(tea.Quit)
}

func (m Model) suspend() (Model, tea.Cmd) { return m, tea.Suspend }
func (m Model) redraw() (Model, tea.Cmd)  { return m, tea.ClearScreen }
