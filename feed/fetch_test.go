package feed

import (
	"bytes"
	"compress/gzip"
	"context"
	"crypto/ed25519"
	"crypto/rand"
	"crypto/tls"
	"crypto/x509"
	"errors"
	"fmt"
	"io"
	"log"
	"math/big"
	"net"
	"net/http"
	"net/http/httptest"
	"net/url"
	"os"
	"path/filepath"
	"strings"
	"testing"
	"time"
)

// small is a feed of three articles.
const small = `<?xml version="1.0" encoding="UTF-8"?>
<rss version="2.0"><channel><title>The Quayside</title><link>https://quay.example/</link>
<item><title>Rain</title><link>https://quay.example/1</link><guid>q1</guid><description>It rains.</description></item>
<item><title>Herring</title><link>https://quay.example/2</link><guid>q2</guid><description>It swims.</description></item>
<item><title>Crane</title><link>https://quay.example/3</link><guid>q3</guid><description>It lifts.</description></item>
</channel></rss>`

// serve starts a server on loopback that ends with the test.
func serve(t *testing.T, handler http.HandlerFunc) *httptest.Server {
	t.Helper()
	s := httptest.NewServer(handler)
	t.Cleanup(s.Close)
	return s
}

// serveAt starts a server on another address of this machine: another host.
func serveAt(t *testing.T, address string, handler http.HandlerFunc) *httptest.Server {
	t.Helper()
	l, err := net.Listen("tcp", address)
	if err != nil {
		t.Skipf("no such address here: %v", err)
	}
	s := httptest.NewUnstartedServer(handler)
	s.Listener.Close()
	s.Listener = l
	s.Start()
	t.Cleanup(s.Close)
	return s
}

// serveRaw answers every connection with the bytes given.
func serveRaw(t *testing.T, answer string) string {
	t.Helper()
	l, err := net.Listen("tcp", "127.0.0.1:0")
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { l.Close() })
	go func() {
		for {
			c, err := l.Accept()
			if err != nil {
				return
			}
			_, _ = c.Read(make([]byte, 4096))
			_, _ = io.WriteString(c, answer)
			c.Close()
		}
	}()
	return "http://" + l.Addr().String()
}

func fetch(t *testing.T, address string) (*Doc, error) {
	t.Helper()
	return new(Client).Fetch(t.Context(), address, Cache{})
}

func TestFetchReadsAFeed(t *testing.T) {
	var asked http.Header
	s := serve(t, func(w http.ResponseWriter, r *http.Request) {
		asked = r.Header
		w.Header().Set("ETag", `W/"a b"`)
		w.Header().Set("Last-Modified", "some time ago")
		fmt.Fprint(w, small)
	})
	doc, err := fetch(t, s.URL+"/feed")
	if err != nil {
		t.Fatal(err)
	}
	if doc.Title != "The Quayside" || len(doc.Items) != 3 || doc.URL != s.URL+"/feed" {
		t.Errorf("got %q with %d items at %s", doc.Title, len(doc.Items), doc.URL)
	}
	if want := (Cache{ETag: `W/"a b"`, LastModified: "some time ago", Hash: doc.Cache.Hash}); doc.Cache != want || doc.Cache.Hash == "" {
		t.Errorf("cache is %+v, want %+v", doc.Cache, want)
	}
	if asked.Get("User-Agent") != DefaultUserAgent || !strings.HasPrefix(asked.Get("Accept"), "application/atom+xml") {
		t.Errorf("asked with %v", asked)
	}
}

func TestFetchSendsBothValidatorsAsTheyCame(t *testing.T) {
	old := Cache{ETag: `"x--gzip`, LastModified: "Mon, 1 Jan 1 00:00:00 CET"}
	s := serve(t, func(w http.ResponseWriter, r *http.Request) {
		got := Cache{ETag: r.Header.Get("If-None-Match"), LastModified: r.Header.Get("If-Modified-Since")}
		if got != old {
			t.Errorf("asked with %+v, want %+v", got, old)
		}
		w.Header().Set("ETag", `"y"`)
		w.WriteHeader(http.StatusNotModified)
	})
	doc, err := new(Client).Fetch(t.Context(), s.URL, old)
	if !errors.Is(err, ErrNotModified) {
		t.Fatal(err)
	}
	if want := (Cache{ETag: `"y"`, LastModified: old.LastModified}); doc.Cache != want || doc.URL != s.URL {
		t.Errorf("got %+v at %s, want %+v at %s", doc.Cache, doc.URL, want, s.URL)
	}
}

