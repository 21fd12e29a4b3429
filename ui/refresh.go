package ui

import (
	"cmp"
	"errors"
	"fmt"
	"slices"
	"strings"
	"time"

	tea "github.com/charmbracelet/bubbletea"

	"app/newsterm/feed"
	"app/newsterm/source"
	"app/newsterm/store"
)

// refreshing is a refresh as the bottom line tells of it.
type refreshing struct {
	busy        bool
	quiet       bool // the screen began it by itself: only news is told
	named       bool // its reader asked for certain feeds
	done, total int
	counted     time.Time // when the counts of the feeds were brought up to date
	last        string    // the feed that was finished last

	added, from             int             // new articles, and the feeds they came from
	failed, newly, unlinked int             // feeds that failed: all, those that did not before, those for lack of a network
	asked, left             int             // feeds that were asked, and those that were not
	why                     string          // what became of the last feed that failed or was left
	broken                  error           // why the refresh itself came to an end
	failing                 map[string]bool // addresses of feeds that failed before
}

// shown reports whether there is something to draw of it: one that is quiet,
// and asks nobody, comes and goes unseen.
func (r refreshing) shown() bool { return r.busy && (r.total > 0 || !r.quiet) }

// online reports whether any feed was asked and did not lack a network.
func (r refreshing) online() bool { return r.asked > r.unlinked }

// offline reports whether feeds were asked and all lacked a network.
func (r refreshing) offline() bool { return r.unlinked > 0 && !r.online() }

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
		return m.refreshListed(it)
	}
	a, ok := m.current()
	if !ok {
		return m, nil
	}
	return m.refresh(source.Which{Feeds: []store.FeedID{a.Feed}})
}

// refreshListed refreshes the feeds of an item of the pane of feeds; of a view
// or a saved query, that is every feed.
func (m Model) refreshListed(it feedItem) (Model, tea.Cmd) {
	var which source.Which
	for _, f := range m.feeds.feeds {
		if it.holds(f) {
			which.Feeds = append(which.Feeds, f.ID)
		}
	}
	if len(which.Feeds) == 0 {
		return m.refreshAll()
	}
	return m.refresh(which)
}

// holds reports whether f is this feed, or in this folder, or has this tag.
func (it feedItem) holds(f store.Feed) bool {
	switch it.kind {
	case aFeed:
		return f.ID == it.feed
	case aFolder:
		return within(f.Folder, it.folder)
	case aTag:
		return slices.ContainsFunc(f.Tags, func(tag string) bool { return strings.EqualFold("#"+tag, it.name) })
	}
	return false
}

