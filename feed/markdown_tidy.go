package feed

import (
	"net/url"
	"strings"

	"golang.org/x/net/html"
)

// Limits of what an article may be made of. Those who render it would need
// seconds for more.
const (
	maxPieces  = 12_000 // paragraphs, items, rows, links, pictures …
	maxNesting = 8      // quotes in quotes, lists in lists
	maxRun     = 200    // the same mark of punctuation again and again
)

// A tidier takes the tree of an article and leaves a small vocabulary: p, div,
// h1 to h6, blockquote, pre, ul, ol, li, table, hr, br, strong, em, del, code,
// a with an absolute href, img with an absolute src, and clean text. All else is
// rewritten into these, unwrapped, or taken away.
type tidier struct {
	base   *url.URL
	pieces int  // elements kept so far
	quotes int  // open now
	lists  int  // open now
	joined bool // there are no-break spaces
	within inPage
}

// full reports whether there was more than an article may be made of.
func (t *tidier) full() bool { return t.pieces > maxPieces }

// kinds is a set of what stands inside an element.
type kinds uint8

const (
	content kinds = 1 << iota // anything to read or see
	block                     // an element that stands on lines of its own
	solid                     // a block that cannot stand in the cell of a table
)

// tidy cleans what is inside n and reports what is left.
func (t *tidier) tidy(n *html.Node) kinds {
	var found kinds
	for c, next := n.FirstChild, (*html.Node)(nil); c != nil; c = next {
		next = c.NextSibling
		found |= t.node(c)
	}
	return found
}

// node tidies one child and reports what is left of it.
func (t *tidier) node(n *html.Node) kinds {
	switch {
	case n.Type == html.TextNode && !t.full():
		return t.text(n)
	case n.Type == html.ElementNode && !t.full() && !isJunk(n):
		return t.element(n)
	}
	n.Parent.RemoveChild(n)
	return 0
}

func (t *tidier) text(n *html.Node) kinds {
	n.Data = shortRuns(cleanWords(unfolded(n.Data)))
	t.joined = t.joined || hasNoBreak(n.Data)
	if strings.TrimSpace(n.Data) == "" {
		return 0
	}
	return content
}

// element is the table of what happens to each element.
func (t *tidier) element(n *html.Node) kinds {
	switch tag(n) {
	case "html", "body":
		return t.tidy(n)
	case "head":
		return t.head(n)
	case "script":
		return t.script(n)
	case "style", "template", "title", "link", "meta", "nav", "button", "select", "textarea",
		"datalist", "option", "svg", "canvas", "map", "area", "param", "source", "track", "dialog", "progress", "meter",
		"frameset", "frame", "noframes", "noembed", "basefont", "col", "colgroup", "annotation", "annotation-xml":
		return remove(n)
	case "input":
		return checkbox(n)
	case "noscript":
		return t.noscript(n)
	case "form":
		return t.form(n)
	case "iframe", "video", "audio", "embed", "object":
		return t.media(n)
	case "img", "amp-img":
		return t.image(n)
	case "picture":
		lendSource(n)
		return t.unwrap(n)
	case "a":
		return t.link(n)
	case "br":
		n.Attr = nil
		t.pieces++
		return 0
	case "hr":
		n.Attr = nil
		t.pieces++
		return content | block | solid
	case "pre", "listing", "xmp", "plaintext":
		return t.pre(n)
	case "code", "kbd", "samp", "tt":
		return t.code(n)
	case "b", "strong", "mark":
		return t.emphasis(n, "strong")
	case "i", "em", "var", "dfn", "cite":
		return t.emphasis(n, "em")
	case "del", "s", "strike":
		return t.emphasis(n, "del")
	case "q":
		n.InsertBefore(textNode("“"), n.FirstChild)
		n.AppendChild(textNode("”"))
		return t.unwrap(n)
	case "sup", "sub":
		return t.raised(n)
	case "rt":
		return t.reading(n)
	case "mfrac", "msup", "msub", "msubsup", "msqrt":
		return t.formula(n)
	case "blockquote":
		return t.quote(n)
	case "ul", "ol", "menu", "dir":
		return t.list(n)
	case "li":
		return t.item(n)
	case "dl":
		return t.definitions(n)
	case "table":
		return t.table(n)
	case "tbody", "thead", "tfoot", "tr", "td", "th", "caption":
		return t.tablePart(n)
	case "h1", "h2", "h3", "h4", "h5", "h6":
		return t.heading(n)
	case "summary":
		return t.labelled(n, "strong")
	case "figcaption":
		return t.labelled(n, "em")
	case "p":
		return t.paragraph(n, "p")
	}
	if isBlock(n) {
		return t.paragraph(n, "div")
	}
	return t.unwrap(n)
}

// isBlock reports whether n stands on lines of its own.
func isBlock(n *html.Node) bool {
	if n.Type == html.DocumentNode {
		return true
	}
	switch roles[tag(n)] {
	case lines, paragraph, list, item, cell, verbatim:
		return true
	}
	switch tag(n) {
	case "hgroup", "search", "tbody", "thead", "tfoot", "noscript":
		return true
	}
	return false
}

