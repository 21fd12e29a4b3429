package store_test

import (
	"errors"
	"testing"
	"time"

	"app/newsterm/store"
)

func TestAClaimIsOfOne(t *testing.T) {
	db := memory(t)
	now := noon
	db.Now = func() time.Time { return now }
	f := subscribe(t, db, "https://a.example/feed")
	claim := func(f store.Feed) store.Claim {
		t.Helper()
		c, err := db.Claim(ctx, []store.Feed{f})
		if err != nil {
			t.Fatal(err)
		}
		return c
	}
	first := claim(f)
	if !first.Feeds[f.ID] || claim(f).Feeds[f.ID] {
		t.Error("both have it")
	}
	now = now.Add(6 * time.Minute)
	first, err := db.Extend(ctx, first)
	if err != nil {
		t.Fatal(err)
	}
	now = now.Add(6 * time.Minute)
	if claim(f).Feeds[f.ID] {
		t.Error("an extended claim has run out")
	}
	now = now.Add(6 * time.Minute)
	second := claim(f)
	if !second.Feeds[f.ID] {
		t.Error("a claim holds for ever")
	}
	if err := db.Release(ctx, first); err != nil {
		t.Fatal(err)
	}
	if claim(f).Feeds[f.ID] {
		t.Error("one has ended the claim of another")
	}
	if err := db.Release(ctx, second); err != nil {
		t.Fatal(err)
	}
	if !claim(f).Feeds[f.ID] {
		t.Error("a claim that was ended holds")
	}
	g := f
	g.Checked = now
	if _, err := db.SaveMany(ctx, store.Fetched{Feed: g}); err != nil {
		t.Fatal(err)
	}
	if claim(f).Feeds[f.ID] {
		t.Error("claimed, although it was fetched since it was read")
	}
	if !claim(g).Feeds[f.ID] {
		t.Error("a settled feed is still claimed")
	}
}

// A clock that was a year ahead has kept no feed from being fetched.
func TestWhatAWrongClockHasKeptDoesNotCount(t *testing.T) {
	db := memory(t)
	now := noon.AddDate(1, 0, 0)
	db.Now = func() time.Time { return now }
	f := subscribe(t, db, "https://a.example/feed")
	if _, err := db.Claim(ctx, []store.Feed{f}); err != nil {
		t.Fatal(err)
	}
	if err := db.Park(ctx, "a.example", now.Add(24*time.Hour)); err != nil {
		t.Fatal(err)
	}
	now = noon
	if hosts, err := db.Parked(ctx); err != nil || len(hosts) != 0 {
		t.Errorf("%v, %v, want none", hosts, err)
	}
	if c, err := db.Claim(ctx, []store.Feed{f}); err != nil || !c.Feeds[f.ID] {
		t.Errorf("the feed cannot be claimed: %v", err)
	}
	until := now.Add(24 * time.Hour)
	if err := db.Park(ctx, "a.example", until); err != nil {
		t.Fatal(err)
	}
	if hosts, err := db.Parked(ctx); err != nil || !hosts["a.example"].Equal(until) {
		t.Errorf("%v, %v, want the time that the right clock has kept", hosts, err)
	}
}

func TestAnEditedFeedIsDueAtOnce(t *testing.T) {
	db := memory(t)
	f := subscribe(t, db, "https://a.example/feed")
	f.Next, f.Gone, f.MovedTo, f.Cache.Hash, f.Cache.ETag = noon.Add(time.Hour), true, "https://a.example/new", "x", "y"
	if _, err := db.SaveMany(ctx, store.Fetched{Feed: f}); err != nil {
		t.Fatal(err)
	}
	edit := func(f store.Feed) store.Feed {
		t.Helper()
		if err := db.Change(ctx, func(now *store.Feed) { *now = f }, f.ID); err != nil {
			t.Fatal(err)
		}
		f, err := db.FindFeed(ctx, "a.example")
		if err != nil {
			t.Fatal(err)
		}
		return f
	}
	f.Folder = "News"
	if g := edit(f); !g.Next.Equal(f.Next) || !g.Gone || g.Cache != f.Cache || g.MovedTo != f.MovedTo {
		t.Errorf("in another folder: %+v", g)
	}
	f.Every = time.Hour
	if g := edit(f); !g.Next.IsZero() || !g.Gone {
		t.Errorf("at other times: %+v", g)
	}
	f.URL = "https://a.example/other"
	if g := edit(f); g.Gone || g.MovedTo != "" || g.Cache.Hash != "" || g.Cache.ETag != "" {
		t.Errorf("at another address: %+v", g)
	}
}

func TestAFeedMovesWhereNoOtherIs(t *testing.T) {
	db := memory(t)
	f, other := subscribe(t, db, "https://a.example/feed"), subscribe(t, db, "https://b.example/feed")
	if err := db.Move(ctx, f, other.URL); !errors.Is(err, store.ErrTaken) {
		t.Errorf("err = %v, want ErrTaken", err)
	}
	if err := db.Unsubscribe(ctx, other.ID); err != nil {
		t.Fatal(err)
	}
	if err := db.Move(ctx, f, other.URL); !errors.Is(err, store.ErrTaken) {
		t.Errorf("to a feed that was left: err = %v, want ErrTaken", err)
	}
	if err := db.Move(ctx, f, "https://c.example/feed"); err != nil {
		t.Fatal(err)
	}
	if g, err := db.FindFeed(ctx, "c.example"); err != nil || g.ID != f.ID {
		t.Errorf("%+v, %v", g, err)
	}
}

func TestParkedHostsAreKeptUntilTheirTime(t *testing.T) {
	db := memory(t)
	now := noon
	db.Now = func() time.Time { return now }
	for _, wait := range []time.Duration{2 * time.Hour, time.Hour} {
		if err := db.Park(ctx, "a.example", noon.Add(wait)); err != nil {
			t.Fatal(err)
		}
	}
	if hosts, err := db.Parked(ctx); err != nil || !hosts["a.example"].Equal(noon.Add(2*time.Hour)) {
		t.Errorf("%v, %v, want the longer time", hosts, err)
	}
	now = now.Add(2 * time.Hour)
	if hosts, err := db.Parked(ctx); err != nil || len(hosts) != 0 {
		t.Errorf("%v, %v, want none", hosts, err)
	}
}
