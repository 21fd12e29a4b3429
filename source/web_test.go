package source_test

import (
	"context"
	"fmt"
	"io"
	"net/http"
	"net/http/httptest"
	"os"
	"path/filepath"
	"runtime"
	"strings"
	"sync"
	"sync/atomic"
	"testing"
	"time"

	"app/newsterm/feed"
	"app/newsterm/source"
	"app/newsterm/store"
)

var ctx = context.Background()

func library(t *testing.T) *store.DB {
	t.Helper()
	db, err := store.Memory()
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { db.Close() })
	return db
}

// rss is a feed of one item a guid.
func rss(title string, guids ...string) string {
	var b strings.Builder
	fmt.Fprintf(&b, `<rss version="2.0"><channel><title>%s</title>`, title)
	for _, g := range guids {
		fmt.Fprintf(&b, `<item><guid>%s</guid><title>Item %[1]s</title><description>text of %[1]s</description></item>`, g)
	}
	return b.String() + `</channel></rss>`
}

// serve serves what answer writes on loopback.
func serve(t *testing.T, answer http.HandlerFunc) string {
	t.Helper()
	srv := httptest.NewServer(answer)
	t.Cleanup(srv.Close)
	return srv.URL
}

// refresh refreshes everything and returns the steps.
func refresh(t *testing.T, w *source.Web, which source.Which) []source.Progress {
	t.Helper()
	var steps []source.Progress
	for p := range w.Refresh(ctx, which) {
		steps = append(steps, p)
	}
	return steps
}

func subscribe(t *testing.T, db *store.DB, address string) store.Feed {
	t.Helper()
	f, _, err := db.Subscribe(ctx, feed.Sub{URL: address})
	if err != nil {
		t.Fatal(err)
	}
	return f
}

func TestRefreshSavesIndexesAndReports(t *testing.T) {
	db := library(t)
	w := &source.Web{DB: db, Client: &feed.Client{}}
	at := serve(t, func(w http.ResponseWriter, r *http.Request) {
		if r.URL.Path == "/gone" {
			w.WriteHeader(http.StatusGone)
			return
		}
		io.WriteString(w, rss("Feed "+r.URL.Path, "a", "b"))
	})
	for _, path := range []string{"/1", "/2", "/gone"} {
		subscribe(t, db, at+path)
	}
	steps := refresh(t, w, source.Which{})
	if first, last := steps[0], steps[len(steps)-1]; first.Total != 3 || first.Done != 0 || last.Done != 3 {
		t.Errorf("steps go from %+v to %+v, want 0 to 3 of 3", first, last)
	}
	added, failed := 0, 0
	for _, s := range steps {
		added += s.Added
		if s.Err != nil {
			failed++
		}
	}
	if added != 4 || failed != 1 {
		t.Errorf("%d added, %d failed, want 4 and 1", added, failed)
	}
	q, err := store.ParseQuery("text of a")
	if err != nil {
		t.Fatal(err)
	}
	if n, err := db.Count(ctx, q, store.Moment{}); err != nil || n != 2 {
		t.Errorf("search finds %d, %v, want 2", n, err)
	}
	feeds, err := db.Feeds(ctx)
	if err != nil {
		t.Fatal(err)
	}
	for _, f := range feeds {
		if gone := strings.HasSuffix(f.URL, "/gone"); gone != strings.Contains(f.Failure, "410") {
			t.Errorf("%s: failure %q", f.URL, f.Failure)
		}
	}
}

func TestARefreshLeavesALongIndexToOthers(t *testing.T) {
	db := library(t)
	guids := make([]string, 1300)
	for i := range guids {
		guids[i] = fmt.Sprintf("g%d", i)
	}
	subscribe(t, db, serve(t, func(w http.ResponseWriter, r *http.Request) { io.WriteString(w, rss("Many", guids...)) }))
	w := &source.Web{DB: db, Client: &feed.Client{}}
	for _, c := range []struct {
		name        string
		more        []string
		least, most int
	}{
		{"a refresh that brings very much", nil, 1300, 1300},
		{"one that brings nothing", nil, 1300, 1300},
		{"one that brings a little", []string{"new", "newer"}, 0, 1300},
	} {
		guids = append(guids, c.more...)
		refresh(t, w, source.Which{Force: true})
		if waiting, err := db.Waiting(ctx); err != nil || waiting < c.least || waiting > c.most {
			t.Errorf("%s: %d articles wait for the index, %v", c.name, waiting, err)
		}
	}
}