// shortRuns cuts each run of punctuation that somebody leaned on to maxRun bytes.
func shortRuns(s string) string {
	var b strings.Builder
	run, kept := 0, 0
	for i := 0; i < len(s); i++ {
		if !isPunct(rune(s[i])) {
			run = 0
			continue
		}
		run++
		if run <= maxRun {
			continue
		}
		b.WriteString(s[kept:i])
		kept = i + 1
	}
	if kept == 0 {
		return s
	}
	return b.String() + s[kept:]
}

// unwrap tidies what is in n and puts it in n's place.
func (t *tidier) unwrap(n *html.Node) kinds {
	found := t.tidy(n)
	dissolve(n)
	return found
}

// paragraph keeps a block of words under the given name.
func (t *tidier) paragraph(n *html.Node, name string) kinds {
	t.pieces++
	found := t.tidy(n)
	if found&content == 0 {
		replace(n, element("div")) // what it kept apart stays apart
		return 0
	}
	rename(n, name)
	trimBreaks(n)
	return found | block
}

// trimBreaks takes line breaks from both ends of a block.
func trimBreaks(n *html.Node) {
	for isBreak(n.FirstChild) {
		n.RemoveChild(n.FirstChild)
	}
	for isBreak(n.LastChild) {
		n.RemoveChild(n.LastChild)
	}
}

// isBreak reports whether n is a line break or blank text.
func isBreak(n *html.Node) bool {
	return n != nil && (tag(n) == "br" || n.Type == html.TextNode && strings.TrimSpace(n.Data) == "")
}

// emphasis keeps emphasis of words. Around whole blocks it is dropped: markdown
// has none for these, and a bold article is not worth reading as one.
func (t *tidier) emphasis(n *html.Node, name string) kinds {
	found := t.tidy(n)
	if found&content == 0 || found&block != 0 {
		dissolve(n)
		return found
	}
	rename(n, name)
	t.pieces++
	return found
}

// heading keeps a heading of words; one around lists or tables is a wrapper.
func (t *tidier) heading(n *html.Node) kinds {
	t.pieces++
	found := t.tidy(n)
	if found&content == 0 || found&solid != 0 {
		rename(n, "div")
		return found
	}
	flatten(n, func() *html.Node { return textNode(" ") })
	n.Attr = nil
	return found | block | solid
}

// labelled makes a caption or a summary a paragraph in emphasis.
func (t *tidier) labelled(n *html.Node, mark string) kinds {
	t.pieces++
	found := t.tidy(n)
	if found&content == 0 {
		return remove(n)
	}
	rename(n, "p")
	if found&block == 0 {
		trimBreaks(n)
		wrap(n, mark)
	}
	return found | block
}

// flatten turns the blocks in n into words on one line, with a separator between
// them.
func flatten(n *html.Node, separator func() *html.Node) {
	pending, written := false, false
	var walk func(*html.Node)
	walk = func(p *html.Node) {
		for c, next := p.FirstChild, (*html.Node)(nil); c != nil; c = next {
			next = c.NextSibling
			switch {
			case tag(c) == "br":
				pending = true
				p.RemoveChild(c)
			case c.Type == html.TextNode || tag(c) == "img" || tag(c) == "code":
				if c.Type == html.TextNode && strings.TrimSpace(c.Data) == "" {
					continue
				}
				if pending && written {
					p.InsertBefore(separator(), c)
				}
				pending, written = false, true
			case isBlock(c):
				pending = true
				walk(c)
				dissolve(c)
				pending = true
			default:
				walk(c)
			}
		}
	}
	walk(n)
}

// quote keeps a quotation, to a depth that can be shown.
func (t *tidier) quote(n *html.Node) kinds {
	t.pieces++
	t.quotes++
	setSourceApart(n)
	found := t.tidy(n)
	t.quotes--
	if found&content == 0 {
		return remove(n)
	}
	rename(n, "blockquote")
	if t.quotes >= maxNesting {
		rename(n, "div")
	}
	return found | block | solid
}

// setSourceApart puts the source that a quotation ends with on a line of its own,
// if it comes after a sentence.
func setSourceApart(quote *html.Node) {
	cite := lastIn(quote)
	if tag(cite) == "p" {
		cite = lastIn(cite)
	}
	if tag(cite) != "cite" {
		return
	}
	said := cite.PrevSibling
	for isBreak(said) && tag(said) != "br" {
		said = said.PrevSibling
	}
	if said == nil || tag(said) == "br" || isBlock(said) {
		return
	}
	if strings.ContainsRune(".!?…”\"»“’。！？」』", lastRune(textOf(said))) {
		cite.Parent.InsertBefore(element("br"), cite)
	}
}

// reading puts how something is read, which stands above it in print, after it in
// parentheses; there may be some already.
func (t *tidier) reading(n *html.Node) kinds {
	if strings.TrimSpace(plainText(n)) == "" {
		return t.unwrap(n)
	}
	before := n.PrevSibling
	for isBreak(before) {
		before = before.PrevSibling
	}
	if before == nil || !strings.ContainsRune("(（[［《〈〔【", lastRune(textOf(before))) {
		n.InsertBefore(textNode("("), n.FirstChild)
		n.AppendChild(textNode(")"))
	}
	return t.unwrap(n)
}
