package cli_test

import (
	"bytes"
	"fmt"
	"io"
	"net/http"
	"net/http/httptest"
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"sync"
	"testing"
)

// TestBehindAProxy has a proxy on this machine, as many have who may not reach
// the network without one. It is asked for every name, and knows them itself.
func TestBehindAProxy(t *testing.T) {
	home := httptest.NewServer(http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		t.Errorf("%s was asked for at home", r.URL)
	}))
	t.Cleanup(home.Close)
	var mu sync.Mutex
	var asked []string
	proxy := httptest.NewServer(http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		mu.Lock()
		defer mu.Unlock()
		asked = append(asked, r.URL.String())
		switch r.URL.String() {
		case "http://feed.example/feed":
			io.WriteString(w, `<rss version="2.0"><channel><title>Stories</title>`)
			for _, link := range []string{"http://page.example/story", "http://10.0.0.1/private", "http://[::1]/own", "http://localhost./own",
				"http://169.254.169.254/secret", home.URL + "/own", "http://page.example/home", "http://page.example/private"} {
				fmt.Fprintf(w, "<item><title>%s</title><link>%[1]s</link></item>", link)
			}
			io.WriteString(w, `</channel></rss>`)
		case "http://page.example/story":
			w.Header().Set("Content-Type", "text/html")
			io.WriteString(w, "<html><body><article><h1>Story</h1>"+strings.Repeat("<p>The whole of the story, with every word that its feed left out.</p>", 20)+"</article></body></html>")
		case "http://page.example/home":
			http.Redirect(w, r, home.URL+"/own", http.StatusFound)
		case "http://page.example/private":
			http.Redirect(w, r, "http://192.168.0.1/own", http.StatusFound)
		case "http://page.example/":
			w.Header().Set("Content-Type", "text/html")
			fmt.Fprintf(w, `<html><head><link rel="alternate" type="application/rss+xml" href="%s/feed"></head></html>`, home.URL)
		default:
			t.Errorf("the proxy was asked for %s", r.URL)
		}
	}))
	t.Cleanup(proxy.Close)
	newsterm := filepath.Join(program(t), "newsterm")
	folder := t.TempDir()
	run := func(args ...string) (out, told string, err error) {
		var o, e bytes.Buffer
		c := exec.Command(newsterm, args...)
		c.Env = append(os.Environ(), "HOME="+folder, "HTTP_PROXY="+proxy.URL, "HTTPS_PROXY="+proxy.URL, "NO_PROXY=",
			"NEWSTERM_DB="+filepath.Join(folder, "news.db"), "XDG_CONFIG_HOME="+folder)
		c.Stdout, c.Stderr = &o, &e
		err = c.Run()
		return o.String(), e.String(), err
	}
	if _, told, err := run("add", "http://feed.example/feed"); err != nil {
		t.Fatal(told)
	}
	show := func(title string) (string, string, error) {
		id, told, err := run("list", "--format", "{{.ID}}", "url:"+title)
		if err != nil || strings.Count(id, "\n") != 1 {
			t.Fatalf("%s: %q %s", title, id, told)
		}
		return run("show", "--full", strings.TrimSpace(id))
	}
	if out, told, err := show("page.example/story"); err != nil || !strings.Contains(out, "every word that its feed left out") {
		t.Errorf("%v, %s%s", err, out, told)
	}
	for _, link := range []string{"10.0.0.1", `"[::1]"`, "localhost.", "169.254.169.254", "127.0.0.1", "page.example/home", "page.example/private"} {
		if out, told, err := show(link); err == nil || !strings.Contains(told, "private network") {
			t.Errorf("%s: %v, %s%s", link, err, out, told)
		}
	}
	if out, told, err := run("add", "http://page.example/"); err == nil || !strings.Contains(told, "private network") {
		t.Errorf("a page that names a feed at home: %v, %s%s", err, out, told)
	}
	if len(asked) != 5 {
		t.Errorf("the proxy was asked for %q", asked)
	}
}
