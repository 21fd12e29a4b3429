package store_test

import (
	"bufio"
	"database/sql"
	"os"
	"os/exec"
	"path/filepath"
	"testing"

	"app/newsterm/store"
)

// firstRelease is a file that the first newsterm made: schema 1, with two
// feeds and two articles, one read and starred.
func firstRelease(t *testing.T) string {
	t.Helper()
	schema, err := os.ReadFile("schema/001_start.sql")
	if err != nil {
		t.Fatal(err)
	}
	path := filepath.Join(t.TempDir(), "news.db")
	change(t, path, `PRAGMA journal_mode = wal`)
	change(t, path, string(schema)+`
		PRAGMA user_version = 1;
		INSERT INTO feeds (url, name, title, folder, etag, checked, succeeded, every, muted, unread, total)
		VALUES ('https://a.example/feed', 'Mine', 'Theirs', 'Sea/Deep', '"tag"', 100, 100, 3600, 1, 1, 2),
			('https://b.example/feed', '', 'Left', '', '', 0, 0, 0, 0, 0, 0);
		UPDATE feeds SET archived = 1 WHERE id = 2;
		INSERT INTO articles (feed, guid, url, title, published, updated, arrived, date, read, read_at, starred, starred_at, same, hash)
		VALUES (1, 'one', 'https://a.example/one', 'Corals', 50, 0, 90, 50, 1, 95000, 1, 96000, 1, 1),
			(1, 'two', '', 'Whales', 60, 0, 90, 60, 0, 0, 0, 0, 2, 2);
		INSERT INTO bodies (article, html) VALUES (1, '<p>They grow.</p>'), (2, '<p>They sing.</p>');
		INSERT INTO waiting (article, hash) VALUES (1, 1), (2, 2);
		INSERT INTO tombstones (feed, guid, same, url, published, read, at) VALUES (1, 'gone', 3, '', 10, 1, 99);
		INSERT INTO settings VALUES ('background', 'dark');
		UPDATE clock SET last = 96000;`)
	return path
}

// keptAll checks that nothing of a firstRelease is lost, and that it takes
// what only newer files have.
func keptAll(t *testing.T, db *store.DB) {
	t.Helper()
	feeds, err := db.Feeds(ctx)
	if err != nil || len(feeds) != 1 {
		t.Fatalf("%d feeds, %v", len(feeds), err)
	}
	f := feeds[0]
	if f.URL != "https://a.example/feed" || f.Name != "Mine" || f.Folder != "Sea/Deep" || f.Cache.ETag != `"tag"` ||
		f.Every.Hours() != 1 || !f.Muted || f.Unread != 1 || f.Total != 2 || f.Succeeded.Unix() != 100 {
		t.Errorf("the feed is %+v", f)
	}
	if f.Disabled || f.Keep != 0 || f.Tags != nil {
		t.Errorf("the feed has %v, %d, %q", f.Disabled, f.Keep, f.Tags)
	}
	if left, err := db.Archived(ctx); err != nil || len(left) != 1 {
		t.Errorf("%d feeds were left, %v", len(left), err)
	}
	a, err := db.Article(ctx, 1)
	if err != nil || a.Title != "Corals" || !a.Read || !a.Starred || a.HTML != "<p>They grow.</p>" {
		t.Errorf("%+v, %v", a, err)
	}
	index(t, db)
	sees(t, db, "sing is:unread feed:mine", "two")
	sees(t, db, "is:starred in:sea", "one")
	if n := save(t, db, f.ID, item("gone", 0), item("one", 0)); n != 0 {
		t.Errorf("%d articles came back", n)
	}
	if dark, err := db.Setting(ctx, "background"); dark != "dark" || err != nil {
		t.Errorf("the setting is %q, %v", dark, err)
	}
	f.Tags, f.Keep, f.Disabled = []string{"sea"}, 5, true
	if err := db.Change(ctx, func(now *store.Feed) { *now = f }, f.ID); err != nil {
		t.Fatal(err)
	}
	sees(t, db, "tag:sea", "two", "one")
	if err := db.SaveQuery(ctx, "New", "is:unread"); err != nil {
		t.Error(err)
	}
}

func TestUpgradeKeepsEverything(t *testing.T) {
	path := firstRelease(t)
	keptAll(t, open(t, path))
	file, err := sql.Open("sqlite", path)
	if err != nil {
		t.Fatal(err)
	}
	defer file.Close()
	var version int
	var sound string
	if err := file.QueryRow(`SELECT (SELECT user_version FROM pragma_user_version), (SELECT * FROM pragma_integrity_check)`).Scan(&version, &sound); err != nil ||
		version != 4 || sound != "ok" {
		t.Errorf("version %d, %s, %v", version, sound, err)
	}
}

// TestManyProcessesMayUpgradeAtOnce: one does it, and the others wait for it.
func TestManyProcessesMayUpgradeAtOnce(t *testing.T) {
	path := firstRelease(t)
	type process struct {
		*exec.Cmd
		out *bufio.Scanner
	}
	var all []process
	for n := range 4 {
		cmd, out := start(t, "open", path, n)
		all = append(all, process{cmd, out})
	}
	db := open(t, path)
	for _, p := range all {
		if p.out.Scan(); p.out.Text() != "1" {
			t.Errorf("another process sees %q feeds", p.out.Text())
		}
		if err := p.Wait(); err != nil {
			t.Error(err)
		}
	}
	keptAll(t, db)
}
