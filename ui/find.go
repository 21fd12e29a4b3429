package ui

import (
	"sort"
	"strings"
	"unicode"

	tea "github.com/charmbracelet/bubbletea"
	"github.com/charmbracelet/x/ansi"
	"golang.org/x/text/unicode/norm"

	"app/newsterm/feed"
	"app/newsterm/store"
)

// find is what is looked for in the open article. Its zero value looks for
// nothing.
type find struct {
	words   string
	query   store.Query // its words are looked for; zero if they were typed here
	key     pageKey     // the rendering that was searched,
	lines   int         // of so many lines: there are more once a picture is drawn
	hits    []hit       // where they are in its lines
	at      int         // which of them is the current one
	asked   bool        // the answer is under way
	later   int         // how far to go on when it comes
	offered bool        // the article was opened with it, and no hit was gone to
}

// A hit is where the words are found: in one line, or from one to the next.
type hit []stretch

func (f find) active() bool { return len(f.hits) > 0 }

// searchText asks for words to look for in the open article. Nothing means those
// that the list was searched for.
func (m Model) searchText() (Model, tea.Cmd) {
	q := m.listed.query
	p := m.newPrompt("/", "", func(m Model, text string) (Model, tea.Cmd, error) {
		switch words := soughtText(q); {
		case text == "" && words == "":
			return m, nil, nil
		case text == "":
			m.reader.find = find{words: words, query: q, asked: true}
			return m, m.findHits(false), nil
		}
		m, look := m.searchFor(text)
		return m, look, nil
	})
	p.input.Placeholder = feed.Line(soughtText(q))
	return m.cover(p), nil
}

func (m Model) searchFor(words string) (Model, tea.Cmd) {
	m.reader.find = find{words: words, asked: true}
	return m, m.findHits(false)
}

// hitsMsg tells where words are in a rendering of an article.
type hitsMsg struct {
	find
	again bool // they were found in another rendering of it
}

func (m Model) findHits(again bool) tea.Cmd {
	f, key, lines := m.reader.find, m.reader.shown, m.reader.lines
	return func() tea.Msg {
		list := soughtIn(f.query)
		if f.query == (store.Query{}) {
			list = []wanted{wantTyped(f.words)}
		}
		return hitsMsg{find{words: f.words, query: f.query, key: key, lines: len(lines), hits: hitsOf(list, lines)}, again}
	}
}

// findAgain looks in the lines that are shown now for what was looked for.
func (m Model) findAgain() tea.Cmd {
	switch f := m.reader.find; {
	case f.asked:
		return m.findHits(false)
	case (f.active() || f.offered) && !f.isOf(m.reader):
		return m.findHits(true)
	}
	return nil
}

// isOf reports whether the lines that are shown were searched.
func (f find) isOf(r reader) bool { return f.key == r.shown && f.lines == len(r.lines) }

// showHits goes to the first hit that is not above the screen, unless nobody
// looks for the words any more. If they were found again, or nobody has asked
// for them yet, nothing moves.
func (m Model) showHits(msg hitsMsg) (Model, tea.Cmd) {
	f := m.reader.find
	switch {
	case msg.key.id != m.reader.article.ID, msg.words != f.words, msg.query != f.query, !msg.again && !f.asked:
		return m, nil
	case !msg.isOf(m.reader):
		return m, m.findHits(msg.again)
	}
	m.reader.find = msg.find
	m.reader.find.offered = f.offered
	switch {
	case !msg.active() && f.offered:
		return m.seekIf(f.later)
	case !msg.active() && !msg.again:
		return m.note("nothing in this article says %q", msg.words), nil
	case !msg.active():
		return m, nil
	case msg.again:
		m.reader.find.at = min(f.at, len(msg.hits)-1)
		return m, nil
	case f.offered && f.later == 0:
		return m, nil
	case f.offered:
		return m.nextHit(f.later)
	}
	return m.toHit(m.firstHit() + f.later), nil
}

// seekIf goes to the next unread article if that is what n turns out to have
// meant, where nothing was found.
func (m Model) seekIf(later int) (Model, tea.Cmd) {
	if later == 0 {
		return m, nil
	}
	return m.seek(max(min(later, 1), -1))
}

// firstHit is the first hit that is not above the screen.
func (m Model) firstHit() int {
	hits := m.reader.find.hits
	return sort.Search(len(hits), func(i int) bool { return hits[i][0].line >= m.reader.top })
}

// toHit makes hit n the current one and brings it on the screen. After the
// last comes the first.
func (m Model) toHit(n int) Model {
	r := m.reader
	r.find.offered = false
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
	if m.reader.find.offered {
		return m.toHit(m.firstHit() + step - max(min(step, 1), 0)), nil
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
				list = append(list, patch{stretch: at, look: t.hitLook(i == f.at && !f.offered)})
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
	if f.offered {
		return thousands(len(f.hits)) + " × " + f.words + " · " + keys.label("next-unread") + " " + keys.label("previous-unread") + " go there"
	}
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

// hitsOf finds what is wanted in the lines of a page, whatever accents and case,
// and also where they go on in the next line.
func hitsOf(list []wanted, lines []string) []hit {
	bare := make([]string, len(lines))
	for i, l := range lines {
		bare[i] = withoutMargin(ansi.Strip(l))
	}
	return hitsIn(list, bare)
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
