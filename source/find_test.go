package source_test

import (
	"errors"
	"testing"

	"app/newsterm/feed"
	"app/newsterm/source"
	"app/newsterm/store"
)

func TestWhatIsFoundIsKeptOnlyWhenFollowed(t *testing.T) {
	address, asked := site(t, map[string]string{"/": alternate("/a", "/b"), "/a": rss("A", "one", "two"), "/b": rss("B", "three")})
	web := finder(t)
	found, err := web.Find(ctx, " "+address+"/ ")
	if err != nil || found.Doc.Title != "A" || len(found.Others) != 1 {
		t.Fatalf("found %+v, %v", found, err)
	}
	if feeds, err := web.DB.Feeds(ctx); err != nil || len(feeds) != 0 {
		t.Fatalf("%d feeds are there before any is followed, %v", len(feeds), err)
	}
	before := len(*asked)
	a, err := web.Follow(ctx, found, feed.Sub{URL: found.Doc.URL, Folder: "Finds"})
	if err != nil || !a.New || a.Added != 2 || a.Feed.Title != "A" || a.Feed.Folder != "Finds" || a.Feed.Succeeded.IsZero() {
		t.Errorf("followed %+v, %v", a, err)
	}
	if len(*asked) != before {
		t.Errorf("asked again for %q", (*asked)[before:])
	}
	if again, err := web.Follow(ctx, found, feed.Sub{URL: found.Doc.URL}); err != nil || again.New || again.Feed.ID != a.Feed.ID {
		t.Errorf("followed twice: %+v, %v", again, err)
	}
	b, err := web.Follow(ctx, found, feed.Sub{URL: found.Others[0].URL, Folder: "Finds"})
	if err != nil || !b.New || b.Added != 1 || b.Feed.Title != "B" {
		t.Errorf("followed %+v, %v", b, err)
	}
}

func TestNothingIsFoundInPlainWords(t *testing.T) {
	const want = `"a word" is neither an address (https://example.org/feed.xml) nor a file`
	if _, err := finder(t).Find(ctx, "a word"); err == nil || err.Error() != want {
		t.Errorf("%v, want %s", err, want)
	}
}

func TestAPageNamesNoProgram(t *testing.T) {
	address, _ := site(t, map[string]string{"/": alternate("/a"), "/a": rss("A", "one")})
	web := finder(t)
	found, err := web.Find(ctx, address+"/")
	if err != nil {
		t.Fatal(err)
	}
	if _, err := web.Follow(ctx, found, feed.Sub{URL: "exec:echo hello"}); err == nil {
		t.Error("a program was run")
	}
}

func TestTheHandbookIsFoundAgain(t *testing.T) {
	web := finder(t)
	if err := source.Handbook(ctx, web.DB); err != nil {
		t.Fatal(err)
	}
	f, err := web.DB.FindFeed(ctx, source.HandbookURL)
	if err != nil {
		t.Fatal(err)
	}
	if err := web.DB.Unsubscribe(ctx, f.ID); err != nil {
		t.Fatal(err)
	}
	found, err := web.Find(ctx, source.HandbookURL)
	if err != nil {
		t.Fatal(err)
	}
	if s, err := web.Follow(ctx, found, feed.Sub{URL: found.Doc.URL}); err != nil || s.Feed.ID != f.ID || s.Feed.Total == 0 {
		t.Errorf("followed %+v, %v", s, err)
	}
	if _, err := web.DB.FindFeed(ctx, source.HandbookURL); errors.Is(err, store.ErrNotFound) {
		t.Error("it is not back")
	}
}

// finder is a Web over a store without feeds.
func finder(t *testing.T) *source.Web {
	return &source.Web{DB: library(t), Client: &feed.Client{}}
}

// A feed whose address ends like that of the handbook is another one.
func TestTheHandbookThatWasLeftStaysAway(t *testing.T) {
	db := library(t)
	if err := source.Handbook(ctx, db); err != nil {
		t.Fatal(err)
	}
	f, err := db.FindFeed(ctx, source.HandbookURL)
	if err != nil {
		t.Fatal(err)
	}
	if err := db.Unsubscribe(ctx, f.ID); err != nil {
		t.Fatal(err)
	}
	for _, host := range []string{"a", "b"} {
		subscribe(t, db, "https://"+host+".example/"+source.HandbookURL)
		if err := db.SetSetting(ctx, "handbook", "an older one"); err != nil {
			t.Fatal(err)
		}
		if err := source.Handbook(ctx, db); err != nil {
			t.Fatal(err)
		}
		feeds, err := db.Feeds(ctx)
		if err != nil {
			t.Fatal(err)
		}
		for _, f := range feeds {
			if f.URL == source.HandbookURL {
				t.Error("the handbook is back")
			}
		}
	}
}
