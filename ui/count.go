package ui

import (
	"strconv"

	tea "github.com/charmbracelet/bubbletea"

	"app/newsterm/store"
)

// mostDigits is how long a count may be: no list is walked further at once.
const mostDigits = 4

// counts reports whether key is a digit of a count. There are counts in the
// lists and on a sheet; in the reader a digit opens a link.
func (m Model) counts(count, key string) bool {
	return (m.focus != readerPane || m.top() != nil) && len(key) == 1 && (key >= "1" && key <= "9" || key == "0" && count != "") && len(count) < mostDigits
}

// times does something with a count before it.
func (m Model) times(count string, do func(Model) (Model, tea.Cmd)) (Model, tea.Cmd) {
	m.counted, _ = strconv.Atoi(count) // no digits count as nothing
	m, cmd := do(m)
	m.counted = 0
	return m, cmd
}

// often is how many times something is to be done.
func (m Model) often() int { return max(m.counted, 1) }

// toRow goes to a row of the list, the first being 1.
func (m Model) toRow(n int) (Model, tea.Cmd) {
	switch {
	case m.focus == feedPane:
		return m.walkFeeds(n - 1 - m.feeds.cursor)
	case m.articles.start && (n <= len(m.articles.rows) || m.articles.end):
		m.articles = m.articles.move(n - 1 - m.articles.cursor)
		return m.loadMore()
	}
	asked := m.listed
	p := store.Page{Limit: max(n+pageLen/2, pageLen), AsOf: asked.at}
	return m.await(func() tea.Msg {
		rows, err := m.o.Library.Articles(m.ctx, asked.ordered(), p)
		if err != nil {
			return listFailedMsg{asked, err}
		}
		return listMsg{asked: asked, at: asked.at, rows: rows, start: true, end: len(rows) < p.Limit, cursor: max(min(n, len(rows))-1, 0)}
	})
}
