package feed

import (
	"strings"

	"golang.org/x/net/html"
)

// attrSecond is on a list that follows another of its kind.
const attrSecond = "newsterm-second"

// list keeps a list, to a depth that can be shown.
func (t *tidier) list(n *html.Node) kinds {
	t.lists++
	found := t.tidy(n)
	t.lists--
	if found&content == 0 {
		return remove(n)
	}
	if t.lists >= maxNesting {
		for c := n.FirstChild; c != nil; c = c.NextSibling {
			if tag(c) == "li" {
				rename(c, "div")
			}
		}
		rename(n, "div")
		return found | block
	}
	if tag(n) != "ol" {
		rename(n, "ul")
	}
	items(n)
	if followsList(n) {
		setAttr(n, attrSecond, "1")
	}
	return found | block | solid
}

// item keeps an item of a list; one without a list is a block.
func (t *tidier) item(n *html.Node) kinds {
	t.pieces++
	found := t.tidy(n)
	if found&content == 0 {
		return remove(n)
	}
	switch tag(n.Parent) {
	case "ul", "ol", "menu", "dir":
		rename(n, "li")
	default:
		rename(n, "div")
	}
	trimBreaks(n)
	return found | block
}

// items makes sure that a list has nothing but items, and items no paragraphs:
// what would be a second one follows after a line break.
func items(n *html.Node) {
	var li *html.Node
	for c, next := n.FirstChild, (*html.Node)(nil); c != nil; c = next {
		next = c.NextSibling
		switch {
		case tag(c) == "li":
			li = c
		case c.Type == html.TextNode && strings.TrimSpace(c.Data) == "":
			n.RemoveChild(c)
		default:
			if li == nil {
				li = element("li")
				n.InsertBefore(li, c)
			} else if last := li.LastChild; !isBlock(c) && last != nil && !isBlock(last) {
				li.AppendChild(element("br"))
			}
			n.RemoveChild(c)
			li.AppendChild(c)
		}
	}
	for c := n.FirstChild; c != nil; c = c.NextSibling {
		joinParagraphs(c)
	}
}

// joinParagraphs turns the boxes in an item into lines, and keeps its paragraphs
// but for the first, which is the item itself. What comes after an empty line is
// a paragraph too.
func joinParagraphs(li *html.Node) {
	words, broken := false, false
	boxed := false // a box has just begun: its first paragraph is its line
	breaks := 0    // stand between the words and what is next
	var walk func(p *html.Node)
	walk = func(p *html.Node) {
		for c, next := p.FirstChild, (*html.Node)(nil); c != nil; c = next {
			next = c.NextSibling
			if words && breaks > 1 && isWords(c) && isBlock(p) {
				c = wrapLines(c)
				next, boxed = c.NextSibling, false
			}
			if !isBreak(c) {
				breaks = 0
			}
			switch {
			case tag(c) == "p" && words && !boxed:
				words, broken = false, false
				walk(c)
				words = true
			case tag(c) == "p" || tag(c) == "div":
				broken, boxed = words, boxed || tag(c) == "div"
				walk(c)
				dissolve(c)
				broken, boxed = words, false
			case isBlock(c):
				words, broken = false, false
			case tag(c) == "br":
				p.RemoveChild(c)
				broken = words
				breaks++
			case c.Type == html.TextNode && strings.TrimSpace(c.Data) == "", hasAttr(c, attrBox):
			default:
				if broken {
					p.InsertBefore(element("br"), c)
				}
				words, broken, boxed = true, false, false
			}
		}
	}
	walk(li)
}

// isWords reports whether n is something to read within a line.
func isWords(n *html.Node) bool { return !isBreak(n) && !isBlock(n) && !isOurs(n) }

// wrapLines puts the lines from n on, up to the next block or empty line, into a
// paragraph of their own.
func wrapLines(n *html.Node) *html.Node {
	p := element("p")
	n.Parent.InsertBefore(p, n)
	for c := n; c != nil && !isBlock(c) && !isEmptyLine(c); c = p.NextSibling {
		c.Parent.RemoveChild(c)
		p.AppendChild(c)
	}
	trimBreaks(p)
	return p
}

// isEmptyLine reports whether n is a line break with another after it.
func isEmptyLine(n *html.Node) bool {
	if tag(n) != "br" {
		return false
	}
	for n = n.NextSibling; isBreak(n); n = n.NextSibling {
		if tag(n) == "br" {
			return true
		}
	}
	return false
}

// followsList reports whether nothing stands between n and another list of its
// kind that has not the second marker itself.
func followsList(n *html.Node) bool {
	p := before(n)
	for p != nil && tag(p) == "div" {
		p = lastIn(p)
	}
	return p != nil && tag(p) == n.Data && attr(p, attrSecond) == ""
}

// before is the node that comes before n; nil if n is the first in what is more
// than a plain wrapper.
func before(n *html.Node) *html.Node {
	for ; n != nil; n = n.Parent {
		for p := n.PrevSibling; p != nil; p = p.PrevSibling {
			if !isBreak(p) && !(tag(p) == "div" && p.FirstChild == nil) {
				return p
			}
		}
		if n.Parent == nil || roles[tag(n.Parent)] != lines || tag(n.Parent) == "body" {
			return nil
		}
	}
	return nil
}

// lastIn is the last child of n that can be seen; nil if there is none.
func lastIn(n *html.Node) *html.Node {
	c := n.LastChild
	for isBreak(c) {
		c = c.PrevSibling
	}
	return c
}

// definitions makes a list of it, in which each item has a term in bold and
// below it what is said of it.
func (t *tidier) definitions(n *html.Node) kinds {
	list := element("ul")
	regroup(n, list)
	replace(n, list)
	return t.list(list)
}

// regroup puts the dt in n with the dd that follow them into items of a list.
func regroup(n, list *html.Node) {
	said := true // what follows is about another term
	for c, next := n.FirstChild, (*html.Node)(nil); c != nil; c = next {
		next = c.NextSibling
		put := c
		switch tag(c) {
		case "div":
			regroup(c, list)
			said = true
			continue
		case "dt":
			rename(c, "summary")
			if said {
				list.AppendChild(element("li"))
			}
			said, put = false, element("div")
		case "dd":
			rename(c, "div")
			said = true
		}
		if isBreak(c) {
			continue
		}
		if list.LastChild == nil {
			list.AppendChild(element("li"))
		}
		n.RemoveChild(c)
		list.LastChild.AppendChild(put)
		if put != c {
			put.AppendChild(c)
		}
	}
}

// attrBox is on the element that stands for the box before a task.
const attrBox = "newsterm-box"

// checkbox keeps the box that an item begins with: it says whether a task is
// done. Other inputs are for forms.
func checkbox(n *html.Node) kinds {
	if !strings.EqualFold(attr(n, "type"), "checkbox") || !beginsItem(n) {
		return remove(n)
	}
	state := " "
	if hasAttr(n, "checked") {
		state = "x"
	}
	rename(n, "span")
	setAttr(n, attrBox, state)
	return 0
}

// beginsItem reports whether nothing stands before n in the item of a list.
func beginsItem(n *html.Node) bool {
	for ; n != nil && tag(n) != "li"; n = n.Parent {
		for p := n.PrevSibling; p != nil; p = p.PrevSibling {
			if !isBreak(p) {
				return false
			}
		}
	}
	return n != nil && (tag(n.Parent) == "ul" || tag(n.Parent) == "ol")
}
