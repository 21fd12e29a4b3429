package ui

import (
	"strconv"
	"strings"

	"github.com/yuin/goldmark/ast"
	extension "github.com/yuin/goldmark/extension/ast"

	"app/newsterm/feed"
)

// A layout puts the pieces of a page, styled by glamour, into lines: quotes
// behind their bars, items under their bullets, tables in their columns.
type layout struct {
	galley  *galley
	pieces  []styledText
	links   []string // addresses to lead to
	width   int
	wide    bool // what does not fit is as wide as it wants to be
	lines   []string
	figures []figure // the places of pictures in them
	marks   landmarks
	gap     *margin // a blank line is due there before the next line
	spare   []glyph // room for the glyphs of the piece at hand

	faint, muted, accent sgr
}

// deepest is how many quotes and lists inside each other are shown as such.
const deepest = 8

// A margin is what stands to the left of the text of a quote or an item.
type margin struct {
	outer *margin
	lead  string // on the next line
	rest  string // on the lines after it
	cells int
	depth int // how many quotes and lists it is inside
	lists int // how many of them are lists without numbers
}

// within is a margin inside m, with lead before its first line and rest before
// the others. Where there is no room for it, or it is too deep, it adds nothing.
func (m *margin) within(lead, rest string, room int) *margin {
	in := &margin{outer: m, lead: m.lead, rest: m.rest, cells: m.cells, depth: m.depth + 1, lists: m.lists}
	cells := width(lead)
	if in.depth > deepest || room-m.cells-cells < min(10, max(1, room/2)) {
		return in
	}
	in.lead += lead
	in.rest += rest
	in.cells += cells
	return in
}

// next is what stands before the next line.
func (m *margin) next() string {
	s := m.lead
	for ; m != nil; m = m.outer {
		m.lead = m.rest
	}
	return s
}

// put adds a line.
func (l *layout) put(m *margin, line string) {
	if l.gap != nil {
		l.lines = append(l.lines, strings.TrimRight(l.gap.rest, " "))
		l.gap = nil
	}
	line = m.next() + line
	if width(line) <= l.width {
		line = strings.TrimRight(line, " ")
	}
	l.lines = append(l.lines, line)
}

// blocks lays out the blocks under n, a blank line between them; but in an item
// of a tight list none before a list inside it.
func (l *layout) blocks(n ast.Node, m *margin, tight bool) {
	start := len(l.lines)
	for c := n.FirstChild(); c != nil; c = c.NextSibling() {
		if len(l.lines) > start {
			l.gap = m
			if tight && (c.Kind() == ast.KindTextBlock || c.Kind() == ast.KindList) {
				l.gap = nil
			}
		}
		l.block(c, m)
	}
}

func (l *layout) block(n ast.Node, m *margin) {
	switch n := n.(type) {
	case *ast.Heading:
		l.heading(n, m)
	case *ast.Blockquote:
		bar := l.faint.paint("│") + " "
		l.blocks(n, m.within(bar, bar, l.width), false)
	case *ast.List:
		l.list(n, m)
	case *ast.FencedCodeBlock, *ast.CodeBlock:
		l.code(n, m)
	case *ast.ThematicBreak:
		l.rule(m)
	case *extension.Table:
		l.table(n, m)
	case *extension.FootnoteList:
		l.footnotes(n, m)
	case *ast.LinkReferenceDefinition:
	default:
		l.prose(n, m)
	}
}

// piece is the styled text of n, its glyphs, and the room they have. The glyphs
// are good until the next piece is asked for.
func (l *layout) piece(n ast.Node, m *margin) (styledText, []glyph, int) {
	var text styledText
	if i, ok := l.galley.place[n]; ok {
		text = l.pieces[i]
	}
	room := l.room(m)
	l.spare = glyphs(l.spare[:0], text.text, room)
	return text, l.spare, room
}

// room is how many cells there are beside a margin.
func (l *layout) room(m *margin) int { return max(l.width-m.cells, 1) }

// prose lays out running text and returns how wide it came out.
func (l *layout) prose(n ast.Node, m *margin) int {
	text, gs, room := l.piece(n, m)
	l.mark(n)
	widest := 0
	for _, s := range wrap(gs, room) {
		if text.beginsRTL() {
			l.putRTL(m, text.drawn(gs, s, l.links))
		} else {
			l.put(m, text.draw(gs, s, l.links))
		}
		widest = max(widest, s.cells(gs))
	}
	l.leaveRoom(n, m)
	return widest
}

// heading lays out a heading; the first level gets a line under it.
func (l *layout) heading(n *ast.Heading, m *margin) {
	if i, ok := l.galley.place[n]; ok {
		l.marks.headings = append(l.marks.headings, aHeading{n.Level, feed.Line(l.pieces[i].text), l.nextLine()})
	}
	widest := l.prose(n, m)
	if n.Level == 1 && widest > 0 {
		rule := l.faint.paint(strings.Repeat("─", widest))
		if strings.HasPrefix(l.lines[len(l.lines)-1], markRTL) {
			l.putRTL(m, rule)
		} else {
			l.put(m, rule)
		}
	}
}

