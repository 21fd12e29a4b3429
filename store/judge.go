package store

import (
	"database/sql"
	"encoding/json"
	"slices"
	"time"
)

// rules are the queries of the mutes that hold. One that cannot be read hides
// nothing.
func (t *tx) rules(now time.Time) (list []Query, err error) {
	err = t.each(func(rows *sql.Rows) error {
		var query string
		if err := rows.Scan(&query); err != nil {
			return err
		}
		if q, err := ParseMute(query); err == nil {
			list = append(list, q)
		}
		return nil
	}, `SELECT query FROM mutes WHERE until = 0 OR until > ?`, now.Unix())
	return list, err
}

// judgeHidden judges all hidden articles again, and reports how many came back.
func (t *tx) judgeHidden(now time.Time) (back int, err error) {
	ids, err := t.ids(`SELECT id FROM articles INDEXED BY articles_muted WHERE muted = 1`)
	if err != nil {
		return 0, err
	}
	rules, err := t.rules(now)
	if err != nil {
		return 0, err
	}
	return t.judge(rules, now, ids)
}

// judgeChanged judges what arrived or changed in this transaction.
func (t *tx) judgeChanged(now time.Time) error {
	if len(t.arrived)+len(t.refiled) == 0 {
		return nil
	}
	rules, err := t.rules(now)
	if err != nil || len(rules) == 0 {
		return err
	}
	ids := t.arrived
	if len(t.refiled) > 0 && slices.ContainsFunc(rules, Query.namesFeeds) {
		list, err := json.Marshal(t.refiled)
		if err != nil {
			return err
		}
		more, err := t.ids(`SELECT a.id FROM json_each(?) j CROSS JOIN articles a INDEXED BY articles_feed ON a.feed = j.value`, string(list))
		if err != nil {
			return err
		}
		ids = append(ids, more...)
	}
	_, err = t.judge(rules, now, ids)
	return err
}

// namesFeeds reports whether q chooses by feeds, folders, tags or languages.
func (q Query) namesFeeds() bool {
	return some(q.expr, func(n node) bool { _, ok := n.(feedNode); return ok })
}

// judge hides those of ids that a rule chooses, shows the others again, and
// reports how many of these were hidden.
func (t *tx) judge(rules []Query, now time.Time, ids []ArticleID) (back int, err error) {
	if len(ids) == 0 {
		return 0, nil
	}
	if slices.ContainsFunc(rules, Query.Searches) {
		if err := t.indexNow(ids); err != nil {
			return 0, err
		}
	}
	chosen := map[ArticleID]bool{}
	for _, q := range rules {
		list, err := t.chosenBy(q, now, ids)
		if err != nil {
			return 0, err
		}
		for _, id := range list {
			chosen[id] = true
		}
	}
	var hide, show []ArticleID
	for _, id := range ids {
		if chosen[id] {
			hide = append(hide, id)
		} else {
			show = append(show, id)
		}
	}
	if _, err := t.hide(true, hide); err != nil {
		return 0, err
	}
	return t.hide(false, show)
}

// chosenBy are those of ids that q chooses, of all articles if ids is nil.
func (t *tx) chosenBy(q Query, now time.Time, ids []ArticleID) ([]ArticleID, error) {
	c := &compiler{now: now}
	var err error
	if c.feeds, err = namedBy(q, t.each); err != nil {
		return nil, err
	}
	if ids == nil {
		text := c.all(conjuncts(q.expr))
		return t.ids(`SELECT a.id FROM articles a WHERE `+text, c.take()...)
	}
	list, err := json.Marshal(ids)
	if err != nil {
		return nil, err
	}
	from := c.arg(string(list))
	c.first = slices.Min(ids)
	text := c.all(conjuncts(q.expr))
	return t.ids(`SELECT DISTINCT a.id FROM json_each(`+from+`) j CROSS JOIN articles a ON a.id = j.value WHERE `+text, c.take()...)
}

// hide hides articles, or shows them again, keeps the counts of their feeds, and
// reports how many changed.
func (t *tx) hide(on bool, ids []ArticleID) (changed int, err error) {
	list, err := json.Marshal(ids)
	if err != nil || len(ids) == 0 {
		return 0, err
	}
	ids, err = t.ids(`
		SELECT DISTINCT a.id FROM json_each(?) j CROSS JOIN articles a ON a.id = j.value
		WHERE a.muted <> ?`, string(list), on)
	if err != nil || len(ids) == 0 {
		return 0, err
	}
	if list, err = json.Marshal(ids); err != nil {
		return 0, err
	}
	if _, err := t.exec(`UPDATE articles SET muted = ? WHERE id IN (SELECT value FROM json_each(?))`, on, string(list)); err != nil {
		return 0, err
	}
	unread := 1
	if on {
		unread = -1
	}
	_, err = t.exec(`
		UPDATE feeds SET unread = unread + ? * n.count
		FROM (
			SELECT a.feed, count(*) AS count FROM json_each(?) j CROSS JOIN articles a ON a.id = j.value
			WHERE a.read = 0 GROUP BY a.feed) n
		WHERE feeds.id = n.feed`, unread, string(list))
	return len(ids), err
}

// indexNow puts those of ids that wait into the full-text index.
func (t *tx) indexNow(ids []ArticleID) error {
	for few := range slices.Chunk(ids, batch) {
		list, err := json.Marshal(few)
		if err != nil {
			return err
		}
		if err := t.indexThose(`w.article IN (SELECT value FROM json_each(?))`, string(list)); err != nil {
			return err
		}
	}
	return nil
}

// indexAll puts all that wait into the full-text index.
func (t *tx) indexAll() error { return t.indexThose(`1`) }

// indexThose puts the texts that wait, and for which a condition holds, into the
// full-text index.
func (t *tx) indexThose(where string, args ...any) error {
	var list []text
	err := t.each(func(rows *sql.Rows) error {
		w, err := scanText(rows)
		list = append(list, w)
		return err
	}, waitingTexts+` WHERE `+where, args...)
	if err != nil {
		return err
	}
	prepare(list)
	return t.index(list)
}