func TestOnlyWhatIsDueIsFetched(t *testing.T) {
	db := library(t)
	now := time.Date(2026, 8, 21, 12, 0, 0, 0, time.UTC)
	db.Now = func() time.Time { return now }
	w := &source.Web{DB: db, Client: &feed.Client{}}
	f := subscribe(t, db, serve(t, func(w http.ResponseWriter, r *http.Request) { io.WriteString(w, rss("One", "a")) }))
	for _, c := range []struct {
		name  string
		after time.Duration
		which source.Which
		want  int
	}{
		{"never fetched", 0, source.Which{}, 1},
		{"just fetched", time.Minute, source.Which{}, 0},
		{"forced", time.Minute, source.Which{Force: true}, 1},
		{"named", time.Minute, source.Which{Feeds: []store.FeedID{f.ID}}, 1},
		{"another named", time.Hour, source.Which{Feeds: []store.FeedID{f.ID + 1}}, 0},
		{"an hour later", time.Hour, source.Which{}, 1},
	} {
		now = now.Add(c.after)
		if got := refresh(t, w, c.which)[0].Total; got != c.want {
			t.Errorf("%s: %d feeds fetched, want %d", c.name, got, c.want)
		}
	}
}

func TestValidatorsGoBackAsTheyCame(t *testing.T) {
	db := library(t)
	var got []string
	at := serve(t, func(w http.ResponseWriter, r *http.Request) {
		got = append(got, r.Header.Get("If-None-Match")+"|"+r.Header.Get("If-Modified-Since"))
		w.Header().Set("ETag", fmt.Sprintf(`W/"odd-%d`, len(got)))
		w.Header().Set("Last-Modified", "Yesterday")
		if len(got) > 1 {
			w.WriteHeader(http.StatusNotModified)
			return
		}
		io.WriteString(w, rss("One", "a"))
	})
	w := &source.Web{DB: db, Client: &feed.Client{}}
	subscribe(t, db, at)
	for range 3 {
		for _, s := range refresh(t, w, source.Which{Force: true}) {
			if s.Err != nil {
				t.Fatal(s.Err)
			}
		}
	}
	want := []string{`|`, `W/"odd-1|Yesterday`, `W/"odd-2|Yesterday`}
	if fmt.Sprint(got) != fmt.Sprint(want) {
		t.Errorf("validators sent: %q, want %q", got, want)
	}
}

func TestAtMostTwoRequestsToAHost(t *testing.T) {
	db := library(t)
	var now, most atomic.Int32
	var both sync.WaitGroup
	both.Add(2)
	at := serve(t, func(w http.ResponseWriter, r *http.Request) {
		most.Store(max(most.Load(), now.Add(1)))
		defer now.Add(-1)
		if r.URL.Path == "/0" || r.URL.Path == "/1" {
			both.Done()
			both.Wait() // the first two must be under way together
		}
		io.WriteString(w, rss("Feed", "a"))
	})
	for i := range 12 {
		subscribe(t, db, fmt.Sprintf("%s/%d", at, i))
	}
	refresh(t, &source.Web{DB: db, Client: &feed.Client{}}, source.Which{})
	if most.Load() != 2 {
		t.Errorf("%d requests at a time, want 2", most.Load())
	}
}

func TestARefreshThatIsCancelledEnds(t *testing.T) {
	db := library(t)
	ctx, cancel := context.WithCancel(ctx)
	arrived, end := make(chan struct{}), make(chan struct{})
	at := serve(t, func(w http.ResponseWriter, r *http.Request) {
		select {
		case arrived <- struct{}{}:
		default:
		}
		<-end
	})
	t.Cleanup(func() { close(end) })
	for i := range 5 {
		subscribe(t, db, fmt.Sprintf("%s/%d", at, i))
	}
	steps := (&source.Web{DB: db, Client: &feed.Client{}}).Refresh(ctx, source.Which{})
	<-steps
	<-arrived
	cancel()
	for range steps {
	}
}

func TestSubscribeTakesThePageOrTheFeed(t *testing.T) {
	db := library(t)
	w := &source.Web{DB: db, Client: &feed.Client{}}
	at := serve(t, func(w http.ResponseWriter, r *http.Request) {
		switch r.URL.Path {
		case "/":
			io.WriteString(w, `<html><head><title>A site</title>
				<link rel="alternate" type="application/rss+xml" href="/feed" title="News">
				<link rel="alternate" type="application/atom+xml" href="/talk" title="Comments"></head><body>hello</body></html>`)
		case "/feed":
			io.WriteString(w, rss("The news", "a", "b"))
		default:
			http.NotFound(w, r)
		}
	})
	s, err := w.Subscribe(ctx, feed.Sub{URL: at + "/", Folder: "Local"})
	if err != nil || !s.New || s.Added != 2 || s.Feed.Title != "The news" || s.Feed.Folder != "Local" || len(s.Found.Others) != 0 || len(s.Found.Comments) != 1 {
		t.Fatalf("Subscribe = %+v, %v", s, err)
	}
	if s, err = w.Subscribe(ctx, feed.Sub{URL: at + "/feed"}); err != nil || s.New || s.Added != 0 {
		t.Errorf("again: %+v, %v, want the one that is there", s, err)
	}
	if _, err = w.Subscribe(ctx, feed.Sub{URL: at + "/missing"}); err == nil || !strings.Contains(err.Error(), "404") {
		t.Errorf("a missing feed: %v, want the server's answer", err)
	}
	if feeds, _ := db.Feeds(ctx); len(feeds) != 1 {
		t.Errorf("%d feeds are kept, want 1", len(feeds))
	}
}

