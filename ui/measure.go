package ui

import (
	"cmp"
	"fmt"

	tea "github.com/charmbracelet/bubbletea"
)

func (m Model) narrower() (Model, tea.Cmd) { return m.setMeasure(-4) }
func (m Model) wider() (Model, tea.Cmd)    { return m.setMeasure(+4) }

// setMeasure makes lines wider or narrower, also the next time, as long as the
// settings say the same.
func (m Model) setMeasure(by int) (Model, tea.Cmd) {
	m.measure = inMeasure(m.measure + by)
	m, keep := m.keepHabit(measureSetting, fmt.Sprintf(measureForm, m.measure, m.usualMeasure()), "how wide lines are")
	m = m.note("lines of at most %d cells", m.measure)
	if m.measure > m.textWidth() {
		m = m.note("lines of at most %d cells; there is room for %d", m.measure, m.textWidth())
	}
	return m, tea.Batch(keep, m.loadPage())
}

const (
	measureSetting = "measure"
	measureForm    = "%d of %d" // cells, and those of the settings
)

// inMeasure is a width that lines may have.
func inMeasure(cells int) int { return min(max(cells, 20), 200) }

// usualMeasure is how wide lines are if nobody has changed it.
func (m Model) usualMeasure() int { return cmp.Or(m.o.Measure, defaultMeasure) }
