package feed

import (
	"bytes"
	"cmp"
	"encoding/xml"
	"errors"
	"fmt"
	"net/url"
	"strings"
	"time"
	"unicode"
)

// Parse reads a feed: RSS 0.9 to 2.0, Atom 0.3 and 1.0, JSON Feed. Base is the
// address that it came from, against which its links are read, and contentType
// what the server called it; both may be "".
//
// A damaged feed is repaired as far as it goes, and Doc.Warnings says what was
// done. The error is a *PageError for a web page and a *ParseError for all
// else that is no feed.
//
//	bytes → decode → clean → findRoot ─┬─ isSound? ── yes ─→ gofeed ─→ draft → Doc
//	                                   └─ balance ───────────────┘
func Parse(body []byte, base, contentType string) (doc *Doc, err error) {
	defer func() {
		if r := recover(); r != nil {
			doc, err = nil, &ParseError{Why: "the feed could not be read: it confuses the parser", broken: BadXML}
		}
	}()
	text, note := decode(body, contentType)
	text = clean(text)
	start := bytes.TrimLeft(text, " \t\r\n\ufeff")
	var d *draft
	switch {
	case len(start) == 0:
		return nil, &ParseError{Why: "no feed found: the answer is empty"}
	case start[0] == '{':
		d, err = readJSON(start)
	default:
		d, err = readXML(text, base, contentType)
	}
	if err != nil {
		return nil, err
	}
	if note != "" {
		d.notes = append(d.notes, note)
	}
	return d.doc(base), nil
}

// readXML reads RSS or Atom, mending it first if it needs that.
func readXML(text []byte, base, contentType string) (*draft, error) {
	r, name, ok := findRoot(text)
	if !ok {
		return nil, notAFeed(text, name, base, contentType)
	}
	lines := bytes.Count(text[:r.start], []byte("\n"))
	b := withDirectories(text[r.start:])
	r.start = 0
	if isSound(b, r) {
		if d, err := readSound(b, r, name); err == nil {
			return d, nil
		}
	}
	mended, notes, torn := balance(b, r, lines)
	d, err := readSound(mended, r, name)
	if err != nil {
		_, err = readSound(b, r, name)
		return nil, parseError(err, lines)
	}
	d.notes, d.torn = append(d.notes, notes...), torn
	return d, nil
}

func readSound(b []byte, r root, name string) (*draft, error) {
	if name == "feed" {
		return readAtom(b, r)
	}
	return readRSS(b, r)
}

// parseError says where and why XML could not be read.
func parseError(err error, lines int) *ParseError {
	var syntax *xml.SyntaxError
	if errors.As(err, &syntax) {
		return &ParseError{Line: lines + syntax.Line, Why: "the feed is damaged: " + Cut(Line(syntax.Msg), 200), broken: BadXML}
	}
	why := "it could not be read"
	if err != nil {
		why = Cut(Line(err.Error()), 200)
	}
	return &ParseError{Why: "the feed is damaged: " + why, broken: BadXML}
}

// notAFeed says what a text without a feed is instead; name is that of its
// first element.
func notAFeed(text []byte, name, base, contentType string) error {
	switch {
	case name == "html" || elements[name] || documents[name], name != "" && strings.HasPrefix(contentType, "text/html"):
		return &PageError{Title: headTitle(text), Feeds: Discover(text, base)}
	case name == "opml":
		return &ParseError{Why: "no feed found: this is OPML, a list of subscriptions to be imported"}
	case name != "":
		return &ParseError{Why: fmt.Sprintf("no feed found: this is XML of another kind, <%s>", Cut(Line(name), 40))}
	case bytes.Contains(text[:min(len(text), 512)], []byte("\ufffd")):
		return &ParseError{Why: "no feed found: this is not text"}
	}
	return &ParseError{Why: "no feed found: this is plain text"}
}

// headTitle is the title of a web page; "" if it has none.
func headTitle(page []byte) string {
	for at := 0; ; {
		m, ok := nextMark(page, at)
		if !ok {
			return ""
		}
		at = m.end
		if m.kind == opening && strings.EqualFold(string(m.name), "title") {
			rest := page[m.end:]
			end := bytes.IndexByte(rest, '<')
			if end < 0 {
				end = len(rest)
			}
			return plainTitle(string(rest[:end]))
		}
	}
}

// A draft is a feed as its format tells it, the same for all formats. Its
// texts are not yet clean and its links may be relative.
type draft struct {
	title, description, language string
	self, site, image            string
	authors                      []string
	articles                     []article
	hints                        Hints
	notes                        []string
	torn                         bool
}

// An article is one item of a draft.
type article struct {
	title      string
	content    string // HTML
	summary    string // HTML
	links      []string
	guid       string
	comments   string
	authors    []string
	categories []string
	published  time.Time
	updated    time.Time
	enclosures []Enclosure
	image      string // shown if there is no text
	base       string // xml:base
}