func TestFetchForgetsValidatorsTooLongToSend(t *testing.T) {
	s := serve(t, func(w http.ResponseWriter, _ *http.Request) {
		w.Header().Set("ETag", strings.Repeat("x", 5000))
		w.Header().Set("Last-Modified", "yesterday")
		fmt.Fprint(w, small)
	})
	doc, err := fetch(t, s.URL)
	if err != nil {
		t.Fatal(err)
	}
	if doc.Cache.ETag != "" || doc.Cache.LastModified != "yesterday" {
		t.Errorf("kept %+v", doc.Cache)
	}
}

func TestFetchTakesNotModifiedOnlyWhenItAsked(t *testing.T) {
	s := serve(t, func(w http.ResponseWriter, _ *http.Request) { w.WriteHeader(http.StatusNotModified) })
	var status *StatusError
	if _, err := fetch(t, s.URL); !errors.As(err, &status) || status.Code != http.StatusNotModified {
		t.Errorf("got %v", err)
	}
}

func TestFetchFollowsPermanentMovesForGood(t *testing.T) {
	moves := map[string]struct {
		code int
		to   string
	}{
		"/301":      {301, "/feed"},
		"/308":      {308, "/301"},
		"/302":      {302, "/feed"},
		"/303":      {303, "/feed"},
		"/307":      {307, "/308"},
		"/301then2": {301, "/302"},
		"/relative": {301, "feed#top"},
	}
	s := serve(t, func(w http.ResponseWriter, r *http.Request) {
		if m, ok := moves[r.URL.Path]; ok {
			w.Header().Set("Location", m.to)
			w.WriteHeader(m.code)
			return
		}
		fmt.Fprint(w, small)
	})
	for asked, want := range map[string]string{
		"/301": "/feed", "/308": "/feed", "/302": "/302", "/303": "/303", "/307": "/307", "/301then2": "/302", "/relative": "/feed",
	} {
		doc, err := fetch(t, s.URL+asked)
		if err != nil {
			t.Errorf("%s: %v", asked, err)
			continue
		}
		if doc.URL != s.URL+want {
			t.Errorf("%s: lives at %s, want %s", asked, doc.URL, want)
		}
	}
}

func TestAddressesThatServersGiveAreSafe(t *testing.T) {
	s := httptest.NewServer(http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		if r.URL.RawQuery == "" {
			w.Header().Set("Location", "/feed|é?a|é=\u009b31m\u202e#\u009b")
			w.WriteHeader(http.StatusMovedPermanently)
			return
		}
		io.WriteString(w, small)
	}))
	t.Cleanup(s.Close)
	for _, address := range []string{s.URL, s.URL + "/feed|é?a|é=\u009b31m\u202e"} {
		doc, err := fetch(t, address)
		if want := s.URL + "/feed%7C%C3%A9?a%7C%C3%A9=%C2%9B31m%E2%80%AE"; err != nil || doc.URL != want {
			t.Errorf("%v, %+v, want it at %s", err, doc, want)
		}
	}
	if doc, err := fetch(t, s.URL+"/?a|é"); err != nil || doc.URL != s.URL+"/?a|é" {
		t.Errorf("%v, %+v, want it where it was looked for", err, doc)
	}
}

