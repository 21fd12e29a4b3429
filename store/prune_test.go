package store_test

import (
	"testing"
	"time"

	"app/newsterm/feed"
	"app/newsterm/store"
)

// TestOnlySoManyAreKept: of a feed that keeps two, what is read and old goes,
// and nothing else does.
func TestOnlySoManyAreKept(t *testing.T) {
	db := three(t)
	feeds, err := db.Feeds(ctx)
	if err != nil {
		t.Fatal(err)
	}
	other := subscribe(t, db, "https://b.example")
	save(t, db, other.ID, item("a", 0), item("b", 1), item("c", 2))
	kept := func(since time.Time, want int) {
		t.Helper()
		if n, err := db.PruneKept(ctx, since); n != want || err != nil {
			t.Errorf("PruneKept = %d, %v, want %d", n, err, want)
		}
	}
	mark(t, db, store.Read, true, 1, 2, 3, 4, 5, 6)
	kept(time.Time{}, 0) // none asked for that
	f := feeds[0]
	f.Keep = 2
	if err := db.Change(ctx, func(now *store.Feed) { *now = f }, f.ID); err != nil {
		t.Fatal(err)
	}
	older := []feed.Item{item("old", 9), item("starred", 8), item("unread", 7)}
	save(t, db, f.ID, older...) // 7, 8 and 9, the oldest first
	sees(t, db, "feed:#1", "three", "two", "one", "unread", "starred", "old")
	mark(t, db, store.Read, true, 7, 8)
	mark(t, db, store.Starred, true, 8)
	kept(noon, 0) // all were read just now
	kept(noon.Add(time.Minute), 2)
	kept(time.Time{}, 0)
	sees(t, db, "feed:#1", "three", "two", "unread", "starred")
	if n := save(t, db, f.ID, append(older, item("three", 1), item("one", 3), item("four", 0))...); n != 1 {
		t.Errorf("Save added %d, want only four", n)
	}
	sees(t, db, "feed:#1", "four", "three", "two", "unread", "starred")
	sees(t, db, "feed:#2", "a", "b", "c")
	mark(t, db, store.Read, true, 9)
	kept(time.Time{}, 2)
	sees(t, db, "feed:#1", "four", "three", "starred")
	if feeds, err = db.Feeds(ctx); err != nil || feeds[0].Total != 3 || feeds[0].Unread != 1 {
		t.Errorf("counts are %+v, %v", feeds[0], err)
	}
}
