package store

import (
	"context"
	"database/sql"
	"slices"
	"strings"
)

// A listing is a query made ready for SQLite: it chooses what any of its arms
// finds, if the conditions hold as well.
type listing struct {
	arms     []cond
	conds    []cond
	order    []string // columns, of an arm
	ranked   bool     // by relevance
	from     cond     // where a ranked page starts
	limit    int
	backward bool
	shown    cond // that no mute hides it, "" if that is not asked; the last to be looked at
}

// A cond is a condition with the values of its question marks, and for an arm
// the tables it starts from.
type cond struct {
	from string
	text string
	args []any
}

func (l *listing) also(text string, args ...any) {
	l.conds = append(l.conds, cond{text: text, args: args})
}

// Tables that an arm may start from, each with the index to walk along: the
// choice is made here, not by SQLite, so that it is as good in a new file as
// in an old one.
const (
	byID         = `articles a NOT INDEXED`
	byDate       = `articles a INDEXED BY articles_date`
	byUnread     = `articles a INDEXED BY articles_unread`
	byRead       = `articles a INDEXED BY articles_read`
	byStarred    = `articles a INDEXED BY articles_starred`
	byUnstarred  = `articles a INDEXED BY articles_unstarred`
	byFeed       = `articles a INDEXED BY articles_feed`
	byFeedUnread = `articles a INDEXED BY articles_feed_unread`
	bySearch     = `search CROSS JOIN articles a ON a.id = search.rowid`
	bySearchFeed = bySearch + ` CROSS JOIN feeds f ON f.id = a.feed`
	byFeedTitle  = `feeds f INDEXED BY feeds_shown CROSS JOIN articles a INDEXED BY articles_feed ON a.feed = f.id`
	byMuted      = `articles a INDEXED BY articles_muted`
	bySQLite     = `articles a` // by date, or by feed where those are few
)

// plan decides how to find a page of what q chooses.
func (s *DB) plan(ctx context.Context, q Query, p Page) (l listing, err error) {
	c := &compiler{now: s.Now(), at: p.AsOf}
	if c.feeds, err = s.named(ctx, q); err != nil {
		return l, err
	}
	muted, archived, err := s.hidden(ctx)
	if err == nil {
		c.ruled, err = s.anyMuted(ctx)
	}
	if err != nil {
		return l, err
	}
	c.muted = muted
	w := wanted{sort: q.sort, held: -1}
	if w.match, w.rest = matchAll(conjuncts(q.expr)); w.match != "" {
		if w.hits, err = s.hits(ctx, w.match); err != nil {
			return l, err
		}
	}
	if w.sort == ByRelevance && (w.match == "" || w.hits >= common) {
		w.sort = Newest
	}
	if w.hits == common && p.Limit > 0 {
		if w.probe, err = s.probes(ctx, w.match); err != nil {
			return l, err
		}
	}
	if w.many, err = s.changedMany(ctx, p.AsOf); err != nil {
		return l, err
	}
	l.limit = p.Limit
	l.start(c, w)
	if len(muted) > 0 && !asksForMuted(q.expr) {
		text := c.among("+a.feed", muted)
		l.also(`NOT `+text, c.take()...)
	}
	if c.ruled {
		l.shown = c.shown(q)
	}
	if len(archived) > 0 && !q.OneFeed() {
		text := c.among("+a.feed", archived)
		l.also(`(a.starred = 1 OR NOT `+text+`)`, c.take()...)
	}
	if p.AsOf.Last != 0 {
		l.also(`+a.id <= ?`, p.AsOf.Last)
	}
	l.bound(w.sort, p)
	return l, nil
}

// common is how many articles must have the words of a query for its pages to
// be walked by date rather than collected, and not to be ranked. Who asks for
// all of them, to count them say, gains nothing by walking.
const common = 16_000

