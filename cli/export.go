package cli

import (
	"bufio"
	"context"
	"encoding/json"
	"time"

	"github.com/spf13/cobra"

	"app/newsterm/feed"
	"app/newsterm/source"
	"app/newsterm/store"
)

// A record is a line of an export: what export json writes and import reads.
// The first line has Newsterm, each other one has Feed or Article. The
// articles of a feed follow it.
type record struct {
	Newsterm int              `json:"newsterm,omitempty"` // exportVersion
	Exported time.Time        `json:"exported,omitzero"`
	Feed     *exportedFeed    `json:"feed,omitempty"`
	Article  *exportedArticle `json:"article,omitempty"`
}

// exportVersion counts the changes of a record that older programs cannot read.
const exportVersion = 1

// An exportedFeed is a feed with what the reader decided about it.
type exportedFeed struct {
	URL       string `json:"url"`
	Title     string `json:"title,omitempty"` // the publisher's; "" if Name hides it
	Name      string `json:"name,omitempty"`  // the reader's own
	Site      string `json:"site,omitempty"`
	Folder    string `json:"folder,omitempty"`
	Language  string `json:"language,omitempty"`
	Every     int    `json:"every,omitempty"` // seconds
	UserAgent string `json:"user_agent,omitempty"`
	FullText  bool   `json:"full_text,omitempty"`
	Muted     bool   `json:"muted,omitempty"`
	Archived  bool   `json:"archived,omitempty"`
}

// An exportedArticle is an article with its marks, as its publisher wrote it.
type exportedArticle struct {
	article
	HTML       string           `json:"html"`
	FullText   string           `json:"full_text,omitempty"`
	Enclosures []feed.Enclosure `json:"enclosures,omitempty"`
}

// export prints everything, or the list of feeds.
func (a *app) export() *cobra.Command {
	return &cobra.Command{
		Use:   "export [opml|json]",
		Short: "print your feeds, or everything",
		Long: `Print your feeds as OPML, which every reader can import, or with json
everything: feeds, articles and marks, an object a line, which newsterm import
reads on another machine. Passwords in addresses are printed too.`,
		Example: `  newsterm export > feeds.opml
  newsterm export json > everything.json`,
		ValidArgs: []string{"opml", "json"},
		Args: func(c *cobra.Command, args []string) error {
			if len(args) > 1 || len(args) == 1 && args[0] != "opml" && args[0] != "json" {
				return wrongly("export prints opml or json: newsterm export [opml|json]")
			}
			return nil
		},
		RunE: func(c *cobra.Command, args []string) error {
			db, err := a.library(c.Context())
			if err != nil {
				return err
			}
			if len(args) == 1 && args[0] == "json" {
				return a.exportAll(c.Context(), db)
			}
			return a.exportFeeds(c.Context(), db)
		},
	}
}

// exportFeeds prints the feeds as OPML.
func (a *app) exportFeeds(ctx context.Context, db *store.DB) error {
	feeds, err := db.Feeds(ctx)
	if err != nil {
		return err
	}
	var subs []feed.Sub
	for _, f := range feeds {
		if f.URL != source.HandbookURL {
			subs = append(subs, feed.Sub{URL: f.URL, Title: f.Title, Site: f.Site, Folder: f.Folder})
		}
	}
	return feed.WriteOPML(a.Out, "newsterm", subs)
}

// exportAll prints everything, an article at a time.
func (a *app) exportAll(ctx context.Context, db *store.DB) error {
	feeds, err := db.Feeds(ctx)
	if err != nil {
		return err
	}
	left, err := db.Archived(ctx)
	if err != nil {
		return err
	}
	w := bufio.NewWriter(a.Out)
	lines := jsonLines(w)
	if err := lines.Encode(record{Newsterm: exportVersion, Exported: a.Now().UTC().Truncate(time.Second)}); err != nil {
		return err
	}
	for _, f := range append(feeds, left...) {
		if err := exportFeed(ctx, db, f, lines); err != nil {
			return err
		}
	}
	return w.Flush()
}

// exportFeed writes a feed and its articles.
func exportFeed(ctx context.Context, db *store.DB, f store.Feed, lines *json.Encoder) error {
	if err := lines.Encode(record{Feed: exported(f)}); err != nil {
		return err
	}
	page := store.Page{Limit: pageful}
	for {
		list, err := db.Articles(ctx, store.FeedQuery(f.ID), page)
		if err != nil {
			return err
		}
		for _, x := range list {
			whole, err := db.Article(ctx, x.ID)
			if err != nil {
				return err
			}
			out := exportedArticle{described(whole), whole.HTML, whole.FullText, whole.Enclosures}
			if err := lines.Encode(record{Article: &out}); err != nil {
				return err
			}
		}
		if len(list) < pageful {
			return nil
		}
		page.After = list[len(list)-1].Place()
	}
}

func exported(f store.Feed) *exportedFeed {
	out := exportedFeed{
		URL:       f.URL,
		Name:      f.Name,
		Site:      f.Site,
		Folder:    f.Folder,
		Language:  f.Language,
		Every:     int(f.Every / time.Second),
		UserAgent: f.UserAgent,
		FullText:  f.FullText,
		Muted:     f.Muted,
		Archived:  f.Archived,
	}
	if f.Name == "" && f.Title != feed.Shown(f.URL) {
		out.Title = f.Title
	}
	return &out
}
