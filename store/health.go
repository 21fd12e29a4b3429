package store

import (
	"context"
	"database/sql"
	"strings"
	"time"
)

// A State is how a feed is.
type State int

// The states, the best first. Of several, the worst one counts.
const (
	Sound   State = iota
	Muted         // it is well, and its articles are listed only when asked for
	Silent        // it can be read, but nothing new has come for a year
	Failing       // the last fetch failed
	Gone          // its server says that it is gone for good
	Left          // not followed any more
)

func (s State) String() string {
	return [...]string{"ok", "muted", "silent", "failing", "gone", "left"}[s]
}

// quiet is for how long nothing new has come from a feed that is Silent.
const quiet = 365 * 24 * time.Hour

// A Health is a feed and how it is, in words for its reader.
type Health struct {
	Feed
	State  State
	Why    string    // why it fails; "" if it does not
	Advice string    // what can be done about that, or about its silence; "" if it is well
	Newest time.Time // date of its newest article; zero if it has none
}

// Bad reports whether the feed fails.
func (h Health) Bad() bool { return h.State == Failing || h.State == Gone }

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
	return all, nil
}

// Fetching is how many feeds a newsterm is fetching now, and until when the
// last of them is reserved for it.
func (s *DB) Fetching(ctx context.Context) (n int, until time.Time, err error) {
	var last int64
	err = s.row(ctx, `SELECT count(*), coalesce(max(claimed_until), 0) FROM feeds WHERE claimed_until > ?`, s.Now().Unix()).scan(&n, &last)
	return n, instant(last), err
}

func healthOf(f Feed, newest, now time.Time) Health {
	h := Health{Feed: f, Newest: newest}
	switch {
	case f.Archived:
		h.State = Left
	case f.Failure != "":
		h.State = Failing
		t := troubleOf(f.Failure)
		if h.Why, h.Advice = t.why(f.Failure), t.advice; f.Gone || t.gone {
			h.State = Gone
		}
	case !newest.IsZero() && newest.Before(now.Add(-quiet)) && !strings.HasPrefix(f.URL, "newsterm:"):
		h.State = Silent
		h.Advice = "see on its site whether it still writes, or has a new feed; newsterm remove leaves it"
	case f.Muted:
		h.State = Muted
	}
	return h
}

// A trouble is a kind of failure: the words by which it is known, what it
// means to a reader, and what can be done.
type trouble struct {
	sign   string
	means  string // "" if the failure says it all
	advice string
	gone   bool
}

// troubles are the kinds there are. The first whose sign a failure has counts.
var troubles = []trouble{
	{sign: "server answered 410", means: "gone for good", gone: true,
		advice: "it will not come back; newsterm remove leaves it and keeps what is starred"},
	{sign: "server answered 404", means: "not there any more",
		advice: "see on its site whether the feed has moved; newsterm edit --url gives it the new address"},
	{sign: "server answered 401", means: "it asks for a name and a password",
		advice: "newsterm edit --header 'Authorization: …' sends them, or newsterm edit --url with both in the address"},
	{sign: "server answered 403", means: "refused",
		advice: "some servers refuse programs they do not know; newsterm edit --user-agent may help"},
	{sign: "server answered 451", means: "refused, by law", advice: "nothing can be done from here"},
	{sign: "server answered 429", means: "asked too often",
		advice: "newsterm edit --every asks it less often"},
	{sign: "server answered 3", means: "moved, and the server does not say where to",
		advice: "see on its site where the feed is now; newsterm edit --url gives it the new address"},
	{sign: "server answered 5", means: "its server has trouble",
		advice: "wait; only its publisher can mend that"},
	{sign: "server answered", means: "not given out",
		advice: "see on its site whether the feed has moved; newsterm edit --url gives it the new address"},
	{sign: "web page, not a feed, and it points at no feed",
		advice: "see on its site whether there is still a feed; newsterm edit --url gives it the new address"},
	{sign: "web page, not a feed",
		advice: "newsterm edit --url gives it the address of the feed that the page points at"},
	{sign: "redirects", means: "moved, but not to a feed",
		advice: "see on its site where the feed is now; newsterm edit --url gives it the new address"},
	{sign: "feed is damaged", means: "broken XML",
		advice: "wait; only its publisher can mend that"},
	{sign: "JSON is damaged", means: "broken JSON",
		advice: "wait; only its publisher can mend that"},
	{sign: "no feed found",
		advice: "see on its site whether the feed has moved; newsterm edit --url gives it the new address"},
	{sign: "another feed has that address", advice: "newsterm remove leaves one of the two"},
	{sign: "refused the connection", advice: "wait; its server may be down, and it is tried again"},
	{sign: "too big", advice: "see on its site whether there is a shorter feed; newsterm edit --url takes that"},
	{sign: "took too long", means: "timed out", advice: "wait; it is tried again"},
	{sign: "is the network up", advice: "see whether this machine is online"},
	{sign: "cannot be reached", advice: "see whether this machine is online"},
	{sign: "no host called",
		advice: "the site may have ended or moved; newsterm edit --url gives the feed its new address"},
	{sign: "certificate",
		advice: "wait until its publisher has mended the certificate"},
	{sign: "there is no file",
		advice: "newsterm edit --url gives it the file's new place"},
	{sign: "", advice: "wait; it is tried again"},
}

func troubleOf(failure string) trouble {
	for _, t := range troubles {
		if strings.Contains(failure, t.sign) {
			return t
		}
	}
	return trouble{}
}

// plainer are failures in other words than those in which they were reported.
var plainer = strings.NewReplacer(
	"this is a web page, not a feed", "not a feed but a page",
	": the feed is damaged: ", ": ",
	": no feed found: the JSON is damaged: ", ": ",
	": it is gone for good, and left alone until you refresh it by name", "",
)

// why is what failure means, and what was said: "not there any more (server
// answered 404 Not Found)", "broken XML at line 3: …".
func (t trouble) why(failure string) string {
	said := plainer.Replace(failure)
	switch {
	case t.means == "":
		return said
	case strings.HasPrefix(t.sign, "server answered"):
		return t.means + " (" + said + ")"
	case strings.HasPrefix(said, "line "):
		return t.means + " at " + said
	}
	return t.means + ": " + said
}
