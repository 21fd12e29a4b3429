package ui

import (
	"fmt"

	tea "github.com/charmbracelet/bubbletea"

	"app/newsterm/source"
	"app/newsterm/store"
)

// newcomer is what is known of a reader who follows nothing yet.
type newcomer struct {
	is     bool // there is no feed but the handbook
	looked bool // for other readers on this machine
}

// welcome is m when its feeds have come: where there are none but the handbook,
// the list will say what to do, and what other readers have is looked for.
func welcome(m Model, cmd tea.Cmd) (Model, tea.Cmd) {
	m.newcomer.is = isNew(m.feeds.feeds)
	if !m.newcomer.is || m.newcomer.looked || m.o.Importer == nil {
		return m, cmd
	}
	m.newcomer.looked = true
	return m, tea.Batch(cmd, m.lookElsewhere(false))
}

// isNew reports whether feeds are none, or the handbook alone.
func isNew(feeds []store.Feed) bool {
	return len(feeds) == 0 || len(feeds) == 1 && feeds[0].URL == source.HandbookURL
}

// welcomeLines are shown below the last article as long as nothing is followed:
// how to begin.
func (m Model) welcomeLines(w int) []string {
	l := m.articles
	if !m.newcomer.is || !l.end || l.loading || m.listed.query.Searches() {
		return nil
	}
	add := m.keys.label("add")
	ways := [][2]string{{add, "adds a feed by its address"}}
	if m.o.Subscriber == nil {
		ways = nil
	}
	ways = append(ways, [2]string{m.keys.label("shelf"), fmt.Sprintf("shows a shelf of %d feeds", len(source.Shelf("")))})
	if len(m.moving.found) > 0 {
		ways = append(ways, [2]string{m.keys.label("import"), "takes in " + offered(m.moving.found)})
	}
	lines := []string{"", "    " + m.styles.muted.Render(fit("No feed is followed yet.", w-4))}
	for _, way := range ways {
		lines = append(lines, "    "+m.styles.key.Render(way[0])+" "+m.styles.muted.Render(fit(way[1], w-5-width(way[0]))))
	}
	return lines
}
