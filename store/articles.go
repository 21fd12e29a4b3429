package store

import (
	"context"
	"database/sql"
	"encoding/json"
	"fmt"
	"strings"
	"time"

	"app/newsterm/feed"
)

// An ArticleID names an article in this file. `newsterm show 42` takes one.
// An article that arrived later has a higher one, and none is ever used again.
type ArticleID int64

// An Article is one item of a feed and what the reader did with it.
type Article struct {
	ID        ArticleID
	Feed      FeedID
	FeedTitle string
	FeedURL   string
	Folder    string
	GUID      string
	URL       string // "" if there is none
	Comments  string // address of the discussion; "" if there is none
	Title     string

	Authors    []string
	Categories []string
	Language   string // of its feed; "" if not known
	Summary    string // one line

	Published time.Time // as the publisher said at first; zero if they did not
	Updated   time.Time // zero if the publisher gave none
	Arrived   time.Time
	Date      time.Time // what lists sort by and show: published, but never after it arrived

	Read         bool
	Starred      bool
	Muted        bool // its feed is, or a Mute hides it
	HasEnclosure bool
	HasFullText  bool

	// What follows is only set by Article, which reads one, and by Texts.

	HTML       string // as published
	FullText   string // HTML of the page the article points at; "" if it was not fetched
	Enclosures []feed.Enclosure

	shown string  // the title of its feed as lists sort by it
	rank  float64 // in a list by relevance
}

// Place is where a stands in a list, for a Page that starts or ends there.
func (a Article) Place() Place {
	return Place{id: a.ID, date: seconds(a.Date), feed: a.Feed, shown: a.shown, rank: a.rank}
}

// articleColumns are what scanArticle reads.
const articleColumns = `a.id, a.feed, f.shown, f.url, f.folder, a.guid, a.url, a.comments, a.title,
	a.authors, a.categories, f.language, a.summary, a.published, a.updated, a.arrived, a.date,
	a.read, a.starred, f.muted OR a.muted, a.enclosure, a.fulltext`

func scanArticle(rows *sql.Rows, more ...any) (a Article, err error) {
	var authors, categories string
	var published, updated, arrived, date int64
	err = rows.Scan(append([]any{&a.ID, &a.Feed, &a.shown, &a.FeedURL, &a.Folder, &a.GUID, &a.URL, &a.Comments, &a.Title,
		&authors, &categories, &a.Language, &a.Summary, &published, &updated, &arrived, &date,
		&a.Read, &a.Starred, &a.Muted, &a.HasEnclosure, &a.HasFullText}, more...)...)
	a.Authors, a.Categories = lines(authors), lines(categories)
	a.Published, a.Updated, a.Arrived = instant(published), instant(updated), instant(arrived)
	a.Date = time.Unix(date, 0).UTC()
	if a.FeedTitle = a.shown; a.shown == a.FeedURL {
		a.FeedTitle = feed.Shown(a.FeedURL) // a password may be in it
	}
	return a, err
}

// lines splits what joined put together; nil for "".
func lines(s string) []string {
	if s == "" {
		return nil
	}
	return strings.Split(s, "\n")
}

// joined is list, one a line.
func joined(list []string) string {
	var b strings.Builder
	for _, s := range list {
		if s = feed.Line(s); s == "" {
			continue
		}
		if b.Len() > 0 {
			b.WriteByte('\n')
		}
		b.WriteString(s)
	}
	return b.String()
}

// wholeColumns are what scanWhole reads.
const wholeColumns = articleColumns + `, b.packing, b.html, b.fulltext, b.enclosures`

// scanWhole is scanArticle with the texts.
func scanWhole(rows *sql.Rows, more ...any) (a Article, err error) {
	var packing int
	var html, full []byte
	var enclosures string
	a, err = scanArticle(rows, append([]any{&packing, &html, &full, &enclosures}, more...)...)
	if err == nil {
		err = a.fill(packing, html, full, enclosures)
	}
	return a, err
}

// Article reads one article with its text. The error is ErrNotFound if there
// is none.
func (s *DB) Article(ctx context.Context, id ArticleID) (a Article, err error) {
	err = ErrNotFound
	if e := s.each(ctx, func(rows *sql.Rows) error {
		a, err = scanWhole(rows)
		return err
	}, `SELECT `+wholeColumns+`
		FROM articles a
		CROSS JOIN feeds f ON f.id = a.feed
		CROSS JOIN bodies b ON b.article = a.id
		WHERE a.id = ?`, id); e != nil {
		err = e
	}
	if err != nil {
		return Article{}, fmt.Errorf("article %d: %w", id, err)
	}
	return a, nil
}

// fill unpacks the texts of a.
func (a *Article) fill(packing int, html, full []byte, enclosures string) (err error) {
	if a.HTML, err = unpack(packing, html); err != nil {
		return err
	}
	if a.FullText, err = unpack(deflated, full); err != nil {
		return err
	}
	if enclosures == "" {
		return nil
	}
	return json.Unmarshal([]byte(enclosures), &a.Enclosures)
}

// SaveFullText keeps the article that was found on the page of one, as HTML;
// "" forgets it. The error is ErrNotFound if there is no such article.
func (s *DB) SaveFullText(ctx context.Context, id ArticleID, html string) error {
	packed := pack(feed.Safe(html))
	return s.tx(ctx, normal, func(t *tx) error {
		n, err := t.exec(`UPDATE articles SET fulltext = ? WHERE id = ?`, html != "", id)
		if err != nil {
			return err
		}
		if n == 0 {
			return fmt.Errorf("article %d: %w", id, ErrNotFound)
		}
		t.arrived = append(t.arrived, id)
		if _, err := t.exec(`UPDATE bodies SET fulltext = ? WHERE article = ?`, packed, id); err != nil {
			return err
		}
		_, err = t.exec(`INSERT OR REPLACE INTO waiting (article, hash) SELECT id, (hash | ?1) - (hash & ?1) FROM articles WHERE id = ?2`,
			hash(html), id) // exclusive or
		return err
	})
}
