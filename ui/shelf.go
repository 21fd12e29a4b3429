package ui

import (
	"fmt"
	"maps"
	"slices"

	"github.com/charmbracelet/bubbles/textinput"
	tea "github.com/charmbracelet/bubbletea"

	"app/newsterm/feed"
	"app/newsterm/source"
	"app/newsterm/store"
)

// picking is the shelf of feeds to begin with, and what has been picked from
// it. Its zero value is closed.
//
//	space picks ─▶ Enter adds what is picked, each to the folder of its subject ─▶ it is fetched
type picking struct {
	all    []source.Shelved
	found  []source.Shelved // those that what was typed leaves
	there  map[string]bool  // followed already, by address in the form for comparing
	picked map[string]bool  // by address
	filter textinput.Model
	at     int
}

func (p picking) open() bool { return p.all != nil }

// showShelf shows the shelf, in the language of the reader first.
func (m Model) showShelf() (Model, tea.Cmd) {
	p := picking{all: source.Shelf(m.o.Language), there: map[string]bool{}, filter: m.newInput("")}
	p.filter.Placeholder = "a subject, a language, a part of a name"
	for _, f := range m.feeds.feeds {
		p.there[feed.NormalLink(f.URL)] = true
	}
	m.picking = p.narrowed()
	return m.sized(), nil
}

// narrowed leaves the feeds that what was typed means.
func (p picking) narrowed() picking {
	p.found, p.at = nil, 0
	for _, s := range p.all {
		if s.Has(p.filter.Value()) {
			p.found = append(p.found, s)
		}
	}
	return p
}

// has reports whether a feed is followed already.
func (p picking) has(s source.Shelved) bool { return p.there[feed.NormalLink(s.URL)] }

// move moves the cursor by n.
func (p picking) move(n int) picking {
	p.at = max(min(p.at+n, len(p.found)-1), 0)
	return p
}

// pickFrom gives a key to the shelf, or to the line that narrows it. What moves
// and searches elsewhere does so here.
func (m Model) pickFrom(msg tea.KeyMsg) (Model, tea.Cmd) {
	key := keyName(msg)
	if m.picking.filter.Focused() {
		m.picking = m.picking.typed(msg)
		return m, nil
	}
	switch key {
	case "ctrl+c":
		m.picking = picking{}
	case "enter":
		return m.addPicked()
	case "space":
		m.picking = m.picking.pick().move(1)
	default:
		a, _ := m.keys.find(key, articlePane)
		m.picking = m.picking.act(a.name, m.shelfRows())
	}
	return m, nil
}

// act does on the shelf what an action does in the lists.
func (p picking) act(name string, rows int) picking {
	switch name {
	case "leave", "back":
		return p.left()
	case "search":
		p.filter.Focus()
	case "down":
		return p.move(1)
	case "up":
		return p.move(-1)
	case "half-down":
		return p.move(rows / 2)
	case "half-up":
		return p.move(-rows / 2)
	case "page-down":
		return p.move(rows)
	case "page-up":
		return p.move(-rows)
	case "top":
		return p.move(-len(p.found))
	case "bottom":
		return p.move(len(p.found))
	case "next-pane", "next":
		return p.toSubject(1)
	case "previous-pane", "previous":
		return p.toSubject(-1)
	}
	return p
}

// left is the whole shelf again if it was narrowed, else none.
func (p picking) left() picking {
	if p.filter.Value() == "" {
		return picking{}
	}
	p.filter.SetValue("")
	return p.narrowed()
}

// typed gives a key to the line that narrows the shelf. Enter leaves the line,
// and what is on it holds; Esc clears it.
func (p picking) typed(msg tea.KeyMsg) picking {
	switch keyName(msg) {
	case "ctrl+c", "esc":
		p.filter.SetValue("")
		p.filter.Blur()
		return p.narrowed()
	case "enter", "down", "up", "tab":
		p.filter.Blur()
		return p
	}
	before := p.filter.Value()
	if p.filter, _ = p.filter.Update(msg); p.filter.Value() != before {
		return p.narrowed()
	}
	return p
}

// pick picks the feed under the cursor, or puts it back.
func (p picking) pick() picking {
	if p.at >= len(p.found) || p.has(p.found[p.at]) {
		return p
	}
	picked, url := maps.Clone(p.picked), p.found[p.at].URL
	if picked == nil {
		picked = map[string]bool{}
	}
	if picked[url] = !picked[url]; !picked[url] {
		delete(picked, url)
	}
	p.picked = picked
	return p
}

// toSubject moves the cursor to the first feed of the next subject, or back to
// the first of this one or the one before.
func (p picking) toSubject(n int) picking {
	for i := p.at + n; i >= 0 && i < len(p.found); i += n {
		if i == 0 || p.found[i].Subject != p.found[i-1].Subject {
			return p.move(i - p.at)
		}
	}
	return p
}

// chosen are the feeds that were picked, or the one under the cursor if none
// was.
func (p picking) chosen() (subs []feed.Sub) {
	if len(p.picked) == 0 {
		p = p.pick()
	}
	for _, s := range p.all {
		if p.picked[s.URL] {
			subs = append(subs, feed.Sub{URL: s.URL, Title: s.Title, Site: s.Site, Folder: s.Subject})
		}
	}
	return subs
}

// shelvedMsg tells which feeds of the shelf were added, and why not the
// others.
type shelvedMsg struct {
	feeds []store.Feed
	err   error
}

