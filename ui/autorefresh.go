package ui

import (
	"context"
	"time"

	tea "github.com/charmbracelet/bubbletea"

	"app/newsterm/source"
	"app/newsterm/store"
)

// tickMsg tells that time goes by.
type tickMsg struct{}

// betweenTicks is how long it takes to see what other programs have done.
const betweenTicks = 3 * time.Second

// ticks sends a tick a second after the start, when the first articles are on
// the screen, and then one every few seconds, until ctx ends. It does not wait
// for the next refresh in one go: a timer stands still while a laptop sleeps,
// and the clock does not.
func ticks(ctx context.Context, send func(tea.Msg)) {
	for wait := time.Second; ; wait = betweenTicks {
		select {
		case <-time.After(wait):
			send(tickMsg{})
		case <-ctx.Done():
			return
		}
	}
}

// ticked looks for what other programs have done, and refreshes what is due.
func (m Model) ticked() (Model, tea.Cmd) {
	m, look := m.lookForOthers()
	m, refresh := m.refreshDue()
	return m, tea.Batch(look, refresh)
}

// refreshDue refreshes the feeds that are due, when it is time for that and
// nothing else is being refreshed. A clock that was put back is no reason to
// wait for long.
func (m Model) refreshDue() (Model, tea.Cmd) {
	now := m.o.Now().Round(0) // by the clock, which also counts the time asleep
	ago := now.Sub(m.status.ran)
	switch {
	case m.o.Every <= 0, m.status.refresh.busy, ago >= 0 && ago < m.o.Every:
		return m, nil
	case m.listed.at == store.Moment{}: // the first articles have not come
		return m, nil
	}
	m.status.ran = now
	m, cmd := m.refresh(source.Which{})
	m.status.refresh.quiet = true
	return m, cmd
}
