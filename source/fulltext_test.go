package source_test

import (
	"context"
	"fmt"
	"io"
	"net/http"
	"strings"
	"sync"
	"testing"

	"app/newsterm/feed"
	"app/newsterm/source"
	"app/newsterm/store"
)

// story is a page with an article.
func story(name string) string {
	return "<!doctype html><html><head><title>" + name + "</title></head><body><nav>Home</nav><article><h1>" + name + "</h1>" +
		strings.Repeat("<p>The whole of "+name+", with every word that its feed left out, and then some more of them.</p>", 8) +
		"</article></body></html>"
}

// linked is a feed with an article for each of pages.
func linked(pages ...string) string {
	var b strings.Builder
	b.WriteString(`<rss version="2.0"><channel><title>Stories</title>`)
	for _, p := range pages {
		fmt.Fprintf(&b, `<item><guid>%s</guid><title>%[1]s</title><link>%[1]s</link></item>`, p)
	}
	return b.String() + `</channel></rss>`
}

func TestFullTextsOfNewArticlesAreKept(t *testing.T) {
	db := library(t)
	var mu sync.Mutex
	var asked []string
	var pages []string
	at := serve(t, func(w http.ResponseWriter, r *http.Request) {
		mu.Lock()
		defer mu.Unlock()
		asked = append(asked, r.URL.Path+" "+r.UserAgent()+" "+r.Header.Get("X-Key"))
		switch r.URL.Path {
		case "/feed":
			io.WriteString(w, linked(pages...))
		case "/missing":
			http.NotFound(w, r)
		default:
			w.Header().Set("Content-Type", "text/html")
			io.WriteString(w, story(r.URL.Path))
		}
	})
	w := &source.Web{DB: db, Client: &feed.Client{}}
	f := subscribe(t, db, at+"/feed")
	pages = []string{at + "/old"}
	refresh(t, w, source.Which{Force: true})
	f.FullText, f.UserAgent, f.Headers = true, "reader", "X-Key: sesame"
	if err := db.Change(ctx, func(now *store.Feed) { *now = f }, f.ID); err != nil {
		t.Fatal(err)
	}
	pages = []string{at + "/new", at + "/missing", at + "/old"}
	asked = nil
	for _, s := range refresh(t, w, source.Which{Force: true}) {
		if s.Err != nil {
			t.Errorf("a page that is missing is no failure of the feed: %v", s.Err)
		}
	}
	for _, a := range asked {
		if strings.HasPrefix(a, "/old") || !strings.HasSuffix(a, " reader sesame") {
			t.Errorf("asked for %q, want new pages alone, as the feed is asked", a)
		}
	}
	if len(asked) != 3 {
		t.Errorf("asked %d times, want 3: %q", len(asked), asked)
	}
	q, err := store.ParseQuery(`has:fulltext "every word that its feed left out"`)
	if err != nil {
		t.Fatal(err)
	}
	list, err := db.Articles(ctx, q, store.Page{})
	if err != nil || len(list) != 1 || list[0].URL != at+"/new" {
		t.Errorf("the full texts of %+v are found, %v, want that of /new", list, err)
	}
	asked = nil
	refresh(t, w, source.Which{Force: true})
	if len(asked) != 1 {
		t.Errorf("asked again for what is known: %q", asked)
	}
}

// The address of a page is a stranger's, and must not lead where only this
// machine can go.
func TestFullTextAsksNobodyAtHomeForAStranger(t *testing.T) {
	home := false
	at := serve(t, func(http.ResponseWriter, *http.Request) { home = true })
	w := &source.Web{DB: library(t), Client: &feed.Client{}}
	if _, err := w.Page(ctx, store.Feed{URL: "https://news.example/feed"}, at+"/secret"); err == nil || home {
		t.Errorf("a server on this machine was asked: %v, %v", home, err)
	}
}

func TestHeadersOfAFeedAreForItsServerAlone(t *testing.T) {
	var got []string
	answer := func(w http.ResponseWriter, r *http.Request) {
		got = append(got, r.Header.Get("X-Key"))
		w.Header().Set("Content-Type", "text/html")
		io.WriteString(w, story("it"))
	}
	own, other := serve(t, answer), serve(t, answer)
	w := &source.Web{DB: library(t), Client: &feed.Client{}}
	f := store.Feed{URL: own + "/feed", Headers: "X-Key: sesame"}
	for _, address := range []string{own + "/page", other + "/page"} {
		if _, err := w.Page(ctx, f, address); err != nil {
			t.Fatal(err)
		}
	}
	if fmt.Sprint(got) != "[sesame ]" {
		t.Errorf("X-Key was %q, want it for the feed's own server alone", got)
	}
}

// beyond is more pages than one refresh fetches.
const beyond = 130

