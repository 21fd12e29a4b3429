// Package store remembers feeds, articles, and what the reader did with them,
// in one SQLite file that several processes may use at once. Nothing in it
// waits for the network, and nothing is deleted but what a reader asks Prune
// or Feed.Keep to drop.
package store

import (
	"context"
	"database/sql"
	"embed"
	"errors"
	"fmt"
	"net/url"
	"os"
	"path/filepath"
	"strings"
	"sync/atomic"
	"time"

	lib "modernc.org/sqlite/lib"
)

// ErrNotFound reports a feed or article that is not in the file.
var ErrNotFound = errors.New("not found")

// ErrNewer reports a file that a newer newsterm has written.
var ErrNewer = errors.New("written by a newer newsterm")

// ErrDamaged reports a file that is no database, or a broken one.
var ErrDamaged = errors.New("damaged")

//go:embed schema/*.sql
var schema embed.FS

// applicationID marks a file as newsterm's; see schema/001_start.sql.
const applicationID = 0x6e747220

// A DB is an open file. Its methods may be called from many goroutines.
type DB struct {
	path  string // "" in memory
	read  *sql.DB
	write *sql.DB       // one connection; the same as read in memory
	turn  chan struct{} // full while somebody writes
	sync  durability    // of the writing connection; guarded by turn
	wrote bool          // anything; guarded by turn

	file      os.FileInfo            // what the path named when it was opened; nil in memory
	beside    map[string]os.FileInfo // and what was beside it
	abandoned atomic.Bool            // for it has been moved
	frozen    bool                   // opened where there was no room; it would not see what is written once there is

	// Now tells the time; tests replace it.
	Now func() time.Time
}

// Open opens the file at path, making it and its folder if they are not
// there, and upgrading it if an older newsterm made it. The error is
// ErrNewer or ErrDamaged if it cannot be used; it is left as it is then. One on
// a full disk can be read, and not written until it is opened again.
func Open(path string) (*DB, error) {
	if err := finishRescue(path); err != nil {
		return nil, err
	}
	if err := create(path); err != nil {
		return nil, err
	}
	s, err := openWith(path, "&_pragma=query_only(1)")
	c := code(err)
	if c != lib.SQLITE_CANTOPEN && c != lib.SQLITE_READONLY && !noRoom(err) || holds(path+"-wal") {
		return s, err
	}
	full := noRoom(err)
	if s, err = openWith(path, "&immutable=1"); err == nil { // where nothing can be made, nobody writes
		s.frozen = full
	}
	return s, err
}

// holds reports whether there is anything in the file at path.
func holds(path string) bool {
	info, err := os.Lstat(path)
	return err == nil && info.Size() > 0
}

// openWith opens the file at path with more settings for reading.
func openWith(path, reading string) (*DB, error) {
	base, err := address(path)
	if err != nil {
		return nil, err
	}
	s := &DB{path: path}
	if s.read, err = s.pool(base + pragmas + reading); err != nil {
		return nil, err
	}
	if s.write, err = s.pool(base + pragmas + "&_pragma=journal_size_limit(67108864)"); err != nil {
		return nil, errors.Join(err, s.read.Close())
	}
	s.read.SetMaxOpenConns(4)
	s.read.SetMaxIdleConns(4)
	if s, err = start(s); err != nil {
		return nil, err
	}
	if err := s.remember(); err != nil {
		return nil, errors.Join(err, s.Close())
	}
	return s, nil
}

// Memory opens an empty database that lives as long as the returned DB.
func Memory() (*DB, error) {
	db, err := sql.Open("sqlite", "file::memory:"+pragmas)
	if err != nil {
		return nil, err
	}
	return start(&DB{read: db, write: db})
}

// pragmas are those of every connection.
const pragmas = "?_pragma=busy_timeout(1000)&_pragma=temp_store(2)&_pragma=cache_size(-8000)"

func start(s *DB) (*DB, error) {
	s.write.SetMaxOpenConns(1)
	s.write.SetMaxIdleConns(1)
	s.turn = make(chan struct{}, 1)
	s.sync = full
	s.Now = time.Now
	if err := s.migrate(context.Background()); err != nil {
		return nil, errors.Join(err, s.Close())
	}
	return s, nil
}

