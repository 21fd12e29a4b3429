package cli

import (
	"context"
	"fmt"
	"time"

	"app/newsterm/feed"
	"app/newsterm/source"
	"app/newsterm/store"
)

// examineFeeds looks at what is in the file: how much, what waits, and the
// feeds that need somebody to look at them.
func (a *app) examineFeeds(ctx context.Context, path string) ([]finding, error) {
	feeds, err := a.db.Health(ctx)
	if err != nil {
		return nil, err
	}
	waiting, err := a.db.Waiting(ctx)
	if err != nil {
		return nil, err
	}
	fetching, until, err := a.db.Fetching(ctx)
	if err != nil {
		return nil, err
	}
	found := []finding{sound(path, feeds), indexed(waiting), a.due(feeds)}
	if fetching > 0 {
		found = append(found, a.reserved(fetching, until))
	}
	return append(found, ailing(feeds)...), nil
}

// reserved tells of feeds that a newsterm is fetching. None takes so long as
// an hour: then the clock was wrong when it began.
func (a *app) reserved(n int, until time.Time) finding {
	if until.After(a.Now().Add(time.Hour)) {
		return finding{"note", "refresh", fmt.Sprintf("%s reserved for a newsterm until %s; was the clock wrong?", are(n, "feed"), clock(until))}
	}
	return finding{"ok", "refresh", are(n, "feed") + " being fetched by another newsterm"}
}

func sound(path string, feeds []store.Health) finding {
	total := 0
	for _, f := range feeds {
		total += f.Total
	}
	return finding{"ok", "articles", fmt.Sprintf("%s: %s, %s", path, count(len(feeds), "feed"), count(total, "article"))}
}

// indexed tells of articles that search does not find yet.
func indexed(waiting int) finding {
	if waiting > 0 {
		return finding{"note", "search", fmt.Sprintf("%s must still be indexed; the screen, or the next search, sees to that", count(waiting, "article"))}
	}
	return finding{"ok", "search", "every article can be found"}
}

// forgotten is for how long a feed may be due before one must think that
// nothing refreshes.
const forgotten = 7 * 24 * time.Hour

// due tells how many feeds wait for a refresh.
func (a *app) due(feeds []store.Health) finding {
	now, due := a.Now(), 0
	var oldest time.Time
	for _, f := range feeds {
		if f.URL == source.HandbookURL || f.Gone || f.Next.After(now) {
			continue
		}
		if due++; oldest.IsZero() || f.Checked.Before(oldest) {
			oldest = f.Checked
		}
	}
	switch {
	case due == 0:
		return finding{"ok", "refresh", "no feed is due"}
	case !oldest.IsZero() && oldest.Before(now.Add(-forgotten)):
		return finding{"note", "refresh", fmt.Sprintf("%s due, one of them not fetched since %s; does a timer run newsterm refresh?",
			are(due, "feed"), clock(oldest))}
	}
	return finding{"ok", "refresh", are(due, "feed") + " due; newsterm refresh fetches what is new"}
}

// are is "1 feed is" or "2 feeds are".
func are(n int, thing string) string {
	if n == 1 {
		return count(n, thing) + " is"
	}
	return count(n, thing) + " are"
}

// ailing are the feeds that fail or are silent, which is news and not a fault
// of ours, and what to do about each.
func ailing(feeds []store.Health) []finding {
	var found []finding
	for _, h := range feeds {
		if h.Advice != "" {
			found = append(found, finding{"note", "feed", fmt.Sprintf("%s: %s  %s", feed.Shown(h.Title), health(h), feed.Shown(h.URL))},
				finding{"", "", "what to do: " + h.Advice})
		}
	}
	if len(found) == 0 {
		return []finding{{"ok", "feeds", "the last fetch of each went well"}}
	}
	return found
}
