package cli

import (
	"bufio"
	"fmt"
	"strconv"
	"time"

	"github.com/spf13/cobra"

	"app/newsterm/feed"
	"app/newsterm/store"
)

// A subscription is a feed as JSON has it. What is not known is left out.
type subscription struct {
	Folder       string    `json:"folder,omitempty"`
	Title        string    `json:"title"`
	Unread       int       `json:"unread"`
	Total        int       `json:"total"`
	LastSuccess  time.Time `json:"last_success,omitzero"`
	Failure      string    `json:"failure,omitempty"`
	FailingSince time.Time `json:"failing_since,omitzero"`
	URL          string    `json:"url"`
	Site         string    `json:"site,omitempty"`
}

// feeds lists the feeds that are followed.
func (a *app) feeds() *cobra.Command {
	var f format
	c := &cobra.Command{
		Use:   "feeds",
		Short: "list the feeds you follow, and how they are",
		Long: `List the feeds you follow: folder, title, unread articles, all articles, last
success, health, address. The health of a feed is "ok", or why it fails and
since when. On a terminal it is a table, in a pipe there are tabs between, and
with --json each line is an object.`,
		Example: `  newsterm feeds
  newsterm feeds | awk -F'\t' '$6 != "ok"'`,
		Args: none,
		RunE: func(c *cobra.Command, _ []string) error {
			otherwise := "tsv"
			if _, tty := terminal(a.Out); tty {
				otherwise = "table"
			}
			name, err := f.choose(otherwise, "table", "tsv", "json")
			if err != nil {
				return err
			}
			db, err := a.library(c.Context())
			if err != nil {
				return err
			}
			list, err := db.Feeds(c.Context())
			if err != nil {
				return err
			}
			return a.printFeeds(list, name)
		},
	}
	f.addTo(c, "table", "tsv", "json")
	return c
}

func (a *app) printFeeds(list []store.Feed, name string) error {
	if name == "json" {
		w := bufio.NewWriter(a.Out)
		lines := jsonLines(w)
		for _, f := range list {
			err := lines.Encode(subscription{f.Folder, f.Title, f.Unread, f.Total, f.Succeeded, f.Failure, f.FailingSince, f.URL, f.Site})
			if err != nil {
				return err
			}
		}
		return w.Flush()
	}
	t := a.table(name == "tsv", column{most: 20}, column{most: 32}, column{most: 7, right: true}, column{most: 7, right: true},
		column{most: len(minutes)}, column{most: 48}, column{})
	for _, f := range list {
		if err := t.row(f.Folder, f.Title, strconv.Itoa(f.Unread), strconv.Itoa(f.Total), clock(f.Succeeded), health(f), feed.Shown(f.URL)); err != nil {
			return err
		}
	}
	return t.close()
}

// health is "ok", or why a feed fails and since when.
func health(f store.Feed) string {
	if f.Failure == "" {
		return "ok"
	}
	return fmt.Sprintf("%s (since %s)", f.Failure, clock(f.FailingSince))
}
