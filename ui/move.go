package ui

import (
	tea "github.com/charmbracelet/bubbletea"

	"app/newsterm/store"
)

// by moves the cursor, or the text, of the focused pane: as often as the count
// says.
func (m Model) by(n int) (Model, tea.Cmd) {
	n *= m.often()
	switch m.focus {
	case feedPane:
		return m.walkFeeds(n)
	case readerPane:
		m.reader = m.reader.scrollTo(m.reader.top + n)
		return m, nil
	}
	m.articles = m.articles.move(n)
	return m.loadMore()
}

// lines is how many lines of the focused pane are on the screen.
func (m Model) lines() int {
	n := max(m.paneHeight()-1, 1)
	if m.focus == articlePane {
		return max(n/m.rowLines(), 1)
	}
	return n
}

func (m Model) down() (Model, tea.Cmd)     { return m.by(+1) }
func (m Model) up() (Model, tea.Cmd)       { return m.by(-1) }
func (m Model) halfDown() (Model, tea.Cmd) { return m.by(max(m.lines()/2, 1)) }
func (m Model) halfUp() (Model, tea.Cmd)   { return m.by(-max(m.lines()/2, 1)) }
func (m Model) pageUp() (Model, tea.Cmd)   { return m.by(-max(m.lines()-2, 1)) }

// pageDown shows the next page. At the end of an article it reads the next
// unread one, so that one key reads everything.
func (m Model) pageDown() (Model, tea.Cmd) {
	if m.focus == readerPane && m.reader.atEnd() && len(m.reader.lines) > 0 {
		return m.seekUnread(+1)
	}
	return m.by(max(m.lines()-2, 1))
}

func (m Model) toTop() (Model, tea.Cmd) {
	switch {
	case m.counted > 0:
		return m.toRow(m.counted)
	case m.focus == articlePane && !m.articles.start && m.articles.selection.from != 0:
		return m.selectBeyond(true)
	case m.focus == articlePane && !m.articles.start:
		return m.relist(store.Page{}, false)
	case m.focus == articlePane:
		return m.by(-len(m.articles.rows))
	case m.focus == feedPane:
		return m.by(-len(m.feeds.items))
	}
	return m.by(-len(m.reader.lines))
}

func (m Model) toBottom() (Model, tea.Cmd) {
	switch {
	case m.counted > 0:
		return m.toRow(m.counted)
	case m.focus == articlePane && !m.articles.end && m.articles.selection.from != 0:
		return m.selectBeyond(false)
	case m.focus == articlePane && !m.articles.end:
		return m.relist(store.Page{Last: true}, true)
	case m.focus == articlePane:
		return m.by(len(m.articles.rows))
	case m.focus == feedPane:
		return m.by(len(m.feeds.items))
	}
	return m.by(len(m.reader.lines))
}

// relist loads the first or the last page of the view, however far away.
func (m Model) relist(p store.Page, last bool) (Model, tea.Cmd) {
	asked := m.listed
	p.Limit, p.AsOf = pageLen, asked.at
	return m.await(func() tea.Msg {
		rows, err := m.o.Library.Articles(m.ctx, asked.ordered(), p)
		if err != nil {
			return listFailedMsg{asked, err}
		}
		all := len(rows) < pageLen
		msg := listMsg{asked: asked, at: asked.at, rows: rows, start: !last || all, end: last || all}
		if last {
			msg.cursor = len(rows) - 1
		}
		return msg
	})
}

func (m Model) nextPane() (Model, tea.Cmd)     { return m.toPane(m.focus + 1) }
func (m Model) previousPane() (Model, tea.Cmd) { return m.toPane(m.focus + 2) }

// toPane moves the focus. Coming to the reader shows the article under the
// cursor.
func (m Model) toPane(p pane) (Model, tea.Cmd) {
	p %= 3
	if p == readerPane {
		if a, ok := m.articles.current(); ok && a.ID != m.reader.article.ID {
			return m.read(a)
		}
	}
	m.focus = p
	m = m.sized()
	return m, m.loadPage()
}

// open opens what is under the cursor: an item of the pane of feeds, or an
// article, which is read, or picked if the screen is there to pick one.
func (m Model) open() (Model, tea.Cmd) {
	if m.focus == feedPane {
		return m.openItem(false)
	}
	a, ok := m.articles.current()
	if !ok {
		return m, nil
	}
	if m.o.Pick {
		m.chosen = a.ID
		return m.quit()
	}
	return m.read(a)
}

// leave goes back, or ends the screen if there is nowhere to go back to.
func (m Model) leave() (Model, tea.Cmd) {
	if m.selects() {
		return m.deselect(), nil
	}
	if m.isStart() {
		return m.quit()
	}
	m.reader.find = find{}
	return m.back()
}

