package ui

import (
	tea "github.com/charmbracelet/bubbletea"

	"app/newsterm/store"
)

// noneFurther tells that the list has no further unread article. From the last
// one of a feed, folder or tag it is on with the next that has some.
func (m Model) noneFurther(step int) (Model, tea.Cmd) {
	none := m.note("no further unread article here")
	if step <= 0 {
		return none, nil
	}
	it, ok := m.feeds.onward(m.listed.query)
	if !ok {
		return none, nil
	}
	return none.await(m.firstOf(it))
}

// onward is the next item after the one of q, of the same kind, that has unread
// articles; after the last comes the first. There is none after a view: it has
// everything.
func (l feedList) onward(q store.Query) (feedItem, bool) {
	all := l.all(nil)
	for i, it := range all {
		if it.query != q || it.kind == aView || it.kind == aSavedQuery {
			continue
		}
		for _, next := range append(all[i+1:len(all):len(all)], all[:i]...) {
			if next.kind == it.kind && next.count > 0 && !next.quiet {
				return next, true
			}
		}
	}
	return feedItem{}, false
}

// onwardMsg brings the first unread article of another feed.
type onwardMsg struct {
	asked    listed
	item     feedItem
	articles []store.Article // one, or none if it was read meanwhile
}

func (m Model) firstOf(it feedItem) tea.Cmd {
	asked, order := m.listed, m.orders.of(it.query)
	return func() tea.Msg {
		list, err := m.o.Library.Articles(m.ctx, it.query.SortBy(order).And(unreadQuery), store.Page{Limit: 1})
		if err != nil {
			return failedMsg{"find the next unread article", err}
		}
		return onwardMsg{asked, it, list}
	}
}

// goOn lists the other feed, with the cursor on its first unread article, which
// is read if one was read before.
func (m Model) goOn(msg onwardMsg) (Model, tea.Cmd) {
	if msg.asked != m.listed || len(msg.articles) == 0 {
		return m, nil
	}
	was, reading := m.listed.name, m.focus == readerPane
	m, keep := m.reveal(msg.item)
	m, list := m.switchTo(listed{name: msg.item.name, query: msg.item.query, on: msg.articles[0].ID})
	m = m.note("no further unread article in %s · on with %s", was, msg.item.name)
	if !reading {
		return m, tea.Batch(keep, list)
	}
	m, read := m.read(msg.articles[0])
	return m, tea.Batch(keep, list, read)
}
