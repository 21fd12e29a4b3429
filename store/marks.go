package store

import (
	"context"
	"database/sql"
	"encoding/json"
	"fmt"
)

// A Flag is something a reader sets on an article.
type Flag int

// The flags.
const (
	Read Flag = iota + 1
	Starred
)

func (f Flag) String() string {
	switch f {
	case Read:
		return "read"
	case Starred:
		return "starred"
	}
	return fmt.Sprintf("Flag(%d)", int(f))
}

// Mark sets flag on or off for the given articles and reports how many
// changed; those that are not there, or have it so already, do not. Every
// change of a mark, from the screen, a command or a script, comes through
// here, is one step that Undo takes back, and survives a power cut once Mark
// has returned.
func (s *DB) Mark(ctx context.Context, flag Flag, on bool, ids ...ArticleID) (changed int, err error) {
	if len(ids) == 0 {
		return 0, nil
	}
	err = s.tx(ctx, full, func(t *tx) error {
		done, err := t.mark(flag, on, ids, s.Now().UnixMilli())
		if err != nil {
			return err
		}
		changed = len(done)
		return t.remember(Step{Flag: flag, On: on, IDs: done})
	})
	if err != nil {
		return 0, err
	}
	return changed, nil
}

// MarkAll is Mark for every article that q lists as of a moment: no other is
// touched, whatever arrived in the meantime.
func (s *DB) MarkAll(ctx context.Context, flag Flag, on bool, q Query, at Moment) (changed int, err error) {
	l, err := s.plan(ctx, q.SortBy(Newest), Page{AsOf: at})
	if err != nil {
		return 0, err
	}
	text, args := l.chosen()
	err = s.tx(ctx, full, func(t *tx) error {
		ids, err := t.ids(text, args...)
		if err != nil {
			return err
		}
		done, err := t.mark(flag, on, ids, s.Now().UnixMilli())
		if err != nil {
			return err
		}
		changed = len(done)
		return t.remember(Step{Flag: flag, On: on, IDs: done})
	})
	if err != nil {
		return 0, err
	}
	return changed, nil
}

// Missing are those of ids that no article has, in their order.
func (s *DB) Missing(ctx context.Context, ids ...ArticleID) (missing []ArticleID, err error) {
	if len(ids) == 0 {
		return nil, nil
	}
	list, err := json.Marshal(ids)
	if err != nil {
		return nil, err
	}
	err = s.each(ctx, func(rows *sql.Rows) error {
		var id ArticleID
		err := rows.Scan(&id)
		missing = append(missing, id)
		return err
	}, `SELECT value FROM json_each(?) WHERE value NOT IN (SELECT id FROM articles) ORDER BY key`, string(list))
	return missing, err
}

// ids runs a query for ids of articles.
func (t *tx) ids(query string, args ...any) (ids []ArticleID, err error) {
	err = t.each(func(rows *sql.Rows) error {
		var id ArticleID
		err := rows.Scan(&id)
		ids = append(ids, id)
		return err
	}, query, args...)
	return ids, err
}

// mark sets flag on or off and returns the articles that changed, in order of
// their ids. Counts follow, and so does the clock, which stamps every change
// with a later time than the one before.
func (t *tx) mark(flag Flag, on bool, ids []ArticleID, now int64) (changed []ArticleID, err error) {
	if flag != Read && flag != Starred {
		return nil, fmt.Errorf("mark %v: no such mark", flag)
	}
	list, err := json.Marshal(ids)
	if err != nil {
		return nil, err
	}
	changed, err = t.ids(fmt.Sprintf(`
		SELECT DISTINCT a.id FROM json_each(?) j CROSS JOIN articles a ON a.id = j.value
		WHERE a.%s <> ? ORDER BY a.id`, flag), string(list), on)
	if err != nil || len(changed) == 0 {
		return nil, err
	}
	if list, err = json.Marshal(changed); err != nil {
		return nil, err
	}
	var at int64
	if err := t.row(`UPDATE clock SET last = max(last + 1, ?) RETURNING last`, now).scan(&at); err != nil {
		return nil, err
	}
	if _, err := t.exec(fmt.Sprintf(`
		UPDATE articles SET %s = ?, %[1]s_at = ? WHERE id IN (SELECT value FROM json_each(?))`, flag),
		on, at, string(list)); err != nil {
		return nil, err
	}
	if flag != Read {
		return changed, nil
	}
	unread := 1
	if on {
		unread = -1
	}
	_, err = t.exec(`
		UPDATE feeds SET unread = unread + ? * n.count
		FROM (
			SELECT a.feed, count(*) AS count FROM json_each(?) j CROSS JOIN articles a ON a.id = j.value
			WHERE a.muted = 0 GROUP BY a.feed) n
		WHERE feeds.id = n.feed`, unread, string(list))
	return changed, err
}
