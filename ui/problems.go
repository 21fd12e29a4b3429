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

// listProblems shows the feeds that fail and those that are silent: why, since
// when, and what can be done.
func (m Model) listProblems(all problemsMsg) (Model, tea.Cmd) {
	bad, silent := m.problems(all, store.Health.Bad), m.problems(all, func(h store.Health) bool { return h.State == store.Silent })
	if len(bad)+len(silent) == 0 {
		return m.note("no feed fails"), nil
	}
	if len(silent) > 0 {
		bad = append(bad, m.styles.heading.Render("Nothing new for a year"), "")
	}
	m.sheet = sheet{title: "Feeds that need you", lines: append(bad, silent...)}
	return m, nil
}

// problems are the lines about those of all that is chooses.
func (m Model) problems(all []store.Health, is func(store.Health) bool) (lines []string) {
	for _, h := range all {
		if !is(h) {
			continue
		}
		lines = append(lines, m.styles.text.Render(feed.Shown(h.Title)))
		lines = append(lines, m.wrapped(h.Why, m.styles.bad)...)
		lines = append(lines, m.wrapped(h.Advice, m.styles.text)...)
		lines = append(lines, m.styles.muted.Render("  "+feed.Shown(h.URL)), m.styles.muted.Render("  "+times(h)), "")
	}
	return lines
}

// wrapped is a text as lines of a sheet, indented; none for "".
func (m Model) wrapped(text string, style lipgloss.Style) (lines []string) {
	if text == "" {
		return nil
	}
	for l := range strings.SplitSeq(ansi.Wrap(feed.Line(text), max(m.width-4, 10), ""), "\n") {
		lines = append(lines, style.Render("  "+l))
	}
	return lines
}

// times tells since when a feed is as it is, and when it is tried next.
func times(h store.Health) string {
	const when = "2 January 2006, 15:04"
	if h.State == store.Silent {
		return "its newest article is of " + h.Newest.Local().Format("2 January 2006")
	}
	words := "since " + h.FailingSince.Local().Format(when)
	if !h.Succeeded.IsZero() {
		words += ", last read " + h.Succeeded.Local().Format(when)
	}
	switch {
	case h.Gone:
		words += ", not tried any more unless you press r"
	case !h.Next.IsZero():
		words += ", next try " + h.Next.Local().Format(when)
	}
	return words
}
