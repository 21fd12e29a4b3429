package feed

import (
	"strings"

	"golang.org/x/net/html"
	"golang.org/x/net/html/atom"
)

// tag is the name of an element; "" if n is none.
func tag(n *html.Node) string {
	if n == nil || n.Type != html.ElementNode {
		return ""
	}
	return n.Data
}

// remove takes n out of the tree, with nothing left of it.
func remove(n *html.Node) kinds {
	if n.Parent != nil {
		n.Parent.RemoveChild(n)
	}
	return 0
}

// dissolve puts what is in n in its place.
func dissolve(n *html.Node) {
	for c := n.FirstChild; c != nil; c = n.FirstChild {
		n.RemoveChild(c)
		n.Parent.InsertBefore(c, n)
	}
	n.Parent.RemoveChild(n)
}

// rename makes n another element, without attributes.
func rename(n *html.Node, name string) {
	n.Data, n.DataAtom, n.Attr, n.Namespace = name, atom.Lookup([]byte(name)), nil, ""
}

func element(name string) *html.Node {
	return &html.Node{Type: html.ElementNode, Data: name, DataAtom: atom.Lookup([]byte(name))}
}

func textNode(s string) *html.Node { return &html.Node{Type: html.TextNode, Data: s} }

// wrap puts all that is in n into a new element in it.
func wrap(n *html.Node, name string) {
	inner := element(name)
	for c := n.FirstChild; c != nil; c = n.FirstChild {
		n.RemoveChild(c)
		inner.AppendChild(c)
	}
	n.AppendChild(inner)
}

// replace puts r in the place of n.
func replace(n, r *html.Node) {
	n.Parent.InsertBefore(r, n)
	n.Parent.RemoveChild(n)
}

// hasWord reports whether one of words is among those of s.
func hasWord(s string, words ...string) bool {
	for _, f := range strings.Fields(s) {
		for _, w := range words {
			if strings.EqualFold(f, w) {
				return true
			}
		}
	}
	return false
}

// attr is the value of an attribute; "" if n has none of that name.
func attr(n *html.Node, key string) string {
	for _, a := range n.Attr {
		if a.Key == key {
			return a.Val
		}
	}
	return ""
}

func hasAttr(n *html.Node, key string) bool {
	for _, a := range n.Attr {
		if a.Key == key {
			return true
		}
	}
	return false
}

func setAttr(n *html.Node, key, value string) {
	for i := range n.Attr {
		if n.Attr[i].Key == key {
			n.Attr[i].Val = value
			return
		}
	}
	n.Attr = append(n.Attr, html.Attribute{Key: key, Val: value})
}

// textOf is all text in n, or n itself if it is text.
func textOf(n *html.Node) string {
	if n != nil && n.Type == html.TextNode {
		return n.Data
	}
	return plainText(n)
}

// plainText is all text in n.
func plainText(n *html.Node) string {
	var b strings.Builder
	for d := range n.Descendants() {
		if d.Type == html.TextNode {
			b.WriteString(d.Data)
		}
	}
	return b.String()
}
