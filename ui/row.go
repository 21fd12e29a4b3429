package ui

import (
	"fmt"
	"slices"
	"strings"
	"time"

	"github.com/charmbracelet/x/ansi"

	"app/newsterm/feed"
	"app/newsterm/store"
)

// A Column is a part of a row of the list of articles.
type Column string

// The columns that a row can have.
const (
	MarkColumn   Column = "mark" // the dot of an unread article
	StarColumn   Column = "star"
	TitleColumn  Column = "title" // as wide as the others leave it
	FeedColumn   Column = "feed"
	AuthorColumn Column = "author"
	AgeColumn    Column = "age"
	DateColumn   Column = "date"
)

// Columns are all there are.
var Columns = []Column{MarkColumn, StarColumn, TitleColumn, FeedColumn, AuthorColumn, AgeColumn, DateColumn}

// usualColumns are those of a row of w cells if nobody chose others.
func usualColumns(w int) []Column {
	if w >= authorsFrom {
		return []Column{MarkColumn, StarColumn, TitleColumn, FeedColumn, AuthorColumn, AgeColumn}
	}
	return []Column{MarkColumn, StarColumn, TitleColumn, FeedColumn, AgeColumn}
}

// columns are those of a row of w cells.
func (o *Options) columns(w int) []Column {
	if o.Columns == nil {
		return usualColumns(w)
	}
	return o.Columns
}

// A title has at least half of a row, and shortestTitle cells. Names are shown
// only in a pane of namesFrom cells, and if they have shortestName of them; authors
// that nobody asked for, in one of authorsFrom.
const (
	shortestTitle = 8
	namesFrom     = 56
	authorsFrom   = 140
	shortestName  = 8
	nameGap       = 2
)

// givesWay are the columns that are left out where there is no room for all, the
// first first.
var givesWay = []Column{AuthorColumn, FeedColumn, DateColumn, AgeColumn}

func (c Column) isName() bool { return c == FeedColumn || c == AuthorColumn }

// cells is how wide a column would be in a pane of w cells; 0 if it is left out
// there, or takes what is left.
func (c Column) cells(w int) int {
	switch c {
	case MarkColumn, StarColumn:
		return 2
	case FeedColumn, AuthorColumn:
		if w >= namesFrom {
			return nameGap + min(20, w/4)
		}
	case AgeColumn:
		return 6
	case DateColumn:
		return 13
	}
	return 0
}

// rowState says how a row of pane p stands. (What draws rows takes a pointer:
// a Model is much to copy for every part of every row.)
func (m *Model) rowState(current bool, p pane) rowState {
	switch {
	case !current:
		return rowPlain
	case m.focus == p:
		return rowSelected
	}
	return rowUnfocused
}

// A rowPlan is what the rows of a list have in common.
type rowPlan struct {
	w       int
	columns []Column
	cells   map[Column]int // how wide each is
	sought  []wanted       // what is marked in titles
	hit     sgr            // and how
}

// rowPlan is how rows of w cells are drawn of what is listed.
func (m *Model) rowPlan(w int) rowPlan {
	p := rowPlan{w: w, cells: map[Column]int{}, sought: soughtIn(m.listed.query, "title"), hit: m.o.Theme.hitLook(false)}
	for _, c := range m.o.columns(w) {
		n := c.cells(w)
		if c == TitleColumn || n > 0 && !m.isNoise(c) {
			p.columns, p.cells[c] = append(p.columns, c), n
		}
	}
	return p.giveWay()
}

// isNoise reports whether a column would say the same in every row that is
// listed. In a list of several feeds somebody may turn up further down: there it
// is never known, and columns do not change while rows come.
func (m *Model) isNoise(c Column) bool {
	switch c {
	case FeedColumn:
		return m.listed.query.OneFeed()
	case AuthorColumn:
		return m.listed.query.OneFeed() && !m.articles.authors
	}
	return false
}

// giveWay leaves out columns, and makes names shorter, until the title has its
// share; it takes what the others leave.
func (p rowPlan) giveWay() rowPlan {
	room := min(p.w/2, p.w-shortestTitle)
	for _, c := range givesWay {
		if p.least() > room && p.cells[c] > 0 {
			p.columns = slices.DeleteFunc(p.columns, func(has Column) bool { return has == c })
			delete(p.cells, c)
		}
	}
	for p.others() > room && p.others() > p.least() {
		longest := FeedColumn
		if p.cells[AuthorColumn] >= p.cells[FeedColumn] {
			longest = AuthorColumn
		}
		p.cells[longest]--
	}
	p.cells[TitleColumn] = p.w - p.others()
	return p
}