func TestFetchRefusesBadRedirects(t *testing.T) {
	for to, want := range map[string]string{
		"file:///etc/passwd":      "the server redirects to an address that is not of the web, file:///etc/passwd",
		"gopher://127.0.0.1/":     "the server redirects to an address that is not of the web, gopher://127.0.0.1/",
		"javascript:alert(1)":     "the server redirects to an address that is not of the web, javascript:alert(1)",
		"http://169.254.169.254/": "the server redirects into a private network, to 169.254.169.254:80",
		"http://10.11.12.13/":     "the server redirects into a private network, to 10.11.12.13:80",
		"/":                       "the server redirects again and again",
	} {
		s := serve(t, func(w http.ResponseWriter, _ *http.Request) {
			w.Header().Set("Location", to)
			w.WriteHeader(http.StatusFound)
		})
		if _, err := fetch(t, s.URL); err == nil || err.Error() != want {
			t.Errorf("to %s: %v, want %s", to, err, want)
		}
	}
}

func TestFetchKeepsTheWorldOutOfPrivateNetworks(t *testing.T) {
	for address, want := range map[string]bool{
		"93.184.216.34:80": true, "[2606:2800::1]:443": true,
		"127.0.0.1:80": false, "[::1]:80": false, "0.0.0.0:80": false, "[::ffff:127.0.0.1]:80": false,
		"10.0.0.1:80": false, "192.168.1.1:80": false, "100.64.0.1:80": false, "[fd00::1]:80": false,
		"169.254.169.254:80": false, "[fe80::1%eth0]:80": false,
	} {
		if got := world.admit("tcp", address, nil) == nil; got != want {
			t.Errorf("%s: admitted is %v, want %v", address, got, want)
		}
	}
}

func TestFetchTellsPasswordsToTheirHostOnly(t *testing.T) {
	var told, leaked string
	other := serveAt(t, "127.0.0.2:0", func(w http.ResponseWriter, r *http.Request) {
		leaked = r.Header.Get("Authorization") + r.Header.Get("Referer")
		fmt.Fprint(w, small)
	})
	s := serve(t, func(w http.ResponseWriter, r *http.Request) {
		user, password, _ := r.BasicAuth()
		told = user + ":" + password
		switch r.URL.Path {
		case "/away":
			http.Redirect(w, r, other.URL, http.StatusMovedPermanently)
		case "/here":
			http.Redirect(w, r, "/feed", http.StatusMovedPermanently)
		case "/refused":
			w.WriteHeader(http.StatusUnauthorized)
		default:
			fmt.Fprint(w, small)
		}
	})
	secret := strings.Replace(s.URL, "://", "://ada:s3cret@", 1)

	doc, err := fetch(t, secret+"/here")
	if err != nil || told != "ada:s3cret" || doc.URL != secret+"/feed" {
		t.Errorf("same host: told %q, %v, %+v", told, err, doc)
	}
	doc, err = fetch(t, secret+"/away")
	if err != nil || leaked != "" || doc.URL != other.URL {
		t.Errorf("other host: leaked %q, %v, %+v", leaked, err, doc)
	}
	if _, err = fetch(t, secret+"/refused"); err == nil || strings.Contains(err.Error(), "s3cret") {
		t.Errorf("refused: %v", err)
	}
}

func TestFetchErrorsAreCleanAndTellNoPassword(t *testing.T) {
	secure := httptest.NewUnstartedServer(http.NotFoundHandler())
	secure.Config.ErrorLog = log.New(io.Discard, "", 0)
	secure.StartTLS()
	t.Cleanup(secure.Close)
	for address, want := range map[string]string{
		"http://ada:s3cret@" + closed(t):                                                        "127.0.0.1 refused the connection",
		"http://ada:s3cret@a b/":                                                                "the address cannot be read",
		"http://ada:s3cret@/feed":                                                               "the address names no host",
		"ftp://ada:s3cret@a.example/":                                                           "newsterm opens http: and https: addresses, not ftp:",
		"a.example/feed":                                                                        "the address should start with https://",
		"http://a.example/\x1b]0;x\x07":                                                         "the address cannot be read",
		strings.Replace(secure.URL, "://", "://ada:s3cret@", 1):                                 "the certificate of 127.0.0.1 is signed by nobody this machine trusts",
		strings.Replace(secure.URL, "https://", "https://localhost@", 1):                        "the certificate of 127.0.0.1 is signed by nobody this machine trusts",
		serveRaw(t, "HTTP/1.1 404 Not\x1b]0;x\x07Found\r\nContent-Length: 0\r\n\r\n"):           "server answered 404 Not Found",
		serveRaw(t, "HTTP/1.1 302 Found\r\nLocation: http://[::1\r\nContent-Length: 0\r\n\r\n"): "127.0.0.1 redirects to an address that cannot be read",
		serveRaw(t, "HTTP/1.1 200 OK\r\nX-\x1b[31m: y\r\n\r\n"):                                 "127.0.0.1 answered in a way that is not HTTP",
		serveRaw(t, "\x1b]0;x\x07 hello\r\n\r\n"):                                               "127.0.0.1 answered in a way that is not HTTP",
		serveRaw(t, ""): "127.0.0.1 broke off the connection",
		serveRaw(t, "HTTP/1.1 200 OK\r\nX: "+strings.Repeat("a", 300<<10)+"\r\n\r\n"): "127.0.0.1 answered with more headers than an answer needs",
	} {
		_, err := fetch(t, address)
		if err == nil || err.Error() != want {
			t.Errorf("%q: %v, want %s", address, err, want)
		}
	}
}

