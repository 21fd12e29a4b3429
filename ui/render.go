package ui

import (
	"bytes"
	"errors"
	"fmt"
	"strings"
	"sync"

	"github.com/charmbracelet/glamour/ansi"
	"github.com/muesli/termenv"
	"github.com/yuin/goldmark"
	"github.com/yuin/goldmark/extension"
	"github.com/yuin/goldmark/renderer"
	"github.com/yuin/goldmark/text"
	"github.com/yuin/goldmark/util"
)

const (
	mostMarkdown = 1 << 20 // bytes; the rest is left out, and said to be
	widest       = 10_000  // columns; no terminal has more
)

// Render turns markdown into lines for a terminal, none wider than width cells.
func Render(markdown string, width int, t Theme) ([]string, error) {
	p, err := logical(markdown, "", width, false, t)
	lines := p.lines
	for i, l := range lines {
		if t.Profile == termenv.Ascii {
			l = withoutLinks(l) // it may not know them
		}
		if t.Spoken {
			l = signWords.Replace(l)
		}
		lines[i] = strings.TrimRight(laid(l, t.Visual), " ")
	}
	return lines, err
}

// logical is Render with text in the order in which it is read, see bidi.go.
//
//	markdown → goldmark → galley → glamour → styledText → layout → lines
//
// A line holds printable text, SGR and OSC 8 sequences made here, and nothing
// else, whatever the markdown holds. It is complete in itself: styles and links
// are closed at its end and opened again on the next. Text that cannot be
// rendered is shown without style; the error is for a width below 1. With wide,
// tables and code that do not fit are as wide as they want to be. The page is at
// an address, which some of its links may lead back to.
func logical(markdown, at string, width int, wide bool, t Theme) (p page, err error) {
	if width < 1 {
		return page{}, fmt.Errorf("render: no room in %d columns", width)
	}
	width = min(width, widest)
	source, cutShort := shorten(clean(markdown))
	defer func() {
		if trouble := recover(); trouble != nil {
			p, err = page{lines: unstyled(source, width)}, nil
		}
		if cutShort {
			p.lines = append(p.lines, leftOut(width)...)
		}
	}()
	p, err = typeset([]byte(source), at, width, wide, t)
	if err != nil {
		return page{lines: unstyled(source, width)}, nil
	}
	return p, nil
}

// leftOut says so of the rest of a text that was shortened.
func leftOut(width int) []string {
	return unstyled("\n[The rest is left out: the text is longer than 1 MB.]", width)
}

// shorten cuts what is too long to be rendered at the end of a line.
func shorten(s string) (string, bool) {
	if len(s) <= mostMarkdown {
		return s, false
	}
	s = strings.ToValidUTF8(s[:mostMarkdown], "")
	if i := strings.LastIndexByte(s, '\n'); i > mostMarkdown/2 {
		s = s[:i]
	}
	return s, true
}

var errLost = errors.New("render: glamour lost a part of the text")

func typeset(source []byte, at string, width int, wide bool, t Theme) (page, error) {
	source = tame(source)
	doc := markdownParser.Parse(text.NewReader(source))
	g := newGalley(source, t)
	g.number(doc, at)
	g.addAll(doc, false)
	out, err := g.styled(t)
	if err != nil {
		return page{}, err
	}
	l := layout{galley: g, pieces: readStyled(out), links: g.links, width: width, wide: wide, faint: t.ink(t.Faint), muted: t.ink(t.Muted), accent: t.ink(t.Accent)}
	if len(l.pieces) != len(g.place) {
		return page{}, errLost
	}
	l.marks.places = map[string]int{}
	l.blocks(doc, &margin{}, false)
	return page{lines: l.lines, figures: l.figures, marks: l.marks, numbers: g.numbers}, nil
}

// styled is the galley as glamour prints it.
func (g *galley) styled(t Theme) (string, error) {
	pool := glamours(t)
	r := pool.Get().(renderer.Renderer)
	var out bytes.Buffer
	if err := r.Render(&out, g.text, g.root); err != nil {
		return "", err
	}
	pool.Put(r) // not after an error or a panic: it keeps what it had begun
	return out.String(), nil
}

// glamours holds the renderers for a theme that are free to be used. One must
// never be used by two at a time.
func glamours(t Theme) *sync.Pool {
	pool, ok := glamourPools.Load(t)
	if !ok {
		pool, _ = glamourPools.LoadOrStore(t, &sync.Pool{New: func() any { return newGlamour(t) }})
	}
	return pool.(*sync.Pool)
}

var glamourPools sync.Map // of Theme to *sync.Pool

func newGlamour(t Theme) renderer.Renderer {
	node := ansi.NewRenderer(glamourOptions(t))
	return renderer.NewRenderer(renderer.WithNodeRenderers(util.Prioritized(node, 1000), util.Prioritized(newCodePrinter(t), 100)))
}

var markdownParser = goldmark.New(goldmark.WithExtensions(extension.GFM, extension.Footnote)).Parser()

// unstyled is text wrapped as it stands.
func unstyled(s string, width int) []string {
	return styledText{text: clean(s)}.wrapped(width)
}

// wrapped is t in lines of at most width cells.
func (t styledText) wrapped(width int) (lines []string) {
	gs := glyphs(nil, t.text, width)
	for _, s := range wrap(gs, width) {
		lines = append(lines, t.flush(t.draw(gs, s, nil), width))
	}
	return lines
}
