package feed

import (
	"bytes"
	"cmp"
	"net/http"
	"net/url"
	"strings"
	"time"

	"codeberg.org/readeck/go-readability/v2"
	"golang.org/x/net/html"
	"golang.org/x/net/html/atom"
)

const (
	maxPage     = 8 << 20 // bytes of a page that are looked at
	maxElements = 50_000  // of a page in which an article is searched
)

// A Page is the article of a web page, a markdown file or a plain text,
// without what surrounds it. Every string in it is clean.
type Page struct {
	URL       string // where it was found; "" if it was not fetched
	Title     string // one line; "" if none was found
	Author    string // one line; "" if not known
	Site      string // the name of its publisher, one line; "" if not known
	Language  string // as given, "en-gb"; "" if not
	Published time.Time
	HTML      string // the article as HTML; "" if it came as markdown or plain text
	Markdown  string // the article, without Title as its heading
}

// Extract returns the article in a web page, a markdown file or a plain text.
// Links are made absolute with base, which may be "". The error is a
// *ParseError that says what was there instead of something to read.
func Extract(body []byte, base, contentType string) (page *Page, err error) {
	defer func() {
		if p := recover(); p != nil {
			text := pageText(body, contentType)
			page, err = &Page{URL: base, Title: cleanTitle(text), Markdown: wordsOnly(text)}, nil
		}
	}()
	if len(bytes.TrimSpace(body)) == 0 {
		return nil, &ParseError{Why: "there is nothing in it"}
	}
	body = body[:min(len(body), maxPage)]
	if what := notText(body); what != "" {
		return nil, &ParseError{Why: "there is no text to read in it: it is " + what}
	}
	text := pageText(body, contentType)
	switch {
	case isFeed(text):
		return nil, &ParseError{Why: "this is a feed, not an article"}
	case isHTML(text, contentType):
		page = extractHTML(text, base)
	case isMarkdown(text, contentType):
		page = extractMarkdown(text)
	default:
		page = extractPlain(text)
	}
	page.URL = base
	if strings.TrimSpace(page.Markdown) == "" && page.Title == "" {
		return nil, &ParseError{Why: "there is no text to read in it"}
	}
	return page, nil
}

// notText names what body is if it cannot be text: "a PDF document", say. It
// is "" for text in any encoding.
func notText(body []byte) string {
	kind, _, _ := strings.Cut(http.DetectContentType(body), ";")
	wide, _ := wideEncoding(body)
	switch family, _, _ := strings.Cut(kind, "/"); {
	case kind == "application/pdf":
		return "a PDF document"
	case family != "text" && kind != "application/octet-stream":
		return "of the kind " + kind
	case wide == nil && bytes.IndexByte(body[:min(len(body), 4096)], 0) >= 0:
		return "a file of bytes"
	}
	return ""
}

// pageText returns body as clean UTF-8.
func pageText(body []byte, contentType string) string {
	text, _ := decode(body, contentType)
	return Safe(string(text))
}

// isFeed reports whether a text is XML with the root of a feed.
func isFeed(text string) bool {
	return feedRoot().MatchString(text[:min(len(text), 2048)])
}

var feedRoot = lazily(`(?is)^\s*(?:<\?xml.*?\?>\s*)?(?:<!--.*?-->\s*)*<(?:rss|rdf:RDF|feed)[\s>]`)

// isHTML reports whether a text is a web page, or a part of one. Servers call
// plain text HTML, and HTML plain text; markdown may begin with a tag.
func isHTML(text, contentType string) bool {
	kind, start := strings.ToLower(contentType), text[:min(len(text), 4096)]
	switch {
	case strings.Contains(kind, "markdown"):
		return false
	case pageStart().MatchString(start):
		return true
	case strings.Contains(kind, "html"):
		return anyTag().MatchString(text)
	}
	return partStart().MatchString(start) && !isMarkdown(text, kind)
}

var (
	pageStart = lazily(`(?is)^\s*(?:<\?xml.*?\?>\s*)?(?:<!--.*?-->\s*)*<(?:!doctype\s+html|html|head|body|title|meta)[\s/>]`)
	partStart = lazily(`(?is)^\s*(?:<!--.*?-->\s*)*<(?:link|script|style|article|main|section|header|div|table|p|h[1-6]|ul|ol|blockquote|figure)[\s/>]`)
	anyTag    = lazily(`<[a-zA-Z/!]`)
)

