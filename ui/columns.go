package ui

import (
	"strings"

	"github.com/yuin/goldmark/ast"
	extension "github.com/yuin/goldmark/extension/ast"
)

// A tableCell is a cell ready to be broken into lines.
type tableCell struct {
	styledText
	glyphs  []glyph
	natural int // how wide it is with all the room it wants
	least   int // how wide its longest word is
}

// table lays out a table: in columns if they can be made narrow enough, else as
// one record after another.
func (l *layout) table(n *extension.Table, m *margin) {
	room := l.room(m)
	for row := n.FirstChild(); row != nil; row = row.NextSibling() {
		for c := row.FirstChild(); c != nil; c = c.NextSibling() {
			l.mark(c)
		}
	}
	rows := l.cells(n, room)
	widths := columnWidths(rows, room)
	if widths == nil && l.wide {
		widths = columnWidths(rows, roomWanted(rows))
	}
	if widths == nil {
		l.records(rows, m, room)
		return
	}
	l.columns(rows, widths, n.Alignments, m)
}

// cells are the rows of a table, the header first.
func (l *layout) cells(n *extension.Table, room int) [][]tableCell {
	var rows [][]tableCell
	for r := n.FirstChild(); r != nil; r = r.NextSibling() {
		var row []tableCell
		for c := r.FirstChild(); c != nil; c = c.NextSibling() {
			row = append(row, l.cell(c, room))
		}
		rows = append(rows, row)
	}
	return rows
}

func (l *layout) cell(n ast.Node, room int) tableCell {
	c := tableCell{}
	if i, ok := l.galley.place[n]; ok {
		c.styledText = l.pieces[i]
	}
	c.glyphs = glyphs(nil, c.text, room)
	word := 0
	for i, g := range c.glyphs {
		if i == 0 || g.kind&(isSpace|isNewline) != 0 || mayBreak(c.glyphs[i-1], g) {
			word = 0
		}
		if g.kind&isSpace == 0 {
			word += g.cells
		}
		c.least = max(c.least, word)
	}
	for _, s := range wrap(c.glyphs, 1<<30) {
		c.natural = max(c.natural, s.cells(c.glyphs))
	}
	return c
}

const (
	columnGap   = 3  // " │ "
	leastColumn = 5  // cells a column needs to be worth having
	leastProse  = 16 // and one with whole sentences
	longWord    = 14 // longer words may be cut rather than widen a column
)

// columnWidths shares the room among the columns, nil if there is too little.
func columnWidths(rows [][]tableCell, room int) []int {
	columns := len(rows[0])
	least, natural := make([]int, columns), make([]int, columns)
	for _, row := range rows {
		for i, c := range row[:min(len(row), columns)] {
			natural[i] = max(natural[i], c.natural, 1)
			least[i] = max(least[i], min(c.least, longWord), min(c.natural, leastColumn), 1)
			if c.natural > 2*leastProse {
				least[i] = max(least[i], leastProse)
			}
		}
	}
	room -= columnGap * (columns - 1)
	if columns == 0 || sum(least) > room {
		return nil
	}
	return share(least, natural, room-sum(least))
}

// widestColumn is how wide a column of a table that scrolls sideways gets.
const widestColumn = 40

// roomWanted is the room in which the columns of a table have the width they
// want, within reason.
func roomWanted(rows [][]tableCell) int {
	columns := len(rows[0])
	wanted := make([]int, columns)
	for _, row := range rows {
		for i, c := range row[:min(len(row), columns)] {
			wanted[i] = max(wanted[i], min(c.natural, widestColumn), 1)
		}
	}
	return sum(wanted) + columnGap*(columns-1)
}

// share gives each column its least and, cell by cell, more up to its natural
// width; the narrowest goes first, so that short columns stay whole.
func share(least, natural []int, spare int) []int {
	widths := append([]int(nil), least...)
	for ; spare > 0; spare-- {
		pick := -1
		for i := range widths {
			if widths[i] < natural[i] && (pick < 0 || widths[i] < widths[pick]) {
				pick = i
			}
		}
		if pick < 0 {
			break
		}
		widths[pick]++
	}
	return widths
}