// doc makes a Doc of a draft, with clean texts and absolute links.
func (d *draft) doc(base string) *Doc {
	if base == "" {
		base = baseline{}.link(d.self)
	}
	site := baseline{base}.link(d.site)
	doc := &Doc{
		URL:         Line(base),
		Title:       visible(plainLine(plainTitle(d.title))),
		Site:        site,
		Description: Cut(Line(Text(asHTML(d.description))), longestTitle),
		Language:    Cut(Line(d.language), 40),
		Image:       baseline{base, site}.link(d.image),
		Warnings:    d.notes,
		Hints:       d.hints,
		Torn:        d.torn,
	}
	if n := len(d.articles); n > MaxItems { // of empty tags
		d.articles = d.articles[:MaxItems]
		doc.Warnings = append(doc.Warnings, tooMany(n))
	}
	doc.Items = make([]Item, 0, len(d.articles))
	for _, a := range d.articles {
		doc.Items = append(doc.Items, a.item(d, base, site))
	}
	doc.Items = tellApart(doc.Items)
	return doc
}

// item makes an Item of an article. What its feed says about all of them fills
// the gaps.
func (a article) item(d *draft, base, site string) Item {
	at := baseline{a.base, base, site}
	if a.base != "" {
		at[0] = cmp.Or(baseline{base, site}.link(a.base), base)
	}
	it := Item{
		URL:        at.firstLink(a.links),
		Comments:   at.link(a.comments),
		Authors:    distinct(authorNames(a.authors)),
		Categories: distinct(plainTitles(a.categories)),
		Published:  a.published,
		Updated:    a.updated,
		Enclosures: at.enclosures(a.enclosures),
	}
	if it.Published.IsZero() {
		// The store keeps the first date that it saw, so an article does not
		// move when it is edited.
		it.Published = it.Updated
	}
	if len(it.Authors) == 0 {
		it.Authors = distinct(authorNames(d.authors))
	}
	if a.base == "" && (sameHost(it.URL, base) || sameHost(it.URL, site) || base == "" && site == "") {
		at = baseline{it.URL, base, site}
	}
	it.setText(a, at)
	it.setTitle(a.title)
	it.GUID = identify(a.guid, it)
	return it
}

// setText chooses the longer of content and summary for the text, and the
// summary for the summary.
func (it *Item) setText(a article, at baseline) {
	it.HTML = a.content
	if len(a.summary) > len(a.content) {
		it.HTML = a.summary
	}
	if image := at.link(a.image); it.HTML == "" && image != "" {
		it.HTML = `<img src="` + strings.ReplaceAll(image, `"`, "%22") + `">`
	}
	it.HTML = at.html(safeText(it.HTML))
	if a.summary != "" {
		it.Summary = summaryOf(a.summary)
	}
	if it.Summary == "" {
		it.Summary = summaryOf(it.HTML)
	}
}

// setTitle gives an item without a title the first words of its text, or its
// address.
func (it *Item) setTitle(given string) {
	it.Title = cmp.Or(visible(plainTitle(given)), visible(Cut(it.Summary, madeTitle)))
	if it.Title == "" && len(it.Enclosures) > 0 {
		it.Title = cmp.Or(visible(it.Enclosures[0].Title), it.URL, it.Enclosures[0].URL)
	}
	it.Title = cmp.Or(it.Title, it.URL, "Untitled")
}

// visible is s, or "" if there is nothing in it to be seen: spaces, joiners,
// and marks without a letter to stand on.
func visible(s string) string {
	if strings.ContainsFunc(s, func(r rune) bool { return !unicode.IsSpace(r) && !unicode.In(r, unicode.Cf, unicode.Mn) }) {
		return s
	}
	return ""
}

func (b baseline) firstLink(links []string) string {
	for _, l := range links {
		if link := b.link(l); link != "" {
			return link
		}
	}
	return ""
}

// enclosures keeps those that can be fetched, each address once.
func (b baseline) enclosures(list []Enclosure) []Enclosure {
	var kept []Enclosure
	seen := map[string]bool{}
	for _, e := range list {
		e.URL = b.link(e.URL)
		if e.URL == "" || seen[e.URL] || len(kept) == mostNames {
			continue
		}
		seen[e.URL] = true
		e.Type, e.Title, e.Length = Cut(Line(e.Type), 100), plainTitle(e.Title), max(0, e.Length)
		kept = append(kept, e)
	}
	return kept
}

func authorNames(list []string) []string {
	var out []string
	for _, s := range list {
		out = append(out, authorName(s))
	}
	return out
}

func plainTitles(list []string) []string {
	var out []string
	for _, s := range list {
		out = append(out, plainLine(plainTitle(s)))
	}
	return out
}

func sameHost(a, b string) bool {
	ua, errA := url.Parse(a)
	ub, errB := url.Parse(b)
	return errA == nil && errB == nil && ua.Host != "" && strings.EqualFold(ua.Host, ub.Host)
}
