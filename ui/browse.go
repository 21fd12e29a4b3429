package ui

import (
	tea "github.com/charmbracelet/bubbletea"

	"app/newsterm/store"
)

// browse opens the article's page in the browser.
func (m Model) browse() (Model, tea.Cmd) {
	a, ok := m.current()
	if !ok {
		return m, nil
	}
	return m.browseTo(a.URL, "this article has no address")
}

// browseRead does so and marks the article read.
func (m Model) browseRead() (Model, tea.Cmd) {
	a, ok := m.current()
	if !ok {
		return m, nil
	}
	m, open := m.browse()
	m, mark := m.mark(a, store.Read, true)
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

func (m Model) browseTo(address, none string) (Model, tea.Cmd) {
	if address == "" {
		return m.note("%s", none), nil
	}
	return m.note("opening %s", address), func() tea.Msg {
		if err := m.o.Open(m.ctx, address); err != nil {
			return failedMsg{"open " + address, err}
		}
		return nil
	}
}

func (m Model) copyAddress() (Model, tea.Cmd) {
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
	own := m.reader.own[a.ID]
	return m, func() tea.Msg {
		whole, err := m.o.Library.Article(m.ctx, a.ID)
		if err != nil {
			return failedMsg{"copy the article", err}
		}
		return m.copy(Page(whole, Body(chosenText(whole, own))), "copied the article as markdown")()
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
