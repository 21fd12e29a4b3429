package ui

import (
	"sort"
	"strings"
	"unicode"

	tea "github.com/charmbracelet/bubbletea"
	"github.com/charmbracelet/x/ansi"
	"golang.org/x/text/unicode/norm"
)

// find is what is looked for in the open article. Its zero value looks for
// nothing.
type find struct {
	words string
	key   pageKey // the rendering that was searched,
	lines int     // of so many lines: there are more once a picture is drawn
	hits  []hit   // where they are in its lines
	at    int     // which of them is the current one
	asked bool    // the answer is under way
	later int     // how far to go on when it comes
}

// A hit is where the words are found: in one line, or from one to the next.
type hit []stretch

func (f find) active() bool { return len(f.hits) > 0 }

// searchText asks for words to look for in the open article.
func (m Model) searchText() (Model, tea.Cmd) {
	return m.ask("/", "", func(m Model, text string) (Model, tea.Cmd, error) {
		if text == "" {
			return m, nil, nil
		}
		m, look := m.searchFor(text)
		return m, look, nil
	})
}

func (m Model) searchFor(words string) (Model, tea.Cmd) {
	m.reader.find = find{words: words, asked: true}
	return m, m.findHits(words, false)
}

// hitsMsg tells where words are in a rendering of an article.
type hitsMsg struct {
	find
	again bool // they were found in another rendering of it
}

func (m Model) findHits(words string, again bool) tea.Cmd {
	key, lines := m.reader.shown, m.reader.lines
	return func() tea.Msg {
		return hitsMsg{find{words: words, key: key, lines: len(lines), hits: hitsOf(words, lines)}, again}
	}
}

// findAgain looks in the lines that are shown now for what was looked for.
func (m Model) findAgain() tea.Cmd {
	switch f := m.reader.find; {
	case f.asked:
		return m.findHits(f.words, false)
	case f.active() && !f.isOf(m.reader):
		return m.findHits(f.words, true)
	}
	return nil
}

// isOf reports whether the lines that are shown were searched.
func (f find) isOf(r reader) bool { return f.key == r.shown && f.lines == len(r.lines) }

// showHits goes to the first hit that is not above the screen, unless nobody
// looks for the words any more. If they were found again, nothing moves.
func (m Model) showHits(msg hitsMsg) (Model, tea.Cmd) {
	f := m.reader.find
	switch {
	case msg.key.id != m.reader.article.ID, msg.words != f.words, !msg.again && !f.asked:
		return m, nil
	case !msg.isOf(m.reader):
		return m, m.findHits(msg.words, msg.again)
	}
	m.reader.find = msg.find
	switch {
	case !msg.active() && !msg.again:
		return m.note("nothing in this article says %q", msg.words), nil
	case !msg.active():
		return m, nil
	case msg.again:
		m.reader.find.at = min(f.at, len(msg.hits)-1)
		return m, nil
	}
	first := sort.Search(len(msg.hits), func(i int) bool { return msg.hits[i][0].line >= m.reader.top })
	return m.toHit(first + f.later), nil
}

// toHit makes hit n the current one and brings it on the screen. After the
// last comes the first.
func (m Model) toHit(n int) Model {
	r := m.reader
	if r.find.at = n % len(r.find.hits); r.find.at < 0 {
		r.find.at += len(r.find.hits)
	}
	at := r.find.hits[r.find.at][0]
	if at.line < r.top || at.line >= r.top+r.height {
		r = r.scrollTo(at.line - r.height/3)
	}
	if r.shown.wide && (at.col < r.shift || at.col+at.cells > r.shift+r.shown.width) {
		r.shift = min(at.col, max(widestLine(r.lines)-r.shown.width, 0))
	}
	m.reader = r
	return m
}

// searching reports whether n and N go from hit to hit.
func (m Model) searching() bool {
	return m.focus == readerPane && (m.reader.find.active() || m.reader.find.asked)
}

// nextHit goes on to another hit, at once or when the hits have come.
func (m Model) nextHit(step int) (Model, tea.Cmd) {
	if m.reader.find.asked {
		m.reader.find.later += step
		return m, nil
	}
	return m.toHit(m.reader.find.at + step), nil
}

// endFind is the text as it is without a search.
func (m Model) endFind() (Model, tea.Cmd) {
	m.reader.find = find{}
	return m, nil
}

