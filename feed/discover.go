package feed

import (
	"bytes"
	"net/url"
	"path"
	"slices"
	"strings"

	"golang.org/x/net/html"
)

// discoverLimit is how much of a page is searched for feeds: they are named
// in its head, or in a menu or footer not far below.
const discoverLimit = 2 << 20

// Discover returns the feeds that a web page points at, absolute and without
// repeats, the best first: those its head declares, then links that look like
// feeds, and feeds of comments last of all. It is empty if there is none.
func Discover(body []byte, base string) []Link {
	var declared, linked, comments []Link
	body = body[:min(len(body), discoverLimit)]
	for _, f := range findFeeds(body, base) {
		switch {
		case f.OfComments():
			comments = append(comments, f.Link)
		case f.declared:
			declared = append(declared, f.Link)
		default:
			linked = append(linked, f.Link)
		}
	}
	if len(declared) == 0 {
		declared = youtubeFeeds(body, base)
	}
	var feeds []Link
	for _, l := range slices.Concat(declared, linked, comments) {
		if !slices.ContainsFunc(feeds, func(f Link) bool { return f.URL == l.URL }) {
			feeds = append(feeds, l)
		}
	}
	return feeds
}

// A foundFeed is a link to a feed, and whether the page declares it to be one.
type foundFeed struct {
	Link
	declared bool
}

// findFeeds reads the page tag by tag, so that a page broken or nested beyond
// any parser still gives its feeds.
func findFeeds(body []byte, base string) []foundFeed {
	var feeds []foundFeed
	at, _ := url.Parse(strings.TrimSpace(base))
	text, _ := decode(body, "")
	z := html.NewTokenizer(bytes.NewReader(text))
	z.SetMaxBuf(1 << 20)
	for {
		switch z.Next() {
		case html.ErrorToken:
			return feeds
		case html.StartTagToken, html.SelfClosingTagToken:
		default:
			continue
		}
		name, hasAttr := z.TagName()
		if string(name) == "noscript" {
			z.NextIsNotRawText() // it is text to those who run scripts
		}
		if !hasAttr {
			continue
		}
		switch string(name) {
		case "base":
			at = rebase(at, attributes(z)["href"])
		case "link":
			if attr := attributes(z); isFeedLink(attr) {
				feeds = addFeed(feeds, at, attr["href"], attr["title"], true)
			}
		case "a":
			if attr := attributes(z); looksLikeFeed(attr["href"]) || isFeedType(attr["type"]) {
				feeds = addFeed(feeds, at, attr["href"], attr["title"], false)
			}
		}
	}
}

// attributes reads the attributes of the tag that z has just met; the first
// of a name wins, as in a browser.
func attributes(z *html.Tokenizer) map[string]string {
	attr := map[string]string{}
	for more := true; more; {
		var key, val []byte
		key, val, more = z.TagAttr()
		if _, twice := attr[string(key)]; !twice {
			attr[string(key)] = string(val)
		}
	}
	return attr
}

func addFeed(feeds []foundFeed, at *url.URL, href, title string, declared bool) []foundFeed {
	u := webAddress(at, href)
	if u == "" || strings.TrimSpace(href) == "" || len(u) > longestLink {
		return feeds
	}
	return append(feeds, foundFeed{Link{URL: u, Title: Line(title)}, declared})
}

// webAddress returns href as an absolute http or https address, or "" if it
// cannot be one.
func webAddress(at *url.URL, href string) string {
	u, err := url.Parse(fromFeedScheme(strings.TrimSpace(Safe(href))))
	if err != nil {
		return ""
	}
	if at != nil {
		u = at.ResolveReference(u)
	}
	if u.Scheme != "http" && u.Scheme != "https" || u.Host == "" {
		return ""
	}
	u.Fragment = ""
	return u.String()
}

// fromFeedScheme turns the addresses that browsers once handed to readers,
// feed://a.example and feed:https://a.example, into ordinary ones.
func fromFeedScheme(address string) string {
	const scheme = "feed:"
	if len(address) < len(scheme) || !strings.EqualFold(address[:len(scheme)], scheme) {
		return address
	}
	rest := address[len(scheme):]
	if after, ok := strings.CutPrefix(rest, "//"); ok {
		return "http://" + after
	}
	return rest
}

func rebase(at *url.URL, href string) *url.URL {
	u, err := url.Parse(strings.TrimSpace(href))
	if err != nil || href == "" {
		return at
	}
	if at != nil {
		return at.ResolveReference(u)
	}
	return u
}

// isFeedLink reports whether a <link> declares a feed. A page in another
// language is an alternate too, but text/html; WordPress declares each page
// once more as JSON that is no feed. Some forget to say of what type it is.
func isFeedLink(attr map[string]string) bool {
	rel := strings.Fields(strings.ToLower(attr["rel"]))
	if slices.Contains(rel, "feed") {
		return true
	}
	if !slices.Contains(rel, "alternate") || strings.Contains(attr["href"], "/wp-json/") {
		return false
	}
	return isFeedType(attr["type"]) || attr["type"] == "" && attr["hreflang"] == "" && looksLikeFeed(attr["href"])
}

// isFeedType reports whether a media type is one that feeds are served as and
// pages are not.
func isFeedType(contentType string) bool {
	kind, _, _ := strings.Cut(strings.ToLower(contentType), ";")
	switch strings.TrimSpace(kind) {
	case "application/rss+xml", "application/atom+xml", "application/rdf+xml", "application/feed+json",
		"application/x.atom+xml", "application/x-atom+xml", "application/x-rss+xml",
		"application/rss", "application/atom", "application/xml", "application/json",
		"text/rss+xml", "text/atom+xml", "text/rss", "text/atom", "text/xml":
		return true
	}
	return false
}

// looksLikeFeed reports whether the address of an ordinary link is spelt like
// that of a feed.
func looksLikeFeed(href string) bool {
	href = strings.TrimSpace(href)
	if len(href) >= 5 && strings.EqualFold(href[:5], "feed:") {
		return true
	}
	u, err := url.Parse(href)
	if err != nil {
		return false
	}
	switch q := u.Query(); {
	case q.Has("feed"), slices.Contains([]string{"rss", "rss2", "atom"}, strings.ToLower(q.Get("format"))):
		return true
	}
	last := strings.ToLower(path.Base(strings.TrimSuffix(u.Path, "/")))
	switch strings.TrimSuffix(last, ".php") {
	case "feed", "feeds", "rss", "rss2", "atom", "rdf", "feed.json", "index.xml":
		return true
	}
	switch path.Ext(last) {
	case ".rss", ".atom", ".rdf":
		return true
	case ".xml":
		return !strings.Contains(last, "sitemap") && !strings.Contains(last, "opensearch")
	}
	return false
}

// OfComments reports whether a feed carries what readers said about articles,
// and not the articles.
func (l Link) OfComments() bool {
	return strings.Contains(strings.ToLower(l.URL), "/comments") || strings.Contains(strings.ToLower(l.Title), "comments")
}
