package feed

import (
	"strconv"
	"strings"

	"golang.org/x/net/html"
)

// image keeps pictures that have an address and are there to be seen.
func (t *tidier) image(n *html.Node) kinds {
	if isPixel(n) {
		return remove(n)
	}
	alt := Line(cleanText(attr(n, "alt")))
	src := t.source(n)
	if isEmoji(n, src) {
		replace(n, textNode(alt))
		return content
	}
	if src == "" || isBeacon(src) {
		return remove(n)
	}
	title := Line(cleanText(attr(n, "title")))
	if alt == "" {
		alt = title
	}
	rename(n, "img")
	t.pieces++
	setAttr(n, "src", src)
	setAttr(n, "alt", Cut(shortRuns(alt), maxTitle))
	if title != "" && title != alt {
		setAttr(n, "title", Cut(shortRuns(title), maxTitle))
	}
	return content
}

// sayTitles writes the titles of pictures below them, for readers who have no
// mouse to rest on one: some comics hide their last joke there. A picture within
// a line has no room for it, and a name like its own adds nothing.
func sayTitles(doc *html.Node) {
	for _, img := range pictures(doc) {
		title := attr(img, "title")
		top := ownLine(img)
		if top == nil || !strings.Contains(title, " ") || isSaid(title, img, top) {
			continue
		}
		said := element("em")
		said.AppendChild(textNode(title))
		top.Parent.InsertBefore(said, top.NextSibling)
		top.Parent.InsertBefore(element("br"), said)
	}
}

// ownLine is a picture that has a line for itself, with the link around it if
// there is one; nil if it has none, or one in a heading or a table.
func ownLine(img *html.Node) *html.Node {
	top := img
	for top.Parent != nil && !isBlock(top.Parent) {
		top = top.Parent
		if onlyPicture(top) == nil {
			return nil
		}
	}
	previous := func(n *html.Node) *html.Node { return n.PrevSibling }
	next := func(n *html.Node) *html.Node { return n.NextSibling }
	if !isEdge(top, previous) || !isEdge(top, next) || inHeading(top) {
		return nil
	}
	for p := top.Parent; p != nil; p = p.Parent {
		if tag(p) == "table" {
			return nil
		}
	}
	return top
}

// isEdge reports whether a line begins or ends at n, in the direction of step.
func isEdge(n *html.Node, step func(*html.Node) *html.Node) bool {
	for n = step(n); isBreak(n) && tag(n) != "br"; {
		n = step(n)
	}
	return n == nil || tag(n) == "br" || isBlock(n)
}

// isSaid reports whether the title of a picture is to be read already: in the
// words that stand for it, or in what comes next.
func isSaid(title string, img, top *html.Node) bool {
	said := attr(img, "alt")
	if next := nextSeen(top); next != nil {
		said += "\n" + textOf(next)
	}
	return strings.Contains(strings.ToLower(said), strings.ToLower(title))
}

// nextSeen is what comes after n that can be seen; nil if nothing does.
func nextSeen(n *html.Node) *html.Node {
	for ; n != nil; n = n.Parent {
		for s := n.NextSibling; s != nil; s = s.NextSibling {
			if !isBreak(s) {
				return s
			}
		}
	}
	return nil
}

// source is the address of a picture, also of one that scripts were to load;
// "" if there is none.
func (t *tidier) source(n *html.Node) string {
	for _, key := range []string{"data-src", "data-lazy-src", "data-original", "data-orig-file", "src"} {
		if src := t.picture(attr(n, key)); src != "" && !isPlaceholder(src) {
			return src
		}
	}
	for _, key := range []string{"srcset", "data-srcset", "data-lazy-srcset"} {
		if src := t.picture(best(attr(n, key))); src != "" {
			return src
		}
	}
	return ""
}

// lendSource gives the picture in a <picture> an address if it has none itself.
func lendSource(n *html.Node) {
	srcset := ""
	for d := range n.Descendants() {
		switch tag(d) {
		case "source":
			srcset = attr(d, "srcset")
		case "img":
			if srcset != "" && !hasAttr(d, "srcset") {
				setAttr(d, "srcset", srcset)
			}
		}
	}
}

// picture is raw as the absolute address of a file to look at or to play.
func (t *tidier) picture(raw string) string {
	address, _ := t.address(raw, false)
	return address
}

// best is the widest picture of a srcset.
func best(srcset string) string {
	var address string
	width := -1.0
	for _, candidate := range strings.Split(srcset, ", ") {
		f := strings.Fields(strings.Trim(candidate, ", "))
		if len(f) == 0 || strings.HasPrefix(f[0], "data:") {
			continue
		}
		w := 1.0
		if len(f) > 1 {
			w, _ = strconv.ParseFloat(strings.TrimRight(f[1], "wx"), 64)
		}
		if w > width {
			address, width = f[0], w
		}
	}
	return address
}

func isPlaceholder(src string) bool {
	for _, s := range []string{"/blank.gif", "/spacer.gif", "/1x1.", "/transparent.", "/placeholder.gif", "/lazy.gif", "/grey.gif", "/pixel.gif"} {
		if strings.Contains(src, s) {
			return true
		}
	}
	return false
}

// isPixel reports whether a picture is too small to be seen.
func isPixel(n *html.Node) bool {
	for _, key := range []string{"width", "height"} {
		v, err := strconv.Atoi(strings.TrimSuffix(strings.TrimSpace(attr(n, key)), "px"))
		if err == nil && v <= 2 {
			return true
		}
	}
	style := strings.ReplaceAll(attr(n, "style"), " ", "")
	for _, s := range []string{"width:1px", "height:1px", "width:0", "height:0", "display:none"} {
		if i := strings.Index(style, s); i >= 0 && (i == 0 || style[i-1] == ';') {
			return true
		}
	}
	return false
}

// isBeacon reports whether a picture is only there to tell its server that
// somebody reads.
func isBeacon(src string) bool {
	for _, s := range []string{
		"//feeds.feedburner.com/~", "//feedads.", "//pixel.wp.com/", "//stats.wordpress.com/", "//pixel.quantserve.com/",
		"//www.google-analytics.com/", "//ad.doubleclick.net/", "//medium.com/_/stat", "//blogger.googleusercontent.com/tracker/",
		"//da.feedsportal.com/", "//res.feedsportal.com/", "//rss.feedsportal.com/", "//pixel.newsdata.", "//counter.theconversation.",
		"//www.pheedo.com/", "//ads.pheedo.com/", "//feeds.wordpress.com/", "//sb.scorecardresearch.com/", "//b.scorecardresearch.com/",
	} {
		if strings.Contains(src, s) {
			return true
		}
	}
	return false
}

// isEmoji reports whether a picture stands for the character in its text.
func isEmoji(n *html.Node, src string) bool {
	alt := attr(n, "alt")
	if alt == "" || len(alt) > 40 {
		return false
	}
	return hasWord(attr(n, "class"), "emoji", "wp-smiley") || strings.Contains(src, "//s.w.org/images/core/emoji/")
}
