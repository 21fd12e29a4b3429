package source_test

import (
	"context"
	"fmt"
	"io"
	"net"
	"net/http"
	"net/http/httptest"
	"path/filepath"
	"slices"
	"strings"
	"sync"
	"testing"
	"time"

	"app/newsterm/feed"
	"app/newsterm/source"
	"app/newsterm/store"
)

// A world is a store with a clock that stands still, and servers.
type world struct {
	*testing.T
	db     *store.DB
	web    *source.Web
	now    time.Time
	answer http.HandlerFunc // of every server
	mu     sync.Mutex
	asked  []string // addresses, in order
}

// newWorld is at a Thursday's noon, without any jitter.
func newWorld(t *testing.T) *world {
	w := &world{T: t, db: library(t), now: time.Date(2022, 1, 6, 12, 0, 0, 0, time.UTC)}
	w.db.Now = func() time.Time { return w.now }
	w.web = &source.Web{DB: w.db, Client: &feed.Client{}, Jitter: func(store.Feed) float64 { return 0 }}
	w.answer = func(rw http.ResponseWriter, _ *http.Request) { io.WriteString(rw, rss("News", "a")) }
	return w
}

// server starts one on a host of this machine: 127.0.0.2, say.
func (w *world) server(host string) (address string) {
	l, err := net.Listen("tcp", host+":0")
	if err != nil {
		w.Skip(err)
	}
	srv := &httptest.Server{Listener: l, Config: &http.Server{Handler: http.HandlerFunc(func(rw http.ResponseWriter, r *http.Request) {
		w.mu.Lock()
		w.asked = append(w.asked, host+r.URL.Path)
		w.mu.Unlock()
		w.answer(rw, r)
	})}}
	srv.Start()
	w.Cleanup(srv.Close)
	return srv.URL
}

// follow subscribes to a feed on a server of its own.
func (w *world) follow() store.Feed { return subscribe(w.T, w.db, w.server("127.0.0.1")+"/feed") }

// refresh refreshes which, and returns the steps and how many were asked.
func (w *world) refresh(which source.Which) ([]source.Progress, int) {
	w.asked = nil
	steps := refresh(w.T, w.web, which)
	return steps[1:], len(w.asked)
}

// feed is the feed f as it is now.
func (w *world) feed(f store.Feed) store.Feed {
	w.Helper()
	feeds, err := w.db.Feeds(ctx)
	if err != nil {
		w.Fatal(err)
	}
	for _, g := range feeds {
		if g.ID == f.ID {
			return g
		}
	}
	w.Fatal("the feed is not there")
	return f
}

// wait is how long f is left alone from now.
func (w *world) wait(f store.Feed) time.Duration { return w.feed(f).Next.Sub(w.now) }

var all = source.Which{Force: true}

func only(feeds ...store.Feed) (which source.Which) {
	for _, f := range feeds {
		which.Feeds = append(which.Feeds, f.ID)
	}
	return which
}

func TestAFeedIsDueAsItAndItsReaderSay(t *testing.T) {
	for _, c := range []struct {
		name    string
		header  string
		channel string
		every   time.Duration
		want    time.Duration
	}{
		{"nothing is said", "", "", 0, 30 * time.Minute},
		{"the server", "max-age=7200", "", 0, 2 * time.Hour},
		{"the feed", "", "<ttl>180</ttl>", 0, 3 * time.Hour},
		{"both", "max-age=7200", "<ttl>180</ttl>", 0, 3 * time.Hour},
		{"too soon", "max-age=1", "", 0, 15 * time.Minute},
		{"too late", "max-age=31536000", "", 0, 24 * time.Hour},
		{"the reader", "max-age=7200", "<ttl>180</ttl>", 5 * time.Minute, 5 * time.Minute},
		{"skipped hours", "", "<skipHours><hour>12</hour><hour>13</hour></skipHours>", 0, 2 * time.Hour},
		{"skipped days", "", "<skipDays><day>Thursday</day><day>Friday</day></skipDays>", 0, 36 * time.Hour},
		{"the reader skips none", "", "<skipHours><hour>12</hour></skipHours>", 5 * time.Minute, 5 * time.Minute},
		{"an article in four hours", "", "<item><guid>1</guid><pubDate>Thu, 06 Jan 2022 08:00:00 GMT</pubDate></item><item><guid>2</guid><pubDate>Thu, 06 Jan 2022 04:00:00 GMT</pubDate></item>", 0, 4 * time.Hour},
		{"an article in a year", "max-age=60", "<item><guid>1</guid><pubDate>Thu, 07 Jan 2021 12:00:00 GMT</pubDate></item>", 0, 6 * time.Hour},
	} {
		t.Run(c.name, func(t *testing.T) {
			w := newWorld(t)
			w.answer = func(rw http.ResponseWriter, _ *http.Request) {
				rw.Header().Set("Cache-Control", c.header)
				io.WriteString(rw, `<rss version="2.0"><channel><title>T</title>`+c.channel+`</channel></rss>`)
			}
			f := w.follow()
			f.Every = c.every
			if err := w.db.Change(ctx, func(now *store.Feed) { *now = f }, f.ID); err != nil {
				t.Fatal(err)
			}
			w.refresh(source.Which{})
			if got := w.wait(f); got != c.want {
				t.Errorf("due in %v, want %v", got, c.want)
			}
			w.now = w.now.Add(c.want - 2*time.Minute)
			if _, asked := w.refresh(source.Which{}); asked != 0 {
				t.Error("asked before it was due")
			}
			w.now = w.now.Add(2 * time.Minute)
			if _, asked := w.refresh(source.Which{}); asked != 1 {
				t.Error("not asked when it was due")
			}
		})
	}
}

