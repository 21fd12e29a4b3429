package feed

import (
	"cmp"
	"iter"
	"strconv"
	"strings"

	"golang.org/x/net/html"
)

// Limits of what is shown as a table. A larger one becomes paragraphs.
const (
	maxColumns = 30
	maxCells   = 20_000
	maxSpan    = 20
	mirrorLen  = 100 // the longest text that is repeated in every cell it spans
)

// cellBreak stands where a cell has a line break: a table in markdown has none.
const cellBreak = " / "

// table keeps tables of words and numbers. One that only arranges things on a
// page becomes what it arranges.
func (t *tidier) table(n *html.Node) kinds {
	lendColumns(n)
	layout := hasWord(attr(n, "role"), "presentation", "none")
	found := t.tidy(n)
	layout = layout || found&content != 0 && isLayout(n)
	if found&content == 0 {
		return remove(n)
	}
	rows, columns := measure(n)
	if layout || found&solid != 0 && !mayFlatten(n) || rows < 2 || columns < 2 || columns > maxColumns || rows*columns > maxCells || inEmphasis(n) {
		unroll(n)
		return found | block
	}
	n.Attr = nil
	alignColumns(n)
	for d := range n.Descendants() {
		if tag(d) == "td" || tag(d) == "th" {
			cellOf(d, rows)
		}
		if tag(d) == "caption" {
			flatten(d, func() *html.Node { return textNode(" ") })
		}
	}
	return found | block | solid
}

// mayFlatten reports whether the lists and the code in a table can be written on
// the lines of its cells: it is one of words and numbers, and has no other in it.
func mayFlatten(n *html.Node) bool {
	if !isData(n) {
		return false
	}
	for d := range n.Descendants() {
		switch tag(d) {
		case "table", "blockquote", "hr":
			return false
		case "td", "th":
			if len(plainText(d)) > longCell {
				return false
			}
		}
	}
	return true
}

// isData reports whether a table says what is in it.
func isData(n *html.Node) bool {
	for d := range n.Descendants() {
		switch tag(d) {
		case "th", "thead", "caption":
			return true
		}
	}
	return false
}

// longCell is how much a cell of words and numbers has to read at most.
const longCell = 400

// isLayout reports whether a table without headings holds pictures or whole
// paragraphs.
func isLayout(n *html.Node) bool {
	if isData(n) {
		return false
	}
	long := false
	for d := range n.Descendants() {
		switch tag(d) {
		case "td":
			long = long || len(plainText(d)) > longCell
		case "img":
			long = true
		}
	}
	return long
}

// tablePart keeps the parts of a table for the table to decide.
func (t *tidier) tablePart(n *html.Node) kinds {
	if tag(n) == "tr" {
		t.pieces++
	}
	found := t.tidy(n)
	kept := n.Attr
	align := alignment(n)
	n.Attr = nil
	for _, a := range kept {
		if a.Key == "colspan" || a.Key == "rowspan" {
			n.Attr = append(n.Attr, a)
		}
	}
	if align != "" {
		setAttr(n, "align", align)
	}
	return found
}

// alignment is where the words of a cell stand, or of the cells in n: "left",
// "center" or "right"; "" if nothing says so.
func alignment(n *html.Node) string {
	for style := range strings.SplitSeq(strings.ToLower(attr(n, "style")), ";") {
		name, value, _ := strings.Cut(style, ":")
		value, _, _ = strings.Cut(value, "!")
		if strings.TrimSpace(name) == "text-align" {
			return aligned(value)
		}
	}
	for class := range strings.FieldsSeq(attr(n, "class")) {
		if where, ok := strings.CutPrefix(class, "has-text-align-"); ok {
			return aligned(where)
		}
	}
	return aligned(attr(n, "align"))
}

// aligned is the name of a side as markdown knows it; "" for another.
func aligned(side string) string {
	switch side = strings.ToLower(strings.TrimSpace(side)); side {
	case "left", "center", "right":
		return side
	case "start":
		return "left"
	case "end":
		return "right"
	}
	return ""
}

// lendColumns gives what is said of the columns of a table to their cells that
// say nothing.
func lendColumns(n *html.Node) {
	var sides []string
	said := false
	for d := range n.Descendants() {
		if tag(d) == "col" && len(sides) < maxColumns {
			side := alignment(d)
			said = said || side != ""
			for range min(span(d, "span", maxSpan), maxColumns-len(sides)) {
				sides = append(sides, side)
			}
		}
	}
	if !said {
		return
	}
	for d := range n.Descendants() {
		if tag(d) != "tr" {
			continue
		}
		for c, i := range cellsOf(d) {
			if i < len(sides) && sides[i] != "" && alignment(c) == "" {
				setAttr(c, "align", sides[i])
			}
		}
	}
}

