package source

import (
	"cmp"
	"context"
	"fmt"

	"app/newsterm/feed"
	"app/newsterm/store"
)

// A Subscription is what came of subscribing to an address.
type Subscription struct {
	Feed   store.Feed
	New    bool    // it was not there before
	Added  int     // articles that its first fetch brought
	Found  Finding // what else there is at the address
	Onward *Web    // to subscribe to what else there is: a page chose it, and not the reader
}

// Elsewhere reports that the feed was where it was looked for before, and is
// not now. Nothing was taken from what is there.
func (s Subscription) Elsewhere() bool { return s.Found.Doc != nil && s.Found.Doc.URL != s.Feed.URL }

// Subscribe fetches the feed at sub.URL, or that of the page there as FindFeed
// finds it, or runs the program that sub.URL names, and keeps it with its
// articles. One that is there already gets what is new, unless it is disabled.
// Nothing is kept if it cannot be read.
func (w *Web) Subscribe(ctx context.Context, sub feed.Sub) (Subscription, error) {
	if sub.URL == HandbookURL {
		f, isNew, err := w.DB.Subscribe(ctx, sub)
		return Subscription{Feed: f, New: isNew}, err
	}
	found, err := w.find(ctx, sub.URL)
	if err != nil {
		return Subscription{}, fmt.Errorf("add %s: %w", feed.Shown(sub.URL), err)
	}
	sub.URL = found.Doc.URL
	return w.keepFound(ctx, found, sub)
}

// Follow subscribes to one of the feeds that Find has found, as sub says. The
// one that Find has fetched is not fetched again.
func (w *Web) Follow(ctx context.Context, found Finding, sub feed.Sub) (Subscription, error) {
	switch {
	case sub.URL == HandbookURL:
		return w.Subscribe(ctx, sub)
	case sub.URL != found.Doc.URL:
		return w.onward(found).Subscribe(ctx, sub)
	}
	return w.keepFound(ctx, found, sub)
}

// keepFound subscribes to the feed that was fetched at sub.URL. If that is an
// old address of one that is there, or if that one is disabled, nothing is
// taken from it.
func (w *Web) keepFound(ctx context.Context, found Finding, sub feed.Sub) (Subscription, error) {
	sub.Site = cmp.Or(sub.Site, found.Doc.Site)
	f, isNew, err := w.DB.Subscribe(ctx, sub)
	if err != nil {
		return Subscription{}, fmt.Errorf("add %s: %w", feed.Shown(sub.URL), err)
	}
	s := Subscription{Feed: f, New: isNew, Found: found, Onward: w.onward(found)}
	if s.Elsewhere() || f.Disabled {
		return s, nil
	}
	if s.Added, err = w.Keep(ctx, f, found.Doc); err != nil {
		return Subscription{}, fmt.Errorf("add %s: %w", feed.Shown(f.URL), err)
	}
	s.Feed, err = w.DB.FindFeed(ctx, f.URL)
	return s, err
}

// onward is w for what else there is at an address.
func (w *Web) onward(found Finding) *Web {
	other := *w
	other.Client = found.Client
	return &other
}

// find is FindFeed, and for a program the feed that it prints, unless it was
// not the reader who chose the address.
func (w *Web) find(ctx context.Context, address string) (Finding, error) {
	if !IsProgram(address) || w.Client.Public {
		return FindFeed(ctx, w.Client, address)
	}
	doc, err := run(ctx, address, feed.Cache{})
	return Finding{Doc: doc, Client: w.Client}, err
}
