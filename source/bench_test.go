package source_test

import (
	"bytes"
	"compress/gzip"
	"context"
	"fmt"
	"io"
	"net/http"
	"net/http/httptest"
	"path/filepath"
	"strings"
	"sync"
	"testing"

	"github.com/mmcdole/gofeed"

	"app/newsterm/feed"
	"app/newsterm/source"
	"app/newsterm/store"
)

// The benchmarks refresh feeds of 20 articles with 5 KB each from a server in
// this process, whose part in the time is the same in all of them:
//
//	Floor  fetches and parses them with gofeed alone, and keeps nothing
//	Cold   is a first refresh
//	Warm   one in which nothing has changed
const benchFeeds = 200

// benchServer answers every path with a feed, packed.
func benchServer(b *testing.B) (address string) {
	var mu sync.Mutex
	feeds := map[string][]byte{}
	srv := httptest.NewServer(http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		if r.Header.Get("If-None-Match") != "" {
			w.WriteHeader(http.StatusNotModified)
			return
		}
		mu.Lock()
		defer mu.Unlock()
		if feeds[r.URL.Path] == nil {
			feeds[r.URL.Path] = packedFeed(r.URL.Path)
		}
		w.Header().Set("ETag", `"1"`)
		w.Header().Set("Content-Encoding", "gzip")
		w.Write(feeds[r.URL.Path])
	}))
	b.Cleanup(srv.Close)
	for i := range benchFeeds {
		resp, err := http.Get(fmt.Sprintf("%s/%d", srv.URL, i))
		if err != nil {
			b.Fatal(err)
		}
		io.Copy(io.Discard, resp.Body)
		resp.Body.Close()
	}
	return srv.URL
}

func packedFeed(name string) []byte {
	var packed bytes.Buffer
	w := gzip.NewWriter(&packed)
	fmt.Fprintf(w, `<rss version="2.0" xmlns:content="http://purl.org/rss/1.0/modules/content/"><channel><title>The Log %s</title>`, name)
	for i := range 20 {
		text := strings.Repeat(fmt.Sprintf("<p>The ferry left at <b>%d</b> in a light wind; see <a href=\"https://harbour.example/t\">the table</a> &amp; the chart.</p>\n", i), 45)
		fmt.Fprintf(w, `<item><title>Day %d of %s</title><link>https://harbour.example%s/%d</link><guid isPermaLink="false">%s-%d</guid>
			<pubDate>Mon, 02 Nov 2026 07:%02d:00 +0000</pubDate><description>Calm.</description><content:encoded><![CDATA[%s]]></content:encoded></item>`,
			i, name, name, i, name, i, i, text)
	}
	io.WriteString(w, `</channel></rss>`)
	w.Close()
	return packed.Bytes()
}

func BenchmarkRefreshFloor(b *testing.B) {
	address := benchServer(b)
	client := &http.Client{Transport: &http.Transport{MaxIdleConnsPerHost: 2}}
	for b.Loop() {
		addresses := make(chan string)
		var workers sync.WaitGroup
		for range 2 { // as many as newsterm asks one host for at a time
			workers.Go(func() {
				parser := gofeed.NewParser()
				parser.RSSTranslator = &gofeed.DefaultRSSTranslator{DisableContentImageScan: true}
				for a := range addresses {
					resp, err := client.Get(a)
					if err != nil {
						b.Error(err)
						continue
					}
					if _, err := parser.Parse(resp.Body); err != nil {
						b.Error(err)
					}
					resp.Body.Close()
				}
			})
		}
		for i := range benchFeeds {
			addresses <- fmt.Sprintf("%s/%d", address, i)
		}
		close(addresses)
		workers.Wait()
	}
}

func BenchmarkRefreshCold(b *testing.B) {
	address := benchServer(b)
	dir, n := b.TempDir(), 0
	for b.Loop() {
		b.StopTimer()
		n++
		db := benchLibrary(b, filepath.Join(dir, fmt.Sprint(n)), address)
		b.StartTimer()
		benchRefresh(b, db, benchFeeds*20)
		b.StopTimer()
		db.Close()
		b.StartTimer()
	}
}

func BenchmarkRefreshWarm(b *testing.B) {
	address := benchServer(b)
	db := benchLibrary(b, filepath.Join(b.TempDir(), "db"), address)
	defer db.Close()
	benchRefresh(b, db, benchFeeds*20)
	for b.Loop() {
		benchRefresh(b, db, 0)
	}
}

func benchLibrary(b *testing.B, path, address string) *store.DB {
	db, err := store.Open(path)
	if err != nil {
		b.Fatal(err)
	}
	subs := make([]feed.Sub, benchFeeds)
	for i := range subs {
		subs[i].URL = fmt.Sprintf("%s/%d", address, i)
	}
	if _, err := db.SubscribeMany(ctx, subs...); err != nil {
		b.Fatal(err)
	}
	return db
}

func benchRefresh(b *testing.B, db *store.DB, want int) {
	w := &source.Web{DB: db, Client: &feed.Client{}}
	added := 0
	for p := range w.Refresh(context.Background(), source.Which{Force: true}) {
		if p.Err != nil {
			b.Fatal(p.Err)
		}
		added += p.Added
	}
	if added != want {
		b.Fatalf("%d new articles, want %d", added, want)
	}
}
