package ui

import (
	"slices"

	tea "github.com/charmbracelet/bubbletea"

	"app/newsterm/store"
)

// markedMsg tells that a mark is in the store, or why it is not.
type markedMsg struct {
	flag store.Flag
	on   bool
	n    int  // articles changed
	many bool // asked for more than one article: say how many
	anew bool // of another view: what is listed is asked for again
	seq  int  // of the act
	err  error
}

// current is the article that a key means: the one that is read, or the one
// under the cursor.
func (m Model) current() (store.Article, bool) {
	if m.focus == readerPane && m.reader.article.ID != 0 {
		return m.reader.article, true
	}
	return m.articles.current()
}

// isRead reports whether that article is read.
func (m Model) isRead() bool {
	a, _ := m.current()
	return a.Read
}

func (m Model) toggleRead() (Model, tea.Cmd) {
	return m.toggle(store.Read, func(a store.Article) bool { return a.Read })
}

func (m Model) toggleStar() (Model, tea.Cmd) {
	return m.toggle(store.Starred, func(a store.Article) bool { return a.Starred })
}

// toggle takes a mark away from the articles that are meant if all have it, else
// gives it to them.
func (m Model) toggle(flag store.Flag, has func(store.Article) bool) (Model, tea.Cmd) {
	list := m.meant()
	if len(list) == 0 {
		return m, nil
	}
	without := slices.ContainsFunc(list, func(a store.Article) bool { return !has(a) })
	return m.markEach(list, flag, without)
}

// mark is markEach for one article.
func (m Model) mark(a store.Article, flag store.Flag, on bool) (Model, tea.Cmd) {
	return m.markEach([]store.Article{a}, flag, on)
}

// markEach shows a mark at once and has the store keep it, in one step. Should
// the store fail, marked shows again what it has. A selection ends with that.
func (m Model) markEach(list []store.Article, flag store.Flag, on bool) (Model, tea.Cmd) {
	ids := idsOf(list)
	m = m.showMark(flag, on, ids)
	m.acts = m.acts.begun()
	seq, many := m.acts.seq, m.selects() || len(list) > 1
	return m.deselect().inTurn(func() tea.Msg {
		n, err := m.o.Library.Mark(m.ctx, flag, on, ids...)
		return markedMsg{flag: flag, on: on, n: n, many: many, seq: seq, err: err}
	})
}

// showMark shows a mark on articles, wherever they are on the screen.
func (m Model) showMark(flag store.Flag, on bool, ids []store.ArticleID) Model {
	which := make(map[store.ArticleID]bool, len(ids))
	for _, id := range ids {
		which[id] = true
	}
	return m.showMarkOn(flag, on, func(a store.Article) bool { return which[a.ID] })
}

// showMarkOn is showMark for the articles that which names.
func (m Model) showMarkOn(flag store.Flag, on bool, which func(store.Article) bool) Model {
	m.articles = m.articles.set(flag, on, which)
	if which(m.reader.article) {
		m.reader.article = withFlag(m.reader.article, flag, on)
	}
	return m
}

// marked brings the counts up to date. What has changed nothing cannot be
// taken back.
func (m Model) marked(msg markedMsg) (Model, tea.Cmd) {
	m.acts.running--
	if msg.n > 0 {
		m.acts = m.acts.did(act{seq: msg.seq})
	}
	if msg.err != nil {
		m, _ = m.failed(failedMsg{"mark " + markName(msg.flag, msg.on), msg.err})
		return m, m.reload()
	}
	switch {
	case msg.many && msg.n == 0:
		return m.note("nothing changed: all are %s already", markName(msg.flag, msg.on)), nil
	case msg.many:
		m = m.noteUndo("%s marked %s", plural(msg.n, "article", "articles"), markName(msg.flag, msg.on))
	}
	if msg.anew {
		return m, tea.Batch(m.loadFeeds(), m.reload())
	}
	return m, m.loadFeeds()
}

// markName is what an article with a mark set or taken away is called.
func markName(flag store.Flag, on bool) string {
	if !on {
		return "un" + flag.String()
	}
	return flag.String()
}

// readAll marks everything read that the view lists, on the screen or not. In
// the pane of feeds the view is that of the item under the cursor.
func (m Model) readAll() (Model, tea.Cmd) {
	asked, anew, it := m.listed, false, feedItem{}
	if m.focus == feedPane {
		it, _ = m.feeds.current()
	}
	switch {
	case m.focus == feedPane && it.why != "":
		return m.note("%s: %s", it.name, it.why), nil
	case m.focus == feedPane && it.query != asked.query:
		asked, anew = listed{query: it.query}, true
	default:
		m = m.showMarkOn(store.Read, true, func(store.Article) bool { return true })
	}
	m.acts = m.acts.begun()
	seq := m.acts.seq
	return m.inTurn(func() tea.Msg {
		n, err := m.o.Library.MarkAll(m.ctx, store.Read, true, asked.shown(), asked.at)
		return markedMsg{flag: store.Read, on: true, n: n, many: true, anew: anew, seq: seq, err: err}
	})
}

// readAbove marks read what the view lists above the cursor.
func (m Model) readAbove() (Model, tea.Cmd) {
	return m.readBeside(m.articles.rows[:min(m.articles.cursor, len(m.articles.rows))],
		func(at store.Place) store.Page { return store.Page{Before: at} })
}

// readBelow marks read what the view lists below the cursor.
func (m Model) readBelow() (Model, tea.Cmd) {
	return m.readBeside(m.articles.rows[min(m.articles.cursor+1, len(m.articles.rows)):],
		func(at store.Place) store.Page { return store.Page{After: at} })
}

// readBeside marks read the rows that are loaded and those of page that are
// not.
func (m Model) readBeside(rows []store.Article, page func(store.Place) store.Page) (Model, tea.Cmd) {
	a, ok := m.articles.current()
	if !ok {
		return m, nil
	}
	m = m.showMark(store.Read, true, idsOf(rows))
	m.acts = m.acts.begun()
	asked, seq := m.listed, m.acts.seq
	return m.inTurn(func() tea.Msg {
		p := page(a.Place())
		p.AsOf = asked.at
		all, err := m.o.Library.Articles(m.ctx, asked.ordered(), p)
		if err != nil {
			return markedMsg{flag: store.Read, on: true, seq: seq, err: err}
		}
		n, err := m.o.Library.Mark(m.ctx, store.Read, true, idsOf(all)...)
		return markedMsg{flag: store.Read, on: true, n: n, many: true, seq: seq, err: err}
	})
}

func idsOf(list []store.Article) []store.ArticleID {
	ids := make([]store.ArticleID, len(list))
	for i, a := range list {
		ids[i] = a.ID
	}
	return ids
}
