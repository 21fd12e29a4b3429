package store

import (
	"context"
	"encoding/json"

	"app/newsterm/feed"
)

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
	now := s.Now().Unix()
	err = s.tx(ctx, full, func(t *tx) error {
		for _, item := range items {
			n, err := t.bury(id, item, now)
			if err != nil {
				return err
			}
			buried += n
		}
		return nil
	})
	if err != nil {
		return 0, err
	}
	return buried, nil
}

// bury leaves a tombstone for an article that is not there, and reports how
// many it left.
func (t *tx) bury(id FeedID, item feed.Item, now int64) (int, error) {
	return t.exec(`
		INSERT OR IGNORE INTO tombstones (feed, guid, same, url, published, read, at)
		SELECT ?1, ?2, ?3, ?4, ?5, 1, ?6
		WHERE NOT EXISTS (SELECT 1 FROM articles WHERE feed = ?1 AND guid = ?2)`,
		id, item.GUID, hash(fold(item.Title)), item.URL, seconds(item.Published), now)
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
