package ui

import (
	"strings"

	tea "github.com/charmbracelet/bubbletea"
	"github.com/charmbracelet/lipgloss"
	"github.com/charmbracelet/x/ansi"

	"app/newsterm/feed"
	"app/newsterm/store"
)

// problemsMsg brings how the feeds are.
type problemsMsg []store.Health

// showProblems asks how the feeds are.
func (m Model) showProblems() (Model, tea.Cmd) {
	return m, func() tea.Msg {
		all, err := m.o.Library.Health(m.ctx)
		if err != nil {
			return failedMsg{"look at the feeds", err}
		}
		return problemsMsg(all)
	}
}

// listProblems shows the feeds that fail, are gone, are silent or disabled:
// why, since when, and what can be done.
func (m Model) listProblems(all problemsMsg) (Model, tea.Cmd) {
	var lines []string
	for _, group := range store.Ailing(all) {
		lines = append(lines, m.styles.heading.Render(feed.Line(plural(len(group), "feed", "feeds")+": "+group[0].Kind)))
		lines = append(lines, m.problems(group)...)
		lines = append(lines, "")
	}
	if len(lines) == 0 {
		return m.note("no feed fails"), nil
	}
	m.sheet = sheet{title: "Feeds that need you", lines: lines[:len(lines)-1]}
	return m, nil
}

// problems are the lines about feeds that have the same trouble.
func (m Model) problems(group []store.Health) (lines []string) {
	for i, h := range group {
		lines = append(lines, m.styles.text.Render("  "+feed.Shown(h.Title)))
		lines = append(lines, m.wrapped(h.Own(), m.styles.bad)...)
		lines = append(lines, m.wrapped(times(h), m.styles.muted)...)
		lines = append(lines, m.styles.muted.Render("    "+feed.Shown(h.URL)))
		if i+1 == len(group) || group[i+1].Advice != h.Advice {
			lines = append(lines, m.wrapped("What to do: "+h.Advice, m.styles.text)...)
		}
	}
	return lines
}

// wrapped is a text as lines of a sheet, indented; none for "".
func (m Model) wrapped(text string, style lipgloss.Style) (lines []string) {
	if text == "" {
		return nil
	}
	for l := range strings.SplitSeq(ansi.Wrap(feed.Line(text), max(m.width-6, 10), ""), "\n") {
		lines = append(lines, style.Render("    "+l))
	}
	return lines
}

// times tells since when a feed is as it is, when it was last read, and when
// it is tried next.
func times(h store.Health) string {
	const when = "2 Jan 2006, 15:04"
	switch h.State {
	case store.Silent:
		return "its newest article is of " + h.Newest.Local().Format("2 January 2006")
	case store.Disabled:
		return "not fetched"
	}
	words := "since " + h.FailingSince.Local().Format(when) + ", never read before"
	if !h.Succeeded.IsZero() {
		words = "since " + h.FailingSince.Local().Format(when) + ", last read " + h.Succeeded.Local().Format(when)
	}
	switch {
	case h.Gone:
		words += ", not tried any more unless you press r"
	case !h.Next.IsZero():
		words += ", next try " + h.Next.Local().Format(when)
	}
	return words
}
