package store

import (
	"context"
	"database/sql"
	"fmt"
	"slices"
	"strings"
	"time"

	"app/newsterm/feed"
)

// A FeedID names a feed in this file.
type FeedID int64

// A Feed is one subscription.
type Feed struct {
	ID       FeedID
	URL      string
	Title    string // as shown: the reader's own name for it, else the publisher's, else the address
	Name     string // the reader's own name; "" if there is none
	Site     string // the page for people; "" if not known
	Folder   string // "A/B" for nested folders, "" for none
	Tags     []string
	Language string // as the publisher gave it; "" if not

	Cache        feed.Cache
	Checked      time.Time    // last fetch, good or bad; zero if never
	Succeeded    time.Time    // last good fetch; zero if never
	Fetched      time.Time    // last good fetch that brought its text; zero if never
	Failure      string       // why the last fetch failed; "" if it did not
	Trouble      feed.Trouble // the kind of that failure; "" if there is none, or it is not known
	FailingSince time.Time    // first of the failures in a row; zero if there is none
	Failures     int          // how many in a row
	Next         time.Time    // when it is tried next; zero: at once
	Gone         bool         // its server says for good: tried only when it is named
	MovedTo      string       // where the last fetch was redirected for good; "" if it was not

	Hints feed.Hints    // when its publisher would like to be asked
	Pace  time.Duration // between its articles, on average; zero if not known

	Every     time.Duration // between fetches; zero for the usual
	UserAgent string        // "" for the usual
	Headers   string        // sent with each request: "Name: value", one a line
	FullText  bool          // fetch the page of each new article
	Keep      int           // most articles that are kept, as PruneKept does it; zero for all
	Muted     bool          // its articles are listed only when asked for
	Disabled  bool          // not fetched until its reader enables it
	Archived  bool          // left: kept, but neither fetched nor listed

	Unread, Total int
	Hidden        int // of Total, by a Mute; known of listed feeds
}

// Subscribe adds a feed and reports that it did, or returns the one there with
// that address, taken back if it had been left. The one there may be at another
// address now, unless sub asks for one of its own. What sub sets for a feed that is there and was not left changes
// nothing.
func (s *DB) Subscribe(ctx context.Context, sub feed.Sub) (f Feed, added bool, err error) {
	err = s.tx(ctx, full, func(t *tx) error {
		f, added, err = t.subscribe(sub)
		return err
	})
	if err != nil {
		return Feed{}, false, err
	}
	return f, added, nil
}

// SubscribeMany is Subscribe for several feeds in one transaction: all are
// added, or, after an error, none. It reports how many were not there.
func (s *DB) SubscribeMany(ctx context.Context, subs ...feed.Sub) (added int, err error) {
	if len(subs) == 0 {
		return 0, nil
	}
	err = s.tx(ctx, full, func(t *tx) error {
		for _, sub := range subs {
			_, isNew, err := t.subscribe(sub)
			if err != nil {
				return err
			}
			if isNew {
				added++
			}
		}
		return nil
	})
	if err != nil {
		return 0, err
	}
	return added, nil
}

