package cli

import (
	"bufio"
	"io"
	"slices"
	"strings"
	"time"

	"github.com/charmbracelet/x/ansi"

	"app/newsterm/feed"
)

// A column of a table. The last one takes what the others leave.
type column struct {
	most  int                 // cells; more are cut
	right bool                // aligned to the right, as numbers are
	main  bool                // what the table is about: it has its room first
	short func(string) string // the same in fewer words, where these have no room
}

// A yield is what a column does where the terminal is too narrow for all: it
// is cut to so many cells, or said shortly, or leaves the table.
type yield struct {
	column int
	to     int
}

const (
	shortly = -1
	away    = 0
)

// A table prints rows in columns on a terminal, fitted to its width, or with
// tabs between them in a pipe.
type table struct {
	w       *bufio.Writer
	columns []column
	tabs    bool
	screen  int        // the terminal's width
	yields  []yield    // in this order
	widths  []int      // 0 for a column that is not shown
	short   []bool     // columns that are said shortly
	waiting [][]string // rows that decide how wide the columns are
}

// enough rows decide how wide columns are.
const enough = 500

func (a *app) table(tabs bool, columns ...column) *table {
	width, _ := size(a.Out)
	return &table{w: bufio.NewWriter(a.Out), columns: columns, tabs: tabs, screen: width, short: make([]bool, len(columns))}
}

// yielding is the table with what its columns do on a narrow terminal.
func (t *table) yielding(yields ...yield) *table {
	t.yields = yields
	return t
}

// row prints the cells of a row. Whatever is in them stays on their line.
func (t *table) row(cells ...string) error {
	for i, c := range cells {
		cells[i] = feed.Line(c)
	}
	if t.tabs {
		return t.line(strings.Join(cells, "\t"))
	}
	if t.widths != nil {
		return t.fitted(cells)
	}
	if t.waiting = append(t.waiting, cells); len(t.waiting) < enough {
		return nil
	}
	return t.settle()
}

// close prints what is left.
func (t *table) close() error {
	if err := t.settle(); err != nil {
		return err
	}
	return t.w.Flush()
}

// settle decides the widths by the rows so far, and prints them.
func (t *table) settle() error {
	if t.widths == nil {
		t.measure()
	}
	for _, cells := range t.waiting {
		if err := t.fitted(cells); err != nil {
			return err
		}
	}
	t.waiting = nil
	return nil
}

// measure gives each column what its cells need. Where that is too much, the
// columns yield one after the other until the main one has its room, and what
// is left over then is given back, to the main column first.
func (t *table) measure() {
	t.widths = make([]int, len(t.columns))
	needs := make([]int, len(t.columns))
	for i := range t.columns {
		t.widths[i] = t.need(i)
		needs[i] = t.widths[i]
	}
	main := slices.IndexFunc(t.columns, func(c column) bool { return c.main })
	if main < 0 {
		main = len(t.columns) - 1
	}
	last := len(t.columns) - 1
	if last != main {
		t.widths[last] = min(t.widths[last], leastRest)
	}
	t.widths[main] = min(needs[main], max(t.screen*2/5, leastMain))
	for _, y := range t.yields {
		if t.total() <= t.screen {
			break
		}
		switch {
		case y.to == shortly:
			t.short[y.column] = true
			needs[y.column] = t.need(y.column)
			t.widths[y.column] = min(t.widths[y.column], needs[y.column])
		case y.to < t.widths[y.column]:
			t.widths[y.column] = max(y.to, t.widths[y.column]-(t.total()-t.screen))
			if y.to == away {
				t.widths[y.column] = 0
			}
		}
	}
	give := func(i int) {
		if t.widths[i] > 0 {
			t.widths[i] = max(min(needs[i], t.widths[i]+t.screen-t.total()), 1)
		}
	}
	give(main)
	for i := range t.columns {
		give(i)
	}
	if t.widths[last] > 0 { // a later row may be longer
		t.widths[last] += max(t.screen-t.total(), 0)
	}
}

// The least that the main column has, if it needs that, and the most that the
// last one has where there is not enough for all.
const (
	leastMain = 20
	leastRest = 24
)

// need is how many cells a column needs; 0 if there is nothing in it.
func (t *table) need(i int) (cells int) {
	for _, row := range t.waiting {
		if i < len(row) {
			cells = max(cells, ansi.StringWidth(t.said(i, row[i])))
		}
	}
	if most := t.columns[i].most; most > 0 {
		cells = min(cells, most)
	}
	return cells
}

// said is a cell, in fewer words if its column is to be short.
func (t *table) said(i int, cell string) string {
	if t.short[i] {
		return t.columns[i].short(cell)
	}
	return cell
}

// total is how wide the table is.
func (t *table) total() (cells int) {
	for _, width := range t.widths {
		if width > 0 {
			cells += width + len(gap)
		}
	}
	return max(cells-len(gap), 0)
}

// gap stands between columns.
const gap = "  "

func (t *table) fitted(cells []string) error {
	var b strings.Builder
	for i, cell := range cells {
		if t.widths[i] == 0 {
			continue
		}
		if b.Len() > 0 {
			b.WriteString(gap)
		}
		cell = ansi.Truncate(t.said(i, cell), t.widths[i], "…")
		space := strings.Repeat(" ", max(t.widths[i]-ansi.StringWidth(cell), 0))
		if t.columns[i].right {
			cell, space = space, cell
		}
		b.WriteString(cell + space)
	}
	return t.line(strings.TrimRight(b.String(), " "))
}

// dayOnly is what clock says without the hour.
func dayOnly(cell string) string { return cell[:min(len(cell), len(time.DateOnly))] }

func (t *table) line(s string) error {
	_, err := io.WriteString(t.w, s+"\n")
	return err
}
