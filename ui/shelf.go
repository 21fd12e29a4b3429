package ui

import (
	"fmt"
	"maps"

	"github.com/charmbracelet/bubbles/textinput"
	tea "github.com/charmbracelet/bubbletea"

	"app/newsterm/feed"
	"app/newsterm/source"
	"app/newsterm/store"
)

// picking is the shelf of feeds to begin with, and what has been picked from
// it.
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

// showShelf shows the shelf, in the language of the reader first.
func (m Model) showShelf() (Model, tea.Cmd) {
	p := picking{all: source.Shelf(m.o.Language), there: map[string]bool{}, filter: m.newInput("")}
	p.filter.Placeholder = "a subject, a language, a part of a name"
	for _, f := range m.feeds.feeds {
		p.there[feed.NormalLink(f.URL)] = true
	}
	return m.cover(p.narrowed()), nil
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

// press gives a key to the shelf, or to the line that narrows it. What moves
// and searches elsewhere does so here.
func (p picking) press(m Model, msg tea.KeyMsg) (Model, tea.Cmd) {
	if p.filter.Focused() {
		return put(m, p.typed(msg)), nil
	}
	key := keyName(msg)
	switch name := m.meaning(key); {
	case key == "ctrl+c":
		return m.uncover(), nil
	case key == "enter":
		return p.add(m)
	case key == "space":
		return p.take(m)
	case name == "leave" || name == "back":
		return p.leave(m)
	case name == "search":
		p.filter.Focus()
	case key == "tab" || name == "next":
		p = p.toSubject(1)
	case key == "shift+tab" || name == "previous":
		p = p.toSubject(-1)
	default:
		return m.inMenu(p, name)
	}
	return put(m, p), nil
}

func (p picking) cursor() (at, n int) { return p.at, len(p.found) }

func (p picking) to(m Model, i int) (Model, tea.Cmd) {
	p.at = nearest(i, len(p.found))
	return put(m, p), nil
}

// take picks the feed under the cursor, or puts it back, and goes on to the
// next.
func (p picking) take(m Model) (Model, tea.Cmd) { return p.pick().to(m, p.at+1) }

// leave shows the whole shelf again if it was narrowed, else closes it.
func (p picking) leave(m Model) (Model, tea.Cmd) {
	if p.filter.Value() == "" {
		return m.uncover(), nil
	}
	p.filter.SetValue("")
	return put(m, p.narrowed()), nil
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
			p.at = i
			return p
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

// add adds what was picked.
func (p picking) add(m Model) (Model, tea.Cmd) {
	subs := p.chosen()
	if len(subs) == 0 {
		return m, nil
	}
	return m.uncover().inTurn(func() tea.Msg {
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
	m.acts = m.acts.did(act{
		doing: "add " + added,
		done:  "added " + added,
		do:    func() error { return m.archive(false, msg.feeds...) },
		undo:  func() error { return m.archive(true, msg.feeds...) },
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

func (p picking) bottom(m Model, w int) string {
	keys := "Space pick  ⏎ add  / narrow  ⇥ next subject  Esc leave it"
	switch n := len(p.picked); {
	case p.filter.Focused():
		keys = "⏎ to the list  Esc all of it"
	case n > 0:
		keys = fmt.Sprintf("⏎ add %s  Space pick  / narrow  Esc leave it", plural(n, "feed", "feeds"))
	}
	return m.saysKeys(keys, w)
}

func (p picking) draw(m Model, w, h int) []overLine {
	var lines []overLine
	for i, s := range p.found {
		if i == 0 || s.Subject != p.found[i-1].Subject {
			if i > 0 {
				lines = append(lines, overLine{})
			}
			lines = append(lines, overLine{text: " " + m.styles.heading.Render(fit(s.Subject, w-1))})
		}
		lines = append(lines, overLine{p.row(m, s, w, i == p.at && !p.filter.Focused()), i + 1})
	}
	if lines == nil {
		lines = overLines("   " + m.styles.muted.Render(fit("nothing on the shelf is called so", w-3)))
	}
	return append(overLines(p.head(m, w), ""), aroundItem(lines, p.at, h-2)...)
}

// head is the line above the shelf: what it is, or what narrows it.
func (p picking) head(m Model, w int) string {
	if p.filter.Focused() || p.filter.Value() != "" {
		return m.styles.accent.Render(" / ") + typedLine(p.filter, w-6)
	}
	return " " + m.styles.title.Render(fit(fmt.Sprintf("A shelf of %d feeds to begin with", len(p.all)), w-1))
}

// row draws a feed: whether it is picked, its title, what it is, and its
// language.
func (p picking) row(m Model, s source.Shelved, w int, current bool) string {
	style, mark := m.styles.row[rowPlain], "   "
	if current {
		style = m.styles.row[rowSelected]
	}
	name, about := style.text, s.About
	switch {
	case p.picked[s.URL]:
		mark = " ✓ "
	case p.has(s):
		name, about = style.muted, "you follow it"
	}
	room := max(min(w, widestShelf)-width(mark)-5, 0)
	title := min(room, max(room*2/5, 24))
	return style.dot.Render(mark) + name.Render(fit(s.Title, title)) +
		style.muted.Render(" "+fit(about, room-title)+" "+fit(s.Language, 2)+" ")
}

// widestShelf is how wide the shelf is on a wide screen.
const widestShelf = 110