func TestFetchSaysHowLongToStayAway(t *testing.T) {
	for header, want := range map[string]time.Duration{
		"": 0, "7200": 2 * time.Hour, "-5": 0, "999999999": 24 * time.Hour, "soon": 0,
		"Mon, 01 Jan 2001 00:00:00 GMT": 0, "Fri, 01 Jan 2999 00:00:00 GMT": 24 * time.Hour,
	} {
		s := serve(t, func(w http.ResponseWriter, _ *http.Request) {
			w.Header().Set("Retry-After", header)
			w.WriteHeader(http.StatusTooManyRequests)
		})
		_, err := fetch(t, s.URL)
		var status *StatusError
		if !errors.As(err, &status) || status.Code != http.StatusTooManyRequests || status.RetryAfter != want {
			t.Errorf("%q: %v, %+v, want %v", header, err, status, want)
		}
	}
}

func TestFetchReportsOtherAnswers(t *testing.T) {
	for code, want := range map[int]string{
		410: "server answered 410 Gone", 204: "server answered 204 No Content", 302: "server answered 302 Found",
		200: "there is nothing in it", 503: "server answered 503 Service Unavailable", 599: "server answered 599 no standard status",
	} {
		s := serve(t, func(w http.ResponseWriter, _ *http.Request) { w.WriteHeader(code) })
		if _, err := fetch(t, s.URL); err == nil || err.Error() != want {
			t.Errorf("%d: %v, want %s", code, err, want)
		}
	}
}

func TestFetchBelievesLettersMoreThanHeaders(t *testing.T) {
	s := serve(t, func(w http.ResponseWriter, _ *http.Request) {
		w.Header().Set("Content-Type", "text/html; charset=iso-8859-1")
		fmt.Fprint(w, strings.Replace(small, "The Quayside", "Набережная", 1))
	})
	doc, err := fetch(t, s.URL)
	if err != nil || doc.Title != "Набережная" {
		t.Errorf("%v, %+v", err, doc)
	}
}

func TestFetchNamesWhatIsWrongWithACertificate(t *testing.T) {
	for want, template := range map[string]*x509.Certificate{
		"the certificate of 127.0.0.1 expired on 2020-02-01":                               {NotBefore: time.Date(2020, 1, 1, 0, 0, 0, 0, time.UTC), NotAfter: time.Date(2020, 2, 1, 0, 0, 0, 0, time.UTC)},
		"the certificate of 127.0.0.1 is not valid before 2999-01-01; is the clock right?": {NotBefore: time.Date(2999, 1, 1, 0, 0, 0, 0, time.UTC), NotAfter: time.Date(3000, 1, 1, 0, 0, 0, 0, time.UTC)},
		"the certificate of 127.0.0.1 is for another name":                                 {NotBefore: time.Unix(0, 0), NotAfter: time.Date(3000, 1, 1, 0, 0, 0, 0, time.UTC), DNSNames: []string{"other.example"}},
	} {
		template.SerialNumber = big.NewInt(1)
		public, private, err := ed25519.GenerateKey(nil)
		if err != nil {
			t.Fatal(err)
		}
		raw, err := x509.CreateCertificate(rand.Reader, template, template, public, private)
		if err != nil {
			t.Fatal(err)
		}
		s := httptest.NewUnstartedServer(http.NotFoundHandler())
		s.Config.ErrorLog = log.New(io.Discard, "", 0)
		s.TLS = &tls.Config{Certificates: []tls.Certificate{{Certificate: [][]byte{raw}, PrivateKey: private}}}
		s.StartTLS()
		t.Cleanup(s.Close)
		if _, err := fetch(t, s.URL); err == nil || err.Error() != want {
			t.Errorf("%v, want %s", err, want)
		}
	}
}

