package store_test

import (
	"testing"

	"app/newsterm/feed"
	"app/newsterm/store"
)

func bury(t *testing.T, db *store.DB, id store.FeedID, dry bool, want int, names ...string) {
	t.Helper()
	items := items(names...)
	if n, err := db.Bury(ctx, id, dry, items...); err != nil || n != want {
		t.Errorf("Bury of %v: %d, %v, want %d", names, n, err, want)
	}
}

func TestWhatIsBuriedIsNotBroughtByAFetch(t *testing.T) {
	db := memory(t)
	f, other := subscribe(t, db, before), subscribe(t, db, after)
	save(t, db, f.ID, item("there", 1))
	bury(t, db, f.ID, true, 2, "there", "one", "two", "one")
	bury(t, db, f.ID, false, 2, "there", "one", "two", "one")
	bury(t, db, f.ID, false, 0, "there", "one", "two")
	bury(t, db, f.ID, true, 0, "there", "one", "two")
	bury(t, db, f.ID, false, 0)
	if n := save(t, db, f.ID, items("there", "one", "two", "three")...); n != 1 {
		t.Errorf("a fetch has added %d, want 1", n)
	}
	sees(t, db, "is:unread", "three", "there")
	if n := save(t, db, other.ID, item("one", 1)); n != 1 {
		t.Errorf("another feed has added %d, want 1", n)
	}
}

func TestWhatIsBuriedIsKnownUnderAnotherGUID(t *testing.T) {
	db := memory(t)
	f := subscribe(t, db, before)
	renamed := item("one", 1)
	renamed.GUID = "urn:one"
	bury(t, db, f.ID, false, 1, "one")
	if n := save(t, db, f.ID, renamed); n != 0 {
		t.Errorf("a fetch has added %d, want none", n)
	}
}

// items are those of names, all of yesterday.
func items(names ...string) (list []feed.Item) {
	for _, name := range names {
		list = append(list, item(name, 1))
	}
	return list
}
