package feed

import (
	"bufio"
	"bytes"
	"cmp"
	"context"
	"crypto/sha256"
	"encoding/hex"
	"errors"
	"fmt"
	"io"
	"net/http"
	"net/url"
	"runtime"
	"strconv"
	"strings"
	"sync"
	"time"

	"github.com/klauspost/compress/gzip"
)

// DefaultUserAgent is how a Client names itself when it is told nothing else.
const DefaultUserAgent = "newsterm/1 (terminal news reader)"

const (
	defaultMaxBytes = 20 << 20
	defaultTimeout  = 60 * time.Second
	maxRetryAfter   = 24 * time.Hour
	maxValidator    = 4 << 10 // a longer one would only earn "431 Header Fields Too Large"
)

const (
	acceptFeed = "application/atom+xml, application/rss+xml, application/feed+json, application/rdf+xml;q=0.9, " +
		"application/xml;q=0.8, text/xml;q=0.8, application/json;q=0.7, text/html;q=0.5, */*;q=0.1"
	acceptPage = "text/html, application/xhtml+xml;q=0.9, text/markdown;q=0.8, text/plain;q=0.7, */*;q=0.1"
)

// A Client fetches feeds and pages from strangers. Its zero value is ready:
// it bounds size, time and redirects, keeps no cookies, and follows no
// redirect from the world outside into this machine or its network. It may
// be used by many goroutines at once.
type Client struct {
	HTTP      *http.Client  // whose Transport to use; nil for one that is careful about redirects
	UserAgent string        // "" for DefaultUserAgent
	Header    http.Header   // sent as well, to the server that is asked and to no other it points at
	Public    bool          // ask nobody at home, as is right where a stranger chose the address
	MaxBytes  int64         // of an answer, unpacked; zero for 20 MiB
	Timeout   time.Duration // for a whole fetch; zero for a minute

	home *zone // told where each answer comes from; nil if nobody asks
}

// Fetch asks for the feed at address, which starts with http:, https:, feed:
// or file:, sending the validators in cache exactly as they came.
//
// If the feed is unchanged, the error is ErrNotModified and the Doc holds
// nothing but URL, Cache and Fresh, to be remembered as after any answer. That
// is so too when the server sends the same bytes again. With any other error
// the Doc is nil; it may be a *StatusError, a *PageError, a *ParseError or
// ErrTooBig. No error tells the password in an address.
//
// A feed that breaks off, in its transfer or by itself as where a server ends
// the connection early, gives the items that came whole, a warning, and an
// empty Cache, so that the next request gets the rest.
func (c *Client) Fetch(ctx context.Context, address string, cache Cache) (doc *Doc, err error) {
	defer func() {
		if p := recover(); p != nil {
			doc, err = nil, &ParseError{Why: "this feed is broken in a way that newsterm does not understand", broken: BadXML}
		}
	}()
	a, err := c.get(ctx, address, acceptFeed, cache)
	defer a.release()
	if err == nil && a.broken == nil {
		if a.cache.Hash = a.hash(); a.cache.Hash == cache.Hash {
			err = ErrNotModified
		}
	}
	if errors.Is(err, ErrNotModified) {
		return &Doc{URL: a.url, Cache: a.cache, Fresh: a.fresh}, err
	}
	if err != nil {
		return nil, err
	}
	doc, err = a.parse(ctx)
	if err != nil {
		return nil, a.blame(err)
	}
	doc.URL, doc.Cache, doc.Fresh = a.url, a.cache, a.fresh
	if a.broken != nil {
		doc.Torn = true
		doc.Warnings = append(doc.Warnings, a.broken.Error())
	}
	if doc.Torn {
		doc.Cache = Cache{}
	}
	return doc, nil
}

// Page fetches the web page at address as carefully as Fetch would and
// returns the article in it. A page that did not come whole is an error.
func (c *Client) Page(ctx context.Context, address string) (*Page, error) {
	a, err := c.get(ctx, address, acceptPage, Cache{})
	if err == nil {
		err = a.broken
	}
	if err != nil {
		return nil, err
	}
	page, err := Extract(a.body, a.base, a.kind)
	if err != nil {
		return nil, err
	}
	page.URL = cmp.Or(a.base, a.url)
	return page, nil
}

// An answer is what came from an address, unpacked.
type answer struct {
	url    string // where it lives, after permanent redirects
	base   string // what links in it are relative to; "" for a file
	kind   string // its media type, as the server gave it
	body   []byte
	buffer *bytes.Buffer // that body is in, to be used again; nil if it is in none
	cache  Cache
	fresh  time.Duration // how long the server says that it holds
	broken error         // why the body is not whole; nil if it is
}

// parsers are those who may parse at the same time: as many as there are
// processors. More would only need more memory.
var parsers = make(chan struct{}, runtime.GOMAXPROCS(0))

