package store_test

import (
	"errors"
	"maps"
	"testing"
	"time"

	"app/newsterm/feed"
	"app/newsterm/store"
)

const before, after = "https://old.example/feed", "https://new.example/feed"

// movesTo moves the feed by itself, or as its reader wants.
var movesTo = map[string]func(*testing.T, *store.DB, store.Feed, string) store.Feed{
	"moved by its server": func(t *testing.T, db *store.DB, f store.Feed, to string) store.Feed {
		if err := db.Move(ctx, f, to); err != nil {
			t.Fatal(err)
		}
		f.URL = to
		return f
	},
	"edited": func(t *testing.T, db *store.DB, f store.Feed, to string) store.Feed {
		f.URL = to
		if err := db.Change(ctx, func(now *store.Feed) { *now = f }, f.ID); err != nil {
			t.Fatal(err)
		}
		return f
	},
}

func TestAFeedIsKnownByItsOldAddress(t *testing.T) {
	for how, move := range movesTo {
		t.Run(how, func(t *testing.T) {
			db := memory(t)
			f := move(t, db, subscribe(t, db, before), after)
			again, added, err := db.Subscribe(ctx, feed.Sub{URL: before, Folder: "Other"})
			if err != nil || added || again.ID != f.ID || again.URL != after || again.Folder != "" {
				t.Errorf("Subscribe gave %+v, added %v, %v", again, added, err)
			}
			found, err := db.FindFeed(ctx, before)
			if err != nil || found.ID != f.ID {
				t.Errorf("FindFeed gave %+v, %v", found, err)
			}
			if err := db.Unsubscribe(ctx, f.ID); err != nil {
				t.Fatal(err)
			}
			if _, err := db.FindFeed(ctx, before); !errors.Is(err, store.ErrNotFound) {
				t.Errorf("a feed that was left is found: %v", err)
			}
			again, added, err = db.Subscribe(ctx, feed.Sub{URL: before})
			if err != nil || !added || again.ID != f.ID || again.Archived {
				t.Errorf("a feed that was left did not come back: %+v, added %v, %v", again, added, err)
			}
		})
	}
}

func TestAnAddressInUseIsNoOldOne(t *testing.T) {
	db := memory(t)
	f := movesTo["edited"](t, db, subscribe(t, db, before), after)
	f = movesTo["edited"](t, db, f, before)
	sameAddresses(t, db, map[string]store.FeedID{after: f.ID})
	other := movesTo["edited"](t, db, subscribe(t, db, "https://third.example/feed"), after)
	sameAddresses(t, db, map[string]store.FeedID{"https://third.example/feed": other.ID})
	if found, err := db.FindFeed(ctx, after); err != nil || found.ID != other.ID {
		t.Errorf("FindFeed gave %+v, %v", found, err)
	}
}

func TestAMoveThatComesTooLateIsForgotten(t *testing.T) {
	db := memory(t)
	f := subscribe(t, db, before)
	movesTo["edited"](t, db, f, after)
	if err := db.Move(ctx, f, "https://late.example/feed"); err != nil {
		t.Fatal(err)
	}
	sameAddresses(t, db, map[string]store.FeedID{before: f.ID})
}

func TestAddAddressesTakesNoneAway(t *testing.T) {
	db := memory(t)
	f, other := subscribe(t, db, before), subscribe(t, db, after)
	f = movesTo["edited"](t, db, f, "https://now.example/feed")
	if err := db.AddAddresses(ctx, other.ID, before, "https://now.example/feed", "https://once.example/feed"); err != nil {
		t.Fatal(err)
	}
	if err := db.AddAddresses(ctx, 99, "https://nobody.example/feed"); err != nil {
		t.Fatal(err)
	}
	sameAddresses(t, db, map[string]store.FeedID{before: f.ID, "https://once.example/feed": other.ID})
}

func sameAddresses(t *testing.T, db *store.DB, want map[string]store.FeedID) {
	t.Helper()
	got, err := db.Addresses(ctx)
	if err != nil || !maps.Equal(got, want) {
		t.Errorf("old addresses: %v, %v, want %v", got, err, want)
	}
}

func TestSubscribeManySavesAllThatIsSet(t *testing.T) {
	db := memory(t)
	there := subscribe(t, db, "https://there.example/feed")
	sub := feed.Sub{URL: before, Title: "Mine", Site: "https://old.example/", Folder: "A/B", Tags: []string{"x", "y", "X"},
		Every: time.Hour, Keep: 10, Muted: true, Disabled: true}
	added, err := db.SubscribeMany(ctx, sub, feed.Sub{URL: there.URL, Folder: "Other"}, feed.Sub{URL: before, Title: "Again"})
	if err != nil || added != 1 {
		t.Fatalf("%d added, %v", added, err)
	}
	f, err := db.FindFeed(ctx, before)
	if err != nil {
		t.Fatal(err)
	}
	if f.Name != "Mine" || f.Site != sub.Site || f.Folder != "A/B" || len(f.Tags) != 2 || f.Every != time.Hour || f.Keep != 10 || !f.Muted || !f.Disabled {
		t.Errorf("%+v", f)
	}
	if f, err := db.FindFeed(ctx, there.URL); err != nil || f.Folder != "" {
		t.Errorf("a feed that was there was changed: %+v, %v", f, err)
	}
}

func TestAFeedThatComesBackStaysDisabled(t *testing.T) {
	db := memory(t)
	if _, err := db.SubscribeMany(ctx, feed.Sub{URL: before, Disabled: true, Keep: 7}); err != nil {
		t.Fatal(err)
	}
	f, err := db.FindFeed(ctx, before)
	if err != nil {
		t.Fatal(err)
	}
	if err := db.Unsubscribe(ctx, f.ID); err != nil {
		t.Fatal(err)
	}
	f, added, err := db.Subscribe(ctx, feed.Sub{URL: before, Tags: []string{"new"}})
	if err != nil || !added || !f.Disabled || f.Keep != 7 || len(f.Tags) != 1 {
		t.Errorf("%+v, added %v, %v", f, added, err)
	}
}

func TestAnOldAddressCanBecomeAFeedOfItsOwn(t *testing.T) {
	for how, move := range movesTo {
		t.Run(how, func(t *testing.T) {
			db := memory(t)
			f := move(t, db, subscribe(t, db, before), after)
			own, added, err := db.Subscribe(ctx, feed.Sub{URL: before, Anew: true})
			if err != nil || !added || own.ID == f.ID || own.URL != before {
				t.Errorf("Subscribe gave %+v, added %v, %v", own, added, err)
			}
			for url, want := range map[string]store.FeedID{before: own.ID, after: f.ID} {
				for _, anew := range []bool{false, true} {
					got, added, err := db.Subscribe(ctx, feed.Sub{URL: url, Anew: anew})
					if err != nil || added || got.ID != want {
						t.Errorf("%s again: %+v, added %v, %v", url, got, added, err)
					}
				}
			}
			if old, err := db.Addresses(ctx); err != nil || len(old) > 0 {
				t.Errorf("old addresses: %v, %v, want none", old, err)
			}
		})
	}
}
