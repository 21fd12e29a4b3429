package ui

import (
	"strings"

	"github.com/charmbracelet/x/ansi"
)

// A stretch is some neighbouring cells of a line of the page.
type stretch struct{ line, col, cells int }

// A patch is put over some cells of a line: another look, and another text
// unless that is "".
type patch struct {
	stretch
	look sgr
	text string
}

// patched is line with patches over it, which are in the order of its cells.
// It is as wide as it was, unless a text goes on where the line has ended.
func patched(line string, patches []patch) string {
	if len(patches) == 0 {
		return line
	}
	p := patcher{patches: patches}
	for i := 0; i < len(line); {
		switch {
		case strings.HasPrefix(line[i:], "\x1b["):
			n := strings.IndexByte(line[i:], 'm') + 1
			if n == 0 {
				return line
			}
			p.now = p.now.then(line[i+2 : i+n-1])
			i += n
		case line[i] == 0x1b:
			n := strings.Index(line[i:], "\x1b\\") + 2
			if n < 2 {
				return line
			}
			p.out.WriteString(line[i : i+n])
			i += n
		default:
			cluster, cells := ansi.FirstGraphemeCluster(line[i:], ansi.GraphemeWidth)
			p.glyph(cluster, cells)
			i += len(cluster)
		}
	}
	for len(p.patches) > 0 {
		p.text()
		p.patches = p.patches[1:]
	}
	p.paint(sgr{})
	return p.out.String()
}

// A patcher writes a line anew.
type patcher struct {
	patches []patch // that are not over yet
	said    bool    // the text of the first has been written
	now     sgr     // how the line looks here
	open    sgr     // how what is written looks
	col     int     // cells of the line so far
	out     strings.Builder
}

// glyph writes what takes some cells of the line, or what is put over it.
func (p *patcher) glyph(cluster string, cells int) {
	for len(p.patches) > 0 && p.col >= p.patches[0].col+p.patches[0].cells {
		p.text()
		p.patches, p.said = p.patches[1:], false
	}
	over := len(p.patches) > 0 && p.col+cells > p.patches[0].col && p.col < p.patches[0].col+p.patches[0].cells
	switch {
	case !over:
		p.paint(p.now)
		p.out.WriteString(cluster)
	case p.patches[0].text == "":
		p.paint(p.now.under(p.patches[0].look))
		p.out.WriteString(cluster)
	default:
		p.hide(cells)
	}
	p.col += cells
}

// hide leaves out a glyph of so many cells under the text of the first patch.
// Of a wide one some cells may stand out on either side: they are spaces.
func (p *patcher) hide(cells int) {
	first := p.patches[0]
	if before := first.col - p.col; before > 0 {
		p.paint(p.now)
		p.out.WriteString(strings.Repeat(" ", before))
	}
	p.text()
	end := p.col + cells
	if len(p.patches) > 1 {
		end = min(end, p.patches[1].col)
	}
	if after := end - first.col - first.cells; after > 0 {
		p.paint(p.now)
		p.out.WriteString(strings.Repeat(" ", after))
	}
}

// text writes the text of the first patch, once.
func (p *patcher) text() {
	if first := p.patches[0]; !p.said && first.text != "" {
		p.paint(first.look)
		p.out.WriteString(first.text)
		p.said = true
	}
}

// paint has what follows look so.
func (p *patcher) paint(look sgr) {
	if look == p.open {
		return
	}
	if p.open != (sgr{}) {
		p.out.WriteString(sgrReset)
	}
	p.out.WriteString(look.String())
	p.open = look
}

// under is s with what over says in its place.
func (s sgr) under(over sgr) sgr {
	if over.fg != "" {
		s.fg = over.fg
	}
	if over.bg != "" {
		s.bg = over.bg
	}
	s.attrs |= over.attrs
	return s
}
