package source

import (
	"context"
	"errors"
	"time"

	"app/newsterm/feed"
	"app/newsterm/store"
)

// settled is how the feeds of a batch fare, and what they brought. Feeds that
// have moved are followed, and servers that want to be left alone are parked.
func (w *Web) settled(ctx context.Context, batch []result, claim store.Claim) ([]store.Fetched, error) {
	now := w.DB.Now()
	var list []store.Fetched
	parked := map[string]time.Time{}
	for _, r := range batch {
		if !claim.Feeds[r.feed.ID] || r.left != "" && r.until.IsZero() {
			continue
		}
		f, err := w.follow(ctx, w.fared(r, now), r)
		if err != nil {
			return nil, err
		}
		fetched := store.Fetched{Feed: f}
		if r.err == nil {
			fetched.Doc = r.doc
		}
		list = append(list, fetched)
		if h := server(r.feed.URL); r.until.After(parked[h]) && r.err != nil {
			parked[h] = r.until
		}
	}
	for h, until := range parked {
		if err := w.DB.Park(ctx, h, until); err != nil {
			return nil, err
		}
	}
	return list, nil
}

// follow moves f, the feed of r, to where it was found, once two fetches in a
// row have found it there. If another feed is there, it stays, and says so.
func (w *Web) follow(ctx context.Context, f store.Feed, r result) (store.Feed, error) {
	switch {
	case r.doc == nil:
		return f, nil
	case r.doc.URL == f.URL:
		f.MovedTo = ""
		return f, nil
	case r.doc.URL != f.MovedTo:
		f.MovedTo = r.doc.URL
		return f, nil
	}
	err := w.DB.Move(ctx, f, r.doc.URL)
	if errors.Is(err, store.ErrTaken) {
		f.Failure, f.Trouble, f.FailingSince = err.Error(), feed.Taken, f.Checked
		if r.feed.Failure == f.Failure {
			f.FailingSince = r.feed.FailingSince
		}
		return f, nil
	}
	if err == nil {
		f.URL, f.MovedTo = r.doc.URL, ""
	}
	return f, err
}
