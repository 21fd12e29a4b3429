// Package storetest fills databases for tests and benchmarks. What it makes is
// the same every time: feeds with articles of 2 to 8 KB, some of them read,
// some starred, whose words are as unevenly common as those of real ones.
package storetest

import (
	"context"
	"database/sql"
	"errors"
	"fmt"
	"hash/fnv"
	"io"
	"math/rand/v2"
	"os"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"app/newsterm/feed"
	"app/newsterm/store"
)

// Noon is when everything that Fill makes has arrived.
var Noon = time.Date(2022, 1, 6, 12, 0, 0, 0, time.UTC)

// Words that articles have.
const (
	CommonWord = "the"                 // nearly all
	Phrase     = "harbour of lanterns" // one of 15
	SeldomWord = "quokka"              // one of 300
	RareWord   = "axolotl"             // the newest of five feeds or so, however many there are
)

// File is a database of feeds with perFeed articles each, as Fill makes it,
// in a file that only tb uses. Big ones are made once and then copied.
func File(tb testing.TB, feeds, perFeed int) string {
	tb.Helper()
	path := filepath.Join(tb.TempDir(), "news.db")
	if feeds*perFeed < 10_000 {
		fillFile(tb, path, feeds, perFeed)
		return path
	}
	from, err := os.Open(keptFile(tb, feeds, perFeed))
	if err != nil {
		tb.Fatal(err)
	}
	defer from.Close()
	to, err := os.OpenFile(path, os.O_CREATE|os.O_WRONLY, 0o600)
	if err != nil {
		tb.Fatal(err)
	}
	_, err = io.Copy(to, from)
	if err := errors.Join(err, to.Close()); err != nil {
		tb.Fatal(err)
	}
	return path
}

// keptFile is a big database in the folder for temporary files, made unless
// one made by this very code is there. Nobody may change it.
func keptFile(tb testing.TB, feeds, perFeed int) string {
	tb.Helper()
	folder := filepath.Join(os.TempDir(), fmt.Sprintf("newsterm-storetest-%d", os.Getuid()))
	if err := os.MkdirAll(folder, 0o700); err != nil {
		tb.Fatal(err)
	}
	path := filepath.Join(folder, fmt.Sprintf("%d-%d-%s.db", feeds, perFeed, edition(tb)))
	if _, err := os.Stat(path); err == nil {
		return path
	}
	fresh := fmt.Sprintf("%s.%d", path, os.Getpid())
	defer os.Remove(fresh)
	fillFile(tb, fresh, feeds, perFeed)
	if err := os.Rename(fresh, path); err != nil {
		tb.Fatal(err)
	}
	return path
}

// edition is a name for what this code makes: another schema or another
// sample has another.
func edition(tb testing.TB) string {
	tb.Helper()
	path := filepath.Join(tb.TempDir(), "sample.db")
	fillFile(tb, path, 1, 20)
	db, err := sql.Open("sqlite", path)
	if err != nil {
		tb.Fatal(err)
	}
	defer db.Close()
	var schema, sample string
	if err := db.QueryRow(`SELECT group_concat(sql) FROM sqlite_schema`).Scan(&schema); err != nil {
		tb.Fatal(err)
	}
	if err := db.QueryRow(`SELECT group_concat(hash || date || read || starred) FROM articles`).Scan(&sample); err != nil {
		tb.Fatal(err)
	}
	h := fnv.New64a()
	h.Write([]byte(schema + sample))
	return fmt.Sprintf("%016x", h.Sum64())
}

// fillFile makes a database at path.
func fillFile(tb testing.TB, path string, feeds, perFeed int) {
	tb.Helper()
	db, err := store.Open(path)
	if err != nil {
		tb.Fatal(err)
	}
	Fill(tb, db, feeds, perFeed)
	if err := db.Close(); err != nil {
		tb.Fatal(err)
	}
}

