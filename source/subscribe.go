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
// finds it, and keeps it with its articles. A feed that is there already is
// returned as it is. Nothing is kept if it cannot be read.
func (w *Web) Subscribe(ctx context.Context, sub feed.Sub) (Subscription, error) {
	if sub.URL == HandbookURL {
		f, isNew, err := w.DB.Subscribe(ctx, sub)
		return Subscription{Feed: f, New: isNew}, err
	}
	found, err := FindFeed(ctx, w.Client, sub.URL)
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
	if err := w.DB.Settle(ctx, w.settled(result{feed: f, doc: doc}, w.DB.Now())); err != nil {
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
