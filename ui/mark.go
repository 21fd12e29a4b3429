package ui

import (
	tea "github.com/charmbracelet/bubbletea"

	"app/newsterm/store"
)

// markedMsg tells that a mark is in the store, or why it is not.
type markedMsg struct {
	flag store.Flag
	on   bool
	n    int  // articles changed
	many bool // asked for more than one article: say how many
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

func (m Model) toggleRead() (Model, tea.Cmd) {
	a, ok := m.current()
	if !ok {
		return m, nil
	}
	return m.mark(a, store.Read, !a.Read)
}

func (m Model) toggleStar() (Model, tea.Cmd) {
	a, ok := m.current()
	if !ok {
		return m, nil
	}
	return m.mark(a, store.Starred, !a.Starred)
}

// mark shows a mark at once and has the store keep it. Should the store
// fail, marked shows again what the store has.
func (m Model) mark(a store.Article, flag store.Flag, on bool) (Model, tea.Cmd) {
	m = m.showMark(flag, on, func(b store.Article) bool { return b.ID == a.ID })
	m.acts = m.acts.did(act{})
	return m, func() tea.Msg {
		n, err := m.o.Library.Mark(m.ctx, flag, on, a.ID)
		return markedMsg{flag: flag, on: on, n: n, seq: m.acts.seq, err: err}
	}
}

// showMark shows a mark on the articles that which names.
func (m Model) showMark(flag store.Flag, on bool, which func(store.Article) bool) Model {
	m.articles = m.articles.set(flag, on, which)
	if which(m.reader.article) {
		m.reader.article = withFlag(m.reader.article, flag, on)
	}
	return m
}

// marked brings the counts up to date. What has changed nothing cannot be
// taken back.
func (m Model) marked(msg markedMsg) (Model, tea.Cmd) {
	if msg.n == 0 {
		m.acts = m.acts.without(msg.seq)
	}
	if msg.err != nil {
		m, _ = m.failed(failedMsg{"mark " + markName(msg.flag, msg.on), msg.err})
		return m, m.reload()
	}
	if msg.many {
		m = m.note("%s marked %s · z takes it back", plural(msg.n, "article", "articles"), markName(msg.flag, msg.on))
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

// readAll marks everything that the view lists read, on the screen or not.
func (m Model) readAll() (Model, tea.Cmd) {
	asked := m.listed
	m = m.showMark(store.Read, true, func(store.Article) bool { return true })
	m.acts = m.acts.did(act{})
	return m, func() tea.Msg {
		n, err := m.o.Library.MarkAll(m.ctx, store.Read, true, asked.query, asked.at)
		return markedMsg{flag: store.Read, on: true, n: n, many: true, seq: m.acts.seq, err: err}
	}
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
	loaded := map[store.ArticleID]bool{}
	for _, r := range rows {
		loaded[r.ID] = true
	}
	m = m.showMark(store.Read, true, func(b store.Article) bool { return loaded[b.ID] })
	m.acts = m.acts.did(act{})
	asked := m.listed
	return m, func() tea.Msg {
		p := page(a.Place())
		p.AsOf = asked.at
		all, err := m.o.Library.Articles(m.ctx, asked.query, p)
		if err != nil {
			return markedMsg{flag: store.Read, on: true, seq: m.acts.seq, err: err}
		}
		ids := make([]store.ArticleID, len(all))
		for i, b := range all {
			ids[i] = b.ID
		}
		n, err := m.o.Library.Mark(m.ctx, store.Read, true, ids...)
		return markedMsg{flag: store.Read, on: true, n: n, many: true, seq: m.acts.seq, err: err}
	}
}
