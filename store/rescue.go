package store

import (
	"context"
	"database/sql"
	"errors"
	"fmt"
	"os"
	"strings"

	"app/newsterm/feed"
)

// A Rescued says what Rescue did.
type Rescued struct {
	Moved         string // where the damaged file is now
	Feeds         int    // that could be read
	Articles      int
	Starred, Read int // marks among them
	Lost          int // articles that could not be read
	LostTexts     int // of articles that could; the next refresh brings those that their feeds still have
}

// Rescue makes a new file of what can be read of a damaged one, row by row,
// and puts it in its place. The damaged file is not changed: it is moved
// aside, under a name with the date. No other newsterm may be running. After
// an error everything is as it was, or the error says where it is. If Rescue is
// cut short at the end, Open finishes it.
//
//	news.db ── read ──→ news.db.rescue ──────→ news.db
//	   └──────────────────────────────────────→ news.db.damaged-20220106-120000
func Rescue(ctx context.Context, path string) (r Rescued, err error) {
	old, err := openOld(ctx, path)
	if err != nil {
		return r, err
	}
	defer old.Close()
	fresh := rescued(path)
	defer removeFile(fresh)
	removeFile(fresh)
	s, err := Open(fresh)
	if err != nil {
		return r, err
	}
	err = s.tx(ctx, full, func(t *tx) error {
		c := &copier{ctx: ctx, from: old, to: t, feeds: map[FeedID]bool{}, done: &r}
		return c.everything()
	})
	if err := errors.Join(err, s.Close(), old.Close()); err != nil {
		return Rescued{}, err
	}
	if r.Moved, err = moveAside(path, s.Now().Format("20060102-150405")); err != nil {
		return Rescued{}, err
	}
	if err := rename(fresh, path); err != nil {
		return Rescued{}, errors.Join(err, moveBack(r.Moved, path))
	}
	return r, nil
}

// rename is os.Rename; tests replace it.
var rename = os.Rename

// rescued is where Rescue makes the new file.
func rescued(path string) string { return path + ".rescue" }

// finishRescue puts the new file in its place, if a Rescue was cut short when
// the damaged one had been moved aside: it was closed by then.
func finishRescue(path string) error {
	fresh := rescued(path)
	if exists(path) || !holds(fresh) || exists(fresh+"-wal") {
		return nil
	}
	if err := rename(fresh, path); err != nil && !errors.Is(err, os.ErrNotExist) { // another process may do so too
		return fmt.Errorf("finish the rescue of %s: %w", path, err)
	}
	return nil
}

// openOld opens a damaged file for reading only.
func openOld(ctx context.Context, path string) (*sql.DB, error) {
	if _, err := os.Stat(path); err != nil {
		return nil, err
	}
	base, err := address(path)
	if err != nil {
		return nil, err
	}
	old, err := sql.Open("sqlite", base+pragmas+"&mode=ro")
	if err != nil {
		return nil, err
	}
	old.SetMaxOpenConns(1)
	if err := refuse(ctx, old, path); err != nil {
		return nil, errors.Join(err, old.Close())
	}
	return old, nil
}

// refuse returns an error if the file can be read so far as to say that it is
// not for this program.
func refuse(ctx context.Context, db *sql.DB, path string) error {
	var have, app, tables int
	if db.QueryRowContext(ctx, versionQuery).Scan(&have, &app, &tables) != nil {
		return nil
	}
	return suits(path, have, app, tables)
}

func removeFile(path string) {
	for _, end := range []string{"", "-wal", "-shm"} {
		os.Remove(path + end) // most often there is none
	}
}

// moveAside renames a database to a name that no file has. What belongs to it
// goes first, so that it cannot be taken for a part of the file that follows.
func moveAside(path, date string) (moved string, err error) {
	moved = path + ".damaged-" + date
	for n := 2; exists(moved); n++ {
		moved = fmt.Sprintf("%s.damaged-%s-%d", path, date, n)
	}
	if info, err := os.Stat(path + "-wal"); err == nil && info.Size() == 0 {
		os.Remove(path + "-wal")
	}
	os.Remove(path + "-shm") // made again when needed
	for _, end := range []string{"-wal", ""} {
		if err := rename(path+end, moved+end); err != nil && !errors.Is(err, os.ErrNotExist) {
			return "", errors.Join(err, moveBack(moved, path))
		}
	}
	return moved, nil
}

func exists(path string) bool {
	_, err := os.Lstat(path)
	return err == nil
}

// moveBack undoes moveAside, as far as nothing else has come there. The error
// says where the database is instead.
func moveBack(moved, path string) error {
	for _, end := range []string{"", "-wal"} {
		if !exists(moved+end) || !exists(path+end) && rename(moved+end, path+end) == nil {
			continue
		}
		return fmt.Errorf("what was %s is now %s", path+end, moved+end)
	}
	return nil
}