func TestPagesBeyondOneRefreshAreFetchedByTheNext(t *testing.T) {
	db := library(t)
	var mu sync.Mutex
	asked := map[string]int{}
	var items []string
	at := serve(t, func(w http.ResponseWriter, r *http.Request) {
		mu.Lock()
		defer mu.Unlock()
		switch asked[r.URL.Path]++; {
		case r.URL.Path == "/feed":
			io.WriteString(w, linked(items...))
		case strings.HasSuffix(r.URL.Path, "0"):
			http.NotFound(w, r)
		default:
			w.Header().Set("Content-Type", "text/html")
			io.WriteString(w, story(r.URL.Path))
		}
	})
	w := &source.Web{DB: db, Client: &feed.Client{}}
	f := subscribe(t, db, at+"/feed")
	f.FullText = true
	if err := db.Change(ctx, func(now *store.Feed) { *now = f }, f.ID); err != nil {
		t.Fatal(err)
	}
	for i := range beyond {
		items = append(items, fmt.Sprintf("%s/%d", at, i))
	}
	kept := func() int {
		q, err := store.ParseQuery("has:fulltext")
		if err != nil {
			t.Fatal(err)
		}
		n, err := db.Count(ctx, q, store.Moment{})
		if err != nil {
			t.Fatal(err)
		}
		return n
	}
	refresh(t, w, source.Which{Force: true})
	if n := kept(); n != 90 {
		t.Errorf("%d full texts after the first refresh, want the 90 that are there of 100", n)
	}
	items = append([]string{at + "/late1"}, items...)
	refresh(t, w, source.Which{Force: true})
	if n := kept(); n != beyond-beyond/10+1 {
		t.Errorf("%d full texts after the second refresh, want %d", n, beyond-beyond/10+1)
	}
	refresh(t, w, source.Which{Force: true})
	refresh(t, w, source.Which{}) // nobody is due, and nobody asked
	for path, n := range asked {
		if n != 1 && path != "/feed" {
			t.Errorf("%s was asked for %d times, want once, there or not", path, n)
		}
	}
}

func TestPagesLeftByAStoppedRefreshAreFetchedByTheNext(t *testing.T) {
	db := library(t)
	stopping, stop := context.WithCancel(ctx)
	stopped := false
	at := serve(t, func(w http.ResponseWriter, r *http.Request) {
		switch {
		case r.URL.Path == "/feed":
			io.WriteString(w, linked("http://"+r.Host+"/page"))
		case !stopped:
			stopped = true
			stop()
			<-r.Context().Done()
		default:
			w.Header().Set("Content-Type", "text/html")
			io.WriteString(w, story("it"))
		}
	})
	w := &source.Web{DB: db, Client: &feed.Client{}}
	f := subscribe(t, db, at+"/feed")
	f.FullText = true
	if err := db.Change(ctx, func(now *store.Feed) { *now = f }, f.ID); err != nil {
		t.Fatal(err)
	}
	for range w.Refresh(stopping, source.Which{Force: true}) {
	}
	refresh(t, w, source.Which{Force: true})
	list, err := db.Articles(ctx, store.Query{}, store.Page{})
	if err != nil || len(list) != 1 || !list[0].HasFullText {
		t.Errorf("%+v, %v, want an article with its full text", list, err)
	}
}

func TestPagesOfARefreshThatNeverCameToThemAreFetchedByTheNext(t *testing.T) {
	db := library(t)
	stopping, stop := context.WithCancel(ctx)
	defer stop()
	at := serve(t, func(w http.ResponseWriter, r *http.Request) {
		switch {
		case r.URL.Path == "/feed":
			io.WriteString(w, linked("http://"+r.Host+"/page"))
		case r.URL.Path == "/slow" && stopping.Err() == nil:
			<-r.Context().Done()
		case r.URL.Path == "/page" && stopping.Err() != nil:
			w.Header().Set("Content-Type", "text/html")
			io.WriteString(w, story("it"))
		default:
			http.NotFound(w, r)
		}
	})
	w := &source.Web{DB: db, Client: &feed.Client{}}
	f := subscribe(t, db, at+"/feed")
	f.FullText = true
	if err := db.Change(ctx, func(now *store.Feed) { *now = f }, f.ID); err != nil {
		t.Fatal(err)
	}
	subscribe(t, db, at+"/slow")
	for p := range w.Refresh(stopping, source.Which{}) {
		if p.Done == 1 { // the feed is saved, and the slow one still awaited
			stop()
		}
	}
	refresh(t, w, source.Which{})
	list, err := db.Articles(ctx, store.Query{}, store.Page{})
	if err != nil || len(list) != 1 || !list[0].HasFullText {
		t.Errorf("%+v, %v, want an article with its full text", list, err)
	}
}

func TestAHostOfPagesThatWantsRestGetsIt(t *testing.T) {
	db := library(t)
	pages := serve(t, func(w http.ResponseWriter, r *http.Request) {
		w.Header().Set("Retry-After", "3600")
		w.WriteHeader(http.StatusTooManyRequests)
	})
	at := serve(t, func(w http.ResponseWriter, r *http.Request) {
		io.WriteString(w, linked(pages+"/1"))
	})
	w := &source.Web{DB: db, Client: &feed.Client{}}
	f := subscribe(t, db, at+"/feed")
	f.FullText = true
	if err := db.Change(ctx, func(now *store.Feed) { *now = f }, f.ID); err != nil {
		t.Fatal(err)
	}
	refresh(t, w, source.Which{Force: true})
	parked, err := db.Parked(ctx)
	if err != nil || len(parked) != 1 {
		t.Errorf("hosts that are left alone: %v, %v, want that of the page", parked, err)
	}
}
