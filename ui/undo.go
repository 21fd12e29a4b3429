package ui

import (
	"context"
	"errors"
	"fmt"
	"slices"
	"strings"
	"time"

	tea "github.com/charmbracelet/bubbletea"

	"app/newsterm/store"
)

// An act is something that z takes back. A mark has no functions: the store
// takes marks back itself, also those that another program has made.
type act struct {
	doing    string // "leave The Example", for when it fails
	done     string // "left The Example"
	do, undo func() error
	renaming *renaming // of a folder; nil if none was renamed
	was      *listed   // what was listed before; nil if that stays the same
	led      int       // listed.seq of what it led to: who is elsewhere by now stays there
	seq      int       // acts are taken back in the order in which they were begun; 0 for a mark of before
}

// acts are what was done on this screen, and what was taken back, most recent
// last.
type acts struct {
	done, undone []act
	seq          int
	running      int       // acts that are being done, taken back or done again
	since        time.Time // when the screen was opened

	turn <-chan struct{} // closed when what was given to inTurn last is done
}

// mostActs is how many acts are remembered: as many as the store has of marks.
const mostActs = 500

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

// begun numbers an act that is being done, taken back or done again from now on.
func (s acts) begun() acts {
	s.seq++
	s.running++
	return s
}

// did remembers an act that has changed something. What was taken back before
// can then not be done again.
func (s acts) did(a act) acts {
	if a.seq == 0 {
		s.seq++
		a.seq = s.seq
	}
	s.done, s.undone = placed(s.done, a), nil
	return s
}

// back moves an act to those taken back. If something was done since that was
// begun, it cannot be done again.
func (s acts) back(a act) acts {
	s = s.forgot(a)
	if n := len(s.done); n == 0 || s.done[n-1].seq < a.seq {
		s.undone = append(slices.Clip(s.undone), a)
	}
	return s
}

// forth moves the act that was taken back last to those done.
func (s acts) forth(a act) acts {
	s = s.forgotUndone()
	s.done = placed(s.done, a)
	return s
}

// forgot drops an act that there is nothing left of to take back.
func (s acts) forgot(a act) acts {
	s.done = slices.DeleteFunc(slices.Clone(s.done), func(other act) bool { return other.seq == a.seq })
	return s
}

// forgotUndone drops the act that was taken back last, if it is still known.
func (s acts) forgotUndone() acts {
	s.undone = s.undone[:max(len(s.undone)-1, 0)]
	return s
}

// placed puts an act among others, in the order in which they were begun.
func placed(list []act, a act) []act {
	i := len(list)
	for i > 0 && list[i-1].seq > a.seq {
		i--
	}
	list = slices.Insert(slices.Clone(list), i, a)
	return list[max(len(list)-mostActs, 0):]
}

