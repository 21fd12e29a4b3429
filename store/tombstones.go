package store

import (
	"context"
	"database/sql"
	"encoding/json"
	"time"

	"app/newsterm/feed"
)

// A Tombstone is what is left of an article that was dropped, so that no fetch
// brings it again under this guid or another.
type Tombstone struct {
	GUID      string
	URL       string
	Title     int64 // a hash of it
	Published time.Time
	Read      bool
	Dropped   time.Time
}

// Tombstones lists those of a feed.
func (s *DB) Tombstones(ctx context.Context, id FeedID) (list []Tombstone, err error) {
	err = s.each(ctx, func(rows *sql.Rows) error {
		var t Tombstone
		var published, dropped int64
		err := rows.Scan(&t.GUID, &t.URL, &t.Title, &published, &t.Read, &dropped)
		t.Published, t.Dropped = instant(published), instant(dropped)
		list = append(list, t)
		return err
	}, `SELECT guid, url, same, published, read, at FROM tombstones WHERE feed = ? ORDER BY guid`, id)
	return list, err
}

// AddTombstones keeps those of list whose article the feed does not have, and
// reports how many were not there.
func (s *DB) AddTombstones(ctx context.Context, id FeedID, list ...Tombstone) (added int, err error) {
	if len(list) == 0 {
		return 0, nil
	}
	err = s.tx(ctx, full, func(t *tx) error {
		for _, x := range list {
			n, err := t.lay(id, x)
			if err != nil {
				return err
			}
			added += n
		}
		return nil
	})
	if err != nil {
		return 0, err
	}
	return added, nil
}

// lay leaves a tombstone for an article that is not there, and reports how many
// it left.
func (t *tx) lay(id FeedID, x Tombstone) (int, error) {
	return t.exec(`
		INSERT OR IGNORE INTO tombstones (feed, guid, same, url, published, read, at)
		SELECT ?1, ?2, ?3, ?4, ?5, ?6, ?7
		WHERE NOT EXISTS (SELECT 1 FROM articles WHERE feed = ?1 AND guid = ?2)`,
		id, x.GUID, x.Title, x.URL, seconds(x.Published), x.Read, seconds(x.Dropped))
}

// Bury keeps that a reader has deleted articles of a feed elsewhere, so that no
// fetch brings them, and reports how many of items were neither there nor
// buried already; these only are buried. With dry, it says how many it would bury.
func (s *DB) Bury(ctx context.Context, id FeedID, dry bool, items ...feed.Item) (buried int, err error) {
	if len(items) == 0 {
		return 0, nil
	}
	if dry {
		return s.strangers(ctx, id, items)
	}
	list := make([]Tombstone, len(items))
	for i, item := range items {
		list[i] = Tombstone{item.GUID, item.URL, hash(fold(item.Title)), item.Published, true, s.Now()}
	}
	return s.AddTombstones(ctx, id, list...)
}

// strangers is how many of items are neither there nor buried.
func (s *DB) strangers(ctx context.Context, id FeedID, items []feed.Item) (n int, err error) {
	guids := make([]string, len(items))
	for i, item := range items {
		guids[i] = item.GUID
	}
	list, err := json.Marshal(guids)
	if err != nil {
		return 0, err
	}
	return n, s.row(ctx, `
		SELECT count(DISTINCT j.value) FROM json_each(?1) j
		WHERE NOT EXISTS (SELECT 1 FROM articles WHERE feed = ?2 AND guid = j.value)
			AND NOT EXISTS (SELECT 1 FROM tombstones WHERE feed = ?2 AND guid = j.value)`, string(list), id).scan(&n)
}