// create makes an empty file at path, readable by its owner alone, unless
// there is one.
func create(path string) error {
	if err := os.MkdirAll(filepath.Dir(path), 0o700); err != nil {
		return fmt.Errorf("make the folder of %s: %w", path, err)
	}
	f, err := os.OpenFile(path, os.O_CREATE|os.O_EXCL|os.O_RDWR, 0o600)
	if errors.Is(err, os.ErrExist) {
		return nil
	}
	if err != nil {
		return fmt.Errorf("make %s: %w", path, err)
	}
	return f.Close()
}

// address is path as an SQLite URI, whatever characters are in it.
func address(path string) (string, error) {
	if strings.ContainsRune(path, 0) {
		return "", fmt.Errorf("open %q: a path cannot contain a zero byte", path)
	}
	abs, err := filepath.Abs(path)
	if err != nil {
		return "", fmt.Errorf("open %s: %w", path, err)
	}
	abs = filepath.ToSlash(abs)
	if !strings.HasPrefix(abs, "/") {
		abs = "/" + abs
	}
	return (&url.URL{Scheme: "file", Path: abs}).String(), nil
}

// Close releases the file, once the last writer is done. Nothing happens if
// it is closed already.
func (s *DB) Close() error {
	s.turn <- struct{}{}
	defer func() { <-s.turn }()
	switch {
	case s.moved() != nil:
		s.read.Close() // who reads would be in the way
		s.abandon()
	case s.wrote:
		s.wrote = false
		s.write.Exec(`PRAGMA busy_timeout = 0; PRAGMA analysis_limit = 200; PRAGMA optimize`) // good, but not needed
	}
	return errors.Join(s.write.Close(), s.read.Close())
}

// Path is the file's path; "" for one in memory.
func (s *DB) Path() string { return s.path }

// migrate brings the file to the schema of this program. Several processes
// may do so at once.
func (s *DB) migrate(ctx context.Context) error {
	files, err := schema.ReadDir("schema")
	if err != nil {
		return err
	}
	have, err := s.version(ctx)
	if err != nil || have == len(files) {
		return err
	}
	if have == 0 && s.path != "" {
		if err := s.useWAL(ctx); err != nil {
			return err
		}
	}
	for have < len(files) {
		text, err := schema.ReadFile("schema/" + files[have].Name())
		if err != nil {
			return err
		}
		if have, err = s.upgrade(ctx, have, string(text)); err != nil {
			return fmt.Errorf("upgrade the file: %w", err)
		}
	}
	return nil
}

// version is the number of schema files that were applied to the file.
func (s *DB) version(ctx context.Context) (have int, err error) {
	var app, tables int
	if err := s.row(ctx, versionQuery).scan(&have, &app, &tables); err != nil {
		return 0, err
	}
	return have, suits(s.path, have, app, tables)
}

const versionQuery = `
	SELECT v.user_version, a.application_id, (SELECT count(*) FROM sqlite_schema)
	FROM pragma_user_version v, pragma_application_id a`

// suits returns an error if a file is not for this program.
func suits(path string, have, app, tables int) error {
	files, err := schema.ReadDir("schema")
	switch {
	case err != nil:
		return err
	case app != applicationID && (app != 0 || tables > 0):
		return fmt.Errorf("%s is the database of another program; name another file with --db", path)
	case have > len(files):
		return &tooNew{path, have, len(files)}
	}
	return nil
}

// upgrade applies one schema file, unless another process already did, and
// returns the version the file then has.
func (s *DB) upgrade(ctx context.Context, have int, text string) (now int, err error) {
	err = s.tx(ctx, full, func(t *tx) error {
		if err := t.row(`PRAGMA user_version`).scan(&now); err != nil || now != have {
			return err
		}
		if _, err := t.conn.ExecContext(ctx, text); err != nil {
			return err
		}
		now++
		_, err := t.conn.ExecContext(ctx, fmt.Sprintf(`PRAGMA user_version = %d`, now))
		return err
	})
	return now, err
}

// useWAL lets readers read while somebody writes; the file remembers it.
func (s *DB) useWAL(ctx context.Context) error {
	return s.patient(ctx, func() error {
		_, err := s.write.ExecContext(ctx, `PRAGMA journal_mode = wal`)
		return err
	})
}
