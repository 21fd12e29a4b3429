package cli

import (
	"bufio"
	"io"
	"strings"

	"github.com/charmbracelet/x/ansi"

	"app/newsterm/feed"
)

// A column of a table. The last one takes what the others leave.
type column struct {
	most  int  // cells; more are cut
	right bool // aligned to the right, as numbers are
}

// A table prints rows in columns on a terminal, fitted to its width, or with
// tabs between them in a pipe.
type table struct {
	w       *bufio.Writer
	columns []column
	tabs    bool
	screen  int // the terminal's width
	widths  []int
	waiting [][]string // rows that decide how wide the columns are
}

// enough rows decide how wide columns are.
const enough = 500

func (a *app) table(tabs bool, columns ...column) *table {
	width, _ := size(a.Out)
	return &table{w: bufio.NewWriter(a.Out), columns: columns, tabs: tabs, screen: width}
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

// measure gives each column what its cells need, but no more than half
// of what is left of the screen.
func (t *table) measure() {
	last := len(t.columns) - 1
	t.widths = make([]int, len(t.columns))
	left := t.screen
	for i, c := range t.columns[:last] {
		for _, cells := range t.waiting {
			t.widths[i] = max(t.widths[i], min(ansi.StringWidth(cells[i]), c.most))
		}
		if i > 0 {
			t.widths[i] = min(t.widths[i], max(left/2, 1))
		}
		left -= t.widths[i] + 2
	}
	t.widths[last] = max(left, 1)
}

func (t *table) fitted(cells []string) error {
	var b strings.Builder
	for i, cell := range cells {
		cell = ansi.Truncate(cell, t.widths[i], "…")
		space := strings.Repeat(" ", max(t.widths[i]-ansi.StringWidth(cell), 0))
		switch {
		case i == len(cells)-1:
			b.WriteString(cell)
		case t.columns[i].right:
			b.WriteString(space + cell + "  ")
		default:
			b.WriteString(cell + space + "  ")
		}
	}
	return t.line(strings.TrimRight(b.String(), " "))
}

func (t *table) line(s string) error {
	_, err := io.WriteString(t.w, s+"\n")
	return err
}
