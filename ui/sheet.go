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
type sheet struct {
	title string
	fill  func(m Model, words string, w int) []sheetLine // makes its lines, for a width and for what is looked for
	keys  string                                         // what can be done here, besides moving and looking for words
	top   int                                            // the first line on the screen
	feed  store.FeedID                                   // the one under the cursor; 0 if there is nothing to choose
	words textinput.Model                                // what is looked for; focused while it is typed
}

// A sheetLine is a line of a sheet.
type sheetLine struct {
	text  string
	words string       // what it can be found by, if that is more than its text
	feed  store.FeedID // the feed that it is about, or 0
}

// openSheet shows s, the cursor on the first feed if there is one.
func (m Model) openSheet(s sheet) Model {
	s.words = m.newInput("")
	s.words.Prompt = "/"
	return m.cover(s.scroll(m, 0))
}

func (s sheet) press(m Model, msg tea.KeyMsg) (Model, tea.Cmd) {
	switch {
	case s.words.Focused():
		return put(m, s.typed(m, msg)), nil
	case msg.Paste:
		return m, nil
	}
	return m.strike(keyName(msg))
}

// act does what an action means on the sheet. What means nothing here closes
// it.
func (s sheet) act(m Model, a action) (Model, tea.Cmd) {
	h := m.sheetHeight()
	switch a.name {
	case "down":
		s = s.step(m, m.often())
	case "up":
		s = s.step(m, -m.often())
	case "page-down":
		s = s.scroll(m, h)
	case "page-up":
		s = s.scroll(m, -h)
	case "half-down":
		s = s.scroll(m, h/2)
	case "half-up":
		s = s.scroll(m, -h/2)
	case "top":
		s = s.scroll(m, -s.top)
	case "bottom":
		s = s.scroll(m, len(s.text(m)))
	case "search":
		s.words.Focus()
	case "quit":
		return m.quit()
	default:
		return s.mend(m, a)
	}
	return put(m, s), nil
}

// sheetHeight is how many lines of the text are on the screen.
func (m Model) sheetHeight() int { return max(m.paneHeight()-2, 1) }

// scroll scrolls by n lines. A cursor stays on the screen.
func (s sheet) scroll(m Model, n int) sheet {
	lines, h := s.text(m), m.sheetHeight()
	s.top = max(min(s.top+n, len(lines)-h), 0)
	if at := begin(lines, s.feed); at < s.top || at >= s.top+h {
		s.feed = firstFeed(lines[s.top:])
	}
	return s
}

// step moves the cursor by n feeds, or scrolls by n lines where there is no
// cursor, or nowhere to go.
func (s sheet) step(m Model, n int) sheet {
	lines, h := s.text(m), m.sheetHeight()
	var feeds []store.FeedID
	for _, l := range lines {
		if l.feed != 0 && !slices.Contains(feeds, l.feed) {
			feeds = append(feeds, l.feed)
		}
	}
	at := slices.Index(feeds, s.feed)
	to := nearest(at+n, len(feeds))
	if at < 0 || at == to {
		return s.scroll(m, n)
	}
	s.feed = feeds[to]
	first := begin(lines, s.feed)
	last := first
	for last+1 < len(lines) && lines[last+1].feed == s.feed {
		last++
	}
	s.top = min(max(s.top, last-h+1), first)
	return s.scroll(m, 0)
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

// text is the lines of the sheet that have the words looked for.
func (s sheet) text(m Model) []sheetLine {
	words := s.words.Value()
	lines := s.fill(m, words, max(m.width-2, 1))
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

// typed gives a key to the line that words are typed on.
func (s sheet) typed(m Model, msg tea.KeyMsg) sheet {
	switch key := keyName(msg); key {
	case "enter":
		s.words.Blur()
	case "esc", "ctrl+c":
		s.words.SetValue("")
		s.words.Blur()
	case "down":
		return s.scroll(m, 1)
	case "up":
		return s.scroll(m, -1)
	default:
		if key == "backspace" && s.words.Value() == "" {
			s.words.Blur()
		}
		s.words, _ = s.words.Update(msg)
		s.top = 0
	}
	return s.scroll(m, 0)
}

func (s sheet) draw(m Model, w, h int) []overLine {
	text := s.text(m)
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
	return overLines(m.withFollowing(m.saidKeys(lines[:min(len(lines), h)]))...)
}

// bottom is the words looked for, or what the keys do here.
func (s sheet) bottom(m Model, w int) string {
	if s.words.Focused() {
		return ansi.Truncate(" "+typedLine(s.words, w-2), w, "…")
	}
	if m.o.Theme.Spoken {
		w = max(w-8, 1) // words are longer than signs
	}
	if m.soFar() != "" {
		return m.whatGoesOn(w)
	}
	label := m.keys.label
	moves := " scroll  "
	if s.feed != 0 {
		moves = " choose  "
	}
	return m.saysKeys(s.keys+label("search")+" find  "+label("down")+" "+label("up")+moves+label("leave")+" close", w)
}
