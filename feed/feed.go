// Package feed speaks with the feed world: it fetches an address, parses what
// answers, extracts the article from a page, and turns HTML into markdown and
// plain text. It remembers nothing; remembering is package store's work.
package feed

import (
	"errors"
	"fmt"
	"net/http"
	"time"
)

// A Doc is one feed as its publisher wrote it. Every string in it is clean:
// UTF-8 without control characters or bidi overrides.
type Doc struct {
	URL         string // where the feed lives now, after permanent redirects
	Title       string // one line; "" if the publisher gave none
	Site        string // the page for people, absolute; "" if not given
	Description string // one line of plain text
	Language    string // as given, "en-gb"; "" if not
	Image       string // absolute address of a logo; "" if not given
	Items       []Item
	Cache       Cache    // what to send with the next request
	Warnings    []string // what had to be repaired to read the feed, a line each

	Hints Hints         `json:",omitzero"` // when the feed would like to be asked
	Fresh time.Duration `json:",omitzero"` // how long the server says that this answer holds; zero if it does not
	Torn  bool          `json:",omitzero"` // it breaks off, so that there may be more of it
}

// Hints are what a feed says of itself about when to ask for it.
type Hints struct {
	Every     time.Duration // between requests; zero if it does not say
	SkipHours uint32        // hours in UTC at which it never changes: bit 0 is midnight
	SkipDays  uint8         // days on which it never changes: bit 0 is Sunday
}

// An Item is one article as published. What the reader did with it is in
// store.Article.
type Item struct {
	GUID       string // stable within its feed, never empty, never made of a date
	URL        string // absolute http(s) address; "" if there is none
	Comments   string // absolute http(s) address of the discussion; "" if there is none
	Title      string // one line of plain text; made from the text if the publisher gave none
	Authors    []string
	Categories []string
	Published  time.Time // UTC; zero if the publisher gave no usable date
	Updated    time.Time // UTC; zero if the publisher gave no usable date
	HTML       string    // as published, links made absolute; Markdown turns it into markdown when it is read
	Summary    string    // one line of plain text, at most SummaryLen runes
	Enclosures []Enclosure
}

// An Enclosure is a file that comes with an article: a podcast episode, say.
type Enclosure struct {
	URL    string `json:"url"` // absolute http(s) address
	Type   string `json:"type,omitempty"`
	Length int64  `json:"length,omitempty"` // bytes; 0 if not known
	Title  string `json:"title,omitempty"`
}

// SummaryLen is the most runes that an Item's Summary has.
const SummaryLen = 300

// A Cache holds the validators of a feed's last good answer, exactly as the
// server sent them (RFC 9110, section 8.8), and what tells the answer itself
// from another.
type Cache struct {
	ETag, LastModified string
	Hash               string `json:",omitzero"` // of the body; "" if it is to be read whatever it is
}

// A Sub is one subscription as a person or an OPML file gives it.
type Sub struct {
	URL    string
	Title  string // the reader's own name for the feed; "" for the publisher's
	Site   string
	Folder string // "A/B" for nested folders; "" for none
	Tags   []string

	Every    time.Duration // between fetches; zero for the usual
	Keep     int           // most articles that are kept; zero for all
	Muted    bool          // listed only when asked for
	Disabled bool          // not fetched until its reader enables it

	Anew bool // a feed of its own, though one that is elsewhere now was at URL before
}

// A Link is a feed that a page points at.
type Link struct{ URL, Title string }

// ErrNotModified reports that a feed has not changed since its Cache was made.
var ErrNotModified = errors.New("not modified")

// ErrTooBig reports an answer longer than the client accepts.
var ErrTooBig = errors.New("too big")

// A StatusError is an HTTP answer that was not a feed.
type StatusError struct {
	Code       int
	RetryAfter time.Duration // how long the server asks to be left alone; zero if it did not
	Feeds      []Link        // the feeds that the page of a missing one points at; often none
}

func (e *StatusError) Error() string {
	text := http.StatusText(e.Code)
	if text == "" {
		text = "no standard status"
	}
	words := fmt.Sprintf("server answered %d %s", e.Code, text)
	if len(e.Feeds) > 0 {
		words += ", and its page points at " + e.Feeds[0].URL
	}
	return words
}

// A PageError reports a web page where a feed was expected. If the page points
// at feeds, the address of the first ends the words.
type PageError struct {
	Title string
	Feeds []Link // the feeds the page points at; often none
}

func (e *PageError) Error() string {
	switch n := len(e.Feeds); n {
	case 0:
		return "this is a web page, not a feed, and it points at no feed"
	case 1:
		return "this is a web page, not a feed; its feed is " + e.Feeds[0].URL
	default:
		return fmt.Sprintf("this is a web page, not a feed; it points at %d feeds, the first is %s", n, e.Feeds[0].URL)
	}
}

// A ParseError reports bytes in which no feed could be read.
type ParseError struct {
	Line int // counted from 1; 0 if not known
	Why  string

	broken Trouble // BadXML or BadJSON, if it is a feed that is damaged
}

func (e *ParseError) Error() string {
	if e.Line == 0 {
		return e.Why
	}
	return fmt.Sprintf("line %d: %s", e.Line, e.Why)
}
