package ui

import (
	"strconv"
	"strings"
	"unicode"
	"unicode/utf8"

	"app/newsterm/feed"
	"github.com/yuin/goldmark/ast"
	extension "github.com/yuin/goldmark/extension/ast"
	"github.com/yuin/goldmark/text"
)

// A galley is the text of a page on its way to glamour: every paragraph,
// heading, cell and block of code one after the other, entities and escapes
// resolved, links replaced by runes of our own. Glamour styles the whole in one
// go; layout.go finds the pieces again by their nodes and puts them in place.
//
// It is rebuilt rather than handed on because glamour decodes entities once
// more after markdown has, so that &#27; would come out as an escape.
type galley struct {
	source  []byte           // the markdown
	text    []byte           // what glamour reads
	root    *ast.TextBlock   // how it is styled
	place   map[ast.Node]int // the number of each piece
	links   []string         // the address of link n at n-1
	numbers map[string]int   // that under which each address is listed: see linknumber.go
	counted int              // how many of them are of links that are words

	pictures map[int][]figure // those in each piece that has some
	places   map[int][]string // the names of the places in each piece that has some
	figures  int              // how many they are

	spoken     bool // headings and links say what they are
	numbered   bool // links show their numbers
	colourCode bool
	codeLeft   int // how many bytes of code may still be coloured

	block   ast.Node  // where text goes now
	pending int       // where text not yet put into a node starts
	look    inlineSet // and how it looks
}

// An inlineSet is what applies to some text of a paragraph at once.
type inlineSet struct {
	strong, emph, strike, code, image bool
	link                              int
}

func newGalley(source []byte, t Theme) *galley {
	return &galley{
		source:     source,
		root:       ast.NewTextBlock(),
		place:      map[ast.Node]int{},
		pictures:   map[int][]figure{},
		places:     map[int][]string{},
		spoken:     t.Spoken,
		numbered:   t.Numbered,
		colourCode: t.coloursCode(),
		codeLeft:   mostColouredCode,
	}
}

// add takes in the blocks under n. Text in a quote looks like a quote.
func (g *galley) add(n ast.Node, quoted bool) {
	switch n := n.(type) {
	case *ast.Paragraph, *ast.TextBlock:
		g.piece(n, g.container(quoted), inlineSet{})
	case *ast.Heading:
		g.piece(n, g.within(ast.NewHeading(n.Level)), inlineSet{})
	case *extension.TableCell:
		g.piece(n, g.container(quoted), inlineSet{strong: n.Parent().Kind() == extension.KindTableHeader})
	case *ast.FencedCodeBlock:
		g.code(n, string(n.Language(g.source)))
	case *ast.CodeBlock:
		g.code(n, "")
	case *ast.HTMLBlock:
		g.html(n, g.container(quoted))
	case *ast.Blockquote:
		g.addAll(n, true)
	default:
		g.addAll(n, quoted)
	}
}

func (g *galley) addAll(n ast.Node, quoted bool) {
	for c := n.FirstChild(); c != nil; c = c.NextSibling() {
		g.add(c, quoted)
	}
}

// container is where the text of a block goes. Text directly under the root
// takes glamour's short way, without blocks and their margins.
func (g *galley) container(quoted bool) ast.Node {
	if quoted {
		return g.within(ast.NewBlockquote())
	}
	return g.root
}

// within is block put where glamour expects blocks.
func (g *galley) within(block ast.Node) ast.Node {
	g.root.AppendChild(g.root, wrapNode(ast.NewDocument(), block))
	return block
}

// piece takes in the text of one block.
func (g *galley) piece(n, container ast.Node, look inlineSet) {
	g.open(n, container)
	g.sayHeading(n, look)
	g.inlines(n, look)
	g.end()
}

// html takes in what is to be read in a block of raw HTML.
func (g *galley) html(n *ast.HTMLBlock, container ast.Node) {
	g.open(n, container)
	raw := string(n.Lines().Value(g.source))
	if n.HasClosure() {
		raw += string(n.ClosureLine.Value(g.source))
	}
	g.say(clean(feed.Text(raw)), inlineSet{})
	g.end()
}

// open starts the piece of n, the text of which goes into container.
func (g *galley) open(n, container ast.Node) {
	g.place[n] = len(g.place)
	g.block = container
	g.pending = len(g.text)
}

// end finishes the piece that open started.
func (g *galley) end() {
	g.flush()
	g.root.AppendChild(g.root, ast.NewTextSegment(g.put(string(leafEndRune))))
	g.pending = len(g.text)
}

// put adds text as it is, and says where it lies.
func (g *galley) put(s string) text.Segment {
	from := len(g.text)
	g.text = append(g.text, s...)
	return text.NewSegment(from, len(g.text))
}

