package source

import (
	"context"
	"errors"
	"time"

	"app/newsterm/store"
)

// settle keeps how the feeds of a batch fare, where they are, and which hosts
// want to be left alone.
func (w *Web) settle(ctx context.Context, batch []result, claim store.Claim) error {
	now := w.DB.Now()
	var feeds []store.Feed
	parked := map[string]time.Time{}
	for _, r := range batch {
		if !claim.Feeds[r.feed.ID] {
			continue
		}
		f, err := w.follow(ctx, w.settled(r, now), r)
		if err != nil {
			return err
		}
		feeds = append(feeds, f)
		if h := host(r.feed.URL); r.until.After(parked[h]) && r.err != nil {
			parked[h] = r.until
		}
	}
	for h, until := range parked {
		if err := w.DB.Park(ctx, h, until); err != nil {
			return err
		}
	}
	if err := w.DB.Settle(ctx, feeds...); err != nil {
		return err
	}
	for _, f := range feeds {
		delete(claim.Feeds, f.ID)
	}
	return nil
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
		f.Failure, f.FailingSince = err.Error(), f.Checked
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