// parse reads the body as a feed, when its turn has come.
func (a answer) parse(ctx context.Context) (*Doc, error) {
	select {
	case parsers <- struct{}{}:
		defer func() { <-parsers }()
	case <-ctx.Done():
		return nil, ctx.Err()
	}
	return Parse(a.body, a.base, a.kind)
}

// release gives the memory of the body back; nobody reads it any more.
func (a answer) release() {
	if a.buffer != nil && a.buffer.Cap() <= largeBuffer {
		buffers.Put(a.buffer)
	}
}

// hash tells the body, and how it is to be read, from any other.
func (a answer) hash() string {
	h := sha256.New()
	io.WriteString(h, a.kind+"\n")
	h.Write(a.body)
	return hex.EncodeToString(h.Sum(nil))
}

// blame returns err, or the broken transfer that explains it.
func (a answer) blame(err error) error {
	if a.broken != nil {
		return a.broken
	}
	return err
}

// get reads what is at address, which is never empty. The error is
// ErrNotModified, with an answer that has no body, if it has not changed
// since cache was made.
func (c *Client) get(ctx context.Context, address, accept string, cache Cache) (answer, error) {
	u, err := readAddress(address)
	if err != nil {
		return answer{}, err
	}
	ask := c.askServer
	if u.Scheme == "file" {
		ask = c.readFile
	}
	a, err := ask(ctx, u, accept, cache)
	if err == nil && len(bytes.TrimSpace(a.body)) == 0 {
		return answer{}, &ParseError{Why: "there is nothing in it"}
	}
	return a, err
}

// askServer is get for the web.
func (c *Client) askServer(ctx context.Context, u *url.URL, accept string, cache Cache) (answer, error) {
	timeout := c.Timeout
	if timeout == 0 {
		timeout = defaultTimeout
	}
	ctx, cancel := context.WithTimeout(ctx, timeout)
	defer cancel()

	j := c.newJourney(u)
	resp, err := j.client().Do(c.request(ctx, u, accept, cache))
	if err != nil {
		return answer{}, plainly(err, j.host())
	}
	defer resp.Body.Close()
	a := answer{
		url:   j.settled.String(),
		base:  resp.Request.URL.String(),
		kind:  resp.Header.Get("Content-Type"),
		cache: validators(resp.Header),
		fresh: fresh(resp.Header),
	}
	switch {
	case resp.StatusCode == http.StatusNotModified && cache.asks():
		a.cache = a.cache.or(cache)
		return a, ErrNotModified
	case resp.StatusCode != http.StatusOK && resp.StatusCode != http.StatusNonAuthoritativeInfo:
		return answer{}, refusal(resp, u)
	}
	a.buffer = buffers.Get().(*bytes.Buffer)
	a.body, err = c.read(resp, a.buffer)
	if isBrokenOff(err) && len(a.body) > 0 {
		why := fmt.Sprintf("the answer of %s broke off after %d bytes", j.host(), len(a.body))
		a.broken, err = &troubleError{kind: BrokenOff, why: why, cause: err}, nil
	}
	if err != nil {
		a.release()
		return answer{}, plainly(err, j.host())
	}
	return a, nil
}

// readAddress takes an address as people and OPML files write it. Its errors
// never repeat it: it may hold a password.
func readAddress(address string) (*url.URL, error) {
	u, err := url.Parse(fromFeedScheme(strings.TrimSpace(address)))
	if err != nil {
		return nil, &troubleError{kind: BadAddress, why: "the address cannot be read", cause: errors.Unwrap(err)}
	}
	u.Scheme = strings.ToLower(u.Scheme)
	switch {
	case u.Scheme == "file":
	case u.Scheme == "":
		return nil, &troubleError{kind: BadAddress, why: "the address should start with https://"}
	case u.Scheme != "http" && u.Scheme != "https":
		return nil, &troubleError{kind: BadAddress, why: fmt.Sprintf("newsterm opens http: and https: addresses, not %s:", Cut(Line(u.Scheme), 20))}
	case u.Hostname() == "":
		return nil, &troubleError{kind: BadAddress, why: "the address names no host"}
	}
	u.Fragment, u.RawQuery = "", safeQuery(u.RawQuery)
	return u, nil
}

// safeQuery writes a query that holds what a terminal could obey with "%".
// Package url does so with the rest of an address.
func safeQuery(query string) string {
	if Line(query) == query {
		return query
	}
	return percentEncoded(query)
}