func TestTheHandbookIsAFeedThatCanBeLeft(t *testing.T) {
	db := library(t)
	if err := source.Handbook(ctx, db); err != nil {
		t.Fatal(err)
	}
	list, err := db.Articles(ctx, store.Query{}, store.Page{})
	if err != nil || len(list) < 8 || list[0].Title != "Welcome" {
		t.Fatalf("%d articles, %v, want the handbook with its first article on top", len(list), err)
	}
	f, err := db.FindFeed(ctx, "handbook")
	if err != nil {
		t.Fatal(err)
	}
	if _, err := db.Mark(ctx, store.Starred, true, list[0].ID); err != nil {
		t.Fatal(err)
	}
	if err := db.SetSetting(ctx, "handbook", "an older version"); err != nil {
		t.Fatal(err)
	}
	if err := source.Handbook(ctx, db); err != nil {
		t.Fatal(err)
	}
	if a, err := db.Article(ctx, list[0].ID); err != nil || !a.Starred {
		t.Errorf("after an upgrade: starred %v, %v, want the star kept", a.Starred, err)
	}
	if err := db.Unsubscribe(ctx, f.ID); err != nil {
		t.Fatal(err)
	}
	if err := db.SetSetting(ctx, "handbook", "an older version"); err != nil {
		t.Fatal(err)
	}
	if err := source.Handbook(ctx, db); err != nil {
		t.Fatal(err)
	}
	if feeds, _ := db.Feeds(ctx); len(feeds) != 0 {
		t.Errorf("the handbook came back by itself")
	}
	if _, err := (&source.Web{DB: db}).Subscribe(ctx, feed.Sub{URL: source.HandbookURL}); err != nil {
		t.Fatal(err)
	}
	if feeds, _ := db.Feeds(ctx); len(feeds) != 1 || feeds[0].Total != len(list) {
		t.Errorf("the handbook does not come back when it is added")
	}
}

// TestNobodyWaitsForTheIndexOfOthers has a file in which very much waits to be
// indexed. Adding a feed, or a new handbook, does not do all of it.
func TestNobodyWaitsForTheIndexOfOthers(t *testing.T) {
	db := library(t)
	guids := make([]string, 1300)
	for i := range guids {
		guids[i] = fmt.Sprintf("g%d", i)
	}
	subscribe(t, db, serve(t, func(w http.ResponseWriter, r *http.Request) { io.WriteString(w, rss("Many", guids...)) }))
	w := &source.Web{DB: db, Client: &feed.Client{}}
	refresh(t, w, source.Which{Force: true})
	if err := source.Handbook(ctx, db); err != nil {
		t.Fatal(err)
	}
	small := serve(t, func(w http.ResponseWriter, r *http.Request) { io.WriteString(w, rss("Few", "a", "b")) })
	if _, err := w.Subscribe(ctx, feed.Sub{URL: small}); err != nil {
		t.Fatal(err)
	}
	if waiting, err := db.Waiting(ctx); err != nil || waiting < 500 {
		t.Errorf("%d articles wait for the index, %v", waiting, err)
	}
}

func TestARefreshNamesTheFileThatIsGoneFirst(t *testing.T) {
	if runtime.GOOS == "windows" {
		t.Skip("an open file cannot be deleted")
	}
	path := filepath.Join(t.TempDir(), "news.db")
	db, err := store.Open(path)
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { db.Close() })
	subscribe(t, db, "http://127.0.0.1:1/")
	if _, err := db.Feeds(ctx); err != nil { // which can still be read then
		t.Fatal(err)
	}
	if err := os.Remove(path); err != nil {
		t.Fatal(err)
	}
	steps := refresh(t, &source.Web{DB: db, Client: &feed.Client{}}, source.Which{Force: true})
	if err := steps[len(steps)-1].Err; err == nil || !strings.HasPrefix(err.Error(), path+" was moved, replaced or deleted") {
		t.Errorf("it says %v", err)
	}
}