// extractHTML finds the article in a web page. If none stands out, the page
// is all there is.
func extractHTML(text, base string) *Page {
	doc, err := html.Parse(strings.NewReader(text))
	if err != nil { // nested beyond what any page needs
		return &Page{Title: cleanTitle(text), Markdown: wordsOnly(text)}
	}
	at, err := url.Parse(base)
	if err != nil {
		at = &url.URL{}
	}
	published, heading := findTime(doc), soleHeading(doc)
	removePanels(doc)
	whole := render(findElement(doc, atom.Body))
	parser := readability.NewParser()
	parser.MaxElemsToParse = maxElements
	parser.ClassesToPreserve = append(parser.ClassesToPreserve, languageClasses()...)
	article, err := parser.ParseAndMutate(doc, at)
	if err != nil { // too much of it to search, and to show in its shape
		return &Page{Title: cleanTitle(text), HTML: whole, Markdown: wordsOnly(whole)}
	}
	page := describe(article, heading)
	page.Published = cmp.Or(page.Published, published)
	page.Title = cmp.Or(page.Title, cleanTitle(text))
	page.HTML = whole
	if article.Node != nil {
		trimArticle(article.Node, page.Title)
		page.HTML = render(article.Node)
	}
	page.Markdown = strings.TrimSpace(Markdown(page.HTML, base))
	return page
}

// describe returns what is known about an article, without its text.
func describe(article readability.Article, heading string) *Page {
	site := Line(article.SiteName())
	page := &Page{
		Title:    pageTitle(Line(article.Title()), site, heading),
		Author:   byline(article.Byline()),
		Site:     site,
		Language: languageTag(article.Language()),
	}
	if t, err := article.PublishedTime(); err == nil {
		page.Published = t.UTC()
	}
	return page
}

// wordsOnly is the last resort: what a page says, without its shape.
func wordsOnly(source string) string { return plainMarkdown(plainParagraphs(Text(source))) }

func render(n *html.Node) string {
	if n == nil {
		return ""
	}
	var b strings.Builder
	if err := html.Render(&b, n); err != nil {
		return ""
	}
	return Safe(b.String())
}

// pageTitle is the title of a page without the name of the site, which pages
// add for the sake of tabs and search engines. The only heading of the first
// rank, if the title begins or ends with it, is the best witness.
func pageTitle(title, site, heading string) string {
	for _, separator := range []string{" | ", "|", " - ", " – ", " — ", " · ", " » ", " :: ", " « ", ": "} {
		if heading != "" && (strings.HasPrefix(title, heading+separator) || strings.HasSuffix(title, separator+heading)) {
			return heading
		}
		if site != "" {
			title = strings.TrimSuffix(strings.TrimPrefix(title, site+separator), separator+site)
		}
	}
	return title
}

// cleanTitle finds the <title> of a page too broken or too empty for more.
func cleanTitle(text string) string {
	m := titleTag().FindStringSubmatch(text)
	if m == nil {
		return ""
	}
	return Cut(Line(html.UnescapeString(m[1])), 300)
}

var titleTag = lazily(`(?is)<title[^>]*>(.*?)</title>`)

// byline is the name in "By Jane Doe - 7 May 2026".
func byline(s string) string {
	s = strings.TrimLeft(Line(s), " ,-–|")
	s = bylineStart().ReplaceAllString(s, "")
	s = bylineDate().ReplaceAllString(s, "")
	if strings.Contains(s, "://") {
		return ""
	}
	return Cut(s, 200)
}

var (
	bylineStart = lazily(`(?i)^(?:by|par):? `)
	bylineDate  = lazily(`[\s,|–-]*\d{1,4}[ ./-](?:\d{1,2}|\pL{3,9})[ ./-]\d{2,4}.*$`)
)

// languageTag is s if it has the shape of a language tag.
func languageTag(s string) string {
	if s = strings.TrimSpace(s); languageShape().MatchString(s) {
		return s
	}
	return ""
}

var languageShape = lazily(`^[A-Za-z]{2,3}([-_][A-Za-z0-9]{2,8})*$`)

// findTime returns the time of the first <time datetime> of a page, UTC; the
// zero time if there is none.
func findTime(doc *html.Node) time.Time {
	for n := range doc.Descendants() {
		if n.DataAtom != atom.Time {
			continue
		}
		if t := parseDate(attr(n, "datetime")); !t.IsZero() {
			return t
		}
	}
	return time.Time{}
}

// soleHeading returns the text of the one <h1> of a page; "" if there is
// none, or more than one.
func soleHeading(doc *html.Node) string {
	heading := ""
	for n := range doc.Descendants() {
		if n.DataAtom != atom.H1 {
			continue
		}
		if heading != "" {
			return ""
		}
		heading = Line(nodeText(n))
	}
	return heading
}

func findElement(doc *html.Node, name atom.Atom) *html.Node {
	for n := range doc.Descendants() {
		if n.DataAtom == name {
			return n
		}
	}
	return nil
}

// nodeText returns the words in a node as they stand.
func nodeText(n *html.Node) string {
	if n.Type == html.TextNode {
		return n.Data
	}
	return plainText(n)
}
