package ui

import (
	"fmt"
	"strings"

	tea "github.com/charmbracelet/bubbletea"

	"app/newsterm/source"
	"app/newsterm/store"
)

// refreshing is a refresh as the bottom line tells of it.
type refreshing struct {
	busy          bool
	done, total   int
	added, failed int
}

// progressMsg brings a step of a refresh, and the channel of the others.
type progressMsg struct {
	source.Progress
	rest <-chan source.Progress
}

// refreshedMsg tells that a refresh is over.
type refreshedMsg struct{}

func (m Model) refreshAll() (Model, tea.Cmd) { return m.refresh(source.Which{Force: true}) }

// refreshFeed refreshes the feed under the cursor: in the pane of feeds that
// one, elsewhere the feed of the article.
func (m Model) refreshFeed() (Model, tea.Cmd) {
	if m.focus == feedPane {
		it, _ := m.feeds.current()
		return m.refreshListed(it.query)
	}
	a, ok := m.current()
	if !ok {
		return m, nil
	}
	return m.refresh(source.Which{Feeds: []store.FeedID{a.Feed}})
}

// refreshListed refreshes the feeds of an item of the pane of feeds.
func (m Model) refreshListed(q store.Query) (Model, tea.Cmd) {
	var which source.Which
	for _, f := range m.feeds.feeds {
		if q == store.FeedQuery(f.ID) || f.Folder != "" && q == store.FolderQuery(f.Folder) {
			which.Feeds = append(which.Feeds, f.ID)
		}
	}
	if len(which.Feeds) == 0 {
		return m.refreshAll()
	}
	return m.refresh(which)
}

// refresh starts a refresh, unless one is running.
func (m Model) refresh(which source.Which) (Model, tea.Cmd) {
	if m.status.refresh.busy {
		return m.note("a refresh is running"), nil
	}
	m.status.refresh = refreshing{busy: true}
	return m, func() tea.Msg { return nextStep(m.o.Refresher.Refresh(m.ctx, which))() }
}

// nextStep waits for the next step of a refresh.
func nextStep(steps <-chan source.Progress) tea.Cmd {
	return func() tea.Msg {
		if p, ok := <-steps; ok {
			return progressMsg{p, steps}
		}
		return refreshedMsg{}
	}
}

func (m Model) progressed(msg progressMsg) (Model, tea.Cmd) {
	r := &m.status.refresh
	r.done, r.total = max(msg.Done, r.done), max(msg.Total, r.total)
	r.added += msg.Added
	if msg.Err != nil {
		r.failed++
	}
	return m, nextStep(msg.rest)
}

// refreshed tells what a refresh brought. The list stays as it is; what has
// arrived is announced.
func (m Model) refreshed() (Model, tea.Cmd) {
	r := m.status.refresh
	m.status.refresh = refreshing{}
	m.reader.pages = pages{}
	m = m.note("%s", r.summary())
	return m, tea.Batch(m.loadFeeds(), m.countArrived(), m.checkIndex())
}

func (r refreshing) summary() string {
	s := plural(r.added, "new article", "new articles")
	if r.added == 0 {
		s = "nothing new"
	}
	if r.failed > 0 {
		s += " · " + plural(r.failed, "feed", "feeds") + " failed, ! tells why"
	}
	return s
}

func plural(n int, one, many string) string {
	if n == 1 {
		return "1 " + one
	}
	return thousands(n) + " " + many
}

// progressBar draws how far a refresh is.
func (m Model) progressBar(w int) string {
	r := m.status.refresh
	cells := max(min(20, w/4), 1)
	full := 0
	if r.total > 0 {
		full = cells * r.done / r.total
	}
	bar := m.styles.accent.Render(strings.Repeat("━", full)) + m.styles.faint.Render(strings.Repeat("━", cells-full))
	return " " + bar + m.styles.muted.Render(fmt.Sprintf(" %s/%s", thousands(r.done), thousands(r.total)))
}

// arrivedMsg tells how many articles of a view have arrived since it was
// opened.
type arrivedMsg struct {
	asked listed
	n     int
}

func (m Model) countArrived() tea.Cmd {
	asked := m.listed
	return func() tea.Msg {
		n, err := m.o.Library.Arrived(m.ctx, asked.query, asked.at)
		if err != nil {
			return failedMsg{"count new articles", err}
		}
		return arrivedMsg{asked, n}
	}
}

// arrived announces new articles. An empty list has nothing that could move,
// so there they are shown at once.
func (m Model) arrived(msg arrivedMsg) (Model, tea.Cmd) {
	if msg.asked != m.listed {
		return m, nil
	}
	m.status.arrived = msg.n
	if msg.n > 0 && len(m.articles.rows) == 0 {
		return m.showArrived()
	}
	return m, nil
}

// showArrived lists the view as it is now, with the cursor on its article.
func (m Model) showArrived() (Model, tea.Cmd) {
	focus, feeds := m.focus, m.feeds
	a, _ := m.articles.current()
	l := m.listed
	l.on = a.ID
	m, cmd := m.switchTo(l)
	m.focus, m.feeds = focus, feeds
	return m.sized(), cmd
}
