package feed

import (
	"bytes"
	"cmp"
	"strconv"
	"strings"
	"time"

	ext "github.com/mmcdole/gofeed/extensions"
	"github.com/mmcdole/gofeed/rss"
)

// readRSS reads RSS 0.9 to 2.0, and RDF.
func readRSS(b []byte, r root) (*draft, error) {
	b = withoutBodies(b, r)
	short, texts := setAside(b, r)
	f, err := (&rss.Parser{}).Parse(bytes.NewReader(short))
	if err != nil {
		return nil, err
	}
	e := extensions(f.Extensions)
	d := &draft{
		title:       cmp.Or(f.Title, e.text("itunes", "title"), e.text("dc", "title"), e.text("media", "title")),
		description: cmp.Or(f.Description, e.text("itunes", "subtitle"), e.text("itunes", "summary"), e.text("dc", "description")),
		language:    cmp.Or(f.Language, e.text("dc", "language")),
		self:        e.atomLink("self"),
		site:        cmp.Or(append(f.Links, e.atomLink("alternate"))...),
		authors:     rssAuthors("", e),
		image:       e.attribute("itunes", "image", "href"),
		hints:       rssHints(f.TTL, f.SkipHours, f.SkipDays, e),
	}
	if len(d.authors) == 0 {
		d.authors = []string{f.ManagingEditor}
	}
	if f.Image != nil {
		d.image = cmp.Or(f.Image.URL, d.image)
		d.site = cmp.Or(d.site, f.Image.Link)
	}
	bases := itemBases(b, r)
	permalinks := bytes.Contains(b, []byte(`isPermaLink="true"`)) // gofeed takes silence for it
	for i, it := range f.Items {
		texts.backInRSS(it)
		a := rssArticle(it)
		if permalinks && isPath(it.GUID) {
			a.links = append(a.links, it.GUID.Value)
		}
		if i < len(bases) {
			a.base = bases[i]
		}
		d.articles = append(d.articles, a)
	}
	return d, nil
}

// withoutBodies rewrites <body> elements of XHTML in RSS as content:encoded,
// for gofeed would take them apart.
func withoutBodies(b []byte, r root) []byte {
	if !bytes.Contains(b, []byte("1999/xhtml")) {
		return b
	}
	var out bytes.Buffer
	copied, inside := 0, mark{}
	for at := 0; ; {
		m, ok := nextMark(b, at)
		if !ok {
			out.Write(b[copied:])
			return out.Bytes()
		}
		at = m.end
		switch {
		case m.kind == opening && inside.name == nil && string(local(m.name)) == "body":
			inside = m
		case m.kind == opening && r.isItem(m.name):
			inside = mark{}
		case m.kind == closing && inside.name != nil && bytes.Equal(m.name, inside.name):
			out.Write(b[copied:inside.start])
			out.WriteString(`<encoded xmlns="http://purl.org/rss/1.0/modules/content/">` + escapedBody(b[inside.end:m.start], prefix(m.name)) + `</encoded>`)
			copied, inside = m.end, mark{}
		}
	}
}

// escapedBody is XHTML as the text of an element, its names without prefix.
func escapedBody(body, prefix []byte) string {
	s := string(body)
	if len(prefix) > 0 {
		p := string(prefix) + ":"
		s = strings.NewReplacer("<"+p, "<", "</"+p, "</").Replace(s)
	}
	return strings.NewReplacer("&", "&amp;", "<", "&lt;", ">", "&gt;").Replace(s)
}

func rssArticle(it *rss.Item) article {
	e := extensions(it.Extensions)
	custom := func(names ...string) string { return customText(it.Custom, names) }
	a := article{
		title:      cmp.Or(it.Title, e.mediaText("title"), e.text("itunes", "title"), e.text("dc", "title"), e.text("atom", "title")),
		content:    asHTML(cmp.Or(it.Content, e.text("content", "encoded"), e.text("atom", "content"), custom("encoded", "content", "body", "fullitem"))),
		summary:    asHTML(cmp.Or(it.Description, e.text("dc", "description"), e.text("atom", "summary"), custom("summary", "abstract"))),
		comments:   cmp.Or(it.Comments, e.atomLink("replies")),
		authors:    rssAuthors(it.Author, e),
		published:  dateOr(it.PubDateParsed, it.PubDate, e.text("dc", "date"), e.text("dcterms", "issued"), e.text("dcterms", "created"), e.text("atom", "published"), custom("date", "published", "issued", "created")),
		updated:    firstDate(e.text("atom", "updated"), e.text("dcterms", "modified"), custom("updated", "modified", "lastbuilddate")),
		enclosures: append(e.media(), e.atomEnclosures()...),
		image:      e.picture(),
		links:      append(it.Links, e.atomLink("alternate")),
	}
	if a.content == "" && a.summary == "" {
		a.summary = textAsHTML(e.mediaText("description"))
	}
	if a.content == "" && a.summary == "" {
		a.summary = asHTML(cmp.Or(e.text("itunes", "summary"), e.text("itunes", "subtitle")))
	}
	for _, c := range it.Categories {
		a.categories = append(a.categories, c.Value)
	}
	a.categories = append(a.categories, e.texts("dc", "subject")...)
	a.categories = append(a.categories, e.terms()...)
	own := make([]Enclosure, 0, len(it.Enclosures)+len(a.enclosures))
	for _, enc := range it.Enclosures {
		own = append(own, Enclosure{URL: enc.URL, Type: enc.Type, Length: length(enc.Length)})
	}
	a.enclosures = append(own, a.enclosures...)
	a.guid = custom("id")
	if it.GUID != nil && it.GUID.Value != "" {
		a.guid = it.GUID.Value
	}
	if it.GUID != nil && !strings.EqualFold(it.GUID.IsPermalink, "false") && isAddress(a.guid) {
		a.links = append(a.links, a.guid)
	}
	return a
}

