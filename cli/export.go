package cli

import (
	"bufio"
	"context"
	"encoding/json"
	"maps"
	"slices"
	"time"

	"github.com/spf13/cobra"

	"app/newsterm/feed"
	"app/newsterm/source"
	"app/newsterm/store"
)

// A record is a line of an export: what export json writes and import reads.
// The first line has Newsterm, the last one has End, each other one has Query,
// Mute, Feed, Article or Dropped. The articles of a feed follow it, and then those
// that were dropped.
type record struct {
	Newsterm int              `json:"newsterm,omitempty"` // exportVersion
	Exported time.Time        `json:"exported,omitzero"`
	Ends     bool             `json:"ends,omitempty"` // there is an End; older programs wrote none
	Query    *savedQuery      `json:"query,omitempty"`
	Mute     *muteRule        `json:"mute,omitempty"`
	Feed     *exportedFeed    `json:"feed,omitempty"`
	Article  *exportedArticle `json:"article,omitempty"`
	Dropped  *exportedDropped `json:"dropped,omitempty"`
	End      *exportEnd       `json:"end,omitempty"`
}

// An exportEnd says that nothing is missing.
type exportEnd struct {
	Records int `json:"records"` // lines between the first one and this one
}

// exportVersion counts the changes of a record that older programs cannot read.
const exportVersion = 1

// An exportedFeed is a feed with what the reader decided about it.
type exportedFeed struct {
	URL       string   `json:"url"`
	Title     string   `json:"title,omitempty"` // the publisher's; "" if Name hides it
	Name      string   `json:"name,omitempty"`  // the reader's own
	Site      string   `json:"site,omitempty"`
	Folder    string   `json:"folder,omitempty"`
	Tags      []string `json:"tags,omitempty"`
	Language  string   `json:"language,omitempty"`
	Every     int      `json:"every,omitempty"` // seconds
	Keep      int      `json:"keep,omitempty"`
	UserAgent string   `json:"user_agent,omitempty"`
	FullText  bool     `json:"full_text,omitempty"`
	Muted     bool     `json:"muted,omitempty"`
	Disabled  bool     `json:"disabled,omitempty"`
	Archived  bool     `json:"archived,omitempty"`

	Was []string `json:"was,omitempty"` // addresses at which it was before
}

// An exportedArticle is an article with its marks, as its publisher wrote it.
type exportedArticle struct {
	article
	Date       time.Time        `json:"date,omitzero"` // what lists sort by, if it was not published
	HTML       string           `json:"html"`
	FullText   string           `json:"full_text,omitempty"`
	Enclosures []feed.Enclosure `json:"enclosures,omitempty"`
}

// An exportedDropped is what is left of an article that is not to come back.
type exportedDropped struct {
	FeedURL   string    `json:"feed_url,omitempty"`
	GUID      string    `json:"guid"`
	URL       string    `json:"url,omitempty"`
	Title     int64     `json:"title_hash,string"`
	Published time.Time `json:"published,omitzero"`
	Read      bool      `json:"read,omitempty"`
	At        time.Time `json:"at,omitzero"`
}

// export prints everything, or the list of feeds.
func (a *app) export() *cobra.Command {
	return &cobra.Command{
		Use:   "export [opml|json]",
		Short: "print your feeds, or everything",
		Long: `Print your feeds as OPML, which every reader can import, or with json
everything: feeds, articles, marks, which articles were dropped, saved queries
and mutes, an object a line, which newsterm import reads on another machine.
The last line tells a whole file from one that breaks off; older versions did
not print it. Passwords in addresses are printed too; headers are not. Feeds
that programs print are disabled where they are taken in.`,
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
			subs = append(subs, feed.Sub{
				URL: f.URL, Title: f.Title, Site: f.Site, Folder: f.Folder, Tags: f.Tags,
				Every: f.Every, Keep: f.Keep, Muted: f.Muted, Disabled: f.Disabled,
			})
		}
	}
	return feed.WriteOPML(a.Out, "newsterm", subs)
}

