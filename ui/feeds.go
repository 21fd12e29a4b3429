package ui

import (
	"strings"

	tea "github.com/charmbracelet/bubbletea"

	"app/newsterm/store"
)

// The views that everybody has.
var (
	allQuery     = store.Query{}
	unreadQuery  = must("is:unread")
	starredQuery = must("is:starred")
	todayQuery   = must("since:today")
)

// must reads a query that is written here.
func must(s string) store.Query {
	q, err := store.ParseQuery(s)
	if err != nil {
		panic(err)
	}
	return q
}

// A feedItem is a row of the pane of feeds: a view, a folder or a feed.
type feedItem struct {
	name   string
	query  store.Query
	count  int
	indent int
	failed bool
	gap    bool // an empty line comes before it
}

// feedList is the pane of feeds.
type feedList struct {
	width, height int
	items         []feedItem
	feeds         []store.Feed
	cursor, top   int
	selected      store.Query // the item that is listed
}

// views are the rows above the feeds.
func views(msg feedsMsg) []feedItem {
	unread, total := 0, 0
	for _, f := range msg.feeds {
		if !f.Muted {
			unread, total = unread+f.Unread, total+f.Total
		}
	}
	return []feedItem{
		{name: "Unread", query: unreadQuery, count: unread},
		{name: "Starred", query: starredQuery, count: msg.starred},
		{name: "Today", query: todayQuery, count: msg.today},
		{name: "All", query: allQuery, count: total},
	}
}

// viewName is what the view of a query is called.
func viewName(q store.Query) string {
	for _, v := range views(feedsMsg{}) {
		if v.query == q {
			return v.name
		}
	}
	return q.String()
}

// show lists the feeds that came, with the cursor on the item it was on.
func (l feedList) show(msg feedsMsg) feedList {
	l.feeds = msg.feeds
	l.items = views(msg)
	folder := ""
	for i, f := range msg.feeds {
		gap := i == 0
		if f.Folder != folder && f.Folder != "" {
			l.items = append(l.items, feedItem{name: f.Folder, query: store.FolderQuery(f.Folder), count: unreadIn(msg.feeds, f.Folder), gap: true})
			gap = false
		}
		folder = f.Folder
		indent := 0
		if f.Folder != "" {
			indent = 2
		}
		l.items = append(l.items, feedItem{name: f.Title, query: store.FeedQuery(f.ID), count: f.Unread, indent: indent, failed: f.Failure != "", gap: gap})
	}
	return l.toSelected()
}

// unreadIn counts the unread articles of a folder and the folders in it.
func unreadIn(feeds []store.Feed, folder string) int {
	n := 0
	for _, f := range feeds {
		if f.Folder == folder || strings.HasPrefix(f.Folder, folder+"/") {
			n += f.Unread
		}
	}
	return n
}

// toSelected puts the cursor on the item that is listed, if it is there.
func (l feedList) toSelected() feedList {
	for i, it := range l.items {
		if it.query == l.selected {
			l.cursor = i
		}
	}
	return l.follow()
}

func (l feedList) move(n int) feedList {
	l.cursor += n
	return l.follow()
}

func (l feedList) follow() feedList {
	l.cursor = min(max(l.cursor, 0), max(len(l.items)-1, 0))
	l.top = min(max(l.top, l.cursor-l.height+3), l.cursor)
	l.top = max(l.top, 0)
	return l
}

// current is the item under the cursor.
func (l feedList) current() (feedItem, bool) {
	if l.cursor >= len(l.items) {
		return feedItem{}, false
	}
	return l.items[l.cursor], true
}

// openItem lists what the item under the cursor stands for. The focus stays
// in the pane of feeds while the cursor walks there.
func (m Model) openItem(stay bool) (Model, tea.Cmd) {
	it, ok := m.feeds.current()
	if !ok {
		return m, nil
	}
	if it.query == m.listed.query {
		if !stay {
			m.focus = articlePane
		}
		return m.sized(), nil
	}
	if !stay {
		return m.list(it.name, it.query)
	}
	m, cmd := m.switchTo(listed{name: it.name, query: it.query})
	m.focus = feedPane
	return m.sized(), cmd
}

// walkFeeds moves the cursor among the feeds by n and lists what it comes to.
func (m Model) walkFeeds(n int) (Model, tea.Cmd) {
	m.feeds = m.feeds.move(n)
	return m.openItem(true)
}

// stepFeed lists the next or previous item with something unread, from any
// pane of lists.
func (m Model) stepFeed(n int) (Model, tea.Cmd) {
	stay := m.focus == feedPane
	for i := m.feeds.cursor + n; i >= 0 && i < len(m.feeds.items); i += n {
		if m.feeds.items[i].count > 0 {
			m.feeds.cursor = i
			m.feeds = m.feeds.follow()
			return m.openItem(stay)
		}
	}
	return m.note("no further feed with unread articles"), nil
}

// feedLines draws the pane of feeds.
func (m Model) feedLines(w, h int) []string {
	l := m.feeds
	lines := []string{m.header(feedPane, "newsterm", "", w)}
	for i := l.top; i < len(l.items) && len(lines) < h; i++ {
		it := l.items[i]
		if it.gap && i > l.top {
			lines = append(lines, fit("", w))
		}
		lines = append(lines, m.feedRow(it, w, i == l.cursor && (m.focus == feedPane || it.query == l.selected)))
	}
	return lines
}

func (m Model) feedRow(it feedItem, w int, current bool) string {
	s := m.styles.row[rowPlain]
	if current {
		s = m.styles.row[rowUnfocused]
		if m.focus == feedPane {
			s = m.styles.row[rowSelected]
		}
	}
	count := " "
	if it.count > 0 {
		count = " " + thousands(it.count) + " "
	}
	mark := " "
	if it.failed {
		mark = "!"
	}
	name := s.text
	if it.count == 0 {
		name = s.muted
	}
	indent := strings.Repeat(" ", it.indent)
	return s.bad.Render(mark) + name.Render(indent+fit(it.name, w-1-it.indent-width(count))) + s.muted.Render(count)
}
