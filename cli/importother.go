package cli

import (
	"bufio"
	"bytes"
	"context"
	"errors"
	"fmt"
	"io"
	"io/fs"
	"maps"
	"os"
	"regexp"
	"strings"

	"app/newsterm/feed"
	"app/newsterm/source"
	"app/newsterm/store"
)

// sayFound says which other readers have files on this machine.
func (a *app) sayFound() error {
	found := source.Readers(a.Getenv)
	if len(found) == 0 {
		return wrongly("import needs a file: newsterm import FILE; neither newsboat nor nom have any here")
	}
	for _, f := range found {
		for _, path := range []string{f.List, f.Old} {
			if path == "" {
				continue
			}
			if _, err := fmt.Fprintf(a.Out, "%s\t%s\n", f.Reader, feed.Line(path)); err != nil {
				return err
			}
		}
	}
	_, err := fmt.Fprintf(a.Out, "newsterm import %s takes it in; with --dry-run it only says what\n", found[0].Reader)
	return err
}

// named is the files of the reader that word stands for, unless it is the
// name of a file.
func (a *app) named(word string) (source.Files, bool) {
	if word != "newsboat" && word != "newsbeuter" && word != "nom" {
		return source.Files{}, false
	}
	if _, err := os.Stat(word); !errors.Is(err, fs.ErrNotExist) {
		return source.Files{}, false
	}
	for _, f := range source.Readers(a.Getenv) {
		if f.Reader == word {
			return f, true
		}
	}
	return source.Files{}, true
}

// takeReader imports all that another reader has: its feeds, then its
// articles and marks.
func (a *app) takeReader(ctx context.Context, name string, files source.Files, dry bool) error {
	if files.List == "" && files.Old == "" {
		return fmt.Errorf("import: there are no files of %s here, nor a file of that name", name)
	}
	var subs []feed.Sub
	if files.List != "" {
		list, err := readList(files.List)
		if err != nil {
			return fmt.Errorf("import %s: %w", files.List, err)
		}
		if err := a.takeList(ctx, list, dry); err != nil {
			return fmt.Errorf("import %s: %w", files.List, err)
		}
		if err := a.takeIgnored(ctx, source.Ignored(files.Config, list), dry); err != nil {
			return fmt.Errorf("import %s: %w", files.Config, err)
		}
		subs = list.Subs
	}
	for _, line := range source.NotTaken(files.Config) {
		a.tell(errors.New(line))
	}
	if files.Old == "" {
		return nil
	}
	if err := a.takeOld(ctx, files.Old, subs, dry); err != nil {
		return fmt.Errorf("import %s: %w", files.Old, err)
	}
	return nil
}

// readList reads the list of feeds in a file of newsboat or nom.
func readList(path string) (source.List, error) {
	f, err := os.Open(path)
	if err != nil {
		return source.List{}, err
	}
	defer f.Close()
	return listOf(f)
}

// nomList finds what nom's config.yml begins its feeds with.
var nomList = regexp.MustCompile(`(?m)^feeds:`)

// listOf reads a list of feeds, which tells nom's from newsboat's by a line.
func listOf(r io.Reader) (source.List, error) {
	text, err := io.ReadAll(io.LimitReader(r, 20<<20))
	if err != nil {
		return source.List{}, err
	}
	if nomList.Match(text) {
		return source.ReadNom(bytes.NewReader(text))
	}
	return source.ReadURLs(bytes.NewReader(text))
}

// takeText imports a list of feeds that is neither XML nor JSON. If nothing in
// it makes sense, it is no list.
func (a *app) takeText(ctx context.Context, r io.Reader, dry bool) error {
	list, err := listOf(r)
	if err != nil {
		return err
	}
	if len(list.Subs) == 0 && len(list.Queries) == 0 && !strings.Contains(strings.Join(list.Problems, "\n"), "it is a filter") {
		return errors.New("this is no list of feeds that newsterm knows: neither OPML, nor newsboat's urls, nor nom's config.yml")
	}
	return a.takeList(ctx, list, dry)
}

// isDatabase reports whether r is a file of SQLite. Nothing of it is taken.
func isDatabase(r *bufio.Reader) bool {
	const begins = "SQLite format 3\x00"
	head, _ := r.Peek(len(begins))
	return string(head) == begins
}

// takeOld imports articles and marks from another reader's database. Those of
// a feed that is not followed are taken if any is starred, and the feed then
// counts as left. With dry, subs are followed too.
func (a *app) takeOld(ctx context.Context, path string, subs []feed.Sub, dry bool) error {
	db, err := a.library(ctx)
	if err != nil {
		return err
	}
	t, err := newTaker(ctx, db, subs, dry)
	if err != nil {
		return err
	}
	reader, err := t.takeAll(ctx, path, func(int, int) {})
	if err != nil {
		return err
	}
	return a.saidOld(t, reader)
}