// patches are the hits in a line; the current one stands out.
func (f find) patches(line int, t Theme) (list []patch) {
	first := sort.Search(len(f.hits), func(i int) bool { return f.hits[i][len(f.hits[i])-1].line >= line })
	for i := first; i < len(f.hits) && f.hits[i][0].line <= line; i++ {
		for _, at := range f.hits[i] {
			if at.line == line {
				list = append(list, patch{stretch: at, look: t.hitLook(i == f.at)})
			}
		}
	}
	return list
}

// hitLook is how a hit looks: it has a background, or where there are no
// colours a line under it. The current one is reversed.
func (t Theme) hitLook(current bool) sgr {
	paper := t.Profile.Color(t.Match)
	switch {
	case current:
		return sgr{attrs: attrBold | attrReverse}
	case t.colour(t.Match) == nil || paper == nil:
		return sgr{attrs: attrUnderline}
	}
	return sgr{}.then(paper.Sequence(true))
}

// status tells which hit is the current one, and which keys matter.
func (f find) status(keys Keymap) string {
	return thousands(f.at+1) + "/" + thousands(len(f.hits)) + " " + f.words + " · " + keys.label("next-unread") + " " + keys.label("previous-unread") + " go on, Esc ends"
}

// A letter is a piece of text to be searched, and where it is shown.
type letter struct {
	rune // ' ' for any space
	stretch
}

const (
	lineEnd = '\n'
	gapHere = '\v' // a blank line, which no hit goes across
)

// hitsOf finds words in lines, whatever their accents and case, and also where
// they go on in the next line.
func hitsOf(words string, lines []string) (hits []hit) {
	var want []rune
	for _, l := range lettersOf(nil, strings.Join(strings.Fields(words), " "), 0) {
		want = append(want, l.rune)
	}
	if len(want) == 0 {
		return nil
	}
	var text []letter
	for i, l := range lines {
		text = lettersOf(text, withoutMargin(ansi.Strip(l)), i)
		text = append(text, letter{rune: lineEnd})
	}
	for i := 0; i < len(text); {
		end := found(want, text[i:])
		if end == 0 {
			i++
			continue
		}
		hits = append(hits, hitAt(text[i:i+end]))
		i += end
	}
	return hits
}

// found is how much of text is what is wanted, from its start; 0 if it is
// not. Where a line ends there may be a space or none.
func found(want []rune, text []letter) int {
	if text[0].rune != want[0] {
		return 0
	}
	j := 0
	for i, l := range text {
		switch {
		case l.rune == want[j]:
			j++
		case l.rune != lineEnd || i+1 < len(text) && text[i+1].rune == gapHere:
			return 0
		case want[j] == ' ':
			j++
		}
		if j == len(want) {
			return i + 1
		}
	}
	return 0
}

// hitAt is where text is shown.
func hitAt(text []letter) (h hit) {
	for _, l := range text {
		last := len(h) - 1
		switch {
		case l.rune == lineEnd:
		case last >= 0 && h[last].line == l.line:
			h[last].cells = l.col + l.cells - h[last].col
		default:
			h = append(h, l.stretch)
		}
	}
	return h
}

// withoutMargin is a line with spaces for the bars and arrows before it.
func withoutMargin(line string) string {
	rest := strings.TrimLeft(line, " │↪")
	return strings.Repeat(" ", width(line)-width(rest)) + rest
}

// lettersOf puts the letters of a line after text.
func lettersOf(text []letter, line string, n int) []letter {
	start, col := len(text), 0
	for rest := unmarked.Replace(line); rest != ""; {
		cluster, cells := ansi.FirstGraphemeCluster(rest, ansi.GraphemeWidth)
		rest = rest[len(cluster):]
		at := stretch{n, col, cells}
		col += cells
		for _, r := range plainLetters(cluster) {
			if r == ' ' && (len(text) == start || text[len(text)-1].rune == ' ') {
				continue
			}
			text = append(text, letter{r, at})
		}
	}
	if len(text) == start {
		return append(text, letter{rune: gapHere})
	}
	return text
}

// plainLetters is a character without accents and case, and with the plain
// signs that people type.
func plainLetters(cluster string) []rune {
	if len(cluster) == 1 && cluster[0] < 0x80 {
		return []rune{unicode.ToLower(rune(cluster[0]))}
	}
	return []rune(strings.Map(plainLetter, norm.NFKD.String(cluster)))
}

func plainLetter(r rune) rune {
	switch {
	case unicode.In(r, unicode.Mn, unicode.Cf):
		return -1
	case unicode.IsSpace(r):
		return ' '
	case r == '‘' || r == '’':
		return '\''
	case r == '“' || r == '”':
		return '"'
	case r == '‐' || r == '‑' || r == '–' || r == '—':
		return '-'
	}
	return unicode.ToLower(r)
}
