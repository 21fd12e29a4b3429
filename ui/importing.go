package ui

import (
	"context"
	"errors"
	"fmt"
	"slices"
	"strings"

	tea "github.com/charmbracelet/bubbletea"

	"app/newsterm/store"
)

// Importer takes in what other readers have on this machine.
type Importer interface {
	Found(ctx context.Context) ([]Elsewhere, error)
	Import(ctx context.Context, reader string, step func(done, total int)) (Imported, error)
}

// Elsewhere is another reader on this machine.
type Elsewhere struct {
	Reader string
	Feeds  int // that are not followed here; never 0
}

// Imported is what was taken in.
type Imported struct {
	Feeds    int
	Programs int // feeds that a program prints, which are disabled
	Articles int
	Left     int // lines, saved queries and feeds that were left out
}

// and is what two readers brought together.
func (i Imported) and(more Imported) Imported {
	return Imported{i.Feeds + more.Feeds, i.Programs + more.Programs, i.Articles + more.Articles, i.Left + more.Left}
}

// moving is what is known of other readers, and how far taking in is.
//
//	a fresh start, or I ─▶ found ─I─▶ busy ─▶ what was taken in
type moving struct {
	found       []Elsewhere
	busy        bool
	done, total int
}

// elsewhereMsg tells what other readers have.
type elsewhereMsg struct {
	found []Elsewhere
	asked bool // the reader did, and wants to know
	err   error
}

func (m Model) lookElsewhere(asked bool) tea.Cmd {
	return func() tea.Msg {
		found, err := m.o.Importer.Found(m.ctx)
		return elsewhereMsg{found, asked, err}
	}
}

func (m Model) showElsewhere(msg elsewhereMsg) (Model, tea.Cmd) {
	m.moving.found = msg.found
	switch {
	case !msg.asked:
		return m, nil
	case msg.err != nil:
		return m.failed(failedMsg{"look for other readers", msg.err})
	case msg.found == nil:
		return m.note("newsboat and nom have no feed here that you do not follow; newsterm import takes in files"), nil
	}
	return m.note("here are %s · %s takes them in", offered(msg.found), m.keys.label("import")), nil
}

// offered names what can be taken in: "newsboat's 42 feeds and nom's 7".
func offered(found []Elsewhere) string {
	var parts []string
	for i, e := range found {
		n := thousands(e.Feeds)
		if i == 0 {
			n = plural(e.Feeds, "feed", "feeds")
		}
		parts = append(parts, e.Reader+"'s "+n)
	}
	return strings.Join(parts, " and ")
}

// takeIn takes in what was found. The first time it is pressed and nothing is
// known yet, it looks, and says what another press would do.
func (m Model) takeIn() (Model, tea.Cmd) {
	switch {
	case m.o.Importer == nil:
		return m.note("newsterm import takes in the feeds of other readers; this screen cannot"), nil
	case m.moving.busy:
		return m.note("it is being taken in"), nil
	case m.moving.found == nil:
		return m, m.lookElsewhere(true)
	}
	found := m.moving.found
	m.moving = moving{busy: true}
	steps := make(chan takenMsg, 1)
	return m, tea.Batch(func() tea.Msg { return m.importAll(found, steps) }, nextTaken(steps))
}

// takenMsg tells how far taking in is.
type takenMsg struct {
	done, total int
	rest        <-chan takenMsg
}

// importedMsg tells what was taken in.
type importedMsg struct {
	got   Imported
	feeds []store.Feed // those that are followed since
	err   error
}

// importAll takes in what each of found has, and finds out which feeds came by
// that. A step that nobody waits for is not told.
func (m Model) importAll(found []Elsewhere, steps chan takenMsg) tea.Msg {
	defer close(steps)
	before, err := m.o.Library.Feeds(m.ctx)
	if err != nil {
		return importedMsg{err: err}
	}
	var msg importedMsg
	for _, e := range found {
		got, err := m.o.Importer.Import(m.ctx, e.Reader, func(done, total int) {
			select {
			case steps <- takenMsg{done: done, total: total}:
			default:
			}
		})
		if msg.got = msg.got.and(got); err != nil {
			msg.err = err
			break
		}
	}
	after, err := m.o.Library.Feeds(m.ctx)
	msg.err = errors.Join(msg.err, err)
	msg.feeds = slices.DeleteFunc(after, func(f store.Feed) bool {
		return slices.ContainsFunc(before, func(b store.Feed) bool { return b.ID == f.ID })
	})
	return msg
}

// nextTaken waits for the next step.
func nextTaken(steps <-chan takenMsg) tea.Cmd {
	return func() tea.Msg {
		step, ok := <-steps
		if !ok {
			return nil
		}
		step.rest = steps
		return step
	}
}

func (m Model) taken(msg takenMsg) (Model, tea.Cmd) {
	m.moving.done, m.moving.total = msg.done, msg.total
	return m, nextTaken(msg.rest)
}

// imported tells what was taken in. New articles are announced as always. The
// feeds are taken back as one; marks have steps of their own.
func (m Model) imported(msg importedMsg) (Model, tea.Cmd) {
	m.moving = moving{}
	tell := Model.note
	if len(msg.feeds) > 0 {
		m.acts = m.acts.did(m.tookIn(msg))
		tell = Model.noteUndo
	}
	if msg.err != nil {
		m, _ = m.failed(failedMsg{"take in", msg.err})
		return m, m.loadChanged()
	}
	got := msg.got
	m = tell(m, "took in %s", joined(plural(got.Feeds, "feed", "feeds"),
		some(got.Articles, "article", "articles"),
		m.keys.label("refresh")+" fetches what is new",
		some(got.Programs, "disabled, as it would run a program", "disabled, as they would run programs"),
		some(got.Left, "left out: newsterm import tells why", "left out: newsterm import tells why")))
	return m, m.loadChanged()
}

// tookIn is the act that takes the feeds back that were taken in.
func (m Model) tookIn(msg importedMsg) act {
	feeds := plural(len(msg.feeds), "feed", "feeds")
	return act{
		doing: "take in " + feeds,
		done:  "took in " + feeds + pick(msg.got.Articles > 0, "; marks that came with them stay", ""),
		do:    func() error { return m.archive(false, msg.feeds...) },
		undo:  func() error { return m.archive(true, msg.feeds...) },
	}
}

// takingIn is what the bottom line says while it goes on.
func (s moving) takingIn() string {
	if s.total == 0 {
		return "taking in …"
	}
	return fmt.Sprintf("taking in … %s/%s feeds", thousands(s.done), thousands(s.total))
}
