package cli

import (
	"context"
	"database/sql"
	"os"
	"path/filepath"
	"slices"
	"testing"

	"app/newsterm/store"
	"app/newsterm/ui"
)

// besideNewsboat is an importer on a machine where newsboat has been used: two
// feeds, a program, a third behind a filter, a query that cannot be said, and
// one that is a view.
func besideNewsboat(t *testing.T) importer {
	t.Helper()
	home := t.TempDir()
	folder := filepath.Join(home, ".newsboat")
	if err := os.Mkdir(folder, 0o700); err != nil {
		t.Fatal(err)
	}
	urls := `https://reef.example/feed.xml "~My Reef" Sea
https://tide.example/feed
"exec:tides --now"
"filter:touch pwned:https://x.example/rss"
"query:Odd:unread_count > \"0\""
"query:New:unread = \"yes\""
"query:today:age < 1"
`
	if err := os.WriteFile(filepath.Join(folder, "urls"), []byte(urls), 0o600); err != nil {
		t.Fatal(err)
	}
	cache, err := sql.Open("sqlite", filepath.Join(folder, "cache.db"))
	if err != nil {
		t.Fatal(err)
	}
	defer cache.Close()
	for _, statement := range []string{
		`CREATE TABLE rss_feed (rssurl TEXT PRIMARY KEY, url TEXT, title TEXT)`,
		`CREATE TABLE rss_item (id INTEGER PRIMARY KEY, guid TEXT, title TEXT, author TEXT, url TEXT, feedurl TEXT, pubDate INTEGER, content TEXT, unread INTEGER)`,
		`INSERT INTO rss_feed VALUES ('https://reef.example/feed.xml', 'https://reef.example/', 'Reef'), ('https://left.example/feed', '', 'Left')`,
		`INSERT INTO rss_item VALUES (1, 'a', 'Corals', '', 'https://reef.example/a', 'https://reef.example/feed.xml', 1770026400, 'one', 0),
			(2, 'b', 'Fish', '', 'https://reef.example/b', 'https://reef.example/feed.xml', 1770026500, 'two', 1),
			(3, 'c', 'Gone', '', 'https://left.example/c', 'https://left.example/feed', 1770026500, 'three', 1)`,
	} {
		if _, err := cache.Exec(statement); err != nil {
			t.Fatal(err)
		}
	}
	db, err := store.Memory()
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { db.Close() })
	return importer{db, func(name string) string { return map[string]string{"HOME": home}[name] }}
}

func TestTheScreenTakesInNewsboat(t *testing.T) {
	ctx, i := context.Background(), besideNewsboat(t)
	found, err := i.Found(ctx)
	if err != nil || len(found) != 1 || found[0] != (ui.Elsewhere{Reader: "newsboat", Feeds: 4}) {
		t.Fatalf("found %+v, %v", found, err)
	}
	steps := 0
	got, err := i.Import(ctx, "newsboat", func(done, total int) { steps++ })
	if want := (ui.Imported{Feeds: 4, Programs: 2, Articles: 2, Left: 3}); err != nil || got != want {
		t.Errorf("took in %+v, %v, want %+v", got, err, want)
	}
	if steps != 2 {
		t.Errorf("%d steps were told", steps)
	}
	feeds, err := i.db.Feeds(ctx)
	if err != nil || len(feeds) != 4 {
		t.Fatal(feeds, err)
	}
	for _, f := range feeds {
		if f.Disabled != (f.URL == "exec:tides --now" || f.URL == "https://x.example/rss") {
			t.Errorf("%s: disabled %v", f.URL, f.Disabled)
		}
	}
	if f, err := i.db.FindFeed(ctx, "My Reef"); err != nil || f.Folder != "Sea" || f.Unread != 1 || f.Total != 2 {
		t.Errorf("%+v, %v", f, err)
	}
	saved, err := i.db.Queries(ctx)
	if want := []store.SavedQuery{{Name: "today (newsboat)", Query: "since:1d"}}; err != nil || !slices.Equal(saved, want) {
		t.Errorf("the saved queries are %+v, %v, want %+v", saved, err, want)
	}
	if found, err := i.Found(ctx); err != nil || found != nil {
		t.Errorf("then there is still %+v, %v", found, err)
	}
	if got, err := i.Import(ctx, "newsboat", func(int, int) {}); err != nil || got.Feeds+got.Articles != 0 {
		t.Errorf("again: %+v, %v", got, err)
	}
}

func TestNothingToTakeInIsNoError(t *testing.T) {
	db, err := store.Memory()
	if err != nil {
		t.Fatal(err)
	}
	defer db.Close()
	i := importer{db, func(string) string { return "" }}
	if found, err := i.Found(context.Background()); err != nil || found != nil {
		t.Errorf("%v, %v", found, err)
	}
	if _, err := i.Import(context.Background(), "newsboat", func(int, int) {}); err == nil {
		t.Error("what is not there was taken in")
	}
}
