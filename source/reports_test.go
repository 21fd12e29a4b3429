package source_test

import (
	"fmt"
	"io"
	"net/http"
	"strings"
	"testing"
	"time"

	"app/newsterm/feed"
	"app/newsterm/store"
)

// What people reported of other readers, where it can be shown with a feed
// that is served and refreshed. What becomes of single articles is in
// identity_test.go.

// newsboat#1181, #1150: what a feed no longer brings is deleted, once it brings
// nothing at all.
func TestAnEmptyFeedTakesNothingAway(t *testing.T) {
	p := newPaper(t)
	p.serves(post{guid: "1", title: "Tide", date: "2022-01-05 08:00"}, post{guid: "2", title: "Ebb", date: "2022-01-04 08:00"})
	p.mark(store.Starred, "title:ebb")
	p.serves()
	p.has("Tide", "Ebb starred")
}

// miniflux#52, newsboat#3070: a damaged answer costs what was there, or is
// taken for the state of things because its validators were kept.
func TestABrokenAnswerChangesNothing(t *testing.T) {
	for _, c := range []struct {
		name, body, kind, says string
		status                 int
	}{
		{"a web page", "<!doctype html><html><title>Log in</title></html>", "text/html", "this is a web page", 200},
		{"nothing", "", "application/rss+xml", "", 200},
		{"a file of another kind", "PK\x03\x04\x14\x00\xff\xfe\x80", "application/rss+xml", "", 200},
		{"an error with a feed in it", rss("Down", "no news"), "application/rss+xml", "503", 503},
	} {
		t.Run(c.name, func(t *testing.T) {
			p := newPaper(t)
			var asked []string
			fine, etag := true, `"1"`
			p.answer = func(rw http.ResponseWriter, r *http.Request) {
				asked = append(asked, r.Header.Get("If-None-Match"))
				rw.Header().Set("ETag", etag)
				if fine {
					io.WriteString(rw, rss("News", "a", etag))
					return
				}
				rw.Header().Set("Content-Type", c.kind)
				rw.WriteHeader(c.status)
				io.WriteString(rw, c.body)
			}
			p.world.refresh(all)
			p.mark(store.Read, "")
			fine, etag = false, `"2"`
			p.world.now = p.world.now.Add(time.Hour)
			steps, _ := p.world.refresh(all)
			if f := p.world.feed(p.feed); steps[0].Err == nil || f.Failure == "" || !strings.Contains(f.Failure, c.says) || f.Total != 2 || f.Unread != 0 {
				t.Errorf("the step is %+v, the feed %+v", steps[0], f)
			}
			fine, etag = true, `"3"`
			p.world.now = p.world.now.Add(48 * time.Hour)
			p.world.refresh(all)
			if f := p.world.feed(p.feed); f.Failure != "" || f.Total != 3 || f.Unread != 1 {
				t.Errorf("after all is well again: %+v", f)
			}
			if want := `["" "\"1\"" "\"1\""]`; fmt.Sprintf("%q", asked) != want {
				t.Errorf("asked with %q, want %s", asked, want)
			}
		})
	}
}

// miniflux#2675, commafeed#1746, newsboat 2.43, #2732: an ETag is forgotten
// when Last-Modified stays, or when "not modified" does not repeat it; and "not
// modified" is taken for a failure, and asked again.
func TestEachValidatorIsTheLastThatCame(t *testing.T) {
	p := newPaper(t)
	answers := []struct {
		status       int
		etag, guid   string
		lastModified string
	}{
		{200, `"1"`, "a", "Mon"}, {200, `"2"`, "b", "Mon"}, {304, "", "", ""}, {304, "", "", "Tue"}, {200, "", "c", "Tue"}, {304, "", "", ""},
	}
	var asked []string
	p.answer = func(rw http.ResponseWriter, r *http.Request) {
		a := answers[len(asked)]
		asked = append(asked, r.Header.Get("If-None-Match")+" "+r.Header.Get("If-Modified-Since"))
		for name, value := range map[string]string{"ETag": a.etag, "Last-Modified": a.lastModified} {
			if value != "" {
				rw.Header().Set(name, value)
			}
		}
		rw.WriteHeader(a.status)
		if a.status == 200 {
			io.WriteString(rw, rss("News", a.guid))
		}
	}
	for range answers {
		steps, requests := p.world.refresh(all)
		if requests != 1 || steps[0].Err != nil {
			t.Errorf("%d requests, %v", requests, steps[0].Err)
		}
	}
	if want := `[" " "\"1\" Mon" "\"2\" Mon" "\"2\" Mon" "\"2\" Tue" " Tue"]`; fmt.Sprintf("%q", asked) != want {
		t.Errorf("asked with %q, want %s", asked, want)
	}
	if f := p.world.feed(p.feed); f.Total != 3 {
		t.Errorf("%d articles, want 3", f.Total)
	}
}

// newsboat#2805, #1974, #1300, #2102, #1593, 2.41; nom 69822e9, 168700b: text
// that ends the program.
func TestOddContentIsAnArticleLikeAnyOther(t *testing.T) {
	item := func(inside string) string {
		return `<rss version="2.0"><channel><title>Odd</title><item>` + inside + `</item></channel></rss>`
	}
	for name, body := range map[string]string{
		"combining characters":      item("<title>Z" + strings.Repeat("\u0335\u0321", 200) + "</title><description>Te\u0301xt</description>"),
		"an end too many":           item("<title>T</title><description>&lt;p>x&lt;/ul>&lt;/ul>&lt;/p>&lt;/div></description>"),
		"a script that writes HTML": item("<title>T</title><description>&lt;script>document.write('&lt;p>' + \"&lt;/p>\")&lt;/script>x</description>"),
		"joined emoji":              item("<title>\U0001f468\u200d\U0001f469\u200d\U0001f467\u200d\U0001f466\ufe0f</title>"),
		"nothing in it":             item(""),
		"no date that is one":       item("<title>T</title><pubDate>soon</pubDate>"),
		"no channel":                `<rss version="2.0"><item><title>T</title></item></rss>`,
		"an author who is null":     `{"version":"https://jsonfeed.org/version/1","title":"J","author":null,"items":[{"id":"1","title":"T","author":null,"authors":null,"date_published":null,"attachments":null,"tags":null}]}`,
		"an author without name":    `{"version":"https://jsonfeed.org/version/1.1","title":"J","items":[{"id":"1","title":"T","authors":[null,{"name":null}],"content_html":null,"attachments":[null]}]}`,
		"numbers for names":         `{"version":"https://jsonfeed.org/version/1.1","title":7,"items":[{"id":1,"title":2,"authors":[{"name":3}]}]}`,
		"an entry without anything": `<feed xmlns="http://www.w3.org/2005/Atom"><title>A</title><entry><author/><content/><link/></entry></feed>`,
	} {
		t.Run(name, func(t *testing.T) {
			p := newPaper(t)
			p.answer = func(rw http.ResponseWriter, _ *http.Request) { io.WriteString(rw, body) }
			if steps, _ := p.world.refresh(all); steps[0].Err != nil || steps[0].Added != 1 {
				t.Fatalf("%+v, want one article", steps[0])
			}
			a, err := p.db.Article(ctx, p.articles("")[0].ID)
			if err != nil || a.Title == "" || a.GUID == "" || a.Date.IsZero() {
				t.Errorf("Article = %+v, %v", a, err)
			}
			feed.Markdown(a.HTML, a.URL)
			if again, _ := p.world.refresh(all); again[0].Added != 0 {
				t.Error("it is another one the second time")
			}
		})
	}
}