// A taker takes in the articles of another reader, feed by feed. Marks are set
// at the end, so that one step takes them back.
type taker struct {
	db    *store.DB
	dry   bool
	feeds map[string]store.Feed // by address, in the form for comparing

	left, skipped, lost int    // feeds taken as left, feeds not taken, and their articles
	flags               string // the letters of those there
	sum                 source.Taken
}

func newTaker(ctx context.Context, db *store.DB, subs []feed.Sub, dry bool) (*taker, error) {
	feeds, err := everyFeed(ctx, db)
	if err != nil {
		return nil, err
	}
	t := &taker{db: db, dry: dry, feeds: map[string]store.Feed{}}
	for _, s := range subs {
		t.feeds[feed.NormalLink(s.URL)] = store.Feed{URL: s.URL}
	}
	maps.Copy(t.feeds, byLink(feeds))
	return t, nil
}

// takeAll takes in the articles of every feed in the database at path, with
// their marks, and returns whose it is. It calls step after each feed.
func (t *taker) takeAll(ctx context.Context, path string, step func(done, total int)) (reader string, err error) {
	old, err := source.OpenOld(ctx, path)
	if err != nil {
		return "", err
	}
	defer old.Close()
	feeds, err := old.Feeds(ctx)
	if err != nil {
		return "", err
	}
	if t.flags, err = old.Flags(ctx); err != nil {
		return "", err
	}
	for i, from := range feeds {
		if err := t.take(ctx, old, from); err != nil {
			return "", err
		}
		step(i+1, len(feeds))
	}
	if old.Changed() {
		return "", fmt.Errorf("%s has changed it in the meantime; import it again, best when %[1]s is not running", old.Reader)
	}
	return old.Reader, t.mark(ctx)
}

// take takes in the articles of one feed.
func (t *taker) take(ctx context.Context, old *source.OldFile, from source.OldFeed) error {
	kept := from.URL // by which its articles are found
	from.URL = source.Unfiltered(kept)
	f, followed := t.feeds[feed.NormalLink(from.URL)]
	if !followed {
		if from.Starred == 0 || !source.IsFeedAddress(from.URL) {
			t.skipped, t.lost = t.skipped+1, t.lost+from.Total
			return nil
		}
		var err error
		if f, err = t.leave(ctx, from); err != nil {
			return err
		}
	}
	list, err := old.Articles(ctx, kept)
	if err != nil {
		return err
	}
	taken, err := source.TakeIn(ctx, t.db, f, from, list, t.dry)
	t.sum = t.sum.And(taken)
	return err
}

// leave keeps a feed that is followed no longer, for what is starred in it.
func (t *taker) leave(ctx context.Context, from source.OldFeed) (store.Feed, error) {
	t.left++
	if t.dry {
		return store.Feed{URL: from.URL}, nil
	}
	f, _, err := t.db.Subscribe(ctx, feed.Sub{URL: from.URL, Site: from.Site})
	if err != nil {
		return f, err
	}
	return f, t.db.Unsubscribe(ctx, f.ID)
}

// mark sets the marks of all that was taken in, and makes it findable.
func (t *taker) mark(ctx context.Context) error {
	if t.dry {
		return nil
	}
	if _, err := t.db.Mark(ctx, store.Read, true, t.sum.Read...); err != nil {
		return err
	}
	if _, err := t.db.Mark(ctx, store.Starred, true, t.sum.Starred...); err != nil {
		return err
	}
	return t.db.Index(ctx)
}

// saidOld sums up takeOld.
func (a *app) saidOld(t *taker, reader string) error {
	if t.skipped > 0 {
		a.tell(fmt.Errorf("left out: %s of %s that you do not follow, with %s and no star",
			count(t.skipped, "feed"), reader, count(t.lost, "article")))
	}
	if t.left > 0 {
		a.tell(fmt.Errorf("put away, for what is starred there: %s of %s that you do not follow", count(t.left, "feed"), reader))
	}
	if len(t.flags) > 1 && len(t.sum.Starred) > 0 {
		a.tell(fmt.Errorf("the flags %s of %s: each is a star here, and which letter it was is not kept", t.flags, reader))
	}
	if t.sum.Hidden > 0 {
		a.tell(fmt.Errorf("%s deleted in %s: read here", count(t.sum.Hidden, "article"), reader))
	}
	if t.sum.Buried > 0 {
		a.tell(fmt.Errorf("%s deleted in %s: left out, and no refresh brings %s",
			count(t.sum.Buried, "article"), reader, map[bool]string{true: "it", false: "them"}[t.sum.Buried == 1]))
	}
	words := fmt.Sprintf("%s, %s %s", count(t.sum.Articles, "article"), count(t.sum.Marks, "mark"), would(t.dry, "added"))
	if t.sum.Articles > 0 && !t.dry {
		words += "; newsterm refresh fetches what is new"
	}
	_, err := fmt.Fprintln(a.Out, words)
	return err
}
