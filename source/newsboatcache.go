package source

import (
	"context"
	"database/sql"
	"regexp"
	"runtime"
	"slices"
	"strings"
	"time"

	"golang.org/x/sync/errgroup"

	"app/newsterm/feed"
)

// newsboatFeeds is the query for the feeds in newsboat's cache.db.
func (f *OldFile) newsboatFeeds() string {
	return `
		SELECT i.feedurl, COALESCE(f.title, ''), COALESCE(f.url, ''), count(*),
			sum(` + f.or("flags", "''") + ` <> '' AND ` + f.or("deleted", "0") + ` = 0)
		FROM rss_item i LEFT JOIN rss_feed f ON f.rssurl = i.feedurl
		GROUP BY i.feedurl ORDER BY i.feedurl`
}

// Flags are the letters of which newsboat's reader has made flags, in their
// order; none for another reader.
func (f *OldFile) Flags(ctx context.Context) (string, error) {
	var all string
	if f.Reader != "newsboat" {
		return "", nil
	}
	err := f.each(ctx, func(r *sql.Rows) error {
		var flags string
		err := r.Scan(&flags)
		all += flags
		return err
	}, `SELECT DISTINCT `+f.or("flags", "''")+` FROM rss_item i WHERE `+f.or("deleted", "0")+` = 0`)
	letters := []rune(feed.Line(all))
	slices.Sort(letters)
	return feed.Cut(string(slices.Compact(letters)), 52), err
}

// newsboatArticles reads the articles of a feed out of newsboat's cache.db.
func (f *OldFile) newsboatArticles(ctx context.Context, address string) ([]Old, error) {
	var rows []cached
	err := f.each(ctx, func(r *sql.Rows) error {
		var c cached
		err := r.Scan(&c.guid, &c.link, &c.title, &c.author, &c.published, &c.html, &c.kind, &c.base,
			&c.enclosure, &c.enclosureType, &c.read, &c.starred, &c.hidden)
		rows = append(rows, c)
		return err
	}, `SELECT CAST(i.guid AS TEXT), i.url, CAST(i.title AS TEXT), CAST(i.author AS TEXT), CAST(i.pubDate AS INTEGER), CAST(i.content AS TEXT),
			`+f.or("content_mime_type", "''")+`, `+f.or("base", "''")+`,
			`+f.or("enclosure_url", "''")+`, `+f.or("enclosure_type", "''")+`,
			i.unread = 0, `+f.or("flags", "''")+` <> '', `+f.or("deleted", "0")+` = 1
		FROM rss_item i WHERE i.feedurl = ? ORDER BY i.pubDate DESC, i.id`, address)
	if err != nil {
		return nil, err
	}
	forgetMadeUp(rows)
	return oldOnes(rows, Unfiltered(address)), nil
}

// oldOnes reads cached articles, several at once. Those that cannot be read
// are left out.
func oldOnes(list []cached, address string) []Old {
	read := make([]Old, len(list))
	var readers errgroup.Group
	readers.SetLimit(runtime.GOMAXPROCS(0))
	for i, c := range list {
		readers.Go(func() error {
			read[i], _ = c.old(address)
			return nil
		})
	}
	readers.Wait()
	return slices.DeleteFunc(read, func(o Old) bool { return o.GUID == "" })
}

// A cached article is one as another reader has kept it.
type cached struct {
	guid, link, title, author string
	published                 int64 // 0 for not known
	fetched                   int64 // if that is not known
	html, kind, base          string
	enclosure, enclosureType  string
	read, starred, hidden     bool
}

// forgetMadeUp clears what newsboat has made up for want of better: a guid that
// is the link and the date, or the title, and a date that is when it fetched the
// article. A guid that is the link may be the publisher's, and stays.
func forgetMadeUp(list []cached) {
	if run := longestRun(list); len(run) > 1 && 2*len(run) > len(list) {
		for _, c := range run {
			c.fetched, c.published = c.published, 0
		}
	}
	for i := range list {
		c := &list[i]
		if c.guid == c.title && c.link == "" || isLinkAndDate(c.guid, c.link) {
			c.guid = ""
		}
	}
}