// isStart reports whether there is nowhere to go back to.
func (m Model) isStart() bool {
	return m.focus == feedPane || m.focus == articlePane && len(m.before) == 0 && !m.entered
}

// back ends a selection or a search, or leaves the article for the list, the
// list for the one before it, and the first list for the feeds.
func (m Model) back() (Model, tea.Cmd) {
	switch {
	case m.selects():
		return m.deselect(), nil
	case m.searching() && !m.reader.find.offered:
		return m.endFind()
	case m.focus == readerPane:
		m, keep := m.bookmark()
		m.focus = articlePane
		m = m.sized()
		return m, tea.Batch(keep, m.loadPage())
	case len(m.before) > 0 && m.focus == articlePane:
		last := len(m.before) - 1
		l := m.before[last]
		m.before = m.before[:last:last]
		return m.switchTo(l)
	case m.focus == articlePane:
		m.focus, m.entered = feedPane, false
	case m.width < wide:
		m.focus = articlePane
	}
	return m.sized(), nil
}

// next reads the next article, or lists the next feed.
func (m Model) next() (Model, tea.Cmd)     { return m.step(+1) }
func (m Model) previous() (Model, tea.Cmd) { return m.step(-1) }

func (m Model) step(n int) (Model, tea.Cmd) {
	if m.focus != readerPane {
		return m.stepFeed(n)
	}
	before := m.articles.cursor
	m.articles = m.articles.move(n)
	a, ok := m.articles.current()
	if !ok || m.articles.cursor == before {
		return m.note("no further article"), nil
	}
	m, read := m.read(a)
	m, more := m.loadMore()
	return m, tea.Batch(read, more)
}

// nextUnread goes to the next unread article: its row in the list, its text
// in the reader.
func (m Model) nextUnread() (Model, tea.Cmd)     { return m.seek(+1) }
func (m Model) previousUnread() (Model, tea.Cmd) { return m.seek(-1) }

// seek is nextUnread, or previousUnread; in the pane of feeds it goes to the next
// item that has something unread.
func (m Model) seek(step int) (Model, tea.Cmd) {
	switch {
	case m.focus == feedPane:
		return m.stepFeed(step)
	case m.searching():
		return m.nextHit(step)
	}
	return m.seekUnread(step)
}

func (m Model) seekUnread(step int) (Model, tea.Cmd) {
	left := m.often()
	for i := m.articles.cursor + step; i >= 0 && i < len(m.articles.rows); i += step {
		if m.articles.rows[i].Read {
			continue
		}
		if left--; left == 0 {
			return m.found(m.articles.rows[i])
		}
	}
	if step > 0 && m.articles.end || step < 0 && m.articles.start || len(m.articles.rows) == 0 {
		return m.noneFurther(step)
	}
	return m.await(m.seekBeyond(step, left))
}

// foundMsg brings the next unread article from beyond the rows that are
// loaded.
type foundMsg struct {
	asked    listed
	articles []store.Article // one, or none if there is none
	step     int             // where it was looked for: +1 below, -1 above, 0 anywhere
}

// seekBeyond looks for the next unread article, or the one that is n further.
func (m Model) seekBeyond(step, n int) tea.Cmd {
	asked, rows := m.listed, m.articles.rows
	p := store.Page{Limit: n, AsOf: store.Moment{Last: asked.at.Last}}
	if step > 0 {
		p.After = rows[len(rows)-1].Place()
	} else {
		p.Before = rows[0].Place()
	}
	return func() tea.Msg {
		list, err := m.o.Library.Articles(m.ctx, asked.ordered().And(unreadQuery), p)
		if err != nil {
			return failedMsg{"find the next unread article", err}
		}
		return foundMsg{asked, list, step}
	}
}

func (m Model) showFound(msg foundMsg) (Model, tea.Cmd) {
	switch {
	case msg.asked != m.listed:
		return m, nil
	case len(msg.articles) == 0:
		return m.noneFurther(msg.step)
	}
	if msg.step > 0 {
		return m.found(msg.articles[len(msg.articles)-1])
	}
	return m.found(msg.articles[0])
}

// found goes to an article.
func (m Model) found(a store.Article) (Model, tea.Cmd) {
	m, jump := m.jumpTo(a.ID)
	if m.focus != readerPane {
		return m, jump
	}
	m, read := m.read(a)
	return m, tea.Batch(jump, read)
}

func (m Model) showStarred() (Model, tea.Cmd) { return m.list("Starred", starredQuery) }
