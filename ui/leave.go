package ui

import (
	"slices"

	tea "github.com/charmbracelet/bubbletea"

	"app/newsterm/store"
)

// leaveFeed leaves the feed that is meant, or those of the selected articles: it is
// gone at once, and z brings it back. On a saved query it drops that.
func (m Model) leaveFeed() (Model, tea.Cmd) {
	it, _ := m.feeds.current()
	if m.focus == feedPane && it.kind == aSavedQuery {
		return m.dropQuery(it.name)
	}
	if m.selects() {
		return m.leaveEach(m.feedsOf(m.meant()))
	}
	f, ok := m.feedMeant()
	switch {
	case !ok:
		return m.note("%s leaves a feed or drops a saved query; put the cursor on one", m.keys.label("leave-feed")), nil
	case m.focus != feedPane:
		return m.cover(confirm{"leave the whole feed " + short(f.Title) + "?", "leave-feed", func(m Model) (Model, tea.Cmd) { return m.leaveOne(f) }}), nil
	}
	return m.leaveOne(f)
}

// leaveOne leaves a feed.
func (m Model) leaveOne(f store.Feed) (Model, tea.Cmd) {
	a := act{
		doing: "leave " + f.Title,
		done:  "left " + short(f.Title),
		do:    func() error { return m.o.Library.Unsubscribe(m.ctx, f.ID) },
		undo:  func() error { return m.o.Library.Edit(m.ctx, f) },
	}
	if m.listed.query == store.FeedQuery(f.ID) {
		a.was = m.here()
	}
	m, list := m.withoutFeed(f.ID)
	a.led = m.listed.seq
	m, leave := m.perform(a)
	return m, tea.Batch(leave, list)
}

// leaveEach leaves several feeds, in one step.
func (m Model) leaveEach(feeds []store.Feed) (Model, tea.Cmd) {
	m = m.deselect()
	if len(feeds) == 1 {
		return m.leaveOne(feeds[0])
	}
	left := slices.Clone(feeds)
	for i := range left {
		left[i].Archived = true
	}
	all := plural(len(feeds), "feed", "feeds")
	return m.perform(act{
		doing: "leave " + all,
		done:  "left " + all,
		do:    func() error { return m.o.Library.EditAll(m.ctx, left...) },
		undo:  func() error { return m.o.Library.EditAll(m.ctx, feeds...) },
	})
}

// feedsOf are the feeds of articles.
func (m Model) feedsOf(list []store.Article) (feeds []store.Feed) {
	for _, f := range m.feeds.feeds {
		if slices.ContainsFunc(list, func(a store.Article) bool { return a.Feed == f.ID }) {
			feeds = append(feeds, f)
		}
	}
	return feeds
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
