package ui

import (
	"math/rand/v2"

	tea "github.com/charmbracelet/bubbletea"

	"app/newsterm/store"
)

// random goes to an unread article of the list, whichever: its row in the list,
// its text in the reader.
func (m Model) random() (Model, tea.Cmd) {
	asked := m.listed
	here, _ := m.current()
	return m.await(func() tea.Msg {
		list, err := m.anyUnread(asked, here.ID)
		if err != nil {
			return failedMsg{"find an unread article", err}
		}
		return foundMsg{asked: asked, articles: list}
	})
}

// anyUnread is an unread article of a view, and not the one at hand if there is
// another; none if there is none.
func (m Model) anyUnread(asked listed, here store.ArticleID) ([]store.Article, error) {
	q, at := asked.query.And(unreadQuery), store.Moment{Last: asked.at.Last}
	n, err := m.o.Library.Count(m.ctx, q, at)
	if err != nil || n == 0 {
		return nil, err
	}
	which := rand.IntN(n)
	id, err := m.o.Library.Nth(m.ctx, q, at, which)
	if err == nil && id == here {
		id, err = m.o.Library.Nth(m.ctx, q, at, (which+1)%n)
	}
	if err != nil {
		return nil, err
	}
	a, err := m.o.Library.Article(m.ctx, id)
	return []store.Article{a}, err
}