// exportAll prints everything, a few articles at a time.
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
	lines := &recordWriter{to: jsonLines(w)}
	if err := lines.to.Encode(record{Newsterm: exportVersion, Exported: a.Now().UTC().Truncate(time.Second), Ends: true}); err != nil {
		return err
	}
	if err := exportQueries(ctx, db, lines); err != nil {
		return err
	}
	if err := exportMutes(ctx, db, lines); err != nil {
		return err
	}
	was, err := formerAddresses(ctx, db)
	if err != nil {
		return err
	}
	for _, f := range append(feeds, left...) {
		if err := exportFeed(ctx, db, f, was[f.ID], lines); err != nil {
			return err
		}
	}
	if err := lines.to.Encode(record{End: &exportEnd{lines.n}}); err != nil {
		return err
	}
	return w.Flush()
}

// A recordWriter writes records, and counts them.
type recordWriter struct {
	to *json.Encoder
	n  int
}

func (w *recordWriter) write(r record) error {
	w.n++
	return w.to.Encode(r)
}

// exportQueries writes the saved queries.
func exportQueries(ctx context.Context, db *store.DB, lines *recordWriter) error {
	list, err := db.Queries(ctx)
	if err != nil {
		return err
	}
	for _, q := range list {
		kept := savedQuery(q)
		if err := lines.write(record{Query: &kept}); err != nil {
			return err
		}
	}
	return nil
}

// formerAddresses are those at which feeds were before, in order.
func formerAddresses(ctx context.Context, db *store.DB) (map[store.FeedID][]string, error) {
	old, err := db.Addresses(ctx)
	was := map[store.FeedID][]string{}
	for _, address := range slices.Sorted(maps.Keys(old)) {
		was[old[address]] = append(was[old[address]], address)
	}
	return was, err
}

// exportFeed writes a feed, its articles, and what was dropped of them.
func exportFeed(ctx context.Context, db *store.DB, f store.Feed, was []string, lines *recordWriter) error {
	out := exported(f)
	out.Was = was
	if err := lines.write(record{Feed: out}); err != nil {
		return err
	}
	page := store.Page{Limit: 100} // some texts are long
	for {
		list, err := db.Texts(ctx, store.FeedQuery(f.ID).WithMuted(), page)
		if err != nil {
			return err
		}
		for _, whole := range list {
			out := exportedArticle{article: described(whole), HTML: whole.HTML, FullText: whole.FullText, Enclosures: whole.Enclosures}
			if out.FeedURL = feed.Shown(f.URL); whole.Published.IsZero() { // it may have moved meanwhile
				out.Date = whole.Date.UTC()
			}
			if err := lines.write(record{Article: &out}); err != nil {
				return err
			}
		}
		if len(list) < page.Limit {
			return exportDropped(ctx, db, f, lines)
		}
		page.After = list[len(list)-1].Place()
	}
}

// exportDropped writes what articles of a feed were dropped.
func exportDropped(ctx context.Context, db *store.DB, f store.Feed, lines *recordWriter) error {
	list, err := db.Tombstones(ctx, f.ID)
	if err != nil {
		return err
	}
	for _, t := range list {
		if err := lines.write(record{Dropped: &exportedDropped{feed.Shown(f.URL), t.GUID, t.URL, t.Title, t.Published, t.Read, t.Dropped}}); err != nil {
			return err
		}
	}
	return nil
}

func exported(f store.Feed) *exportedFeed {
	out := exportedFeed{
		URL:       f.URL,
		Name:      f.Name,
		Site:      f.Site,
		Folder:    f.Folder,
		Tags:      f.Tags,
		Language:  f.Language,
		Every:     int(f.Every / time.Second),
		Keep:      f.Keep,
		UserAgent: f.UserAgent,
		FullText:  f.FullText,
		Muted:     f.Muted,
		Disabled:  f.Disabled,
		Archived:  f.Archived,
	}
	if f.Name == "" && f.Title != feed.Shown(f.URL) {
		out.Title = f.Title
	}
	return &out
}
