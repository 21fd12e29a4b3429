package store

import (
	"context"
	"database/sql"
	"fmt"
	"slices"
	"strings"
	"time"
)

// A Place is where an article stands in a list; the zero Place is nowhere.
// It stays good when the article itself has left the list.
type Place struct {
	id    ArticleID
	date  int64
	feed  FeedID
	shown string
	rank  float64
}

// A Page is a part of a list.
type Page struct {
	Limit  int   // most articles of the page; 0 for no limit
	After  Place // the page starts after this place; zero for the start of the list
	Before Place // the page ends before this place, if After is zero
	Last   bool  // the page is the last of the list, if After and Before are zero
	AsOf   Moment
}

// A Moment is when a view was opened. A list as of a Moment leaves out what
// arrived later, and an article that was read, or unstarred, since then still
// counts as unread, or starred: nothing moves under the reader. The zero
// Moment is now.
type Moment struct {
	Last ArticleID // the newest article there was; 0 for no bound
	At   time.Time
}

// Moment is the present one.
func (s *DB) Moment(ctx context.Context) (Moment, error) {
	var m Moment
	var last int64
	err := s.row(ctx, `SELECT (SELECT coalesce(max(id), 0) FROM articles), last FROM clock`).scan(&m.Last, &last)
	m.At = time.UnixMilli(max(s.Now().UnixMilli(), last+1)).UTC()
	return m, err
}

// Articles lists what q chooses, without texts. Articles of muted feeds are
// left out unless q asks for them with is:muted, feed:, in: or tag:, those that a
// Mute hides unless it asks with is:muted, or is:starred, and those of archived
// feeds unless they are starred, or q is of a FeedQuery.
func (s *DB) Articles(ctx context.Context, q Query, p Page) (list []Article, err error) {
	return s.page(ctx, q, p, false)
}

// Texts is Articles with texts, for who wants them all: a page of them is in
// memory at a time.
func (s *DB) Texts(ctx context.Context, q Query, p Page) (list []Article, err error) {
	return s.page(ctx, q, p, true)
}

// page is Texts for whole articles, else Articles.
func (s *DB) page(ctx context.Context, q Query, p Page, whole bool) (list []Article, err error) {
	scan := scanArticle
	if whole {
		scan = scanWhole
	}
	l, err := s.plan(ctx, q, p)
	if err != nil {
		return nil, err
	}
	text, args := l.page(whole)
	err = s.each(ctx, func(rows *sql.Rows) error {
		var rank float64
		a, err := scan(rows, &rank)
		if err != nil {
			return fmt.Errorf("article %d: %w", a.ID, err)
		}
		a.rank = rank
		list = append(list, a)
		return nil
	}, text, args...)
	if l.backward {
		slices.Reverse(list)
	}
	return list, err
}

// Count is how many articles q chooses.
func (s *DB) Count(ctx context.Context, q Query, at Moment) (n int, err error) {
	l, err := s.plan(ctx, q.SortBy(Newest), Page{AsOf: at})
	if err != nil {
		return 0, err
	}
	text, args := l.count()
	err = s.row(ctx, text, args...).scan(&n)
	return n, err
}

// Nth is one of the articles that q chooses: the first for n = 0. They are in no
// certain order, but in the same every time. The error is ErrNotFound if there
// are no more than n.
func (s *DB) Nth(ctx context.Context, q Query, at Moment, n int) (id ArticleID, err error) {
	l, err := s.plan(ctx, q.SortBy(Newest), Page{AsOf: at})
	if err != nil {
		return 0, err
	}
	text, args := l.chosen()
	err = s.row(ctx, `SELECT id FROM (`+text+`) LIMIT 1 OFFSET ?`, append(args, n)...).scan(&id)
	return id, err
}

// Arrived is how many articles q would list that arrived after since.
func (s *DB) Arrived(ctx context.Context, q Query, since Moment) (n int, err error) {
	l, err := s.plan(ctx, q.SortBy(Newest), Page{})
	if err != nil {
		return 0, err
	}
	if !strings.HasPrefix(l.arms[0].from, bySearch) {
		l.arms[0].from = byID
	}
	l.also(`a.id > ?`, since.Last)
	text, args := l.chosen()
	err = s.row(ctx, `SELECT count(*) FROM (`+text+`)`, args...).scan(&n)
	return n, err
}
