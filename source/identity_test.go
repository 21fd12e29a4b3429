package source_test

import (
	"fmt"
	"html"
	"io"
	"net/http"
	"path/filepath"
	"slices"
	"strings"
	"testing"
	"time"

	"app/newsterm/store"
)

// A post is an item of a feed that changes between two fetches. What is ""
// is left out.
type post struct {
	guid, link, title, text string
	date                    string // "2022-01-05 09:30" or "2022-01-05"
	guidTag                 string // for another than "guid", with attributes
}

func (p post) String() string {
	var b strings.Builder
	write := func(tag, text string) {
		if text != "" {
			name, _, _ := strings.Cut(tag, " ")
			fmt.Fprintf(&b, "<%s>%s</%s>", tag, html.EscapeString(text), name)
		}
	}
	b.WriteString("<item>")
	write("title", p.title)
	write("link", p.link)
	if p.guidTag == "" {
		p.guidTag = "guid"
	}
	write(p.guidTag, p.guid)
	write("description", p.text)
	write("dc:date", p.date)
	return b.String() + "</item>"
}

// A version is what a feed is at one time.
type version []post

func (v version) String() string {
	var b strings.Builder
	b.WriteString(`<rss version="2.0" xmlns:dc="http://purl.org/dc/elements/1.1/"><channel><title>The Harbour</title>`)
	for _, p := range v {
		b.WriteString(p.String())
	}
	return b.String() + `</channel></rss>`
}

// A paper is a feed that is followed in a real file.
type paper struct {
	*world
	feed store.Feed
	now  version // what is served
}

func newPaper(t *testing.T) *paper {
	w := newWorld(t)
	db, err := store.Open(filepath.Join(t.TempDir(), "news.db"))
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { db.Close() })
	db.Now = func() time.Time { return w.now }
	w.db, w.web.DB = db, db
	p := &paper{world: w}
	w.answer = func(rw http.ResponseWriter, _ *http.Request) { io.WriteString(rw, p.now.String()) }
	p.feed = w.follow()
	return p
}

// serves lets the feed be posts from now on, and refreshes an hour later.
func (p *paper) serves(posts ...post) {
	p.Helper()
	p.now = posts
	p.world.now = p.world.now.Add(time.Hour)
	steps, _ := p.refresh(all)
	for _, s := range steps {
		if s.Err != nil {
			p.Fatal(s.Err)
		}
	}
}

func (p *paper) articles(query string) []store.Article {
	p.Helper()
	q, err := store.ParseQuery(query)
	if err != nil {
		p.Fatal(err)
	}
	list, err := p.db.Articles(ctx, q, store.Page{})
	if err != nil {
		p.Fatal(err)
	}
	return list
}

// mark marks everything that a query lists.
func (p *paper) mark(flag store.Flag, query string) {
	p.Helper()
	q, err := store.ParseQuery(query)
	if err == nil {
		_, err = p.db.MarkAll(ctx, flag, true, q, store.Moment{})
	}
	if err != nil {
		p.Fatal(err)
	}
}

// has compares all that there is with want, newest first: "Title", "Title
// read", "Title read starred".
func (p *paper) has(want ...string) {
	p.Helper()
	var got []string
	unread := 0
	for _, a := range p.articles("") {
		line := a.Title
		if a.Read {
			line += " read"
		} else {
			unread++
		}
		if a.Starred {
			line += " starred"
		}
		got = append(got, line)
	}
	if !slices.Equal(got, want) {
		p.Errorf("there is\n\t%q, want\n\t%q", got, want)
	}
	if f := p.world.feed(p.feed); f.Total != len(got) || f.Unread != unread {
		p.Errorf("counted are %d, %d unread; there are %d, %d unread", f.Total, f.Unread, len(got), unread)
	}
}