// isPath reports whether a GUID is an address without a host, in a feed that says
// of its GUIDs that they are addresses.
func isPath(guid *rss.GUID) bool {
	return guid != nil && strings.EqualFold(guid.IsPermalink, "true") && strings.HasPrefix(strings.TrimSpace(guid.Value), "/")
}

func isAddress(s string) bool {
	s = strings.TrimSpace(s)
	return strings.HasPrefix(s, "http://") || strings.HasPrefix(s, "https://")
}

func rssAuthors(author string, e extensions) []string {
	authors := append([]string{author}, e.texts("dc", "creator")...)
	authors = append(authors, e.texts("dc", "author")...)
	for _, x := range e.all("atom", "author") {
		authors = append(authors, childText(x, "name"))
	}
	authors = distinct(authors)
	if len(authors) == 0 {
		authors = distinct(e.texts("itunes", "author"))
	}
	return authors
}

// customText is the first text of an item's elements that belong to no
// vocabulary.
func customText(custom map[string]string, names []string) string {
	for _, want := range names {
		for name, text := range custom {
			if text != "" && strings.EqualFold(name, want) {
				return text
			}
		}
	}
	return ""
}

// dateOr is the first text that is a date, or what gofeed made of it, which
// knows a few forms more.
func dateOr(parsed *time.Time, texts ...string) time.Time {
	if t := firstDate(texts...); !t.IsZero() {
		return t
	}
	if parsed == nil || parsed.Year() < firstYear || parsed.Year() > lastYear {
		return time.Time{}
	}
	return parsed.UTC()
}

func length(s string) int64 {
	n, err := strconv.ParseInt(strings.TrimSpace(s), 10, 64)
	if err != nil {
		return 0
	}
	return n
}

// extensions are the elements of other vocabularies in a feed or an item, by
// prefix and name.
type extensions ext.Extensions

func (e extensions) all(prefix, name string) []ext.Extension { return e[prefix][name] }

// text is the text of the first element that has one.
func (e extensions) text(prefix, name string) string {
	return cmp.Or(e.texts(prefix, name)...)
}

func (e extensions) texts(prefix, name string) []string {
	var out []string
	for _, x := range e[prefix][name] {
		out = append(out, x.Value)
	}
	return out
}

func (e extensions) attribute(prefix, name, attribute string) string {
	for _, x := range e[prefix][name] {
		if v := x.Attrs[attribute]; v != "" {
			return v
		}
	}
	return ""
}

// atomLink is where an Atom link with a relation leads.
func (e extensions) atomLink(rel string) string {
	for _, x := range e.all("atom", "link") {
		if r := x.Attrs["rel"]; r == rel || r == "" && rel == "alternate" {
			return x.Attrs["href"]
		}
	}
	return ""
}

func (e extensions) atomEnclosures() []Enclosure {
	var out []Enclosure
	for _, x := range e.all("atom", "link") {
		if x.Attrs["rel"] == "enclosure" {
			out = append(out, Enclosure{URL: x.Attrs["href"], Type: x.Attrs["type"], Length: length(x.Attrs["length"]), Title: x.Attrs["title"]})
		}
	}
	return out
}

// terms are the categories that Atom elements in RSS give.
func (e extensions) terms() []string {
	var out []string
	for _, x := range e.all("atom", "category") {
		out = append(out, cmp.Or(x.Attrs["label"], x.Attrs["term"]))
	}
	return out
}

// mediaElements are those of Media RSS with a name, whether grouped or not.
func (e extensions) mediaElements(name string) []ext.Extension {
	found := e.all("media", name)
	for _, group := range e.all("media", "group") {
		found = append(found[:len(found):len(found)], group.Children[name]...)
	}
	return found
}

func (e extensions) mediaText(name string) string {
	for _, x := range e.mediaElements(name) {
		if x.Value != "" {
			return x.Value
		}
	}
	for _, x := range e.mediaElements("content") {
		if text := childText(x, name); text != "" {
			return text
		}
	}
	return ""
}

// media are the sounds and films of Media RSS.
func (e extensions) media() []Enclosure {
	var out []Enclosure
	for _, x := range e.mediaElements("content") {
		kind := x.Attrs["type"] + " " + x.Attrs["medium"]
		if strings.Contains(kind, "audio") || strings.Contains(kind, "video") {
			out = append(out, Enclosure{URL: x.Attrs["url"], Type: x.Attrs["type"], Length: length(x.Attrs["fileSize"]), Title: childText(x, "title")})
		}
	}
	return out
}

// picture is an image that stands for an item.
func (e extensions) picture() string {
	for _, x := range e.mediaElements("content") {
		if strings.Contains(x.Attrs["type"]+x.Attrs["medium"], "image") {
			return x.Attrs["url"]
		}
	}
	for _, x := range e.mediaElements("thumbnail") {
		return x.Attrs["url"]
	}
	return ""
}

func childText(x ext.Extension, name string) string {
	for _, c := range x.Children[name] {
		return c.Value
	}
	return ""
}
