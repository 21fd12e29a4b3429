package ui

import (
	"fmt"
	"strings"
	"time"

	tea "github.com/charmbracelet/bubbletea"
	"github.com/charmbracelet/x/ansi"

	"app/newsterm/feed"
	"app/newsterm/store"
)

// status is what the bottom line knows.
type status struct {
	note    string // what has just happened; the next key clears it
	bad     bool   // it is an error
	news    bool   // it tells of new articles
	refresh refreshing
	next    []store.FeedID // to be fetched when that is over
	arrived int            // articles that came since the list was opened

	indexing bool            // articles are being put into the index
	fetching []store.Article // those whose pages are being fetched
	ran      time.Time       // when the screen last refreshed by itself; zero if it has not
	offline  bool            // the last refresh found no network
}

// noteMsg tells of something done outside of Update.
type noteMsg string

// failedMsg tells what could not be done.
type failedMsg struct {
	doing string
	err   error
}

// note shows a line until the next key.
func (m Model) note(format string, args ...any) Model {
	m.status.note, m.status.bad, m.status.news = fmt.Sprintf(format, args...), false, false
	return m
}

// noteUndo is a note of what can be taken back, and of the key that does.
func (m Model) noteUndo(format string, args ...any) Model {
	return m.note("%s · %s takes it back", fmt.Sprintf(format, args...), m.keys.label("undo"))
}

func (m Model) failed(msg failedMsg) (Model, tea.Cmd) {
	if m.ctx.Err() != nil {
		return m, nil
	}
	m.status.note, m.status.bad = msg.doing+": "+msg.err.Error(), true
	return m, nil
}

// bottom draws the bottom line: what goes on, and the keys that matter here.
func (m Model) bottom(w int) string {
	if m.o.Theme.Spoken {
		w = max(w-8, 1) // words are longer than signs
	}
	left := m.whatGoesOn(w)
	room := w - width(left) - 1
	hints := m.hints(room)
	line := left + strings.Repeat(" ", max(w-width(left)-width(hints), 0)) + hints
	return ansi.Truncate(line, w, "")
}

// whatGoesOn is the left end of the bottom line.
func (m Model) whatGoesOn(w int) string {
	switch s := m.status; {
	case m.soFar() != "":
		return m.styles.accent.Render(" " + ansi.Truncate(m.soFar(), max(w-1, 0), "…"))
	case s.note != "" && m.noteIsLong():
		return ""
	case s.note != "" && s.bad:
		return m.styles.bad.Render(" " + ansi.Truncate(feed.Line(s.note), w-1, "…"))
	case s.note != "" && s.news && s.arrived > 0:
		return m.styles.text.Render(" " + ansi.Truncate(s.note+" · "+m.keys.label("arrived")+" shows them", w-1, "…"))
	case s.note != "":
		return m.styles.text.Render(" " + ansi.Truncate(feed.Line(s.note), w-1, "…"))
	case m.selecting() != "":
		return m.styles.accent.Render(" " + ansi.Truncate(m.selecting(), max(w-1, 0), "…"))
	case m.searching() && !m.reader.find.offered:
		return m.styles.accent.Render(" " + ansi.Truncate(feed.Line(m.reader.find.status(m.keys)), max(w/2, 0), "…"))
	case m.pipe.running != "":
		return m.styles.muted.Render(" " + ansi.Truncate(m.pipe.goesOn(w-1), max(w-1, 0), "…"))
	case len(s.fetching) > 0:
		last := s.fetching[len(s.fetching)-1]
		return m.styles.muted.Render(" " + ansi.Truncate("fetching the page of "+feed.Line(last.Title)+" …", max(w-1, 0), "…"))
	case m.moving.busy:
		return m.styles.muted.Render(" " + ansi.Truncate(m.moving.takingIn(), max(w-1, 0), "…"))
	case s.refresh.shown():
		return m.progressBar(w)
	case s.arrived > 0:
		return m.styles.accent.Render(" " + m.saysArrived())
	case m.searching() && m.reader.find.active():
		return m.styles.muted.Render(" " + ansi.Truncate(feed.Line(m.reader.find.status(m.keys)), max(w/2, 0), "…"))
	}
	return ""
}

// saysArrived tells of new articles.
func (m Model) saysArrived() string {
	return fmt.Sprintf("%s new · %s shows them", thousands(m.status.arrived), m.keys.label("arrived"))
}

// noteIsLong reports whether the bottom line has no room for what has just
// happened.
func (m Model) noteIsLong() bool {
	room := m.width - 1
	if m.o.Theme.Spoken {
		room -= 8
	}
	return width(feed.Line(m.status.note)) > room
}

// withNote draws over the end of lines what has just happened, if that has no
// room on the bottom line.
func (m Model) withNote(lines []string) []string {
	if m.status.note == "" || !m.noteIsLong() {
		return lines
	}
	return m.boxed(lines, m.told(m.status.note, m.status.bad))
}

// told are the lines of a note.
func (m Model) told(note string, bad bool) (lines []string) {
	look := m.styles.text
	if bad {
		look = m.styles.bad
	}
	for _, l := range wrapPlain(feed.Line(note), max(m.width-2, 1)) {
		lines = append(lines, " "+look.Render(l))
	}
	return lines
}

// hints lists as many keys as fit in w cells, and always the one that shows
// all.
func (m Model) hints(w int) string {
	all := m.hinted()
	last := m.hint(all[len(all)-1])
	line := ""
	for _, a := range all[:len(all)-1] {
		if a.name == "next-unread" && m.searching() {
			continue // it goes to the next match
		}
		hint := m.hint(a)
		if width(line)+width(hint)+width(last)+1 > w {
			break
		}
		line += hint
	}
	return line + last + " "
}

func (m Model) hint(a action) string {
	return m.styles.key.Render("  "+keyLabel(a.keys[0])) + m.styles.muted.Render(" "+m.short(a))
}

// short is what an action does, in a word.
func (m Model) short(a action) string {
	switch {
	case a.name == "leave" && m.isStart() && !m.selects():
		return "quit"
	case a.name == "read" && !m.selects() && m.isRead():
		return "unread"
	case a.name == "open" && m.o.Pick && m.focus == articlePane:
		return "pick"
	}
	return a.short
}
