package ui

import (
	"strconv"
	"strings"

	"github.com/yuin/goldmark/ast"

	"app/newsterm/feed"
)

// Links are numbered for the keys that open them: first those that are words of
// the text, as they stand in it, then those to other places of the article, such
// as its notes, then its pictures. Each address has one number.

// A linkKind is what a link is, in the order in which they are numbered.
type linkKind int

const (
	toElsewhere linkKind = iota
	toPlace              // of the same article
	toPicture
	linkKinds
)

// number numbers the links of a text, which is of the page at an address.
func (g *galley) number(doc ast.Node, at string) {
	var found [linkKinds][]string
	ast.Walk(doc, func(n ast.Node, entering bool) (ast.WalkStatus, error) {
		to := ""
		if entering {
			to = g.leads(n)
		}
		if to == "" {
			return ast.WalkContinue, nil
		}
		kind := kindOf(n, to, at)
		found[kind] = append(found[kind], to)
		return ast.WalkSkipChildren, nil
	})
	g.numbers = map[string]int{}
	for kind, list := range found {
		for _, to := range list {
			if g.numbers[to] == 0 {
				g.numbers[to] = len(g.numbers) + 1
			}
		}
		if linkKind(kind) == toElsewhere {
			g.counted = len(g.numbers)
		}
	}
}

// kindOf is what a link is that leads somewhere from the page at an address.
func kindOf(n ast.Node, to, at string) linkKind {
	only := n.FirstChild()
	switch {
	case n.Kind() == ast.KindImage, only != nil && only == n.LastChild() && only.Kind() == ast.KindImage:
		return toPicture
	case feed.Within(to, at) != "":
		return toPlace
	}
	return toElsewhere
}

// leads is the address that a link or a picture leads to; "" if that is not one to
// be opened, or n is something else.
func (g *galley) leads(n ast.Node) string {
	switch n := n.(type) {
	case *ast.Link:
		return address(plain(n.Destination))
	case *ast.Image:
		return address(plain(n.Destination))
	case *ast.AutoLink:
		to := entities(string(n.URL(g.source)))
		if n.AutoLinkType == ast.AutoLinkEmail && !strings.HasPrefix(strings.ToLower(to), "mailto:") {
			to = "mailto:" + to
		}
		return address(to)
	}
	return ""
}

// nameLink says, before the words of a link, what is to be said of it. What it
// returns says the rest after them: for ears, where the link ends; for eyes, the
// number of a link that is words.
func (g *galley) nameLink(look, outer inlineSet) (end func()) {
	if look.link == 0 || look.link == outer.link {
		return func() {}
	}
	n := g.numbers[g.links[look.link-1]]
	switch {
	case g.spoken:
		g.say("[link "+strconv.Itoa(n)+": ", outer)
		return func() { g.say("]", outer) }
	case g.numbered && n <= g.counted:
		return func() { g.say(string(faintRune)+"["+strconv.Itoa(n)+"]"+string(faintEndRune), outer) }
	}
	return func() {}
}