func TestFetchPointsFromAPageToItsFeeds(t *testing.T) {
	s := serve(t, func(w http.ResponseWriter, _ *http.Request) {
		w.Header().Set("Content-Type", "text/html")
		fmt.Fprint(w, `<!doctype html><title>The Quayside</title><link rel=alternate type="application/rss+xml" href="/feed">`)
	})
	_, err := fetch(t, s.URL+"/about")
	var page *PageError
	if !errors.As(err, &page) || len(page.Feeds) != 1 || page.Feeds[0].URL != s.URL+"/feed" {
		t.Errorf("got %v", err)
	}
}

func TestFetchUnpacksOnce(t *testing.T) {
	packed := pack(t, []byte(small))
	for name, c := range map[string]struct {
		coding string
		body   []byte
		want   string
	}{
		"as told":      {"gzip", packed, ""},
		"untold":       {"", packed, ""},
		"told, is not": {"gzip", []byte(small), ""},
		"old name":     {"x-gzip", packed, ""},
		"brotli":       {"br", []byte("\x0b\x02\x80"), "the answer is packed in a way nobody asked for: br"},
		"two codings":  {"gzip, gzip", packed, "the answer is packed in a way nobody asked for: gzip, gzip"},
		"damaged":      {"gzip", append([]byte("\x1f\x8b"), "nonsense, nonsense"...), "the answer of 127.0.0.1 is packed, and damaged"},
	} {
		s := serve(t, func(w http.ResponseWriter, r *http.Request) {
			if r.Header.Get("Accept-Encoding") != "gzip" {
				t.Errorf("asked for %q", r.Header.Get("Accept-Encoding"))
			}
			if c.coding != "" {
				w.Header().Set("Content-Encoding", c.coding)
			}
			_, _ = w.Write(c.body)
		})
		doc, err := fetch(t, s.URL)
		switch {
		case c.want == "" && (err != nil || len(doc.Items) != 3):
			t.Errorf("%s: %v, %+v", name, err, doc)
		case c.want != "" && (err == nil || err.Error() != c.want):
			t.Errorf("%s: %v, want %s", name, err, c.want)
		}
	}
	twice := pack(t, packed)
	s := serve(t, func(w http.ResponseWriter, _ *http.Request) { _, _ = w.Write(twice) })
	if _, err := fetch(t, s.URL); err == nil {
		t.Error("unpacked twice")
	}
}

func pack(t *testing.T, b []byte) []byte {
	t.Helper()
	var packed bytes.Buffer
	z := gzip.NewWriter(&packed)
	if _, err := z.Write(b); err != nil {
		t.Fatal(err)
	}
	if err := z.Close(); err != nil {
		t.Fatal(err)
	}
	return packed.Bytes()
}

func TestFetchStopsAtTheLimit(t *testing.T) {
	big := strings.Replace(small, "It rains.", strings.Repeat("It rains. ", 20_000), 1)
	bomb := pack(t, []byte(big))
	for name, body := range map[string][]byte{"plain": []byte(big), "packed": bomb} {
		s := serve(t, func(w http.ResponseWriter, _ *http.Request) { _, _ = w.Write(body) })
		c := Client{MaxBytes: 100_000}
		if _, err := c.Fetch(t.Context(), s.URL, Cache{}); !errors.Is(err, ErrTooBig) || err.Error() != "the answer of 127.0.0.1 is too big" {
			t.Errorf("%s: %v", name, err)
		}
		c.MaxBytes = int64(len(big))
		if doc, err := c.Fetch(t.Context(), s.URL, Cache{}); err != nil || len(doc.Items) != 3 {
			t.Errorf("%s, just fitting: %v", name, err)
		}
	}
}

