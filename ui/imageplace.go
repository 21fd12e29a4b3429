package ui

import (
	"cmp"
	"slices"
	"strings"

	"github.com/yuin/goldmark/ast"
)

// A figure is a place in a page where a picture is drawn, below the line that
// has its words.
type figure struct {
	canvas
	words string // that stand for it in the text
	at    int    // the line of the page that comes after it
	lead  string // what stands to the left of it
	apart bool   // from the one before, of the same text, by an empty line
	rows  int    // how many lines of the page it has; 0 until it is drawn
}

// A canvas is what a drawing depends on: the picture, and how many cells there
// are beside each other.
type canvas struct {
	address string
	room    int
}

// mostFigures is how many pictures of an article are drawn.
const mostFigures = 500

// name is what a picture is called in a message: by its own words, or by its file.
func (f figure) name() string {
	if alt, ok := strings.CutPrefix(f.words, "[image: "); ok {
		return strings.TrimSuffix(alt, "]")
	}
	file, _, _ := strings.Cut(f.address, "?")
	return cmp.Or(file[strings.LastIndex(file, "/")+1:], f.address)
}

// picture notes that there is one in the piece that is open.
func (g *galley) picture(to, words string) {
	to = address(to)
	if g.figures == mostFigures || !strings.HasPrefix(strings.ToLower(to), "http") {
		return
	}
	g.figures++
	last := len(g.place) - 1
	g.pictures[last] = append(g.pictures[last], figure{canvas: canvas{address: to}, words: words})
}

// leaveRoom notes the pictures that are in n, whose text has just been laid
// out.
func (l *layout) leaveRoom(n ast.Node, m *margin) {
	i, ok := l.galley.place[n]
	if !ok {
		return
	}
	for n, f := range l.galley.pictures[i] {
		f.room, f.at, f.lead, f.apart = l.room(m), len(l.lines), m.rest, n > 0
		l.figures = append(l.figures, f)
	}
}

// lower is figures in a page that has so many lines before theirs.
func lower(figures []figure, by int) []figure {
	for i := range figures {
		figures[i].at += by
	}
	return figures
}

// hang puts the rows of a picture into the page. What is at the top of the
// screen stays there.
func (r reader) hang(i int, rows []string) reader {
	f := r.figures[i]
	if f.apart {
		rows = slices.Concat([]string{""}, rows)
	}
	drawn := make([]string, len(rows))
	for y, row := range rows {
		drawn[y] = f.lead + row
	}
	return r.grow(i, len(rows), slices.Concat(r.lines[:f.at], drawn, r.lines[f.at:]))
}

// bare is r with all pictures taken down.
func (r reader) bare() reader {
	for i, f := range r.figures {
		if at := r.figures[i].at; f.rows > 0 {
			r = r.grow(i, -f.rows, slices.Concat(r.lines[:at-f.rows], r.lines[at:]))
		}
	}
	return r
}

// grow takes the lines of a page in which figure i has by rows more than
// before.
func (r reader) grow(i, by int, lines []string) reader {
	at := r.figures[i].at
	r.lines, r.figures = lines, slices.Clone(r.figures)
	r.find = r.find.below(at, by)
	r.figures[i].rows += by
	for j := i; j < len(r.figures); j++ {
		r.figures[j].at += by
	}
	switch {
	case at <= r.top:
		r.top += by
	case at+by < r.top: // it was at the top itself
		r.top = at + by
	}
	return r.scrollTo(r.top)
}

// below is f when the lines from one on have moved by some.
func (f find) below(line, by int) find {
	hits := slices.Clone(f.hits)
	for i, h := range hits {
		if h[0].line < line {
			continue
		}
		hits[i] = slices.Clone(h)
		for j := range h {
			hits[i][j].line += by
		}
	}
	f.hits, f.lines = hits, f.lines+by
	return f
}
