package main_test

import (
	"context"
	"fmt"
	"io"
	"math/rand/v2"
	"net/http"
	"net/http/httptest"
	"path/filepath"
	"strings"
	"sync"
	"sync/atomic"
	"testing"
	"time"

	"app/newsterm/feed"
	"app/newsterm/store"
)

// A press prints many feeds, and knows what it printed.
type press struct {
	*httptest.Server
	first   atomic.Int64 // articles that every feed has no more
	issues  atomic.Int64 // articles that it had until now
	printed atomic.Int64 // answers since it was last told to break off

	mu      sync.Mutex
	breakAt int64         // the answer that breaks off; 0 for none
	after   int           // bytes of it that are sent
	broken  chan struct{} // closed when they are
	gate    chan struct{} // every answer takes something from it before it is sent; nil for none
	arrived chan string   // told of every request that waits at the gate
	asking  map[string]int
	twice   []string // feeds that were asked for twice at once
}

// newPress starts a press with a home directory that follows n feeds of it.
func newPress(t *testing.T, n int) (p *press, home string) {
	t.Helper()
	p = &press{asking: map[string]int{}}
	p.Server = httptest.NewServer(p)
	t.Cleanup(p.Close)
	p.issues.Store(1)
	home = t.TempDir()
	deliver(t, home, p.URL, 0, n)
	return p, home
}

// deliver makes the newsterm with this home follow the feeds of a server from
// one to before another.
func deliver(t *testing.T, home, server string, from, to int) {
	t.Helper()
	db := library(t, home)
	defer db.Close()
	for i := from; i < to; i++ {
		if _, _, err := db.Subscribe(t.Context(), feed.Sub{URL: fmt.Sprintf("%s/%d", server, i)}); err != nil {
			t.Fatal(err)
		}
	}
}

func (p *press) ServeHTTP(w http.ResponseWriter, r *http.Request) {
	p.mu.Lock()
	p.asking[r.URL.Path]++
	if p.asking[r.URL.Path] > 1 {
		p.twice = append(p.twice, r.URL.Path)
	}
	breakAt, after, broken, gate, arrived := p.breakAt, p.after, p.broken, p.gate, p.arrived
	p.mu.Unlock()
	defer func() {
		p.mu.Lock()
		p.asking[r.URL.Path]--
		p.mu.Unlock()
	}()
	if gate != nil {
		arrived <- r.URL.Path
		select {
		case <-gate:
		case <-r.Context().Done():
		}
	}
	text := issue(r.URL.Path, int(p.first.Load()), int(p.issues.Load()))
	if p.printed.Add(1) != breakAt {
		io.WriteString(w, text)
		return
	}
	io.WriteString(w, text[:min(after, len(text))])
	w.(http.Flusher).Flush()
	close(broken)
	<-r.Context().Done()
}

// issue is the feed at path, with its articles from first to before end.
func issue(path string, first, end int) string {
	var b strings.Builder
	fmt.Fprintf(&b, `<rss version="2.0"><channel><title>Paper %s</title>`, path[1:])
	for i := first; i < end; i++ {
		fmt.Fprintf(&b, `<item><guid>%s-%d</guid><title>Paper %[1]s, page %[2]d</title><description>%[3]s</description></item>`,
			path[1:], i, strings.Repeat("The quay was quiet. ", 20))
	}
	return b.String() + `</channel></rss>`
}

// breakOff makes the press stop for good within the k-th answer from now,
// once it has sent so many bytes of it. What comes back is closed then.
func (p *press) breakOff(k int64, after int) <-chan struct{} {
	p.mu.Lock()
	defer p.mu.Unlock()
	p.printed.Store(0)
	p.breakAt, p.after, p.broken = k, after, make(chan struct{})
	return p.broken
}

// library opens the file that a newsterm with this home keeps.
func library(t *testing.T, home string) *store.DB {
	t.Helper()
	db, err := store.Open(filepath.Join(home, ".local/share/newsterm/news.db"))
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { db.Close() })
	return db
}

// kill starts a refresh and kills it when broken is closed, after meanwhile.
func kill(t *testing.T, home string, broken <-chan struct{}, meanwhile func(), args ...string) {
	t.Helper()
	cmd := command(home, append([]string{"refresh"}, args...)...)
	var said strings.Builder
	cmd.Stdout, cmd.Stderr = &said, &said
	if err := cmd.Start(); err != nil {
		t.Fatal(err)
	}
	ended := make(chan struct{})
	go func() {
		cmd.Wait() // says that it was killed
		close(ended)
	}()
	select {
	case <-broken:
	case <-ended:
		t.Fatalf("the refresh ended by itself: %s", said.String())
	case <-time.After(patience):
		cmd.Process.Kill()
		t.Fatal("the refresh does not go on")
	}
	meanwhile()
	if err := cmd.Process.Kill(); err != nil {
		t.Fatal(err)
	}
	<-ended
}

