package ui

import (
	"strings"
	"sync"

	"github.com/alecthomas/chroma/v2"
	"github.com/alecthomas/chroma/v2/lexers"
	colours "github.com/alecthomas/chroma/v2/styles"
	"github.com/lucasb-eyer/go-colorful"
	"github.com/muesli/termenv"
	"github.com/yuin/goldmark/ast"
	"github.com/yuin/goldmark/renderer"
	"github.com/yuin/goldmark/text"
	"github.com/yuin/goldmark/util"
)

// mostColouredCode is how many bytes of a page's code are coloured; colouring
// is slow, and code beyond that is a file rather than an example.
const mostColouredCode = 32 << 10

// code takes in a block of code, coloured if its language is known.
func (g *galley) code(n ast.Node, language string) {
	code := strings.Trim(expandTabs(clean(string(n.Lines().Value(g.source)))), "\n")
	language = knownLanguage(language)
	if !g.colourCode || language == "" || len(code) > g.codeLeft {
		g.open(n, g.root)
		g.say(code, inlineSet{})
		g.end()
		return
	}
	g.codeLeft -= len(code)
	block := ast.NewFencedCodeBlock(ast.NewTextSegment(g.put(language)))
	lines := text.NewSegments()
	lines.Append(g.put(code + "\n"))
	block.SetLines(lines)
	g.open(n, g.root)
	g.root.AppendChild(g.root, block)
	g.end()
}

// expandTabs is code with spaces up to every fourth column for tabs.
func expandTabs(code string) string {
	if !strings.Contains(code, "\t") {
		return code
	}
	var b strings.Builder
	for line := range strings.Lines(code) {
		col := 0
		for {
			before, after, ok := strings.Cut(line, "\t")
			b.WriteString(before)
			if !ok {
				break
			}
			col += width(before)
			pad := 4 - col%4
			b.WriteString("    "[:pad])
			col += pad
			line = after
		}
	}
	return b.String()
}

// knownLanguage is a name by which code can be coloured, or "". To ask for an
// unknown one would cost milliseconds.
func knownLanguage(name string) string {
	name = strings.TrimPrefix(strings.ToLower(name), "language-")
	if languages()[name] {
		return name
	}
	return ""
}

var languages = sync.OnceValue(func() map[string]bool {
	known := map[string]bool{}
	for _, name := range lexers.Names(true) {
		known[strings.ToLower(name)] = true
	}
	for _, name := range []string{"text", "plain", "plaintext", "no-highlight", "nohighlight", "fallback"} {
		delete(known, name)
	}
	return known
})

// coloursCode reports whether code blocks can be coloured.
func (t Theme) coloursCode() bool {
	_, known := colours.Registry[t.CodeColors]
	return known && t.Profile != termenv.Ascii
}

// codePrinter prints blocks of code in glamour's place, in colours that can be
// read on the page of a theme. One must never be used by two at a time.
type codePrinter struct {
	theme Theme
	looks map[chroma.TokenType]sgr // those that were needed so far
}

func newCodePrinter(t Theme) codePrinter {
	return codePrinter{t, map[chroma.TokenType]sgr{}}
}

// RegisterFuncs tells goldmark what is printed here.
func (p codePrinter) RegisterFuncs(r renderer.NodeRendererFuncRegisterer) {
	r.Register(ast.KindFencedCodeBlock, p.print)
}

func (p codePrinter) print(w util.BufWriter, source []byte, n ast.Node, entering bool) (ast.WalkStatus, error) {
	if !entering {
		return ast.WalkContinue, nil
	}
	lexer := chroma.Coalesce(lexers.Get(string(n.(*ast.FencedCodeBlock).Language(source))))
	tokens, err := lexer.Tokenise(nil, string(n.Lines().Value(source)))
	if err != nil {
		return ast.WalkStop, err
	}
	for t := range tokens.Stdlib() {
		w.WriteString(p.look(t.Type).paint(t.Value))
	}
	return ast.WalkSkipChildren, nil
}

// look is how a kind of token looks. It has no background: what the style's
// own are made for may be quite another page.
func (p codePrinter) look(kind chroma.TokenType) sgr {
	look, ok := p.looks[kind]
	if !ok {
		look = p.theme.codeLook(kind)
		p.looks[kind] = look
	}
	return look
}

func (t Theme) codeLook(kind chroma.TokenType) (look sgr) {
	entry := colours.Get(t.CodeColors).Get(kind)
	if c := entry.Colour; c.IsSet() {
		least := textContrast
		if kind.InCategory(chroma.Comment) {
			least = commentContrast
		}
		look = t.ink(t.lifted(colorful.Color{R: float64(c.Red()) / 255, G: float64(c.Green()) / 255, B: float64(c.Blue()) / 255}, least))
	}
	for attr, has := range map[attr]chroma.Trilean{attrBold: entry.Bold, attrItalic: entry.Italic, attrUnderline: entry.Underline} {
		if has == chroma.Yes {
			look = look.with(attr)
		}
	}
	return look
}