// refresh starts a refresh, unless one is running. A quiet one that a reader
// asks about is quiet no more.
func (m Model) refresh(which source.Which) (Model, tea.Cmd) {
	if m.status.refresh.busy {
		m.status.refresh.quiet = false
		return m.note("a refresh is running"), nil
	}
	m.status.refresh = refreshing{busy: true, named: len(which.Feeds) > 0, failing: map[string]bool{}}
	for _, f := range m.feeds.feeds {
		m.status.refresh.failing[f.URL] = f.Failure != ""
	}
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

// progressed shows a step. Counts follow, but not more often than anybody can
// read them.
func (m Model) progressed(msg progressMsg) (Model, tea.Cmd) {
	m.status.refresh = m.status.refresh.after(msg.Progress)
	now := m.o.Now()
	if msg.Added == 0 || now.Sub(m.status.refresh.counted) < time.Second {
		return m, nextStep(msg.rest)
	}
	m.status.refresh.counted = now
	if len(m.articles.rows) == 0 {
		return m, tea.Batch(nextStep(msg.rest), m.loadFeeds()) // all of it is shown in the end
	}
	return m, tea.Batch(nextStep(msg.rest), m.loadFeeds(), m.countArrived())
}

// after is r one step later.
func (r refreshing) after(p source.Progress) refreshing {
	r.done, r.total = max(p.Done, r.done), max(p.Total, r.total)
	if p.Feed == "" {
		r.broken = p.Err
		return r
	}
	r.last = p.Feed
	r.added += p.Added
	if p.Left != "" {
		r.left++
		r.why = p.Feed + ": " + p.Left
		return r
	}
	r.asked++
	switch {
	case p.Err != nil:
		r.failed++
		r.why = p.Feed + ": " + p.Err.Error() + rest(p.Err)
		if feed.TroubleOf(p.Err).NoNetwork() {
			r.unlinked++
		} else if !r.failing[p.URL] {
			r.newly++
		}
	case p.Added > 0:
		r.from++
	}
	return r
}

// rest says for how long the server that gave this error wants to be left
// alone; "" if it does not say.
func rest(err error) string {
	var status *feed.StatusError
	if !errors.As(err, &status) || status.RetryAfter <= 0 {
		return ""
	}
	return "; it asks to be left alone for " + age(status.RetryAfter)
}

// refreshed tells what a refresh brought. The list stays as it is; what has
// arrived is announced.
func (m Model) refreshed() (Model, tea.Cmd) {
	r, was := m.status.refresh, m.status.offline
	m.status.refresh = refreshing{}
	if r.online() || r.offline() {
		m.status.offline = r.offline()
	}
	m.reader.pages = pages{}
	tell := !r.quiet || m.status.note == "" && (r.added > 0 || r.newly > 0 || r.offline() && !was)
	switch {
	case r.broken != nil:
		m, _ = m.failed(failedMsg{"refresh", r.broken})
	case tell && r.total == 0 && m.newcomer.is:
		m = m.note("no feed is followed yet · %s adds one, %s shows a shelf of them", m.keys.label("add"), m.keys.label("shelf"))
	case tell:
		m = m.note("%s", r.summary())
		m.status.news = r.added > 0
	}
	m, next := m.refreshNext()
	return m, tea.Batch(m.loadFeeds(), m.countArrived(), m.checkIndex(), next)
}

// summary tells what a refresh brought, and of a single feed that was asked
// for by name also why nothing. A quiet refresh does not tell again of feeds
// that failed before.
func (r refreshing) summary() string {
	failed, nothing := r.failed, "nothing new"
	if r.quiet {
		failed, nothing = r.newly, ""
	}
	switch {
	case r.total == 0:
		return "there is no feed to ask just now"
	case r.named && r.total == 1 && r.why != "":
		return r.why
	case r.offline():
		return "no network: nothing could be fetched"
	}
	return joined(cmp.Or(r.news(), nothing),
		some(failed, "feed failed, ! tells why", "feeds failed, ! tells why"),
		some(r.left, "feed left alone", "feeds left alone"))
}

// news says how many new articles there are, and of how many feeds; "" for
// none.
func (r refreshing) news() string {
	if r.from > 1 {
		return some(r.added, "new article", "new articles") + " from " + plural(r.from, "feed", "feeds")
	}
	return some(r.added, "new article", "new articles")
}

// some is plural, but "" for none.
func some(n int, one, many string) string {
	if n == 0 {
		return ""
	}
	return plural(n, one, many)
}

func plural(n int, one, many string) string {
	if n == 1 {
		return "1 " + one
	}
	return thousands(n) + " " + many
}

// progressBar draws how far a refresh is; if there is room, also the feed that
// was finished last.
func (m Model) progressBar(w int) string {
	r := m.status.refresh
	cells := max(min(20, w/4), 1)
	full, count, word, last := 0, "", " ", ""
	if r.total > 0 {
		full = cells * r.done / r.total
		total := thousands(r.total)
		count = fmt.Sprintf(" %*s/%s", len(total), thousands(r.done), total)
	}
	if w >= wide {
		word, last = " refreshing ", " · "+fit(r.last, w/5)
	}
	switch {
	case m.status.arrived > 0:
		last = " · " + m.saysArrived()
	case r.last == "":
		last = ""
	}
	bar := m.styles.accent.Render(strings.Repeat("━", full)) + m.styles.faint.Render(strings.Repeat("─", cells-full))
	return m.styles.muted.Render(word) + bar + m.styles.muted.Render(count+last)
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
		n, err := m.o.Library.Arrived(m.ctx, asked.shown(), asked.at)
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
	m, cmd := m.afresh(l)
	m.focus, m.feeds = focus, feeds
	return m.sized(), cmd
}
