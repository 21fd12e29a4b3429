package store

import (
	"context"
	"database/sql"
	"encoding/json"
	"math"
	"slices"
	"time"
)

// Prune drops articles that are read and not starred, beyond the keep newest
// articles of each feed, a few at a time, and reports how many; with dry, how
// many it would drop. Those that are dropped do not come back with the next fetch.
func (s *DB) Prune(ctx context.Context, keep int, dry bool) (dropped int, err error) {
	const old = `
		SELECT id FROM (
			SELECT id, read, starred, row_number() OVER (PARTITION BY feed ORDER BY date DESC, id DESC) AS nth
			FROM articles)
		WHERE nth > ? AND read = 1 AND starred = 0`
	ids, err := s.articleIDs(ctx, old, keep)
	if err != nil || dry {
		return len(ids), err
	}
	return s.drop(ctx, ids)
}

// PruneKept does for the feeds of which only so many articles are kept (see
// Feed.Keep) what Prune does for all, and reports how many it dropped. Articles
// that were read at the time since or later stay, so that they can be looked at
// again and made unread; with zero, none stay for that.
//
// Starred articles never go, and neither do unread ones: whoever keeps ten
// wants to be rid of old news, and not to miss what came while they were away.
// A feed may so have more articles than are kept, until they are read.
func (s *DB) PruneKept(ctx context.Context, since time.Time) (dropped int, err error) {
	const old = `
		SELECT a.id
		FROM (
			SELECT a.id, f.keep, row_number() OVER (PARTITION BY f.id ORDER BY a.date DESC, a.id DESC) AS nth
			FROM feeds f CROSS JOIN articles a INDEXED BY articles_feed ON a.feed = f.id
			WHERE f.keep > 0 AND f.total > f.keep AND f.total > f.unread AND f.archived = 0) old
		CROSS JOIN articles a ON a.id = old.id
		WHERE old.nth > old.keep AND a.read = 1 AND a.starred = 0 AND a.read_at < ?`
	before := int64(math.MaxInt64)
	if !since.IsZero() {
		before = since.UnixMilli()
	}
	ids, err := s.articleIDs(ctx, old, before)
	if err != nil {
		return 0, err
	}
	return s.drop(ctx, ids)
}

// articleIDs are the articles that a statement chooses.
func (s *DB) articleIDs(ctx context.Context, query string, args ...any) (ids []ArticleID, err error) {
	err = s.each(ctx, func(rows *sql.Rows) error {
		var id ArticleID
		err := rows.Scan(&id)
		ids = append(ids, id)
		return err
	}, query, args...)
	return ids, err
}

// drop deletes those of ids that are still read and not starred, a few at a
// time, and reports how many there were.
func (s *DB) drop(ctx context.Context, ids []ArticleID) (dropped int, err error) {
	for few := range slices.Chunk(ids, batch) {
		n := 0
		err := s.tx(ctx, full, func(t *tx) (err error) {
			n, err = t.drop(few, s.Now().Unix())
			return err
		})
		if err != nil {
			return dropped, err
		}
		dropped += n
	}
	return dropped, nil
}

// drop deletes those of ids that are still read and not starred, leaves
// tombstones, and reports how many there were.
func (t *tx) drop(ids []ArticleID, now int64) (dropped int, err error) {
	list, err := json.Marshal(ids)
	if err != nil {
		return 0, err
	}
	ids, err = t.ids(`
		SELECT a.id FROM json_each(?) j CROSS JOIN articles a ON a.id = j.value
		WHERE a.read = 1 AND a.starred = 0`, string(list))
	if err != nil {
		return 0, err
	}
	if list, err = json.Marshal(ids); err != nil {
		return 0, err
	}
	if _, err := t.exec(`
		INSERT OR REPLACE INTO tombstones (feed, guid, same, url, published, read, at)
		SELECT a.feed, a.guid, a.same, a.url, a.published, a.read, ?
		FROM json_each(?) j CROSS JOIN articles a ON a.id = j.value`, now, string(list)); err != nil {
		return 0, err
	}
	if _, err := t.exec(`
		UPDATE feeds SET total = total - n.count
		FROM (SELECT a.feed, count(*) AS count FROM json_each(?) j CROSS JOIN articles a ON a.id = j.value GROUP BY a.feed) n
		WHERE feeds.id = n.feed`, string(list)); err != nil {
		return 0, err
	}
	for _, statement := range []string{
		`DELETE FROM search WHERE rowid IN (SELECT value FROM json_each(?))`,
		`DELETE FROM waiting WHERE article IN (SELECT value FROM json_each(?))`,
		`DELETE FROM bodies WHERE article IN (SELECT value FROM json_each(?))`,
		`DELETE FROM places WHERE article IN (SELECT value FROM json_each(?))`,
		`DELETE FROM articles WHERE id IN (SELECT value FROM json_each(?))`,
	} {
		if _, err := t.exec(statement, string(list)); err != nil {
			return 0, err
		}
	}
	return len(ids), nil
}
