package store

import (
	"cmp"
	"context"
	"database/sql"
	"fmt"
	"maps"
	"slices"
	"strings"
	"time"

	"app/newsterm/feed"
)

// A State is how a feed is.
type State int

// The states, the best first. Of several, the worst one counts.
const (
	Sound    State = iota
	Muted          // it is well, and its articles are listed only when asked for
	Silent         // it can be read, but nothing new has come for a year
	Failing        // the last fetch failed
	Gone           // its server says that it is gone for good
	Disabled       // its reader does not want it fetched
	Left           // not followed any more
)

func (s State) String() string {
	return [...]string{"ok", "muted", "silent", "failing", "gone", "disabled", "left"}[s]
}

// quiet is for how long nothing new has come from a feed that is Silent.
const quiet = 365 * 24 * time.Hour

// A Health is a feed and how it is, in words for its reader.
type Health struct {
	Feed
	State  State
	Kind   string    // what is the matter, in words that it shares with feeds like it; "" if nothing is
	Why    string    // why it fails; "" if it does not
	Advice string    // what can be done about what is the matter; "" if nothing is
	Newest time.Time // date of its newest article; zero if it has none
}

// Bad reports whether the feed fails.
func (h Health) Bad() bool { return h.State == Failing || h.State == Gone }

// Own is what of Why is not in Kind already, for lists of feeds with the same
// Kind: "server answered 404 Not Found".
func (h Health) Own() string { return strings.Trim(strings.TrimPrefix(h.Why, h.Kind), " ();,") }

// Ailing are those of feeds that fail, are gone, are silent or disabled, in
// this order, those with the same Kind together, the largest groups first, and
// in a group those with the same Advice.
func Ailing(feeds []Health) (groups [][]Health) {
	for _, s := range []State{Failing, Gone, Silent, Disabled} {
		byKind := map[string][]Health{}
		for _, h := range feeds {
			if h.State == s {
				byKind[h.Kind] = append(byKind[h.Kind], h)
			}
		}
		alike := slices.Collect(maps.Values(byKind))
		slices.SortFunc(alike, func(a, b []Health) int {
			return cmp.Or(cmp.Compare(len(b), len(a)), cmp.Compare(a[0].Kind, b[0].Kind))
		})
		for _, group := range alike {
			slices.SortStableFunc(group, func(a, b Health) int { return cmp.Compare(a.Advice, b.Advice) })
		}
		groups = append(groups, alike...)
	}
	return groups
}

// Health tells how the feeds are that Feeds lists, in its order.
func (s *DB) Health(ctx context.Context) ([]Health, error) {
	return s.health(ctx, s.Feeds)
}

// HealthLeft is Health of the feeds that were left.
func (s *DB) HealthLeft(ctx context.Context) ([]Health, error) {
	return s.health(ctx, s.Archived)
}

func (s *DB) health(ctx context.Context, list func(context.Context) ([]Feed, error)) ([]Health, error) {
	feeds, err := list(ctx)
	if err != nil {
		return nil, err
	}
	newest := make(map[FeedID]time.Time, len(feeds))
	err = s.each(ctx, func(rows *sql.Rows) error {
		var id FeedID
		var date int64
		err := rows.Scan(&id, &date)
		newest[id] = instant(date)
		return err
	}, `SELECT id, coalesce((SELECT max(date) FROM articles INDEXED BY articles_feed WHERE feed = f.id), 0) FROM feeds f`)
	if err != nil {
		return nil, err
	}
	all := make([]Health, len(feeds))
	for i, f := range feeds {
		all[i] = healthOf(f, newest[f.ID], s.Now())
	}
	doubt(all, s.Now())
	return all, nil
}

// lately is how long ago a feed was read from which one can tell that this
// machine is online.
const lately = 24 * time.Hour

// doubt takes back that hosts have ended, of feeds that were never read, where
// it may as well be this machine that is not online yet.
func doubt(all []Health, now time.Time) {
	for _, h := range all {
		if strings.HasPrefix(h.URL, "http") && h.Succeeded.After(now.Add(-lately)) {
			return
		}
	}
	for i, h := range all {
		if h.Bad() && h.Trouble == feed.UnknownHost && h.Succeeded.IsZero() {
			all[i].Kind, all[i].Advice = "never read yet", "see whether this machine is online, and the address right; it is tried again"
		}
	}
}

// Fetching is how many feeds a newsterm is fetching now, and until when the
// last of them is reserved for it.
func (s *DB) Fetching(ctx context.Context) (n int, until time.Time, err error) {
	var last int64
	err = s.each(ctx, func(rows *sql.Rows) error {
		var by string
		var feeds int
		var end int64
		if err := rows.Scan(&by, &feeds, &end); err != nil || ended(by) {
			return err
		}
		n, last = n+feeds, max(last, end)
		return nil
	}, `SELECT claimed_by, count(*), max(claimed_until) FROM feeds WHERE claimed_until > ? GROUP BY claimed_by`, s.Now().Unix())
	return n, instant(last), err
}

func healthOf(f Feed, newest, now time.Time) Health {
	h := Health{Feed: f, Newest: newest}
	switch {
	case f.Archived:
		h.State = Left
	case f.Disabled:
		h.State, h.Kind = Disabled, "disabled"
		h.Advice = "newsterm edit FEED --enable fetches it again"
	case f.Failure != "":
		h.State = Failing
		if f.Gone || f.Trouble == feed.Gone {
			h.State = Gone
		}
		h.ails()
	case !newest.IsZero() && newest.Before(now.Add(-quiet)) && !strings.HasPrefix(f.URL, "newsterm:"):
		h.State, h.Kind = Silent, "nothing new for a year"
		h.Advice = "see on its site whether it still writes, or has a new feed; newsterm remove FEED leaves it"
	case f.Muted:
		h.State = Muted
	}
	return h
}

// ails tells why the last fetch failed, and what can be done.
func (h *Health) ails() {
	kind := h.Trouble
	if h.State == Gone {
		kind = feed.Gone
	}
	r, known := remedies[kind]
	if !known { // of a file of an older newsterm, until the feed is tried again
		r = remedies[feed.Other]
	}
	said := plainer.Replace(h.Failure)
	h.Kind, h.Why, h.Advice = r.kind, r.why(said), r.advice
	if address := pointed(said); r.points && address != "" {
		h.Advice = fmt.Sprintf("newsterm edit %s --url %s takes the feed that its page points at", feed.Quoted(feed.Shown(h.URL)), feed.Quoted(address))
	}
}

// pointed is the address at the end of what was said about a page that points
// at a feed; "" if there is none.
func pointed(said string) string {
	address := said[strings.LastIndexByte(said, ' ')+1:]
	if strings.HasPrefix(address, "https://") || strings.HasPrefix(address, "http://") {
		return address
	}
	return ""
}
