package store

import (
	"context"
	"encoding/binary"
	"encoding/json"
	"errors"
	"fmt"
	"time"
)

// ErrNothing reports that there is nothing to undo, or redo.
var ErrNothing = errors.New("nothing to take back")

// maxSteps is how many steps can be undone.
const maxSteps = 500

// A Step is a change of marks: Flag was set to On for the articles of IDs.
type Step struct {
	Flag Flag
	On   bool
	IDs  []ArticleID
	At   time.Time // when that was, of a step that Undo returns
}

// Undo takes back the last step, whichever process made it, and returns it:
// its articles now have the flag the other way. Articles that have changed
// again or are gone are left alone, and missing in the step. The error is
// ErrNothing if there is no step.
func (s *DB) Undo(ctx context.Context) (Step, error) {
	return s.step(ctx, true, `SELECT id, flag, is_on, articles FROM steps WHERE undone = 0 ORDER BY id DESC LIMIT 1`)
}

// Redo does again what Undo took back last, and returns it. The error is
// ErrNothing if nothing was, or if marks have changed since.
func (s *DB) Redo(ctx context.Context) (Step, error) {
	return s.step(ctx, false, `SELECT id, flag, is_on, articles FROM steps WHERE undone = 1 ORDER BY id LIMIT 1`)
}

// step goes one step back or forth: the next one that still has an effect.
func (s *DB) step(ctx context.Context, undo bool, next string) (step Step, err error) {
	err = s.tx(ctx, full, func(t *tx) error {
		for len(step.IDs) == 0 {
			var id int64
			var packed []byte
			err := t.row(next).scan(&id, &step.Flag, &step.On, &packed)
			if errors.Is(err, ErrNotFound) {
				step, err = Step{}, ErrNothing
			}
			if err != nil {
				return err
			}
			if step.At, err = t.marked(step.Flag, step.On, unpackIDs(packed)); err != nil {
				return err
			}
			step.IDs, err = t.mark(step.Flag, step.On != undo, unpackIDs(packed), s.Now().UnixMilli())
			if err != nil {
				return err
			}
			if _, err := t.exec(`UPDATE steps SET undone = ? WHERE id = ?`, undo, id); err != nil {
				return err
			}
		}
		return nil
	})
	if err != nil {
		return Step{}, err
	}
	return step, nil
}

// marked is when the last of ids that have flag as a step has set it came to have
// it so.
func (t *tx) marked(flag Flag, on bool, ids []ArticleID) (time.Time, error) {
	list, err := json.Marshal(ids)
	if err != nil {
		return time.Time{}, err
	}
	var at int64
	err = t.row(fmt.Sprintf(`
		SELECT coalesce(max(a.%s_at), 0) FROM json_each(?) j CROSS JOIN articles a ON a.id = j.value
		WHERE a.%[1]s = ?`, flag), string(list), on).scan(&at)
	return time.UnixMilli(at), err
}

// remember adds a step to those that can be undone. What was undone before
// can then no longer be redone.
func (t *tx) remember(step Step) error {
	if len(step.IDs) == 0 {
		return nil
	}
	if _, err := t.exec(`DELETE FROM steps WHERE undone = 1`); err != nil {
		return err
	}
	id, err := t.insert(`INSERT INTO steps (flag, is_on, articles) VALUES (?, ?, ?)`, step.Flag, step.On, packIDs(step.IDs))
	if err != nil {
		return err
	}
	_, err = t.exec(`DELETE FROM steps WHERE id <= ?`, id-maxSteps)
	return err
}

// packIDs is ids, which ascend, in few bytes.
func packIDs(ids []ArticleID) []byte {
	b := make([]byte, 0, 2*len(ids))
	last := ArticleID(0)
	for _, id := range ids {
		b = binary.AppendUvarint(b, uint64(id-last))
		last = id
	}
	return b
}

// unpackIDs undoes packIDs, as far as b is sound.
func unpackIDs(b []byte) (ids []ArticleID) {
	last := ArticleID(0)
	for len(b) > 0 {
		d, n := binary.Uvarint(b)
		if n <= 0 {
			break
		}
		last += ArticleID(d)
		ids = append(ids, last)
		b = b[n:]
	}
	return ids
}
