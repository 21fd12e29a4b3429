package ui

import (
	"slices"
	"strings"

	tea "github.com/charmbracelet/bubbletea"

	"app/newsterm/store"
)

// hideSetting is where the store keeps what is hidden.
const hideSetting = "hide-read"

// hiding is what M has hidden, until it shows it again, and also the next time.
type hiding struct {
	articles bool // read ones, of feeds, folders and tags
	feeds    bool // those without unread articles, and their folders and tags
}

// String is a hiding as the store keeps it: "articles feeds".
func (h hiding) String() string {
	var words []string
	if h.articles {
		words = append(words, "articles")
	}
	if h.feeds {
		words = append(words, "feeds")
	}
	return strings.Join(words, " ")
}

// readHiding reads what String wrote.
func readHiding(text string) hiding {
	words := strings.Fields(text)
	return hiding{slices.Contains(words, "articles"), slices.Contains(words, "feeds")}
}

// showRead shows or hides what is read: in the pane of feeds the feeds that have
// nothing else, elsewhere articles. That holds for all feeds, folders and tags;
// of another view it holds as long as that is listed.
func (m Model) showRead() (Model, tea.Cmd) {
	switch q := m.listed.query; {
	case m.focus == feedPane:
		m.hiding.feeds = !m.hiding.feeds
		m.feeds.unreadOnly = m.hiding.feeds
		m.feeds = m.feeds.built()
		m = m.note("%s", pick(m.hiding.feeds, "feeds with nothing unread are hidden", "all feeds are shown"))
		return m.keepHiding()
	case q == unreadQuery:
		return m.switchTo(listed{name: "All", query: allQuery, on: m.here().on})
	case q == allQuery:
		return m.switchTo(listed{name: "Unread", query: unreadQuery, on: m.here().on})
	}
	a, _ := m.articles.current()
	focus, l := m.focus, m.listed
	l.on, l.unread = a.ID, !l.unread
	var keep tea.Cmd
	if m.isOfFeeds(l.query) {
		m.hiding.articles = l.unread
		m, keep = m.keepHiding()
	}
	m, list := m.afresh(l)
	m.focus = focus
	return m.sized(), tea.Batch(keep, list)
}

// isOfFeeds reports whether a query is that of a feed, a folder or a tag.
func (m Model) isOfFeeds(q store.Query) bool {
	it, ok := m.feeds.itemOf(q)
	return ok && it.kind != aView && it.kind != aSavedQuery
}

func (m Model) keepHiding() (Model, tea.Cmd) {
	return m.keepHabit(hideSetting, m.hiding.String(), "what is hidden")
}

// unread leaves out feeds that have nothing unread, and the folders and tags in
// which there is no other, but for the one that is listed.
func (l feedList) unread(items []feedItem) (left []feedItem) {
	listed := l.folderOf(l.selected)
	gap := false
	for _, it := range items {
		gap = gap || it.gap
		isPart := it.kind == aFolder && within(listed, it.folder)
		if it.kind != aView && it.kind != aSavedQuery && it.count == 0 && it.query != l.selected && !isPart {
			continue
		}
		it.gap, gap = gap, false
		left = append(left, it)
	}
	return left
}
