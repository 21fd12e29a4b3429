package source

import (
	"cmp"
	"context"

	"app/newsterm/feed"
	"app/newsterm/store"
)

// asSet is a client that does what the reader has set for f. The headers of a
// feed are only for addresses on its own server.
func asSet(c *feed.Client, f store.Feed, address string) *feed.Client {
	own := *c
	own.UserAgent = cmp.Or(f.UserAgent, c.UserAgent)
	if feed.SameOrigin(f.URL, address) {
		own.Header = feed.ReadHeaders(f.Headers)
	}
	return &own
}

// Look fetches f as it is set, whether it has changed or not, and keeps
// nothing.
func (w *Web) Look(ctx context.Context, f store.Feed) (*feed.Doc, error) {
	return asSet(w.Client, f, f.URL).Fetch(ctx, f.URL, feed.Cache{})
}

// Keep saves what Look has found of f, and reports how many articles are new.
func (w *Web) Keep(ctx context.Context, f store.Feed, doc *feed.Doc) (added int, err error) {
	if added, err = w.DB.Save(ctx, f.ID, doc); err != nil {
		return 0, err
	}
	if err := w.DB.Settle(ctx, w.settled(result{feed: f, doc: doc}, w.DB.Now())); err != nil {
		return added, err
	}
	return added, w.DB.Index(ctx)
}
