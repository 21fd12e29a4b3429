package store_test

import (
	"path/filepath"
	"testing"

	"app/newsterm/feed"
	"app/newsterm/store"
)

func TestPlacesAreKept(t *testing.T) {
	path := filepath.Join(t.TempDir(), "news.db")
	db, err := store.Open(path)
	if err != nil {
		t.Fatal(err)
	}
	f, _, err := db.Subscribe(ctx, feed.Sub{URL: "https://a.example/feed"})
	if err != nil {
		t.Fatal(err)
	}
	doc := &feed.Doc{Items: []feed.Item{{GUID: "1", Title: "One"}, {GUID: "2", Title: "Two"}}}
	if _, err := db.Save(ctx, f.ID, doc); err != nil {
		t.Fatal(err)
	}
	leave := func(id store.ArticleID, own bool, letters int) {
		t.Helper()
		if err := db.Leave(ctx, id, own, letters); err != nil {
			t.Fatal(err)
		}
	}
	left := func(id store.ArticleID, own bool, want int) {
		t.Helper()
		if got, err := db.Left(ctx, id, own); err != nil || got != want {
			t.Errorf("article %d (own %v) was left after %d letters, %v, want %d", id, own, got, err, want)
		}
	}
	left(1, false, 0)
	leave(1, false, 700)
	leave(1, false, 900)
	leave(1, true, 20)
	leave(2, false, 5)
	leave(2, false, 0)
	leave(99, false, 5) // there is no such article
	if err := db.Close(); err != nil {
		t.Fatal(err)
	}
	if _, err := store.Rescue(ctx, path); err != nil {
		t.Fatal(err)
	}
	if db, err = store.Open(path); err != nil {
		t.Fatal(err)
	}
	defer db.Close()
	left(1, false, 900)
	left(1, true, 20)
	left(2, false, 0)
	left(99, false, 0)
	if _, err := db.Mark(ctx, store.Read, true, 1); err != nil {
		t.Fatal(err)
	}
	if n, err := db.Prune(ctx, 0, false); err != nil || n != 1 {
		t.Fatalf("pruned %d, %v", n, err)
	}
	left(1, false, 0)
	left(1, true, 0)
}
