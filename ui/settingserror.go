package ui

import "fmt"

// A SettingsError says where in a file that a reader has written, config.toml
// or a theme, something is not as it should be.
type SettingsError struct {
	File      string
	Line, Col int // counted from 1; 0 if not known
	Why       string
	Point     string // the place, in a few lines; "" if not known
}

func (e *SettingsError) Error() string {
	if e.Line == 0 {
		return fmt.Sprintf("%s: %s", e.File, e.Why)
	}
	return fmt.Sprintf("%s:%d:%d: %s", e.File, e.Line, e.Col, e.Why)
}
