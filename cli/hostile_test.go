package cli_test

import (
	"bufio"
	"bytes"
	"compress/gzip"
	"context"
	"encoding/json"
	"io"
	"net"
	"net/http"
	"net/http/httptest"
	"os"
	"os/exec"
	"path/filepath"
	"regexp"
	"slices"
	"strings"
	"sync"
	"testing"
	"time"

	"app/newsterm/cli"
	"app/newsterm/feed"
	"app/newsterm/source"
	"app/newsterm/store"
)

const sunny = `<rss version="2.0"><channel><title>Good news</title><item><guid>1</guid><title>The sun is out</title></item></channel></rss>`

// evils are answers that are none, for requests that are read already.
var evils = map[string]func(net.Conn){
	"endless": func(c net.Conn) {
		_, err := io.WriteString(c, "HTTP/1.1 200 OK\r\n\r\n<rss><channel><title>")
		for a := bytes.Repeat([]byte("A"), 64<<10); err == nil; {
			_, err = c.Write(a)
		}
	},
	"bomb": func(c net.Conn) {
		io.WriteString(c, "HTTP/1.1 200 OK\r\nContent-Encoding: gzip\r\n\r\n")
		z, _ := gzip.NewWriterLevel(c, gzip.BestSpeed)
		var err error
		for zeros := make([]byte, 1<<20); err == nil; {
			_, err = z.Write(zeros)
		}
	},
	"headers": func(c net.Conn) {
		_, err := io.WriteString(c, "HTTP/1.1 200 OK\r\n")
		for err == nil {
			_, err = io.WriteString(c, "X-A: "+strings.Repeat("a", 1000)+"\r\n")
		}
	},
	"silence": func(c net.Conn) { io.Copy(io.Discard, c) },
	"half": func(c net.Conn) {
		io.WriteString(c, "HTTP/1.1 200 OK\r\nContent-Length: 100\r\n\r\n<")
		io.Copy(io.Discard, c)
	},
	"reset":     func(c net.Conn) { c.(*net.TCPConn).SetLinger(0) },
	"loop":      func(c net.Conn) { io.WriteString(c, "HTTP/1.1 301 Moved\r\nLocation: /loop\r\n\r\n") },
	"file":      func(c net.Conn) { io.WriteString(c, "HTTP/1.1 302 Found\r\nLocation: file:///etc/passwd\r\n\r\n") },
	"metadata":  func(c net.Conn) { io.WriteString(c, "HTTP/1.1 302 Found\r\nLocation: http://169.254.169.254/\r\n\r\n") },
	"noise":     func(c net.Conn) { io.WriteString(c, "\x1b]0;evil\x07\x00\xff") },
	"gone":      func(c net.Conn) { io.WriteString(c, "HTTP/1.1 410 Gone\r\n\r\n\x1b[31m") },
	"busy":      func(c net.Conn) { io.WriteString(c, "HTTP/1.1 503 No\r\nRetry-After: -9999999999999\r\n\r\n") },
	"empty":     func(c net.Conn) { io.WriteString(c, "HTTP/1.1 200 OK\r\nConnection: close\r\n\r\n") },
	"unchanged": func(c net.Conn) { io.WriteString(c, "HTTP/1.1 304 Not Modified\r\n\r\n") },
	"page": func(c net.Conn) {
		io.WriteString(c, "HTTP/1.1 200 OK\r\n\r\n<html><title>\x1b[31mLog in</title></html>")
	},
}

// serveEvils serves evils by their names, and good feeds below /good/.
func serveEvils(t *testing.T) string {
	t.Helper()
	var serving sync.WaitGroup
	ctx, stop := context.WithCancel(context.Background())
	srv := httptest.NewServer(http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		evil := evils[strings.TrimPrefix(r.URL.Path, "/")]
		if evil == nil {
			io.WriteString(w, sunny)
			return
		}
		c, _, err := http.NewResponseController(w).Hijack()
		if err != nil {
			t.Error(err)
			return
		}
		serving.Add(1)
		defer serving.Done()
		defer c.Close()
		defer context.AfterFunc(ctx, func() { c.Close() })()
		evil(c)
	}))
	t.Cleanup(func() {
		stop()
		srv.Close()
		serving.Wait()
	})
	return srv.URL
}

func TestEvilServersHarmNoOtherFeed(t *testing.T) {
	db, err := store.Memory()
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { db.Close() })
	at := serveEvils(t)
	addresses := []string{at + "/good/1", at + "/good/2", at + "/good/3"}
	for name := range evils {
		addresses = slices.Insert(addresses, len(addresses)/2, at+"/"+name)
	}
	for _, address := range addresses {
		if _, _, err := db.Subscribe(t.Context(), feed.Sub{URL: address}); err != nil {
			t.Fatal(err)
		}
	}
	ctx, cancel := context.WithTimeout(t.Context(), time.Minute)
	defer cancel()
	web := &source.Web{DB: db, Client: &feed.Client{Timeout: time.Second}}
	for p := range web.Refresh(ctx, source.Which{}) {
		switch good := strings.Contains(p.URL, "/good/"); {
		case p.Feed == "":
		case good && (p.Err != nil || p.Added != 1):
			t.Errorf("%s: %+v", p.URL, p)
		case !good && (p.Err == nil || p.Err.Error() != feed.Line(p.Err.Error())):
			t.Errorf("%s: %v, want words", p.URL, p.Err)
		}
	}
	if ctx.Err() != nil {
		t.Fatal("the refresh does not end")
	}
	feeds, err := db.Feeds(t.Context())
	if err != nil {
		t.Fatal(err)
	}
	for _, f := range feeds {
		good := strings.Contains(f.URL, "/good/")
		if wait := f.Next.Sub(db.Now()); wait > 25*time.Hour {
			t.Errorf("%s is left alone for %v", f.URL, wait)
		}
		if good != (f.Failure == "") || good != (f.Total == 1) {
			t.Errorf("%s: failure %q, %d articles", f.URL, f.Failure, f.Total)
		}
	}
}

