package ui

import (
	"fmt"
	"regexp"
	"strings"

	tea "github.com/charmbracelet/bubbletea"

	"app/newsterm/feed"
	"github.com/charmbracelet/x/ansi"
	"github.com/yuin/goldmark/ast"
)

// A link within the article, such as the sign of a footnote, leads to another
// place in it: there is no need for a browser. One key goes back to where it was
// followed.

// landmarks are what one can go to in a page.
type landmarks struct {
	headings []aHeading
	places   map[string]int // what comes before each place that a link leads to, by its name
}

// An aHeading is a heading of a page.
type aHeading struct {
	level int
	text  string
	at    int // what comes before it
}

// inLetters is what comes before each of the landmarks as letters instead of
// lines, of which a page gets more when pictures are drawn. The page has head
// before the lines that were counted.
func (l landmarks) inLetters(lines []string, head int) landmarks {
	if len(l.headings) == 0 && len(l.places) == 0 {
		return l
	}
	above := make([]int, len(lines)+1)
	for i, line := range lines {
		above[i+1] = above[i] + lettersIn(line)
	}
	for i, h := range l.headings {
		l.headings[i].at = above[min(h.at+head, len(lines))]
	}
	for name, at := range l.places {
		l.places[name] = above[min(at+head, len(lines))]
	}
	return l
}

// notePlace notes that a place is in the piece that is open, if a tag is one that
// feed.WithinMarkdown writes.
func (g *galley) notePlace(tag string) {
	name, ok := strings.CutPrefix(tag, `<a id="`)
	name, closed := strings.CutSuffix(name, `">`)
	if ok && closed && len(g.place) > 0 {
		last := len(g.place) - 1
		g.places[last] = append(g.places[last], name)
	}
}

// nextLine is the number of the line that is put next.
func (l *layout) nextLine() int {
	if l.gap != nil {
		return len(l.lines) + 1
	}
	return len(l.lines)
}

// mark notes the places in n, which begins on the next line.
func (l *layout) mark(n ast.Node) {
	i, ok := l.galley.place[n]
	if !ok {
		return
	}
	for _, name := range l.galley.places[i] {
		if _, twice := l.marks.places[name]; !twice {
			l.marks.places[name] = l.nextLine()
		}
	}
}

// target is a line that was gone to. It stands out until the text is scrolled.
type target struct {
	line, top int
	lines     int // of so many; there are more once a picture is drawn
}

func (r reader) targeted() bool {
	return r.target.lines > 0 && r.target.lines == len(r.lines) && r.target.top == r.top
}

// goTo brings the line after so many letters to the top of the screen.
func (r reader) goTo(letters int) reader {
	line := lineAfter(r.lines, letters)
	r = r.scrollTo(line)
	r.target = target{line, r.top, len(r.lines)}
	return r
}

// patches are what makes a line stand out.
func (at target) patches(line string, t Theme) []patch {
	text := strings.TrimRight(withoutMargin(ansi.Strip(unmarked.Replace(line))), " ")
	lead := len(text) - len(strings.TrimLeft(text, " "))
	return []patch{{stretch: stretch{at.line, lead, width(text) - lead}, look: t.hitLook(false)}}
}

// within is where in the open article an address leads; false if it leads
// elsewhere.
func (m Model) within(address string) (letters int, ok bool) {
	name := feed.Within(address, m.reader.article.URL)
	letters, ok = m.reader.marks.places[name]
	return letters, ok && name != ""
}

// jumped is a place from which one went elsewhere in the article.
type jumped struct {
	letters int
	shown   pageKey
}

// goWithin goes to another place in the article, and tells how to come back.
func (m Model) goWithin(letters int) Model {
	m.reader.jumps = append(m.reader.jumps[:len(m.reader.jumps):len(m.reader.jumps)], jumped{m.reader.letters(), m.reader.shown})
	m.reader = m.reader.goTo(letters)
	return m.note("%s goes back to where you were", m.keys.label("return"))
}

// comeBack goes back to where the last jump began.
func (m Model) comeBack() (Model, tea.Cmd) {
	last := len(m.reader.jumps) - 1
	if last < 0 {
		return m.note("no link within this article was followed"), nil
	}
	from := m.reader.jumps[last]
	m.reader.jumps = m.reader.jumps[:last]
	if from.shown.source != m.reader.shown.source || from.shown.own != m.reader.shown.own {
		return m.note("another text is shown than the one you came from"), nil
	}
	m.reader = m.reader.scrollTo(lineAfter(m.reader.lines, from.letters))
	m.reader.target = target{}
	return m, nil
}

// standsAt is what stands in the article after so many letters, in a few words.
func (r reader) standsAt(letters int) string {
	line := lineAfter(r.lines, letters)
	text := ""
	for i := line; i < min(line+2, len(r.lines)); i++ {
		plain := withoutMargin(ansi.Strip(unmarked.Replace(r.lines[i])))
		if i > line && beginsItem.MatchString(plain) {
			break
		}
		text += " " + feed.Line(plain)
	}
	return fmt.Sprintf("in this article: %s", strings.TrimSpace(text))
}

// beginsItem finds lines with which an item of a list begins, or a note.
var beginsItem = regexp.MustCompile(`^\s*([•◦☑☐]|\d+\.|\[\d+\]) `)
