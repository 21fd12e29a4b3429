package feed

import (
	"net/http"
	"net/http/httptrace"
	"net/url"
)

const maxRedirects = 10

// A journey follows one request through its redirects. It remembers where
// permanent ones alone would lead, which is where the feed lives now; what
// comes after a temporary one says nothing about that.
type journey struct {
	start     *url.URL    // as asked, password included
	settled   *url.URL    // as asked, moved by permanent redirects
	last      *url.URL    // asked last
	own       http.Header // of the reader, for the start alone
	temporary bool        // a redirect was met that was not permanent
	home      *zone       // where the last answer came from
	first     http.RoundTripper
	next      func(home zone) http.RoundTripper
}

func (c *Client) newJourney(u *url.URL) *journey {
	j := &journey{start: u, settled: u, last: u, own: c.Header, home: c.home, first: anywhere}
	j.next = func(home zone) http.RoundTripper { return home }
	if j.home == nil {
		j.home = new(zone)
	}
	if c.Public {
		j.first = world
	}
	if c.HTTP != nil {
		j.first = c.HTTP.Transport
		if j.first == nil {
			j.first = http.DefaultTransport
		}
		j.next = func(zone) http.RoundTripper { return j.first }
	}
	return j
}

func (j *journey) client() *http.Client {
	return &http.Client{Transport: j, CheckRedirect: j.redirect}
}

// host is the name of the server asked last, fit to be shown.
func (j *journey) host() string { return Cut(Line(j.last.Hostname()), 100) }

// RoundTrip sends the first request wherever the reader pointed, and those
// that a server asks for only where that server may point.
func (j *journey) RoundTrip(req *http.Request) (*http.Response, error) {
	road := j.first
	if req.Response != nil { // req follows a redirect
		road = j.next(*j.home)
	}
	j.last = req.URL
	if throughProxy(req) {
		*j.home = zoneOfHost(req.URL.Hostname())
		return road.RoundTrip(req)
	}
	trace := &httptrace.ClientTrace{GotConn: func(i httptrace.GotConnInfo) { *j.home = zoneOf(i.Conn.RemoteAddr().String()) }}
	return road.RoundTrip(req.WithContext(httptrace.WithClientTrace(req.Context(), trace)))
}

// redirect decides whether to follow one, and notes where it leads.
func (j *journey) redirect(req *http.Request, via []*http.Request) error {
	switch {
	case len(via) > maxRedirects:
		return &troubleError{kind: Lost, why: "the server redirects again and again"}
	case req.URL.Scheme != "http" && req.URL.Scheme != "https":
		return &troubleError{kind: Lost, why: "the server redirects to an address that is not of the web, " + Cut(Line(req.URL.Redacted()), 100)}
	case req.URL.Hostname() == "":
		return &troubleError{kind: Lost, why: "the server redirects to an address that names no host"}
	}
	req.URL.User = nil
	req.Header.Del("Referer")
	if !sameOrigin(j.start, req.URL) {
		req.Header.Del("Authorization")
		for name := range j.own {
			req.Header.Del(name)
		}
		j.temporary = j.temporary || len(j.own) > 0 // who moved there would tell it the next time
	}
	switch req.Response.StatusCode {
	case http.StatusMovedPermanently, http.StatusPermanentRedirect:
	default:
		j.temporary = true
	}
	if !j.temporary {
		settled := *req.URL
		if sameOrigin(j.start, req.URL) {
			settled.User = j.start.User
		}
		settled.Fragment, settled.RawQuery = "", safeQuery(settled.RawQuery)
		j.settled = &settled
	}
	return nil
}
