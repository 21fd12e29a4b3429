package ui

import (
	"strings"

	tea "github.com/charmbracelet/bubbletea"
)

// nextHeading goes to the next heading of the article.
func (m Model) nextHeading() (Model, tea.Cmd) { return m.byHeading(+1) }

// previousHeading goes to the heading before: first to that of what is read.
func (m Model) previousHeading() (Model, tea.Cmd) { return m.byHeading(-1) }

// byHeading goes on or back by as many headings as the count says, as far as
// there are some.
func (m Model) byHeading(step int) (Model, tea.Cmd) {
	headings := m.reader.marks.headings
	if len(headings) == 0 {
		return m.noHeadings(), nil
	}
	at, on := m.heading()
	to := at + step*m.often()
	if step < 0 && !on {
		to++
	}
	switch last := len(headings) - 1; {
	case step > 0 && at == last:
		return m.note("there is no heading below"), nil
	case to < 0:
		m.reader = m.reader.scrollTo(0)
		m.reader.target = target{}
		return m.note("there is no heading above"), nil
	default:
		m.reader = m.reader.goTo(headings[min(to, last)].at)
		return m, nil
	}
}

// heading is the number of the heading under which the text at the top of the
// screen stands, -1 before the first; on tells that it is at the top itself, or
// that one has just gone to it.
func (m Model) heading() (at int, on bool) {
	line := m.reader.top
	if m.reader.targeted() {
		line = m.reader.target.line
	}
	above := lettersAbove(m.reader.lines, line)
	at = -1
	for i, h := range m.reader.marks.headings {
		if h.at <= above {
			at, on = i, h.at == above
		}
	}
	return at, on
}

// noHeadings says why one cannot go to a heading.
func (m Model) noHeadings() Model {
	if m.reader.source {
		return m.note("%s shows the article as it is read, with its headings", m.keys.label("source"))
	}
	return m.note("this article has no headings")
}

// showContents lists the headings of the article, to go to one.
func (m Model) showContents() (Model, tea.Cmd) {
	if len(m.reader.marks.headings) == 0 {
		return m.noHeadings(), nil
	}
	at, _ := m.heading()
	m, cmd := m.choose(choosing{
		all:  Model.contents,
		none: "no heading says so",
		keys: "⏎ go there  Esc stay  ↓ ↑ choose",
	}, "› ", "a part of a heading")
	c, _ := opened[choosing](m)
	c.at = max(at, 0)
	return put(m, c), cmd
}

// contents are the headings of the article, those of lower ranks further in.
func (m Model) contents() (list []choice) {
	headings := m.reader.marks.headings
	highest := 6
	for _, h := range headings {
		highest = min(highest, h.level)
	}
	for _, h := range headings {
		list = append(list, choice{
			name: strings.Repeat("  ", h.level-highest) + h.text,
			pick: func(m Model) (Model, tea.Cmd, error) { return m.goWithin(h.at), nil, nil },
		})
	}
	return list
}
