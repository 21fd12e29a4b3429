package feed

import (
	"cmp"
	"errors"
	"io/fs"
	"net/http"
)

// A Trouble is a kind of failure to fetch a feed. Its text is kept in files,
// so that it is never changed.
type Trouble string

// The kinds of failure on the way to a server.
const (
	Offline     Trouble = "offline"       // this machine finds no network
	NoLookup    Trouble = "no lookup"     // nobody could say where the host is
	UnknownHost Trouble = "unknown host"  // there is no host of that name
	Unreachable Trouble = "unreachable"   // there is no way to the host
	Refused     Trouble = "refused"       // the host takes no connections
	TimedOut    Trouble = "timed out"     // it took too long
	BrokenOff   Trouble = "broken off"    // the connection ended too early
	Expired     Trouble = "expired"       // the certificate has run out
	NotYetValid Trouble = "not yet valid" // the certificate begins in the future
	Certificate Trouble = "certificate"   // it is bad in another way
	Insecure    Trouble = "insecure"      // no secure connection could be agreed on
	NotHTTP     Trouble = "not http"      // the answer is not one of the web
	Packing     Trouble = "packing"       // the answer cannot be unpacked
	TooBig      Trouble = "too big"       // there is too much of it
	Lost        Trouble = "redirects"     // redirected in circles, or to where newsterm does not go
	BadAddress  Trouble = "address"       // the address is none
)

// The kinds of answers that are no feed.
const (
	Moved     Trouble = "moved"       // 300 to 399, without saying where to
	Login     Trouble = "login"       // 401, 407
	Forbidden Trouble = "forbidden"   // 403
	Missing   Trouble = "missing"     // 404
	Gone      Trouble = "gone"        // 410
	TooOften  Trouble = "too often"   // 429
	ByLaw     Trouble = "by law"      // 451
	Ailing    Trouble = "server"      // 500 to 599: the server has trouble
	Status    Trouble = "status"      // any other
	PageOnly  Trouble = "page"        // a web page that points at no feed
	PageFeeds Trouble = "page, feeds" // a web page that points at feeds
	NoFeed    Trouble = "no feed"     // something else
	BadXML    Trouble = "broken xml"  // a feed in XML that cannot be read
	BadJSON   Trouble = "broken json" // JSON that cannot be read
)

// The kinds of failure that are no server's.
const (
	NoFile  Trouble = "no file" // the file is not there
	BadFile Trouble = "file"    // the file cannot be read
	Program Trouble = "program" // the program whose output is the feed did not end well
	Taken   Trouble = "taken"   // the feed has moved to where another feed is
	Other   Trouble = "other"   // any that is none of the others
)

// NoNetwork reports whether it is this machine that is not online.
func (t Trouble) NoNetwork() bool { return t == Offline || t == NoLookup }

// TroubleOf is the kind of err; "" for nil. An error of another package may
// tell its own kind, by a method Trouble.
func TroubleOf(err error) Trouble {
	var own interface {
		error
		Trouble() Trouble
	}
	var file *fs.PathError // as reading a file: address gives it
	switch {
	case err == nil:
		return ""
	case errors.As(err, &own):
		return own.Trouble()
	case errors.Is(err, ErrTooBig):
		return TooBig
	case errors.Is(err, fs.ErrNotExist):
		return NoFile
	case errors.As(err, &file):
		return BadFile
	}
	return Other
}

// Trouble is the kind of an answer that was not a feed.
func (e *StatusError) Trouble() Trouble {
	switch e.Code {
	case http.StatusUnauthorized, http.StatusProxyAuthRequired:
		return Login
	case http.StatusForbidden:
		return Forbidden
	case http.StatusNotFound:
		return Missing
	case http.StatusGone:
		return Gone
	case http.StatusTooManyRequests:
		return TooOften
	case http.StatusUnavailableForLegalReasons:
		return ByLaw
	}
	switch e.Code / 100 {
	case 3:
		return Moved
	case 5:
		return Ailing
	}
	return Status
}

// Trouble tells a page that points at feeds from one that does not.
func (e *PageError) Trouble() Trouble {
	if len(e.Feeds) > 0 {
		return PageFeeds
	}
	return PageOnly
}

// Trouble tells a broken feed from what is none.
func (e *ParseError) Trouble() Trouble { return cmp.Or(e.broken, NoFeed) }