// hits is in how many articles match is found, as far as common.
func (s *DB) hits(ctx context.Context, match string) (n int, err error) {
	err = s.row(ctx, `SELECT count(*) FROM (SELECT 1 FROM search WHERE search MATCH ? LIMIT ?)`, match, common).scan(&n)
	return n, err
}

// probes reports whether it is good to walk by date and ask the index of each
// article whether it matches: not if the index must put together the forms of
// a prefix every time, nor if hardly any of the newest articles would match.
func (s *DB) probes(ctx context.Context, match string) (bool, error) {
	if strings.Contains(match, `" *`) {
		return false, nil
	}
	const newest, enough = 1000, 20
	n := 0
	err := s.row(ctx, `SELECT count(*) FROM (
		SELECT 1 FROM search WHERE search MATCH ? AND rowid > (SELECT max(id) FROM articles) - ? LIMIT ?)`,
		match, newest, enough).scan(&n)
	return n == enough, err
}

// named lists all feeds, with what tells whether q means them, if q names any.
func (s *DB) named(ctx context.Context, q Query) (feeds []Feed, err error) {
	return namedBy(q, func(f func(*sql.Rows) error, query string, args ...any) error { return s.each(ctx, f, query, args...) })
}

// namedBy is named; each runs a query and calls a function for every row of it.
func namedBy(q Query, each func(f func(*sql.Rows) error, query string, args ...any) error) (feeds []Feed, err error) {
	if !some(q.expr, func(n node) bool {
		f, ok := n.(ofFeed)
		_, names := n.(feedNode)
		return names && !(ok && f.id != 0)
	}) {
		return nil, nil
	}
	err = each(func(rows *sql.Rows) error {
		var f Feed
		var tags string
		err := rows.Scan(&f.ID, &f.Title, &f.URL, &f.Folder, &tags, &f.Language, &f.Total)
		f.Tags = lines(tags)
		feeds = append(feeds, f)
		return err
	}, `SELECT id, shown, url, folder, tags, language, total FROM feeds`)
	return feeds, err
}

// hidden lists the feeds that are muted, and those that are archived.
func (s *DB) hidden(ctx context.Context) (muted, archived []FeedID, err error) {
	err = s.each(ctx, func(rows *sql.Rows) error {
		var id FeedID
		var isMuted, isArchived bool
		err := rows.Scan(&id, &isMuted, &isArchived)
		if isMuted {
			muted = append(muted, id)
		}
		if isArchived {
			archived = append(archived, id)
		}
		return err
	}, `SELECT id, muted, archived FROM feeds WHERE muted = 1 OR archived = 1`)
	return muted, archived, err
}

// changedMany reports whether so many marks have changed since a moment that
// it is no use to collect them.
func (s *DB) changedMany(ctx context.Context, at Moment) (bool, error) {
	if at.At.IsZero() {
		return false, nil
	}
	const many = 1000
	n, since := 0, at.At.UnixMilli()
	err := s.row(ctx, `SELECT count(*) FROM (
		SELECT 1 FROM articles INDEXED BY articles_read WHERE read = 1 AND read_at >= ?1
		UNION ALL
		SELECT 1 FROM articles INDEXED BY articles_unstarred WHERE starred = 0 AND starred_at > 0 AND starred_at >= ?1
		LIMIT ?2)`, since, many).scan(&n)
	return n == many, err
}

// wanted is what a plan must find.
type wanted struct {
	sort  Sort
	match string // for the full-text index
	hits  int    // how many it finds, as far as common
	probe bool   // of those, and some of the newest are among them
	many  bool   // marks have changed since the moment
	rest  []node // other conditions
	held  int    // which of rest the arms take care of
}

