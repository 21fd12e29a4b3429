package store

import (
	"context"
	"database/sql"
	"encoding/json"
	"errors"
	"fmt"
	"time"

	"app/newsterm/feed"
)

// ErrTaken reports that a feed cannot move to an address because another feed
// has it.
var ErrTaken = errors.New("another feed has that address")

// claimTime is how long a claim holds if nobody ends it. One of a process
// that was killed on this machine is void at once, so that a refresh can be
// tried again; on another machine nobody can tell.
const claimTime = 10 * time.Minute

// A Claim keeps other processes from fetching some feeds. Feeds that are done
// with are deleted from it.
type Claim struct {
	Feeds map[FeedID]bool
	until int64
}

// Claim claims those of feeds that no other process has claimed, and that
// none has fetched since they were read. A claim for longer than an hour was
// made when the clock was wrong.
func (s *DB) Claim(ctx context.Context, feeds []Feed) (Claim, error) {
	now := s.Now()
	c := Claim{Feeds: map[FeedID]bool{}, until: now.Add(claimTime).Unix()}
	want := make([][2]int64, len(feeds))
	for i, f := range feeds {
		want[i] = [2]int64{int64(f.ID), seconds(f.Checked)}
	}
	list, err := json.Marshal(want)
	if err != nil {
		return Claim{}, err
	}
	err = s.tx(ctx, normal, func(t *tx) error {
		if err := t.voidClaims(now); err != nil {
			return err
		}
		if _, err := t.endMutes(now); err != nil {
			return err
		}
		return t.each(func(rows *sql.Rows) error {
			var id FeedID
			err := rows.Scan(&id)
			c.Feeds[id] = true
			return err
		}, `UPDATE feeds SET claimed_until = ?1, claimed_by = ?4
			FROM (SELECT value ->> 0 AS id, value ->> 1 AS checked FROM json_each(?2)) want
			WHERE feeds.id = want.id AND feeds.checked = want.checked AND (claimed_until <= ?3 OR claimed_until > ?3 + 3600)
			RETURNING feeds.id`, c.until, string(list), now.Unix(), self())
	})
	return c, err
}

// voidClaims ends the claims of processes that were killed.
func (t *tx) voidClaims(now time.Time) error {
	var killed []string
	err := t.each(func(rows *sql.Rows) error {
		var by string
		err := rows.Scan(&by)
		if ended(by) {
			killed = append(killed, by)
		}
		return err
	}, `SELECT DISTINCT claimed_by FROM feeds WHERE claimed_until > ?`, now.Unix())
	for _, by := range killed {
		if err == nil {
			_, err = t.exec(`UPDATE feeds SET claimed_until = 0 WHERE claimed_until > 0 AND claimed_by = ?`, by)
		}
	}
	return err
}

// Extend makes a claim that has less than half of its time left hold as long
// as a new one.
func (s *DB) Extend(ctx context.Context, c Claim) (Claim, error) {
	until := s.Now().Add(claimTime).Unix()
	if until-c.until < int64(claimTime/time.Second)/2 {
		return c, nil
	}
	err := s.claimUntil(ctx, c, until)
	c.until = until
	return c, err
}

// Release ends a claim.
func (s *DB) Release(ctx context.Context, c Claim) error {
	if len(c.Feeds) == 0 {
		return nil
	}
	return s.claimUntil(ctx, c, 0)
}

// claimUntil changes the end of a claim, unless it has run out and the feed is
// claimed by another.
func (s *DB) claimUntil(ctx context.Context, c Claim, until int64) error {
	return s.tx(ctx, normal, func(t *tx) error {
		for id := range c.Feeds {
			if _, err := t.exec(`UPDATE feeds SET claimed_until = ? WHERE id = ? AND claimed_until = ?`, until, id, c.until); err != nil {
				return err
			}
		}
		return nil
	})
}

// settle keeps how the last fetch of f went, and when the next is due: Cache,
// Hints, Pace, MovedTo, Gone, Next, and all about success and failure. A claim on
// it ends. A feed that the reader has given another address since it was read is
// left as it is.
func (t *tx) settle(f Feed) error {
	_, err := t.exec(`
		UPDATE feeds SET
			etag          = ?,
			last_modified = ?,
			body_hash     = ?,
			checked       = ?,
			succeeded     = ?,
			failure       = ?,
			failing_since = ?,
			failures      = ?,
			next          = ?,
			gone          = ?,
			moved_to      = ?,
			hint_every    = ?,
			skip_hours    = ?,
			skip_days     = ?,
			pace          = ?,
			fetched       = ?,
			trouble       = ?,
			claimed_until = 0
		WHERE id = ? AND url = ?`,
		f.Cache.ETag, f.Cache.LastModified, f.Cache.Hash,
		seconds(f.Checked), seconds(f.Succeeded), feed.Line(f.Failure), seconds(f.FailingSince), f.Failures,
		seconds(f.Next), f.Gone, f.MovedTo,
		int64(f.Hints.Every/time.Second), f.Hints.SkipHours, f.Hints.SkipDays, int64(f.Pace/time.Second),
		seconds(f.Fetched), f.Trouble, f.ID, f.URL)
	if err != nil {
		return fmt.Errorf("keep how %s fares: %w", feed.Shown(f.URL), err)
	}
	return nil
}

// Move gives a feed the address where its server says it is now. The error is
// ErrTaken, and names the other feed, if there is one.
func (s *DB) Move(ctx context.Context, f Feed, to string) error {
	return s.tx(ctx, normal, func(t *tx) error {
		if err := t.free(to); err != nil {
			return fmt.Errorf("it has moved to %s, and %w", feed.Shown(to), err)
		}
		n, err := t.exec(`UPDATE feeds SET url = ?, moved_to = '' WHERE id = ? AND url = ?`, to, f.ID, f.URL)
		if err != nil || n == 0 {
			return err
		}
		t.refiled = append(t.refiled, f.ID)
		return t.moved(f.ID, f.URL, to)
	})
}

// longestPark is for how long a host can ask to be left alone: a day, and a
// little for the time that it takes to keep that.
const longestPark = 25 * time.Hour

// Park keeps that a host asked to be left alone until a time, if it has not
// asked for longer.
func (s *DB) Park(ctx context.Context, host string, until time.Time) error {
	return s.tx(ctx, normal, func(t *tx) error {
		now := s.Now()
		if _, err := t.exec(`DELETE FROM hosts WHERE until <= ? OR until > ?`, now.Unix(), now.Add(longestPark).Unix()); err != nil {
			return err
		}
		_, err := t.exec(`INSERT INTO hosts (host, until) VALUES (?, ?)
			ON CONFLICT (host) DO UPDATE SET until = max(until, excluded.until)`, host, until.Unix())
		return err
	})
}

// Parked are the hosts that are to be left alone, and until when. What a clock
// has kept that was wrong does not count.
func (s *DB) Parked(ctx context.Context) (map[string]time.Time, error) {
	hosts, now := map[string]time.Time{}, s.Now()
	err := s.each(ctx, func(rows *sql.Rows) error {
		var host string
		var until int64
		err := rows.Scan(&host, &until)
		hosts[host] = instant(until)
		return err
	}, `SELECT host, until FROM hosts WHERE until > ? AND until <= ?`, now.Unix(), now.Add(longestPark).Unix())
	return hosts, err
}