// rule draws a short line in the middle.
func (l *layout) rule(m *margin) {
	room := l.room(m)
	n := max(room/3, 1)
	l.put(m, strings.Repeat(" ", (room-n)/2)+l.faint.paint(strings.Repeat("─", n)))
}

// footnotes lays out the notes at the end of a page, below a line.
func (l *layout) footnotes(n *extension.FootnoteList, m *margin) {
	l.put(m, l.faint.paint(strings.Repeat("─", max(l.room(m)/3, 1))))
	for c := n.FirstChild(); c != nil; c = c.NextSibling() {
		if note, ok := c.(*extension.Footnote); ok {
			mark := footnoteMark(note.Index) + " "
			l.item(note, m.within(l.muted.paint(mark), strings.Repeat(" ", len(mark)), l.width), true)
		}
	}
}

// code lays out a block of code as it is; what is too long goes on in the next
// line, after an arrow.
func (l *layout) code(n ast.Node, m *margin) {
	in := m
	if l.width-m.cells >= 24 {
		in = m.within("  ", "  ", l.width)
	}
	l.language(n, in)
	text, gs, room := l.piece(n, in)
	text.code = true
	arrow := ""
	if room > 8 {
		arrow = l.faint.paint("↪") + " "
	}
	if l.wide {
		l.wideCode(text, gs, in)
		return
	}
	lines, continues := cut(gs, room, width(arrow))
	for i, s := range lines {
		lead := ""
		if continues[i] {
			lead = arrow
		}
		l.put(in, lead+text.draw(gs, s, l.links))
	}
}

// language says above a block of code what it is written in, if that is known.
func (l *layout) language(n ast.Node, m *margin) {
	block, fenced := n.(*ast.FencedCodeBlock)
	if !fenced {
		return
	}
	name := knownLanguage(string(block.Language(l.galley.source)))
	if label := "── " + name; name != "" && width(label) <= l.room(m) {
		l.put(m, l.faint.paint("──")+" "+l.muted.paint(name))
	}
}

// wideCode lays out code in lines as long as they want to be, all of a block
// equally long, so that they scroll together.
func (l *layout) wideCode(text styledText, gs []glyph, m *margin) {
	lines, _ := cut(gs, widest, 0)
	longest := 0
	for _, s := range lines {
		longest = max(longest, s.cells(gs))
	}
	for _, s := range lines {
		l.put(m, text.draw(gs, s, l.links)+strings.Repeat(" ", longest-s.cells(gs)))
	}
}

// list lays out a list. The numbers of a numbered one stand flush right.
func (l *layout) list(n *ast.List, m *margin) {
	start := len(l.lines)
	number, last := n.Start, n.Start+n.ChildCount()-1
	bullet := l.bullet(m)
	for c := n.FirstChild(); c != nil; c = c.NextSibling() {
		if len(l.lines) > start {
			l.gap = m
			if n.IsTight {
				l.gap = nil
			}
		}
		mark, cells := bullet, 2
		if n.IsOrdered() {
			mark, cells = l.number(number, last)
			number++
		}
		if box := taskBox(c); box != nil {
			mark, cells = l.box(box.IsChecked), 2
		}
		l.item(c, m.item(mark, cells, l.width, !n.IsOrdered()), n.IsTight)
	}
}

// item is the margin of an item of a list.
func (m *margin) item(mark string, cells, room int, bulleted bool) *margin {
	in := m.within(mark, strings.Repeat(" ", cells), room)
	if bulleted {
		in.lists++
	}
	return in
}

func (l *layout) item(n ast.Node, m *margin, tight bool) {
	start := len(l.lines)
	l.blocks(n, m, tight)
	if len(l.lines) == start {
		l.put(m, "")
	}
}

func (l *layout) bullet(m *margin) string {
	if m.lists%2 == 1 {
		return l.muted.paint("◦") + " "
	}
	return l.muted.paint("•") + " "
}

func (l *layout) number(n, last int) (string, int) {
	digits := len(strconv.Itoa(last))
	s := strconv.Itoa(n) + "."
	s = strings.Repeat(" ", max(digits+1-len(s), 0)) + s
	return l.muted.paint(s) + " ", len(s) + 1
}

func (l *layout) box(checked bool) string {
	if checked {
		return l.accent.paint("☑") + " "
	}
	return l.muted.paint("☐") + " "
}

// taskBox is the box an item starts with, nil if it is no task.
func taskBox(item ast.Node) *extension.TaskCheckBox {
	if item.FirstChild() == nil || item.FirstChild().FirstChild() == nil {
		return nil
	}
	box, _ := item.FirstChild().FirstChild().(*extension.TaskCheckBox)
	return box
}
