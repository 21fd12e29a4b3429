package store

import (
	"context"
	"database/sql"
	"errors"
	"fmt"
	"math/rand/v2"
	"time"

	"modernc.org/sqlite"
	lib "modernc.org/sqlite/lib"
)

// durability is what a committed transaction survives.
type durability int

const (
	normal durability = 1 // the end of the process; a power cut may take the last ones
	full   durability = 2 // a power cut as well
)

// patience is how long to wait for another process before giving up.
const patience = 30 * time.Second

// A tx is one writing transaction. It is valid until the function it was
// given to returns.
type tx struct {
	ctx   context.Context
	conn  *sql.Conn
	stmts map[string]*sql.Stmt

	arrived []ArticleID // came or changed: mutes judge them before the end
	refiled []FeedID    // changed in a way that mutes may go by
}

// tx runs f in one transaction and commits it if f returns nil. One runs at a
// time, in this process and all others; who comes later waits, until ctx is
// done. Once begun it is not cut short: it takes a moment, and watching ctx
// would take as long as the statements themselves.
func (s *DB) tx(ctx context.Context, d durability, f func(*tx) error) error {
	select {
	case s.turn <- struct{}{}:
		defer func() { <-s.turn }()
	case <-ctx.Done():
		return ctx.Err()
	}
	if s.frozen {
		return fmt.Errorf("%s: the disk was full when newsterm began, and nothing was changed; make room, and start it again", s.path)
	}
	if err := s.moved(); err != nil {
		s.abandon()
		return err
	}
	conn, err := s.write.Conn(ctx)
	if err != nil {
		return s.plain(err)
	}
	defer conn.Close()
	t := &tx{ctx: context.WithoutCancel(ctx), conn: conn, stmts: map[string]*sql.Stmt{}}
	committed := false
	defer func() {
		t.close()
		if !committed {
			conn.ExecContext(t.ctx, `ROLLBACK`) // fails if there is nothing to roll back
		}
	}()
	if err := s.begin(ctx, conn, d); err != nil {
		return err // it may have begun all the same, when ctx was done in that moment
	}
	if err := f(t); err != nil {
		return s.plain(err)
	}
	if err := t.judgeChanged(s.Now()); err != nil {
		return s.plain(err)
	}
	if _, err := conn.ExecContext(t.ctx, `COMMIT`); err != nil {
		return s.plain(err)
	}
	committed, s.wrote = true, true
	return nil
}

func (s *DB) begin(ctx context.Context, conn *sql.Conn, d durability) error {
	return s.patient(ctx, func() error {
		if s.sync != d {
			// Cut short, it might have been set, and nobody know.
			if _, err := conn.ExecContext(context.WithoutCancel(ctx), fmt.Sprintf(`PRAGMA synchronous = %d`, d)); err != nil {
				return err
			}
			s.sync = d
		}
		_, err := conn.ExecContext(ctx, `BEGIN IMMEDIATE`)
		return err
	})
}

// patient runs f again as long as another process is in the way.
func (s *DB) patient(ctx context.Context, f func() error) error {
	for end := time.Now().Add(patience); ; {
		err := f()
		if !busy(err) || time.Now().After(end) {
			return s.plain(err)
		}
		select {
		case <-time.After(time.Duration(1+rand.IntN(20)) * time.Millisecond):
		case <-ctx.Done():
			return ctx.Err()
		}
	}
}

// busy reports whether err says that another process is in the way.
func busy(err error) bool {
	c := code(err)
	return c == lib.SQLITE_BUSY || c == lib.SQLITE_LOCKED
}

// code is the primary SQLite code of err; 0 if it has none.
func code(err error) int {
	var e *sqlite.Error
	if !errors.As(err, &e) {
		return 0
	}
	return e.Code() & 0xff
}

// prepare returns the statement for query, made at its first use.
func (t *tx) prepare(query string) (*sql.Stmt, error) {
	if st := t.stmts[query]; st != nil {
		return st, nil
	}
	st, err := t.conn.PrepareContext(t.ctx, query)
	if err == nil {
		t.stmts[query] = st
	}
	return st, err
}

// exec runs a statement and returns how many rows it changed.
func (t *tx) exec(query string, args ...any) (int, error) {
	res, err := t.result(query, args...)
	if err != nil {
		return 0, err
	}
	n, err := res.RowsAffected()
	return int(n), err
}

// insert runs a statement and returns the id of the row it made.
func (t *tx) insert(query string, args ...any) (int64, error) {
	res, err := t.result(query, args...)
	if err != nil {
		return 0, err
	}
	return res.LastInsertId()
}

func (t *tx) result(query string, args ...any) (sql.Result, error) {
	st, err := t.prepare(query)
	if err != nil {
		return nil, err
	}
	return st.ExecContext(t.ctx, args...)
}

// row runs a query of one row.
func (t *tx) row(query string, args ...any) row {
	return row{func(f func(*sql.Rows) error) error { return t.each(f, query, args...) }}
}

// each runs a query and calls f for every row of it.
func (t *tx) each(f func(*sql.Rows) error, query string, args ...any) error {
	st, err := t.prepare(query)
	if err != nil {
		return err
	}
	rows, err := st.QueryContext(t.ctx, args...)
	if err != nil {
		return err
	}
	return every(rows, f)
}

func (t *tx) close() {
	for _, st := range t.stmts {
		st.Close()
	}
}

// row runs a query of one row outside any transaction.
func (s *DB) row(ctx context.Context, query string, args ...any) row {
	return row{func(f func(*sql.Rows) error) error { return s.each(ctx, f, query, args...) }}
}

// each runs a query outside any transaction and calls f for every row of it.
func (s *DB) each(ctx context.Context, f func(*sql.Rows) error, query string, args ...any) error {
	var rows *sql.Rows
	err := s.patient(ctx, func() (err error) {
		rows, err = s.read.QueryContext(ctx, query, args...)
		return err
	})
	if err != nil {
		return err
	}
	return s.plain(every(rows, f))
}

func every(rows *sql.Rows, f func(*sql.Rows) error) error {
	defer rows.Close()
	for rows.Next() {
		if err := f(rows); err != nil {
			return err
		}
	}
	return rows.Err()
}

// A row is a query that is expected to have one.
type row struct {
	each func(func(*sql.Rows) error) error
}

// scan reads the row into dest. The error is ErrNotFound if there is none.
func (r row) scan(dest ...any) error {
	err := ErrNotFound
	if e := r.each(func(rows *sql.Rows) error {
		err = rows.Scan(dest...)
		return err
	}); e != nil {
		return e
	}
	return err
}