// last is the last of list; with none there, it is a mark of before.
func last(list []act) act {
	if len(list) == 0 {
		return act{}
	}
	return list[len(list)-1]
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

// trying says what outcome of a was wanted, for when it failed.
func (how outcome) trying(a act) string {
	switch how {
	case actUndone:
		return fmt.Sprintf("take back %q", a.done)
	case actRedone:
		return fmt.Sprintf("do again %q", a.done)
	}
	return a.doing
}

// perform does a and remembers it.
func (m Model) perform(a act) (Model, tea.Cmd) {
	m.acts = m.acts.begun()
	a.seq = m.acts.seq
	return m.run(a, a.do, actDone)
}

func (m Model) run(a act, do func() error, how outcome) (Model, tea.Cmd) {
	return m.inTurn(func() tea.Msg { return actedMsg{a, how, do()} })
}

// acted shows what has come of an act. One that could not be taken back, or done
// again, can be tried again.
func (m Model) acted(msg actedMsg) (Model, tea.Cmd) {
	a := msg.act
	m.acts.running--
	if msg.err != nil {
		m, _ = m.failed(failedMsg{msg.how.trying(a), msg.err})
		return m, m.loadChanged()
	}
	switch msg.how {
	case actDone:
		m.acts = m.acts.did(a)
		m = m.noteUndo("%s", a.done)
	case actUndone:
		m.acts = m.acts.back(a)
		m = m.note("taken back: %s", a.done)
	case actRedone:
		m.acts = m.acts.forth(a)
		m = m.note("again: %s", a.done)
	}
	if msg.how == actUndone && a.was != nil && a.led == m.listed.seq {
		m, list := m.switchTo(*a.was)
		return m, tea.Batch(list, m.loadFeeds(), m.loadSaved())
	}
	if a.renaming == nil {
		return m, m.loadChanged()
	}
	r := *a.renaming
	if msg.how == actUndone {
		r = r.reversed()
	}
	m, keep := m.renamed(r, a.led == m.listed.seq)
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
	a := last(m.acts.done)
	if m.acts = m.acts.begun(); a.undo != nil {
		return m.run(a, a.undo, actUndone)
	}
	return m.inTurn(func() tea.Msg { return m.stepped(a, m.o.Library.Undo, false) })
}

// redo does again what was taken back last. Once something else was done, there
// is nothing to do again: what the store still has was taken back before that.
func (m Model) redo() (Model, tea.Cmd) {
	switch {
	case m.acts.running > 0:
		return m.note("one moment, it is still being done"), nil
	case len(m.acts.undone) == 0 && len(m.acts.done) > 0:
		return m.note(noRedo), nil
	}
	a := last(m.acts.undone)
	m.acts = m.acts.begun()
	if a.seq = m.acts.seq; a.do != nil {
		return m.run(a, a.do, actRedone)
	}
	return m.inTurn(func() tea.Msg { return m.stepped(a, m.o.Library.Redo, true) })
}

const noRedo = "nothing to do again"

// stepped has the store take marks back, or make them again.
func (m Model) stepped(a act, step func(context.Context) (store.Step, error), redo bool) tea.Msg {
	msg := undoneMsg{act: a, redo: redo}
	if msg.step, msg.err = step(m.ctx); msg.err != nil || len(msg.step.IDs) != 1 {
		return msg
	}
	article, _ := m.o.Library.Article(m.ctx, msg.step.IDs[0]) // without it there is no title
	msg.title = article.Title
	return msg
}

// undoneMsg tells which marks were taken back, or made again.
type undoneMsg struct {
	act   act
	step  store.Step
	title string // of the article, if there is but one
	redo  bool
	err   error
}

// undone shows the marks as they are again. Those of before this screen are
// said to be.
func (m Model) undone(msg undoneMsg) (Model, tea.Cmd) {
	m.acts.running--
	if msg.err != nil {
		return m.notUndone(msg)
	}
	m = m.showMark(msg.step.Flag, msg.step.On == msg.redo, msg.step.IDs)
	what := plural(len(msg.step.IDs), "article", "articles")
	if msg.title != "" {
		what = short(msg.title)
	}
	what += " marked " + markName(msg.step.Flag, msg.step.On)
	if msg.redo {
		m.acts = m.acts.forth(msg.act)
		return m.note("again: %s", what), m.loadFeeds()
	}
	m.acts = m.acts.back(msg.act)
	if msg.step.At.Before(m.acts.since) {
		what += ", " + m.o.Theme.ago(m.o.Now().Sub(msg.step.At))
	}
	return m.note("taken back: %s", what), m.loadFeeds()
}

// notUndone says why no mark was taken back, or made again. It can be tried
// again, unless there is none.
func (m Model) notUndone(msg undoneMsg) (Model, tea.Cmd) {
	none := errors.Is(msg.err, store.ErrNothing)
	switch {
	case none && msg.redo:
		m.acts = m.acts.forgotUndone()
		return m.note(noRedo), nil
	case none:
		m.acts = m.acts.forgot(msg.act)
		return m.note("%s", msg.err), nil
	case msg.redo:
		return m.failed(failedMsg{"make a mark again", msg.err})
	}
	return m.failed(failedMsg{"take back a mark", msg.err})
}
