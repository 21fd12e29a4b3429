package store

import (
	"context"
	"database/sql"
	"fmt"
	"strings"
)

// LimitPages makes the file full at n pages.
func (s *DB) LimitPages(ctx context.Context, n int) error {
	_, err := s.write.ExecContext(ctx, fmt.Sprintf(`PRAGMA max_page_count = %d`, n))
	return err
}

// Explain is how SQLite finds a page, a step a line.
func (s *DB) Explain(ctx context.Context, q Query, p Page) (string, error) {
	l, err := s.plan(ctx, q, p)
	if err != nil {
		return "", err
	}
	text, args := l.page(false)
	var steps []string
	err = s.each(ctx, func(rows *sql.Rows) error {
		var id, parent, unused int
		var step string
		err := rows.Scan(&id, &parent, &unused, &step)
		steps = append(steps, step)
		return err
	}, `EXPLAIN QUERY PLAN `+text, args...)
	return strings.Join(steps, "\n"), err
}

// Analyze makes SQLite count what is in the file.
func (s *DB) Analyze(ctx context.Context) error {
	_, err := s.write.ExecContext(ctx, `ANALYZE`)
	return err
}

// ReplaceRename has Rescue rename files in another way, until it is undone.
func ReplaceRename(f func(old, now string) error) (undo func()) {
	was := rename
	rename = f
	return func() { rename = was }
}

// Query runs a query of one number.
func (s *DB) Query(ctx context.Context, query string) (n int64, err error) {
	return n, s.row(ctx, query).scan(&n)
}