// Each story is what a feed was, one time after the other. After the first all
// is read. The reports are of other readers, and of what they did then.
func TestArticlesStayTheSame(t *testing.T) {
	const old, later, latest = "2022-01-03 08:15", "2022-01-04 09:20", "2022-01-05 10:25"
	for _, story := range []struct {
		name, report string
		versions     []version
		want         []string
	}{
		{"guid is an address that becomes https", "fornever.me#3", []version{
			{{guid: "http://h.example/tide", title: "Tide", text: "High", date: old}, {guid: "http://h.example/ebb", title: "Ebb", text: "Low"}},
			{{guid: "https://h.example/tide", title: "Tide", text: "High, and higher", date: old}, {guid: "https://h.example/ebb", title: "Ebb", text: "Lower"}},
		}, []string{"Ebb read", "Tide read"}},
		{"guid becomes https and the title better", "fornever.me#3", []version{
			{{guid: "http://h.example/tide", title: "Tide's up", text: "High"}},
			{{guid: "https://h.example/tide", title: "Tide’s up", text: "High, and higher"}},
		}, []string{"Tide’s up read"}},
		{"guid loses its slash", "newsboat#2455", []version{
			{{guid: "https://h.example/tide/", link: "https://h.example/tide/", title: "Tide", text: "High"}},
			{{guid: "https://h.example/tide", link: "https://h.example/tide", title: "Tide at noon", text: "Higher"}},
		}, []string{"Tide at noon read"}},
		{"guid goes to another host", "NetNewsWire#3835", []version{
			{{guid: "https://h.example/tide", link: "https://h.example/tide", title: "Tide", text: "High"}},
			{{guid: "https://mail.h.example/tide", link: "https://mail.h.example/tide", title: "Tide", text: "Higher"}},
		}, []string{"Tide read"}},
		{"links get tracking", "newsboat#1965", []version{
			{{link: "https://h.example/tide?id=7", title: "Tide", text: "High"}},
			{{link: "https://h.example/tide?id=7&utm_source=rss&utm_id=1", title: "Tide", text: "Higher"}},
			{{link: "http://h.example/tide/?utm_source=rss&utm_id=2&id=7", title: "Tides", text: "Highest"}},
		}, []string{"Tides read"}},
		{"links get tracking that nobody knows", "newsboat#1965", []version{
			{{link: "https://h.example/tide", title: "Tide", text: "High"}, {link: "https://h.example/ebb", title: "Ebb", text: "Low", date: old}},
			{{link: "https://h.example/tide?reader=77", title: "Tide", text: "High"}, {link: "https://h.example/ebb?reader=77", title: "Ebb", text: "Lower", date: old}},
			{{link: "https://h.example/tide?reader=78", title: "Tide", text: "High"}, {link: "https://h.example/ebb?reader=78", title: "Ebb", text: "Lowest", date: old}},
		}, []string{"Tide read", "Ebb read"}},
		{"guids are of another kind", "liferea#1195", []version{
			{{guid: "17 at h.example", link: "https://h.example/tide", title: "Tide", text: "High"}, {guid: "16 at h.example", link: "https://h.example/ebb", title: "Ebb", text: "Low", date: old}},
			{{guid: "urn:x:17", link: "https://h.example/tide", title: "Tide", text: "High"}, {guid: "urn:x:16", link: "https://h.example/ebb", title: "Ebb", text: "Low, rewritten", date: old}},
		}, []string{"Tide read", "Ebb read"}},
		{"guids and links are of another kind", "ReadYou#1132", []version{
			{{guid: "17 at h.example", link: "https://h.example/?p=17", title: "Tide", text: "High"}, {guid: "16 at h.example", link: "https://h.example/?p=16", title: "Ebb", text: "Low", date: "2022-01-03"}},
			{{guid: "urn:x:17", link: "https://h.example/2022/tide", title: "Tide", text: "High"}, {guid: "urn:x:16", link: "https://h.example/2022/ebb", title: "Ebb", text: "Low", date: "2022-01-03"}},
		}, []string{"Tide read", "Ebb read"}},
		{"guids are other ones with every fetch", "fluent-reader#650", []version{
			{{guid: "a1", link: "https://h.example/tide", title: "Tide", text: "High"}, {guid: "a2", title: "Ebb", text: "Low", date: old}},
			{{guid: "b1", link: "https://h.example/tide", title: "Tide", text: "Higher"}, {guid: "b2", title: "Ebb", text: "Lower", date: old}},
			{{guid: "c1", link: "https://h.example/tide", title: "Tide", text: "Highest"}, {guid: "c2", title: "Ebb", text: "Lowest", date: old}},
		}, []string{"Tide read", "Ebb read"}},
		{"guids and dates are other ones with every fetch", "QuiteRSS#874", []version{
			{{guid: "a1", link: "https://h.example/tide", title: "Tide", text: "High", date: "2022-01-06 10:00:01"}},
			{{guid: "b1", link: "https://h.example/tide", title: "Tide", text: "High", date: "2022-01-06 11:00:01"}},
		}, []string{"Tide read"}},
		{"edited", "QuiteRSS#207", []version{
			{{guid: "1", link: "https://h.example/tide", title: "Tide", text: "High", date: old}},
			{{guid: "1", link: "https://h.example/tide-rises", title: "Tide rises", text: "High, and 3 comments", date: latest}},
		}, []string{"Tide rises read"}},
		{"without guid, of another date", "newsboat#1729", []version{
			{{link: "https://h.example/xyz.htm", title: "Tide", text: "High", date: "2022-01-04"}},
			{{link: "https://h.example/xyz.htm", title: "Tide", text: "High", date: "2022-01-05"}},
		}, []string{"Tide read"}},
		{"without guid and date", "fluent-reader#286", []version{
			{{link: "https://h.example/2", title: "Page 2", text: "Two"}, {link: "https://h.example/1", title: "Page 1", text: "One"}},
			{{link: "https://h.example/3", title: "Page 3", text: "Three"}, {link: "https://h.example/2", title: "Page 2", text: "Two"}, {link: "https://h.example/1", title: "Page 1", text: "One"}},
		}, []string{"Page 3", "Page 2 read", "Page 1 read"}},
		{"of another date with every fetch", "QuiteRSS#874", []version{
			{{guid: "1", title: "Tide", date: "2022-01-06 12:00:01"}, {guid: "2", title: "Ebb", date: "2022-01-06 12:00:00"}},
			{{guid: "1", title: "Tide", date: "2022-01-06 12:30:01"}, {guid: "2", title: "Ebb", date: "2022-01-06 12:30:02"}},
		}, []string{"Tide read", "Ebb read"}},
		{"guid with an attribute written oddly", "QuiteRSS#1293", []version{
			{{guidTag: `guid isPermalink="false"`, guid: "https://h.example/1", title: "Tide"}},
			{{guidTag: `guid isPermaLink="false"`, guid: "https://h.example/1", title: "Tide"}},
			{{guidTag: `guid isPermalink="true"`, guid: "https://h.example/1", title: "Tide"}},
		}, []string{"Tide read"}},
		{"guids with blanks around", "nextcloud/news", []version{
			{{guid: "https://h.example/1", title: "Tide", text: "High"}, {guid: "id 2", title: "Ebb", text: "Low"}},
			{{guid: "\n\t https://h.example/1\n ", title: "Tides", text: "Higher"}, {guid: " id\n  2 ", title: "Ebbs", text: "Lower"}},
		}, []string{"Tides read", "Ebbs read"}},
		{"guids that differ by their letters' case", "goread", []version{
			{{guid: "abc", title: "Tide", date: old}},
			{{guid: "ABC", title: "Ebb", date: later}, {guid: "abc", title: "Tide", date: old}},
			{{guid: "aBc", title: "Tide", date: latest}, {guid: "ABC", title: "Ebb", date: later}, {guid: "abc", title: "Tide", date: old}},
		}, []string{"Tide", "Ebb", "Tide read"}},
		{"one guid for all", "brief#428", []version{
			{{guid: "h", link: "https://h.example/1", title: "One", date: old}},
			{{guid: "h", link: "https://h.example/2", title: "Two", date: later}, {guid: "h", link: "https://h.example/1", title: "One", date: old}},
			{{guid: "h", link: "https://h.example/3", title: "Three", date: latest}, {guid: "h", link: "https://h.example/2", title: "Two", date: later}},
			{{guid: "h", link: "https://h.example/3", title: "Three", date: latest}},
			{{guid: "h", link: "https://h.example/4", title: "Four", date: "2022-01-06 10:00"}, {guid: "h", link: "https://h.example/3", title: "Three", date: latest}, {guid: "h", link: "https://h.example/1", title: "One", date: old}},
		}, []string{"Four", "Three", "Two", "One read"}},
		{"one link for all, without guids", "brief#435", []version{
			{{link: "https://h.example/poll", title: "Poll 1", text: "Yes or no", date: old}},
			{{link: "https://h.example/poll", title: "Poll 2", text: "Yes or no", date: later}, {link: "https://h.example/poll", title: "Poll 1", text: "Yes or no", date: old}},
			{{link: "https://h.example/poll", title: "Poll 3", text: "Yes or no", date: latest}, {link: "https://h.example/poll", title: "Poll 2", text: "Yes or no", date: later}},
		}, []string{"Poll 3", "Poll 2", "Poll 1 read"}},
		{"neither guids nor links", "nom", []version{
			{{title: "Tide", text: "High", date: old}},
			{{title: "Tide", text: "Low", date: later}, {title: "Tide", text: "High", date: old}},
			{{title: "Tide", text: "Low", date: later}, {title: "Tide", text: "High, and higher", date: old}},
		}, []string{"Tide", "Tide read"}},
		{"of one title", "newsboat#740, bulletty", []version{
			{{guid: "1", link: "https://h.example/1", title: "Daily tide", text: "High", date: old}},
			{{guid: "2", link: "https://h.example/2", title: "Daily tide", text: "High", date: later}, {guid: "1", link: "https://h.example/1", title: "Daily tide", text: "High", date: old}},
			{{guid: "3", link: "https://h.example/3", title: "Daily tide", text: "Low", date: latest}, {guid: "2", link: "https://h.example/2", title: "Daily tide", text: "High", date: later}},
		}, []string{"Daily tide", "Daily tide", "Daily tide read"}},
		{"of one title, one link and two dates", "newsboat#740", []version{
			{{link: "https://h.example/daily", title: "Daily tide", text: "High", date: old}},
			{{link: "https://h.example/daily", title: "Daily tide", text: "Low", date: later}, {link: "https://h.example/daily", title: "Daily tide", text: "High", date: old}},
		}, []string{"Daily tide", "Daily tide read"}},
		{"one article twice", "rss2email", []version{
			{{guid: "1", link: "https://h.example/1", title: "Tide", text: "High", date: old}},
			{{guid: "1", link: "https://h.example/1", title: "Tide", text: "High", date: old}, {guid: "1", link: "https://h.example/1?utm_source=x", title: "Tide", text: "High", date: old}},
		}, []string{"Tide read"}},
		{"relative links and empty guids", "nom", []version{
			{{guid: " ", link: "/tide", title: "Tide", text: "High"}, {guid: " ", link: "ebb", title: "Ebb", text: "Low"}},
			{{guid: " ", link: "/tide", title: "Tide at noon", text: "High"}, {guid: " ", link: "/ebb", title: "Ebb at noon", text: "Low"}},
		}, []string{"Tide at noon read", "Ebb at noon read"}},
		{"gone and come back", "newsboat#1419", []version{
			{{guid: "1", title: "Tide", date: old}, {guid: "2", title: "Ebb", date: old}},
			{{guid: "3", title: "Fog", date: later}},
			{{guid: "3", title: "Fog", date: later}, {guid: "1", title: "Tide", date: latest}, {guid: "2", title: "Ebb", date: latest}},
		}, []string{"Fog", "Tide read", "Ebb read"}},
		{"the other way round", "selfoss#67", []version{
			{{guid: "3", title: "Three"}, {guid: "2", title: "Two"}, {guid: "1", title: "One"}},
			{{guid: "1", title: "One"}, {guid: "2", title: "Two"}, {guid: "3", title: "Three"}},
			{{guid: "1", title: "One"}, {guid: "2", title: "Two"}, {guid: "3", title: "Three"}, {guid: "4", title: "Four"}},
		}, []string{"Four", "Three read", "Two read", "One read"}},
		{"dated later", "newsboat#762", []version{
			{{guid: "2", title: "Two"}, {guid: "1", title: "One"}},
			{{guid: "2", title: "Two", date: old}, {guid: "1", title: "One", date: later}},
			{{guid: "2", title: "Two", date: "2097-01-01 00:00"}, {guid: "1", title: "One"}},
		}, []string{"Two read", "One read"}},
		{"of the future", "newsboat#762", []version{
			{{guid: "1", title: "Tide", date: "2064-01-01 00:00"}},
			{{guid: "2", title: "Ebb"}, {guid: "1", title: "Tide", date: "2064-01-01 00:00"}},
		}, []string{"Ebb", "Tide read"}},
	} {
		t.Run(story.name, func(t *testing.T) {
			t.Parallel()
			p := newPaper(t)
			for i, v := range story.versions {
				p.serves(v...)
				if i == 0 {
					p.mark(store.Read, "")
				}
				p.serves(v...)
			}
			p.has(story.want...)
			if t.Failed() {
				t.Log(story.report)
			}
		})
	}
}

