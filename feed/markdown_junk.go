package feed

import (
	"strings"

	"golang.org/x/net/html"
)

// junk are classes of what is not part of an article, as the common publishing
// programs name them.
var junk = map[string]bool{
	// for sharing
	"feedflare": true, "sharedaddy": true, "addtoany_share_save_container": true, "addtoany_content": true,
	"share-buttons": true, "social-share": true, "social-sharing": true, "post-share": true, "wp-block-jetpack-sharing-buttons": true,
	"a2a_kit": true, "addthis_toolbox": true, "heateor_sss_sharing_container": true,
	// for machines
	"screen-reader-text": true, "sr-only": true, "visually-hidden": true,
	// beside headings and code
	"headerlink": true, "anchorjs-link": true, "heading-anchor": true, "header-anchor": true, "mw-editsection": true,
	"gutter": true, "rouge-gutter": true, "linenos": true, "linenodiv": true, "blob-num": true, "lnt": true,
}

// isJunk reports whether n is not there to be read.
func isJunk(n *html.Node) bool {
	hidden := false
	for _, a := range n.Attr {
		switch a.Key {
		case "class":
			for _, f := range strings.Fields(a.Val) {
				if junk[f] {
					return true
				}
			}
		case "hidden":
			hidden = a.Val != "until-found"
		case "aria-hidden":
			hidden = hidden || a.Val == "true" && (tag(n) == "a" || tag(n) == "span" || tag(n) == "i")
		case "style":
			hidden = hidden || strings.Contains(strings.ReplaceAll(a.Val, " ", ""), "display:none")
		}
	}
	return hidden
}

// formLen is how much there is to read in a form that is the page itself.
const formLen = 600

// form drops forms, but for those that some programs put around a whole page.
func (t *tidier) form(n *html.Node) kinds {
	if len(plainText(n)) < formLen {
		return remove(n)
	}
	return t.unwrap(n)
}

// noscript keeps the pictures for those without scripts where the one for scripts
// had no address.
func (t *tidier) noscript(n *html.Node) kinds {
	if afterPicture(n) {
		return remove(n)
	}
	inner, err := html.ParseFragment(strings.NewReader(plainText(n)), element("div"))
	if err != nil {
		return remove(n)
	}
	div := element("div")
	for _, c := range inner {
		div.AppendChild(c)
	}
	var found kinds
	for _, img := range pictures(div) {
		img.Parent.RemoveChild(img)
		n.Parent.InsertBefore(img, n)
		found |= t.image(img)
	}
	remove(n)
	return found
}

func pictures(n *html.Node) []*html.Node {
	var found []*html.Node
	for d := range n.Descendants() {
		if tag(d) == "img" {
			found = append(found, d)
		}
	}
	return found
}

// afterPicture reports whether the last thing before a noscript is a picture that
// was kept, or one in a link.
func afterPicture(n *html.Node) bool {
	p := n.PrevSibling
	for p != nil && isBreak(p) {
		p = p.PrevSibling
	}
	return p != nil && (tag(p) == "img" || tag(p) == "a" && onlyPicture(p) != nil)
}

// dropOwnFrame takes away a frame of the article's own site behind all else: it
// holds the comments, or counts readers. One that plays something stays.
func (t *tidier) dropOwnFrame(doc *html.Node) {
	last := lastParagraph(doc)
	if last == nil || tag(onlyChild(last)) != "a" || before(last) == nil {
		return
	}
	a := onlyChild(last)
	page, own := attr(a, "href"), t.base.Hostname()
	host := hostOf(page)
	if plainText(a) != "Embedded: "+host || !strings.HasSuffix("."+own, "."+host) {
		return
	}
	for _, s := range []string{"embed", "player", "video", "audio", "podcast"} {
		if strings.Contains(strings.ToLower(page), s) {
			return
		}
	}
	remove(last)
}

// lastParagraph is the paragraph that a tidy tree ends with; nil if it ends with
// something else.
func lastParagraph(doc *html.Node) *html.Node {
	last := doc
	for last != nil && last.Type != html.TextNode && tag(last) != "p" {
		last = lastIn(last)
	}
	if tag(last) != "p" {
		return nil
	}
	return last
}

// signatures are the last line that WordPress adds to an article, in the
// languages that it is known in: its words before the title of the article, and
// those between that and the name of the site.
var signatures = []struct{ before, between string }{
	{"The post", "appeared first on"}, {"The post", "first appeared on"},
	{"Der Beitrag", "erschien zuerst auf"}, {"Der Artikel", "erschien zuerst auf"},
	{"L'article", "est apparu en premier sur"}, {"Cet article", "est apparu en premier sur"},
	{"La entrada", "se publicó primero en"}, {"La entrada", "aparece primero en"}, {"El post", "apareció primero en"},
	{"L'articolo", "proviene da"}, {"L'articolo", "sembra essere il primo su"},
	{"O post", "apareceu primeiro em"}, {"O conteúdo", "aparece primeiro em"},
	{"Het bericht", "verscheen eerst op"},
	{"Inlägget", "dök först upp på"},
	{"Artykuł", "pochodzi z serwisu"},
	{"Сообщение", "появились сначала на"}, {"Запись", "впервые появилась"},
}

// longestSignature is more than the longest such line.
const longestSignature = 500

// dropSignature takes away the last line that WordPress adds to an article.
func dropSignature(doc *html.Node) {
	last := lastParagraph(doc)
	if last == nil {
		return
	}
	s := Line(plainText(last))
	if len(s) > longestSignature {
		return
	}
	s = straight.Replace(s)
	before, between := aroundLinks(last)
	for _, as := range signatures {
		linked := before == as.before && between == as.between
		if linked || as.before == "The post" && strings.HasPrefix(s, "The post ") && strings.Contains(s, " "+as.between+" ") {
			remove(last)
			return
		}
	}
}

// straight writes what may stand for another in a signature in one way.
var straight = strings.NewReplacer("’", "'", "\u00a0", " ", "\u202f", " ")

// aroundLinks is the text before the first link in n and that between it and the
// second, if there are two and nothing but a full stop comes after them.
func aroundLinks(n *html.Node) (before, between string) {
	parts := []string{""}
	for c := n.FirstChild; c != nil; c = c.NextSibling {
		switch {
		case c.Type == html.TextNode:
			parts[len(parts)-1] += c.Data
		case tag(c) == "a":
			parts = append(parts, "")
		default:
			return "", ""
		}
	}
	if len(parts) != 3 || strings.Trim(parts[2], " .\n") != "" {
		return "", ""
	}
	trimmed := func(s string) string { return plainLine(straight.Replace(s)) }
	return trimmed(parts[0]), trimmed(parts[1])
}