// say adds text that is to be read as it stands.
func (g *galley) say(s string, look inlineSet) {
	if look != g.look || look.image {
		g.flush()
		g.look = look
	}
	if strings.ContainsAny(s, `&\`) {
		s = guard.Replace(s)
	}
	g.text = append(g.text, s...)
}

// guard keeps glamour from reading entities and escapes.
var guard = strings.NewReplacer("&", string(ampersandRune), `\`, string(backslashRune))

// flush puts the pending text into nodes that glamour understands.
func (g *galley) flush() {
	if g.pending == len(g.text) {
		return
	}
	said := string(g.text[g.pending:])
	if g.look.link > 0 {
		said = string(linkRune+rune(g.look.link)) + said + string(linkEndRune)
	}
	g.text = g.text[:g.pending]
	g.block.AppendChild(g.block, g.look.node(ast.NewTextSegment(g.put(said))))
	g.pending = len(g.text)
}

// node is text with everything around it that applies to it. The order is the
// one in which glamour lets the outer look reach the inner.
func (s inlineSet) node(text ast.Node) ast.Node {
	n := text
	if s.image {
		return wrapNode(ast.NewImage(ast.NewLink()), n)
	}
	if s.code {
		n = wrapNode(ast.NewCodeSpan(), n)
	}
	if s.strike {
		n = wrapNode(extension.NewStrikethrough(), n)
	}
	if s.emph {
		n = wrapNode(ast.NewEmphasis(1), n)
	}
	if s.strong {
		n = wrapNode(ast.NewEmphasis(2), n)
	}
	if s.link > 0 {
		link := ast.NewLink()
		link.Destination = []byte("#") // of which glamour prints nothing
		n = wrapNode(link, n)
	}
	return n
}

func wrapNode(outer, inner ast.Node) ast.Node {
	outer.AppendChild(outer, inner)
	return outer
}

// inlines takes in what stands in the lines of n.
func (g *galley) inlines(n ast.Node, look inlineSet) {
	for c := n.FirstChild(); c != nil; c = c.NextSibling() {
		g.inline(c, look)
	}
}

func (g *galley) inline(n ast.Node, look inlineSet) {
	switch n := n.(type) {
	case *ast.Text:
		g.say(oneLine(plain(n.Segment.Value(g.source))), look)
		g.lineBreak(n, look)
	case *ast.CodeSpan:
		look.code = true
		g.say(oneLine(clean(string(raw(n, g.source)))), look)
	case *ast.Emphasis:
		look.emph = look.emph || n.Level == 1
		look.strong = look.strong || n.Level > 1
		g.inlines(n, look)
	case *extension.Strikethrough:
		look.strike = true
		g.inlines(n, look)
	case *ast.Link:
		g.link(n, look)
		if c := n.FirstChild(); c != nil && c == n.LastChild() && c.Kind() == ast.KindImage {
			g.apart(n, look)
		}
	case *ast.AutoLink:
		outer := look
		look.link = g.linkTo(g.leads(n))
		end := g.nameLink(look, outer)
		g.say(oneLine(clean(entities(string(n.Label(g.source))))), look)
		end()
	case *ast.Image:
		g.image(n, look)
		g.apart(n, look)
	case *extension.FootnoteLink:
		g.say(footnoteMark(n.Index), look)
	case *ast.RawHTML:
		tag := string(n.Segments.Value(g.source))
		if strings.HasPrefix(strings.ToLower(tag), "<br") {
			g.say("\n", look)
		}
		g.notePlace(tag)
	default:
		g.inlines(n, look)
	}
}

// footnoteMark is the sign of a footnote, in the text and before the note.
func footnoteMark(n int) string { return "[" + strconv.Itoa(n) + "]" }

func (g *galley) lineBreak(n *ast.Text, look inlineSet) {
	if n.HardLineBreak() {
		g.say("\n", look)
	} else if n.SoftLineBreak() {
		g.say(" ", look)
	}
}

// link takes in a link's text, or its address if it has none.
func (g *galley) link(n *ast.Link, look inlineSet) {
	outer := look
	look.link = g.linkTo(g.leads(n))
	defer g.nameLink(look, outer)()
	before := len(g.text)
	g.inlines(n, look)
	if len(g.text) == before {
		g.say(oneLine(plain(n.Destination)), look)
	}
}

// linkTo takes in the address of a link, and returns where it is among them; 0 if
// it is not one to be opened.
func (g *galley) linkTo(to string) int {
	if to == "" || len(g.links) == linkRunes {
		return 0
	}
	g.links = append(g.links, to)
	return len(g.links)
}

// image takes in the words that stand for a picture.
func (g *galley) image(n *ast.Image, look inlineSet) {
	alt := strings.TrimSpace(oneLine(altText(n, g.source)))
	words := "[image]"
	if alt != "" {
		words = "[image: " + alt + "]"
	}
	if look.link == 0 {
		look.link = g.linkTo(g.leads(n))
	}
	look.image = true
	g.say(words, look)
	g.picture(plain(n.Destination), words)
}

// apart keeps what follows a picture without a space from being glued to its
// words. The text of a paragraph that begins with one comes below it.
func (g *galley) apart(picture ast.Node, look inlineSet) {
	next := picture.NextSibling()
	text, ok := next.(*ast.Text)
	switch {
	case next == nil || ok && !beginsWord(text.Segment.Value(g.source)):
	case picture.PreviousSibling() == nil && next.Kind() != ast.KindImage:
		g.say("\n", look)
	default:
		g.say(" ", look)
	}
}

// beginsWord reports whether text begins with a letter or a digit.
func beginsWord(text []byte) bool {
	r, _ := utf8.DecodeRune(text)
	return unicode.IsLetter(r) || unicode.IsNumber(r)
}

// altText is the text under n without any style.
func altText(n ast.Node, source []byte) string {
	var b strings.Builder
	for c := n.FirstChild(); c != nil; c = c.NextSibling() {
		switch c := c.(type) {
		case *ast.Text:
			b.WriteString(plain(c.Segment.Value(source)))
			if c.SoftLineBreak() || c.HardLineBreak() {
				b.WriteByte(' ')
			}
		case *ast.CodeSpan:
			b.WriteString(clean(string(raw(c, source))))
		default:
			b.WriteString(altText(c, source))
		}
	}
	return b.String()
}

// raw is the text under n as it stands in the source.
func raw(n ast.Node, source []byte) []byte {
	var b []byte
	for c := n.FirstChild(); c != nil; c = c.NextSibling() {
		if t, ok := c.(*ast.Text); ok {
			b = append(b, t.Segment.Value(source)...)
		}
	}
	return b
}
