package source

import (
	"cmp"
	"context"
	"errors"
	"fmt"
	"net/http"
	"net/url"
	"slices"
	"strings"

	"app/newsterm/feed"
)

// mostTries is how many feeds that a page names are asked for.
const mostTries = 6

// usualPlaces are where sites that name no feed keep one all the same.
var usualPlaces = []string{"/feed", "/rss", "/feed.xml", "/rss.xml", "/atom.xml", "/index.xml"}

// A Finding is a feed that was looked for.
type Finding struct {
	Doc      *feed.Doc
	Others   []feed.Link  // more feeds of the same page
	Comments []feed.Link  // its feeds of what readers said
	Client   *feed.Client // to fetch these with: the page chose them, and not the reader
}

// FindFeed fetches the feed at address, or the best of those that the page
// there has. It asks for one address after the other, and stops at the first
// feed:
//
//	known sites ─▶ the address itself ─▶ feeds that the page names ─▶ usual places
//
// Feeds of comments are taken only if the page names no other.
func FindFeed(ctx context.Context, client *feed.Client, address string) (Finding, error) {
	known, isKnown := feed.Known(address)
	s := &search{client: client}
	if found, done, err := s.first(ctx, known); done {
		return found, err
	}
	doc, onward, err := client.Visit(ctx, address)
	page, isPage := errors.AsType[*feed.PageError](err)
	if !isPage {
		return Finding{Doc: doc, Client: onward}, s.blame(err)
	}
	s.client = onward
	named, comments := sorted(page.Feeds)
	if len(named) == 0 {
		named, comments = comments, nil
	}
	if found, done, err := s.first(ctx, named); done {
		found.Comments = comments
		return found, err
	}
	if !isKnown {
		if found, done, err := s.first(ctx, guesses(address)); done {
			found.Others = nil
			return found, err
		}
	}
	return Finding{}, s.vain(address)
}

// sorted parts feeds of articles from those of what readers said about them.
func sorted(feeds []feed.Link) (articles, comments []feed.Link) {
	for _, l := range feeds {
		if l.OfComments() {
			comments = append(comments, l)
		} else {
			articles = append(articles, l)
		}
	}
	return articles, comments
}

// guesses returns the places on the host of address where a feed may be; none
// for a file.
func guesses(address string) (places []feed.Link) {
	for _, path := range usualPlaces {
		if place := root(address, path); place != "" {
			places = append(places, feed.Link{URL: place})
		}
	}
	return places
}

// A search goes through addresses that may be feeds.
type search struct {
	client *feed.Client
	tried  []string // the addresses that are none
	why    error    // what came of the first of them
}

// first fetches the first of links that is a feed; the others are those after
// it. It is not done if there is none. The error says that there may be one,
// and that it cannot be read now.
func (s *search) first(ctx context.Context, links []feed.Link) (found Finding, done bool, err error) {
	for i, l := range links[:min(len(links), mostTries)] {
		if slices.Contains(s.tried, l.URL) {
			continue
		}
		doc, err := s.client.Fetch(ctx, l.URL, feed.Cache{})
		if err == nil {
			return Finding{Doc: doc, Others: slices.Clone(links[i+1:]), Client: s.client}, true, nil
		}
		err = fmt.Errorf("its feed %s: %w", feed.Shown(l.URL), err)
		if !isNoFeed(err) {
			return Finding{}, true, err
		}
		s.tried = append(s.tried, l.URL)
		s.why = cmp.Or(s.why, err)
	}
	return Finding{}, false, nil
}

// isNoFeed reports whether a server has answered, and with something that is
// no feed, and will not be one when it is asked again later.
func isNoFeed(err error) bool {
	if s, ok := errors.AsType[*feed.StatusError](err); ok {
		return s.Code != http.StatusTooManyRequests && s.Code != http.StatusServiceUnavailable
	}
	_, isPage := errors.AsType[*feed.PageError](err)
	_, isOther := errors.AsType[*feed.ParseError](err)
	return isPage || isOther
}

// blame returns why nothing came of an address that cannot be read either:
// what its site's feed answered says more than what its page did.
func (s *search) blame(err error) error {
	if err != nil && s.why != nil {
		return s.why
	}
	return err
}

// vain says where a feed was looked for: by their paths alone, the places on
// the host of address.
func (s *search) vain(address string) error {
	const goOn = "if you know of one, add its own address"
	if len(s.tried) == 0 {
		return errors.New("this is a web page, not a feed, and it names none; " + goOn)
	}
	home := feed.Shown(root(address, ""))
	var tried []string
	for _, address := range s.tried {
		tried = append(tried, strings.TrimPrefix(feed.Shown(address), home))
	}
	return fmt.Errorf("this is a web page, not a feed, and there is no feed at %s; %s", strings.Join(tried, ", "), goOn)
}

// root is path on the host of address; "" if it has none, as a file.
func root(address, path string) string {
	u, err := url.Parse(address)
	if err != nil || u.Host == "" {
		return ""
	}
	return (&url.URL{Scheme: u.Scheme, User: u.User, Host: u.Host, Path: path}).String()
}
