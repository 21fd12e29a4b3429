package store

import (
	"context"
	"database/sql"
	"errors"
	"strings"
)

// Check reads the whole file and reports whether it is sound. The error is
// ErrDamaged if it is not. It changes nothing.
func (s *DB) Check(ctx context.Context) error {
	db := s.read
	if s.path != "" { // on a new connection: the index keeps things in mind that the check would take for damage
		base, err := address(s.path)
		if err != nil {
			return err
		}
		if db, err = sql.Open("sqlite", base+pragmas+"&mode=ro"); err != nil {
			return err
		}
		defer db.Close()
	}
	words, err := check(ctx, db)
	if err != nil {
		return s.plain(err)
	}
	if len(words) == 1 && words[0] == "ok" {
		return nil
	}
	return &broken{s.path, errors.New(strings.ReplaceAll(strings.Join(words, "; "), "\n", "; "))}
}

// check is what SQLite has to say of a file; "ok" if it is sound.
func check(ctx context.Context, db *sql.DB) (words []string, err error) {
	rows, err := db.QueryContext(ctx, `PRAGMA integrity_check(3)`)
	if err != nil {
		return nil, err
	}
	err = every(rows, func(rows *sql.Rows) error {
		var word string
		err := rows.Scan(&word)
		words = append(words, word)
		return err
	})
	return words, err
}
