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

// itemKind tells what an item of the pane of feeds stands for.
type itemKind int

const (
	aView itemKind = iota
	aSavedQuery
	aFeed
	aFolder
	aTag
)

// A feedItem is a row of the pane of feeds.
type feedItem struct {
	kind   itemKind
	name   string
	query  store.Query
	count  int
	depth  int          // folders that it is in
	feed   store.FeedID // of a feed
	folder string       // the path of a folder, or of the folder that a feed is in
	closed bool         // of a folder: what is in it is hidden
	failed bool
	quiet  bool   // a feed that is muted, or disabled
	why    string // a saved query that cannot be read: what is wrong with it
	gap    bool   // an empty line comes before it
}

// feedList is the pane of feeds.
type feedList struct {
	width, height  int
	feeds          []store.Feed
	starred, today int
	saved          []savedQuery
	closed         closedFolders
	order          feedOrder
	arranged       bool // the feeds are in that order
	unreadOnly     bool // what has nothing unread is hidden
	items          []feedItem
	cursor, top    int
	free           bool        // the mouse has scrolled: the cursor may be off the screen
	selected       store.Query // the item that is listed
	tally          tally       // when the saved queries were counted
	counting       bool        // the saved queries are being counted,
	miscounted     bool        // and something has changed meanwhile
}

// A tally is how many articles of a kind all feeds have together.
type tally struct{ unread, starred, total int }

func (msg feedsMsg) tally() tally {
	t := tally{starred: msg.starred}
	for _, f := range msg.feeds {
		t.unread, t.total = t.unread+f.Unread, t.total+f.Total
	}
	return t
}

// views are the rows above the feeds.
func (l feedList) views() []feedItem {
	unread, total := 0, 0
	for _, f := range l.feeds {
		if !f.Muted {
			unread, total = unread+f.Unread, total+f.Total-f.Hidden
		}
	}
	return []feedItem{
		{name: "Unread", query: unreadQuery, count: unread},
		{name: "Starred", query: starredQuery, count: l.starred},
		{name: "Today", query: todayQuery, count: l.today},
		{name: "All", query: allQuery, count: total},
	}
}

// viewName is what the view of a query is called.
func viewName(q store.Query) string {
	for _, v := range (feedList{}).views() {
		if v.query == q {
			return v.name
		}
	}
	return q.String()
}

// nameOf is what the item that lists q is called.
func (l feedList) nameOf(q store.Query) string {
	if it, ok := l.itemOf(q); ok {
		return it.name
	}
	return q.String()
}

// itemOf is the item that lists q, even one in a closed folder.
func (l feedList) itemOf(q store.Query) (feedItem, bool) {
	for _, it := range l.all(nil) {
		if it.query == q {
			return it, true
		}
	}
	return feedItem{}, false
}

// showFeeds lists the feeds that came, and calls what is listed as it is called
// now. Saved queries are counted again if there are more articles than there
// were, or fewer, or some have been marked.
func (m Model) showFeeds(msg feedsMsg) (Model, tea.Cmd) {
	was := m.feeds.tally
	l := m.feeds
	l.starred, l.today = msg.starred, msg.today
	l.tally = msg.tally()
	m.feeds = l.arrange(msg, l.tally.total != was.total).built()
	stale := l.feeds != nil && l.tally != was
	m, again := m.renewed().renameListed()
	if !stale {
		return m, again
	}
	m, count := m.countSaved()
	return m, tea.Batch(again, count)
}

// renameListed gives the list the name of its item. What was asked for under
// the old name is asked for again.
func (m Model) renameListed() (Model, tea.Cmd) {
	it, ok := m.feeds.current()
	if !ok || it.query != m.listed.query || it.name == m.listed.name || m.listed.at == (store.Moment{}) {
		return m, nil
	}
	m.listed.name = it.name
	return m, m.reload()
}

// built makes the rows anew of what is known, with the cursor on the item that
// is listed.
func (l feedList) built() feedList {
	on, _ := l.current()
	l.items = l.all(l.closed)
	if l.unreadOnly {
		l.items = l.unread(l.items)
	}
	return l.toSelected(on)
}

// all lists the items of the pane, but for what is in folders that are closed.
func (l feedList) all(closed closedFolders) []feedItem {
	items := append(l.views(), l.savedItems()...)
	items = append(items, spaced(treeOf(l.feeds).items(closed))...)
	return append(items, spaced(tagItems(l.feeds))...)
}

// spaced puts an empty line before items.
func spaced(items []feedItem) []feedItem {
	if len(items) > 0 {
		items[0].gap = true
	}
	return items
}

