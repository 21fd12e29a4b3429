package ui

import (
	"context"
	"fmt"
	"strings"

	"github.com/charmbracelet/bubbles/textinput"
	tea "github.com/charmbracelet/bubbletea"

	"app/newsterm/feed"
	"app/newsterm/source"
)

// adding is a feed that is looked for. Its zero value is closed.
//
//	an address is typed ─▶ looking ─▶ what was found ─▶ adding
//	         ▲                │ nothing
//	         └────────────────┘
type adding struct {
	title  string
	input  textinput.Model
	folder string // where the feed comes to
	busy   string // what goes on: "looking at …"; "" if one may type or choose
	seq    int    // tells one answer from the next
	stop   context.CancelFunc
	why    string         // what went wrong
	found  source.Finding // its Doc is nil until something was found
	feeds  []feed.Link    // what was found, the likeliest first
	at     int
}

func (a adding) open() bool { return a.title != "" }

// add asks for the address of a feed to follow. It comes into the folder that
// the cursor is in.
func (m Model) add() (Model, tea.Cmd) {
	if m.o.Subscriber == nil {
		return m.note("newsterm add adds feeds; this screen cannot"), nil
	}
	it, _ := m.feeds.current()
	a := adding{title: "Add a feed", input: m.newInput(""), folder: it.folder, seq: m.adding.seq}
	a.input.Placeholder = "the address of a feed, or of a site that has one"
	a.input.Focus()
	m.adding = a
	return m.sized(), nil
}

// closeAdding stops whatever goes on.
func (m Model) closeAdding() Model {
	if m.adding.stop != nil {
		m.adding.stop()
	}
	m.adding = adding{seq: m.adding.seq + 1}
	return m
}

// typeAddress gives a key to the sheet: to the line, or to the list of what was
// found.
func (m Model) typeAddress(msg tea.KeyMsg) (Model, tea.Cmd) {
	a, key := m.adding, keyName(msg)
	switch {
	case key == "esc" || key == "ctrl+c":
		return m.closeAdding(), nil
	case a.busy != "":
		return m, nil
	case key == "enter" && a.feeds != nil:
		return m.follow()
	case (key == "enter" || key == "tab") && a.feeds == nil && strings.TrimSpace(a.input.Value()) == "":
		return m.closeAdding().showShelf()
	case key == "enter":
		return m.lookFor(strings.TrimSpace(a.input.Value()))
	case a.feeds == nil:
		m.adding.input, _ = a.input.Update(msg)
		m.adding.why = ""
	case key == "j" || key == "down" || key == "tab":
		m.adding.at, m.adding.why = min(a.at+1, len(a.feeds)-1), ""
	case key == "k" || key == "up" || key == "shift+tab":
		m.adding.at, m.adding.why = max(a.at-1, 0), ""
	}
	return m, nil
}

// begin says what goes on, and gives what ends it.
func (m Model) begin(busy string) (Model, context.Context) {
	ctx, stop := context.WithCancel(m.ctx)
	m.adding.seq++
	m.adding.busy, m.adding.stop, m.adding.why = busy, stop, ""
	return m, ctx
}

// ended is the sheet when nothing goes on any more.
func (a adding) ended() adding {
	a.stop()
	a.busy, a.stop = "", nil
	return a
}

// foundFeedMsg brings what was found at an address.
type foundFeedMsg struct {
	seq   int
	found source.Finding
	err   error
}

// lookFor looks for a feed at what was typed.
func (m Model) lookFor(typed string) (Model, tea.Cmd) {
	m, ctx := m.begin("looking at " + typed)
	seq := m.adding.seq
	return m, func() tea.Msg {
		found, err := m.o.Subscriber.Find(ctx, typed)
		return foundFeedMsg{seq, found, err}
	}
}

func (m Model) showFoundFeed(msg foundFeedMsg) (Model, tea.Cmd) {
	if msg.seq != m.adding.seq {
		return m, nil
	}
	a := m.adding.ended()
	if msg.err != nil {
		a.why = msg.err.Error()
		m.adding = a
		return m, nil
	}
	a.found = msg.found
	a.feeds = append([]feed.Link{{URL: msg.found.Doc.URL, Title: msg.found.Doc.Title}}, msg.found.Others...)
	a.feeds = append(a.feeds, msg.found.Comments...)
	a.input.Blur()
	m.adding = a
	return m, nil
}

