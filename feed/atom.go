package feed

import (
	"bytes"
	"cmp"
	"encoding/base64"
	"strings"
	"unicode/utf8"

	"github.com/mmcdole/gofeed/atom"
)

// readAtom reads Atom 0.3 and 1.0.
func readAtom(b []byte, r root) (*draft, error) {
	short, texts := setAside(b, r)
	f, err := (&atom.Parser{}).Parse(bytes.NewReader(short))
	if err != nil {
		return nil, err
	}
	e := extensions(f.Extensions)
	d := &draft{
		title:       f.Title,
		description: f.Subtitle,
		language:    f.Language,
		self:        atomLink(f.Links, "self"),
		site:        atomLink(f.Links, "alternate"),
		image:       cmp.Or(f.Logo, f.Icon, e.attribute("itunes", "image", "href")),
		authors:     atomAuthors(f.Authors),
		hints:       Hints{Every: e.updates()},
	}
	encoded := bytes.Contains(b, []byte(`mode="base64"`))
	for _, entry := range f.Entries {
		texts.backInAtom(entry)
		if encoded {
			unpackEntry(entry)
		}
		d.articles = append(d.articles, atomArticle(entry))
	}
	return d, nil
}

func atomArticle(entry *atom.Entry) article {
	e := extensions(entry.Extensions)
	a := article{
		title:     cmp.Or(entry.Title, e.mediaText("title")),
		summary:   asHTML(cmp.Or(entry.Summary, e.text("dc", "description"))),
		guid:      entry.ID,
		comments:  repliesLink(entry.Links),
		authors:   append(atomAuthors(entry.Authors), e.texts("dc", "creator")...),
		published: dateOr(entry.PublishedParsed, entry.Published, e.text("dc", "date"), e.text("dcterms", "issued"), e.text("dcterms", "created")),
		updated:   dateOr(entry.UpdatedParsed, entry.Updated, e.text("dcterms", "modified")),
		links:     []string{atomLink(entry.Links, "alternate")},
		image:     e.picture(),
	}
	a.setContent(entry.Content)
	if a.content == "" && a.summary == "" {
		a.summary = textAsHTML(e.mediaText("description"))
	}
	if isAddress(entry.ID) {
		a.links = append(a.links, entry.ID)
	}
	a.links = append(a.links, atomLink(entry.Links, "related"), atomLink(entry.Links, "via"))
	if len(a.authors) == 0 && entry.Source != nil {
		a.authors = atomAuthors(entry.Source.Authors)
	}
	for _, c := range entry.Categories {
		a.categories = append(a.categories, cmp.Or(c.Label, c.Term))
	}
	a.categories = append(a.categories, e.texts("dc", "subject")...)
	for _, l := range entry.Links {
		if l.Rel == "enclosure" {
			a.enclosures = append(a.enclosures, Enclosure{URL: l.Href, Type: l.Type, Length: length(l.Length), Title: l.Title})
		}
	}
	a.enclosures = append(a.enclosures, e.media()...)
	return a
}

// setContent takes an entry's content: words that are said to be plain, HTML,
// or a file somewhere else.
func (a *article) setContent(c *atom.Content) {
	if c == nil {
		return
	}
	switch kind := strings.ToLower(c.Type); {
	case kind == "text" || kind == "text/plain":
		a.content = textAsHTML(c.Value)
	case strings.HasPrefix(kind, "audio/") || strings.HasPrefix(kind, "video/"):
		a.enclosures = append(a.enclosures, Enclosure{URL: c.Src, Type: c.Type})
	case strings.HasPrefix(kind, "image/"):
		a.image = cmp.Or(c.Src, a.image)
	default:
		a.content = asHTML(strings.NewReplacer("<xhtml:", "<", "</xhtml:", "</").Replace(c.Value))
	}
}

// atomLink is where the link with a relation leads. Of several, one that is
// said to be a page for people goes before one that says nothing, and that
// before others.
func atomLink(links []*atom.Link, rel string) string {
	page, silent, other := "", "", ""
	for _, l := range links {
		switch {
		case l.Rel != rel && !strings.HasSuffix(l.Rel, "/relation/"+rel):
		case strings.Contains(l.Type, "html"):
			page = cmp.Or(page, l.Href)
		case l.Type == "":
			silent = cmp.Or(silent, l.Href)
		default:
			other = cmp.Or(other, l.Href)
		}
	}
	return cmp.Or(page, silent, other)
}

// repliesLink is a page with the discussion; not a feed of it.
func repliesLink(links []*atom.Link) string {
	for _, l := range links {
		if l.Rel == "replies" && (l.Type == "" || strings.Contains(l.Type, "html")) {
			return l.Href
		}
	}
	return ""
}

func atomAuthors(people []*atom.Person) []string {
	var out []string
	for _, p := range people {
		out = append(out, cmp.Or(p.Name, p.Email, p.URI))
	}
	return out
}

// unpackEntry decodes the texts of an Atom 0.3 entry that came as base64.
func unpackEntry(entry *atom.Entry) {
	entry.Title, entry.Summary = unpack64(entry.Title), unpack64(entry.Summary)
	if entry.Content != nil {
		entry.Content.Value = unpack64(entry.Content.Value)
	}
}

// leastPacked is the shortest base64 of which letters in another encoding than
// UTF-8 are believed: plain words may look like it as well.
const leastPacked = 64

// unpack64 returns s if it is not base64, or not of text.
func unpack64(s string) string {
	packed := strings.Join(strings.Fields(s), "")
	text, err := base64.StdEncoding.DecodeString(packed)
	switch {
	case err != nil || len(packed) < 8:
		return s
	case utf8.Valid(text):
		return string(text)
	case len(packed) < leastPacked || len(dropControls(text)) < len(text):
		return s
	}
	text, _ = guess(text)
	return string(text)
}
