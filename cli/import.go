package cli

import (
	"bufio"
	"bytes"
	"context"
	"errors"
	"fmt"
	"io"
	"os"

	"github.com/spf13/cobra"

	"app/newsterm/feed"
	"app/newsterm/source"
	"app/newsterm/store"
)

// importing takes in the feeds of another reader, or an export of our own.
// (Its name is not import because Go has that word.)
func (a *app) importing() *cobra.Command {
	var dry bool
	c := &cobra.Command{
		Use:   "import [FILE|newsboat|nom]",
		Short: "take in feeds, or what export has printed",
		Long: `Take in what another reader has, or what newsterm export json has printed:
feeds, and where the file has them articles and marks. FILE may be OPML, which
nearly every reader can write, newsboat's urls and cache.db, nom's config.yml
and nom.db, or a plain list of addresses; - is standard input. The words
newsboat and nom stand for the files that these readers have on this machine;
without either, import says what it finds.

Importing again what is there already changes nothing; no mark is taken away.
The files are only read. Nothing is fetched and nothing is run.`,
		Example: `  newsterm import
  newsterm import newsboat && newsterm refresh
  newsterm import --dry-run feeds.opml
  ssh home newsterm export json | newsterm import -`,
		ValidArgs: []string{"newsboat", "nom"},
		Args: func(c *cobra.Command, args []string) error {
			if len(args) == 0 {
				return nil
			}
			return one("a file")(c, args)
		},
		RunE: func(c *cobra.Command, args []string) error {
			if len(args) == 0 {
				return a.sayFound()
			}
			if files, ok := a.named(args[0]); ok {
				return a.takeReader(c.Context(), args[0], files, dry)
			}
			return a.takeFile(c.Context(), args[0], dry)
		},
	}
	c.Flags().BoolVar(&dry, "dry-run", false, "only say what would be taken in")
	return c
}

// takeFile imports a file of any kind; - is standard input.
func (a *app) takeFile(ctx context.Context, name string, dry bool) error {
	in, called := a.In, "standard input"
	if name != "-" {
		f, err := os.Open(name)
		if err != nil {
			return fmt.Errorf("import: %w", err)
		}
		defer f.Close()
		in, called = f, name
	}
	if err := a.takeIn(ctx, name, bufio.NewReader(in), dry); err != nil {
		return fmt.Errorf("import %s: %w", called, err)
	}
	return nil
}

// takeIn imports what r brings, which tells its kind by how it begins.
func (a *app) takeIn(ctx context.Context, name string, r *bufio.Reader, dry bool) error {
	if isDatabase(r) {
		if name == "-" {
			return errors.New("this is a database, which cannot come through a pipe; name the file")
		}
		return a.takeOld(ctx, name, nil, dry)
	}
	first, err := firstLetter(r)
	if errors.Is(err, io.EOF) {
		return errors.New("there is nothing in it")
	}
	if err != nil {
		return err
	}
	switch first {
	case '{':
		return a.takeRecords(ctx, r, dry)
	case '<':
		return a.takeOPML(ctx, r, dry)
	}
	return a.takeText(ctx, r, dry)
}

// firstLetter skips white space and a byte order mark and looks at what follows.
func firstLetter(r *bufio.Reader) (byte, error) {
	if mark, _ := r.Peek(3); bytes.Equal(mark, []byte("\xef\xbb\xbf")) {
		r.Discard(3)
	}
	for {
		b, err := r.ReadByte()
		if err != nil {
			return 0, err
		}
		if !bytes.ContainsRune([]byte(" \t\r\n"), rune(b)) {
			return b, r.UnreadByte()
		}
	}
}

// takeOPML imports the list of nearly every reader.
func (a *app) takeOPML(ctx context.Context, r io.Reader, dry bool) error {
	subs, problems, err := feed.ReadOPML(r)
	if err != nil {
		return err
	}
	list := source.List{Problems: problems}
	for _, s := range subs {
		list.Subs = append(list.Subs, source.Sub{Sub: s})
	}
	return a.takeList(ctx, list, dry)
}

// takeList subscribes to feeds, without fetching them, and tells what of the
// list cannot be taken.
func (a *app) takeList(ctx context.Context, list source.List, dry bool) error {
	for _, p := range list.Problems {
		a.tell(errors.New(p))
	}
	if err := a.sayQueries(list.Queries); err != nil {
		return err
	}
	db, err := a.library(ctx)
	if err != nil {
		return err
	}
	feeds, err := db.Feeds(ctx)
	if err != nil {
		return err
	}
	there := map[string]bool{}
	for _, f := range feeds {
		there[feed.NormalLink(f.URL)] = true
	}
	added := 0
	for _, sub := range list.Subs {
		at := feed.NormalLink(sub.URL)
		if there[at] {
			continue
		}
		there[at] = true
		if added++; dry {
			continue
		}
		if err := follow(ctx, db, sub); err != nil {
			return err
		}
	}
	return a.saidFeeds(added, len(list.Subs)-added, dry)
}

// follow subscribes to a feed as another reader had it.
func follow(ctx context.Context, db *store.DB, sub source.Sub) error {
	f, _, err := db.Subscribe(ctx, sub.Sub)
	if err != nil || !sub.Muted {
		return err
	}
	f.Muted = true
	return db.Edit(ctx, f)
}

// saidFeeds sums up takeList.
func (a *app) saidFeeds(added, there int, dry bool) error {
	words := count(added, "feed") + " " + would(dry, "added")
	if there > 0 {
		words += fmt.Sprintf(", %d already there", there)
	}
	if added > 0 && !dry {
		words += "; newsterm refresh fetches their articles"
	}
	_, err := fmt.Fprintln(a.Out, words)
	return err
}

func would(dry bool, done string) string {
	if dry {
		return "would be " + done
	}
	return done
}

// everyFeed is every feed by its address, those that were left as well.
func everyFeed(ctx context.Context, db *store.DB) (map[string]store.Feed, error) {
	feeds, err := db.Feeds(ctx)
	if err != nil {
		return nil, err
	}
	left, err := db.Archived(ctx)
	if err != nil {
		return nil, err
	}
	byURL := map[string]store.Feed{}
	for _, f := range append(feeds, left...) {
		byURL[f.URL] = f
	}
	return byURL, nil
}