// longestRun are the most articles that have nearly one date, as those have
// that were fetched together and are without. List is in the order of dates.
func longestRun(list []cached) (longest []*cached) {
	const together = 2 // seconds
	var run []*cached
	for i := range list {
		c := &list[i]
		if !c.mayBeUndated() {
			continue
		}
		if len(run) > 0 && run[len(run)-1].published-c.published > together {
			run = nil
		}
		if run = append(run, c); len(run) > len(longest) {
			longest = run
		}
	}
	return longest
}

// mayBeUndated reports whether the date of an article may be made up. The guid
// then has none, though newsboat puts it there if there is one; and people, not
// clocks, say that it is midnight, in whatever zone.
func (c cached) mayBeUndated() bool {
	const quarter = 15 * 60 // seconds, by which zones differ
	return (c.guid == c.link || c.guid == c.title || c.guid == "") && c.published%quarter != 0
}

// isLinkAndDate reports whether a guid is a link with a date behind it. The
// link may be there as it was written, which is its end if it was relative.
func isLinkAndDate(guid, link string) bool {
	at := endsInDate.FindStringIndex(guid)
	return at != nil && at[0] > 0 && link != "" && strings.HasSuffix(link, strings.TrimLeft(guid[:at[0]], "./"))
}

var endsInDate = regexp.MustCompile(`(?:(?:Mon|Tue|Wed|Thu|Fri|Sat|Sun)[a-z]*,? *)?\d{1,2} [A-Z][a-z]{2,8}\.? \d{2,4}\b[^/]*$|\d{4}-\d\d-\d\dT\d\d:\d\d[^/]*$`)

// old reads a cached article as feeds are read. It is false if that is not
// possible.
func (c cached) old(address string) (Old, bool) {
	doc, err := feed.Parse(c.asFeed(), address, "application/atom+xml")
	if err != nil || len(doc.Items) != 1 {
		return Old{}, false
	}
	o := Old{Item: doc.Items[0], Read: c.read, Starred: c.starred, Hidden: c.hidden}
	if c.fetched != 0 {
		o.Fetched = time.Unix(c.fetched, 0)
	}
	return o, true
}

// asFeed writes an article as a feed of one, so that one set of rules cleans
// and names all articles.
func (c cached) asFeed() []byte {
	var b strings.Builder
	text := func(open, s, end string) {
		if s != "" {
			b.WriteString(open + escape(s) + end)
		}
	}
	b.WriteString(`<?xml version="1.0" encoding="UTF-8"?><feed xmlns="http://www.w3.org/2005/Atom"><entry`)
	text(` xml:base="`, c.base, `"`)
	b.WriteString(`>`)
	text(`<id>`, c.guid, `</id>`)
	text(`<link rel="alternate" href="`, c.link, `"/>`)
	text(`<title type="html">`, escape(c.title), `</title>`)
	text(`<author><name>`, c.author, `</name></author>`)
	if c.published != 0 {
		text(`<published>`, time.Unix(c.published, 0).UTC().Format(time.RFC3339), `</published>`)
	}
	if c.enclosure != "" {
		text(`<link rel="enclosure" href="`, c.enclosure, `" type="`+escape(c.enclosureType)+`"/>`)
	}
	kind := "html"
	if strings.HasPrefix(c.kind, "text/plain") {
		kind = "text"
	}
	text(`<content type="`+kind+`">`, c.html, `</content>`)
	b.WriteString(`</entry></feed>`)
	return []byte(b.String())
}

// escape makes a text fit to stand in XML.
func escape(s string) string {
	return strings.NewReplacer("&", "&amp;", "<", "&lt;", ">", "&gt;", `"`, "&quot;").Replace(feed.Safe(s))
}
