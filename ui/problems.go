package ui

import (
	"slices"
	"strings"

	tea "github.com/charmbracelet/bubbletea"
	"github.com/charmbracelet/x/ansi"

	"app/newsterm/feed"
	"app/newsterm/source"
	"app/newsterm/store"
)

// problemsMsg brings how the feeds are.
type problemsMsg struct {
	all   []store.Health
	again bool // for a sheet that shows them already; nobody else has asked
}

// showProblems asks how the feeds are.
func (m Model) showProblems() (Model, tea.Cmd) { return m.await(m.askHealth(false)) }

func (m Model) askHealth(again bool) tea.Cmd {
	return func() tea.Msg {
		all, err := m.o.Library.Health(m.ctx)
		if err != nil {
			return failedMsg{"look at the feeds", err}
		}
		return problemsMsg{all, again}
	}
}

// listProblems shows the feeds that fail, are gone, are silent or disabled:
// why, since when, and what can be done. A sheet that shows them already shows
// how they are now; one that was closed meanwhile stays closed.
func (m Model) listProblems(msg problemsMsg) (Model, tea.Cmd) {
	s, isOpen := opened[sheet](m)
	isOpen = isOpen && s.title == problemsTitle
	if msg.again && !isOpen {
		return m, nil
	}
	groups := store.Ailing(msg.all)
	fill := func(m Model, _ string, _ int) (lines []sheetLine) {
		for _, group := range groups {
			if lines != nil {
				lines = append(lines, sheetLine{})
			}
			kind := plural(len(group), "feed", "feeds") + ": " + group[0].Kind
			lines = append(lines, sheetLine{text: m.styles.heading.Render(feed.Line(kind))})
			lines = append(lines, m.problems(group)...)
		}
		return lines
	}
	label := m.keys.label
	keys := label("refresh-feed") + " try again  " + label("edit") + " edit  " + label("leave-feed") + " leave it  "
	switch {
	case len(groups) == 0 && isOpen && m.status.note != "":
		return without[sheet](m), nil // the note tells what mended the last
	case len(groups) == 0 && isOpen:
		return without[sheet](m).note("no feed fails"), nil
	case len(groups) == 0:
		return m.note("no feed fails"), nil
	case isOpen:
		s.fill = fill
		return put(m, s.scroll(m, 0)), nil
	}
	return m.openSheet(sheet{title: problemsTitle, fill: fill, keys: keys}), nil
}

const problemsTitle = "Feeds that need you"

// lookAtProblems has the sheet of problems, if it is open, show how the feeds
// are now.
func (m Model) lookAtProblems() tea.Cmd {
	if s, ok := opened[sheet](m); !ok || s.title != problemsTitle {
		return nil
	}
	return m.askHealth(true)
}

// mend does what an action means for the feed under the cursor of the sheet.
// What means nothing there closes the sheet.
func (s sheet) mend(m Model, a action) (Model, tea.Cmd) {
	i := slices.IndexFunc(m.feeds.feeds, func(f store.Feed) bool { return f.ID == s.feed })
	if i < 0 {
		return m.uncover(), nil
	}
	f := m.feeds.feeds[i]
	switch a.name {
	case "refresh-feed":
		return m.refresh(source.Which{Feeds: []store.FeedID{f.ID}})
	case "edit", "open":
		return m.editFeed(f), nil
	case "leave-feed":
		return m.leaveOne(f)
	case "undo", "redo":
		return a.do(m)
	}
	return m.uncover(), nil
}

// byKeys is advice with the keys that do here what the commands in it do.
func (m Model) byKeys(advice string) string {
	edit, leave := m.keys.label("edit"), m.keys.label("leave-feed")
	return strings.NewReplacer(
		"newsterm edit FEED --url ADDRESS", edit, "newsterm edit FEED --every 6h", edit, "newsterm edit FEED --disable", edit,
		"newsterm remove FEED", leave,
	).Replace(advice)
}

// problems are the lines about feeds that have the same trouble.
func (m Model) problems(group []store.Health) (lines []sheetLine) {
	for i, h := range group {
		if i == 0 || group[i-1].Advice != h.Advice {
			for _, l := range m.wrapped(m.byKeys(h.Advice), m.styles.text) {
				lines = append(lines, sheetLine{text: l, words: h.Title + " " + h.URL + " " + h.Kind})
			}
		}
		texts := []string{m.styles.text.Render("  " + feed.Shown(h.Title))}
		texts = append(texts, m.wrapped(h.Own(), m.styles.bad)...)
		texts = append(texts, m.wrapped(sinceWhen(h, m.keys.label("refresh-feed")), m.styles.muted)...)
		texts = append(texts, m.styles.muted.Render("    "+feed.Shown(h.URL)))
		for _, t := range texts {
			lines = append(lines, sheetLine{text: t, words: h.Title + " " + h.URL + " " + h.Kind, feed: h.ID})
		}
	}
	return lines
}

// wrapped is a text as lines of a sheet, indented; none for "".
func (m Model) wrapped(text string, look style) (lines []string) {
	if text == "" {
		return nil
	}
	for l := range strings.SplitSeq(ansi.Wrap(feed.Line(text), max(m.width-6, 10), ""), "\n") {
		lines = append(lines, look.Render("    "+l))
	}
	return lines
}

// sinceWhen tells since when a feed is as it is, when it was last read, and when
// it is tried next. The key retry tries it now.
func sinceWhen(h store.Health, retry string) string {
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
		words += ", not tried any more unless you press " + retry
	case !h.Next.IsZero():
		words += ", next try " + h.Next.Local().Format(when)
	}
	return words
}