// A copier reads what it can and leaves out what it cannot.
type copier struct {
	ctx   context.Context
	from  *sql.DB
	to    *tx
	feeds map[FeedID]bool
	done  *Rescued
}

func (c *copier) everything() error {
	for _, step := range []func() error{c.copyFeeds, c.copyArticles, c.copyRest, c.copyMuted, c.count} {
		if err := step(); err != nil {
			return err
		}
	}
	return c.ctx.Err()
}

// last is the highest id of a table, from any of the places that know it.
func (c *copier) last(table string, indexes ...string) (last int64) {
	queries := []string{
		`SELECT coalesce(max(seq), 0) FROM sqlite_sequence WHERE name = '` + table + `'`,
		`SELECT coalesce(max(id), 0) FROM ` + table,
	}
	for _, index := range indexes {
		queries = append(queries, `SELECT coalesce(max(id), 0) FROM (SELECT id FROM `+table+` INDEXED BY `+index+`)`)
	}
	const most = 100_000_000 // a broken page may claim anything
	for _, q := range queries {
		var n int64
		if err := c.from.QueryRowContext(c.ctx, q).Scan(&n); err == nil && n <= most {
			last = max(last, n)
		}
	}
	return last
}

const (
	feedKept = `url, name, title, site, folder, language, etag, last_modified, checked, succeeded,
		every, user_agent, headers, want_fulltext, muted, archived`
	feedKept2   = feedKept + `, tags, keep, disabled` // since schema 2
	articleKept = `feed, guid, url, comments, title, authors, categories, summary, published, updated, arrived, date,
		read, read_at, starred, starred_at, enclosure, fulltext, same, hash`
)

// copyFeeds copies feeds; of one whose row is broken, the address at least,
// which the index has too.
func (c *copier) copyFeeds() error {
	last := c.last("feeds", "feeds_shown")
	for _, kept := range []string{feedKept2, feedKept} {
		for id := int64(1); id <= last; id++ {
			row, err := c.read(`SELECT `+kept+` FROM feeds NOT INDEXED WHERE id = ?`, id)
			if err != nil || row == nil || c.feeds[FeedID(id)] {
				continue
			}
			row = append([]any{id}, row...)
			if _, err := c.to.exec(`INSERT OR IGNORE INTO feeds (id, `+kept+`) VALUES (?`+strings.Repeat(", ?", len(row)-1)+`)`, row...); err != nil {
				return err
			}
			c.feeds[FeedID(id)] = true
		}
	}
	rows, err := c.from.QueryContext(c.ctx, `SELECT id, url FROM feeds INDEXED BY sqlite_autoindex_feeds_1 ORDER BY url`)
	if err == nil {
		defer rows.Close()
	}
	for err == nil && rows.Next() {
		var id FeedID
		var url string
		if rows.Scan(&id, &url) != nil || id <= 0 || c.feeds[id] {
			continue
		}
		program := strings.HasPrefix(url, "exec:") // not to be run before its reader has looked
		if _, err := c.to.exec(`INSERT OR IGNORE INTO feeds (id, url, disabled) VALUES (?, ?, ?)`, id, feed.Line(url), program); err != nil {
			return err
		}
		c.feeds[id] = true
	}
	c.done.Feeds = len(c.feeds)
	return nil
}

// copyArticles copies the articles of feeds that are there, with their texts.
func (c *copier) copyArticles() error {
	last := c.last("articles", "articles_date", "articles_guid")
	for id := int64(1); id <= last; id++ {
		if c.ctx.Err() != nil {
			return c.ctx.Err()
		}
		row, err := c.read(`SELECT `+articleKept+` FROM articles NOT INDEXED WHERE id = ?`, id)
		if err == nil && row == nil {
			continue // there is none
		}
		if err != nil || !c.sound(row) {
			c.done.Lost++
			continue
		}
		if err := c.article(id, row); err != nil {
			return err
		}
	}
	return nil
}

// sound reports whether a row of articles can be one.
func (c *copier) sound(row []any) bool {
	id, ok := row[0].(int64)
	guid, _ := row[1].(string)
	return ok && c.feeds[FeedID(id)] && guid != ""
}