// fleet is thirty articles of a feed before and after it moved to other
// software, which knows neither their ids nor their addresses and writes their
// texts in its own way.
func fleet(changed bool) (v version) {
	for i := 30; i > 0; i-- {
		p := post{
			guid:  fmt.Sprintf("https://h.example/?p=%d", i),
			link:  fmt.Sprintf("https://h.example/archives/%d", i),
			title: fmt.Sprintf("Ship %d", i),
			text:  fmt.Sprintf("<p>Ship %d is in</p>", i),
			date:  fmt.Sprintf("2021-12-%02d 07:45", i),
		}
		if changed {
			p.guid, p.link = fmt.Sprintf("tag:h.example,2022:%d", 1000+i), fmt.Sprintf("https://www.h.example/ship-%d.html", i)
			p.text = fmt.Sprintf("<div class='post'>Ship %d is in</div>", i)
		}
		v = append(v, p)
	}
	return v
}

func TestAFeedThatMovesToOtherSoftwareBringsNothingTwice(t *testing.T) {
	for name, migrate := range map[string]func(*post){
		"with its dates": func(*post) {},
		"without dates":  func(p *post) { p.date, p.text = "", "Ship" },
		"all of one day": func(p *post) { p.date, p.text = "2021-12-01", "Ship" },
	} {
		t.Run(name, func(t *testing.T) {
			before, after := fleet(false), fleet(true)
			for i := range before {
				migrate(&before[i])
				migrate(&after[i])
			}
			p := newPaper(t)
			p.serves(before...)
			p.mark(store.Read, "")
			p.mark(store.Starred, `title:"Ship 7"`)
			p.serves(append(version{{guid: "new", link: "https://www.h.example/new", title: "A new ship", date: "2022-01-06 09:00"}}, after...)...)
			p.serves(after[:10]...)
			if n, unread, starred := len(p.articles("")), p.articles("is:unread"), p.articles("is:starred"); n != 31 || len(unread) != 1 ||
				unread[0].Title != "A new ship" || len(starred) != 1 || starred[0].Title != "Ship 7" {
				t.Errorf("%d articles, want 31; unread are %v, starred %v", n, unread, starred)
			}
		})
	}
}

