package store

import (
	"context"
	"fmt"
	"time"

	"app/newsterm/feed"
)

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
	was, err := t.feed(`id = ?`, id)
	if err != nil {
		return err
	}
	f := was
	change(&f)
	f.ID = id
	if err = t.edit(f); err == nil && f.URL != was.URL {
		err = t.readdress(f, was.URL)
	}
	if err != nil {
		return fmt.Errorf("edit %s: %w", feed.Shown(f.URL), err)
	}
	return nil
}

// edit sets what the reader decides about the feed f.ID, but its address.
func (t *tx) edit(f Feed) error {
	_, err := t.exec(`
		UPDATE feeds SET
			next          = CASE WHEN every = ?1 THEN next ELSE 0 END,
			every         = ?1,
			name          = ?2,
			folder        = ?3,
			user_agent    = ?4,
			headers       = ?5,
			want_fulltext = ?6,
			muted         = ?7,
			archived      = ?8,
			tags          = ?9,
			keep          = ?10,
			disabled      = ?11
		WHERE id = ?12`,
		int64(f.Every/time.Second), feed.Line(f.Name), Folder(f.Folder), feed.Line(f.UserAgent), feed.Safe(f.Headers),
		f.FullText, f.Muted, f.Archived, joined(Tags(f.Tags...)), max(f.Keep, 0), f.Disabled, f.ID)
	t.refiled = append(t.refiled, f.ID)
	return err
}

// readdress gives the feed f.ID, which was at another address, the address f.URL.
func (t *tx) readdress(f Feed, was string) error {
	if err := t.free(f.URL); err != nil {
		return err
	}
	_, err := t.exec(`
		UPDATE feeds SET
			url = ?, etag = '', last_modified = '', body_hash = '', moved_to = '', gone = 0, claimed_until = 0, next = 0
		WHERE id = ?`, f.URL, f.ID)
	if err != nil {
		return err
	}
	return t.moved(f.ID, was, f.URL)
}
