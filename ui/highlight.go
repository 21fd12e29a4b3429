package ui

import (
	"maps"

	tea "github.com/charmbracelet/bubbletea"

	"app/newsterm/store"
)

// A Highlight is how the titles look of the articles that a query chooses.
type Highlight struct {
	Query store.Query
	Color string // the name of a theme's colour, or a colour as a Theme has them
	Bold  bool
}

// look is the colour of the highlight in a theme, on a row in that state.
func (h Highlight) look(t Theme, state rowState) sgr {
	color, named := t.Color(h.Color)
	if !named {
		color = h.Color
	}
	look := t.onRow(color, state)
	if h.Bold {
		look = look.with(attrBold)
	}
	return look
}

// highlights are the looks of all rules, on a row in each state.
func (t Theme) highlights(rules []Highlight) [][3]style {
	looks := make([][3]style, len(rules))
	for i, h := range rules {
		for state := range looks[i] {
			looks[i][state] = style{h.look(t, rowState(state)).String()}
		}
	}
	return looks
}

// highlightMsg tells which of some articles a rule is about, by its number.
type highlightMsg struct {
	asked listed
	rules map[store.ArticleID]int
}

// highlight asks which rules are about rows, which follow each other in the
// view. The first rule that is about an article holds.
func (m Model) highlight(rows []store.Article) tea.Cmd {
	if len(m.o.Highlights) == 0 || len(rows) == 0 {
		return nil
	}
	asked := m.listed
	return func() tea.Msg {
		found := map[store.ArticleID]int{}
		for i := len(m.o.Highlights) - 1; i >= 0; i-- {
			ids, err := m.chosenOf(asked, rows, m.o.Highlights[i].Query)
			if err != nil {
				return failedMsg{"highlight articles", err}
			}
			for _, id := range ids {
				found[id] = i
			}
		}
		return highlightMsg{asked, found}
	}
}

// highlightMore is highlight for n rows that came at one end. One that was
// there before is asked for with them, so that there is a place before the
// first.
func (m Model) highlightMore(n int, above bool) tea.Cmd {
	rows := m.articles.rows
	if n = min(n+1, len(rows)); above {
		return m.highlight(rows[:n])
	}
	return m.highlight(rows[len(rows)-n:])
}

// mostRanked is how many articles a rule is asked for in a list by relevance,
// where those that it is about lie anywhere.
const mostRanked = 1000

// chosenOf lists those of rows that a query chooses, and maybe some that are
// not among them. A page begins after a place, so the first row is asked for
// by itself.
func (m Model) chosenOf(asked listed, rows []store.Article, q store.Query) (ids []store.ArticleID, err error) {
	q = asked.ordered().And(q)
	pages := []store.Page{{Limit: len(rows), AsOf: asked.at}}
	switch {
	case q.Sort() == store.ByRelevance:
		q = q.SortBy(store.Newest)
		pages[0].Limit = mostRanked
	case len(rows) > 1:
		pages[0].After = rows[0].Place()
		pages = append(pages, store.Page{Limit: 1, AsOf: asked.at, Before: rows[1].Place()})
	}
	for _, p := range pages {
		list, err := m.o.Library.Articles(m.ctx, q, p)
		if err != nil {
			return nil, err
		}
		for _, a := range list {
			ids = append(ids, a.ID)
		}
	}
	return ids, nil
}

// showHighlight shows what was found, unless something else is listed by now.
func (m Model) showHighlight(msg highlightMsg) (Model, tea.Cmd) {
	if msg.asked.seq != m.listed.seq {
		return m, nil
	}
	found := maps.Clone(m.highlighted)
	if found == nil {
		found = map[store.ArticleID]int{}
	}
	maps.Copy(found, msg.rules)
	m.highlighted = found
	return m, nil
}
