package cli

import (
	"context"
	"fmt"
	"io"
	"maps"
	"slices"
	"strings"
	"time"

	"app/newsterm/feed"
	"app/newsterm/source"
	"app/newsterm/store"
)

// examineFeeds looks at what is in the file: how much, what waits, and how
// many feeds need somebody to look at them.
func (a *app) examineFeeds(ctx context.Context, path string) ([]finding, []store.Health, error) {
	feeds, err := a.db.Health(ctx)
	if err != nil {
		return nil, nil, err
	}
	waiting, err := a.db.Waiting(ctx)
	if err != nil {
		return nil, nil, err
	}
	fetching, until, err := a.db.Fetching(ctx)
	if err != nil {
		return nil, nil, err
	}
	parked, err := a.db.Parked(ctx)
	if err != nil {
		return nil, nil, err
	}
	found := []finding{sound(path, feeds), indexed(waiting), a.due(feeds)}
	if fetching > 0 {
		found = append(found, a.reserved(fetching, until))
	}
	if len(parked) > 0 {
		found = append(found, quiet(parked))
	}
	return append(found, summary(feeds)), feeds, nil
}

// reserved tells of feeds that a newsterm is fetching. None takes so long as
// an hour: then the clock was wrong when it began.
func (a *app) reserved(n int, until time.Time) finding {
	if until.After(a.Now().Add(time.Hour)) {
		return finding{"note", "refresh", fmt.Sprintf("%s reserved for a newsterm until %s; was the clock wrong?", are(n, "feed"), clock(until))}
	}
	return finding{"ok", "refresh", are(n, "feed") + " being fetched by another newsterm"}
}

// quiet tells of hosts that asked to be left alone.
func quiet(parked map[string]time.Time) finding {
	const most = 3
	var named []string
	for _, host := range slices.Sorted(maps.Keys(parked)) {
		named = append(named, fmt.Sprintf("%s until %s", feed.Line(host), clock(parked[host])))
	}
	if n := len(named) - most; n > 0 {
		named = append(named[:most], fmt.Sprintf("and %d more", n))
	}
	return finding{"ok", "refresh", "left alone, because they ask for it: " + strings.Join(named, ", ")}
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

// due tells how many feeds wait for a refresh, and how many of them for their
// first.
func (a *app) due(feeds []store.Health) finding {
	now, due, first := a.Now(), 0, 0
	var oldest time.Time
	for _, f := range feeds {
		if f.URL == source.HandbookURL || f.Gone || f.Disabled || f.Next.After(now) {
			continue
		}
		due++
		switch {
		case f.Checked.IsZero():
			first++
		case oldest.IsZero() || f.Checked.Before(oldest):
			oldest = f.Checked
		}
	}
	words := are(due, "feed") + " due"
	if first > 0 {
		words += fmt.Sprintf(", %d of them for the first time", first)
	}
	switch {
	case due == 0:
		return finding{"ok", "refresh", "no feed is due"}
	case !oldest.IsZero() && oldest.Before(now.Add(-forgotten)):
		return finding{"note", "refresh", fmt.Sprintf("%s, one not fetched since %s; does a timer run newsterm refresh?", words, clock(oldest))}
	}
	return finding{"ok", "refresh", words + "; newsterm refresh fetches what is new"}
}

// are is "1 feed is" or "2 feeds are".
func are(n int, thing string) string {
	if n == 1 {
		return count(n, thing) + " is"
	}
	return count(n, thing) + " are"
}

// summary counts the feeds that need somebody to look at them, which is news
// and not a fault of ours.
func summary(feeds []store.Health) finding {
	followed := slices.ContainsFunc(feeds, func(h store.Health) bool { return h.URL != source.HandbookURL })
	var words []string
	for _, s := range []store.State{store.Failing, store.Gone, store.Silent, store.Disabled} {
		n := 0
		for _, h := range feeds {
			if h.State == s {
				n++
			}
		}
		if n > 0 {
			words = append(words, fmt.Sprintf("%d %s", n, s))
		}
	}
	switch {
	case !followed:
		return finding{"ok", "feeds", "you follow none yet; newsterm add ADDRESS follows one"}
	case len(words) == 0:
		return finding{"ok", "feeds", "the last fetch of each went well"}
	}
	return finding{"note", "feeds", fmt.Sprintf("%s, of %d; more below", strings.Join(words, ", "), len(feeds))}
}

// namedAlike is how many feeds are named of those that have the same trouble.
const namedAlike = 8

// printAiling names the feeds that need somebody to look at them, those alike
// together, and what to do.
func (a *app) printAiling(feeds []store.Health) error {
	var b strings.Builder
	for _, group := range store.Ailing(feeds) {
		fmt.Fprintf(&b, "\n%s: %s\n", count(len(group), "feed"), group[0].Kind)
		named := group[:min(len(group), namedAlike)]
		for i, h := range named {
			fmt.Fprintf(&b, "  %s\n", ailment(h))
			if i+1 == len(named) || named[i+1].Advice != h.Advice {
				fmt.Fprintf(&b, "    what to do: %s\n", feed.Line(h.Advice))
			}
		}
		if more := len(group) - len(named); more > 0 {
			fmt.Fprintf(&b, "  and %d more; newsterm feeds lists them\n", more)
		}
	}
	_, err := io.WriteString(a.Out, b.String())
	return err
}

// ailment is a feed and what is the matter with it, as far as neither its
// group nor the advice tells.
func ailment(h store.Health) string {
	words, shown := feed.Shown(h.Title), feed.Shown(h.URL)
	told := strings.Contains(h.Advice, h.URL)
	if own := h.Own(); own != "" && !told {
		words += ": " + own
	}
	switch h.State {
	case store.Failing, store.Gone:
		words += ", since " + clock(h.FailingSince)
	case store.Silent:
		words += ", since " + h.Newest.Local().Format(time.DateOnly)
	}
	words = feed.Line(words)
	if shown != h.Title && !told {
		words += "  " + shown
	}
	return words
}
