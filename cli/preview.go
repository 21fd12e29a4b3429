package cli

import (
	"bufio"
	"bytes"
	"context"
	"encoding/json"
	"fmt"
	"io"
	"os"
	"strings"

	"github.com/spf13/cobra"

	"app/newsterm/feed"
	"app/newsterm/source"
)

// preview reads a feed without keeping it.
func (a *app) preview() *cobra.Command {
	var f format
	c := &cobra.Command{
		Use:   "preview SOURCE",
		Short: "look at a feed without keeping anything",
		Long: `Read a feed and list its articles: date, title, address. SOURCE is the address
of a feed, or of a page that points at one, or a file, or - for standard
input. Nothing is kept.

With --json the feed is one object: title, url, feed_url, description,
language, image, warnings and items, with their content. As markdown every
article is printed.`,
		Example: `  newsterm preview https://example.org/feed.xml
  newsterm preview --json feed.xml | jq -r '.items[].title'
  newsterm preview --format markdown https://example.org | less`,
		Args: one("an address, a file or -"),
		RunE: func(c *cobra.Command, args []string) error {
			name, err := a.listFormat(f, "markdown")
			if err != nil {
				return err
			}
			doc, err := a.readFeed(c.Context(), args[0])
			if err != nil {
				return fmt.Errorf("preview %s: %w", feed.Shown(args[0]), err)
			}
			return a.printFeed(doc, name)
		},
	}
	f.addTo(c, "table", "tsv", "json", "markdown")
	return c
}

// readFeed reads the feed that ref names, or that of the page there, as add
// would find it.
func (a *app) readFeed(ctx context.Context, ref string) (*feed.Doc, error) {
	if ref == "-" {
		return parse(a.In)
	}
	info, err := os.Stat(ref)
	if err == nil && !info.Mode().IsRegular() && !info.IsDir() { // what a shell makes of <(…)
		f, err := os.Open(ref)
		if err != nil {
			return nil, err
		}
		defer f.Close()
		return parse(f)
	}
	address, err := source.Address(ref)
	if err != nil {
		return nil, err
	}
	found, err := source.FindFeed(ctx, &feed.Client{}, address)
	return found.Doc, err
}

func parse(r io.Reader) (*feed.Doc, error) {
	text, err := readAll(r)
	if err != nil {
		return nil, err
	}
	return feed.Parse(text, "", "")
}

// printFeed prints a feed in the format called name.
func (a *app) printFeed(doc *feed.Doc, name string) error {
	switch name {
	case "json":
		return a.printFeedJSON(doc)
	case "markdown":
		return a.printFeedMarkdown(doc)
	}
	t := a.table(name == "tsv", column{most: len(minutes), short: dayOnly}, column{most: 100, main: true}, column{}).
		yielding(yield{0, shortly}, yield{2, away}, yield{0, away})
	for _, i := range doc.Items {
		if err := t.row(clock(i.Published), i.Title, i.URL); err != nil {
			return err
		}
	}
	return t.close()
}

// printFeedJSON prints a feed as one object, an article at a time.
func (a *app) printFeedJSON(doc *feed.Doc) error {
	head, err := json.Marshal(struct {
		Title       string   `json:"title"`
		URL         string   `json:"url,omitempty"`
		FeedURL     string   `json:"feed_url,omitempty"`
		Description string   `json:"description,omitempty"`
		Language    string   `json:"language,omitempty"`
		Image       string   `json:"image,omitempty"`
		Warnings    []string `json:"warnings"`
	}{doc.Title, doc.Site, doc.URL, doc.Description, doc.Language, doc.Image, listed(doc.Warnings)})
	if err != nil {
		return err
	}
	w := bufio.NewWriter(a.Out)
	w.Write(bytes.TrimSuffix(head, []byte("}")))
	w.WriteString(`,"items":[`)
	for i, item := range doc.Items {
		if i > 0 {
			w.WriteByte(',')
		}
		f := ofItem(item).full()
		if err := jsonLines(w).Encode(previewed{item.GUID, item.URL, f}); err != nil {
			return err
		}
	}
	w.WriteString("]}\n")
	return w.Flush()
}

// A previewed is an article of a feed that is not in the store: its id is the
// one that its publisher gave it.
type previewed struct {
	ID  string `json:"id"`
	URL string `json:"url,omitempty"`
	full
}

// printFeedMarkdown prints every article of a feed.
func (a *app) printFeedMarkdown(doc *feed.Doc) error {
	w := bufio.NewWriter(a.Out)
	head := reading{markdown: doc.Description}
	head.Title, head.URL = doc.Title, doc.Site
	w.WriteString(head.page())
	for _, item := range doc.Items {
		w.WriteString("\n---\n\n" + strings.TrimSpace(ofItem(item).page()) + "\n")
	}
	return w.Flush()
}
