package store

import (
	"cmp"
	"context"
	"database/sql"
	"math"
)

// Fresh lists articles that arrived after one, up to a last one (0 for all
// that followed), of feeds for which the page of each new article is to be
// fetched, and for which that was not done: the newest first, at most most of
// them, those that a Mute hides or that have no address left out. Only what is
// needed for the fetch is set: ID, Feed and URL.
func (s *DB) Fresh(ctx context.Context, after, last ArticleID, most int) (list []Article, err error) {
	err = s.each(ctx, func(rows *sql.Rows) error {
		var a Article
		err := rows.Scan(&a.ID, &a.Feed, &a.URL)
		list = append(list, a)
		return err
	}, `SELECT a.id, a.feed, a.url
		FROM articles a NOT INDEXED CROSS JOIN feeds f ON f.id = a.feed
		WHERE a.id > ? AND a.id <= ?
			AND f.want_fulltext = 1 AND f.archived = 0 AND f.disabled = 0
			AND a.fulltext = 0 AND a.muted = 0 AND a.url <> ''
		ORDER BY a.id DESC LIMIT ?`, after, cmp.Or(last, math.MaxInt64), most)
	return list, err
}