func TestFetchKeepsWhatCameBeforeTheLineBroke(t *testing.T) {
	half := small[:strings.Index(small, "<item><title>Crane")+30]
	packed := pack(t, []byte(strings.Replace(small, "It lifts.", random(5000), 1)))
	for name, answer := range map[string]string{
		"length":  fmt.Sprintf("HTTP/1.1 200 OK\r\nETag: \"x\"\r\nContent-Length: %d\r\n\r\n%s", len(small), half),
		"chunked": fmt.Sprintf("HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n%x\r\n%s\r\n", len(half), half),
		"gzip":    "HTTP/1.1 200 OK\r\nContent-Encoding: gzip\r\nConnection: close\r\n\r\n" + string(packed[:len(packed)*2/3]),
	} {
		doc, err := fetch(t, serveRaw(t, answer))
		if err != nil {
			t.Errorf("%s: %v", name, err)
			continue
		}
		if len(doc.Items) < 2 || len(doc.Warnings) == 0 || !strings.Contains(strings.Join(doc.Warnings, "\n"), "broke off") {
			t.Errorf("%s: %d items, warnings %q", name, len(doc.Items), doc.Warnings)
		}
		if doc.Cache != (Cache{}) {
			t.Errorf("%s: the rest would never come: %+v", name, doc.Cache)
		}
	}
}

// A server that ends the connection early and has not said how long its answer
// is has told nobody that more was to come, but for what it was sending.
func TestFetchAsksAgainForWhatBreaksOff(t *testing.T) {
	const (
		rss   = `<rss version="2.0"><channel><title>Cranes</title><item><guid>1</guid><title>Crane</title></item><item><guid>2</guid><title>Winch</title></item></channel></rss>`
		atom  = `<feed xmlns="http://www.w3.org/2005/Atom"><title>Cranes</title><entry><id>1</id><title>Crane</title></entry><entry><id>2</id><title>Winch</title></entry></feed>`
		list  = `{"version":"https://jsonfeed.org/version/1.1","title":"Cranes","items":[{"id":"1","title":"Crane"},{"id":"2","title":"Winch"}]}`
		heads = "HTTP/1.1 200 OK\r\nETag: \"x\"\r\nLast-Modified: Sat, 01 Aug 2026 10:00:00 GMT\r\nConnection: close\r\n\r\n"
	)
	for text, ends := range map[string][]string{
		rss:  {"Winch", "</title></item>", "</item></channel>", "</channel></rss>", "</rss>"},
		atom: {"Winch", "</title></entry></feed>", "</entry></feed>", "</feed>"},
		list: {"Winch", "]}", "}"},
	} {
		for _, end := range ends {
			half := text[:strings.LastIndex(text, end)]
			address := serveRaw(t, heads+half)
			for range 2 { // the same half again is not the whole
				doc, err := fetch(t, address)
				if err != nil || len(doc.Items) == 0 || len(doc.Warnings) == 0 || doc.Cache != (Cache{}) {
					t.Errorf("%q: %v, %+v", half, err, doc)
				}
			}
		}
		if doc, err := fetch(t, serveRaw(t, heads+text)); err != nil || len(doc.Items) != 2 || doc.Cache.ETag != `"x"` {
			t.Errorf("%q: %v, %+v", text, err, doc)
		}
	}
}

// random is text that does not pack well, the same each time.
func random(n int) string {
	b, x := make([]byte, n), uint32(7)
	for i := range b {
		x = x*1664525 + 1013904223
		b[i] = 'a' + byte(x>>24)%26
	}
	return string(b)
}