// subscribe is Subscribe. A feed that comes back is never less muted or
// disabled than it was.
func (t *tx) subscribe(sub feed.Sub) (f Feed, added bool, err error) {
	address := sub.URL
	if sub.Anew {
		err = t.forget(sub.URL)
	} else {
		address, err = t.now(sub.URL)
	}
	if err != nil {
		return Feed{}, false, err
	}
	n, err := t.exec(`
		INSERT INTO feeds (url, name, site, folder, tags, every, keep, muted, disabled) VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?)
		ON CONFLICT (url) DO UPDATE SET
			archived = 0,
			name     = CASE WHEN excluded.name <> '' THEN excluded.name ELSE name END,
			folder   = CASE WHEN excluded.folder <> '' THEN excluded.folder ELSE folder END,
			tags     = CASE WHEN excluded.tags <> '' THEN excluded.tags ELSE tags END,
			every    = CASE WHEN excluded.every <> 0 THEN excluded.every ELSE every END,
			keep     = CASE WHEN excluded.keep <> 0 THEN excluded.keep ELSE keep END,
			muted    = muted OR excluded.muted,
			disabled = disabled OR excluded.disabled
		WHERE archived = 1`,
		address, feed.Line(sub.Title), feed.Line(sub.Site), Folder(sub.Folder), joined(Tags(sub.Tags...)),
		int64(interval(sub.Every)/time.Second), max(sub.Keep, 0), sub.Muted, sub.Disabled)
	if err == nil {
		f, err = t.feed(`url = ?`, address)
	}
	if err != nil {
		return Feed{}, false, fmt.Errorf("subscribe to %s: %w", feed.Shown(sub.URL), err)
	}
	return f, n > 0, nil
}

// The bounds of the time between two fetches that a reader may set.
const (
	Often  = 5 * time.Minute
	Seldom = 365 * 24 * time.Hour
)

// interval is every within these bounds; zero for the usual stays.
func interval(every time.Duration) time.Duration {
	if every <= 0 {
		return 0
	}
	return min(max(every, Often), Seldom)
}

// Unsubscribe leaves a feed. Nothing is deleted: it is archived, and its
// articles leave lists and counts, except for the starred ones.
func (s *DB) Unsubscribe(ctx context.Context, id FeedID) error {
	return s.change(ctx, full, `UPDATE feeds SET archived = 1 WHERE id = ?`, id)
}

// Tags are names as tags are kept: on one line, none empty, each once whatever
// its case and accents.
func Tags(names ...string) (tags []string) {
	for _, name := range names {
		name = feed.Line(name)
		if name != "" && !slices.ContainsFunc(tags, func(tag string) bool { return fold(tag) == fold(name) }) {
			tags = append(tags, name)
		}
	}
	return tags
}

// change runs one statement on one feed. The error is ErrNotFound if there is
// no such feed.
func (s *DB) change(ctx context.Context, d durability, query string, args ...any) error {
	return s.tx(ctx, d, func(t *tx) error {
		n, err := t.exec(query, args...)
		if err == nil && n == 0 {
			return ErrNotFound
		}
		return err
	})
}

// Feeds lists the feeds that were not left, by folder and title.
func (s *DB) Feeds(ctx context.Context) ([]Feed, error) {
	return s.feeds(ctx, `archived = 0`)
}

// Archived lists the feeds that were left, by folder and title.
func (s *DB) Archived(ctx context.Context) ([]Feed, error) {
	return s.feeds(ctx, `archived = 1`)
}

func (s *DB) feeds(ctx context.Context, where string) (list []Feed, err error) {
	err = s.each(ctx, func(rows *sql.Rows) error {
		f, err := scanFeed(rows)
		list = append(list, f)
		return err
	}, `SELECT `+feedColumns+` FROM feeds WHERE `+where+` ORDER BY folder COLLATE NOCASE, shown, id`)
	if err != nil {
		return nil, err
	}
	hidden, err := s.hiddenIn(ctx)
	for i, f := range list {
		list[i].Hidden = hidden[f.ID]
	}
	return list, err
}

// FindFeed is the feed that ref names: by its address, or one at which it was
// before, or its address as it is shown, without the password; by its title
// whatever the case, or by a part of address or title that no other feed has. The error is ErrNotFound, or names the feeds it could be.
// Feeds that were left do not count, and a blank ref names none.
func (s *DB) FindFeed(ctx context.Context, ref string) (Feed, error) {
	if strings.TrimSpace(ref) == "" {
		return Feed{}, noFeed(ref)
	}
	feeds, err := s.Feeds(ctx)
	if err != nil {
		return Feed{}, err
	}
	if f, found, err := s.movedFeed(ctx, feeds, ref); found || err != nil {
		return f, err
	}
	want := fold(ref)
	for _, is := range []func(Feed) bool{
		func(f Feed) bool { return f.URL == ref },
		func(f Feed) bool { return feed.Shown(f.URL) == ref },
		func(f Feed) bool { return fold(f.Title) == want },
		func(f Feed) bool { return strings.Contains(fold(f.Title), want) || strings.Contains(fold(f.URL), want) },
	} {
		switch found := choose(feeds, is); len(found) {
		case 0:
		case 1:
			return found[0], nil
		default:
			return Feed{}, fmt.Errorf("%q may be any of %s; say more of it", ref, titles(found))
		}
	}
	return Feed{}, noFeed(ref)
}

