package ui

import (
	"slices"

	tea "github.com/charmbracelet/bubbletea"

	"app/newsterm/store"
)

// fullTextMsg tells that the full text of an article is kept, or why not.
type fullTextMsg struct {
	article store.Article
	err     error
}

// fullText shows the text of the page that an article points at, and fetches
// it if that was not done; once both are there it goes from one text to the
// other. In the list it opens the article as well.
func (m Model) fullText() (Model, tea.Cmd) {
	a, ok := m.current()
	switch {
	case !ok:
		return m, nil
	case m.focus == readerPane && m.reader.text != "":
		return m.otherText()
	case m.focus == readerPane:
		return m.fetchPage(a)
	}
	delete(m.reader.own, a.ID)
	m, open := m.read(a)
	if a.HasFullText {
		return m, open
	}
	m, fetch := m.fetchPage(a)
	return m, tea.Batch(open, fetch)
}

// otherText shows the other text of the open article.
func (m Model) otherText() (Model, tea.Cmd) {
	m, keep := m.bookmark()
	if m.reader.own == nil {
		m.reader.own = map[store.ArticleID]bool{}
	}
	m.reader.own[m.reader.article.ID] = !m.reader.own[m.reader.article.ID]
	return m, tea.Batch(m.loadPage(), keep)
}

// fetchPage fetches the page of an article, unless that is being done, or was
// done by somebody else.
func (m Model) fetchPage(a store.Article) (Model, tea.Cmd) {
	if a.URL == "" {
		return m.note("this article has no address, so there is no page to fetch"), nil
	}
	if slices.ContainsFunc(m.status.fetching, func(b store.Article) bool { return b.ID == a.ID }) {
		return m, nil
	}
	m.status.fetching = append(slices.Clip(m.status.fetching), a)
	return m, func() tea.Msg {
		whole, err := m.o.Library.Article(m.ctx, a.ID)
		if err == nil && whole.FullText == "" {
			err = m.o.FullText(m.ctx, whole)
		}
		return fullTextMsg{a, err}
	}
}

// gotFullText shows the full text in the place of the feed's. If another
// article is open by now, the reader is told.
func (m Model) gotFullText(msg fullTextMsg) (Model, tea.Cmd) {
	id := msg.article.ID
	m.status.fetching = slices.DeleteFunc(slices.Clone(m.status.fetching), func(a store.Article) bool { return a.ID == id })
	if msg.err != nil {
		return m.failed(failedMsg{"fetch the full text", msg.err})
	}
	m.reader.pages.forget(id)
	delete(m.reader.own, id)
	if m.reader.article.ID != id {
		return m.note("the full text of %q has come", msg.article.Title), m.checkIndex()
	}
	if len(m.reader.lines) > 0 {
		m = m.leaveAt(place{id, true})
	}
	return m, tea.Batch(m.loadPage(), m.checkIndex())
}

// textName names the text of a that is shown; "" if it has but one.
func textName(a store.Article, own bool) string {
	switch {
	case a.FullText == "":
		return ""
	case own:
		return "feed's text"
	}
	return "full text"
}

// chosenText is a with the text that is shown: its full one, or its feed's
// own.
func chosenText(a store.Article, own bool) store.Article {
	if own {
		a.FullText = ""
	}
	return a
}
