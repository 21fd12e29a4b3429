package store_test

import (
	"errors"
	"testing"

	"app/newsterm/feed"
	"app/newsterm/store"
)

func TestAChangeKeepsWhatSomebodyElseHasSet(t *testing.T) {
	db := memory(t)
	f := subscribe(t, db, before)
	f.Headers, f.Muted = "X-Key: one", true
	if err := db.Change(ctx, func(now *store.Feed) { *now = f }, f.ID); err != nil {
		t.Fatal(err)
	}
	if err := db.Change(ctx, func(f *store.Feed) { f.Name, f.URL = "Mine", after }, f.ID); err != nil {
		t.Fatal(err)
	}
	got, err := db.FindFeed(ctx, before) // its old address is still known
	if err != nil || got.Name != "Mine" || got.URL != after || got.Headers != f.Headers || !got.Muted {
		t.Errorf("%+v, %v", got, err)
	}
}

func TestAChangeIsOfAllOrNone(t *testing.T) {
	db := memory(t)
	f, other := subscribe(t, db, before), subscribe(t, db, after)
	name := func(f *store.Feed) { f.Name = "Mine" }
	if err := db.Change(ctx, name, f.ID, other.ID, 99); !errors.Is(err, store.ErrNotFound) {
		t.Errorf("with a feed that is not there: %v", err)
	}
	if err := db.Change(ctx, func(f *store.Feed) { f.Name, f.URL = "Mine", after }, f.ID); !errors.Is(err, store.ErrTaken) {
		t.Errorf("to the address of another: %v", err)
	}
	if err := db.Change(ctx, name); err != nil {
		t.Errorf("of none: %v", err)
	}
	if _, err := db.FindFeed(ctx, "Mine"); !errors.Is(err, store.ErrNotFound) {
		t.Errorf("some of it was kept: %v", err)
	}
	if err := db.Change(ctx, name, f.ID, other.ID); err != nil {
		t.Error(err)
	}
}

func TestNoFeedTakesTheAddressOfAnother(t *testing.T) {
	db := memory(t)
	f, other := subscribe(t, db, before), subscribe(t, db, after)
	for range 2 { // followed, and left
		f.URL = after
		err := db.Change(ctx, func(now *store.Feed) { *now = f }, f.ID)
		if want := "edit " + after + ": another feed has that address: " + other.Title; !errors.Is(err, store.ErrTaken) || err.Error() != want {
			t.Errorf("%v, want %s", err, want)
		}
		if err := db.Unsubscribe(ctx, other.ID); err != nil {
			t.Fatal(err)
		}
	}
	f.URL = before
	if err := db.Change(ctx, func(now *store.Feed) { *now = f }, f.ID); err != nil {
		t.Errorf("its own address: %v", err)
	}
}

func TestEditingAFeedThatHasMovedMeanwhileLeavesItThere(t *testing.T) {
	db := memory(t)
	f := subscribe(t, db, before)
	if err := db.Move(ctx, f, after); err != nil {
		t.Fatal(err)
	}
	if err := db.Change(ctx, func(f *store.Feed) { f.Folder = "News" }, f.ID); err != nil {
		t.Fatal(err)
	}
	found, err := db.FindFeed(ctx, before)
	if err != nil || found.URL != after || found.Folder != "News" {
		t.Errorf("at %s, in %q, %v", found.URL, found.Folder, err)
	}
}

func TestTheSiteOfASubscriptionIsClean(t *testing.T) {
	db := memory(t)
	f, _, err := db.Subscribe(ctx, feed.Sub{URL: before, Site: "https://old.example/\x1b]0;evil\x07\n"})
	if err != nil || f.Site != feed.Line(f.Site) {
		t.Errorf("%q, %v", f.Site, err)
	}
}

func TestABlankNameIsNoFeeds(t *testing.T) {
	db := memory(t)
	subscribe(t, db, before)
	for _, ref := range []string{"", " ", "\t"} {
		if f, err := db.FindFeed(ctx, ref); !errors.Is(err, store.ErrNotFound) {
			t.Errorf("%q is %s, %v", ref, f.URL, err)
		}
	}
}