func TestHintsHoldWhileNothingChanges(t *testing.T) {
	w := newWorld(t)
	w.answer = func(rw http.ResponseWriter, r *http.Request) {
		rw.Header().Set("ETag", `"x"`)
		if r.Header.Get("If-None-Match") != "" {
			rw.WriteHeader(http.StatusNotModified)
			return
		}
		io.WriteString(rw, `<rss version="2.0"><channel><title>T</title><ttl>60</ttl></channel></rss>`)
	}
	f := w.follow()
	w.refresh(all)
	w.now = w.now.Add(time.Hour)
	w.refresh(all)
	if got := w.wait(f); got != time.Hour {
		t.Errorf("due in %v, want an hour as before", got)
	}
	w.now = w.now.Add(30 * time.Hour)
	w.refresh(all)
	if got := w.wait(f); got != 3*time.Hour+6*time.Minute {
		t.Errorf("due in %v after a silence of 31 hours, want a tenth of that", got)
	}
}

func TestTimesAreSpread(t *testing.T) {
	w := newWorld(t)
	w.web.Jitter = nil
	at := w.server("127.0.0.1")
	var feeds []store.Feed
	for i := range 20 {
		feeds = append(feeds, subscribe(t, w.db, fmt.Sprintf("%s/%d", at, i)))
	}
	first := map[time.Duration]bool{}
	w.refresh(all)
	for _, f := range feeds {
		wait := w.wait(f)
		if wait < 27*time.Minute || wait > 33*time.Minute {
			t.Errorf("due in %v, want half an hour and a tenth more or less", wait)
		}
		first[wait] = true
	}
	if len(first) < 15 {
		t.Errorf("20 feeds are due at %d times", len(first))
	}
	next := w.feed(feeds[0]).Next
	w.refresh(all)
	if got := w.feed(feeds[0]).Next; got != next {
		t.Errorf("due at %v and at %v, want the same for the same feed", next, got)
	}
	f := w.feed(feeds[0])
	f.Every = time.Hour
	for _, jitter := range []float64{-1, 1} {
		w.web.Jitter = func(store.Feed) float64 { return jitter }
		if err := w.db.Change(ctx, func(now *store.Feed) { *now = f }, f.ID); err != nil {
			t.Fatal(err)
		}
		w.refresh(all)
		if got := w.wait(f); got != 54*time.Minute {
			t.Errorf("the reader's hour is %v, want no more than an hour", got)
		}
	}
}

func TestAFailingFeedIsTriedLessAndLess(t *testing.T) {
	w := newWorld(t)
	w.answer = http.NotFound
	f := w.follow()
	for _, want := range []time.Duration{15 * time.Minute, 30 * time.Minute, time.Hour, 2 * time.Hour, 4 * time.Hour, 8 * time.Hour, 16 * time.Hour, 24 * time.Hour, 24 * time.Hour} {
		w.refresh(source.Which{})
		if got := w.wait(f); got != want {
			t.Errorf("tried again in %v, want %v", got, want)
		}
		w.now = w.now.Add(want)
	}
	w.answer = newWorld(t).answer
	w.refresh(source.Which{})
	if g := w.feed(f); w.wait(f) != 30*time.Minute || g.Failures != 0 || g.Failure != "" {
		t.Errorf("after a success: %+v", g)
	}
}

