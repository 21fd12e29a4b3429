package main_test

import (
	"io"
	"net/http"
	"net/http/httptest"
	"os"
	"path/filepath"
	"strings"
	"testing"
)

// TestTheScreenFetchesByItself follows a feed that nobody has fetched, and
// the page behind its article.
func TestTheScreenFetchesByItself(t *testing.T) {
	srv := httptest.NewServer(http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		if r.URL.Path == "/page" {
			w.Header().Set("Content-Type", "text/html")
			io.WriteString(w, "<html><head><title>Tides</title></head><body><article><h1>Tides</h1>"+
				strings.Repeat("<p>The moon does most of the work, and the rest of it is arithmetic.</p>", 9)+"</article></body></html>")
			return
		}
		io.WriteString(w, `<rss version="2.0"><channel><title>Tables</title><item><guid>1</guid><title>Tides</title><link>http://`+r.Host+
			`/page</link><description>The moon does.</description></item></channel></rss>`)
	}))
	t.Cleanup(srv.Close)
	home := t.TempDir()
	list := filepath.Join(home, "feeds.opml")
	if err := os.WriteFile(list, []byte(`<opml version="2.0"><body><outline text="Tables" xmlUrl="`+srv.URL+`/feed"/></body></opml>`), 0o600); err != nil {
		t.Fatal(err)
	}
	output(t, home, "import", list)
	s := start(t, home, 140, 30, false)
	s.sees("newsterm handbook", "1 new article", ". shows them").types(".").sees("Tides")
	s.types("/tides\r").sees("Search: tides", "1/1").types("\r").sees("The moon does.")
	s.types("x").sees("full text", "arithmetic").types("x").sees("feed's text")
	s.types("Q").ends()
}
