package feed

import (
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
	"syscall"
	"testing"
	"time"
)

// serveSecure starts a server whose certificate holds between two years.
func serveSecure(t *testing.T, from, to int) string {
	t.Helper()
	public, private, err := ed25519.GenerateKey(nil)
	if err != nil {
		t.Fatal(err)
	}
	c := &x509.Certificate{
		SerialNumber: big.NewInt(1), NotBefore: time.Date(from, 1, 1, 0, 0, 0, 0, time.UTC), NotAfter: time.Date(to, 1, 1, 0, 0, 0, 0, time.UTC),
		IPAddresses: []net.IP{net.IPv4(127, 0, 0, 1)},
	}
	raw, err := x509.CreateCertificate(rand.Reader, c, c, public, private)
	if err != nil {
		t.Fatal(err)
	}
	s := httptest.NewUnstartedServer(http.NotFoundHandler())
	s.Config.ErrorLog = log.New(io.Discard, "", 0)
	s.TLS = &tls.Config{Certificates: []tls.Certificate{{Certificate: [][]byte{raw}, PrivateKey: private}}}
	s.StartTLS()
	t.Cleanup(s.Close)
	return s.URL
}

// closed is a host and port at which nobody listens, and nobody else can.
func closed(t *testing.T) string {
	t.Helper()
	s, err := syscall.Socket(syscall.AF_INET, syscall.SOCK_STREAM, 0)
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { syscall.Close(s) })
	if err := syscall.Bind(s, &syscall.SockaddrInet4{Addr: [4]byte{127, 0, 0, 1}}); err != nil {
		t.Fatal(err)
	}
	at, err := syscall.Getsockname(s)
	if err != nil {
		t.Fatal(err)
	}
	return fmt.Sprintf("127.0.0.1:%d", at.(*syscall.SockaddrInet4).Port)
}

// Each kind of failure comes from a real server, or the lack of one.
func TestTroubleTellsFailuresApart(t *testing.T) {
	dir := t.TempDir()
	locked := filepath.Join(dir, "locked.xml")
	if err := os.WriteFile(locked, []byte(small), 0); err != nil {
		t.Fatal(err)
	}
	plain := serve(t, func(w http.ResponseWriter, _ *http.Request) { fmt.Fprint(w, small) })
	over := make(chan struct{})
	slow := serve(t, func(http.ResponseWriter, *http.Request) { <-over })
	t.Cleanup(func() { close(over) })
	answer := func(status, head, body string) string {
		return serveRaw(t, fmt.Sprintf("HTTP/1.1 %s\r\nContent-Length: %d\r\n%s\r\n%s", status, len(body), head, body))
	}
	const page = "Content-Type: text/html\r\n"
	for _, c := range []struct {
		address string
		want    Trouble
	}{
		{"http://" + closed(t), Refused},
		{slow.URL, TimedOut},
		{serveRaw(t, ""), BrokenOff},
		{serveRaw(t, "HTTP/1.1 200 OK\r\nContent-Length: 900\r\n\r\nabout to"), BrokenOff},
		{serveRaw(t, "hello\r\n\r\n"), NotHTTP},
		{serveSecure(t, 2020, 2021), Expired},
		{serveSecure(t, 2998, 2999), NotYetValid},
		{serveSecure(t, 2020, 2999), Certificate},
		{strings.Replace(plain.URL, "http:", "https:", 1), Insecure},
		{strings.Replace(serveRaw(t, "\x15\x03\x03\x00\x02\x02\x28"), "http:", "https:", 1), Insecure}, // an alert
		{answer("302 Found", "Location: /\r\n", ""), Lost},
		{answer("302 Found", "Location: ftp://a.example/\r\n", ""), Lost},
		{answer("302 Found", "Location: http://[::1\r\n", ""), Lost},
		{answer("302 Found", "Location: http://10.11.12.13/\r\n", ""), Lost},
		{answer("302 Found", "", ""), Moved},
		{answer("401 x", "", ""), Login},
		{answer("407 x", "", ""), Login},
		{answer("403 x", "", ""), Forbidden},
		{answer("404 x", "", ""), Missing},
		{answer("410 x", "", ""), Gone},
		{answer("429 x", "", ""), TooOften},
		{answer("451 x", "", ""), ByLaw},
		{answer("500 x", "", ""), Ailing},
		{answer("503 x", "", ""), Ailing},
		{answer("599 x", "", ""), Ailing},
		{answer("418 x", "", ""), Status},
		{answer("204 x", "", ""), Status},
		{answer("200 OK", page, "<html><title>Hi</title><p>Hello"), PageOnly},
		{answer("200 OK", page, `<html><link rel=alternate type="application/rss+xml" href=/feed>`), PageFeeds},
		{answer("200 OK", "", "<rss><channel><item></wrong></rss"), ""}, // is mended
		{answer("200 OK", "", `<opml version="2.0"><body/></opml>`), NoFeed},
		{answer("200 OK", "", "good evening"), NoFeed},
		{answer("200 OK", "", "\n"), NoFeed},
		{answer("200 OK", "", `{"a": 1}`), NoFeed},
		{answer("200 OK", "", `{"version": "https://json`), BadJSON},
		{answer("200 OK", "", strings.Repeat("x", 5000)), TooBig},
		{answer("200 OK", "Content-Encoding: br\r\n", "\x0b\x02\x80"), Packing},
		{answer("200 OK", "", "\x1f\x8bnonsense, nonsense"), Packing},
		{"ftp://a.example/", BadAddress},
		{"a.example", BadAddress},
		{"http:///feed", BadAddress},
		{"http://a b/", BadAddress},
		{(&url.URL{Scheme: "file", Path: dir + "/none"}).String(), NoFile},
		{plain.URL, ""},
	} {
		client := Client{Timeout: 200 * time.Millisecond, MaxBytes: 4000}
		if c.want != TimedOut {
			client.Timeout = 0
		}
		if _, err := client.Fetch(t.Context(), c.address, Cache{}); TroubleOf(err) != c.want {
			t.Errorf("%s: %v is %q, want %q", c.address, err, TroubleOf(err), c.want)
		}
	}
	if _, err := fetch(t, "file://"+locked); err != nil && TroubleOf(err) != BadFile { // root may read it
		t.Errorf("%v is %q, want %q", err, TroubleOf(err), BadFile)
	}
}