// cellsOf goes through the cells of a row, each with the number of its column,
// as far as the row itself tells.
func cellsOf(row *html.Node) iter.Seq2[*html.Node, int] {
	return func(yield func(*html.Node, int) bool) {
		column := 0
		for c := row.FirstChild; c != nil; c = c.NextSibling {
			if tag(c) != "td" && tag(c) != "th" {
				continue
			}
			if !yield(c, column) {
				return
			}
			column += span(c, "colspan", maxSpan)
		}
	}
}

// alignColumns gives each cell of the first row, which speaks for its column in
// markdown, the side on which most cells below it stand.
func alignColumns(n *html.Node) {
	var first *html.Node
	cells := map[int]int{}
	sides := map[int]map[string]int{}
	for d := range n.Descendants() {
		switch {
		case tag(d) != "tr":
			continue
		case first == nil:
			first = d
			continue
		}
		for c, i := range cellsOf(d) {
			cells[i]++
			side := cmp.Or(attr(c, "align"), attr(d, "align"))
			if side == "" {
				continue
			}
			if sides[i] == nil {
				sides[i] = map[string]int{}
			}
			sides[i][side]++
		}
	}
	for c, i := range cellsOf(first) {
		if attr(c, "align") == "" && attr(first, "align") != "" {
			setAttr(c, "align", attr(first, "align"))
		}
		for side, n := range sides[i] {
			if 2*n > cells[i] {
				setAttr(c, "align", side)
			}
		}
	}
}

// measure counts the rows of a table and the cells of its longest row.
func measure(n *html.Node) (rows, columns int) {
	for d := range n.Descendants() {
		if tag(d) != "tr" {
			continue
		}
		rows++
		width := 0
		for c := d.FirstChild; c != nil; c = c.NextSibling {
			if tag(c) == "td" || tag(c) == "th" {
				width += span(c, "colspan", maxSpan)
			}
		}
		columns = max(columns, width)
	}
	return rows, columns
}

// span is how many columns or rows a cell covers, at most limit.
func span(n *html.Node, key string, limit int) int {
	v, err := strconv.Atoi(strings.TrimSpace(attr(n, key)))
	if err != nil {
		return 1
	}
	return min(max(v, 1), limit)
}

// cellOf makes what is in a cell words on one line.
func cellOf(n *html.Node, rows int) {
	codeLines(n)
	flatten(n, func() *html.Node { return textNode(cellBreak) })
	across, down := span(n, "colspan", maxSpan), span(n, "rowspan", min(maxSpan, rows))
	align := strings.ToLower(attr(n, "align"))
	n.Attr = nil
	if align == "right" || align == "center" || align == "left" {
		setAttr(n, "align", align)
	}
	if len(plainText(n)) > mirrorLen {
		return
	}
	if across > 1 {
		setAttr(n, "colspan", strconv.Itoa(across))
	}
	if down > 1 {
		setAttr(n, "rowspan", strconv.Itoa(down))
	}
}

// codeLines makes each line of the code in a cell a code span.
func codeLines(cell *html.Node) {
	var blocks []*html.Node
	for d := range cell.Descendants() {
		if tag(d) == "pre" {
			blocks = append(blocks, d)
		}
	}
	for _, pre := range blocks {
		div := element("div")
		for line := range strings.SplitSeq(plainText(pre), "\n") {
			if line = strings.TrimSpace(line); line != "" {
				code := element("code")
				code.AppendChild(textNode(line))
				div.AppendChild(code)
				div.AppendChild(element("br"))
			}
		}
		replace(pre, div)
	}
}

// inEmphasis reports whether n stands in an element that cannot hold a table.
func inEmphasis(n *html.Node) bool {
	for p := n.Parent; p != nil; p = p.Parent {
		switch tag(p) {
		case "a", "b", "strong", "em", "i", "del", "s", "strike", "li", "h1", "h2", "h3", "h4", "h5", "h6":
			return true
		}
	}
	return false
}

// unroll makes a table and its parts plain blocks. A table in it stays one.
func unroll(n *html.Node) {
	for c := n.FirstChild; c != nil; c = c.NextSibling {
		switch tag(c) {
		case "tbody", "thead", "tfoot", "tr", "td", "th", "caption":
			unroll(c)
		}
	}
	rename(n, "div")
}