func sum(ns []int) int {
	total := 0
	for _, n := range ns {
		total += n
	}
	return total
}

// columns draws a table side by side. Rows are set apart by lines if most of
// them are more than a line high.
func (l *layout) columns(rows [][]tableCell, widths []int, align []extension.Alignment, m *margin) {
	drawn := make([][]string, len(rows))
	tall := 0
	for i, row := range rows {
		drawn[i] = l.row(row, widths, align)
		if i > 0 && len(drawn[i]) > 1 {
			tall++
		}
	}
	for i, row := range drawn {
		if i == 1 || i > 1 && 2*tall > len(rows) {
			l.put(m, l.crossing(widths, i == 1))
		}
		for _, line := range row {
			l.put(m, line)
		}
	}
}

// crossing is the line between two rows, stronger under the header.
func (l *layout) crossing(widths []int, header bool) string {
	dash, cross := "┈", "┼"
	if header {
		dash = "─"
	}
	var parts []string
	for _, w := range widths {
		parts = append(parts, strings.Repeat(dash, w))
	}
	return l.faint.paint(strings.Join(parts, dash+cross+dash))
}

// row is one row of a table as lines.
func (l *layout) row(row []tableCell, widths []int, align []extension.Alignment) []string {
	spans := make([][]span, len(widths))
	height := 1
	for i := range widths {
		if i < len(row) {
			spans[i] = wrap(row[i].refit(widths[i]), widths[i])
			height = max(height, len(spans[i]))
		}
	}
	lines := make([]string, height)
	for y := range lines {
		var b strings.Builder
		for i, w := range widths {
			if i > 0 {
				b.WriteString(" " + l.faint.paint("│") + " ")
			}
			text, cells := "", 0
			if y < len(spans[i]) {
				text = row[i].draw(row[i].glyphs, spans[i][y], l.links)
				cells = spans[i][y].cells(row[i].glyphs)
			}
			b.WriteString(aligned(text, w-cells, align[i]))
		}
		lines[y] = b.String()
	}
	return lines
}

// refit marks what is too wide for a column of w cells.
func (c tableCell) refit(w int) []glyph {
	if w < 2 {
		copy(c.glyphs, glyphs(nil, c.text, w))
	}
	return c.glyphs
}

// aligned is text among spare spaces.
func aligned(text string, spare int, to extension.Alignment) string {
	left := 0
	switch to {
	case extension.AlignRight:
		left = spare
	case extension.AlignCenter:
		left = spare / 2
	}
	return strings.Repeat(" ", left) + text + strings.Repeat(" ", spare-left)
}

// records draws a table that has no room for its columns, a row after the
// other, each cell after the name of its column.
func (l *layout) records(rows [][]tableCell, m *margin, room int) {
	for i, row := range rows[1:] {
		if i > 0 {
			l.gap = m
		}
		for j, c := range row {
			if c.natural > 0 {
				l.field(rows[0], j, c, m, room)
			}
		}
	}
	if len(rows) == 1 {
		for j, c := range rows[0] {
			l.field(nil, j, c, m, room)
		}
	}
}

// field draws one cell of a record.
func (l *layout) field(header []tableCell, j int, c tableCell, m *margin, room int) {
	t := c.styledText
	if j < len(header) && header[j].natural > 0 {
		t = header[j].styledText.joined(": ", c.styledText)
	}
	gs := glyphs(nil, t.text, room)
	for _, s := range wrap(gs, room) {
		l.put(m, t.draw(gs, s, l.links))
	}
}

// joined is t, plain text between, and u.
func (t styledText) joined(between string, u styledText) styledText {
	marks := append([]styleMark(nil), t.marks...)
	marks = append(marks, styleMark{at: len(t.text)})
	for _, mark := range u.marks {
		mark.at += len(t.text) + len(between)
		marks = append(marks, mark)
	}
	return styledText{text: t.text + between + u.text, marks: marks}
}
