package store

import (
	"context"
	"database/sql"
	"fmt"
	"strings"
	"time"

	"app/newsterm/feed"
)

// A Mute is a rule that hides the articles which its query chooses: they are in
// no list and in no count but those that ask with is:muted, or with is:starred
// if they are starred. They are kept, and come back with Unmute.
//
// An article is judged when the rule is made, when it arrives and when it
// changes, so that a list asks nothing but whether an article is hidden:
//
//	Mute ─┐
//	Save ─┼─→ judge ─→ articles.muted, feeds.unread ─→ plan
//	Edit ─┘
type Mute struct {
	Query    string
	Until    time.Time // zero: for ever
	Articles int       // that it hides
}

// Mutes lists the rules in the order in which they were made.
func (s *DB) Mutes(ctx context.Context) (list []Mute, err error) {
	err = s.each(ctx, func(rows *sql.Rows) error {
		var m Mute
		var until int64
		err := rows.Scan(&m.Query, &until)
		m.Until = instant(until)
		list = append(list, m)
		return err
	}, `SELECT query, until FROM mutes WHERE until = 0 OR until > ? ORDER BY id`, s.Now().Unix())
	for i := range list {
		if err == nil {
			list[i].Articles, err = s.hiddenBy(ctx, list[i].Query)
		}
	}
	return list, err
}

// hiddenBy is how many articles a rule hides; 0 if it cannot be read.
func (s *DB) hiddenBy(ctx context.Context, query string) (n int, err error) {
	r, err := ParseMute(query)
	if err != nil {
		return 0, nil
	}
	c := &compiler{now: s.Now()}
	if c.feeds, err = s.named(ctx, r); err != nil {
		return 0, err
	}
	text := c.all(conjuncts(r.expr))
	err = s.row(ctx, `SELECT count(*) FROM articles a INDEXED BY articles_muted WHERE a.muted = 1 AND `+text, c.take()...).scan(&n)
	return n, err
}

// hiddenIn is how many articles of each feed a Mute hides.
func (s *DB) hiddenIn(ctx context.Context) (map[FeedID]int, error) {
	hidden := map[FeedID]int{}
	err := s.each(ctx, func(rows *sql.Rows) error {
		var id FeedID
		var n int
		err := rows.Scan(&id, &n)
		hidden[id] = n
		return err
	}, `SELECT feed, count(*) FROM articles INDEXED BY articles_muted WHERE muted = 1 GROUP BY feed`)
	return hidden, err
}

// anyMuted reports whether a Mute hides any article.
func (s *DB) anyMuted(ctx context.Context) (any bool, err error) {
	err = s.row(ctx, `SELECT EXISTS (SELECT 1 FROM articles INDEXED BY articles_muted WHERE muted = 1)`).scan(&any)
	return any, err
}

// shown is the condition that no Mute hides an article, or that q asks for it:
// with is:muted, or with is:starred for starred ones.
func (c *compiler) shown(q Query) cond {
	asks := func(state string) bool { return some(q.expr, func(n node) bool { return n == is{state} }) }
	const shown = `NOT EXISTS (SELECT 1 FROM articles m INDEXED BY articles_muted WHERE m.muted = 1 AND m.id = a.id)`
	switch {
	case asks("muted"):
		return cond{}
	case asks("starred"):
		text := is{"starred"}.sql(c)
		return cond{text: `(` + text + ` OR ` + shown + `)`, args: c.take()}
	}
	return cond{text: shown}
}

// mutedArms are the two ways to be muted: by a rule, and with the whole feed.
func (c *compiler) mutedArms() []cond {
	feeds := c.among("a.feed", c.muted)
	return []cond{
		{from: byMuted, text: `a.muted = 1`},
		{from: byFeed, text: `a.muted = 0 AND ` + feeds, args: c.take()},
	}
}

// WithMuted chooses what q chooses, whether a mute hides it or not.
func (q Query) WithMuted() Query {
	return Query{both(q.expr, or{is{"muted"}, not{is{"muted"}}}), q.sort}
}

