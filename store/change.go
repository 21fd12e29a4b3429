package store

import "context"

// Change has change decide anew what the reader decides about each of the feeds
// of ids: URL, Name, Folder, Tags, Every, UserAgent, Headers, FullText, Keep,
// Muted, Disabled and Archived. It is given the feed as it is at that moment, so
// that nothing is lost that somebody else has set meanwhile, and a feed that its
// server has moved stays there. With another URL the validators of the old one
// are forgotten, and with that or another Every the feed is due at once. All are
// changed in one transaction, or, after an error, none. The error is ErrNotFound
// if there is no such feed, ErrTaken, naming the other feed, if one has the
// address.
func (s *DB) Change(ctx context.Context, change func(*Feed), ids ...FeedID) error {
	if len(ids) == 0 {
		return nil
	}
	return s.tx(ctx, full, func(t *tx) error {
		for _, id := range ids {
			if err := t.change(id, change); err != nil {
				return err
			}
		}
		return nil
	})
}

// change is Change for one feed.
func (t *tx) change(id FeedID, change func(*Feed)) error {
	f, err := t.feed(`id = ?`, id)
	if err != nil {
		return err
	}
	change(&f)
	f.ID = id
	if err = t.edit(f); err == nil {
		err = t.readdress(id, f.URL)
	}
	return named(f, err)
}
