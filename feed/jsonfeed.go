package feed

import (
	"bytes"
	"cmp"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"strings"
)

// readJSON reads JSON Feed 1.0 and 1.1. It is not left to gofeed, which gives
// up the whole feed for one field of an unexpected type, and for one that
// breaks off.
func readJSON(b []byte) (*draft, error) {
	f, at, err := decodeJSON(b)
	if err != nil && strings.Contains(err.Error(), "in string literal") {
		f, at, err = decodeJSON(bytes.Map(spaceForBreak, b))
	}
	line := 1 + bytes.Count(b[:min(at, len(b))], []byte("\n"))
	switch {
	case !f.seen && err != nil:
		return nil, &ParseError{Line: line, Why: "no feed found: the JSON is damaged: " + jsonWhy(err), broken: BadJSON}
	case !f.seen && !strings.Contains(string(f.Version), "jsonfeed.org"):
		return nil, &ParseError{Why: "no feed found: this is JSON, but not a JSON Feed"}
	}
	d := f.draft()
	if err != nil {
		d.notes, d.torn = append(d.notes, fmt.Sprintf("line %d: the feed is damaged here; articles after this were lost", line)), true
	}
	return d, nil
}

// spaceForBreak mends line breaks and tabs in strings, which JSON forbids.
func spaceForBreak(r rune) rune {
	if r == '\n' || r == '\r' || r == '\t' {
		return ' '
	}
	return r
}

// decodeJSON reads as much as there is. With an error comes the place of it.
func decodeJSON(b []byte) (f jsonFeed, at int, err error) {
	dec := json.NewDecoder(bytes.NewReader(b))
	_, err = dec.Token()
	for err == nil && dec.More() {
		var key json.Token
		if key, err = dec.Token(); err == nil {
			err = f.field(dec, key)
		}
	}
	if err == nil {
		_, err = dec.Token()
	}
	var syntax *json.SyntaxError
	switch {
	case errors.Is(err, io.EOF) || errors.Is(err, io.ErrUnexpectedEOF):
		at = len(b)
	case errors.As(err, &syntax):
		at = int(max(syntax.Offset, dec.InputOffset()))
	}
	return f, at, err
}

// jsonWhy names an error of package json in words for people.
func jsonWhy(err error) string {
	if errors.Is(err, io.EOF) || errors.Is(err, io.ErrUnexpectedEOF) {
		return "it breaks off"
	}
	return Cut(Line(err.Error()), 200)
}

// A jsonFeed is a JSON Feed as written, in types that take anything.
type jsonFeed struct {
	Version, Title, HomePageURL, FeedURL, Description, Icon, Favicon, Language loose
	Authors                                                                    jsonPeople
	Items                                                                      []jsonItem
	seen                                                                       bool // there are items, if none
	more                                                                       int  // items that were too many
}

type jsonItem struct {
	ID            loose           `json:"id"`
	URL           loose           `json:"url"`
	ExternalURL   loose           `json:"external_url"`
	Title         loose           `json:"title"`
	ContentHTML   loose           `json:"content_html"`
	ContentText   loose           `json:"content_text"`
	Summary       loose           `json:"summary"`
	Image         loose           `json:"image"`
	BannerImage   loose           `json:"banner_image"`
	DatePublished loose           `json:"date_published"`
	DateModified  loose           `json:"date_modified"`
	Author        jsonPeople      `json:"author"`
	Authors       jsonPeople      `json:"authors"`
	Tags          looseList       `json:"tags"`
	Attachments   jsonAttachments `json:"attachments"`
}

type jsonAttachment struct {
	URL      loose `json:"url"`
	MIMEType loose `json:"mime_type"`
	Title    loose `json:"title"`
	Size     loose `json:"size_in_bytes"`
}

// field reads the value of one key of the feed.
func (f *jsonFeed) field(dec *json.Decoder, key json.Token) error {
	switch key {
	case "version":
		return dec.Decode(&f.Version)
	case "title":
		return dec.Decode(&f.Title)
	case "home_page_url":
		return dec.Decode(&f.HomePageURL)
	case "feed_url":
		return dec.Decode(&f.FeedURL)
	case "description":
		return dec.Decode(&f.Description)
	case "icon":
		return dec.Decode(&f.Icon)
	case "favicon":
		return dec.Decode(&f.Favicon)
	case "language":
		return dec.Decode(&f.Language)
	case "author", "authors":
		return dec.Decode(&f.Authors)
	case "items":
		return f.items(dec)
	}
	var ignored json.RawMessage
	return dec.Decode(&ignored)
}