func TestAFeedThatMovesTakesItsArticlesAlong(t *testing.T) {
	here := version{{link: "/tide", title: "Tide", text: "<a href='/map'>Map</a>"}, {guid: "2", link: "ebb", title: "Ebb", text: "Low"}}
	t.Run("as its server says", func(t *testing.T) {
		p := newPaper(t)
		p.serves(here...)
		p.mark(store.Read, "title:tide")
		p.mark(store.Starred, "title:ebb")
		elsewhere := p.server("127.0.0.1") + "/new/feed.xml"
		serve := p.answer
		p.answer = func(rw http.ResponseWriter, r *http.Request) {
			if r.URL.Path == "/feed" {
				http.Redirect(rw, r, elsewhere, http.StatusMovedPermanently)
				return
			}
			serve(rw, r)
		}
		for range 3 {
			p.serves(here...)
		}
		if f := p.world.feed(p.feed); f.URL != elsewhere {
			t.Errorf("it is at %s", f.URL)
		}
		p.has("Tide read", "Ebb starred")
	})
	t.Run("as its reader says", func(t *testing.T) {
		p := newPaper(t)
		p.serves(here...)
		p.mark(store.Read, "")
		f := p.world.feed(p.feed)
		f.URL = p.server("127.0.0.1") + "/new/feed.xml"
		if err := p.db.Change(ctx, func(now *store.Feed) { *now = f }, f.ID); err != nil {
			t.Fatal(err)
		}
		p.serves(append(version{{link: "fog", title: "Fog", text: "Grey"}}, here...)...)
		p.has("Fog", "Tide read", "Ebb read")
	})
}

