package ui

import (
	"slices"
	"time"

	tea "github.com/charmbracelet/bubbletea"

	"app/newsterm/store"
)

// listed is what the article pane lists: the articles of a query as they
// were at a moment, so that nothing moves under the reader.
type listed struct {
	name   string
	query  store.Query
	unread bool            // only what is unread of it
	at     store.Moment    // zero until the first articles have come
	seq    int             // tells one opening of a view from the next
	on     store.ArticleID // where the cursor was when the view was left
	order  store.Sort
}

// shown is the query of what is listed.
func (l listed) shown() store.Query {
	if l.unread {
		return l.query.And(unreadQuery)
	}
	return l.query
}

// title names what is listed.
func (l listed) title() string { return l.name + pick(l.unread, ", unread", "") }

// ordered is that, in the order in which it is listed.
func (l listed) ordered() store.Query { return l.shown().SortBy(l.order) }

// orderName is the order if it is not the usual one, else "".
func (l listed) orderName() string {
	if l.order == store.Newest {
		return ""
	}
	return orderNames[l.order]
}

// pageLen is how many articles are asked for at once.
const pageLen = 200

// listMsg brings the articles around the cursor of a view.
type listMsg struct {
	asked      listed
	at         store.Moment
	rows       []store.Article
	strangers  []string // why there are no rows, if the query has names that nothing has
	cursor     int
	start, end bool // nothing comes before the first row, nothing after the last

	again bool            // of a reload: the cursor stays where it is by now
	on    store.ArticleID // where it was when the reload was asked for
	turn  <-chan struct{} // of acts, then
}

// listFailedMsg tells why the articles of a view could not be read.
type listFailedMsg struct {
	asked listed
	err   error
}

// listFailed shows why, in the place of the list if that is empty.
func (m Model) listFailed(msg listFailedMsg) (Model, tea.Cmd) {
	if msg.asked != m.listed || m.ctx.Err() != nil {
		return m, nil
	}
	m.articles.loading, m.articles.failure = false, msg.err
	return m.failed(failedMsg{"list articles", msg.err})
}

// list opens a view: a query under a name. The one before it, unless that is the
// same, can be gone back to.
func (m Model) list(name string, q store.Query) (Model, tea.Cmd) {
	if q == m.listed.query {
		return m.switchTo(listed{name: name, query: q})
	}
	m.listed = *m.here()
	m.before = append(m.before[:len(m.before):len(m.before)], m.listed)
	if len(m.before) > 50 {
		m.before = m.before[1:]
	}
	return m.switchTo(listed{name: name, query: q})
}

// here is what is listed, and where the cursor is in it.
func (m Model) here() *listed {
	l := m.listed
	if a, ok := m.articles.current(); ok {
		l.on = a.ID
	}
	return &l
}

// switchTo lists l afresh, without what is hidden.
func (m Model) switchTo(l listed) (Model, tea.Cmd) {
	l.unread = m.hiding.articles && m.isOfFeeds(l.query)
	return m.afresh(l)
}

// afresh lists l as of now.
func (m Model) afresh(l listed) (Model, tea.Cmd) {
	on := l.on
	m.listed = listed{name: l.name, query: l.query, unread: l.unread, seq: m.listed.seq + 1, order: m.orders.of(l.query)}
	m.feeds.selected = l.query
	item, _ := m.feeds.current()
	m.feeds = m.feeds.toSelected(item)
	m.status.arrived = 0
	m.focus = articlePane
	m.articles, m.highlighted = m.articles.waiting(), nil
	return m.sized().await(m.openListed(on))
}

// openListed asks for the articles of the view as they are once the store has
// all marks that were made so far: around the article on, or from the first if
// on is 0.
func (m Model) openListed(on store.ArticleID) tea.Cmd {
	asked, settled := m.listed, m.settled()
	return func() tea.Msg {
		settled()
		at, err := m.o.Library.Moment(m.ctx)
		if err != nil {
			return listFailedMsg{asked, err}
		}
		return m.rows(asked, at, on)
	}
}

// reload asks for the articles of the view as it was opened, with the marks
// that they have once the store has all that were made so far. The cursor stays
// on its article.
func (m Model) reload() tea.Cmd {
	asked, settled, turn := m.listed, m.settled(), m.acts.turn
	a, _ := m.articles.current()
	return func() tea.Msg {
		settled()
		msg := m.rows(asked, asked.at, a.ID)
		if list, ok := msg.(listMsg); ok {
			list.again, list.on, list.turn = true, a.ID, turn
			return list
		}
		return msg
	}
}

// lookAgain shows what other programs have done to the file meanwhile: marks
// are shown, new articles announced. There is nothing to compare before the
// first articles have come.
func (m Model) lookAgain() (Model, tea.Cmd) {
	if m.listed.at == (store.Moment{}) {
		return m.openFailed()
	}
	return m, tea.Batch(m.reload(), m.loadFeeds(), m.loadSaved(), m.countArrived())
}

// openFailed opens the view again, if it could not be read.
func (m Model) openFailed() (Model, tea.Cmd) {
	if m.articles.failure == nil {
		return m, nil
	}
	m.articles = m.articles.waiting()
	return m.await(m.openListed(0))
}

