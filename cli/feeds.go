package cli

import (
	"bufio"
	"context"
	"slices"
	"strconv"
	"strings"
	"time"

	"github.com/spf13/cobra"

	"app/newsterm/feed"
	"app/newsterm/store"
)

// A subscription is a feed as JSON has it. What is not known is left out.
type subscription struct {
	Folder       string       `json:"folder,omitempty"`
	Tags         []string     `json:"tags,omitempty"`
	Title        string       `json:"title"`
	Unread       int          `json:"unread"`
	Total        int          `json:"total"`
	Health       string       `json:"health"` // ok, muted, silent, failing, gone, disabled or left
	LastSuccess  time.Time    `json:"last_success,omitzero"`
	Failure      string       `json:"failure,omitempty"`
	FailingSince time.Time    `json:"failing_since,omitzero"`
	NextTry      time.Time    `json:"next_try,omitzero"`
	Advice       string       `json:"advice,omitempty"`
	Trouble      feed.Trouble `json:"trouble,omitempty"` // the kind of failure
	Silent       bool         `json:"silent"`
	Muted        bool         `json:"muted"`
	Disabled     bool         `json:"disabled"`
	Keep         int          `json:"keep,omitempty"`  // most articles that are kept; left out for all
	Newest       time.Time    `json:"newest,omitzero"` // date of its newest article
	URL          string       `json:"url"`
	Site         string       `json:"site,omitempty"`
}

// feeds lists the feeds that are followed.
func (a *app) feeds() *cobra.Command {
	var f format
	var failing, left bool
	c := &cobra.Command{
		Use:   "feeds",
		Short: "list the feeds you follow, and how they are",
		Long: `List the feeds you follow: folder, title, unread articles, all articles, last
success, health, address, and tags if it has some. On a terminal it is a table
with the tags beside the folder, and no more columns than there is room for. In
a pipe there are tabs between, and with --json each line is an object.

The health of a feed is "ok"; "muted", if its articles are listed only when
asked for; "disabled", if it is not fetched; "silent since" a day, if nothing
new has come for a year; "failing:" and "gone:" with the reason, since when,
and when it is tried next. newsterm doctor says what to do.`,
		Example: `  newsterm feeds
  newsterm feeds --failing
  newsterm feeds --json | jq -r 'select(.silent) | .title'`,
		Args: none,
		RunE: func(c *cobra.Command, _ []string) error {
			if failing && left {
				return wrongly("--failing or --left, not both")
			}
			name, err := a.listFormat(f)
			if err != nil {
				return err
			}
			list, err := a.listed(c.Context(), failing, left)
			if err != nil {
				return err
			}
			return a.printFeeds(list, name)
		},
	}
	f.addTo(c, "table", "tsv", "json")
	c.Flags().BoolVar(&failing, "failing", false, "only those that fail or are gone")
	c.Flags().BoolVar(&left, "left", false, "those you have left, which newsterm add brings back")
	return c
}

// listed is what feeds lists: the feeds that are followed, or those of them
// that fail, or those that were left.
func (a *app) listed(ctx context.Context, failing, left bool) ([]store.Health, error) {
	db, err := a.library(ctx)
	if err != nil {
		return nil, err
	}
	if left {
		return db.HealthLeft(ctx)
	}
	list, err := db.Health(ctx)
	if failing {
		list = slices.DeleteFunc(list, func(h store.Health) bool { return !h.Bad() })
	}
	return list, err
}

func (a *app) printFeeds(list []store.Health, name string) error {
	if name == "json" {
		w := bufio.NewWriter(a.Out)
		lines := jsonLines(w)
		for _, h := range list {
			if err := lines.Encode(subscribed(h)); err != nil {
				return err
			}
		}
		return w.Flush()
	}
	const folder, tags, total, success, state, address = 0, 1, 4, 5, 6, 7
	t := a.table(name == "tsv", column{most: 20}, column{most: 20}, column{most: 32, main: true}, column{most: 7, right: true}, column{most: 7, right: true},
		column{most: len(minutes), short: dayOnly}, column{most: 48, short: stateOnly}, column{}).
		yielding(yield{success, shortly}, yield{tags, 8}, yield{state, 24}, yield{address, away}, yield{tags, away}, yield{state, shortly},
			yield{success, away}, yield{folder, 8}, yield{total, away}, yield{folder, away}, yield{state, away})
	for _, h := range list {
		cells := []string{h.Folder, feed.Shown(h.Title), strconv.Itoa(h.Unread), strconv.Itoa(h.Total), clock(h.Succeeded), health(h), feed.Shown(h.URL)}
		tags := strings.Join(h.Tags, ", ")
		switch {
		case name == "table":
			cells = slices.Insert(cells, 1, tags)
		case tags != "": // last, where no script has counted on another column
			cells = append(cells, tags)
		}
		if err := t.row(cells...); err != nil {
			return err
		}
	}
	return t.close()
}

func subscribed(h store.Health) subscription {
	return subscription{
		Folder:       h.Folder,
		Tags:         h.Tags,
		Title:        feed.Shown(h.Title),
		Unread:       h.Unread,
		Total:        h.Total,
		Health:       h.State.String(),
		LastSuccess:  h.Succeeded,
		Trouble:      h.Trouble,
		Failure:      h.Why,
		FailingSince: h.FailingSince,
		NextTry:      h.Next,
		Advice:       h.Advice,
		Silent:       h.State == store.Silent,
		Muted:        h.Muted,
		Disabled:     h.Disabled,
		Keep:         h.Keep,
		Newest:       h.Newest,
		URL:          feed.Shown(h.URL),
		Site:         h.Site,
	}
}

// health is "ok", or how a feed is and since when; "disabled" whatever it was.
func health(h store.Health) string {
	if h.Disabled {
		return "disabled"
	}
	words := h.State.String()
	switch h.State {
	case store.Silent:
		words += " since " + h.Newest.Local().Format(time.DateOnly)
	case store.Failing, store.Gone:
		words += ": " + h.Why + ", since " + clock(h.FailingSince)
		if next := nextTry(h.Feed); next != "" {
			words += ", next try " + next
		}
	}
	return words
}

// stateOnly is what health says without the reason and the days.
func stateOnly(health string) string {
	state, _, _ := strings.Cut(health, ":")
	state, _, _ = strings.Cut(state, " since ")
	return state
}

// nextTry is when a feed is fetched next, as far as that is known.
func nextTry(f store.Feed) string {
	if f.Disabled {
		return "only when enabled: newsterm edit and its name, --enable"
	}
	if f.Gone {
		return "only when asked for: newsterm refresh and its name"
	}
	return clock(f.Next)
}
