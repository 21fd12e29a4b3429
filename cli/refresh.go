package cli

import (
	"context"
	"errors"
	"fmt"
	"io"
	"maps"
	"slices"
	"strings"

	"github.com/charmbracelet/x/ansi"
	"github.com/spf13/cobra"

	"app/newsterm/feed"
	"app/newsterm/source"
	"app/newsterm/store"
)

// refresh fetches feeds.
func (a *app) refresh() *cobra.Command {
	var force, quiet bool
	c := &cobra.Command{
		Use:   "refresh [FEED...]",
		Short: "fetch new articles",
		Long: `Fetch new articles of the feeds that are due, or of these feeds. A feed is due
as often as newsterm edit --every says, else as often as its publisher says or
its articles come, and less and less often while it fails. Servers are asked
only for what has changed, and one that asks to be left alone is. A feed that
fails is told, and the others are fetched all the same; only if all fail is
that a failure.

With --quiet, for cron and timers, only what is new is told: which feeds have
begun to fail, and that there is no network any more.`,
		Example: `  newsterm refresh
  newsterm refresh example
  newsterm refresh --force
  newsterm refresh --quiet`,
		ValidArgsFunction: a.completeFeeds,
		RunE: func(c *cobra.Command, args []string) error {
			ctx := c.Context()
			web, err := a.web(ctx)
			if err != nil {
				return err
			}
			which := source.Which{Force: force}
			for _, ref := range args {
				f, err := a.db.FindFeed(ctx, ref)
				if err != nil {
					return fmt.Errorf("refresh: %w", noFeed(ref, err))
				}
				which.Feeds = append(which.Feeds, f.ID)
			}
			if quiet {
				return a.fetchQuietly(ctx, web, which)
			}
			return a.fetch(ctx, web, which)
		},
	}
	c.Flags().BoolVar(&force, "force", false, "also the feeds that are not due yet, but none that is gone for good")
	c.Flags().BoolVarP(&quiet, "quiet", "q", false, "tell only which feeds have begun to fail")
	return c
}

// fetched is what came of a refresh.
type fetched struct {
	tried, failed, added, from int
	left                       map[string][]string // titles of feeds that were not asked, by why
}

// unasked is how many feeds were left alone.
func (f fetched) unasked() (n int) {
	for _, feeds := range f.left {
		n += len(feeds)
	}
	return n
}

// fetch runs a refresh and says how it went.
func (a *app) fetch(ctx context.Context, web *source.Web, which source.Which) error {
	ctx, cancel := context.WithCancel(ctx)
	defer cancel()
	bar := a.bar()
	sum := fetched{left: map[string][]string{}}
	var broken error
	for p := range web.Refresh(ctx, which) {
		switch {
		case p.Err != nil && p.Feed == "":
			broken = p.Err
		case p.Left != "":
			sum.left[p.Left] = append(sum.left[p.Left], p.Feed)
		case p.Err != nil:
			sum.failed++
			bar.clear()
			a.tell(fmt.Errorf("refresh %s: %w", feed.Shown(p.URL), p.Err))
		case p.Added > 0:
			sum.added += p.Added
			sum.from++
		}
		sum.tried = p.Total
		bar.draw(p)
	}
	bar.clear()
	if err := errors.Join(broken, ctx.Err()); err != nil {
		return err
	}
	for _, why := range slices.Sorted(maps.Keys(sum.left)) {
		a.tell(fmt.Errorf("refresh: %s left alone: %s", whom(sum.left[why]), why))
	}
	return a.sumUp(ctx, sum)
}

// sumUp prints one line about a refresh.
func (a *app) sumUp(ctx context.Context, sum fetched) error {
	words := count(sum.added, "new article")
	if sum.from > 0 {
		words += " from " + count(sum.from, "feed")
	}
	if sum.failed > 0 {
		words += ", " + count(sum.failed, "feed") + " failed"
	}
	if n := sum.unasked(); n > 0 {
		words += fmt.Sprintf(", %d left alone", n)
	}
	if sum.tried == 0 {
		var err error
		if words, err = a.nothingToAsk(ctx); err != nil {
			return err
		}
	}
	if _, err := fmt.Fprintln(a.Out, words); err != nil {
		return err
	}
	if asked := sum.tried - sum.unasked(); asked > 0 && sum.failed == asked {
		return errTold
	}
	return nil
}