// toSelected puts the cursor on the item that is listed, or on the closed folder
// that hides it. Of several that list the same, on is it if it is among them.
func (l feedList) toSelected(on feedItem) feedList {
	at := -1
	for i, it := range l.items {
		if it.query == l.selected && (at < 0 || it.kind == on.kind && it.name == on.name) {
			at = i
		}
	}
	if at >= 0 {
		return l.to(at)
	}
	if len(l.closed) == 0 {
		return l.follow()
	}
	folder := l.folderOf(l.selected)
	for i, it := range l.items {
		if it.kind == aFolder && it.closed && within(folder, it.folder) {
			l = l.to(i)
		}
	}
	return l.follow()
}

// folderOf is the folder that q lists, or the one of the feed that q lists; ""
// if there is none.
func (l feedList) folderOf(q store.Query) string {
	it, _ := l.itemOf(q)
	return it.folder
}

// to puts the cursor on an item. What the mouse has scrolled to stays on the
// screen if it was there already.
func (l feedList) to(i int) feedList {
	if i == l.cursor {
		return l.follow()
	}
	return l.move(i - l.cursor)
}

func (l feedList) move(n int) feedList {
	l.cursor, l.free = l.cursor+n, false
	return l.follow()
}

// scroll moves the rows on the screen by n, and not the cursor.
func (l feedList) scroll(n int) feedList {
	l.top, l.free = l.top+n, true
	return l.follow()
}

// follow keeps the cursor on a row and, unless the mouse has scrolled, the row on
// the screen.
func (l feedList) follow() feedList {
	l.cursor = min(max(l.cursor, 0), max(len(l.items)-1, 0))
	if l.free {
		l.top = max(min(l.top, l.topFor(len(l.items)-1)), 0)
		return l
	}
	l.top = max(min(l.top, l.cursor), l.topFor(l.cursor), 0)
	return l
}

// topFor is the first row on a screen whose last is row i.
func (l feedList) topFor(i int) int {
	lines := 0
	for ; i >= 0 && i < len(l.items); i-- {
		if lines++; lines > max(l.height, 1) {
			return i + 1
		}
		if l.items[i].gap {
			lines++
		}
	}
	return 0
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
	switch {
	case !ok:
		return m, nil
	case it.why != "":
		return m.note("%s: %s", it.name, it.why), nil
	case it.query == m.listed.query:
		if !stay {
			m.focus, m.entered = articlePane, true
		}
		return m.sized(), nil
	case !stay:
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

// nextFeed lists the next feed, folder or view with something unread.
func (m Model) nextFeed() (Model, tea.Cmd)     { return m.stepFeed(+1) }
func (m Model) previousFeed() (Model, tea.Cmd) { return m.stepFeed(-1) }

// stepFeed lists the next or previous item with something unread.
func (m Model) stepFeed(n int) (Model, tea.Cmd) {
	stay, left := m.focus == feedPane, m.often()
	for i := m.feeds.cursor + n; i >= 0 && i < len(m.feeds.items); i += n {
		if m.feeds.items[i].count == 0 {
			continue
		}
		if left--; left == 0 {
			m.feeds = m.feeds.move(i - m.feeds.cursor)
			return m.openItem(stay)
		}
	}
	return m.note("no further feed with unread articles"), nil
}

// feedMeant is the feed that a key means: in the pane of feeds the one under
// the cursor, elsewhere that of the article.
func (m Model) feedMeant() (store.Feed, bool) {
	a, _ := m.current()
	id := a.Feed
	if m.focus == feedPane {
		it, _ := m.feeds.current()
		id = it.feed
	}
	for _, f := range m.feeds.feeds {
		if f.ID == id {
			return f, true
		}
	}
	return store.Feed{}, false
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
	if m.o.Theme.Spoken {
		return m.saidItem(it, w, current)
	}
	count := " "
	if it.count > 0 {
		count = " " + thousands(it.count) + " "
	}
	mark := " "
	if it.failed || it.why != "" {
		mark = "!"
	}
	name := s.text
	if it.count == 0 || it.quiet {
		name = s.muted
	}
	lead := it.lead()
	return s.bad.Render(mark) + s.muted.Render(lead) + name.Render(fitName(it.name, w-1-width(lead)-width(count))) + s.muted.Render(count)
}

// lead is what stands before the name: the place in the tree, and whether a
// folder is open. Folders that are very deep are not indented further.
func (it feedItem) lead() string {
	lead := strings.Repeat("  ", min(it.depth, 5))
	switch {
	case it.kind == aFolder && it.closed:
		return lead + "▸ "
	case it.kind == aFolder:
		return lead + "▾ "
	}
	return lead
}
