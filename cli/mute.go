package cli

import (
	"context"
	"errors"
	"fmt"
	"slices"
	"strconv"
	"strings"
	"time"

	"github.com/spf13/cobra"

	"app/newsterm/feed"
	"app/newsterm/source"
	"app/newsterm/store"
)

// mute hides articles by rules, and prints these.
func (a *app) mute() *cobra.Command {
	var f format
	var remove bool
	var long string
	c := &cobra.Command{
		Use:   "mute [QUERY...]",
		Short: "hide the articles that a query chooses, and list such rules",
		Long: `Hide the articles that QUERY chooses, those that are there and those that will
come. They are in no list and in no count, unless a query has is:muted, or
is:starred for those that are starred; nothing is deleted, and with --remove
they come back. Marks, an order and numbers of feeds cannot stand in QUERY, and
a time such as before:30d is counted from when an article arrives.

Without a query, the rules are listed: the query, until when, and how many
articles it hides now. On a terminal that is a table, in a pipe there are tabs
between, and with --json each line is an object.

One feed as a whole is muted by newsterm edit FEED --mute.`,
		Example: `  newsterm mute title:rocket
  newsterm mute 'feed:example (author:"ann lee" OR live)' --for 30d
  newsterm mute
  newsterm list is:muted
  newsterm mute --remove title:rocket`,
		ValidArgsFunction: func(c *cobra.Command, args []string, typed string) ([]string, cobra.ShellCompDirective) {
			if remove {
				return a.completeMutes(c)
			}
			return a.completeQuery(c, args, typed)
		},
		RunE: func(c *cobra.Command, args []string) error {
			ctx, query := c.Context(), strings.Join(args, " ")
			switch {
			case len(args) > 0 && (f.json || f.name != ""):
				return wrongly("--format and --json are for the list: newsterm mute, without a query")
			case remove && len(args) == 0:
				return wrongly("--remove needs a query: newsterm mute --remove QUERY")
			case long != "" && (remove || len(args) == 0):
				return wrongly("--for is for a new rule: newsterm mute QUERY --for %s", feed.Line(long))
			case remove:
				return a.unmute(ctx, query)
			case len(args) == 0:
				return a.listMutes(ctx, f)
			}
			return a.muteQuery(ctx, query, long)
		},
	}
	f.addTo(c, "table", "tsv", "json")
	c.Flags().StringVar(&long, "for", "", "for so `LONG`, as in 12h, 30d, 2w, 6m or 1y, or until a date; else for ever")
	c.Flags().BoolVar(&remove, "remove", false, "drop the rule with that query")
	return c
}

// A muteRule is a store.Mute as JSON has it.
type muteRule struct {
	Query    string    `json:"query"`
	Until    time.Time `json:"until,omitzero"`
	Articles int       `json:"articles,omitempty"`
}

// listMutes prints the rules.
func (a *app) listMutes(ctx context.Context, f format) error {
	name, err := a.listFormat(f)
	if err != nil {
		return err
	}
	db, err := a.library(ctx)
	if err != nil {
		return err
	}
	list, err := db.Mutes(ctx)
	if err != nil {
		return err
	}
	lines := jsonLines(a.Out)
	t := a.table(name == "tsv", column{main: true}, column{most: len(minutes)}, column{most: 8, right: true})
	for _, m := range list {
		if name == "json" {
			err = lines.Encode(muteRule{m.Query, m.Until.UTC(), m.Articles})
		} else {
			err = t.row(m.Query, clock(m.Until), strconv.Itoa(m.Articles))
		}
		if err != nil {
			return err
		}
	}
	return t.close()
}