// start sets the arms of l and the conditions of the query itself.
func (l *listing) start(c *compiler, w wanted) {
	fewFeeds, held, muted := false, -1, -1
	for i, n := range w.rest {
		switch n := n.(type) {
		case feedNode:
			fewFeeds = fewFeeds || c.few(n)
		case is:
			if held < 0 && (n.state == "unread" || n.state == "starred") {
				held = i
			}
			if c.ruled && n.state == "muted" {
				muted = i
			}
		}
	}
	switch {
	case w.match != "" && (w.hits < common || l.limit == 0):
		l.arms = []cond{{from: bySearch, text: `search MATCH ?`, args: []any{w.match}}}
		if w.sort == ByFeed {
			l.arms[0].from = bySearchFeed
		}
		w.match = ""
	case w.sort == ByFeed:
		l.arms = []cond{{from: byFeedTitle, text: `1`}}
	case muted >= 0:
		l.arms = c.mutedArms()
		w.held = muted
	case held >= 0 && !w.many:
		l.arms = arms(w.rest[held].(is), c.at, fewFeeds)
		w.held = held
	case fewFeeds:
		l.arms = []cond{{from: byFeed, text: `1`}}
	case w.match != "":
		l.arms = []cond{{from: byDate, text: `1`}}
	default:
		l.arms = []cond{{from: bySQLite, text: `1`}}
	}
	switch {
	case w.match == "":
	case w.probe:
		l.also(`EXISTS (SELECT 1 FROM search WHERE search.rowid = a.id AND search MATCH ?)`, w.match)
	default:
		l.also(`+a.id IN (SELECT rowid FROM search WHERE search MATCH ?)`, w.match)
	}
	for i, n := range w.rest {
		if i != w.held {
			text := n.sql(c)
			l.also(text, c.take()...)
		}
	}
}

// arms are the two ways to be unread, or starred, as of a moment: to be so
// now, or to have been so then. Each has its index.
func arms(n is, at Moment, fewFeeds bool) []cond {
	now, then := cond{from: byUnread, text: `a.read = 0`}, cond{from: byRead, text: `a.read = 1 AND a.read_at >= ?`}
	if fewFeeds {
		now.from = byFeedUnread
	}
	if n.state == "starred" {
		now = cond{from: byStarred, text: `a.starred = 1`}
		then = cond{from: byUnstarred, text: `a.starred = 0 AND a.starred_at > 0 AND a.starred_at >= ?`}
	}
	if at.At.IsZero() {
		return []cond{now}
	}
	then.args = []any{at.At.UnixMilli()}
	return []cond{now, then}
}

// asksForMuted reports whether n speaks of muted articles or of certain feeds.
func asksForMuted(n node) bool {
	return some(n, func(n node) bool {
		switch n := n.(type) {
		case ofFeed, inFolder, tagged:
			return true
		case is:
			return n.state == "muted"
		}
		return false
	})
}

// some reports whether is holds for n or a part of it.
func some(n node, is func(node) bool) bool {
	switch n := n.(type) {
	case nil:
		return false
	case and:
		return some(n.a, is) || some(n.b, is)
	case or:
		return some(n.a, is) || some(n.b, is)
	case not:
		return some(n.n, is)
	}
	return is(n)
}

// bound sets the order of l and the place where its page starts.
func (l *listing) bound(sort Sort, p Page) {
	place := p.After
	if l.backward = p.After == (Place{}) && (p.Before != (Place{}) || p.Last); l.backward {
		place = p.Before
	}
	less, more, desc, asc := "<", ">", " DESC", ""
	if l.backward {
		less, more, desc, asc = more, less, asc, desc
	}
	from := place != Place{}
	switch sort {
	case Newest:
		l.order = []string{"date" + desc, "id" + desc}
		if from {
			l.also(`(a.date, a.id) `+less+` (?, ?)`, place.date, place.id)
		}
	case Oldest:
		l.order = []string{"date" + asc, "id" + asc}
		if from {
			l.also(`(a.date, a.id) `+more+` (?, ?)`, place.date, place.id)
		}
	case ByFeed:
		l.order = []string{"shown" + asc, "feed" + asc, "date" + desc, "id" + desc}
		if from {
			l.also(`(f.shown, f.id) `+more+`= (?, ?)`, place.shown, place.feed)
			l.also(`(f.id <> ? OR (a.date, a.id) `+less+` (?, ?))`, place.feed, place.date, place.id)
		}
	case ByRelevance:
		l.order, l.ranked = []string{"rank" + asc, "id" + desc}, true
		if from {
			l.from = cond{text: `(rank ` + more + ` ? OR rank = ? AND id ` + less + ` ?)`, args: []any{place.rank, place.rank, place.id}}
		}
	}
}