func TestAHostThatAsksForQuietGetsIt(t *testing.T) {
	for _, c := range []struct {
		name       string
		status     int
		retryAfter string
		want       time.Duration
	}{
		{"too many, in seconds", 429, "7200", 2 * time.Hour},
		{"too many, as a date", 429, time.Now().Add(2 * time.Hour).UTC().Format(http.TimeFormat), 2 * time.Hour},
		{"too many, too long", 429, "31536000", 24 * time.Hour},
		{"too many, unsaid", 429, "", 15 * time.Minute},
		{"busy", 503, "7200", 2 * time.Hour},
	} {
		t.Run(c.name, func(t *testing.T) {
			w := newWorld(t)
			at, elsewhere := w.server("127.0.0.2"), w.server("127.0.0.2") // another port is another server
			busy := strings.TrimPrefix(at, "http://")
			var feeds []store.Feed
			for i := range 6 {
				feeds = append(feeds, subscribe(t, w.db, fmt.Sprintf("%s/%d", at, i)))
			}
			subscribe(t, w.db, elsewhere+"/feed")
			w.web.Workers = 1
			w.answer = func(rw http.ResponseWriter, r *http.Request) {
				if r.Host == busy {
					rw.Header().Set("Retry-After", c.retryAfter)
					rw.WriteHeader(c.status)
					return
				}
				io.WriteString(rw, rss("News", "a"))
			}
			steps, asked := w.refresh(source.Which{})
			failed, left := 0, 0
			for _, s := range steps {
				if s.Err != nil {
					failed++
				}
				if strings.HasPrefix(s.Left, busy+" asks to be left alone until 2022-01-0") {
					left++
				}
			}
			if asked > 3 || failed+left != 6 || left < 4 {
				t.Errorf("%d asked, %d failed, %d left alone", asked, failed, left)
			}
			fails := 0
			for _, f := range feeds {
				if got := w.wait(f); (got - c.want).Abs() > time.Minute {
					t.Errorf("tried again in %v, want %v", got, c.want)
				}
				fails += w.feed(f).Failures
			}
			if fails != failed {
				t.Errorf("%d failures are kept, want %d: being left alone is none", fails, failed)
			}

			again := &source.Web{DB: w.db, Client: &feed.Client{}, Jitter: w.web.Jitter} // another run
			w.web = again
			if steps, asked := w.refresh(all); asked != 1 || len(steps) != 7 {
				t.Errorf("forced: %d of %d asked, want the one elsewhere", asked, len(steps))
			}
			if _, asked := w.refresh(only(feeds[5])); asked != 1 {
				t.Errorf("named: %d asked, want 1", asked)
			}
			w.now = w.now.Add(c.want + time.Minute)
			w.answer = newWorld(t).answer
			if _, asked := w.refresh(all); asked != 7 {
				t.Errorf("afterwards %d are asked, want 7", asked)
			}
		})
	}
}

func TestAFeedThatIsGoneIsTriedOnlyByName(t *testing.T) {
	w := newWorld(t)
	w.answer = func(rw http.ResponseWriter, _ *http.Request) { rw.WriteHeader(http.StatusGone) }
	f := w.follow()
	w.refresh(source.Which{})
	if g := w.feed(f); !g.Gone || g.Failure != "server answered 410 Gone: it is gone for good, and left alone until you refresh it by name" {
		t.Errorf("%+v", g)
	}
	w.now = w.now.Add(1000 * time.Hour)
	for _, which := range []source.Which{{}, all} {
		if _, asked := w.refresh(which); asked != 0 {
			t.Errorf("%+v: asked", which)
		}
	}
	w.answer = newWorld(t).answer
	if _, asked := w.refresh(only(f)); asked != 1 || w.feed(f).Gone {
		t.Errorf("named: %d asked, %+v", asked, w.feed(f))
	}
}

