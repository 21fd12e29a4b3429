package ui

import (
	"errors"
	"strings"

	tea "github.com/charmbracelet/bubbletea"

	"app/newsterm/store"
)

// A savedQuery is a saved query as the pane of feeds shows it.
type savedQuery struct {
	store.SavedQuery
	query  store.Query
	unread int    // when it was counted last
	why    string // it cannot be read
}

// savedItems are the rows of the saved queries.
func (l feedList) savedItems() (items []feedItem) {
	for _, s := range l.saved {
		items = append(items, feedItem{kind: aSavedQuery, name: s.Name, query: s.query, count: s.unread, why: s.why})
	}
	return items
}

// savedMsg brings the saved queries.
type savedMsg []savedQuery

func (m Model) loadSaved() tea.Cmd {
	return func() tea.Msg {
		list, err := m.o.Library.Queries(m.ctx)
		if err != nil {
			return failedMsg{"list saved queries", err}
		}
		var saved savedMsg
		for _, q := range list {
			saved = append(saved, readSaved(q))
		}
		return saved
	}
}

// readSaved reads a saved query. One that cannot be read lists nothing.
func readSaved(q store.SavedQuery) savedQuery {
	s := savedQuery{SavedQuery: q}
	var err error
	if s.query, err = store.ParseQuery(q.Query); err != nil {
		s.query, s.why = must("is:read is:unread"), err.Error()
	}
	return s
}

// showSaved lists the saved queries, and has them counted if some are new.
func (m Model) showSaved(saved savedMsg) (Model, tea.Cmd) {
	known := map[store.SavedQuery]savedQuery{}
	for _, s := range m.feeds.saved {
		known[s.SavedQuery] = s
	}
	fresh := false
	for i, s := range saved {
		was, ok := known[s.SavedQuery]
		if fresh = fresh || !ok; ok {
			saved[i] = was
		}
	}
	m.feeds.saved = saved
	m.feeds = m.feeds.built()
	if fresh {
		return m.renewed().countSaved()
	}
	return m.renewed(), nil
}

// savedCountMsg tells how many unread articles saved queries have.
type savedCountMsg struct {
	unread map[store.Query]int // of those that could be counted
	failed *failedMsg          // nil if all could
}

// countSaved counts the saved queries, one after the other. While that goes on,
// however much is marked, nothing is counted but once more afterwards.
func (m Model) countSaved() (Model, tea.Cmd) {
	if m.feeds.counting {
		m.feeds.miscounted = true
		return m, nil
	}
	list := m.feeds.saved
	if len(list) == 0 {
		return m, nil
	}
	m.feeds.counting, m.feeds.miscounted = true, false
	return m, func() tea.Msg {
		msg := savedCountMsg{unread: map[store.Query]int{}}
		for _, s := range list {
			if s.why != "" {
				continue
			}
			n, err := m.o.Library.Count(m.ctx, s.query.And(unreadQuery), store.Moment{})
			if err != nil {
				msg.failed = &failedMsg{"count " + s.Name, err}
				break
			}
			msg.unread[s.query] = n
		}
		return msg
	}
}

func (m Model) showSavedCount(msg savedCountMsg) (Model, tea.Cmd) {
	saved := append([]savedQuery(nil), m.feeds.saved...)
	for i := range saved {
		if n, ok := msg.unread[saved[i].query]; ok {
			saved[i].unread = n
		}
	}
	m.feeds.saved, m.feeds.counting = saved, false
	m.feeds = m.feeds.built()
	switch {
	case msg.failed != nil:
		return m.failed(*msg.failed)
	case m.feeds.miscounted:
		return m.countSaved()
	}
	return m, nil
}

// saveQuery asks for a name and keeps what is listed by it.
func (m Model) saveQuery() (Model, tea.Cmd) {
	q := m.listed.query
	if q == allQuery {
		return m.note("this lists everything; %s or %s lists less", m.keys.label("filter"), m.keys.label("search")), nil
	}
	q = q.SortBy(m.listed.order)
	return m.ask("save as: ", m.queryName(), func(m Model, name string) (Model, tea.Cmd, error) {
		if name == "" {
			return m, nil, nil
		}
		m, cmd := m.keepQuery(store.SavedQuery{Name: name, Query: q.String()})
		return m, cmd, nil
	})
}

// queryName is a name for what is listed: that of the saved query, else the
// words that it looks for; "" if it is a view.
func (m Model) queryName() string {
	for _, it := range m.feeds.all(nil) {
		if it.kind == aView && it.query == m.listed.query {
			return ""
		}
	}
	return strings.TrimPrefix(m.listed.name, "Search: ")
}

// keepQuery saves a query. If that replaces one, z brings it back.
func (m Model) keepQuery(q store.SavedQuery) (Model, tea.Cmd) {
	undo := func() error { return m.o.Library.DropQuery(m.ctx, q.Name) }
	for _, s := range m.feeds.saved {
		if store.SameName(s.Name, q.Name) {
			undo = func() error { return m.o.Library.SaveQuery(m.ctx, s.Name, s.Query) }
		}
	}
	return m.perform(act{
		doing: "save " + q.Name,
		done:  "saved " + short(q.Name),
		do:    func() error { return m.o.Library.SaveQuery(m.ctx, q.Name, q.Query) },
		undo:  undo,
	})
}

// dropQuery forgets a saved query. What it lists stays listed.
func (m Model) dropQuery(name string) (Model, tea.Cmd) {
	for _, s := range m.feeds.saved {
		if s.Name == name {
			return m.perform(act{
				doing: "drop " + s.Name,
				done:  "dropped " + short(s.Name),
				do:    func() error { return m.o.Library.DropQuery(m.ctx, s.Name) },
				undo:  func() error { return m.saveAgain(s.SavedQuery) },
			})
		}
	}
	return m, nil
}

// saveAgain brings a dropped query back. The error says why in a few words if it
// cannot be read.
func (m Model) saveAgain(q store.SavedQuery) error {
	err := m.o.Library.SaveQuery(m.ctx, q.Name, q.Query)
	if wrong, ok := errors.AsType[*store.QueryError](err); ok {
		return errors.New(wrong.Why)
	}
	return err
}
