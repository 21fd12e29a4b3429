package source

import (
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

// Subscribe fetches the feed at sub.URL, or that of the page there as FindFeed
// finds it, or runs the program that sub.URL names, and keeps it with its
// articles. A feed that is there already is
// returned as it is. Nothing is kept if it cannot be read.
func (w *Web) Subscribe(ctx context.Context, sub feed.Sub) (Subscription, error) {
	if sub.URL == HandbookURL {
		f, isNew, err := w.DB.Subscribe(ctx, sub)
		return Subscription{Feed: f, New: isNew}, err
	}
	found, err := w.find(ctx, sub.URL)
	if err != nil {
		return Subscription{}, fmt.Errorf("add %s: %w", feed.Shown(sub.URL), err)
	}
	doc := found.Doc
	sub.URL = doc.URL
	if sub.Site == "" {
		sub.Site = doc.Site
	}
	f, isNew, err := w.DB.Subscribe(ctx, sub)
	if err != nil {
		return Subscription{}, fmt.Errorf("add %s: %w", feed.Shown(f.URL), err)
	}
	added, err := w.DB.Save(ctx, f.ID, doc)
	if err != nil {
		return Subscription{}, fmt.Errorf("add %s: %w", feed.Shown(f.URL), err)
	}
	if err := w.DB.Settle(ctx, w.fared(result{feed: f, doc: doc}, w.DB.Now())); err != nil {
		return Subscription{}, fmt.Errorf("add %s: %w", feed.Shown(f.URL), err)
	}
	if err := w.DB.Index(ctx); err != nil {
		return Subscription{}, fmt.Errorf("add %s: %w", feed.Shown(f.URL), err)
	}
	f, err = w.DB.FindFeed(ctx, f.URL)
	onward := *w
	onward.Client = found.Client
	return Subscription{f, isNew, added, found, &onward}, err
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
