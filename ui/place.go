package ui

import (
	"context"
	"slices"
	"time"
	"unicode"

	tea "github.com/charmbracelet/bubbletea"
	"github.com/charmbracelet/x/ansi"

	"app/newsterm/store"
)

// A place is where a bookmark lies: the two texts of an article have one each.
type place struct {
	id  store.ArticleID
	own bool
}

// bookmark remembers how far the open article was read, and has it kept for
// the next time.
func (m Model) bookmark() (Model, tea.Cmd) {
	if len(m.reader.lines) == 0 {
		return m, nil
	}
	p := place{m.reader.article.ID, m.reader.shown.own}
	before := m.reader.left[p]
	m = m.leaveAt(p)
	if m.reader.left[p] == before {
		return m, nil
	}
	letters := m.reader.left[p]
	if m.reader.atEnd() {
		letters = 0 // it is finished
	}
	m.reader.unkept[p] = letters
	return m, func() tea.Msg { return keptMsg{p, letters, m.o.Library.Leave(m.ctx, p.id, p.own, letters)} }
}

// leaveAt lays a bookmark where the reader is. It tells by the letters above,
// so that it lies at the same words when lines have another width.
func (m Model) leaveAt(p place) Model {
	r := m.reader
	if key := r.shown; key.source || key.wide {
		key.source, key.wide = false, false
		if read, ok := r.pages[key]; ok {
			r.left[p] = sameWords(r.lines, r.top, read.lines)
		}
		return m
	}
	r.left[p] = r.letters()
	return m
}

// foothold is the place at which a page came to the screen: from so many letters
// before, to this line. As long as the line is at the top the place is exact,
// so that lines made narrower and wider again come back to where they were.
type foothold struct{ letters, line int }

// letters is how many letters come before the top of the screen.
func (r reader) letters() int {
	if r.foothold.letters > 0 && r.foothold.line == r.top {
		return r.foothold.letters
	}
	return lettersAbove(r.lines, r.top)
}

// keptMsg tells whether a bookmark is in the file.
type keptMsg struct {
	place
	letters int
	err     error
}

func (m Model) keptPlace(msg keptMsg) (Model, tea.Cmd) {
	if msg.err != nil {
		return m.failed(failedMsg{"keep the place in the article", msg.err})
	}
	if m.reader.unkept[msg.place] == msg.letters {
		delete(m.reader.unkept, msg.place)
	}
	return m, nil
}

// patience is how long the end of the screen may wait for another program to
// let go of the file.
const patience = 2 * time.Second

// keepPlaces keeps the bookmarks that are not in the file yet, and that of the
// open article. It waits, so it is for when the screen has ended. A bookmark
// that cannot be kept is no reason to end with an error.
func (m Model) keepPlaces() {
	ctx, cancel := context.WithTimeout(context.WithoutCancel(m.ctx), patience)
	defer cancel()
	m, _ = m.bookmark()
	for p, letters := range m.reader.unkept {
		m.o.Library.Leave(ctx, p.id, p.own, letters)
	}
}

// lettersAbove counts the letters of the lines above line n.
func lettersAbove(lines []string, n int) int {
	letters := 0
	for _, l := range lines[:min(n, len(lines))] {
		letters += lettersIn(l)
	}
	return letters
}

// lineAfter is the line in which the next letter after n letters stands; the
// first for none.
func lineAfter(lines []string, n int) int {
	if n == 0 {
		return 0
	}
	for i, l := range lines {
		if n -= lettersIn(l); n < 0 {
			return i
		}
	}
	return 0
}

// anchor is how many letters tell a place in a text.
const anchor = 24

// sameWords is the place in another rendering, in letters, of the words that
// line top of lines begins with: the markdown of an article has its words, and
// others between them. If they are not there it is the place as far into the text.
func sameWords(lines []string, top int, other []string) int {
	above, words := lettersAbove(lines, top), onlyLetters(lines, top, anchor)
	all := above + lettersAbove(lines[top:], len(lines))
	if above == 0 || len(words) == 0 {
		return 0
	}
	text := onlyLetters(other, 0, -1)
	near := len(text) * above / all
	best := near
	for i, first := range text {
		if first == words[0] && startsWith(text[i:], words) && (best == near || distance(i, near) < distance(best, near)) {
			best = i
		}
	}
	return best
}

func distance(a, b int) int { return max(a-b, b-a) }

func startsWith(text, words []rune) bool {
	return len(text) >= len(words) && slices.Equal(text[:len(words)], words)
}

// onlyLetters are the first letters and digits of lines from line n on, at
// most so many; -1 for all.
func onlyLetters(lines []string, n, most int) (letters []rune) {
	for _, l := range lines[n:] {
		for _, r := range ansi.Strip(l) {
			if len(letters) == most {
				return letters
			}
			if unicode.IsLetter(r) || unicode.IsNumber(r) {
				letters = append(letters, r)
			}
		}
	}
	return letters
}