// request carries a password in its headers and not in its address, so that
// the address can be shown.
func (c *Client) request(ctx context.Context, u *url.URL, accept string, cache Cache) *http.Request {
	plain := *u
	plain.User = nil
	req := (&http.Request{Method: http.MethodGet, URL: &plain, Host: plain.Host, Header: http.Header{}}).WithContext(ctx)
	req.Header.Set("Accept", accept)
	req.Header.Set("Accept-Encoding", "gzip")
	req.Header.Set("User-Agent", DefaultUserAgent)
	if c.UserAgent != "" {
		req.Header.Set("User-Agent", Line(c.UserAgent))
	}
	if u.User != nil {
		password, _ := u.User.Password()
		req.SetBasicAuth(u.User.Username(), password)
	}
	for name, values := range c.Header {
		req.Header[name] = values
	}
	if cache.ETag != "" {
		req.Header.Set("If-None-Match", cache.ETag)
	}
	if cache.LastModified != "" {
		req.Header.Set("If-Modified-Since", cache.LastModified)
	}
	return req
}

func (c *Client) maxBytes() int64 {
	if c.MaxBytes == 0 {
		return defaultMaxBytes
	}
	return c.MaxBytes
}

// buffers hold bodies until they are parsed. Those larger than largeBuffer
// are not kept.
var buffers = sync.Pool{New: func() any { return new(bytes.Buffer) }}

const largeBuffer = 1 << 20 // bytes

// read reads the body into buffer, unpacked, and returns it. Both what comes
// over the wire and what it unpacks to are bounded; on an error, what came
// before it is returned too.
func (c *Client) read(resp *http.Response, buffer *bytes.Buffer) ([]byte, error) {
	buffer.Reset()
	switch coding := strings.ToLower(strings.TrimSpace(resp.Header.Get("Content-Encoding"))); coding {
	case "", "identity", "gzip", "x-gzip", "utf-8", "none":
	default:
		return nil, &troubleError{kind: Packing, why: "the answer is packed in a way nobody asked for: " + Cut(Line(coding), 40)}
	}
	err := unpack(buffer, &cappedReader{resp.Body, c.maxBytes()}, c.maxBytes())
	return buffer.Bytes(), err
}

// gzipMagic is how packed bytes begin.
var gzipMagic = []byte{0x1f, 0x8b}

// unpack copies r to buffer, at most most bytes, and undoes one gzip coding if
// there is one, whatever the header says: servers pack without saying so and
// say so without packing.
func unpack(buffer *bytes.Buffer, r io.Reader, most int64) error {
	b := bufio.NewReader(r)
	magic, err := b.Peek(len(gzipMagic))
	if err != nil && err != io.EOF { // asked again, it would be another
		return err
	}
	if !bytes.Equal(magic, gzipMagic) {
		_, err := buffer.ReadFrom(&cappedReader{b, most})
		return err
	}
	unzipper := unzippers.Get().(*gzip.Reader)
	defer unzippers.Put(unzipper)
	if err := unzipper.Reset(b); err != nil {
		return err
	}
	_, err = buffer.ReadFrom(&cappedReader{unzipper, most})
	return err
}

var unzippers = sync.Pool{New: func() any { return new(gzip.Reader) }}

// A cappedReader gives ErrTooBig when more than left bytes come.
type cappedReader struct {
	r    io.Reader
	left int64
}

func (c *cappedReader) Read(p []byte) (int, error) {
	if c.left < 0 {
		return 0, ErrTooBig
	}
	if int64(len(p)) > c.left+1 {
		p = p[:c.left+1]
	}
	n, err := c.r.Read(p)
	c.left -= int64(n)
	if c.left < 0 {
		return n - 1, ErrTooBig
	}
	return n, err
}

// validators returns what the server wants to be asked with next time, letter
// by letter. One too long to be sent back is left out.
func validators(h http.Header) Cache {
	keep := func(v string) string {
		if len(v) > maxValidator {
			return ""
		}
		return v
	}
	return Cache{ETag: keep(h.Get("ETag")), LastModified: keep(h.Get("Last-Modified"))}
}

// asks reports whether c makes a request conditional.
func (c Cache) asks() bool { return c.ETag != "" || c.LastModified != "" }

// or returns c with old in the place of what c lacks: an answer that nothing
// has changed need not repeat the validators.
func (c Cache) or(old Cache) Cache {
	if c.ETag == "" {
		c.ETag = old.ETag
	}
	if c.LastModified == "" {
		c.LastModified = old.LastModified
	}
	if c.Hash == "" {
		c.Hash = old.Hash
	}
	return c
}

// retryAfter reads a Retry-After header, in seconds or as a date. It is never
// more than a day: no server can park a feed for good.
func retryAfter(header string) time.Duration {
	wait := time.Duration(0)
	if seconds, err := strconv.ParseUint(strings.TrimSpace(header), 10, 32); err == nil {
		wait = time.Duration(seconds) * time.Second
	} else if t, err := http.ParseTime(header); err == nil {
		wait = time.Until(t)
	}
	return min(max(wait, 0), maxRetryAfter)
}