// What this machine's network says is told apart too, as far as it can be
// without one.
func TestTroubleOfTheNetwork(t *testing.T) {
	got := func(err error) error {
		return &url.Error{Op: "Get", URL: "https://a.example/", Err: err}
	}
	for _, c := range []struct {
		err  error
		want Trouble
		why  string
	}{
		{&net.DNSError{Name: "a.example", IsNotFound: true}, UnknownHost, "there is no host called a.example"},
		{&net.DNSError{Name: "a.example", IsTimeout: true}, NoLookup, "the name a.example could not be looked up; is the network up?"},
		{&net.DNSError{Name: "a.example", IsTemporary: true}, NoLookup, "the name a.example could not be looked up; is the network up?"},
		{os.NewSyscallError("connect", syscall.ENETUNREACH), Offline, "a.example cannot be reached from here"},
		{os.NewSyscallError("connect", syscall.EHOSTUNREACH), Unreachable, "a.example cannot be reached from here"},
		{os.NewSyscallError("read", syscall.ECONNRESET), BrokenOff, "a.example broke off the connection"},
		{errors.New("tls: server selected unsupported protocol version 301"), Insecure, "a.example and newsterm could not agree on a secure connection"},
		{x509.CertificateInvalidError{Reason: x509.Expired}, Expired, "the certificate of a.example has expired"},
		{context.DeadlineExceeded, TimedOut, "a.example took too long to answer"},
		{context.Canceled, Other, "stopped"},
	} {
		err := plainly(got(c.err), "a.example")
		if TroubleOf(fmt.Errorf("refresh: %w", err)) != c.want || err.Error() != c.why || !errors.Is(err, c.err) {
			t.Errorf("%v: %q, %q, want %q, %q", c.err, TroubleOf(err), err, c.want, c.why)
		}
	}
	if TroubleOf(nil) != "" || TroubleOf(errors.New("anything")) != Other {
		t.Error("none, or any")
	}
	if err := parseError(errors.New("beyond mending"), 3); TroubleOf(err) != BadXML {
		t.Errorf("%v is %q, want %q", err, TroubleOf(err), BadXML)
	}
}

// The page that comes with "not found" often says where the feed is now.
func TestMissingFeedsPointOnward(t *testing.T) {
	const head = `<!doctype html><title>Nothing here</title>`
	link := func(href string) string {
		return `<link rel="alternate" type="application/rss+xml" href="` + href + `">`
	}
	for name, c := range map[string]struct {
		code       int
		kind, body string
		want       string // what the words end with, after the status
	}{
		"new place":         {404, "text/html; charset=utf-8", head + link("/new.xml"), ", and its page points at HERE/new.xml"},
		"gone for good":     {410, "text/html", head + link("https://b.example/feed"), ", and its page points at https://b.example/feed"},
		"points at itself":  {404, "text/html", head + link("/feed?utm_source=x") + link("/feed/"), ""},
		"first of others":   {404, "text/html", head + link("/feed") + link("/a") + link("/b"), ", and its page points at HERE/a"},
		"only comments":     {404, "text/html", head + link("/comments/feed"), ""},
		"none":              {404, "text/html", head, ""},
		"no page":           {404, "text/plain", head + link("/new.xml"), ""},
		"another status":    {500, "text/html", head + link("/new.xml"), ""},
		"not of the web":    {404, "text/html", head + link("javascript:alert(1)") + link("file:///etc/passwd"), ""},
		"controls":          {404, "text/html", head + link("/a\x1b[31m\u202eb"), ", and its page points at HERE/a[31mb"},
		"far too long":      {404, "text/html", head + link("/"+strings.Repeat("a", 9000)), ""},
		"too far down":      {404, "text/html", head + strings.Repeat("<p>word", 20_000) + link("/new.xml"), ""},
		"packed":            {404, "text/html", string(pack(t, []byte(head+link("/new.xml")))), ", and its page points at HERE/new.xml"},
		"packed and broken": {404, "text/html", "\x1f\x8bnonsense", ""},
	} {
		s := serve(t, func(w http.ResponseWriter, _ *http.Request) {
			w.Header().Set("Content-Type", c.kind)
			w.WriteHeader(c.code)
			_, _ = io.WriteString(w, c.body)
		})
		_, err := fetch(t, s.URL+"/feed")
		want := fmt.Sprintf("server answered %d %s", c.code, http.StatusText(c.code)) + strings.ReplaceAll(c.want, "HERE", s.URL)
		if err == nil || err.Error() != want {
			t.Errorf("%s: %v, want %s", name, err, want)
		}
	}
}