// newsboat#898, #1402, #923, #2431: an article in two feeds is one, and goes
// from the one to the other.
func TestAnArticleOfTwoFeedsIsTwo(t *testing.T) {
	p := newPaper(t)
	p.feed = subscribe(t, p.db, p.server("127.0.0.1")+"/other")
	same := post{guid: "https://h.example/tide", link: "https://h.example/tide", title: "Tide", text: "High", date: "2022-01-05 08:00"}
	p.serves(same)
	ids := map[store.FeedID]store.ArticleID{}
	for _, a := range p.articles("") {
		ids[a.Feed] = a.ID
	}
	if len(ids) != 2 {
		t.Fatalf("they are in %v, want both feeds", ids)
	}
	if _, err := p.db.Mark(ctx, store.Read, true, ids[p.feed.ID]); err != nil {
		t.Fatal(err)
	}
	same.text = "Higher"
	p.serves(same)
	for _, a := range p.articles("") {
		if a.ID != ids[a.Feed] || a.Read != (a.Feed == p.feed.ID) {
			t.Errorf("article %d of feed %d: read %v", a.ID, a.Feed, a.Read)
		}
	}
}

func TestPrunedArticlesStayAway(t *testing.T) {
	p := newPaper(t)
	posts := version{
		{guid: "9", title: "Newest", text: "Stays", date: "2022-01-05 12:00"},
		{link: "https://h.example/undated", title: "Undated", text: "Gone"},
		{link: "https://h.example/day", title: "Of a day", text: "Gone", date: "2022-01-02"},
		{guid: "http://h.example/address", title: "Address", text: "Gone"},
		{guid: "4", link: "https://h.example/dated", title: "Dated", text: "Gone", date: "2022-01-01 08:15"},
	}
	undated := p.world.now
	p.world.now = undated.AddDate(0, -1, 0)
	p.serves(posts...)
	p.world.now = undated
	p.mark(store.Read, "")
	if n, err := p.db.Prune(ctx, 1, false); n != 4 || err != nil {
		t.Fatalf("Prune = %d, %v", n, err)
	}
	want := []string{p.articles("")[0].Title + " read"}
	p.serves(posts...)
	p.has(want...)
	posts[1].link += "?utm_source=rss"
	posts[2].link += "?fbclid=77"
	posts[3].guid = "https://h.example/address?utm_source=rss"
	posts[4].guid, posts[4].link = "urn:x:4", "https://h.example/dated-2"
	p.serves(posts...)
	p.has(want...)
	posts[1].link, posts[1].text = "https://h.example/undated/", "Written anew"
	posts[3].guid, posts[3].title = "http://h.example/address/", "Another address"
	p.serves(posts...)
	p.has(want...)
}