func TestAFeedMovesWhenItsServerHasSaidSoTwice(t *testing.T) {
	for _, c := range []struct {
		name   string
		status []int // of one fetch after the other
		moves  bool
	}{
		{"301 once", []int{301}, false},
		{"301 twice", []int{301, 301}, true},
		{"308 and 301", []int{308, 301}, true},
		{"302", []int{302, 302, 302}, false},
		{"307", []int{307, 307, 307}, false},
		{"301 and then 302", []int{301, 302, 301}, false},
	} {
		t.Run(c.name, func(t *testing.T) {
			w := newWorld(t)
			i := 0
			w.answer = func(rw http.ResponseWriter, r *http.Request) {
				if r.URL.Path == "/feed" {
					rw.Header().Set("Location", "/new")
					rw.WriteHeader(c.status[i])
					return
				}
				io.WriteString(rw, rss("News", "a"))
			}
			f := w.follow()
			for i = range c.status {
				if steps, _ := w.refresh(all); steps[0].Err != nil {
					t.Fatal(steps[0].Err)
				}
			}
			if moved := strings.HasSuffix(w.feed(f).URL, "/new"); moved != c.moves {
				t.Errorf("it is at %s", w.feed(f).URL)
			}
			if n, err := w.db.Count(ctx, store.Query{}, store.Moment{}); n != 1 || err != nil {
				t.Errorf("%d articles, %v, want 1", n, err)
			}
		})
	}
}

func TestTwoFeedsAreNotMadeOne(t *testing.T) {
	w := newWorld(t)
	w.answer = func(rw http.ResponseWriter, r *http.Request) {
		if r.URL.Path == "/old" {
			http.Redirect(rw, r, "/new", http.StatusMovedPermanently)
			return
		}
		io.WriteString(rw, rss("The Tide", "a"))
	}
	at := w.server("127.0.0.1")
	f, other := subscribe(t, w.db, at+"/old"), subscribe(t, w.db, at+"/new")
	for range 2 {
		w.refresh(all)
	}
	since := w.now
	w.now = w.now.Add(time.Hour)
	w.refresh(all)
	want := "it has moved to " + other.URL + ", and another feed has that address: The Tide"
	if g := w.feed(f); g.URL != f.URL || g.Failure != want || g.Trouble != feed.Taken || !g.FailingSince.Equal(since) || g.Succeeded.IsZero() {
		t.Errorf("%+v, want %q", g, want)
	}
	if g := w.feed(other); g.Failure != "" {
		t.Errorf("the other one: %+v", g)
	}
}

func TestTheSameBytesAreNotSavedAgain(t *testing.T) {
	w := newWorld(t)
	f := w.follow()
	w.refresh(all)
	hash := w.feed(f).Cache.Hash
	w.now = w.now.Add(time.Hour)
	steps, _ := w.refresh(all)
	if g := w.feed(f); steps[0].Err != nil || hash == "" || g.Cache.Hash != hash || !g.Succeeded.Equal(w.now) {
		t.Errorf("%+v, %+v", steps, g)
	}
}

// TestAServerThatAlwaysSaysNotModifiedIsAskedForAll has one that has answered
// so for a week, while there was news.
func TestAServerThatAlwaysSaysNotModifiedIsAskedForAll(t *testing.T) {
	w := newWorld(t)
	text := rss("News", "a")
	w.answer = func(rw http.ResponseWriter, r *http.Request) {
		rw.Header().Set("ETag", `"always"`)
		if r.Header.Get("If-None-Match") != "" {
			rw.WriteHeader(http.StatusNotModified)
			return
		}
		io.WriteString(rw, text)
	}
	f := w.follow()
	w.refresh(all)
	text = rss("News", "a", "b")
	var added []int
	for range 20 {
		w.now = w.now.Add(24 * time.Hour)
		steps, _ := w.refresh(all)
		added = append(added, steps[0].Added)
	}
	if want := []int{0, 0, 0, 0, 0, 0, 0, 1, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0}; !slices.Equal(added, want) {
		t.Errorf("each day brought %v, want %v", added, want)
	}
	if g := w.feed(f); !g.Fetched.Equal(w.now.Add(-4 * 24 * time.Hour)) {
		t.Errorf("the text last came %v, it is %v", g.Fetched, w.now)
	}
}

func TestRequestsToAHostHaveAPauseBetween(t *testing.T) {
	w := newWorld(t)
	var mu sync.Mutex
	pauses := map[string]int{}
	w.web.Pause = func(host string) time.Duration {
		mu.Lock()
		defer mu.Unlock()
		pauses[host]++
		return 0
	}
	for host, n := range map[string]int{"127.0.0.2": 5, "127.0.0.3": 1} {
		at := w.server(host)
		for i := range n {
			subscribe(t, w.db, fmt.Sprintf("%s/%d", at, i))
		}
	}
	if _, asked := w.refresh(source.Which{}); asked != 6 || len(pauses) != 1 || pauses["127.0.0.2"] != 4 {
		t.Errorf("%d asked with pauses %v, want 4 between 5 requests", asked, pauses)
	}
}

