package source

import (
	"context"
	"fmt"

	"app/newsterm/feed"
)

// Find looks for the feed that a reader means by what was typed: the address
// of a feed or of a page that has one. Nothing is kept.
func (w *Web) Find(ctx context.Context, typed string) (Finding, error) {
	address, err := Address(typed)
	if err != nil {
		return Finding{}, err
	}
	if address == HandbookURL {
		return Finding{Doc: &feed.Doc{URL: HandbookURL, Title: "Handbook"}, Client: w.Client}, nil
	}
	found, err := w.find(ctx, address)
	if err != nil {
		return Finding{}, fmt.Errorf("%s: %w", feed.Shown(address), err)
	}
	return found, nil
}

// Follow subscribes to one of the feeds that Find has found, as sub says. The
// one that Find has fetched is not fetched again.
func (w *Web) Follow(ctx context.Context, found Finding, sub feed.Sub) (Subscription, error) {
	switch {
	case sub.URL == HandbookURL:
		return w.Subscribe(ctx, sub)
	case sub.URL != found.Doc.URL:
		onward := *w
		onward.Client = found.Client
		return onward.Subscribe(ctx, sub)
	}
	sub.Site = found.Doc.Site
	f, isNew, err := w.DB.Subscribe(ctx, sub)
	if err != nil {
		return Subscription{}, fmt.Errorf("add %s: %w", feed.Shown(sub.URL), err)
	}
	added, err := w.Keep(ctx, f, found.Doc)
	if err != nil {
		return Subscription{}, fmt.Errorf("add %s: %w", feed.Shown(f.URL), err)
	}
	f, err = w.DB.FindFeed(ctx, f.URL)
	return Subscription{Feed: f, New: isNew, Added: added, Found: found}, err
}
