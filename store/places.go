package store

import (
	"context"
	"errors"
)

// Left is how far an article was read when it was left: so many letters and
// digits of its text come before the place, however wide its lines are. It is
// 0 for one that was not begun, or was read to its end. With own it is the
// place in the text of its feed, for an article that has a full text as well.
func (s *DB) Left(ctx context.Context, id ArticleID, own bool) (letters int, err error) {
	err = s.row(ctx, `SELECT letters FROM places WHERE article = ? AND own = ?`, id, own).scan(&letters)
	if errors.Is(err, ErrNotFound) {
		return 0, nil
	}
	return letters, err
}

// Leave keeps what Left tells; 0 letters forget it.
func (s *DB) Leave(ctx context.Context, id ArticleID, own bool, letters int) error {
	return s.tx(ctx, normal, func(t *tx) error {
		if letters <= 0 {
			_, err := t.exec(`DELETE FROM places WHERE article = ? AND own = ?`, id, own)
			return err
		}
		_, err := t.exec(`
			INSERT OR REPLACE INTO places (article, own, letters)
			SELECT id, ?, ? FROM articles WHERE id = ?`, own, letters, id)
		return err
	})
}
