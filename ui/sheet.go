package ui

import (
	"slices"
	"strings"

	"github.com/charmbracelet/bubbles/textinput"
	tea "github.com/charmbracelet/bubbletea"
	"github.com/charmbracelet/x/ansi"

	"app/newsterm/store"
)

// sheet is a text over the whole screen: every key, or the feeds that fail.
// Its zero value is closed.
type sheet struct {
	title string
	fill  func(m Model, w int) []sheetLine // makes its lines, for a width
	keys  string                           // what can be done here, besides moving and looking for words
	top   int                              // the first line on the screen
	feed  store.FeedID                     // the one under the cursor; 0 if there is nothing to choose
	words textinput.Model                  // what is looked for; focused while it is typed
}

// A sheetLine is a line of a sheet.
type sheetLine struct {
	text  string
	words string       // what it can be found by, if that is more than its text
	feed  store.FeedID // the feed that it is about, or 0
}

func (s sheet) open() bool { return s.title != "" }

// openSheet shows s, the cursor on the first feed if there is one.
func (m Model) openSheet(s sheet) Model {
	s.words = m.newInput("")
	s.words.Prompt = "/"
	m.sheet = s
	return m.onSheet(0)
}

// turn does what an action means on the sheet. What means nothing here closes
// it.
func (m Model) turn(a action) (Model, tea.Cmd) {
	h := m.sheetHeight()
	switch a.name {
	case "down":
		return m.stepSheet(m.often()), nil
	case "up":
		return m.stepSheet(-m.often()), nil
	case "page-down":
		return m.onSheet(h), nil
	case "page-up":
		return m.onSheet(-h), nil
	case "half-down":
		return m.onSheet(h / 2), nil
	case "half-up":
		return m.onSheet(-h / 2), nil
	case "top":
		return m.onSheet(-m.sheet.top), nil
	case "bottom":
		return m.onSheet(len(m.sheetText())), nil
	case "search":
		m.sheet.words.Focus()
		return m, nil
	case "quit":
		return m.quit()
	}
	if m.sheet.feed != 0 {
		return m.mend(a)
	}
	m.sheet = sheet{}
	return m, nil
}

// sheetHeight is how many lines of the text are on the screen.
func (m Model) sheetHeight() int { return max(m.paneHeight()-2, 1) }

// onSheet scrolls by n lines. A cursor stays on the screen.
func (m Model) onSheet(n int) Model {
	lines, h := m.sheetText(), m.sheetHeight()
	m.sheet.top = max(min(m.sheet.top+n, len(lines)-h), 0)
	if at := begin(lines, m.sheet.feed); at < m.sheet.top || at >= m.sheet.top+h {
		m.sheet.feed = firstFeed(lines[m.sheet.top:])
	}
	return m
}

// stepSheet moves the cursor by n feeds, or scrolls by n lines where there is
// no cursor, or nowhere to go.
func (m Model) stepSheet(n int) Model {
	lines, h := m.sheetText(), m.sheetHeight()
	var feeds []store.FeedID
	for _, l := range lines {
		if l.feed != 0 && !slices.Contains(feeds, l.feed) {
			feeds = append(feeds, l.feed)
		}
	}
	at := slices.Index(feeds, m.sheet.feed)
	to := max(min(at+n, len(feeds)-1), 0)
	if at < 0 || at == to {
		return m.onSheet(n)
	}
	m.sheet.feed = feeds[to]
	first := begin(lines, m.sheet.feed)
	last := first
	for last+1 < len(lines) && lines[last+1].feed == m.sheet.feed {
		last++
	}
	m.sheet.top = min(max(m.sheet.top, last-h+1), first)
	return m.onSheet(0)
}

// begin is the first line about a feed, or -1.
func begin(lines []sheetLine, id store.FeedID) int {
	return slices.IndexFunc(lines, func(l sheetLine) bool { return l.feed == id && id != 0 })
}

// firstFeed is the first feed that lines are about; 0 if they are about none.
func firstFeed(lines []sheetLine) store.FeedID {
	for _, l := range lines {
		if l.feed != 0 {
			return l.feed
		}
	}
	return 0
}

// sheetText is the lines of the sheet that have the words looked for.
func (m Model) sheetText() []sheetLine {
	lines := m.sheet.fill(m, max(m.width-2, 1))
	words := m.sheet.words.Value()
	if words == "" {
		return lines
	}
	return slices.DeleteFunc(lines, func(l sheetLine) bool { return !holds(ansi.Strip(l.text)+" "+l.words, words) })
}

// holds reports whether every word is in text, whatever the case.
func holds(text, words string) bool {
	text = strings.ToLower(text)
	for word := range strings.FieldsSeq(strings.ToLower(words)) {
		if !strings.Contains(text, word) {
			return false
		}
	}
	return true
}

// look gives a key to the line that words are typed on.
func (m Model) look(msg tea.KeyMsg) (Model, tea.Cmd) {
	s := &m.sheet
	switch key := keyName(msg); key {
	case "enter":
		s.words.Blur()
	case "esc", "ctrl+c":
		s.words.SetValue("")
		s.words.Blur()
	case "down":
		return m.onSheet(1), nil
	case "up":
		return m.onSheet(-1), nil
	default:
		if key == "backspace" && s.words.Value() == "" {
			s.words.Blur()
		}
		s.words, _ = s.words.Update(msg)
		s.top = 0
	}
	return m.onSheet(0), nil
}

// sheetLines draws the sheet.
func (m Model) sheetLines(w, h int) []string {
	s, text := m.sheet, m.sheetText()
	lines := []string{" " + m.styles.title.Render(fit(s.title, w-1)), ""}
	cursor := begin(text, s.feed)
	for i := min(s.top, len(text)); i < len(text); i++ {
		mark := " "
		if i == cursor {
			mark = m.styles.accent.Render("›")
		}
		lines = append(lines, mark+text[i].text)
	}
	if len(text) == 0 {
		lines = append(lines, "   "+m.styles.muted.Render(fit("nothing here has these words", w-3)))
	}
	return lines[:min(len(lines), h)]
}

// sheetBottom is the bottom line under a sheet: the words looked for, or what
// the keys do here.
func (m Model) sheetBottom(w int) string {
	s := m.sheet
	if s.words.Focused() {
		s.words.Width = max(w-4, 1)
		return ansi.Truncate(" "+s.words.View(), w, "…")
	}
	if m.status.note != "" || m.soFar() != "" {
		return m.whatGoesOn(w)
	}
	label := m.keys.label
	keys := label("down") + " " + label("up") + " scroll  " + label("search") + " look for words  " + s.keys + "any other key closes"
	return m.styles.muted.Render(" " + ansi.Truncate(keys, max(w-1, 0), "…"))
}
