package ui

import (
	"context"
	"fmt"
	"strings"

	"github.com/charmbracelet/bubbles/textinput"
	tea "github.com/charmbracelet/bubbletea"

	"app/newsterm/feed"
	"app/newsterm/source"
	"app/newsterm/store"
)

// adding is a feed that is looked for.
//
//	an address is typed ─▶ looking ─▶ what was found ─▶ adding
//	         ▲                │ nothing
//	         └────────────────┘
type adding struct {
	input  textinput.Model
	folder string          // where the feed comes to
	busy   string          // what goes on: "looking at …"; "" if one may type or choose
	ctx    context.Context // of what goes on; nil if nothing does
	stop   context.CancelFunc
	why    string         // what went wrong
	found  source.Finding // its Doc is nil until something was found
	feeds  []feed.Link    // what was found, the likeliest first
	at     int
}

// add asks for the address of a feed to follow. It comes into the folder that
// the cursor is in.
func (m Model) add() (Model, tea.Cmd) {
	if m.o.Subscriber == nil {
		return m.note("newsterm add adds feeds; this screen cannot"), nil
	}
	it, _ := m.feeds.current()
	a := adding{input: m.newInput(""), folder: it.folder}
	a.input.Placeholder = "the address of a feed, or of a site that has one"
	a.input.Focus()
	return m.cover(a), nil
}

func (a adding) press(m Model, msg tea.KeyMsg) (Model, tea.Cmd) {
	key, typed := keyName(msg), strings.TrimSpace(a.input.Value())
	switch {
	case key == "esc" || key == "ctrl+c":
		return a.ended().close(m), nil
	case a.busy != "":
		return m, nil
	case a.feeds != nil && key == "enter":
		return a.take(m)
	case a.feeds != nil:
		return m.inMenu(a, m.meaning(key))
	case (key == "enter" || key == "tab") && typed == "":
		return a.close(m).showShelf()
	case key == "enter":
		return a.lookFor(m, typed)
	}
	a.input, _ = a.input.Update(msg)
	a.why = ""
	return put(m, a), nil
}

func (adding) close(m Model) Model { return without[adding](m) }

func (a adding) cursor() (at, n int) { return a.at, len(a.feeds) }

func (a adding) to(m Model, i int) (Model, tea.Cmd) {
	a.at, a.why = nearest(i, len(a.feeds)), ""
	return put(m, a), nil
}

// begin says what goes on, and gives what ends it.
func (a adding) begin(m Model, busy string) adding {
	a.ctx, a.stop = context.WithCancel(m.ctx)
	a.busy, a.why = busy, ""
	return a
}

// ended is the sheet when nothing goes on any more.
func (a adding) ended() adding {
	if a.stop != nil {
		a.stop()
	}
	a.busy, a.ctx, a.stop = "", nil, nil
	return a
}

// waiting is the sheet, if it waits for what was begun with ctx.
func (m Model) waiting(ctx context.Context) (a adding, ok bool) {
	a, ok = opened[adding](m)
	return a, ok && a.ctx == ctx
}

// foundFeedMsg brings what was found at an address.
type foundFeedMsg struct {
	ctx   context.Context // of the search
	found source.Finding
	err   error
}

// lookFor looks for a feed at what was typed.
func (a adding) lookFor(m Model, typed string) (Model, tea.Cmd) {
	a = a.begin(m, "looking at "+typed)
	return put(m, a), func() tea.Msg {
		found, err := m.o.Subscriber.Find(a.ctx, typed)
		return foundFeedMsg{a.ctx, found, err}
	}
}

func (m Model) showFoundFeed(msg foundFeedMsg) (Model, tea.Cmd) {
	a, ok := m.waiting(msg.ctx)
	if !ok {
		return m, nil
	}
	a = a.ended()
	if msg.err != nil {
		a.why = msg.err.Error()
		return put(m, a), nil
	}
	a.found = msg.found
	a.feeds = append([]feed.Link{{URL: msg.found.Doc.URL, Title: msg.found.Doc.Title}}, msg.found.Others...)
	a.feeds = append(a.feeds, msg.found.Comments...)
	a.input.Blur()
	return put(m, a), nil
}

// followedMsg tells that a feed was added, or why not.
type followedMsg struct {
	ctx context.Context // of the adding
	sub source.Subscription
	err error
}

// take adds the feed under the cursor.
func (a adding) take(m Model) (Model, tea.Cmd) {
	link := a.feeds[a.at]
	a = a.begin(m, "adding "+feed.Shown(link.URL))
	return put(m, a), func() tea.Msg {
		sub, err := m.o.Subscriber.Follow(a.ctx, a.found, feed.Sub{URL: link.URL, Folder: a.folder})
		return followedMsg{a.ctx, sub, err}
	}
}

