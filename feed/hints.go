package feed

import (
	"net/http"
	"strconv"
	"strings"
	"time"
)

// longestHint is more than anybody waits, and little enough to be counted in.
const longestHint = 366 * 24 * time.Hour

// updatePeriods are the periods of the syndication module of RSS 1.0.
var updatePeriods = map[string]time.Duration{
	"hourly":  time.Hour,
	"daily":   24 * time.Hour,
	"weekly":  7 * 24 * time.Hour,
	"monthly": 30 * 24 * time.Hour,
	"yearly":  365 * 24 * time.Hour,
}

// updates is how often the syndication module says that a feed changes; zero
// if it does not say.
func (e extensions) updates() time.Duration {
	period := updatePeriods[strings.ToLower(strings.TrimSpace(e.text("sy", "updatePeriod")))]
	times, err := strconv.ParseUint(strings.TrimSpace(e.text("sy", "updateFrequency")), 10, 16)
	if err != nil || times == 0 {
		times = 1
	}
	return period / time.Duration(times)
}

// rssHints reads what RSS has to say about when to ask: minutes, hours of the
// day, and names of days.
func rssHints(ttl string, hours, days []string, e extensions) Hints {
	h := Hints{Every: max(counted(ttl, time.Minute), e.updates())}
	for _, s := range hours {
		if n, err := strconv.ParseUint(strings.TrimSpace(s), 10, 8); err == nil && n <= 24 {
			h.SkipHours |= 1 << (n % 24)
		}
	}
	for _, s := range days {
		for d := time.Sunday; d <= time.Saturday; d++ {
			if strings.EqualFold(strings.TrimSpace(s), d.String()) {
				h.SkipDays |= 1 << d
			}
		}
	}
	return h
}

// counted is a number of units; zero if it is none.
func counted(number string, unit time.Duration) time.Duration {
	n, err := strconv.ParseUint(strings.TrimSpace(number), 10, 32)
	if err != nil {
		return 0
	}
	return min(time.Duration(n), longestHint/unit) * unit
}

// fresh is how long a server says that its answer holds; zero if it does not.
// Cache-Control goes before Expires (RFC 9111, section 5.3).
func fresh(h http.Header) time.Duration {
	for _, directive := range strings.Split(strings.Join(h.Values("Cache-Control"), ","), ",") {
		name, value, _ := strings.Cut(strings.TrimSpace(directive), "=")
		switch strings.ToLower(name) {
		case "max-age":
			return counted(strings.Trim(value, `"`), time.Second)
		case "no-cache", "no-store":
			return 0
		}
	}
	expires, err := http.ParseTime(h.Get("Expires"))
	if err != nil {
		return 0
	}
	now, err := http.ParseTime(h.Get("Date"))
	if err != nil {
		now = time.Now()
	}
	return min(max(expires.Sub(now), 0), longestHint)
}

// Skips reports whether t is in an hour or on a day at which the feed never
// changes. Hints that leave no hour at all are not believed.
func (h Hints) Skips(t time.Time) bool {
	const allHours, allDays = 1<<24 - 1, 1<<7 - 1
	t = t.UTC()
	return h.SkipHours != allHours && h.SkipHours>>t.Hour()&1 == 1 ||
		h.SkipDays != allDays && h.SkipDays>>t.Weekday()&1 == 1
}
