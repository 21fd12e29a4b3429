package ui

import (
	"context"
	"strings"

	tea "github.com/charmbracelet/bubbletea"

	"app/newsterm/store"
)

// An act is something that z takes back. A mark has no functions: the store
// takes marks back itself, also those that another program has made.
type act struct {
	doing    string // "leave The Example", for when it fails
	done     string // "left The Example"
	do, undo func() error
	folder   [2]string // its name before and after, if it was renamed
	was      *listed   // what was listed before; nil if that stays the same
	led      int       // listed.seq of what it led to: who is elsewhere by now stays there
	seq      int       // tells one act from the next
}

// acts are what was done on this screen, and what was taken back, most recent
// last.
type acts struct {
	done, undone []act
	seq          int
	running      int // acts that are being done, or taken back

	turn <-chan struct{} // closed when what was given to inTurn last is done
}

// inTurn has what changes the store done after all that was given to it before,
// however fast keys are pressed.
func (m Model) inTurn(cmd tea.Cmd) (Model, tea.Cmd) {
	before, done := m.acts.turn, make(chan struct{})
	m.acts.turn = done
	return m, func() tea.Msg {
		defer close(done)
		if before != nil {
			<-before
		}
		return cmd()
	}
}

// settled waits, within a command, until all that was given to inTurn so far is
// done.
func (m Model) settled() func() {
	turn := m.acts.turn
	return func() {
		if turn != nil {
			<-turn
		}
	}
}

// did adds an act. What was taken back before can then not be done again.
func (s acts) did(a act) acts {
	s.seq++
	a.seq = s.seq
	s.done, s.undone = pushed(s.done, a), nil
	return s
}

// back moves the last act to those taken back, forth moves it back again. With
// none there, the act is a mark of before.
func (s acts) back() (act, acts) {
	a, rest := s.last(s.done)
	s.done, s.undone, s.seq = rest, pushed(s.undone, a), max(s.seq, a.seq)
	return a, s
}

func (s acts) forth() (act, acts) {
	a, rest := s.last(s.undone)
	s.undone, s.done, s.seq = rest, pushed(s.done, a), max(s.seq, a.seq)
	return a, s
}

// last parts list into its last act and the others.
func (s acts) last(list []act) (act, []act) {
	if len(list) == 0 {
		return act{seq: s.seq + 1}, nil
	}
	return list[len(list)-1], list[:len(list)-1]
}

// without forgets an act that came to nothing.
func (s acts) without(seq int) acts {
	s.done, s.undone = dropped(s.done, seq), dropped(s.undone, seq)
	return s
}

func pushed(list []act, a act) []act { return append(list[:len(list):len(list)], a) }

func dropped(list []act, seq int) (kept []act) {
	for _, a := range list {
		if a.seq != seq {
			kept = append(kept, a)
		}
	}
	return kept
}

// actedMsg tells that an act was done, taken back or done again, or why not.
type actedMsg struct {
	act act
	how outcome
	err error
}

// outcome is what became of an act.
type outcome int

const (
	actDone outcome = iota
	actUndone
	actRedone
)

// perform does a and remembers it.
func (m Model) perform(a act) (Model, tea.Cmd) {
	m.acts = m.acts.did(a)
	a.seq = m.acts.seq
	return m.run(a, a.do, actDone)
}

func (m Model) run(a act, do func() error, how outcome) (Model, tea.Cmd) {
	m.acts.running++
	return m.inTurn(func() tea.Msg { return actedMsg{a, how, do()} })
}

// acted shows what has come of an act.
func (m Model) acted(msg actedMsg) (Model, tea.Cmd) {
	a := msg.act
	m.acts.running--
	if msg.err != nil {
		m.acts = m.acts.without(a.seq)
		m, _ = m.failed(failedMsg{a.doing, msg.err})
		return m, m.loadChanged()
	}
	from, to := a.folder[0], a.folder[1]
	switch msg.how {
	case actDone:
		m = m.noteUndo("%s", a.done)
	case actUndone:
		m, from, to = m.note("taken back: %s", a.done), to, from
	case actRedone:
		m = m.note("again: %s", a.done)
	}
	if msg.how == actUndone && a.was != nil && a.led == m.listed.seq {
		m, list := m.switchTo(*a.was)
		return m, tea.Batch(list, m.loadFeeds(), m.loadSaved())
	}
	if from == to {
		return m, m.loadChanged()
	}
	m, keep := m.renamed(from, to)
	return m, tea.Batch(keep, m.loadChanged())
}

// short is a title as a note has room for it.
func short(title string) string { return strings.TrimSpace(fit(title, min(width(title), 30))) }

// loadChanged asks for all that an act may have changed, before the first
// articles have come for less.
func (m Model) loadChanged() tea.Cmd {
	if m.listed.at == (store.Moment{}) {
		return tea.Batch(m.loadFeeds(), m.loadSaved())
	}
	_, look := m.lookAgain()
	return look
}

// undo takes back what was done last: a mark, or something done to a feed.
func (m Model) undo() (Model, tea.Cmd) {
	if m.acts.running > 0 {
		return m.note("one moment, it is still being done"), nil
	}
	var a act
	if a, m.acts = m.acts.back(); a.undo != nil {
		return m.run(a, a.undo, actUndone)
	}
	return m.inTurn(func() tea.Msg { return m.stepped(a.seq, m.o.Library.Undo, false) })
}

// redo does again what was taken back last.
func (m Model) redo() (Model, tea.Cmd) {
	if m.acts.running > 0 {
		return m.note("one moment, it is still being done"), nil
	}
	var a act
	if a, m.acts = m.acts.forth(); a.do != nil {
		return m.run(a, a.do, actRedone)
	}
	return m.inTurn(func() tea.Msg { return m.stepped(a.seq, m.o.Library.Redo, true) })
}

// stepped has the store take marks back, or make them again.
func (m Model) stepped(seq int, step func(context.Context) (store.Step, error), redo bool) tea.Msg {
	msg := undoneMsg{seq: seq, redo: redo}
	if msg.step, msg.err = step(m.ctx); msg.err != nil || len(msg.step.IDs) != 1 {
		return msg
	}
	a, _ := m.o.Library.Article(m.ctx, msg.step.IDs[0]) // without it there is no title
	msg.title = a.Title
	return msg
}

// undoneMsg tells which marks were taken back, or made again.
type undoneMsg struct {
	seq   int
	step  store.Step
	title string // of the article, if there is but one
	redo  bool
	err   error
}

// undone shows the marks as they are again.
func (m Model) undone(msg undoneMsg) (Model, tea.Cmd) {
	if msg.err != nil {
		m.acts = m.acts.without(msg.seq)
		return m.note("%s", msg.err), nil
	}
	m = m.showMark(msg.step.Flag, msg.step.On == msg.redo, msg.step.IDs)
	what := plural(len(msg.step.IDs), "article", "articles")
	if msg.title != "" {
		what = short(msg.title)
	}
	what += " marked " + markName(msg.step.Flag, msg.step.On)
	if msg.redo {
		return m.note("again: %s", what), m.loadFeeds()
	}
	return m.note("taken back: %s", what), m.loadFeeds()
}