func TestFetchEndsInTime(t *testing.T) {
	over := make(chan struct{})
	for name, handler := range map[string]http.HandlerFunc{
		"silent": func(http.ResponseWriter, *http.Request) { <-over },
		"drip": func(w http.ResponseWriter, _ *http.Request) {
			fmt.Fprint(w, small[:100])
			w.(http.Flusher).Flush()
			<-over
		},
	} {
		s := httptest.NewServer(handler)
		t.Cleanup(s.Close)
		c := Client{Timeout: 50 * time.Millisecond}
		if _, err := c.Fetch(t.Context(), s.URL, Cache{}); err == nil || err.Error() != "127.0.0.1 took too long to answer" {
			t.Errorf("%s: %v", name, err)
		}
		ctx, cancel := context.WithCancel(t.Context())
		cancel()
		if _, err := new(Client).Fetch(ctx, s.URL, Cache{}); !errors.Is(err, context.Canceled) || err.Error() != "stopped" {
			t.Errorf("%s: %v", name, err)
		}
	}
	t.Cleanup(func() { close(over) }) // before the servers are closed, which wait for it
}

func TestFetchTakesNoCookies(t *testing.T) {
	s := serve(t, func(w http.ResponseWriter, r *http.Request) {
		if r.Header.Get("Cookie") != "" {
			t.Errorf("sent %q", r.Header.Get("Cookie"))
		}
		http.SetCookie(w, &http.Cookie{Name: "a", Value: "b"})
		if r.URL.Path == "/" {
			http.Redirect(w, r, "/feed", http.StatusFound)
			return
		}
		fmt.Fprint(w, small)
	})
	if _, err := fetch(t, s.URL); err != nil {
		t.Error(err)
	}
}

func TestFetchOpensFeedAddresses(t *testing.T) {
	s := serve(t, func(w http.ResponseWriter, _ *http.Request) { fmt.Fprint(w, small) })
	for _, address := range []string{
		"feed:" + s.URL, "FEED:" + strings.TrimPrefix(s.URL, "http:"), "  " + s.URL + " \n", strings.Replace(s.URL, "http", "HTTP", 1) + "#top",
	} {
		if doc, err := fetch(t, address); err != nil || doc.URL != s.URL {
			t.Errorf("%q: %v, %+v", address, err, doc)
		}
	}
}

func TestFetchReadsLocalFiles(t *testing.T) {
	dir := t.TempDir()
	path := filepath.Join(dir, "my feed.xml")
	if err := os.WriteFile(path, []byte(small), 0o600); err != nil {
		t.Fatal(err)
	}
	address := (&url.URL{Scheme: "file", Path: path}).String()
	doc, err := fetch(t, address)
	if err != nil || len(doc.Items) != 3 || doc.URL != address {
		t.Fatalf("%v, %+v", err, doc)
	}
	again, err := new(Client).Fetch(t.Context(), address, doc.Cache)
	if !errors.Is(err, ErrNotModified) || again.Cache != doc.Cache {
		t.Errorf("unchanged: %v", err)
	}
	if err := os.Chtimes(path, time.Time{}, time.Unix(1, 0)); err != nil {
		t.Fatal(err)
	}
	if again, err = new(Client).Fetch(t.Context(), address, doc.Cache); !errors.Is(err, ErrNotModified) || again.Cache == doc.Cache {
		t.Errorf("touched: %v", err)
	}
	if err := os.WriteFile(path, []byte(small+"\n"), 0o600); err != nil {
		t.Fatal(err)
	}
	if _, err := new(Client).Fetch(t.Context(), address, doc.Cache); err != nil {
		t.Errorf("changed: %v", err)
	}
	small := Client{MaxBytes: 10}
	if _, err := small.Fetch(t.Context(), address, Cache{}); !errors.Is(err, ErrTooBig) {
		t.Errorf("limit: %v", err)
	}
	for address, want := range map[string]string{
		"file://" + dir:           dir + " is not a file",
		"file://" + dir + "/none": "there is no file " + dir + "/none",
		"file:///dev/zero":        "/dev/zero is not a file",
		"file://a.example/feed":   "a file: address should look like file:///home/me/feed.xml",
	} {
		if _, err := fetch(t, address); err == nil || err.Error() != want {
			t.Errorf("%s: %v, want %s", address, err, want)
		}
	}
}

