package feed

import (
	"errors"
)

// A Trouble is a kind of failure to fetch a feed. Its text is kept in files,
// so that it is never changed.
type Trouble string

// The kinds of failure.
const (
	Damaged   Trouble = "damaged" // what came is a feed, but broken
	Elsewhere Trouble = "other"   // any that is none of the others
)

// TroubleOf is the kind of err; "" for nil.
func TroubleOf(err error) Trouble {
	var parse *ParseError
	switch {
	case err == nil:
		return ""
	case errors.As(err, &parse):
		return Damaged
	}
	return Elsewhere
}