func noFeed(ref string) error { return fmt.Errorf("no feed is called %q: %w", ref, ErrNotFound) }

func choose(feeds []Feed, is func(Feed) bool) (found []Feed) {
	for _, f := range feeds {
		if is(f) {
			found = append(found, f)
		}
	}
	return found
}

// titles names feeds in an error, a few of them.
func titles(feeds []Feed) string {
	const most = 5
	var b strings.Builder
	for i, f := range feeds {
		switch {
		case i == most:
			fmt.Fprintf(&b, " and %d more", len(feeds)-most)
			return b.String()
		case i > 0:
			b.WriteString(", ")
		}
		fmt.Fprintf(&b, "%s (%s)", f.Title, feed.Shown(f.URL))
	}
	return b.String()
}

// feedColumns are what scanFeed reads.
const feedColumns = `id, url, shown, name, site, folder, tags, language,
	etag, last_modified, body_hash, checked, succeeded, fetched, failure, trouble, failing_since, failures,
	next, gone, moved_to, hint_every, skip_hours, skip_days, pace,
	every, user_agent, headers, want_fulltext, keep, muted, disabled, archived, unread, total`

func scanFeed(rows *sql.Rows) (f Feed, err error) {
	var tags string
	var checked, succeeded, fetched, since, next, hint, pace, every int64
	err = rows.Scan(&f.ID, &f.URL, &f.Title, &f.Name, &f.Site, &f.Folder, &tags, &f.Language,
		&f.Cache.ETag, &f.Cache.LastModified, &f.Cache.Hash, &checked, &succeeded, &fetched, &f.Failure, &f.Trouble, &since, &f.Failures,
		&next, &f.Gone, &f.MovedTo, &hint, &f.Hints.SkipHours, &f.Hints.SkipDays, &pace,
		&every, &f.UserAgent, &f.Headers, &f.FullText, &f.Keep, &f.Muted, &f.Disabled, &f.Archived, &f.Unread, &f.Total)
	f.Tags = lines(tags)
	f.Checked, f.Succeeded, f.Fetched, f.FailingSince = instant(checked), instant(succeeded), instant(fetched), instant(since)
	f.Next = instant(next)
	f.Every, f.Pace, f.Hints.Every = time.Duration(every)*time.Second, time.Duration(pace)*time.Second, time.Duration(hint)*time.Second
	if f.Title == f.URL {
		f.Title = feed.Shown(f.URL) // a password may be in it
	}
	return f, err
}

// feed reads one feed. The error is ErrNotFound if there is none.
func (t *tx) feed(where string, args ...any) (f Feed, err error) {
	err = ErrNotFound
	if e := t.each(func(rows *sql.Rows) error {
		f, err = scanFeed(rows)
		return err
	}, `SELECT `+feedColumns+` FROM feeds WHERE `+where, args...); e != nil {
		return Feed{}, e
	}
	return f, err
}

// instant is the time of seconds since 1970; zero for 0.
func instant(seconds int64) time.Time {
	if seconds == 0 {
		return time.Time{}
	}
	return time.Unix(seconds, 0).UTC()
}

// seconds is t in seconds since 1970; 0 for the zero time.
func seconds(t time.Time) int64 {
	if t.IsZero() {
		return 0
	}
	return t.Unix()
}