// inspect fails the test unless the file of home is sound, has no article
// twice, counts right, and has every one of these marks. It returns all
// articles.
func inspect(t *testing.T, home string, read, starred map[store.ArticleID]bool) []store.Article {
	t.Helper()
	ctx := context.Background()
	db := library(t, home)
	defer db.Close()
	if err := db.Check(ctx); err != nil {
		t.Fatal(err)
	}
	var papers []store.Article
	seen := map[string]bool{}
	total, unread := map[store.FeedID]int{}, map[store.FeedID]int{}
	all, err := db.Articles(ctx, store.Query{}, store.Page{})
	if err != nil {
		t.Fatal(err)
	}
	for _, a := range all {
		total[a.Feed]++
		if !a.Read {
			unread[a.Feed]++
		}
		if !strings.HasPrefix(a.Title, "Paper ") {
			continue // of the handbook
		}
		papers = append(papers, a)
		if key := fmt.Sprint(a.Feed, a.Title); seen[key] {
			t.Errorf("%s is there twice", a.Title)
		} else {
			seen[key] = true
		}
		if read[a.ID] != a.Read || starred[a.ID] != a.Starred {
			t.Errorf("%s: read %v, starred %v; it was marked otherwise", a.Title, a.Read, a.Starred)
		}
	}
	feeds, err := db.Feeds(ctx)
	if err != nil {
		t.Fatal(err)
	}
	for _, f := range feeds {
		if f.Total != total[f.ID] || f.Unread != unread[f.ID] {
			t.Errorf("%s counts %d unread of %d, and has %d of %d", f.Title, f.Unread, f.Total, unread[f.ID], total[f.ID])
		}
	}
	return papers
}

func TestKillingARefreshLosesNothing(t *testing.T) {
	const feeds, rounds = 200, 20
	p, home := newPress(t, feeds)
	r := rand.New(rand.NewPCG(1, 2))
	read, starred := map[store.ArticleID]bool{}, map[store.ArticleID]bool{}
	var papers []store.Article
	for i := range rounds {
		p.first.Store(int64(max(i-1, 0)))
		p.issues.Store(int64(i + 1))
		mark := func() {
			if len(papers) == 0 {
				return
			}
			id := papers[r.IntN(len(papers))].ID
			as, marks := "read", read
			if i%2 == 0 {
				as, marks = "starred", starred
			}
			output(t, home, "mark", as, fmt.Sprint(id))
			marks[id] = true
		}
		// The first ends within the first answer, the last within the last.
		kill(t, home, p.breakOff(int64(1+i*(feeds-1)/(rounds-1)), r.IntN(600)), mark, "--force")
		if papers = inspect(t, home, read, starred); t.Failed() {
			t.Fatalf("after it was killed for the %d. time", i+1)
		}
	}
	if len(papers) == 0 || len(papers) == feeds*rounds {
		t.Fatalf("%d articles: nothing was killed in the middle", len(papers))
	}
	p.breakOff(0, 0)
	p.first.Store(0)
	output(t, home, "refresh", "--force")
	if papers = inspect(t, home, read, starred); len(papers) != feeds*rounds {
		t.Errorf("%d articles in the end, want %d", len(papers), feeds*rounds)
	}
	if said := output(t, home, "doctor"); strings.Contains(said, "wrong") {
		t.Errorf("doctor says %s", said)
	}
}

func TestAfterAKilledRefreshTheNextGoesOn(t *testing.T) {
	const feeds = 20
	p, home := newPress(t, feeds)
	kill(t, home, p.breakOff(feeds/2, 10), func() {})
	before := len(inspect(t, home, nil, nil))
	p.breakOff(0, 0)
	said := output(t, home, "refresh")
	if all := len(inspect(t, home, nil, nil)); before == feeds || all != feeds {
		t.Errorf("%d articles before, %d after, want %d; it said %q", before, all, feeds, said)
	}
	if asked := int(p.printed.Load()); asked != feeds-before {
		t.Errorf("%d feeds were asked, want the %d that had not come", asked, feeds-before)
	}
}