func TestPageFetchesTheArticle(t *testing.T) {
	body, err := os.ReadFile("testdata/extract/wordpress.html")
	if err != nil {
		t.Fatal(err)
	}
	s := serve(t, func(w http.ResponseWriter, r *http.Request) {
		if r.URL.Path == "/old" {
			http.Redirect(w, r, "/2026/crane", http.StatusFound)
			return
		}
		if !strings.HasPrefix(r.Header.Get("Accept"), "text/html") {
			t.Errorf("asked for %q", r.Header.Get("Accept"))
		}
		w.Header().Set("Content-Type", "text/html; charset=utf-8")
		_, _ = w.Write(body)
	})
	page, err := new(Client).Page(t.Context(), s.URL+"/old")
	if err != nil {
		t.Fatal(err)
	}
	if page.URL != s.URL+"/2026/crane" || page.Author != "Tom Reed" || !strings.Contains(page.Markdown, "2,400 boats") {
		t.Errorf("got %+v", page)
	}
	file, err := filepath.Abs("testdata/extract/notes.md")
	if err != nil {
		t.Fatal(err)
	}
	page, err = new(Client).Page(t.Context(), "file://"+file)
	if err != nil || page.Title != "The Herring: A Life" || page.URL != "file://"+file {
		t.Errorf("a file: %v, %+v", err, page)
	}
}

func TestPageThatBreaksOffIsAnError(t *testing.T) {
	page := "<html><head><title>Crane</title></head><body><article><h1>Crane</h1>" + strings.Repeat("<p>It lifts what no two of us could carry, and sets it down.</p>", 60) + "</article></body></html>"
	for name, answer := range map[string]string{
		"length":  fmt.Sprintf("HTTP/1.1 200 OK\r\nContent-Type: text/html\r\nContent-Length: %d\r\n\r\n%s", len(page), page[:len(page)/3]),
		"chunked": fmt.Sprintf("HTTP/1.1 200 OK\r\nContent-Type: text/html\r\nTransfer-Encoding: chunked\r\n\r\n%x\r\n%s\r\n", len(page)/3, page[:len(page)/3]),
	} {
		got, err := new(Client).Page(t.Context(), serveRaw(t, answer))
		if TroubleOf(err) != BrokenOff || got != nil {
			t.Errorf("%s: %v, %+v", name, err, got)
		}
	}
	whole := fmt.Sprintf("HTTP/1.1 200 OK\r\nContent-Type: text/html\r\nContent-Length: %d\r\nConnection: close\r\n\r\n%s", len(page), page)
	if got, err := new(Client).Page(t.Context(), serveRaw(t, whole)); err != nil || got.Title != "Crane" {
		t.Errorf("whole: %v, %+v", err, got)
	}
}

func TestPrintedIsReadAgainIfItBreaksOff(t *testing.T) {
	const half = `<rss version="2.0"><channel><title>Cranes</title><item><guid>1</guid><title>Crane</title></item>`
	doc, err := Printed(t.Context(), []byte(half), "exec:/bin/cranes", Cache{})
	if err != nil || len(doc.Items) != 1 || doc.Cache != (Cache{}) {
		t.Errorf("%v, %+v", err, doc)
	}
}

// A proxy looks names up itself, so that the name alone tells who is at home.
func TestHostsBehindAProxyAreJudgedByTheirNames(t *testing.T) {
	for host, want := range map[string]bool{
		"news.example": true, "93.184.216.34": true, "2606:2800::1": true, "10.example": true, "": false,
		"localhost": false, "LOCALHOST.": false, "a.localhost": false, "127.0.0.1": false, "127.0.0.1.": false, "::1": false, "::ffff:127.0.0.1": false,
		"127.1": false, "2130706433": false, "0x7f000001": false, "0177.0.0.1": false, "0X7F.1": false,
		"10.0.0.1": false, "192.168.1.1": false, "fd00::1": false, "169.254.169.254": false, "fe80::1%eth0": false,
		"１２７.0.0.1": false, "127。0。0。1": false, "ⓛocalhost": false,
	} {
		if got := zoneOfHost(host) == world; got != want {
			t.Errorf("%s: of the world is %v, want %v", host, got, want)
		}
	}
}
