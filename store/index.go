package store

import (
	"context"
	"database/sql"
	"math"
	"runtime"
	"strings"
	"sync"
	"sync/atomic"

	"app/newsterm/feed"
)

// betweenNames is a word that nobody searches for: it keeps a phrase from
// matching the end of one name and the start of the next.
const betweenNames = " \ue000 "

// batch is how many articles are indexed in one transaction.
const batch = 200

// Waiting is how many articles wait for Index.
func (s *DB) Waiting(ctx context.Context) (n int, err error) {
	err = s.row(ctx, `SELECT count(*) FROM waiting`).scan(&n)
	return n, err
}

// Index packs the texts that wait and puts them into the full-text index, in
// short transactions: others may read and write meanwhile, and any process
// may go on where one was stopped.
func (s *DB) Index(ctx context.Context) error { return s.IndexSome(ctx, math.MaxInt) }

// IndexSome is Index for about as many texts as most, those that have waited
// longest.
func (s *DB) IndexSome(ctx context.Context, most int) error {
	last := ArticleID(0)
	for done := 0; done < most; done += batch {
		list, err := s.texts(ctx, last)
		if err != nil || len(list) == 0 {
			return err
		}
		last = list[len(list)-1].id
		prepare(list)
		if err := s.tx(ctx, normal, func(t *tx) error { return t.index(list) }); err != nil {
			return err
		}
	}
	return nil
}

// A text is one that waits.
type text struct {
	id             ArticleID
	hash           int64
	title, authors string
	packing        int
	html, full     []byte

	packed []byte
	body   string // as it is indexed
	broken bool   // cannot be unpacked
}

// texts are some that wait, those with the lowest ids above last.
func (s *DB) texts(ctx context.Context, last ArticleID) (list []text, err error) {
	err = s.each(ctx, func(rows *sql.Rows) error {
		w, err := scanText(rows)
		list = append(list, w)
		return err
	}, waitingTexts+` WHERE w.article > ? ORDER BY w.article LIMIT ?`, last, batch)
	return list, err
}

// waitingTexts is a query for the texts that wait, as scanText reads them.
const waitingTexts = `SELECT w.article, w.hash, a.title, a.authors, b.packing, b.html, b.fulltext
	FROM waiting w
	CROSS JOIN articles a ON a.id = w.article
	CROSS JOIN bodies b ON b.article = w.article`

func scanText(rows *sql.Rows) (w text, err error) {
	err = rows.Scan(&w.id, &w.hash, &w.title, &w.authors, &w.packing, &w.html, &w.full)
	return w, err
}

// prepare does the slow part of indexing, which needs no transaction, for all
// of list, on as many processors as there are.
func prepare(list []text) {
	var wg sync.WaitGroup
	var next atomic.Int64
	for range runtime.GOMAXPROCS(0) {
		wg.Go(func() {
			for i := next.Add(1) - 1; i < int64(len(list)); i = next.Add(1) - 1 {
				list[i].prepare()
			}
		})
	}
	wg.Wait()
}

// prepare is as above, for one. A text that a parser cannot stand is left out
// of the index rather than let end the program.
func (w *text) prepare() {
	defer func() {
		if recover() != nil {
			w.broken = true
		}
	}()
	html, err := unpack(w.packing, w.html)
	if err != nil {
		w.broken = true
		return
	}
	full, err := unpack(deflated, w.full)
	if err != nil {
		full = ""
	}
	if w.packing == asIs {
		w.packed = pack(html)
	}
	w.title, w.authors = spaced(w.title), spaced(strings.ReplaceAll(w.authors, "\n", betweenNames))
	w.body = spaced(feed.Text(html))
	if full != "" {
		w.body += "\n" + spaced(feed.Text(full))
	}
}

// index puts texts into the index, but for those that have changed since they
// were read, or that another process has put there.
func (t *tx) index(list []text) error {
	for _, w := range list {
		n, err := t.exec(`DELETE FROM waiting WHERE article = ? AND hash = ?`, w.id, w.hash)
		if err != nil {
			return err
		}
		if n == 0 || w.broken {
			continue
		}
		if w.packed != nil {
			if _, err := t.exec(`UPDATE bodies SET packing = ?, html = ? WHERE article = ?`, deflated, w.packed, w.id); err != nil {
				return err
			}
		}
		if _, err := t.exec(`INSERT OR REPLACE INTO search (rowid, title, author, body) VALUES (?, ?, ?, ?)`,
			w.id, w.title, w.authors, w.body); err != nil {
			return err
		}
	}
	return nil
}
