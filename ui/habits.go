package ui

import (
	"fmt"

	tea "github.com/charmbracelet/bubbletea"
)

// habitsMsg brings what the reader has chosen on earlier screens, as the store
// keeps it: the orders of views, what of them is hidden, and how wide a text is.
type habitsMsg struct{ orders, hiding, measure string }

// recallHabits asks for them. The first articles are asked for when they are
// known. Should they not be known, all is as the settings say.
func (m Model) recallHabits() tea.Cmd {
	return func() tea.Msg {
		orders, _ := m.o.Library.Setting(m.ctx, ordersSetting)
		hiding, _ := m.o.Library.Setting(m.ctx, hideSetting)
		measure, _ := m.o.Library.Setting(m.ctx, measureSetting)
		return habitsMsg{orders, hiding, measure}
	}
}

func (m Model) takeUpHabits(msg habitsMsg) (Model, tea.Cmd) {
	m.orders, m.hiding = readOrders(msg.orders), readHiding(msg.hiding)
	m.feeds.unreadOnly = m.hiding.feeds
	m.feeds = m.feeds.built()
	m.listed.order = m.orders.of(m.listed.query)
	var cells, usual int
	if _, err := fmt.Sscanf(msg.measure, measureForm, &cells, &usual); err == nil && usual == m.measure {
		m.measure = inMeasure(cells)
	}
	return m.await(m.openListed(0))
}

// keepHabit has the store remember a habit.
func (m Model) keepHabit(setting, value, what string) (Model, tea.Cmd) {
	return m.inTurn(func() tea.Msg {
		if err := m.o.Library.SetSetting(m.ctx, setting, value); err != nil {
			return failedMsg{"remember " + what, err}
		}
		return nil
	})
}
