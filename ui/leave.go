package ui

import (
	"slices"

	tea "github.com/charmbracelet/bubbletea"

	"app/newsterm/store"
)

// leaveFeed leaves the feed that is meant: it is gone at once, and z brings it
// back. On a saved query it drops that.
func (m Model) leaveFeed() (Model, tea.Cmd) {
	it, _ := m.feeds.current()
	if m.focus == feedPane && it.kind == aSavedQuery {
		return m.dropQuery(it.name)
	}
	f, ok := m.feedMeant()
	if !ok {
		return m.note("D leaves a feed or drops a saved query; put the cursor on one"), nil
	}
	m, leave := m.perform(act{
		doing: "leave " + f.Title,
		done:  "left " + short(f.Title),
		do:    func() error { return m.o.Library.Unsubscribe(m.ctx, f.ID) },
		undo:  func() error { return m.o.Library.Edit(m.ctx, f) },
	})
	m, list := m.withoutFeed(f.ID)
	return m, tea.Batch(leave, list)
}

// withoutFeed takes a feed off the screen. If it was listed, what comes after
// it is.
func (m Model) withoutFeed(id store.FeedID) (Model, tea.Cmd) {
	m.feeds.feeds = slices.DeleteFunc(slices.Clone(m.feeds.feeds), func(f store.Feed) bool { return f.ID == id })
	m.feeds = m.feeds.built()
	if m.listed.query != store.FeedQuery(id) {
		return m, nil
	}
	focus := m.focus
	m, list := m.openItem(true)
	m.focus = max(min(focus, articlePane), feedPane)
	return m.sized(), list
}
