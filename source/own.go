package source

import (
	"cmp"
	"context"
	"errors"

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

// errDisabled says that a feed is not to be fetched.
var errDisabled = errors.New("disabled; newsterm edit FEED --enable allows it")

// fetch fetches f as it is set, from the web, a file or a program. For the
// answer and the errors see feed.Client.Fetch. A disabled feed is left alone.
func fetch(ctx context.Context, c *feed.Client, f store.Feed, cache feed.Cache) (*feed.Doc, error) {
	switch {
	case f.Disabled:
		return nil, errDisabled
	case IsProgram(f.URL):
		return run(ctx, f.URL, cache)
	}
	return asSet(c, f, f.URL).Fetch(ctx, f.URL, cache)
}

// Look fetches f as it is set, whether it has changed or not, and keeps
// nothing.
func (w *Web) Look(ctx context.Context, f store.Feed) (*feed.Doc, error) {
	return fetch(ctx, w.Client, f, feed.Cache{})
}

// Keep saves what Look has found of f, and reports how many articles are new.
func (w *Web) Keep(ctx context.Context, f store.Feed, doc *feed.Doc) (added int, err error) {
	n, err := w.DB.SaveMany(ctx, store.Fetched{Feed: w.fared(result{feed: f, doc: doc}, w.DB.Now()), Doc: doc})
	if err != nil {
		return 0, err
	}
	return n[0], w.DB.IndexSome(ctx, n[0])
}
