package ui

import (
	"fmt"
	"strings"
	"time"

	"github.com/yuin/goldmark/ast"

	"app/newsterm/store"
)

// The spoken screen is for ears and for fingers on a braille display: one
// pane, each row a phrase, no lines or signs to be read out, and the
// terminal's own cursor on what is selected, which is what a screen reader
// follows.

// saidRow is an article as a phrase: "> unread, starred: First, Alpha, 1 hour
// ago".
func (m Model) saidRow(a store.Article, w int, current bool) string {
	var marks []string
	if !a.Read {
		marks = append(marks, "unread")
	}
	if a.Starred {
		marks = append(marks, "starred")
	}
	state := strings.Join(marks, ", ")
	if state != "" {
		state += ": "
	}
	after := ", " + ageInWords(m.o.Now().Sub(a.Date))
	room := w - width(cursorMark(current)) - width(state) - width(after)
	if !m.listed.query.OneFeed() {
		after = saidFeed(a.FeedTitle, room-width(a.Title)) + after
	}
	title := a.Title
	if width(title) > room && room >= shortestTitle {
		title = strings.TrimRight(fit(title, room), " ")
	}
	return m.said(state+title+after, w, current)
}

// saidFeed is the name of a feed after a title that leaves so much room, cut if
// there is less; "" if there is too little to tell it by.
func saidFeed(name string, room int) string {
	const comma = ", "
	if room -= width(comma); room < min(width(name), shortestName) {
		return ""
	}
	return comma + strings.TrimRight(fitName(name, min(width(name), room)), " ")
}

// saidItem is a row of the pane of feeds as a phrase: "> Alpha, 3 unread".
func (m Model) saidItem(it feedItem, w int, current bool) string {
	text := it.name
	if it.kind == aFolder {
		text = "folder " + text + pick(it.closed, ", closed", "")
	}
	if it.count > 0 {
		text += ", " + thousands(it.count) + " unread"
	}
	if it.failed || it.why != "" {
		text += ", fails"
	}
	return m.said(text, w, current)
}

func (m Model) said(text string, w int, current bool) string {
	style := m.styles.row[rowPlain].text
	if current {
		style = m.styles.row[rowSelected].text
	}
	return style.Render(fit(cursorMark(current)+text, w))
}

func cursorMark(current bool) string { return pick(current, "> ", "  ") }

// ageInWords is age as it is said.
func ageInWords(d time.Duration) string {
	short := age(d)
	number := strings.TrimRight(short, "abcdefghijklmnopqrstuvwxyz")
	unit := map[string]string{"m": "minute", "h": "hour", "d": "day", "w": "week", "mo": "month", "y": "year"}[short[len(number):]]
	switch {
	case unit == "":
		return short
	case number == "1":
		return "1 " + unit + " ago"
	}
	return number + " " + unit + "s ago"
}

// signWords stand for the signs of the screen and of articles. None is wider
// than its sign.
var signWords = strings.NewReplacer(
	" · ", ", ", "·", ",", "●", "*", "★", "*", "▸", "+", "▾", "-", "›", ">", "•", "-", "◦", "-", "⏵", "",
	"☑", "x", "☐", "-", "↪", "", " │ ", " | ", "│", ">", "━", "", "─", "", "┈", "", "┼", "")

// keyWords stand for the signs of keys on the bottom line.
var keyWords = strings.NewReplacer("⏎", "Enter", "⇥", "Tab", "⇧", "Shift ", "↓", "Down", "↑", "Up", "←", "Left", "→", "Right", "^", "Ctrl ")

// saidKeys puts words in the place of the signs of keys in lines of our own.
func (m Model) saidKeys(lines []string) []string {
	said := make([]string, len(lines))
	for i, l := range lines {
		said[i] = m.inWords(l)
	}
	return said
}

// inWords does so for a text of our own.
func (m Model) inWords(text string) string {
	if !m.o.Theme.Spoken {
		return text
	}
	return keyWords.Replace(text)
}

// sayHeading has a heading say that it is one, where nobody sees it.
func (g *galley) sayHeading(n ast.Node, look inlineSet) {
	if h, ok := n.(*ast.Heading); ok && g.spoken {
		g.say(fmt.Sprintf("heading %d: ", h.Level), look)
	}
}

// spoken puts words in the place of signs.
func spoken(lines []string, bottom string) ([]string, string) {
	said := make([]string, len(lines))
	for i, l := range lines {
		said[i] = signWords.Replace(l)
	}
	return said, keyWords.Replace(signWords.Replace(bottom))
}

// reversed begins what is selected, and where something is typed.
const reversed = "\x1b[7m"

// caret is where the terminal's own cursor is seen on a spoken screen: where
// something is typed, on what is selected, or at the top.
func (m Model) caret(view string) caret {
	if !m.o.Theme.Spoken {
		return caret{}
	}
	lines := strings.Split(view, "\n")
	for i := len(lines) - 1; i >= 0; i-- { // what is typed on the bottom line comes first
		if at := strings.Index(lines[i], reversed); at >= 0 {
			return caret{i, width(lines[i][:at]), true}
		}
	}
	return caret{0, 0, true}
}