// followedMsg tells that a feed was added, or why not.
type followedMsg struct {
	seq int
	sub source.Subscription
	err error
}

// follow adds the feed under the cursor.
func (m Model) follow() (Model, tea.Cmd) {
	a := m.adding
	link := a.feeds[a.at]
	m, ctx := m.begin("adding " + feed.Shown(link.URL))
	seq := m.adding.seq
	return m, func() tea.Msg {
		sub, err := m.o.Subscriber.Follow(ctx, a.found, feed.Sub{URL: link.URL, Folder: a.folder})
		return followedMsg{seq, sub, err}
	}
}

// followed shows the new feed. One that was added although the sheet has been
// closed meanwhile is told of all the same.
func (m Model) followed(msg followedMsg) (Model, tea.Cmd) {
	isAsked := msg.seq == m.adding.seq
	if msg.err != nil {
		if isAsked {
			m.adding = m.adding.ended()
			m.adding.why = msg.err.Error()
		}
		return m, nil
	}
	if isAsked {
		m = m.closeAdding()
	}
	f := msg.sub.Feed
	if !msg.sub.New {
		return m.note("%s is there already", f.Title), nil
	}
	m.acts = m.acts.did(act{
		doing: "add " + f.Title,
		done:  "added " + short(f.Title),
		do:    func() error { return m.o.Library.Edit(m.ctx, f) },
		undo:  func() error { return m.o.Library.Unsubscribe(m.ctx, f.ID) },
	})
	m = m.noteUndo("added %s, %s", short(f.Title), plural(f.Total, "article", "articles"))
	return m, m.loadChanged()
}

// keys are those that matter on the sheet.
func (a adding) keys() string {
	switch {
	case a.busy != "":
		return "Esc stops"
	case len(a.feeds) > 1:
		return "⏎ add  Esc leave it  j k choose"
	case a.feeds != nil:
		return "⏎ add  Esc leave it"
	}
	return "⏎ look  ⇥ the shelf  Esc leave it"
}

// addingLines draws the sheet.
func (m Model) addingLines(w, h int) []string {
	a := m.adding
	a.input.Width = max(w-6, 1)
	lines := []string{" " + m.styles.title.Render(fit(a.title, w-1)), "", m.styles.accent.Render(" › ") + a.input.View(), ""}
	switch {
	case a.busy != "":
		lines = append(lines, m.styles.muted.Render("   "+fit(feed.Line(a.busy)+" …", w-3)))
	case a.feeds == nil && a.why == "":
		lines = append(lines, m.hintLines(w, "The address of a site will do: what feeds it has is found out. Nothing is added before you have seen it.")...)
		lines = append(append(lines, ""), m.hintLines(w, fmt.Sprintf("⏎ with nothing typed, or ⇥, shows a shelf of %d feeds to begin with.", len(source.Shelf(""))))...)
	case a.feeds != nil:
		lines = append(lines, m.foundLines(w)...)
	}
	if a.why != "" {
		for _, l := range wrapPlain(a.why, w-4) {
			lines = append(lines, "   "+m.styles.bad.Render(l))
		}
	}
	return lines[:min(len(lines), h)]
}

// foundLines draws the feeds that were found, and what is known of the one
// under the cursor.
func (m Model) foundLines(w int) (lines []string) {
	a := m.adding
	if len(a.feeds) > 1 {
		for i, l := range a.feeds {
			lines = append(lines, m.linkLine(l, w, i == a.at))
		}
		lines = append(lines, "")
	}
	link := a.feeds[a.at]
	if a.at > 0 {
		return append(append(lines, m.aboutLink(link, w)...), m.hintLines(w, "It is looked at when it is added.")...)
	}
	doc := a.found.Doc
	lines = append(append(lines, m.aboutLink(link, w)...), m.hintLines(w, doc.Description)...)
	lines = append(lines, "   "+m.styles.text.Render(fit(plural(len(doc.Items), "article", "articles")+m.whereTo(link), w-3)), "")
	for _, it := range doc.Items[:min(len(doc.Items), 8)] {
		lines = append(lines, "   "+m.styles.muted.Render("· "+fit(it.Title, w-6)))
	}
	return lines
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
func (m Model) whereTo(l feed.Link) string {
	for _, f := range m.feeds.feeds {
		if f.URL == l.URL {
			return fmt.Sprintf(" · you follow it already, as %s", f.Title)
		}
	}
	if m.adding.folder == "" {
		return ""
	}
	return " · comes into " + m.adding.folder
}