// followed lists the new feed. One that was added although the sheet has been
// closed meanwhile is only told of: the reader does something else by now.
func (m Model) followed(msg followedMsg) (Model, tea.Cmd) {
	sheet, isAsked := m.waiting(msg.ctx)
	sheet = sheet.ended()
	switch {
	case msg.err != nil && isAsked:
		sheet.why = msg.err.Error()
		return put(m, sheet), nil
	case msg.err != nil:
		return m, nil
	case isAsked:
		m = sheet.close(m)
	}
	f := msg.sub.Feed
	switch {
	case !msg.sub.New && f.Disabled:
		return m.note("%s is there already, but disabled; %s changes that", f.Title, m.keys.label("edit")), nil
	case !msg.sub.New:
		return m.note("%s is there already", f.Title), nil
	}
	a := act{
		doing: "add " + f.Title,
		done:  "added " + short(f.Title),
		do:    func() error { return m.archive(false, f) },
		undo:  func() error { return m.archive(true, f) },
	}
	list := m.loadChanged()
	if isAsked {
		a.was = m.here()
		m, list = m.list(f.Title, store.FeedQuery(f.ID))
		a.led = m.listed.seq
	}
	m.acts = m.acts.did(a)
	m = m.noteUndo("added %s, %s", short(f.Title), plural(f.Total, "article", "articles"))
	return m, tea.Batch(list, m.loadFeeds())
}

func (a adding) bottom(m Model, w int) string {
	keys := "⏎ look  ⇥ the shelf  Esc leave it"
	switch {
	case a.busy != "":
		keys = "Esc stops"
	case len(a.feeds) > 1:
		keys = "⏎ add  Esc leave it  ↓ ↑ choose"
	case a.feeds != nil:
		keys = "⏎ add  Esc leave it"
	}
	return m.saysKeys(keys, w)
}

func (a adding) draw(m Model, w, h int) []overLine {
	lines := overLines(" "+m.styles.title.Render(fit("Add a feed", w-1)), "", m.styles.accent.Render(" › ")+typedLine(a.input, w-6), "")
	switch {
	case a.busy != "":
		lines = append(lines, overLine{text: m.styles.muted.Render("   " + fit(feed.Line(a.busy)+" …", w-3))})
	case a.feeds == nil && a.why == "":
		lines = append(lines, overLines(m.hintLines(w, "The address of a site will do: what feeds it has is found out. Nothing is added before you have seen it.")...)...)
		lines = append(append(lines, overLine{}), overLines(m.hintLines(w, m.inWords(fmt.Sprintf("⏎ with nothing typed, or ⇥, shows a shelf of %d feeds to begin with.", len(source.Shelf("")))))...)...)
	case a.feeds != nil:
		lines = append(lines, a.foundLines(m, w)...)
	}
	for _, l := range wrapPlain(a.why, w-4) {
		lines = append(lines, overLine{text: "   " + m.styles.bad.Render(l)})
	}
	return lines[:min(len(lines), h)]
}

// foundLines draws the feeds that were found, and what is known of the one
// under the cursor.
func (a adding) foundLines(m Model, w int) (lines []overLine) {
	if len(a.feeds) > 1 {
		for i, l := range a.feeds {
			lines = append(lines, overLine{m.linkLine(l, w, i == a.at), i + 1})
		}
		lines = append(lines, overLine{})
	}
	link := a.feeds[a.at]
	about := m.aboutLink(link, w)
	if a.at > 0 {
		return append(lines, overLines(append(about, m.hintLines(w, "It is looked at when it is added.")...)...)...)
	}
	doc := a.found.Doc
	about = append(about, m.hintLines(w, doc.Description)...)
	about = append(about, "   "+m.styles.text.Render(fit(plural(len(doc.Items), "article", "articles")+a.whereTo(m, link), w-3)), "")
	for _, it := range doc.Items[:min(len(doc.Items), 8)] {
		about = append(about, "   "+m.styles.muted.Render("· "+fit(it.Title, w-6)))
	}
	return append(lines, overLines(about...)...)
}

// linkLine draws a feed that can be chosen.
func (m Model) linkLine(l feed.Link, w int, current bool) string {
	s, mark := m.styles.row[rowPlain], "   "
	if current {
		s, mark = m.styles.row[rowSelected], " › "
	}
	name := l.Title
	if name == "" {
		name = feed.Shown(l.URL)
	}
	return s.text.Render(mark + fit(name, w-3))
}

// aboutLink draws the title and the address of a feed.
func (m Model) aboutLink(l feed.Link, w int) (lines []string) {
	for _, t := range wrapPlain(l.Title, w-4) {
		lines = append(lines, "   "+m.styles.heading.Render(t))
	}
	return append(lines, "   "+m.styles.muted.Render(fit(feed.Shown(l.URL), w-3)))
}

// whereTo tells the folder that a feed will be in, or that it is there.
func (a adding) whereTo(m Model, l feed.Link) string {
	for _, f := range m.feeds.feeds {
		if f.URL == l.URL {
			return fmt.Sprintf(" · you follow it already, as %s", f.Title)
		}
	}
	if a.folder == "" {
		return ""
	}
	return " · comes into " + a.folder
}
