package cli

import (
	"bufio"
	"bytes"
	"context"
	"errors"
	"fmt"
	"io"
	"os"
	"slices"

	"github.com/spf13/cobra"

	"app/newsterm/feed"
	"app/newsterm/source"
	"app/newsterm/store"
	"app/newsterm/ui"
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

Importing again what is there already changes nothing; no mark is taken away,
and a feed that you have left comes back if the file follows it. Of a damaged
file all is taken that can be read, and the exit code is 1. The files are only
read. Nothing is fetched and nothing is run: a feed that a program prints
(exec:) or changes (filter:) is disabled until newsterm edit enables it. Of
newsboat's tags the first becomes the folder; its query feeds become saved
queries, where newsterm can say the same and has no view for it, and what was
deleted there does not come back here. What else is not taken is named.`,
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

// takeOPML imports the list of nearly every reader. The error is errTold if
// the list breaks off.
func (a *app) takeOPML(ctx context.Context, r io.Reader, dry bool) error {
	subs, problems, err := feed.ReadOPML(r)
	damaged := errors.Is(err, feed.ErrDamaged)
	if err != nil && !damaged {
		return err
	}
	if err := a.takeList(ctx, source.List{Subs: subs, Problems: problems}, dry); err != nil || !damaged {
		return err
	}
	return errTold
}

// takeList subscribes to feeds, without fetching them, keeps saved queries, and
// tells what of the list cannot be taken.
func (a *app) takeList(ctx context.Context, list source.List, dry bool) error {
	for _, p := range list.Problems {
		a.tell(errors.New(p))
	}
	db, err := a.library(ctx)
	if err != nil {
		return err
	}
	fresh, err := keepSubs(ctx, db, list.Subs, dry)
	if err != nil {
		return err
	}
	a.tellPrograms(fresh, dry, list.Filtered...)
	if err := a.saidFeeds(len(fresh), len(list.Subs)-len(fresh), dry); err != nil {
		return err
	}
	return a.takeQueries(ctx, db, list.Queries, dry)
}

// tellPrograms says which feeds are not fetched until their reader allows it:
// what a program prints, and what one has changed.
func (a *app) tellPrograms(subs []feed.Sub, dry bool, filtered ...string) {
	for _, sub := range subs {
		called := feed.Shown(sub.URL)
		does, enabled := "runs a program", "runs it"
		switch {
		case sub.Disabled && slices.Contains(filtered, sub.URL):
			does, enabled = "stands behind a filter, which newsterm does not run", "fetches all of it"
		case !source.IsProgram(sub.URL):
			continue
		}
		if dry {
			a.tell(fmt.Errorf("%s %s, and would be disabled", called, does))
		} else {
			a.tell(fmt.Errorf("%s %s, and is disabled: newsterm edit %s --enable %s", called, does, feed.Quoted(called), enabled))
		}
	}
}

// keepSubs subscribes to those of subs that are not followed, and returns them.
func keepSubs(ctx context.Context, db *store.DB, subs []feed.Sub, dry bool) (fresh []feed.Sub, err error) {
	if fresh, err = newSubs(ctx, db, subs); err != nil || dry {
		return fresh, err
	}
	_, err = db.SubscribeMany(ctx, fresh...)
	return fresh, err
}

// newSubs are those of subs that are not followed, each once. Programs are
// disabled.
func newSubs(ctx context.Context, db *store.DB, subs []feed.Sub) (fresh []feed.Sub, err error) {
	feeds, err := everyFeed(ctx, db)
	if err != nil {
		return nil, err
	}
	there := byLink(feeds)
	for _, sub := range subs {
		at := feed.NormalLink(sub.URL)
		f, known := there[at]
		if known && !f.Archived {
			continue
		}
		if known {
			sub.URL = f.URL
		}
		sub.Disabled = sub.Disabled || source.IsProgram(sub.URL)
		fresh, there[at] = append(fresh, sub), store.Feed{URL: sub.URL}
	}
	return fresh, nil
}

// takeQueries keeps the saved queries of another reader, and tells which cannot
// be kept.
func (a *app) takeQueries(ctx context.Context, db *store.DB, list []source.SavedQuery, dry bool) error {
	for _, q := range list {
		q = apart(q)
		added, err := takeQuery(ctx, db, q, dry)
		switch {
		case errors.As(err, new(badRecord)):
			a.tell(fmt.Errorf("urls line %d: saved query %s is left out: %w", q.Line, q.Name, err))
		case err != nil:
			return err
		case added:
			if _, err := fmt.Fprintf(a.Out, "saved query %s %s: %s\n", q.Name, would(dry, "added"), q.Query); err != nil {
				return err
			}
			if q.Wider != "" {
				a.tell(fmt.Errorf("urls line %d: saved query %s lists more than %s", q.Line, q.Name, q.Wider))
			}
		}
	}
	return nil
}

// apart gives a saved query another name if it has that of a view which lists
// something else.
func apart(q source.SavedQuery) source.SavedQuery {
	named := func(v store.SavedQuery) bool { return store.SameName(v.Name, q.Name) }
	if viewOf(q.Query) == "" && slices.ContainsFunc(ui.Views(), named) {
		q.Name += " (newsboat)"
	}
	return q
}

// viewOf names the view that lists what a query lists; "" if there is none.
func viewOf(query string) string {
	for _, v := range ui.Views() {
		if sameQuery(v.Query, query) {
			return v.Name
		}
	}
	return ""
}

// takeQuery keeps a saved query, and reports that it was not there. The error
// is a badRecord if it cannot be kept, or need not because a view lists the same.
func takeQuery(ctx context.Context, db *store.DB, q source.SavedQuery, dry bool) (added bool, err error) {
	if q.Why != "" {
		return false, badRecord(q.Why)
	}
	if view := viewOf(q.Query); view != "" {
		return false, badRecord("it is what the view " + view + " lists")
	}
	return keepQuery(ctx, db, store.SavedQuery{Name: q.Name, Query: q.Query}, dry)
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

// everyFeed is every feed by its address, and by those at which it was before;
// feeds that were left as well.
func everyFeed(ctx context.Context, db *store.DB) (map[string]store.Feed, error) {
	feeds, err := db.Feeds(ctx)
	if err != nil {
		return nil, err
	}
	left, err := db.Archived(ctx)
	if err != nil {
		return nil, err
	}
	old, err := db.Addresses(ctx)
	if err != nil {
		return nil, err
	}
	byID, byURL := map[store.FeedID]store.Feed{}, map[string]store.Feed{}
	for _, f := range append(feeds, left...) {
		byID[f.ID] = f
	}
	for url, id := range old {
		if f, ok := byID[id]; ok {
			byURL[url] = f
		}
	}
	for _, f := range byID {
		byURL[f.URL] = f
	}
	return byURL, nil
}

// byLink is feeds by their addresses in the form for comparing. Of two with
// one address, the one that is followed has it, and that is there now.
func byLink(feeds map[string]store.Feed) map[string]store.Feed {
	links := map[string]store.Feed{}
	for address, f := range feeds {
		at := feed.NormalLink(address)
		if had, taken := links[at]; !taken || had.Archived || !f.Archived && f.URL == address {
			links[at] = f
		}
	}
	return links
}
