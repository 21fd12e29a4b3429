package ui

import (
	tea "github.com/charmbracelet/bubbletea"

	"app/newsterm/feed"
	"app/newsterm/store"
)

// browse opens the article's page in the browser, or those of the selected ones;
// in the pane of feeds, the page of the feed.
func (m Model) browse() (Model, tea.Cmd) {
	if m.focus == feedPane {
		return m.browseFeed()
	}
	if m.selects() {
		return m.browseEach(m.meant())
	}
	a, ok := m.current()
	if !ok {
		return m, nil
	}
	return m.browseTo(a.URL, "this article has no address")
}

// browseFeed opens the page of the feed under the cursor.
func (m Model) browseFeed() (Model, tea.Cmd) {
	f, ok := m.feedMeant()
	switch {
	case !ok:
		return m.note("only a feed has a page to open"), nil
	case f.Site == "":
		return m.note("%s names no page of its own", f.Title), nil
	}
	return m.note("opening %s", feed.Shown(f.Site)), m.openPage(f.Site)
}

// browseRead does so and marks the article read.
func (m Model) browseRead() (Model, tea.Cmd) {
	list := m.meant()
	if len(list) == 0 {
		return m, nil
	}
	m, open := m.browse()
	if m.selects() {
		return m, open // they were too many
	}
	m, mark := m.markEach(list, store.Read, true)
	return m, tea.Batch(open, mark)
}

// browseComments opens the page where the article is discussed.
func (m Model) browseComments() (Model, tea.Cmd) {
	a, ok := m.current()
	if !ok {
		return m, nil
	}
	return m.browseTo(a.Comments, "this article has no comments page")
}

// browseTo opens an address of the article, or says that there is none.
func (m Model) browseTo(address, none string) (Model, tea.Cmd) {
	if address == "" {
		return m.note("%s", none), nil
	}
	a, _ := m.current()
	return m.visit(a, address)
}

// whole is how an article is read with its text: that which is shown of it.
// It may be called in a command.
func (m Model) whole(a store.Article) func() (store.Article, error) {
	own := m.reader.own[a.ID]
	return func() (store.Article, error) {
		whole, err := m.o.Library.Article(m.ctx, a.ID)
		return chosenText(whole, own), err
	}
}

func (m Model) copyAddress() (Model, tea.Cmd) {
	if m.selects() {
		return m.copyEach(m.meant())
	}
	a, ok := m.current()
	if !ok {
		return m, nil
	}
	if a.URL == "" {
		return m.note("this article has no address"), nil
	}
	return m, m.copy(a.URL, "copied "+a.URL)
}

// copyArticle copies the article as markdown, or the selected ones, one after the
// other.
func (m Model) copyArticle() (Model, tea.Cmd) {
	list := m.meant()
	if len(list) == 0 {
		return m, nil
	}
	text, what := m.formatted(list, "markdown"), "the article"
	if len(list) > 1 {
		what = plural(len(list), "article", "articles")
	}
	return m.deselect(), func() tea.Msg {
		text, err := text()
		if err != nil {
			return failedMsg{"copy " + what, err}
		}
		return m.copy(text, "copied "+what+" as markdown")()
	}
}

func (m Model) copy(text, done string) tea.Cmd {
	return func() tea.Msg {
		if err := m.o.Copy(text); err != nil {
			return failedMsg{"copy", err}
		}
		return noteMsg(done)
	}
}