// others is how many cells the columns beside the title have.
func (p rowPlan) others() (n int) {
	for _, cells := range p.cells {
		n += cells
	}
	return n
}

// least is how many they could do with.
func (p rowPlan) least() (n int) {
	for c, cells := range p.cells {
		if c.isName() {
			cells = min(cells, nameGap+shortestName)
		}
		n += cells
	}
	return n
}

// row draws an article on one line: the columns that were chosen, as far as there
// is room.
func (m *Model) row(a store.Article, p rowPlan, current bool) string {
	if m.o.Theme.Spoken {
		return m.saidRow(a, p.w, current)
	}
	state := m.rowState(current, articlePane)
	s := m.styles.row[state]
	title := s.muted
	if !a.Read {
		title = s.text
	}
	if h, ok := m.highlighted[a.ID]; ok && h < len(m.styles.highlights) {
		title = m.styles.highlights[h][state]
	}
	var hits []patch
	var b strings.Builder
	b.Grow(2*p.w + 100)
	col := 0
	for _, c := range p.columns {
		switch c {
		case MarkColumn:
			s.dot.write(&b, pick(a.Read, "  ", " ●"))
		case StarColumn:
			s.star.write(&b, pick(a.Starred, "★ ", "  "))
		case TitleColumn:
			text := fit(a.Title, p.cells[c])
			title.write(&b, text)
			hits = p.soughtPatches(text, col)
		default:
			s.muted.write(&b, m.column(c, &a, p.cells[c]))
		}
		col += p.cells[c]
	}
	return patched(b.String(), hits)
}

// column is what a column of n cells says of an article.
func (m *Model) column(c Column, a *store.Article, n int) string {
	switch c {
	case FeedColumn:
		return spaces(nameGap) + fitName(a.FeedTitle, n-nameGap)
	case AuthorColumn:
		return spaces(nameGap) + fit(authors(*a), n-nameGap)
	case DateColumn:
		return "  " + fit(a.Date.Local().Format(time.DateOnly), n-2)
	}
	short := age(m.o.Now().Sub(a.Date))
	return spaces(n-1-len(short)) + short + " "
}

// second is the second line of a comfortable row: how its text begins.
func (m *Model) second(a store.Article, p rowPlan, current bool) string {
	const indent = 4
	w := p.w
	s := m.styles.row[m.rowState(current, articlePane)]
	if w <= 2*indent {
		return s.muted.Render(spaces(w))
	}
	text := fit(a.Summary, w-2*indent)
	return patched(s.muted.Render(spaces(indent)+text+spaces(indent)), p.soughtPatches(text, indent))
}

// rowLines is how many lines a row of the list of articles has.
func (m *Model) rowLines() int {
	if m.o.Comfortable {
		return 2
	}
	return 1
}

// pick is one of two texts.
func pick(first bool, a, b string) string {
	if first {
		return a
	}
	return b
}

// age is a span of time as a list shows it: 5m, 3h, 2d, 6w, 4mo, 2y.
func age(d time.Duration) string {
	const day = 24 * time.Hour
	switch {
	case d < time.Minute:
		return "now"
	case d < time.Hour:
		return fmt.Sprintf("%dm", d/time.Minute)
	case d < day:
		return fmt.Sprintf("%dh", d/time.Hour)
	case d < 14*day:
		return fmt.Sprintf("%dd", d/day)
	case d < 60*day:
		return fmt.Sprintf("%dw", d/(7*day))
	case d < 365*day:
		return fmt.Sprintf("%dmo", d/(30*day))
	}
	return fmt.Sprintf("%dy", d/(365*day))
}

// fit is one line of text made exactly w cells wide. It is cleaned, for it goes
// to the terminal; the spaces that it begins with stay.
func fit(s string, w int) string {
	if w <= 0 {
		return ""
	}
	if isPlain(s) && len(s) <= w {
		return s + spaces(w-len(s))
	}
	text := strings.TrimLeft(s, " ")
	lead := min(len(s)-len(text), w)
	w -= lead
	text = parted(feed.Line(text))
	if width(text) > w {
		text = ansi.Truncate(text, w, "…")
	}
	return spaces(lead) + directed(text) + spaces(w-width(text))
}

// fitName is the name of a feed made exactly w cells wide. One without a title is
// called by its address, of which the end tells it from others.
func fitName(name string, w int) string {
	_, rest, isAddress := strings.Cut(feed.Line(name), "://")
	if !isAddress || strings.Contains(name, " ") {
		return fit(name, w)
	}
	if n := width(rest) - w; n > 0 {
		rest = "…" + ansi.TruncateLeft(rest, n+1, "")
	}
	return fit(rest, w)
}