// muteQuery makes a rule, and says how many articles it hides.
func (a *app) muteQuery(ctx context.Context, query, long string) error {
	q, err := store.ParseMute(query)
	if err != nil {
		return err
	}
	until, err := store.MuteUntil(long, a.Now())
	if err != nil {
		return wrongly("--for is %w", err)
	}
	_, db, err := a.query(ctx, query)
	if err != nil {
		return err
	}
	n, err := db.Mute(ctx, query, until)
	if err != nil {
		return err
	}
	end := ""
	if !until.IsZero() {
		end = " until " + clock(until)
	}
	_, err = fmt.Fprintf(a.Out, "muted %s%s: %s hidden\n", q, end, count(n, "article"))
	return err
}

// unmute drops a rule, and says how many articles came back.
func (a *app) unmute(ctx context.Context, query string) error {
	db, err := a.library(ctx)
	if err != nil {
		return err
	}
	n, err := db.Unmute(ctx, query)
	if errors.Is(err, store.ErrNotFound) {
		return fmt.Errorf("no mute has the query %q; newsterm mute lists them", feed.Line(query))
	}
	if err != nil {
		return err
	}
	verb := "are"
	if n == 1 {
		verb = "is"
	}
	_, err = fmt.Fprintf(a.Out, "removed %s: %s %s listed again\n", feed.Line(query), count(n, "article"), verb)
	return err
}

// exportMutes writes the rules.
func exportMutes(ctx context.Context, db *store.DB, lines *recordWriter) error {
	list, err := db.Mutes(ctx)
	if err != nil {
		return err
	}
	for _, m := range list {
		if err := lines.write(record{Mute: &muteRule{Query: m.Query, Until: m.Until.UTC()}}); err != nil {
			return err
		}
	}
	return nil
}

// keepMute makes a rule that comes in a file, and reports that it was not there.
// One whose time is over is none. The error is a badRecord if it cannot be read.
func keepMute(ctx context.Context, db *store.DB, m muteRule, dry bool) (added bool, err error) {
	q, err := store.ParseMute(feed.Line(m.Query))
	if bad, unreadable := errors.AsType[*store.QueryError](err); unreadable {
		return false, badRecord("its query cannot be a mute: " + bad.Why)
	}
	if err != nil || !m.Until.IsZero() && !m.Until.After(db.Now()) {
		return false, err
	}
	list, err := db.Mutes(ctx)
	there := slices.ContainsFunc(list, func(had store.Mute) bool { return had.Query == q.String() })
	if err != nil || there || dry {
		return !there, err
	}
	_, err = db.Mute(ctx, m.Query, m.Until)
	return err == nil, err
}

// takeIgnored makes rules of what newsboat ignores, and tells of which it cannot.
func (a *app) takeIgnored(ctx context.Context, list []source.SavedQuery, dry bool) error {
	for _, r := range list {
		db, err := a.library(ctx)
		if err != nil {
			return err
		}
		added, err := keepIgnored(ctx, db, r, dry)
		switch {
		case errors.As(err, new(badRecord)):
			a.tell(fmt.Errorf("config line %d: %s is left out: %w", r.Line, r.Name, err))
		case err != nil:
			return err
		case added:
			if _, err := fmt.Fprintf(a.Out, "mute %s: %s\n", would(dry, "added"), r.Query); err != nil {
				return err
			}
		}
	}
	return nil
}

// keepIgnored is keepMute for what newsboat ignores.
func keepIgnored(ctx context.Context, db *store.DB, r source.SavedQuery, dry bool) (added bool, err error) {
	if r.Why != "" {
		return false, badRecord(r.Why)
	}
	return keepMute(ctx, db, muteRule{Query: r.Query}, dry)
}

// completeMutes offers the rules to the shell.
func (a *app) completeMutes(c *cobra.Command) (queries []string, _ cobra.ShellCompDirective) {
	if a.known(c); a.db == nil {
		return nil, cobra.ShellCompDirectiveNoFileComp
	}
	list, _ := a.db.Mutes(c.Context()) // nothing can be offered then
	for _, m := range list {
		if plainWords(m.Query) {
			queries = append(queries, m.Query)
		}
	}
	return queries, cobra.ShellCompDirectiveNoFileComp
}
