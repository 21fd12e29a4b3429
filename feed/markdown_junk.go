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

// dropSignature takes away the last line that WordPress adds to an article.
func dropSignature(doc *html.Node) {
	last := doc
	for last != nil && last.Type != html.TextNode && tag(last) != "p" {
		last = lastIn(last)
	}
	if last == nil || tag(last) != "p" {
		return
	}
	s := strings.TrimSpace(plainText(last))
	if strings.HasPrefix(s, "The post ") && (strings.Contains(s, " appeared first on ") || strings.Contains(s, " first appeared on ")) && len(s) < 500 {
		remove(last)
	}
}