func TestAClockThatWasWrongStopsNothing(t *testing.T) {
	w := newWorld(t)
	w.follow()
	w.now = w.now.AddDate(50, 0, 0)
	w.refresh(source.Which{})
	w.now = w.now.AddDate(-50, 0, 0)
	if _, asked := w.refresh(source.Which{}); asked != 1 {
		t.Error("a feed that was fetched in the year 2072 is not due")
	}
}

func TestAFeedIsNotRefreshedTwiceAtOnce(t *testing.T) {
	w := newWorld(t)
	path := filepath.Join(t.TempDir(), "news.db")
	var dbs [2]*store.DB
	for i := range dbs {
		db, err := store.Open(path)
		if err != nil {
			t.Fatal(err)
		}
		t.Cleanup(func() { db.Close() })
		db.Now = w.db.Now
		dbs[i] = db
	}
	w.db = dbs[0]
	w.web.DB = dbs[0]
	f := w.follow()
	arrived, end := make(chan bool), make(chan bool)
	w.answer = func(rw http.ResponseWriter, _ *http.Request) {
		arrived <- true
		<-end
		io.WriteString(rw, rss("News", "a"))
	}
	first := w.web.Refresh(ctx, source.Which{})
	<-first
	<-arrived

	other := &source.Web{DB: dbs[1], Client: &feed.Client{}}
	if steps := refresh(t, other, all); len(steps) != 1 || steps[0].Total != 0 {
		t.Errorf("another newsterm: %+v, want nothing to do", steps)
	}
	if steps := refresh(t, other, only(f)); len(steps) != 2 || steps[1].Left != "being refreshed by another newsterm" {
		t.Errorf("another newsterm, named: %+v", steps)
	}
	close(end)
	for p := range first {
		if p.Err != nil || p.Added != 1 {
			t.Errorf("%+v", p)
		}
	}
	go func() { <-arrived }()
	if steps := refresh(t, other, only(f)); len(steps) != 2 || steps[1].Left != "" || steps[1].Err != nil {
		t.Errorf("afterwards: %+v", steps)
	}
}

func TestAKilledRefreshIsInNobodysWayForLong(t *testing.T) {
	w := newWorld(t)
	f := w.follow()
	if _, err := w.db.Claim(ctx, []store.Feed{f}); err != nil { // and never releases it
		t.Fatal(err)
	}
	w.now = w.now.Add(9 * time.Minute)
	if _, asked := w.refresh(all); asked != 0 {
		t.Error("claimed, and asked all the same")
	}
	w.now = w.now.Add(2 * time.Minute)
	if _, asked := w.refresh(all); asked != 1 {
		t.Error("not asked after the claim ran out")
	}
}

func TestARefreshThatIsCancelledKeepsWhatCame(t *testing.T) {
	w := newWorld(t)
	at, slow := w.server("127.0.0.2"), w.server("127.0.0.3")
	for i := range 3 {
		subscribe(t, w.db, fmt.Sprintf("%s/%d", at, i))
	}
	stuck := subscribe(t, w.db, slow+"/stuck")
	arrived, end := make(chan bool, 2), make(chan bool)
	w.answer = func(rw http.ResponseWriter, r *http.Request) {
		if r.URL.Path == "/stuck" {
			arrived <- true
			<-end
		}
		io.WriteString(rw, rss("News", "a"))
	}
	w.web.Workers = 4
	ctx, cancel := context.WithCancel(ctx)
	defer cancel()
	for p := range w.web.Refresh(ctx, source.Which{}) {
		if p.Done == 3 {
			<-arrived
			cancel()
		}
	}
	if n, err := w.db.Count(context.Background(), store.Query{}, store.Moment{}); n != 3 || err != nil {
		t.Errorf("%d articles, %v, want 3", n, err)
	}
	if g := w.feed(stuck); g.Failure != "" || !g.Checked.IsZero() {
		t.Errorf("%+v, want it as it was", g)
	}
	close(end)
	if steps, asked := w.refresh(source.Which{}); asked != 1 || steps[0].Err != nil {
		t.Errorf("%d asked, %+v: want the one that did not come, and no claim in the way", asked, steps)
	}
}
