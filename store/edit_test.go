package store_test

import (
	"errors"
	"testing"

	"app/newsterm/feed"
	"app/newsterm/store"
)

func TestFeedsAreEditedAllOrNone(t *testing.T) {
	db := memory(t)
	var feeds []store.Feed
	for _, address := range []string{"https://a.example/feed", "https://b.example/feed"} {
		f, _, err := db.Subscribe(ctx, feed.Sub{URL: address, Folder: "News"})
		if err != nil {
			t.Fatal(err)
		}
		f.Folder = "World"
		feeds = append(feeds, f)
	}
	folders := func() string {
		list, err := db.Feeds(ctx)
		if err != nil {
			t.Fatal(err)
		}
		return list[0].Folder + " " + list[1].Folder
	}

	if err := db.EditAll(ctx, feeds[0], feeds[1], store.Feed{ID: 99}); !errors.Is(err, store.ErrNotFound) || folders() != "News News" {
		t.Errorf("with a feed that is not there: %v, in %s", err, folders())
	}
	if err := db.EditAll(ctx, feeds...); err != nil || folders() != "World World" {
		t.Errorf("%v, in %s", err, folders())
	}
	if err := db.EditAll(ctx); err != nil {
		t.Errorf("of no feed: %v", err)
	}
}

func TestNoFeedTakesTheAddressOfAnother(t *testing.T) {
	db := memory(t)
	f, other := subscribe(t, db, before), subscribe(t, db, after)
	for range 2 { // followed, and left
		f.URL = after
		err := db.EditAddress(ctx, f)
		if want := "edit " + after + ": another feed has that address: " + other.Title; !errors.Is(err, store.ErrTaken) || err.Error() != want {
			t.Errorf("%v, want %s", err, want)
		}
		if err := db.Unsubscribe(ctx, other.ID); err != nil {
			t.Fatal(err)
		}
	}
	f.URL = before
	if err := db.EditAddress(ctx, f); err != nil {
		t.Errorf("its own address: %v", err)
	}
}

func TestEditingAFeedThatHasMovedMeanwhileLeavesItThere(t *testing.T) {
	db := memory(t)
	f := subscribe(t, db, before)
	if err := db.Move(ctx, f, after); err != nil {
		t.Fatal(err)
	}
	f.Folder = "News"
	if err := db.Edit(ctx, f); err != nil {
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
