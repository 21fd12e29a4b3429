package ui

import (
	"slices"
	"strconv"

	tea "github.com/charmbracelet/bubbletea"

	"app/newsterm/store"
)

// articleList is the pane of articles: a window on a view that may be a
// hundred times longer.
type articleList struct {
	width, height int
	rows          []store.Article // a part of the view without gaps
	start, end    bool            // nothing comes before the first row, nothing after the last
	total         int             // articles in the view; -1 until counted
	cursor, top   int             // rows: under the cursor, and first on the screen
	loading       bool            // more rows have been asked for
	failure       error           // why there are no rows, if they could not be read
	strangers     []string        // why there are none, if the query has names that nothing has
	free          bool            // the mouse has scrolled: the cursor may be off the screen
	authors       bool            // some of the first rows tell who wrote them: rows that come later change no columns
	selection     selection
}

// mostRows is how many rows are kept before the far ones are let go.
const mostRows = 10 * pageLen

// waiting is the list between two views.
func (l articleList) waiting() articleList {
	return articleList{width: l.width, height: l.height, total: -1, loading: true}
}

// show lists what came.
func (l articleList) show(msg listMsg) articleList {
	if len(l.rows) == 0 {
		l.top = msg.cursor - l.height/3
	} else {
		l.top += msg.cursor - l.cursor // the cursor stays on its line
	}
	l.strangers = msg.strangers
	if !slices.ContainsFunc(msg.rows, func(a store.Article) bool { return a.ID == l.selection.from }) {
		l = l.hold()
	}
	l.rows, l.cursor = msg.rows, msg.cursor
	l.start, l.end, l.loading, l.failure = msg.start, msg.end, false, nil
	l.authors = l.authors || slices.ContainsFunc(l.rows, func(a store.Article) bool { return authors(a) != "" })
	return l.follow()
}

// cursorIn is the row of a reload that the cursor is on, even if it has moved
// since that was asked for; false if it has moved to where that has no rows.
func (l articleList) cursorIn(msg listMsg) (row int, ok bool) {
	a, has := l.current()
	if i := (articleList{rows: msg.rows}).find(a.ID); i >= 0 {
		return i, true
	}
	return msg.cursor, !has || a.ID == msg.on
}

// meets reports whether what lies beyond an end belongs to the rows as they are
// now.
func (l articleList) meets(msg moreMsg) bool {
	switch {
	case len(l.rows) == 0:
		return false
	case msg.above:
		return l.rows[0].ID == msg.edge
	}
	return l.rows[len(l.rows)-1].ID == msg.edge
}

// more adds what lies beyond an end, and lets go of what is far away: but not of
// rows that a range is drawn over, or that the mouse has scrolled past.
func (l articleList) more(msg moreMsg) articleList {
	l.loading = false
	full, keep := len(msg.rows) < pageLen || msg.all, l.free || l.selection.from != 0
	if msg.above {
		l.start = full
		l.rows = append(msg.rows[:len(msg.rows):len(msg.rows)], l.rows...)
		l.cursor, l.top = l.cursor+len(msg.rows), l.top+len(msg.rows)
		if len(l.rows) > mostRows && !keep {
			l.rows, l.end = l.rows[:mostRows], false
		}
		if msg.all {
			return l.move(-len(l.rows))
		}
		return l.follow()
	}
	l.end = full
	l.rows = append(l.rows[:len(l.rows):len(l.rows)], msg.rows...)
	if msg.all {
		return l.move(len(l.rows))
	}
	if gone := len(l.rows) - mostRows; gone > 0 && !keep {
		l.rows, l.start = l.rows[gone:], false
		l.cursor, l.top = l.cursor-gone, l.top-gone
	}
	return l.follow()
}

// move moves the cursor by n rows.
func (l articleList) move(n int) articleList {
	l.cursor, l.free = l.cursor+n, false
	return l.follow()
}

// scroll moves the rows on the screen by n, and not the cursor.
func (l articleList) scroll(n int) articleList {
	l.top, l.free = l.top+n, true
	return l.follow()
}

// follow keeps the cursor on a row and, unless the mouse has scrolled, the row on
// the screen.
func (l articleList) follow() articleList {
	last := max(len(l.rows)-l.height, 0)
	l.cursor = min(max(l.cursor, 0), max(len(l.rows)-1, 0))
	if !l.free {
		l.top = min(max(l.top, l.cursor-l.height+1), l.cursor)
	}
	l.top = max(min(l.top, last), 0)
	return l
}

// current is the article under the cursor.
func (l articleList) current() (store.Article, bool) {
	if l.cursor >= len(l.rows) {
		return store.Article{}, false
	}
	return l.rows[l.cursor], true
}

// find is the row of an article, or -1.
func (l articleList) find(id store.ArticleID) int {
	for i, a := range l.rows {
		if a.ID == id {
			return i
		}
	}
	return -1
}

// set changes the articles that which names, wherever they are listed.
func (l articleList) set(flag store.Flag, on bool, which func(store.Article) bool) articleList {
	l.rows = append([]store.Article(nil), l.rows...)
	for i := range l.rows {
		if which(l.rows[i]) {
			l.rows[i] = withFlag(l.rows[i], flag, on)
		}
	}
	return l
}

// withFlag is a with a mark set or taken away.
func withFlag(a store.Article, flag store.Flag, on bool) store.Article {
	switch flag {
	case store.Read:
		a.Read = on
	case store.Starred:
		a.Starred = on
	}
	return a
}

// place tells where the cursor is: "3/1,234", or how many there are while
// the rows before are not all loaded.
func (l articleList) place() string {
	switch {
	case len(l.rows) == 0 || l.total < 0:
		return ""
	case l.start:
		return thousands(l.cursor+1) + "/" + thousands(max(l.total, len(l.rows)))
	case l.end:
		return thousands(l.total-len(l.rows)+l.cursor+1) + "/" + thousands(l.total)
	}
	return thousands(l.total)
}

// thousands is n with a comma between groups of three digits.
func thousands(n int) string {
	s := strconv.Itoa(n)
	for i := len(s) - 3; i > 0 && s[i-1] != '-'; i -= 3 {
		s = s[:i] + "," + s[i:]
	}
	return s
}

// jumpTo puts the cursor on an article: at once if it is loaded, else when
// the rows around it have come, for which keys wait.
func (m Model) jumpTo(id store.ArticleID) (Model, tea.Cmd) {
	if i := m.articles.find(id); i >= 0 {
		m.articles = m.articles.move(i - m.articles.cursor)
		return m.loadMore()
	}
	asked := m.listed
	return m.await(func() tea.Msg { return m.rows(asked, asked.at, id) })
}

// lines draws the pane, height lines of width cells.
func (m Model) articleLines(w, h int) []string {
	l := m.articles
	lines := []string{m.header(articlePane, m.listed.title(), joined(m.listed.orderName(), l.place()), w)}
	selected, plan := l.selectedRows(), m.rowPlan(w)
	for i := l.top; i < len(l.rows) && len(lines) < h; i++ {
		from := len(lines)
		lines = append(lines, m.row(l.rows[i], plan, i == l.cursor))
		if m.o.Comfortable {
			lines = append(lines, m.second(l.rows[i], plan, i == l.cursor))
		}
		if selected(i) {
			m.markSelected(lines[from:])
		}
	}
	if len(l.rows) == 0 && !l.loading {
		lines = append(lines, m.emptyList(w)...)
	}
	return append(lines, m.welcomeLines(w)...)
}