// unsafe is what must reach nobody's terminal.
var unsafe = regexp.MustCompile("[\x00-\x08\x0b-\x1f\x7f-\u009f\u202a-\u202e\u2066-\u2069\ufff9-\ufffb\ufffe\uffff\U000e0000-\U000e007f]")

// TestHostileCorpus previews files that other people made to do harm, which
// are not part of the project. It is skipped where they are missing.
func TestHostileCorpus(t *testing.T) {
	python, err := exec.LookPath("python3")
	maker, missing := os.ReadFile(filepath.Join("..", "..", "shared", "corpus", "hostile", "make_hostile.py"))
	if err != nil || missing != nil {
		t.Skip("the corpus is not here")
	}
	dir := t.TempDir()
	if err := os.WriteFile(filepath.Join(dir, "make.py"), maker, 0o600); err != nil {
		t.Fatal(err)
	}
	if out, err := exec.Command(python, filepath.Join(dir, "make.py")).CombinedOutput(); err != nil {
		t.Fatalf("%v: %s", err, out)
	}
	cases, err := os.Open(filepath.Join(dir, "cases.jsonl"))
	if err != nil {
		t.Fatal(err)
	}
	defer cases.Close()
	lines := bufio.NewScanner(cases)
	lines.Buffer(nil, 1<<20)
	for lines.Scan() {
		var c hostileCase
		if err := json.Unmarshal(lines.Bytes(), &c); err != nil {
			t.Fatal(err)
		}
		if strings.HasPrefix(c.Src, "files/") {
			c.run(t, filepath.Join(dir, c.Src))
		}
	}
	if err := lines.Err(); err != nil {
		t.Fatal(err)
	}
}

// A hostileCase is a file and what must hold of its preview.
type hostileCase struct {
	ID, Src string
	Expect  struct {
		Exit        string
		Items       int
		MinItems    int    `json:"min_items"`
		Contains    string // anywhere
		NotContains string `json:"not_contains"`
	}
}

func (c hostileCase) run(t *testing.T, path string) {
	home := t.TempDir()
	var out, errs bytes.Buffer
	ctx, cancel := context.WithTimeout(t.Context(), 20*time.Second)
	defer cancel()
	ended := make(chan int, 1)
	go func() {
		ended <- cli.Main(ctx, cli.Env{In: strings.NewReader(""), Out: &out, Err: &errs, Now: time.Now, Getenv: func(name string) string {
			return map[string]string{"HOME": home, "TERM": "dumb"}[name]
		}}, []string{"preview", "--json", path})
	}()
	var code int
	select {
	case code = <-ended:
	case <-ctx.Done():
		t.Fatalf("%s: no end", c.ID)
	}
	said := out.String() + errs.String()
	if c.Expect.Exit == "ok" && code != 0 || c.Expect.Exit == "fail" && code == 0 {
		t.Errorf("%s: exit code %d, want %s: %s", c.ID, code, c.Expect.Exit, errs.String())
	}
	if !strings.Contains(said, c.Expect.Contains) || c.Expect.NotContains != "" && strings.Contains(said, c.Expect.NotContains) {
		t.Errorf("%s: %q is missing, or %q is there", c.ID, c.Expect.Contains, c.Expect.NotContains)
	}
	if bad := unsafe.FindString(said); bad != "" {
		t.Errorf("%s: printed %q", c.ID, bad)
	}
	if code != 0 {
		return
	}
	var doc any
	if err := json.Unmarshal(out.Bytes(), &doc); err != nil {
		t.Fatalf("%s: %v", c.ID, err)
	}
	eachText(doc, func(s string) {
		if bad := unsafe.FindString(s); bad != "" {
			t.Errorf("%s: %q holds %q", c.ID, feed.Cut(s, 80), bad)
		}
	})
	items, _ := doc.(map[string]any)["items"].([]any)
	if c.Expect.Items > 0 && len(items) != c.Expect.Items || len(items) < c.Expect.MinItems {
		t.Errorf("%s: %d items, want %d, or %d at least", c.ID, len(items), c.Expect.Items, c.Expect.MinItems)
	}
}

// eachText calls f with every text in what came of JSON.
func eachText(v any, f func(string)) {
	switch v := v.(type) {
	case string:
		f(v)
	case []any:
		for _, x := range v {
			eachText(x, f)
		}
	case map[string]any:
		for name, x := range v {
			f(name)
			eachText(x, f)
		}
	}
}
