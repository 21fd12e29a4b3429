package ui

import (
	"strings"
	"sync"

	"github.com/alecthomas/chroma/v2/lexers"
	"github.com/yuin/goldmark/ast"
	"github.com/yuin/goldmark/text"
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
