package store

import (
	"context"
	"database/sql"
	"errors"
	"fmt"
	"slices"

	"app/newsterm/feed"
)

// A feed that moves is still known by the addresses at which it was, so that
// an old list of feeds, or a bookmark, leads to the feed that is there. An
// address that a feed has now is no old one.

// Addresses are those at which feeds were before, and whose they are. Feeds
// that were left count.
func (s *DB) Addresses(ctx context.Context) (map[string]FeedID, error) {
	old := map[string]FeedID{}
	err := s.each(ctx, func(rows *sql.Rows) error {
		var url string
		var id FeedID
		err := rows.Scan(&url, &id)
		old[url] = id
		return err
	}, `SELECT url, feed FROM addresses`)
	return old, err
}

// AddAddresses keeps that a feed was at some addresses before. Those that a
// feed has, or had, stay that feed's.
func (s *DB) AddAddresses(ctx context.Context, id FeedID, old ...string) error {
	if len(old) == 0 {
		return nil
	}
	return s.tx(ctx, full, func(t *tx) error {
		for _, url := range old {
			if _, err := t.exec(`
				INSERT OR IGNORE INTO addresses (url, feed)
				SELECT ?1, id FROM feeds WHERE id = ?2 AND NOT EXISTS (SELECT 1 FROM feeds WHERE url = ?1)`, url, id); err != nil {
				return err
			}
		}
		return nil
	})
}

// free is an ErrTaken that names the feed at an address; nil if there is none.
func (t *tx) free(url string) error {
	other, err := t.feed(`url = ?`, url)
	switch {
	case errors.Is(err, ErrNotFound):
		return nil
	case err != nil:
		return err
	}
	return fmt.Errorf("%w: %s", ErrTaken, feed.Line(other.Title))
}

// moved keeps that a feed is no longer at the address from, if it is not.
func (t *tx) moved(id FeedID, from, to string) error {
	if from == to {
		return nil
	}
	if _, err := t.exec(`INSERT OR REPLACE INTO addresses (url, feed) VALUES (?, ?)`, from, id); err != nil {
		return err
	}
	return t.forget(to)
}

// forget drops that a feed was at an address before.
func (t *tx) forget(url string) error {
	_, err := t.exec(`DELETE FROM addresses WHERE url = ?`, url)
	return err
}

// now is where the feed at an address is now: there, unless a feed was there
// before and none is.
func (t *tx) now(url string) (string, error) {
	err := t.row(`
		SELECT f.url FROM addresses a JOIN feeds f ON f.id = a.feed
		WHERE a.url = ?1 AND NOT EXISTS (SELECT 1 FROM feeds WHERE url = ?1)`, url).scan(&url)
	if errors.Is(err, ErrNotFound) {
		err = nil
	}
	return url, err
}

// movedFeed is the one of feeds that was at an address before, where no feed is
// now.
func (s *DB) movedFeed(ctx context.Context, feeds []Feed, url string) (f Feed, found bool, err error) {
	var id FeedID
	err = s.row(ctx, `
		SELECT feed FROM addresses
		WHERE url = ?1 AND NOT EXISTS (SELECT 1 FROM feeds WHERE url = ?1)`, url).scan(&id)
	if errors.Is(err, ErrNotFound) {
		return Feed{}, false, nil
	}
	i := slices.IndexFunc(feeds, func(f Feed) bool { return f.ID == id })
	if err != nil || i < 0 {
		return Feed{}, false, err
	}
	return feeds[i], true, nil
}
