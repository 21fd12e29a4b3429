package store

import (
	"context"
	"errors"
)

// Setting is what SetSetting was last given for name; "" at first.
func (s *DB) Setting(ctx context.Context, name string) (value string, err error) {
	err = s.row(ctx, `SELECT value FROM settings WHERE name = ?`, name).scan(&value)
	if errors.Is(err, ErrNotFound) {
		return "", nil
	}
	return value, err
}

// SetSetting remembers a small thing, such as the last view.
func (s *DB) SetSetting(ctx context.Context, name, value string) error {
	return s.tx(ctx, normal, func(t *tx) error {
		_, err := t.exec(`INSERT OR REPLACE INTO settings (name, value) VALUES (?, ?)`, name, value)
		return err
	})
}
