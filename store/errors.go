package store

import (
	"errors"
	"fmt"

	"modernc.org/sqlite"
	lib "modernc.org/sqlite/lib"
)

// A tooNew is the ErrNewer of one file.
type tooNew struct {
	path        string
	have, known int
}

func (e *tooNew) Error() string {
	return fmt.Sprintf("%s was written by a newer newsterm (schema %d, this one knows %d); upgrade newsterm or use --db",
		e.path, e.have, e.known)
}

func (e *tooNew) Is(target error) bool { return target == ErrNewer }

// A broken is the ErrDamaged of one file.
type broken struct {
	path string
	why  error
}

func (e *broken) Error() string {
	return fmt.Sprintf("%s is damaged (%v); run newsterm doctor", e.path, e.why)
}

func (e *broken) Is(target error) bool { return target == ErrDamaged }
func (e *broken) Unwrap() error        { return e.why }

// plain turns an error of SQLite into words for a reader of news, which name
// the file. Others stay as they are.
func (s *DB) plain(err error) error {
	if noRoom(err) {
		return fmt.Errorf("%s: the disk is full; nothing more can be kept until there is room (%w)", s.path, err)
	}
	switch code(err) {
	case lib.SQLITE_NOTADB:
		return &broken{s.path, fmt.Errorf("it is no newsterm file: %w", err)}
	case lib.SQLITE_CORRUPT:
		return &broken{s.path, err}
	case lib.SQLITE_READONLY:
		return fmt.Errorf("%s may only be read, not written; nothing was changed (%w)", s.path, err)
	case lib.SQLITE_CANTOPEN:
		return fmt.Errorf("%s cannot be opened; may you read and write it and its folder? (%w)", s.path, err)
	case lib.SQLITE_IOERR:
		return fmt.Errorf("%s: the disk does not work as it should (%w)", s.path, err)
	case lib.SQLITE_BUSY, lib.SQLITE_LOCKED:
		return fmt.Errorf("%s is in use by another program, even after %v of waiting; try again (%w)", s.path, patience, err)
	}
	return err
}

// noRoom reports whether err says that the disk is full. Without room for the
// memory that processes share beside the file, it cannot even be read.
func noRoom(err error) bool {
	e, ok := errors.AsType[*sqlite.Error](err)
	return ok && (code(err) == lib.SQLITE_FULL || e.Code() == lib.SQLITE_IOERR_SHMSIZE)
}