// items reads one item after the other, so that those before damage are kept.
func (f *jsonFeed) items(dec *json.Decoder) error {
	t, err := dec.Token()
	if t != json.Delim('[') {
		return err
	}
	f.seen = true
	for dec.More() {
		var raw json.RawMessage
		if err := dec.Decode(&raw); err != nil {
			return err
		}
		if len(f.Items) == MaxItems {
			f.more++
			continue
		}
		var it jsonItem
		if string(raw) != "null" && json.Unmarshal(raw, &it) == nil {
			f.Items = append(f.Items, it)
		}
	}
	_, err = dec.Token()
	return err
}

func (f *jsonFeed) draft() *draft {
	d := &draft{
		title:       string(f.Title),
		description: textAsHTML(string(f.Description)),
		language:    string(f.Language),
		self:        string(f.FeedURL),
		site:        string(f.HomePageURL),
		image:       cmp.Or(string(f.Icon), string(f.Favicon)),
		authors:     f.Authors,
	}
	for _, it := range f.Items {
		d.articles = append(d.articles, it.article())
	}
	if f.more > 0 {
		d.notes = append(d.notes, tooMany(MaxItems+f.more))
	}
	return d
}

func (it jsonItem) article() article {
	a := article{
		title:      string(it.Title),
		content:    strings.TrimSpace(string(it.ContentHTML)),
		summary:    textAsHTML(string(it.Summary)),
		links:      []string{string(it.URL), string(it.ExternalURL)},
		guid:       string(it.ID),
		authors:    append(it.Authors, it.Author...),
		categories: it.Tags,
		published:  parseDate(string(it.DatePublished)),
		updated:    parseDate(string(it.DateModified)),
		image:      cmp.Or(string(it.Image), string(it.BannerImage)),
	}
	if a.content == "" {
		a.content = textAsHTML(string(it.ContentText))
	}
	if isAddress(a.guid) {
		a.links = append(a.links, a.guid)
	}
	for _, x := range it.Attachments {
		a.enclosures = append(a.enclosures, Enclosure{URL: string(x.URL), Type: string(x.MIMEType), Title: string(x.Title), Length: length(string(x.Size))})
	}
	return a
}

// A loose string takes a number too, and is "" for anything else.
type loose string

func (l *loose) UnmarshalJSON(b []byte) error {
	*l = ""
	switch {
	case len(b) == 0:
	case b[0] == '"':
		var s string
		if err := json.Unmarshal(b, &s); err != nil {
			return err
		}
		*l = loose(s)
	case b[0] == '-' || b[0] >= '0' && b[0] <= '9':
		*l = loose(b)
	}
	return nil
}

// A looseList takes one string where a list should be.
type looseList []string

func (l *looseList) UnmarshalJSON(b []byte) error {
	list, err := anyList[loose](b)
	for _, s := range list {
		*l = append(*l, string(s))
	}
	return err
}

// jsonPeople are names. They take an author, a list of them, or mere names.
type jsonPeople []string

func (p *jsonPeople) UnmarshalJSON(b []byte) error {
	list, err := anyList[json.RawMessage](b)
	for _, raw := range list {
		var name loose
		var person struct{ Name, URL loose }
		if json.Unmarshal(raw, &name) == nil && name == "" && json.Unmarshal(raw, &person) == nil {
			name = loose(cmp.Or(string(person.Name), string(person.URL)))
		}
		*p = append(*p, string(name))
	}
	return err
}

// jsonAttachments take one attachment where a list should be.
type jsonAttachments []jsonAttachment

func (a *jsonAttachments) UnmarshalJSON(b []byte) error {
	list, err := anyList[json.RawMessage](b)
	for _, raw := range list {
		var x jsonAttachment
		if json.Unmarshal(raw, &x) == nil {
			*a = append(*a, x)
		}
	}
	return err
}

// anyList reads a list, or one element in place of it, or null.
func anyList[T any](b []byte) ([]T, error) {
	switch {
	case string(b) == "null":
		return nil, nil
	case len(b) > 0 && b[0] == '[':
		var list []T
		err := json.Unmarshal(b, &list)
		return list, err
	}
	var one T
	err := json.Unmarshal(b, &one)
	return []T{one}, err
}
