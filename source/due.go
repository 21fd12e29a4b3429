package source

import (
	"cmp"
	"errors"
	"fmt"
	"hash/fnv"
	"io"
	"net/http"
	"slices"
	"time"

	"app/newsterm/feed"
	"app/newsterm/store"
)

const (
	usual      = 30 * time.Minute // between fetches of a feed that says nothing
	soonest    = 15 * time.Minute // and of those that say something; also the first wait after a failure
	latest     = 24 * time.Hour
	slowest    = 6 * time.Hour // for a feed that rarely has news
	recent     = 10            // articles that tell the pace of a feed
	unchanged  = 7 * 24 * time.Hour
	nearEnough = time.Minute // so that a job of every hour does not miss a feed by a second
)

// due reports whether it is time to ask for f. A date of the last fetch that
// is yet to come is one of a clock that was wrong.
func due(f store.Feed, now time.Time) bool {
	if f.Checked.After(now.Add(nearEnough)) {
		return true
	}
	return !f.Next.After(now.Add(nearEnough)) && (f.Every > 0 || f.Checked.IsZero() || !f.Hints.Skips(now))
}

// stuck reports whether f has been "not modified" for so long that it is better
// asked for without validators once: some servers never say anything else.
func stuck(f store.Feed) bool {
	return f.Succeeded.Sub(f.Fetched) >= unchanged
}

// fared is the feed of r after its fetch: how that went, and when the next
// one is due.
func (w *Web) fared(r result, now time.Time) store.Feed {
	f := r.feed
	if r.left != "" {
		f.Next = r.until
		return f
	}
	f.Checked = now
	if r.err == nil || errors.Is(r.err, feed.ErrNotModified) {
		return w.succeeded(f, r, now)
	}
	f.Failures++
	f.Failure, f.Trouble = r.err.Error(), feed.TroubleOf(r.err)
	if f.FailingSince.IsZero() {
		f.FailingSince = now
	}
	var status *feed.StatusError
	if errors.As(r.err, &status) && status.Code == http.StatusGone {
		f.Gone, f.Next = true, time.Time{}
		f.Failure += ": it is gone for good, and left alone until you refresh it by name"
		return f
	}
	f.Next = now.Add(w.backOff(f, r.err))
	if r.until.After(f.Next) {
		f.Next = r.until
	}
	return f
}

// succeeded is fared for a good fetch.
func (w *Web) succeeded(f store.Feed, r result, now time.Time) store.Feed {
	f.Cache, f.Succeeded = r.doc.Cache, now
	f.Failure, f.Trouble, f.FailingSince, f.Failures, f.Gone = "", "", time.Time{}, 0, false
	if r.err == nil || r.whole {
		f.Fetched = now
	}
	switch {
	case r.err == nil:
		f.Hints, f.Pace = r.doc.Hints, pace(r.doc.Items, now)
	case r.feed.Checked.Before(now) && !r.feed.Checked.IsZero():
		f.Pace += now.Sub(r.feed.Checked) / recent
	}
	f.Next = now.Add(w.interval(f, r.doc.Fresh))
	if f.Every == 0 {
		f.Next = w.unskipped(f)
	}
	return f
}

// interval is how long to leave a feed alone after a good fetch: as long as
// its reader says, else as its publisher does, or a while, and longer if it
// rarely has news. Fresh is how long its server says that the answer holds.
// What the reader says is never made longer.
func (w *Web) interval(f store.Feed, fresh time.Duration) time.Duration {
	if f.Every > 0 {
		return f.Every - part(f.Every, max(w.jitter(f), -w.jitter(f)))
	}
	wait := cmp.Or(w.Every, usual)
	if said := max(fresh, f.Hints.Every); said > 0 {
		wait = min(max(said, soonest), latest)
	}
	wait = max(wait, min(f.Pace, slowest))
	return wait + part(wait, w.jitter(f))
}

// backOff is how long to leave a feed alone after failures: twice as long
// after each, up to a day. When it is this machine that is not online, the
// feed does not suffer for it.
func (w *Web) backOff(f store.Feed, err error) time.Duration {
	wait := latest
	if doublings := max(f.Failures-1, 0); feed.TroubleOf(err).NoNetwork() {
		wait = soonest
	} else if doublings < 7 {
		wait = soonest << doublings
	}
	return min(wait+part(wait, w.jitter(f)), latest)
}

// unskipped is when f is due, moved out of the hours and days at which it
// never changes.
func (w *Web) unskipped(f store.Feed) time.Time {
	next := f.Next
	for hours := 0; f.Hints.Skips(next) && hours < 7*24; hours++ {
		next = next.Truncate(time.Hour).Add(time.Hour)
	}
	if next != f.Next { // not all of them as the clock strikes
		next = next.Add(part(time.Hour, max(w.jitter(f), -w.jitter(f))))
	}
	return next
}

// part is up to a tenth of d: as much of it as jitter says, from -1 to 1.
func part(d time.Duration, jitter float64) time.Duration {
	return time.Duration(float64(d) / 10 * jitter)
}

// jitter is a number from -1 to 1 that keeps feeds from being due all at once.
func (w *Web) jitter(f store.Feed) float64 {
	if w.Jitter != nil {
		return w.Jitter(f)
	}
	h := fnv.New64a()
	io.WriteString(h, f.URL)
	return float64(h.Sum64()%2001)/1000 - 1
}

// pace is the time between the last articles, on average, the time since the
// newest included; zero if they have no dates.
func pace(items []feed.Item, now time.Time) time.Duration {
	var dates []time.Time
	for _, it := range items {
		if !it.Published.IsZero() && it.Published.Before(now) {
			dates = append(dates, it.Published)
		}
	}
	if len(dates) == 0 {
		return 0
	}
	slices.SortFunc(dates, func(a, b time.Time) int { return b.Compare(a) })
	n := min(recent, len(dates))
	return now.Sub(dates[n-1]) / time.Duration(n)
}

// quietUntil is until when the host that gave this error wants to be left
// alone; zero if it does not say that.
func quietUntil(err error, now time.Time) time.Time {
	var status *feed.StatusError
	switch {
	case !errors.As(err, &status):
	case status.Code == http.StatusTooManyRequests:
		return now.Add(cmp.Or(status.RetryAfter, soonest))
	case status.Code == http.StatusServiceUnavailable && status.RetryAfter > 0:
		return now.Add(status.RetryAfter)
	}
	return time.Time{}
}

// quiet says that a host wants to be left alone.
func quiet(host string, until time.Time) string {
	return fmt.Sprintf("%s asks to be left alone until %s", feed.Line(host), until.Local().Format("2006-01-02 15:04"))
}