func (c *copier) article(id int64, row []any) error {
	body, err := c.read(`SELECT packing, html, fulltext, enclosures FROM bodies WHERE article = ?`, id)
	if err != nil || body == nil {
		body = []any{asIs, "", "", ""}
		row[len(row)-1] = int64(0) // a hash no text has: the next fetch brings it again
		c.done.LostTexts++
	}
	n, err := c.to.exec(`INSERT OR IGNORE INTO articles (id, `+articleKept+`) VALUES (?`+strings.Repeat(", ?", len(row))+`)`,
		append([]any{id}, row...)...)
	if err != nil {
		return err
	}
	if n == 0 {
		c.done.Lost++
		return nil
	}
	if _, err := c.to.exec(`INSERT OR REPLACE INTO bodies (article, packing, html, fulltext, enclosures) VALUES (?, ?, ?, ?, ?)`,
		append([]any{id}, body...)...); err != nil {
		return err
	}
	_, err = c.to.exec(`INSERT OR REPLACE INTO waiting (article, hash) VALUES (?, ?)`, id, row[len(row)-1])
	return err
}

// copyRest copies small tables as far as they can be read.
func (c *copier) copyRest() error {
	for _, table := range []struct{ name, columns string }{
		{"tombstones", "feed, guid, same, url, published, read, at"},
		{"settings", "name, value"},
		{"addresses", "url, feed"},
		{"queries", "id, name, query"},
		{"places", "article, own, letters"},
		{"mutes", "id, query, until"},
	} {
		rows, err := c.from.QueryContext(c.ctx, `SELECT `+table.columns+` FROM `+table.name)
		if err != nil {
			continue
		}
		width := strings.Count(table.columns, ",")
		for rows.Next() {
			row, err := values(rows)
			if err != nil {
				break
			}
			if _, err := c.to.exec(`INSERT OR IGNORE INTO `+table.name+` (`+table.columns+`) VALUES (?`+strings.Repeat(", ?", width)+`)`, row...); err != nil {
				rows.Close()
				return err
			}
		}
		rows.Close()
	}
	return nil
}

// copyMuted hides the articles that were hidden, as far as their index can be
// read.
func (c *copier) copyMuted() error {
	rows, err := c.from.QueryContext(c.ctx, `SELECT id FROM articles INDEXED BY articles_muted WHERE muted = 1`)
	if err != nil {
		return nil // there were no mutes yet, or nothing can be read
	}
	defer rows.Close()
	for rows.Next() {
		var id ArticleID
		if rows.Scan(&id) != nil {
			continue
		}
		if _, err := c.to.exec(`UPDATE articles SET muted = 1 WHERE id = ?`, id); err != nil {
			return err
		}
	}
	return nil
}

// count sets counts and clock, and says how much there is. What belonged to a
// feed or an article that is lost must not belong to one that gets its id.
func (c *copier) count() error {
	for _, statement := range []string{
		`DELETE FROM tombstones WHERE feed NOT IN (SELECT id FROM feeds)`,
		`DELETE FROM addresses WHERE feed NOT IN (SELECT id FROM feeds)`,
		`DELETE FROM places WHERE article NOT IN (SELECT id FROM articles)`,
		`UPDATE feeds SET
			total  = (SELECT count(*) FROM articles a WHERE a.feed = feeds.id),
			unread = (SELECT count(*) FROM articles a WHERE a.feed = feeds.id AND a.read = 0 AND a.muted = 0)`,
		`UPDATE clock SET last = (SELECT max(coalesce(max(read_at), 0), coalesce(max(starred_at), 0)) FROM articles)`,
	} {
		if _, err := c.to.exec(statement); err != nil {
			return err
		}
	}
	if c.done.Lost+c.done.LostTexts > 0 { // else a server would say that nothing is new, and send none of it
		if _, err := c.to.exec(`UPDATE feeds SET etag = '', last_modified = ''`); err != nil {
			return err
		}
	}
	return c.to.row(`SELECT count(*), coalesce(sum(starred), 0), coalesce(sum(read), 0) FROM articles`).
		scan(&c.done.Articles, &c.done.Starred, &c.done.Read)
}

// read is one row of the damaged file; nil if it has none.
func (c *copier) read(query string, id int64) (row []any, err error) {
	rows, err := c.from.QueryContext(c.ctx, query, id)
	if err != nil {
		return nil, err
	}
	defer rows.Close()
	if !rows.Next() {
		return nil, rows.Err()
	}
	return values(rows)
}

// values is the row that rows is at, with clean text.
func values(rows *sql.Rows) ([]any, error) {
	columns, err := rows.Columns()
	if err != nil {
		return nil, err
	}
	row, dest := make([]any, len(columns)), make([]any, len(columns))
	for i := range row {
		dest[i] = &row[i]
	}
	if err := rows.Scan(dest...); err != nil {
		return nil, err
	}
	for i, v := range row {
		switch v := v.(type) {
		case nil:
			return nil, fmt.Errorf("column %s is empty", columns[i])
		case string:
			row[i] = feed.Safe(v)
		case []byte:
			if len(v) == 0 { // would be kept as NULL
				row[i] = ""
			}
		}
	}
	return row, nil
}
