package ui

import (
	tea "github.com/charmbracelet/bubbletea"

	"app/newsterm/store"
)

// browse opens the article's page in the browser, or those of the selected ones.
func (m Model) browse() (Model, tea.Cmd) {
	if m.selects() {
		return m.browseEach(m.meant())
	}
	a, ok := m.current()
	if !ok {
		return m, nil
	}
	return m.browseTo(a.URL, "this article has no address")
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

func (m Model) copyArticle() (Model, tea.Cmd) {
	a, ok := m.current()
	if !ok {
		return m, nil
	}
	whole := m.whole(a)
	return m, func() tea.Msg {
		a, err := whole()
		if err != nil {
			return failedMsg{"copy the article", err}
		}
		return m.copy(Page(a, Body(a)), "copied the article as markdown")()
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