// rows reads the articles of a view around the article on. If that is not in
// the view any more, the cursor comes to the one after it.
func (m Model) rows(asked listed, at store.Moment, on store.ArticleID) tea.Msg {
	if asked.order == store.ByRelevance {
		return m.best(asked, at, on)
	}
	msg := listMsg{asked: asked, at: at, start: true}
	page := store.Page{Limit: pageLen, AsOf: at}
	if a, err := m.o.Library.Article(m.ctx, on); on != 0 && err == nil {
		before, err := m.o.Library.Articles(m.ctx, asked.ordered(), store.Page{Limit: pageLen, Before: a.Place(), AsOf: at})
		if err != nil {
			return listFailedMsg{asked, err}
		}
		msg.rows, msg.cursor, msg.start = before, len(before), len(before) < pageLen
	}
	if len(msg.rows) > 0 {
		page.After = msg.rows[len(msg.rows)-1].Place()
	}
	after, err := m.o.Library.Articles(m.ctx, asked.ordered(), page)
	if err != nil {
		return listFailedMsg{asked, err}
	}
	msg.rows, msg.end = append(msg.rows, after...), len(after) < pageLen
	return m.explained(msg)
}

// best is as rows, for the order of relevance: where an article stands in that is
// known only to the list it is in. The first are looked through for it.
func (m Model) best(asked listed, at store.Moment, on store.ArticleID) tea.Msg {
	rows, err := m.o.Library.Articles(m.ctx, asked.ordered(), store.Page{Limit: mostRows, AsOf: at})
	if err != nil {
		return listFailedMsg{asked, err}
	}
	cursor := slices.IndexFunc(rows, func(a store.Article) bool { return a.ID == on })
	return m.explained(listMsg{asked: asked, at: at, rows: rows, cursor: max(cursor, 0), start: true, end: len(rows) < mostRows})
}

// showList lists what came, unless the reader has asked for something else
// since. A reload that lacks a mark made meanwhile, or the rows that the reader
// has gone to, is done again.
func (m Model) showList(msg listMsg) (Model, tea.Cmd) {
	switch {
	case msg.asked != m.listed:
		return m, nil
	case msg.again && msg.turn != m.acts.turn:
		return m, m.reload()
	case msg.again:
		var ok bool
		if msg.cursor, ok = m.articles.cursorIn(msg); !ok {
			return m, m.reload()
		}
	}
	m.listed.at = msg.at
	m.articles = m.articles.show(msg)
	if i := m.articles.find(m.reader.article.ID); i >= 0 {
		m.reader.article.Read, m.reader.article.Starred = msg.rows[i].Read, msg.rows[i].Starred
	}
	return m, tea.Batch(m.count(), m.highlight(msg.rows))
}

// moreMsg brings the articles beyond an end of what is loaded.
type moreMsg struct {
	asked listed
	rows  []store.Article
	edge  store.ArticleID // the row that they are next to
	above bool            // they come before the first row
	all   bool            // all that there are, and the cursor goes to the last
}

// loadMore asks for more articles when the cursor, or what the mouse has scrolled
// to, comes near an end of what is loaded.
func (m Model) loadMore() (Model, tea.Cmd) {
	l := m.articles
	if l.loading || len(l.rows) == 0 {
		return m, nil
	}
	page := store.Page{Limit: pageLen, AsOf: m.listed.at}
	above, near, edge := false, l.cursor, l.rows[len(l.rows)-1].ID
	if l.free {
		near = l.top
	}
	switch {
	case !l.end && len(l.rows)-near < pageLen/2:
		page.After = l.rows[len(l.rows)-1].Place()
	case !l.start && near < pageLen/2:
		page.Before, above, edge = l.rows[0].Place(), true, l.rows[0].ID
	default:
		return m, nil
	}
	m.articles.loading = true
	asked := m.listed
	return m, func() tea.Msg {
		rows, err := m.o.Library.Articles(m.ctx, asked.ordered(), page)
		if err != nil {
			return listFailedMsg{asked, err}
		}
		return moreMsg{asked: asked, rows: rows, edge: edge, above: above}
	}
}

// showMore puts what came where it belongs, unless other rows have taken the
// place of those that it was asked for.
func (m Model) showMore(msg moreMsg) (Model, tea.Cmd) {
	if msg.asked != m.listed || !m.articles.meets(msg) {
		return m, nil
	}
	m.articles = m.articles.more(msg)
	m, more := m.loadMore()
	return m, tea.Batch(more, m.highlightMore(len(msg.rows), msg.above))
}

// countMsg tells how many articles a view has.
type countMsg struct {
	asked listed
	n     int
}

func (m Model) count() tea.Cmd {
	asked := m.listed
	return func() tea.Msg {
		n, err := m.o.Library.Count(m.ctx, asked.shown(), asked.at)
		if err != nil {
			return failedMsg{"count articles", err}
		}
		return countMsg{asked, n}
	}
}

func (m Model) showCount(msg countMsg) (Model, tea.Cmd) {
	if msg.asked == m.listed {
		m.articles.total = msg.n
	}
	return m, nil
}

// feedsMsg brings the feeds, and the counts of the views that no feed has.
type feedsMsg struct {
	feeds          []store.Feed // by title
	order          feedOrder    // that was asked for
	newest         map[store.FeedID]time.Time
	starred, today int
}

func (m Model) loadFeeds() tea.Cmd {
	return func() tea.Msg {
		feeds, newest, err := m.readFeeds()
		if err != nil {
			return failedMsg{"list feeds", err}
		}
		starred, err := m.o.Library.Count(m.ctx, starredQuery, store.Moment{})
		if err != nil {
			return failedMsg{"count starred articles", err}
		}
		today, err := m.o.Library.Count(m.ctx, todayQuery.And(unreadQuery), store.Moment{})
		if err != nil {
			return failedMsg{"count today's articles", err}
		}
		return feedsMsg{feeds, m.feeds.order, newest, starred, today}
	}
}
