// Package source brings articles into the store: from the open web, and from
// the handbook inside the program.
package source

import (
	"slices"
	"time"

	"app/newsterm/store"
)

// Progress is one step of a refresh.
type Progress struct {
	Done, Total int    // feeds finished, and feeds in all
	Feed        string // the title of the feed this step finished; "" on the first step
	URL         string // its address
	Added       int    // its new articles
	Err         error  // why it failed; nil if it did not
	Left        string // why it was not asked at all; "" if it was
}

// Which chooses the feeds of a refresh. Its zero value chooses all that are due.
type Which struct {
	Feeds []store.FeedID // only these, due or not, gone or not; empty means every feed that is not disabled
	Force bool           // also those that are not due
}

// has reports whether f is chosen.
func (w Which) has(f store.Feed, now time.Time) bool {
	if len(w.Feeds) > 0 {
		return slices.Contains(w.Feeds, f.ID)
	}
	return !f.Disabled && !f.Gone && (w.Force || due(f, now))
}
