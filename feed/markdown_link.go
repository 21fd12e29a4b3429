package feed

import (
	"net/url"
	"strings"

	"golang.org/x/net/html"
)

// maxAddress is the longest address that is kept.
const maxAddress = 4096

// link keeps links that lead somewhere else. Scripts and links without an
// address become the words they have, and so do in-page links that nobody
// follows.
func (t *tidier) link(n *html.Node) kinds {
	href, fragment := t.address(attr(n, "href"), true)
	if within := t.within.fragment(n); within != "" {
		fragment = within
	}
	title := cleanText(attr(n, "title"))
	mark := fragment != "" && isMark(n)
	found := t.tidy(n)
	switch {
	case found&content == 0:
		return remove(n)
	case fragment != "" && isWayBack(n):
		return remove(n)
	case fragment != "":
		if mark {
			setText(n, "["+strings.TrimSpace(plainText(n))+"]")
		}
		if href, title = t.within.to(n), ""; href == "" || found&solid != 0 {
			dissolve(n)
			return found
		}
	case href == "", found&solid != 0 && !isHeadingLink(n):
		dissolve(n)
		return found
	}
	if found&block != 0 && found&solid == 0 {
		flatten(n, func() *html.Node { return textNode(" ") })
		found &^= block
	}
	if onlyPicture(n) != nil {
		switch {
		case isShare(href):
			return remove(n)
		case isPicture(href):
			dissolve(n)
			return found
		}
	}
	rename(n, "a")
	t.pieces++
	setAttr(n, "href", href)
	if text := strings.TrimSpace(plainText(n)); title != "" && title != text && title != href {
		setAttr(n, "title", Cut(title, maxTitle))
	}
	return found
}

// maxTitle is the most runes of a title that are kept. Some comics hide their
// last joke there.
const maxTitle = 1000

// address is raw as an absolute address that may stand in markdown; "" if it is
// none that a reader should follow. A link within the page is not followed
// either: then fragment is where it leads.
func (t *tidier) address(raw string, mail bool) (address, fragment string) {
	raw = strings.TrimSpace(cleanText(oneLine.Replace(raw)))
	if raw == "" || len(raw) > maxAddress {
		return "", ""
	}
	if raw[0] == '#' {
		return "", raw
	}
	u, err := url.Parse(strings.ReplaceAll(raw, " ", "%20"))
	if err != nil {
		return "", ""
	}
	if t.base.Host != "" {
		u = t.base.ResolveReference(u)
	}
	if u.Fragment != "" && samePage(u, t.base) {
		return "", "#" + u.Fragment
	}
	switch u.Scheme {
	case "http", "https", "ftp", "gemini", "gopher":
		if u.Host == "" {
			return "", ""
		}
	case "mailto":
		if !mail {
			return "", ""
		}
	default:
		return "", ""
	}
	return destination(u.String()), ""
}

// oneLine takes out what no address has and browsers overlook.
var oneLine = strings.NewReplacer("\n", "", "\t", "", "\r", "")

var inDestination = strings.NewReplacer(
	" ", "%20", "<", "%3C", ">", "%3E", "(", "%28", ")", "%29", `\`, "%5C", "\"", "%22", "`", "%60", "|", "%7C", "*", "%2A",
	"[", "%5B", "]", "%5D", "\u3000", "%E3%80%80",
)

// destination is an address so that nothing in it is markup. What looks like a
// character reference was escaped once too often.
func destination(s string) string {
	if strings.Contains(s, "&") {
		s = strings.ReplaceAll(s, "&amp;", "&")
		s = percentEntities(s)
	}
	return inDestination.Replace(s)
}

// percentEntities writes each "&" in an address that CommonMark would decode with what
// follows it as %26.
func percentEntities(s string) string {
	var b strings.Builder
	for i := 0; i < len(s); i++ {
		if s[i] != '&' {
			b.WriteByte(s[i])
			continue
		}
		name := s[i:min(i+longestEntity, len(s))]
		if end := strings.IndexByte(name, ';'); end > 0 && html.UnescapeString(name[:end+1]) != name[:end+1] {
			b.WriteString("%26")
			continue
		}
		b.WriteByte('&')
	}
	return b.String()
}

// isHeadingLink reports whether a heading is all that is in a link.
func isHeadingLink(n *html.Node) bool {
	only := onlyChild(n)
	return only != nil && len(only.Data) == 2 && only.Data[0] == 'h' && tag(only) != "hr"
}

// onlyPicture is the picture that is all that is in n; nil if there is more.
func onlyPicture(n *html.Node) *html.Node {
	var img *html.Node
	for d := range n.Descendants() {
		switch {
		case d.Type == html.TextNode && strings.TrimSpace(d.Data) != "", tag(d) == "code", tag(d) == "img" && img != nil:
			return nil
		case tag(d) == "img":
			img = d
		}
	}
	return img
}

// isShare reports whether an address tells others of the article. In an article
// that is a row of signs, one for each place to tell it in.
func isShare(address string) bool {
	for _, s := range []string{
		"//twitter.com/home?status", "//twitter.com/share", "//twitter.com/intent/", "//x.com/intent/", "//www.facebook.com/sharer",
		"//www.facebook.com/share.php", "//facebook.com/sharer", "//plus.google.com/share", "//www.linkedin.com/shareArticle",
		"//www.reddit.com/submit", "//reddit.com/submit", "//pinterest.com/pin/create", "//www.pinterest.com/pin/create", "//t.me/share",
		"//api.whatsapp.com/send", "//digg.com/submit", "//del.icio.us/post", "//www.stumbleupon.com/submit", "//bsky.app/intent/",
		"//feeds.feedburner.com/~ff/", "//feeds.wordpress.com/1.0/", "//share.feedsportal.com/", "//www.instapaper.com/hello2",
		"//getpocket.com/save", "//news.ycombinator.com/submitlink", "//www.tumblr.com/share", "mailto:?",
	} {
		if strings.Contains(address, s) {
			return true
		}
	}
	return false
}

// isPicture reports whether an address is that of a picture.
func isPicture(address string) bool {
	path, _, _ := strings.Cut(address, "?")
	path = strings.ToLower(path)
	for _, end := range []string{".jpg", ".jpeg", ".png", ".gif", ".webp", ".svg", ".avif", ".bmp"} {
		if strings.HasSuffix(path, end) {
			return true
		}
	}
	return false
}

// isMark reports whether an in-page link is the sign of a footnote: raised, or
// said to be one, and short.
func isMark(n *html.Node) bool {
	if only := onlyChild(n); only != nil && tag(only) == "sup" {
		dissolve(only)
	} else if tag(n.Parent) != "sup" && attr(n, "role") != "doc-noteref" && !hasWord(attr(n, "class"), "footnote-anchor", "footnote-ref") {
		return false
	}
	s := strings.TrimSpace(plainText(n))
	return s != "" && len(s) <= 4 && !strings.ContainsAny(s, "[]()")
}

// isWayBack reports whether an in-page link is an arrow, as they stand after
// footnotes.
func isWayBack(n *html.Node) bool {
	return strings.Trim(plainText(n), "↩↑⤴⏎^\ufe0e\ufe0f \u00a0") == ""
}

// onlyChild is the element that is all that is in n; nil if there is more or
// less.
func onlyChild(n *html.Node) *html.Node {
	var only *html.Node
	for c := n.FirstChild; c != nil; c = c.NextSibling {
		if isBreak(c) {
			continue
		}
		if only != nil || c.Type != html.ElementNode {
			return nil
		}
		only = c
	}
	return only
}