// Fill adds feeds with perFeed articles each, indexed: two of three are
// unread, one of a hundred starred. The clock of db is set to Noon.
func Fill(tb testing.TB, db *store.DB, feeds, perFeed int) {
	tb.Helper()
	ctx := context.Background()
	db.Now = func() time.Time { return Noon }
	r := rand.New(rand.NewPCG(1, 2))
	for i := range feeds {
		f, _, err := db.Subscribe(ctx, feed.Sub{
			URL:    fmt.Sprintf("https://example.com/%d/feed.xml", i),
			Folder: fmt.Sprintf("Folder %d", i%10),
		})
		if err != nil {
			tb.Fatal(err)
		}
		d := doc(r, i, perFeed)
		if i%max(1, feeds/5) == 0 {
			d.Items[0].Title += " " + RareWord
		}
		if _, err := db.Save(ctx, f.ID, d); err != nil {
			tb.Fatal(err)
		}
		if i%20 == 19 || i == feeds-1 {
			if err := db.Index(ctx); err != nil {
				tb.Fatal(err)
			}
		}
	}
	var read, starred []store.ArticleID
	for id := store.ArticleID(1); id <= store.ArticleID(feeds*perFeed); id++ {
		if r.IntN(3) == 0 {
			read = append(read, id)
		}
		if r.IntN(100) == 0 {
			starred = append(starred, id)
		}
	}
	if _, err := db.Mark(ctx, store.Read, true, read...); err != nil {
		tb.Fatal(err)
	}
	if _, err := db.Mark(ctx, store.Starred, true, starred...); err != nil {
		tb.Fatal(err)
	}
}

// doc is the i-th feed with n articles.
func doc(r *rand.Rand, i, n int) *feed.Doc {
	d := &feed.Doc{
		Title:    fmt.Sprintf("%s %s %d", title(word(r)), title(word(r)), i),
		Site:     fmt.Sprintf("https://example.com/%d/", i),
		Language: "en",
	}
	for j := range n {
		d.Items = append(d.Items, Item(r, i, j))
	}
	return d
}

// Item is the j-th article of the i-th feed.
func Item(r *rand.Rand, i, j int) feed.Item {
	url := fmt.Sprintf("https://example.com/%d/articles/%d.html", i, j)
	return feed.Item{
		GUID:      url,
		URL:       url,
		Title:     title(sentence(r, 4+r.IntN(8))),
		Authors:   []string{title(word(r)) + " " + title(word(r))},
		Published: Noon.Add(-time.Duration(j)*time.Hour - time.Duration(r.IntN(3600))*time.Second),
		Summary:   sentence(r, 20),
		HTML:      html(r),
	}
}

// html is 2 to 8 KB of paragraphs.
func html(r *rand.Rand) string {
	var b strings.Builder
	for size := 2000 + r.IntN(3000) + r.IntN(3000); b.Len() < size; {
		words := sentence(r, 30+r.IntN(60))
		switch r.IntN(300) {
		case 0:
			words += " " + Phrase
		case 1:
			words += " harbour with lanterns"
		}
		if r.IntN(4000) == 0 {
			words += " " + SeldomWord
		}
		fmt.Fprintf(&b, "<p>%s <a href=\"https://example.org/%d\">%s</a>.</p>\n", title(words), r.IntN(1000), word(r))
	}
	return b.String()
}

func sentence(r *rand.Rand, n int) string {
	words := make([]string, n)
	for i := range words {
		words[i] = word(r)
	}
	return strings.Join(words, " ")
}

func title(s string) string { return strings.ToUpper(s[:1]) + s[1:] }

var syllables = strings.Fields(`ba ce di fo gu ha je ki lo mu na pe qui ro su ta ve wi xo yu za
	bra cle dri flo gru sha ple kri slo stu tra vel win zor an el in or un ast est int ord`)

var few = strings.Fields(`the of and to in a is that for it as was with be by on not he his but at are this have from`)

// word is one of some 30,000; a few of them make up half of a text.
func word(r *rand.Rand) string {
	if r.IntN(2) == 0 {
		return few[min(r.IntN(len(few)), r.IntN(len(few)))]
	}
	n := int(30_000 * r.Float64() * r.Float64() * r.Float64())
	var b strings.Builder
	for n++; n > 0; n /= len(syllables) {
		b.WriteString(syllables[n%len(syllables)])
	}
	return b.String()
}
