// Package source brings articles into the store: from the open web, and from
// the handbook inside the program.
package source

import "app/newsterm/store"

// Progress is one step of a refresh.
type Progress struct {
	Done, Total int    // feeds finished, and feeds in all
	Feed        string // the title of the feed this step finished; "" on the first step
	URL         string // its address
	Added       int    // its new articles
	Err         error  // why it failed; nil if it did not
}

// Which chooses the feeds of a refresh. Its zero value chooses all that are due.
type Which struct {
	Feeds []store.FeedID // only these, due or not; empty means every feed
	Force bool           // also those that are not due
}

// has reports whether f is chosen, if it is due or not.
func (w Which) has(f store.Feed, due bool) bool {
	if len(w.Feeds) == 0 {
		return w.Force || due
	}
	for _, id := range w.Feeds {
		if id == f.ID {
			return true
		}
	}
	return false
}
