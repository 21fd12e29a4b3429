package cli_test

import (
	"fmt"
	"io"
	"net/http"
	"net/http/httptest"
	"strings"
	"testing"
)

// A kept post is an item of a feed, and what newsboat keeps of it.
type kept struct {
	guid, link, title, date string // as the feed has them
	cached                  string // the link that newsboat makes of it
	at                      int64  // the date that newsboat keeps
}

// newsboatWith is a machine where newsboat has fetched, and has read, the
// posts of one feed, which are titles and nothing to read.
func newsboatWith(t *testing.T, posts ...kept) desk {
	t.Helper()
	var feed strings.Builder
	for _, p := range posts {
		fmt.Fprintf(&feed, "<item><title>%s</title>", p.title)
		for tag, text := range map[string]string{"guid": p.guid, "link": p.link, "pubDate": p.date} {
			if text != "" {
				fmt.Fprintf(&feed, "<%s>%s</%[1]s>", tag, text)
			}
		}
		feed.WriteString("</item>")
	}
	srv := httptest.NewServer(http.HandlerFunc(func(w http.ResponseWriter, _ *http.Request) {
		io.WriteString(w, `<rss version="2.0"><channel><title>Shore</title><link>http://shore.example/</link>`+feed.String()+`</channel></rss>`)
	}))
	t.Cleanup(srv.Close)
	d := newDesk(t)
	rows := cacheSchema[:len(cacheSchema):len(cacheSchema)]
	for _, p := range posts {
		rows = append(rows, fmt.Sprintf(`INSERT INTO rss_item (guid, title, author, url, feedurl, pubDate, content, unread)
			VALUES ('%s', '%s', '', '%s', '%s/feed', %d, '', 0)`, p.guid, p.title, p.cached, srv.URL, p.at))
	}
	d.write(".newsboat/urls", srv.URL+"/feed\n")
	d.database(".newsboat/cache.db", rows...)
	return d
}

// dated lists articles by date, with the one by which they are listed and the
// one that the publisher gives.
func (d desk) dated() string {
	d.t.Helper()
	out, _ := d.run(0, "list", "--format", `{{.Title}} {{.Date.Unix}} {{if not .Published.IsZero}}{{.Published.Unix}}{{end}}`, "NOT feed:handbook")
	return out
}

func TestImportKeepsDatesThatSeveralPostsHave(t *testing.T) {
	link := func(n int) string { return fmt.Sprint("http://shore.example/", n) }
	d := newsboatWith(t,
		kept{link(1), link(1), "Ebb", "Mon, 07 Apr 2014 00:00:00", link(1), 1396828800},
		kept{link(2), link(2), "Flood", "Mon, 07 Apr 2014 00:00:00", link(2), 1396828800},
		kept{link(3), link(3), "Gale", "Tue, 08 Apr 2014 00:00:00 +0200", link(3), 1396908000},
		kept{link(4), link(4), "Haze", "Tue, 08 Apr 2014 00:00:00 +0200", link(4), 1396908000},
		kept{link(5), link(5), "Ice", "Tue, 08 Apr 2014 10:01:02 GMT", link(5), 1396951262},
		kept{link(6), link(6), "Jetty", "Tue, 08 Apr 2014 10:01:03 GMT", link(6), 1396951263})
	const want = `Jetty 1396951263 1396951263
Ice 1396951262 1396951262
Gale 1396908000 1396908000
Haze 1396908000 1396908000
Ebb 1396828800 1396828800
Flood 1396828800 1396828800`
	d.run(0, "import", "newsboat")
	d.wants("dates", d.dated(), want)
	d.run(0, "refresh", "--force")
	d.wants("dates after a refresh", d.dated(), want)
}

// Newsboat gives articles without a date that of their fetch: they are listed
// by it, but it is not the publisher's. Where that was the same after all, or
// comes later, a refresh brings it.
func TestImportKnowsDatesThatNewsboatMadeUp(t *testing.T) {
	link := func(n int) string { return fmt.Sprint("http://shore.example/", n) }
	d := newsboatWith(t,
		kept{"", link(1), "Ebb", "", link(1), 1396951263},
		kept{"", link(2), "Flood", "Tue, 08 Apr 2014 10:01:02 GMT", link(2), 1396951262},
		kept{"", link(3), "Gale", "Mon, 07 Apr 2014 10:01:02 GMT", link(3), 1396951262})
	d.run(0, "import", "newsboat")
	d.wants("dates", d.dated(), "Ebb 1396951263 \nFlood 1396951262 \nGale 1396951262")
	out, _ := d.run(0, "refresh", "--force")
	d.wants("refresh", out, "0 new articles")
	d.wants("dates after a refresh", d.dated(), "Ebb 1396951263 \nFlood 1396951262 1396951262\nGale 1396951262 1396864862")
}

func TestImportedArticlesWithPathsForGuidsAreKnownAgain(t *testing.T) {
	for name, posts := range map[string][]kept{
		"guids without links": {
			{"/sea/ebb", "", "Ebb", "Tue, 08 Apr 2014 10:01:02 GMT", "/sea/ebb", 1396951262},
			{"/sea/flood", "", "Flood", "Tue, 08 Apr 2014 10:01:02 GMT", "/sea/flood", 1396951262},
		},
		"guids without links or dates": {
			{"/sea/ebb", "", "Ebb", "", "/sea/ebb", 1396951262},
			{"/sea/flood", "", "Flood", "", "/sea/flood", 1396951262},
		},
		"guids that are permanent": {
			{`/sea/ebb`, "/sea/ebb", "Ebb", "", "/sea/ebb", 1396951262},
			{`/sea/flood`, "/sea/flood", "Flood", "", "/sea/flood", 1396951262},
		},
		"links without guids": {
			{"", "/sea/ebb", "Ebb", "", "http://shore.example/sea/ebb", 1396951262},
			{"", "/sea/flood", "Flood", "", "http://shore.example/sea/flood", 1396951262},
		},
	} {
		t.Run(name, func(t *testing.T) {
			d := newsboatWith(t, posts...)
			d.run(0, "import", "newsboat")
			out, _ := d.run(0, "refresh", "--force")
			d.wants("refresh", out, "0 new articles")
			d.wants("marks", d.marks("NOT feed:handbook"), "-- Ebb\n-- Flood")
			out, _ = d.run(0, "import", "newsboat")
			d.wants("second import", out, "0 feeds added, 1 already there\n0 articles, 0 marks added")
		})
	}
}
