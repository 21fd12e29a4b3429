package store

import (
	"context"
	"database/sql"
	"database/sql/driver"
	"errors"
	"fmt"
	"io/fs"
	"os"

	"modernc.org/sqlite"
)

// A door opens connections to a file, but not to another that has taken its
// place: what SQLite keeps beside the first would be taken for a part of it.
type door struct {
	driver.Connector
	to *DB
}

// Connect opens a connection.
func (d door) Connect(ctx context.Context) (driver.Conn, error) {
	if err := d.to.moved(); err != nil {
		return nil, err
	}
	return d.Connector.Connect(ctx)
}

// pool is for connections to the file at an address, as SQLite takes it.
func (s *DB) pool(address string) (*sql.DB, error) {
	c, err := sqlite.NewConnector(address)
	if err != nil {
		return nil, err
	}
	return sql.OpenDB(door{c, s}), nil
}

// What SQLite keeps beside an open file: what has been written last, and what
// processes share.
const (
	walEnd = "-wal"
	shmEnd = "-shm"
)

// remember remembers which files have been opened.
func (s *DB) remember() (err error) {
	if s.file, err = os.Stat(s.path); err != nil {
		return err
	}
	s.beside = map[string]os.FileInfo{}
	for _, end := range []string{walEnd, shmEnd} {
		if info, err := os.Stat(s.path + end); err == nil {
			s.beside[end] = info
		}
	}
	return nil
}

// moved returns an error if the path names another file than the one that was
// opened, or none: what was written now would be lost with it. What is open can
// still be read.
func (s *DB) moved() error {
	if s.file == nil {
		return nil
	}
	now, err := os.Stat(s.path)
	if !s.abandoned.Load() && (err == nil && os.SameFile(s.file, now) || err != nil && !errors.Is(err, fs.ErrNotExist)) {
		return nil
	}
	return fmt.Errorf("%s was moved, replaced or deleted while newsterm had it open; nothing was changed; start newsterm again", s.path)
}

// abandon leaves a file that has been moved. What was written last is put into
// it, wherever it is now, and no longer stands beside the path.
func (s *DB) abandon() {
	s.abandoned.Store(true) // should it come back, that is missing beside it
	var busy, written, kept int
	err := s.write.QueryRow(`PRAGMA wal_checkpoint(FULL)`).Scan(&busy, &written, &kept)
	if err != nil || busy != 0 || kept < written {
		return
	}
	for end, was := range s.beside {
		if now, err := os.Stat(s.path + end); err == nil && os.SameFile(was, now) {
			os.Remove(s.path + end)
		}
	}
}
