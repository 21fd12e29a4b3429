package source

import (
	"context"
	"errors"
	"fmt"

	"app/newsterm/feed"
	"app/newsterm/store"
)

// A Subscription is what came of subscribing to an address.
type Subscription struct {
	Feed   store.Feed
	New    bool        // it was not there before
	Added  int         // articles that its first fetch brought
	Others []feed.Link // further feeds that the page at the address points at
}

// Subscribe fetches the feed at sub.URL, or the first feed that the page
// there points at, and keeps it with its articles. A feed that is there
// already is returned as it is. Nothing is kept if it cannot be read.
func (w *Web) Subscribe(ctx context.Context, sub feed.Sub) (Subscription, error) {
	if sub.URL == HandbookURL {
		f, isNew, err := w.DB.Subscribe(ctx, sub)
		return Subscription{Feed: f, New: isNew}, err
	}
	doc, others, err := w.find(ctx, sub.URL)
	if err != nil {
		return Subscription{}, fmt.Errorf("add %s: %w", feed.Shown(sub.URL), err)
	}
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
	if err := w.DB.Index(ctx); err != nil {
		return Subscription{}, fmt.Errorf("add %s: %w", feed.Shown(f.URL), err)
	}
	f, err = w.DB.FindFeed(ctx, f.URL)
	return Subscription{f, isNew, added, others}, err
}

// find fetches the feed at address, or the first of those that the page there
// points at, with the others.
func (w *Web) find(ctx context.Context, address string) (*feed.Doc, []feed.Link, error) {
	doc, err := w.Client.Fetch(ctx, address, feed.Cache{})
	var page *feed.PageError
	if !errors.As(err, &page) || len(page.Feeds) == 0 {
		return doc, nil, err
	}
	doc, err = w.Client.Fetch(ctx, page.Feeds[0].URL, feed.Cache{})
	if err != nil {
		return nil, nil, fmt.Errorf("its feed %s: %w", feed.Shown(page.Feeds[0].URL), err)
	}
	return doc, page.Feeds[1:], nil
}