// addPicked adds what was picked.
func (m Model) addPicked() (Model, tea.Cmd) {
	subs := m.picking.chosen()
	if len(subs) == 0 {
		return m, nil
	}
	m.picking = picking{}
	return m.inTurn(func() tea.Msg {
		var msg shelvedMsg
		for _, sub := range subs {
			f, isNew, err := m.o.Library.Subscribe(m.ctx, sub)
			if err != nil {
				msg.err = err
				break
			}
			if isNew {
				msg.feeds = append(msg.feeds, f)
			}
		}
		return msg
	})
}

// shelved fetches what was added; all of it is taken back as one.
func (m Model) shelved(msg shelvedMsg) (Model, tea.Cmd) {
	added := plural(len(msg.feeds), "feed", "feeds")
	switch {
	case len(msg.feeds) == 0 && msg.err != nil:
		m, _ = m.failed(failedMsg{"add from the shelf", msg.err})
		return m, m.loadChanged()
	case len(msg.feeds) == 0:
		return m.note("nothing was added: it is there already"), m.loadChanged()
	}
	left := slices.Clone(msg.feeds)
	for i := range left {
		left[i].Archived = true
	}
	m.acts = m.acts.did(act{
		doing: "add " + added,
		done:  "added " + added,
		do:    func() error { return m.o.Library.EditAll(m.ctx, msg.feeds...) },
		undo:  func() error { return m.o.Library.EditAll(m.ctx, left...) },
	})
	m, fetch := m.fetch(msg.feeds)
	m = m.noteUndo("added %s", added)
	if msg.err != nil {
		m, _ = m.failed(failedMsg{fmt.Sprintf("added %s, but not the rest", added), msg.err})
	}
	return m, tea.Batch(fetch, m.loadChanged())
}

// fetch refreshes feeds, at once or as soon as the refresh that is running is
// over.
func (m Model) fetch(feeds []store.Feed) (Model, tea.Cmd) {
	if len(feeds) == 0 {
		return m, nil
	}
	var which source.Which
	for _, f := range feeds {
		which.Feeds = append(which.Feeds, f.ID)
	}
	if m.status.refresh.busy {
		m.status.next = append(m.status.next[:len(m.status.next):len(m.status.next)], which.Feeds...)
		return m, nil
	}
	return m.refresh(which)
}

// refreshNext begins the refresh that has waited for the one before, if any
// has.
func (m Model) refreshNext() (Model, tea.Cmd) {
	if m.status.next == nil {
		return m, nil
	}
	which := source.Which{Feeds: m.status.next}
	m.status.next = nil
	return m.refresh(which)
}

// keys are those that matter on the shelf.
func (p picking) keys() string {
	switch n := len(p.picked); {
	case p.filter.Focused():
		return "⏎ to the list  Esc all of it"
	case n > 0:
		return fmt.Sprintf("⏎ add %s  Space pick  / narrow  Esc leave it", plural(n, "feed", "feeds"))
	default:
		return "Space pick  ⏎ add  / narrow  ⇥ next subject  Esc leave it"
	}
}

// shelfRows is how many lines the list has.
func (m Model) shelfRows() int { return max(m.paneHeight()-2, 1) }

// shelfLines draws the shelf.
func (m Model) shelfLines(w, h int) []string {
	p := m.picking
	var lines []string
	at := 0
	for i, s := range p.found {
		if i == 0 || s.Subject != p.found[i-1].Subject {
			if i > 0 {
				lines = append(lines, "")
			}
			lines = append(lines, " "+m.styles.heading.Render(fit(s.Subject, w-1)))
		}
		if i == p.at {
			at = len(lines)
		}
		lines = append(lines, m.shelfRow(s, w, i == p.at && !p.filter.Focused()))
	}
	if lines == nil {
		lines = []string{"   " + m.styles.muted.Render(fit("nothing on the shelf is called so", w-3))}
	}
	if at == 1 {
		at = 0
	}
	return append([]string{m.shelfHead(w), ""}, around(lines, at, max(h-2, 0))...)
}

// shelfHead is the line above the shelf: what it is, or what narrows it.
func (m Model) shelfHead(w int) string {
	p := m.picking
	if p.filter.Focused() || p.filter.Value() != "" {
		p.filter.Width = max(w-6, 1)
		return m.styles.accent.Render(" / ") + p.filter.View()
	}
	return " " + m.styles.title.Render(fit(fmt.Sprintf("A shelf of %d feeds to begin with", len(p.all)), w-1))
}

// shelfRow draws a feed: whether it is picked, its title, what it is, and its
// language.
func (m Model) shelfRow(s source.Shelved, w int, current bool) string {
	style, mark := m.styles.row[rowPlain], "   "
	if current {
		style = m.styles.row[rowSelected]
	}
	name, about := style.text, s.About
	switch {
	case m.picking.picked[s.URL]:
		mark = " ✓ "
	case m.picking.has(s):
		name, about = style.muted, "you follow it"
	}
	room := max(min(w, widestShelf)-width(mark)-5, 0)
	title := min(room, max(room*2/5, 24))
	return style.dot.Render(mark) + name.Render(fit(s.Title, title)) +
		style.muted.Render(" "+fit(about, room-title)+" "+fit(s.Language, 2)+" ")
}

// widestShelf is how wide the shelf is on a wide screen.
const widestShelf = 110
