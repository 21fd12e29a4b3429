package ui

import (
	"fmt"
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

// usualColumns are those of a row if nobody chose others.
var usualColumns = []Column{MarkColumn, StarColumn, TitleColumn, FeedColumn, AgeColumn}

// shortestTitle is how many cells a title needs beside dates. Names are shown
// only in a pane of namesFrom cells.
const (
	shortestTitle = 8
	namesFrom     = 56
)

// cells is how wide a column is in a pane of w cells; 0 if it is left out
// there, or takes what is left.
func (c Column) cells(w int) int {
	switch c {
	case MarkColumn, StarColumn:
		return 2
	case FeedColumn, AuthorColumn:
		if w >= namesFrom {
			return 2 + min(20, w/4)
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

// row draws an article on one line of w cells: the columns that were chosen,
// as far as there is room.
func (m *Model) row(a store.Article, w int, current bool) string {
	if m.o.Theme.Spoken {
		return m.saidRow(a, w, current)
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
	columns, rest := m.columns(w)
	var b strings.Builder
	b.Grow(2*w + 100)
	for _, c := range columns {
		switch c {
		case MarkColumn:
			s.dot.write(&b, pick(a.Read, "  ", " ●"))
		case StarColumn:
			s.star.write(&b, pick(a.Starred, "★ ", "  "))
		case TitleColumn:
			title.write(&b, fit(a.Title, rest))
		default:
			s.muted.write(&b, m.column(c, &a, w))
		}
	}
	return b.String()
}

// columns are those for which a pane of w cells has room, and how many cells
// are left for the title. The last ones give way first.
func (m *Model) columns(w int) (columns []Column, rest int) {
	columns, rest = m.o.Columns, w
	for _, c := range columns {
		rest -= c.cells(w)
	}
	for i := len(columns) - 1; i >= 0 && rest < shortestTitle; i-- {
		if n := columns[i].cells(w); n > 2 {
			columns = append(columns[:i:i], columns[i+1:]...)
			rest += n
		}
	}
	return columns, rest
}

// column is what a column says of an article.
func (m *Model) column(c Column, a *store.Article, w int) string {
	n := c.cells(w)
	switch {
	case n == 0:
		return ""
	case c == FeedColumn:
		return "  " + fit(a.FeedTitle, n-2)
	case c == AuthorColumn:
		return "  " + fit(strings.Join(a.Authors, ", "), n-2)
	case c == DateColumn:
		return "  " + fit(a.Date.Local().Format(time.DateOnly), n-2)
	}
	short := age(m.o.Now().Sub(a.Date))
	return spaces(n-1-len(short)) + short + " "
}

// second is the second line of a comfortable row: how its text begins.
func (m *Model) second(a store.Article, w int, current bool) string {
	const indent = 4
	s := m.styles.row[m.rowState(current, articlePane)]
	if w <= 2*indent {
		return s.muted.Render(spaces(w))
	}
	return s.muted.Render(spaces(indent) + fit(a.Summary, w-2*indent) + spaces(indent))
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

// fit is one line of text made exactly w cells wide. It is cleaned, for it
// goes to the terminal.
func fit(s string, w int) string {
	if w <= 0 {
		return ""
	}
	if isPlain(s) && len(s) <= w {
		return s + spaces(w-len(s))
	}
	s = parted(feed.Line(s))
	if width(s) > w {
		s = ansi.Truncate(s, w, "…")
	}
	return directed(s) + spaces(w-width(s))
}
