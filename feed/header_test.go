package feed_test

import (
	"context"
	"io"
	"net/http"
	"net/http/httptest"
	"strings"
	"testing"

	"app/newsterm/feed"
)

func TestReadHeader(t *testing.T) {
	for _, c := range []struct{ text, name, value, why string }{
		{text: "authorization: Bearer sesame", name: "Authorization", value: "Bearer sesame"},
		{text: " X-Key:sesame \n", name: "X-Key", value: "sesame"},
		{text: "X-Key:", name: "X-Key"},
		{text: "Cookie: a=b; c=d:e", name: "Cookie", value: "a=b; c=d:e"},
		{text: "sesame", why: `written "Name: value"`},
		{text: ": sesame", why: "cannot be the name"},
		{text: "Two Words: sesame", why: "cannot be the name"},
		{text: "Ünïcode: sesame", why: "cannot be the name"},
		{text: "X-Key: sesame\r\nHost: evil.example", why: "one line"},
		{text: "X-Key: sesame\nHost: evil.example", why: "one line"},
		{text: "X-Key: sesame\x00", why: "cannot be sent"},
		{text: "X-Key: sesame\x1b[31m", why: "cannot be sent"},
		{text: "host: sesame", why: "cannot be set"},
		{text: "Content-Length: 7", why: "cannot be set"},
		{text: "transfer-encoding: chunked", why: "cannot be set"},
		{text: "Accept-Encoding: br", why: "cannot be set"},
		{text: "If-None-Match: sesame", why: "cannot be set"},
		{text: "Proxy-Authorization: sesame", why: "cannot be set"},
		{text: "User-Agent: sesame", why: "--user-agent"},
	} {
		name, value, err := feed.ReadHeader(c.text)
		switch {
		case c.why == "" && (err != nil || name != c.name || value != c.value):
			t.Errorf("%q: %q, %q, %v, want %q and %q", c.text, name, value, err, c.name, c.value)
		case c.why != "" && (err == nil || !strings.Contains(err.Error(), c.why)):
			t.Errorf("%q: %v, want an error with %q", c.text, err, c.why)
		case err != nil && strings.Contains(err.Error(), "sesame"):
			t.Errorf("%q: the error tells the value: %v", c.text, err)
		}
	}
}

func TestHeadersAreWrittenAsTheyAreRead(t *testing.T) {
	const text = "Authorization: Bearer sesame\nX-Key: 1"
	if got := feed.WriteHeaders(feed.ReadHeaders("x-key: 1\nnonsense\nHost: a\nAuthorization: Bearer sesame\n")); got != text {
		t.Errorf("got %q, want %q", got, text)
	}
	if got := feed.ShownHeader("Authorization", "Bearer sesame"); strings.Contains(got, "sesame") {
		t.Errorf("shown as %q", got)
	}
}

// What is sent to the start of a journey is sent to no other server, nor does
// a redirect there move a feed that has a secret.
func TestHeadersStayWithTheServerTheyAreFor(t *testing.T) {
	type visit struct{ server, path, key, auth, agent string }
	var visits []visit
	note := func(server string, r *http.Request) {
		visits = append(visits, visit{server, r.URL.Path, r.Header.Get("X-Key"), r.Header.Get("Authorization"), r.UserAgent()})
	}
	other := httptest.NewServer(http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		note("other", r)
		io.WriteString(w, `<rss version="2.0"><channel><title>One</title></channel></rss>`)
	}))
	defer other.Close()
	own := httptest.NewServer(http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		note("own", r)
		if r.URL.Path == "/" {
			http.Redirect(w, r, "/further", http.StatusMovedPermanently)
			return
		}
		http.Redirect(w, r, other.URL+"/away", http.StatusMovedPermanently)
	}))
	defer own.Close()
	c := &feed.Client{UserAgent: "reader", Header: feed.ReadHeaders("X-Key: sesame\nAuthorization: Bearer sesame")}
	doc, err := c.Fetch(context.Background(), own.URL+"/", feed.Cache{})
	if err != nil {
		t.Fatal(err)
	}
	if doc.URL != own.URL+"/further" {
		t.Errorf("the feed moved to %s, where it would tell its headers", doc.URL)
	}
	want := []visit{
		{"own", "/", "sesame", "Bearer sesame", "reader"},
		{"own", "/further", "sesame", "Bearer sesame", "reader"},
		{"other", "/away", "", "", "reader"},
	}
	if len(visits) != len(want) {
		t.Fatalf("visits %+v, want %+v", visits, want)
	}
	for i := range want {
		if visits[i] != want[i] {
			t.Errorf("visit %d is %+v, want %+v", i, visits[i], want[i])
		}
	}
}

func TestAPublicClientAsksNobodyAtHome(t *testing.T) {
	asked := false
	srv := httptest.NewServer(http.HandlerFunc(func(http.ResponseWriter, *http.Request) { asked = true }))
	defer srv.Close()
	_, err := (&feed.Client{Public: true}).Page(context.Background(), srv.URL)
	if err == nil || asked {
		t.Errorf("a server on this machine was asked: %v, %v", asked, err)
	}
}
