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
	"app/newsterm/store"
)

// importing takes in the feeds of another reader, or an export of our own.
// (Its name is not import because Go has that word.)
func (a *app) importing() *cobra.Command {
	var dry bool
	c := &cobra.Command{
		Use:   "import FILE",
		Short: "take in feeds, or what export has printed",
		Long: `Take in the feeds of an OPML file, which nearly every reader can write, or all
that newsterm export json has printed: feeds, articles and marks. FILE may be
- for standard input. Importing again what is there already changes nothing;
no mark is taken away. Nothing is fetched and nothing is run.`,
		Example: `  newsterm import --dry-run feeds.opml
  newsterm import feeds.opml && newsterm refresh
  ssh home newsterm export json | newsterm import -`,
		Args: one("a file"),
		RunE: func(c *cobra.Command, args []string) error {
			in, name := a.In, "standard input"
			if args[0] != "-" {
				f, err := os.Open(args[0])
				if err != nil {
					return fmt.Errorf("import: %w", err)
				}
				defer f.Close()
				in, name = f, args[0]
			}
			if err := a.takeIn(c.Context(), bufio.NewReader(in), dry); err != nil {
				return fmt.Errorf("import %s: %w", name, err)
			}
			return nil
		},
	}
	c.Flags().BoolVar(&dry, "dry-run", false, "only say what would be taken in")
	return c
}

// takeIn imports what r brings, which tells its kind by its first letter.
func (a *app) takeIn(ctx context.Context, r *bufio.Reader, dry bool) error {
	first, err := firstLetter(r)
	if errors.Is(err, io.EOF) {
		return errors.New("there is nothing in it")
	}
	if err != nil {
		return err
	}
	if first == '{' {
		return a.takeRecords(ctx, r, dry)
	}
	subs, problems, err := feed.ReadOPML(r)
	if err != nil {
		return err
	}
	for _, p := range problems {
		a.tell(errors.New(p))
	}
	return a.takeFeeds(ctx, subs, dry)
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

// takeFeeds subscribes to feeds, without fetching them.
func (a *app) takeFeeds(ctx context.Context, subs []feed.Sub, dry bool) error {
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
	for _, sub := range subs {
		if there[feed.NormalLink(sub.URL)] {
			continue
		}
		if added++; dry {
			continue
		}
		if _, _, err := db.Subscribe(ctx, sub); err != nil {
			return err
		}
	}
	return a.saidFeeds(added, len(subs)-added, dry)
}

// saidFeeds sums up takeFeeds.
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