// chosen is a query for the ids of all that l chooses, in no order.
func (l *listing) chosen() (text string, args []any) {
	var arms []string
	for _, arm := range l.arms {
		where, more := l.where(arm)
		arms = append(arms, `SELECT a.id AS id `+where)
		args = append(args, more...)
	}
	return strings.Join(arms, " UNION ALL "), args
}

// count is a query for how many l chooses. It is faster to take away those that
// mutes hide than to look at each of the others.
func (l *listing) count() (text string, args []any) {
	if l.shown.text == "" || strings.HasPrefix(l.arms[0].from, bySearch) {
		text, args = l.chosen()
		return `SELECT count(*) FROM (` + text + `)`, args
	}
	all, hidden := *l, *l
	all.shown, hidden.shown = cond{}, cond{text: `NOT ` + l.shown.text, args: l.shown.args}
	hidden.arms = slices.Clone(l.arms)
	for i, arm := range l.arms {
		hidden.arms[i] = cond{from: byMuted, text: `a.muted = 1 AND ` + arm.text, args: arm.args}
	}
	text, args = all.chosen()
	less, more := hidden.chosen()
	return `SELECT (SELECT count(*) FROM (` + text + `)) - (SELECT count(*) FROM (` + less + `))`, append(args, more...)
}

// page is a query for the articles of the page: first for their ids, then for
// all about them, with their texts if they are to be whole.
func (l *listing) page(whole bool) (text string, args []any) {
	limit := -1
	if l.limit > 0 {
		limit = l.limit
	}
	order := ` ORDER BY ` + strings.Join(l.order, ", ")
	var arms []string
	for _, arm := range l.arms {
		keys := `a.id AS id, a.date AS date, 0.0 AS rank`
		switch {
		case l.order[0] == "shown" || l.order[0] == "shown DESC":
			keys += `, f.shown AS shown, f.id AS feed`
		case l.ranked:
			keys = `a.id AS id, a.date AS date, bm25(search, 10.0, 5.0, 1.0) AS rank`
		}
		where, more := l.where(arm)
		text := `SELECT ` + keys + ` ` + where
		if l.ranked && l.from.text != "" {
			text = `SELECT * FROM (` + text + ` LIMIT -1) WHERE ` + l.from.text // the limit keeps bm25 inside
			more = append(more, l.from.args...)
		}
		arms = append(arms, `SELECT * FROM (`+text+order+` LIMIT ?)`)
		args = append(append(args, more...), limit)
	}
	columns, bodies := articleColumns, ""
	if whole {
		columns, bodies = wholeColumns, ` CROSS JOIN bodies b ON b.article = a.id`
	}
	text = `SELECT ` + columns + `, h.rank
		FROM (` + strings.Join(arms, " UNION ALL ") + order + ` LIMIT ?) h
		CROSS JOIN articles a ON a.id = h.id
		CROSS JOIN feeds f ON f.id = a.feed` + bodies + `
		ORDER BY h.` + strings.Join(l.order, ", h.")
	return text, append(args, limit)
}

// where is FROM and WHERE of one arm.
func (l *listing) where(arm cond) (text string, args []any) {
	text = `FROM ` + arm.from + ` WHERE ` + arm.text
	args = append(args, arm.args...)
	conds := l.conds
	if l.shown.text != "" {
		conds = append(slices.Clip(conds), l.shown)
	}
	for _, c := range conds {
		text += ` AND ` + c.text
		args = append(args, c.args...)
	}
	return text, args
}