// ParseMute reads the query of a rule. The error is a *QueryError, also if it
// chooses everything, or by what changes while articles stay as they are: marks,
// numbers of feeds, and an order.
func ParseMute(text string) (Query, error) {
	q, err := ParseQuery(text)
	if err != nil {
		return Query{}, err
	}
	unfit := func(part, why string) error {
		return &QueryError{Query: text, Pos: max(strings.Index(strings.ToLower(text), part), 0), Why: why}
	}
	switch {
	case q.sort != Newest:
		return Query{}, unfit("sort:", "a mute has no order")
	case q.expr == nil:
		return Query{}, unfit("", "a mute must say what it hides")
	case some(q.expr, func(n node) bool { _, ok := n.(is); return ok }):
		return Query{}, unfit("is:", "a mute goes by what articles are about, not by their marks")
	case some(q.expr, func(n node) bool { f, ok := n.(ofFeed); return ok && f.id != 0 }):
		return Query{}, unfit("feed:#", "a mute names a feed by its title or its address")
	}
	return q, nil
}

// MuteUntil is when a mute for so long ends, as somebody types it: 3h, 2d, 2w,
// 6m or 1y from now, or at a date; zero, for ever, if it is "".
func MuteUntil(typed string, now time.Time) (time.Time, error) {
	typed = strings.ToLower(feed.Line(typed))
	if typed == "" {
		return time.Time{}, nil
	}
	until, ok := shifted(typed, now, 1)
	if !ok {
		until, ok = date(typed, now)
	}
	switch {
	case !ok:
		return time.Time{}, fmt.Errorf("a time such as 12h, 30d, 2w, 6m or 1y, or a date such as 2030-01-06, not %q", typed)
	case !until.After(now):
		return time.Time{}, fmt.Errorf("a time that is still to come, not %q", typed)
	}
	return until, nil
}

// Mute hides the articles that a query chooses, and those that it will choose
// when they arrive, until a time, zero for for ever, and reports how many it
// hides now. What is muted already gets the new time. The error is a
// *QueryError if ParseMute has one.
func (s *DB) Mute(ctx context.Context, query string, until time.Time) (hidden int, err error) {
	q, err := ParseMute(feed.Line(query))
	if err != nil {
		return 0, err
	}
	if !until.IsZero() && !until.After(s.Now()) {
		return 0, fmt.Errorf("mute %s: that time is over", q)
	}
	if q.Searches() { // what still waits then, came in this moment
		if err := s.Index(ctx); err != nil {
			return 0, err
		}
	}
	err = s.tx(ctx, full, func(t *tx) error {
		if _, err := t.exec(`INSERT INTO mutes (query, until) VALUES (?, ?)
			ON CONFLICT (query) DO UPDATE SET until = excluded.until`, q.String(), seconds(until)); err != nil {
			return err
		}
		if q.Searches() {
			if err := t.indexAll(); err != nil {
				return err
			}
		}
		ids, err := t.chosenBy(q, s.Now(), nil)
		hidden = len(ids)
		if err == nil {
			_, err = t.hide(true, ids)
		}
		return err
	})
	if err != nil {
		return 0, err
	}
	return hidden, nil
}

// Unmute drops a rule, and reports how many articles came back, which no other
// rule hides. The error is ErrNotFound if there is no such rule.
func (s *DB) Unmute(ctx context.Context, query string) (back int, err error) {
	names := []string{query, query}
	if q, err := ParseQuery(feed.Line(query)); err == nil {
		names[1] = q.String()
	}
	err = s.tx(ctx, full, func(t *tx) error {
		n, err := t.exec(`DELETE FROM mutes WHERE query IN (?, ?)`, names[0], names[1])
		if err == nil && n == 0 {
			err = ErrNotFound
		}
		if err != nil {
			return fmt.Errorf("mute %q: %w", feed.Line(query), err)
		}
		back, err = t.judgeHidden(s.Now())
		return err
	})
	if err != nil {
		return 0, err
	}
	return back, nil
}

// EndMutes drops the rules whose time is over, and reports how many articles
// came back. It costs next to nothing if there is none; Claim does it too.
func (s *DB) EndMutes(ctx context.Context) (back int, err error) {
	var over bool
	err = s.row(ctx, `SELECT EXISTS (SELECT 1 FROM mutes WHERE until > 0 AND until <= ?)`, s.Now().Unix()).scan(&over)
	if err != nil || !over {
		return 0, err
	}
	err = s.tx(ctx, full, func(t *tx) error {
		back, err = t.endMutes(s.Now())
		return err
	})
	if err != nil {
		return 0, err
	}
	return back, nil
}

// endMutes is EndMutes.
func (t *tx) endMutes(now time.Time) (back int, err error) {
	n, err := t.exec(`DELETE FROM mutes WHERE until > 0 AND until <= ?`, now.Unix())
	if err != nil || n == 0 {
		return 0, err
	}
	return t.judgeHidden(now)
}