// fetchQuietly runs a refresh and tells of feeds that did not fail before, and
// of a network that was there before. It is a failure if there is that to
// tell and nothing came from any feed.
func (a *app) fetchQuietly(ctx context.Context, web *source.Web, which source.Which) error {
	ctx, cancel := context.WithCancel(ctx)
	defer cancel()
	feeds, err := a.db.Feeds(ctx)
	if err != nil {
		return err
	}
	before := map[string]bool{}
	wasOffline := false
	for _, f := range feeds {
		before[f.URL] = f.Failure != ""
		wasOffline = wasOffline || f.Trouble.NoNetwork()
	}
	well, told, waiting := 0, 0, 0
	var broken error
	for p := range web.Refresh(ctx, which) {
		switch {
		case p.Feed == "":
			broken = p.Err
		case p.Left != "", before[p.URL] && p.Err != nil:
		case p.Err == nil:
			well++
		case feed.TroubleOf(p.Err).NoNetwork():
			waiting++
		default:
			told++
			a.tell(fmt.Errorf("refresh %s: %w", feed.Shown(p.URL), p.Err))
		}
	}
	if err := errors.Join(broken, ctx.Err()); err != nil {
		return err
	}
	if waiting > 0 && !wasOffline {
		told++
		a.tell(fmt.Errorf("refresh: there is no network, and %s could not be fetched", count(waiting, "feed")))
	}
	if told > 0 && well == 0 {
		return errTold
	}
	return nil
}

// nothingToAsk says why a refresh asked for no feed.
func (a *app) nothingToAsk(ctx context.Context) (string, error) {
	feeds, err := a.db.Feeds(ctx)
	if err != nil {
		return "", err
	}
	if len(feeds) == 0 || len(feeds) == 1 && feeds[0].URL == source.HandbookURL {
		return "you follow no feeds yet; newsterm add and an address follows one, newsterm add --shelf lists some", nil
	}
	if others, _, err := a.db.Fetching(ctx); err != nil || others > 0 {
		return "nothing to do: another newsterm is refreshing " + count(others, "feed"), err
	}
	return "no feed is due yet; --force asks them all the same", nil
}

// whom names one feed, and counts more.
func whom(titles []string) string {
	if len(titles) == 1 {
		return titles[0]
	}
	return count(len(titles), "feed")
}

// noFeed says that no feed has that name, if that is what err says.
func noFeed(ref string, err error) error {
	if errors.Is(err, store.ErrNotFound) {
		return fmt.Errorf("no feed is called %q; newsterm feeds lists them", ref)
	}
	return err
}

// A bar shows on a terminal how far a refresh is.
type bar struct {
	w     io.Writer // nil if there is no terminal
	width int
	shown bool
}

func (a *app) bar() *bar {
	if _, tty := terminal(a.Err); !tty || a.Getenv("TERM") == "dumb" {
		return &bar{}
	}
	width, _ := size(a.Err)
	return &bar{w: a.Err, width: width}
}

// draw shows a step: "████░░░░ 12/30 The Example".
func (b *bar) draw(p source.Progress) {
	if b.w == nil || p.Total == 0 {
		return
	}
	const cells = 20
	full := cells * p.Done / p.Total
	line := fmt.Sprintf("%s%s %d/%d %s", strings.Repeat("█", full), strings.Repeat("░", cells-full), p.Done, p.Total, feed.Line(p.Feed))
	fmt.Fprintf(b.w, "\r%s\x1b[K", ansi.Truncate(line, b.width-1, "…"))
	b.shown = true
}

// clear takes the bar away.
func (b *bar) clear() {
	if b.shown {
		fmt.Fprint(b.w, "\r\x1b[K")
		b.shown = false
	}
}
