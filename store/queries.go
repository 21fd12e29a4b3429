package store

import (
	"context"
	"database/sql"
	"errors"
	"fmt"

	"app/newsterm/feed"
)

// A SavedQuery is a query that its reader keeps by a name.
type SavedQuery struct{ Name, Query string }

// Queries lists the saved queries in the order in which they were saved.
func (s *DB) Queries(ctx context.Context) (list []SavedQuery, err error) {
	err = s.each(ctx, func(rows *sql.Rows) error {
		var q SavedQuery
		err := rows.Scan(&q.Name, &q.Query)
		list = append(list, q)
		return err
	}, `SELECT name, query FROM queries ORDER BY id`)
	return list, err
}

// SaveQuery keeps a query by name. It takes the place of one that has that
// name, whatever its case and accents. The error is a *QueryError if the query
// cannot be read.
func (s *DB) SaveQuery(ctx context.Context, name, query string) error {
	name, query = feed.Line(name), feed.Line(query)
	if _, err := ParseQuery(query); err != nil {
		return err
	}
	if name == "" {
		return errors.New("save a query: it needs a name")
	}
	return s.tx(ctx, full, func(t *tx) error {
		id, err := t.queryNamed(name)
		if errors.Is(err, ErrNotFound) {
			_, err = t.exec(`INSERT INTO queries (name, query) VALUES (?, ?)`, name, query)
			return err
		}
		if err == nil {
			_, err = t.exec(`UPDATE queries SET name = ?, query = ? WHERE id = ?`, name, query, id)
		}
		return err
	})
}

// DropQuery forgets a saved query. The error is ErrNotFound if none has that name.
func (s *DB) DropQuery(ctx context.Context, name string) error {
	return s.tx(ctx, full, func(t *tx) error {
		id, err := t.queryNamed(name)
		if err == nil {
			_, err = t.exec(`DELETE FROM queries WHERE id = ?`, id)
		}
		if err != nil {
			return fmt.Errorf("saved query %q: %w", name, err)
		}
		return nil
	})
}

// queryNamed is the id of the saved query of that name, whatever its case and
// accents. The error is ErrNotFound if there is none.
func (t *tx) queryNamed(name string) (id int64, err error) {
	err = t.each(func(rows *sql.Rows) error {
		var at int64
		var had string
		err := rows.Scan(&at, &had)
		if SameName(had, name) {
			id = at
		}
		return err
	}, `SELECT id, name FROM queries`)
	if err == nil && id == 0 {
		err = ErrNotFound
	}
	return id, err
}

// SameName reports whether two names are one, whatever their case and accents.
func SameName(a, b string) bool { return fold(feed.Line(a)) == fold(feed.Line(b)) }
