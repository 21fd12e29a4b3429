package source

import (
	"context"
	"database/sql"
	"errors"
	"io"
	"net/url"
	"os"
	"path/filepath"
	"strings"
	"time"

	"app/newsterm/feed"
)

// An Old article is one that another reader has kept, with its marks.
type Old struct {
	feed.Item
	Read, Starred bool
	Hidden        bool      // deleted there
	Fetched       time.Time // by it, of an article without a date; zero if not known
}

// An OldFeed is a feed whose articles another reader has kept.
type OldFeed struct {
	URL     string
	Title   string // its publisher's; "" if not known
	Site    string
	Total   int // articles
	Starred int // of them
}

// An OldFile is the file in which another reader keeps articles. It is only
// read: neither locked nor changed.
type OldFile struct {
	Reader string // "newsboat" or "nom"

	db     *sql.DB
	path   string
	was    state  // of the file, before it was read
	torn   bool   // it was written while it was copied
	copied string // the folder of a copy; "" if there is none
	has    map[string]bool
}

// ErrNotKnown reports a database that is of no reader that we know.
var ErrNotKnown = errors.New("this is a database, but neither newsboat's nor nom's")

// OpenOld opens the database of newsboat or nom. The error is ErrNotKnown if
// it is another's.
func OpenOld(ctx context.Context, path string) (*OldFile, error) {
	was, err := stateOf(path)
	if err != nil {
		return nil, err
	}
	f := &OldFile{path: path, was: was}
	if err := f.open(path); err != nil {
		return nil, errors.Join(err, f.Close())
	}
	if err := f.recognise(ctx); err != nil {
		f.Close()
		return nil, err
	}
	return f, nil
}

// open opens the file itself, or a copy if its last change is still in a file
// beside it: finishing that would write.
func (f *OldFile) open(path string) error {
	how := "?mode=ro&immutable=1"
	if unfinished(path) {
		folder, err := os.MkdirTemp("", "newsterm-import-")
		if err != nil {
			return err
		}
		f.copied, how = folder, ""
		if path, err = f.copy(path); err != nil {
			return err
		}
	}
	abs, err := filepath.Abs(path)
	if err != nil {
		return err
	}
	address := "/" + strings.TrimPrefix(filepath.ToSlash(abs), "/")
	f.db, err = sql.Open("sqlite", (&url.URL{Scheme: "file", Path: address}).String()+how)
	return err
}

// copy copies the file, and those beside it, one after the other, and returns
// where.
func (f *OldFile) copy(path string) (to string, err error) {
	to = filepath.Join(f.copied, "old.db")
	for _, end := range parts {
		if err := copyFile(to+end, path+end); err != nil {
			return "", err
		}
	}
	now, err := stateOf(path)
	f.torn = now != f.was
	return to, err
}

// parts are the ends of the names of the files that a database is in.
var parts = [...]string{"", "-journal", "-wal"}

// A state tells whether one of these was written since.
type state [len(parts)]struct{ size, written int64 }

// stateOf is the state of the database at path. Only the first of its files
// must be there.
func stateOf(path string) (s state, err error) {
	for i, end := range parts {
		info, err := os.Stat(path + end)
		if err != nil && (i == 0 || !errors.Is(err, os.ErrNotExist)) {
			return state{}, err
		}
		if err == nil {
			s[i].size, s[i].written = info.Size(), info.ModTime().UnixNano()
		}
	}
	return s, nil
}

// unfinished reports whether a change of a database is in a file beside it.
func unfinished(path string) bool {
	for _, end := range parts[1:] {
		if info, err := os.Stat(path + end); err == nil && info.Size() > 0 {
			return true
		}
	}
	return false
}

// copyFile copies a file if it is there.
func copyFile(to, from string) error {
	in, err := os.Open(from)
	if errors.Is(err, os.ErrNotExist) {
		return nil
	}
	if err != nil {
		return err
	}
	defer in.Close()
	out, err := os.OpenFile(to, os.O_WRONLY|os.O_CREATE|os.O_EXCL, 0o600)
	if err != nil {
		return err
	}
	_, err = io.Copy(out, in)
	return errors.Join(err, out.Close())
}

// recognise finds out whose the file is, and which columns this version has.
func (f *OldFile) recognise(ctx context.Context) error {
	for reader, table := range map[string]string{"newsboat": "rss_item", "nom": "items"} {
		has, err := f.columns(ctx, table)
		if err != nil {
			return err
		}
		if has["feedurl"] && has["title"] {
			f.Reader, f.has = reader, has
			return nil
		}
	}
	return ErrNotKnown
}

func (f *OldFile) columns(ctx context.Context, table string) (map[string]bool, error) {
	has := map[string]bool{}
	err := f.each(ctx, func(rows *sql.Rows) error {
		var name string
		err := rows.Scan(&name)
		has[strings.ToLower(name)] = true
		return err
	}, `SELECT name FROM pragma_table_info(?)`, table)
	return has, err
}

// each runs a query and calls do for every row of it.
func (f *OldFile) each(ctx context.Context, do func(*sql.Rows) error, query string, args ...any) error {
	rows, err := f.db.QueryContext(ctx, query, args...)
	if err != nil {
		return err
	}
	defer rows.Close()
	for rows.Next() {
		if err := do(rows); err != nil {
			return err
		}
	}
	return rows.Err()
}

// or is a column as an expression that is never NULL: its default if it is
// NULL, or if this version lacks it.
func (f *OldFile) or(column, otherwise string) string {
	if !f.has[column] {
		return otherwise
	}
	return "COALESCE(i." + column + ", " + otherwise + ")"
}

// Changed reports whether the file was written while it was read: what was
// read is then not to be relied on.
func (f *OldFile) Changed() bool {
	if f.copied != "" {
		return f.torn
	}
	now, err := stateOf(f.path)
	return err != nil || now != f.was
}

// Close lets go of the file, and deletes the copy if there is one.
func (f *OldFile) Close() error {
	var err error
	if f.db != nil {
		err = f.db.Close()
	}
	if f.copied != "" {
		err = errors.Join(err, os.RemoveAll(f.copied))
	}
	return err
}

// Feeds lists the feeds that have articles in the file, by address.
func (f *OldFile) Feeds(ctx context.Context) (list []OldFeed, err error) {
	query := f.nomFeeds()
	if f.Reader == "newsboat" {
		query = f.newsboatFeeds()
	}
	err = f.each(ctx, func(rows *sql.Rows) error {
		var o OldFeed
		err := rows.Scan(&o.URL, &o.Title, &o.Site, &o.Total, &o.Starred)
		o.Title, o.Site = feed.Line(o.Title), feed.Line(o.Site)
		list = append(list, o)
		return err
	}, query)
	return list, err
}

// Articles lists the articles of a feed, newest first. They are cleaned and
// named by the rules for a feed that is fetched, so that the next fetch knows
// them again.
func (f *OldFile) Articles(ctx context.Context, address string) ([]Old, error) {
	if f.Reader == "newsboat" {
		return f.newsboatArticles(ctx, address)
	}
	return f.nomArticles(ctx, address)
}