func TestAnArticleReadElsewhereDuringARefreshIsRead(t *testing.T) {
	p := newPaper(t)
	posts := version{{guid: "1", title: "Tide", text: "High", date: "2022-01-05 08:00"}, {guid: "2", title: "Ebb", text: "Low", date: "2022-01-04 08:00"}}
	p.serves(posts...)
	other, err := store.Open(p.db.Path())
	if err != nil {
		t.Fatal(err)
	}
	defer other.Close()
	id := p.articles("title:tide")[0].ID
	serve := p.answer
	p.answer = func(rw http.ResponseWriter, r *http.Request) {
		if _, err := other.Mark(ctx, store.Read, true, id); err != nil {
			t.Error(err)
		}
		serve(rw, r)
	}
	posts[0].guid, posts[0].text = "urn:x:1", "Higher"
	posts[1].text = "Lower"
	p.serves(posts...)
	p.has("Tide read", "Ebb")
	if a, err := other.Article(ctx, id); err != nil || a.HTML != "Higher" && a.HTML != "<p>Higher</p>" {
		t.Errorf("Article = %+v, %v", a, err)
	}
}

func TestWhatIsNewIsNotTakenForWhatIsOld(t *testing.T) {
	const old, later = "2022-01-03 08:15", "2022-01-04 09:20"
	for name, c := range map[string][2]post{
		"another page of the same title":        {{guid: "https://h.example/?p=1", title: "Help"}, {guid: "https://h.example/?p=2", title: "Help"}},
		"another page without guid":             {{link: "https://h.example/t?id=1", title: "Help", text: "x"}, {link: "https://h.example/t?id=2", title: "Help", text: "y"}},
		"the same report of another day":        {{guid: "1", link: "https://h.example/", title: "Tide", text: "High", date: old}, {guid: "2", link: "https://h.example/", title: "Tide", text: "Low", date: later}},
		"the same words of another day":         {{guid: "1", link: "https://h.example/", title: "Tide", text: "High", date: old}, {guid: "2", link: "https://h.example/", title: "Tide", text: "High", date: later}},
		"another comment by the same person":    {{guid: "https://h.example/p/#comment-1", link: "https://h.example/p/#comment-1", title: "By: Ann", text: "x"}, {guid: "https://h.example/p/#comment-2", link: "https://h.example/p/#comment-2", title: "By: Ann", text: "y"}},
		"a notice without a page":               {{guid: "1", title: "Done", date: old}, {guid: "2", title: "Done", date: later}},
		"a post of another blog":                {{guid: "https://a.example/hello", title: "Hello", text: "x", date: old}, {guid: "https://b.example/hello", title: "Hello", text: "y", date: later}},
		"an undated report, from the same page": {{guid: "1", link: "https://h.example/", title: "Tide", text: "High"}, {guid: "2", link: "https://h.example/", title: "Tide", text: "Low"}},
		"the same day, another page":            {{guid: "1", link: "https://h.example/1", title: "Tide", text: "x", date: "2022-01-04"}, {guid: "2", link: "https://h.example/2", title: "Tide", text: "y", date: "2022-01-04"}},
		"the same second, another title":        {{guid: "1", title: "Tide", text: "x", date: old}, {guid: "2", title: "Ebb", text: "x", date: old}},
		"the front page of another host":        {{guid: "https://a.example/", title: "Tide", text: "x"}, {guid: "https://b.example/", title: "Tide", text: "y"}},
	} {
		t.Run(name, func(t *testing.T) {
			p := newPaper(t)
			p.serves(c[0])
			p.mark(store.Read, "")
			p.serves(c[1])
			p.has(c[1].title, c[0].title+" read")
		})
	}
}

// An article that is edited keeps its place and its marks, and says when.
func TestAnEditIsSeenAndMovesNothing(t *testing.T) {
	p := newPaper(t)
	atom := func(title, updated string) {
		p.answer = func(rw http.ResponseWriter, _ *http.Request) {
			fmt.Fprintf(rw, `<feed xmlns="http://www.w3.org/2005/Atom"><title>The Harbour</title><id>urn:h</id>
				<entry><id>urn:1</id><title>%s</title><published>2022-01-02T08:00:00Z</published><updated>%s</updated><content>%[1]s</content></entry></feed>`, title, updated)
		}
		p.serves()
	}
	atom("Tide", "2022-01-02T08:00:00Z")
	p.mark(store.Read, "")
	p.mark(store.Starred, "")
	atom("Tides", "2022-01-05T09:00:00Z")
	p.has("Tides read starred")
	a := p.articles("")[0]
	if want := time.Date(2022, 1, 5, 9, 0, 0, 0, time.UTC); !a.Updated.Equal(want) || a.Published.Day() != 2 || !a.Date.Equal(a.Published) {
		t.Errorf("published %v, updated %v, listed by %v; want an update of %v", a.Published, a.Updated, a.Date, want)
	}
}
