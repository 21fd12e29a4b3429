package ui

import (
	"fmt"
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
	feeds := m.feedsMeant()
	switch {
	case len(feeds) == 0:
		return m.note("%s leaves a feed or drops a saved query; put the cursor on one", m.keys.label("leave-feed")), nil
	case m.focus == feedPane:
		return m.leaveOne(feeds[0])
	}
	question := "leave the whole feed " + short(feeds[0].Title) + "?"
	if len(feeds) > 1 {
		question = fmt.Sprintf("leave %d whole feeds?", len(feeds))
	}
	return m.cover(confirm{question, "leave-feed", func(m Model) (Model, tea.Cmd) { return m.leaveEach(feeds) }}), nil
}

// feedsMeant are the feeds of the selected articles, or the one that is meant.
func (m Model) feedsMeant() []store.Feed {
	if m.selects() {
		return m.feedsOf(m.meant())
	}
	if f, ok := m.feedMeant(); ok {
		return []store.Feed{f}
	}
	return nil
}

// archive leaves feeds, or comes back to them. What else is decided about them
// stays as it is.
func (m Model) archive(left bool, feeds ...store.Feed) error {
	ids := make([]store.FeedID, len(feeds))
	for i, f := range feeds {
		ids[i] = f.ID
	}
	return m.o.Library.Change(m.ctx, func(f *store.Feed) { f.Archived = left }, ids...)
}

// leaveOne leaves a feed.
func (m Model) leaveOne(f store.Feed) (Model, tea.Cmd) {
	a := act{
		doing: "leave " + f.Title,
		done:  "left " + short(f.Title),
		do:    func() error { return m.archive(true, f) },
		undo:  func() error { return m.archive(false, f) },
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
	all := plural(len(feeds), "feed", "feeds")
	return m.perform(act{
		doing: "leave " + all,
		done:  "left " + all,
		do:    func() error { return m.archive(true, feeds...) },
		undo:  func() error { return m.archive(false, feeds...) },
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
