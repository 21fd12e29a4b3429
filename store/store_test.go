package store_test

import (
	"context"
	"errors"
	"fmt"
	"testing"
	"time"

	"app/newsterm/feed"
	"app/newsterm/store"
)

var ctx = context.Background()

// noon is when tests happen, unless they move the clock.
var noon = time.Date(2022, 1, 6, 12, 0, 0, 0, time.UTC)

func memory(t testing.TB) *store.DB {
	t.Helper()
	db, err := store.Memory()
	if err != nil {
		t.Fatal(err)
	}
	db.Now = func() time.Time { return noon }
	t.Cleanup(func() { db.Close() })
	return db
}

func subscribe(t testing.TB, db *store.DB, url string) store.Feed {
	t.Helper()
	f, _, err := db.Subscribe(ctx, feed.Sub{URL: url})
	if err != nil {
		t.Fatal(err)
	}
	return f
}

func save(t testing.TB, db *store.DB, id store.FeedID, items ...feed.Item) int {
	t.Helper()
	n, err := db.Save(ctx, id, &feed.Doc{Items: items})
	if err != nil {
		t.Fatal(err)
	}
	return n
}

// item is one whose guid, address and title are made of name, published days before noon.
func item(name string, days int) feed.Item {
	return feed.Item{
		GUID:      name,
		URL:       "https://a.example/" + name,
		Title:     "Title of " + name,
		Published: noon.AddDate(0, 0, -days),
		HTML:      "<p>Text of " + name + "</p>",
	}
}

func parse(t testing.TB, s string) store.Query {
	t.Helper()
	q, err := store.ParseQuery(s)
	if err != nil {
		t.Fatal(err)
	}
	return q
}

// found lists what a query finds, by guid.
func found(t testing.TB, db *store.DB, query string) []string {
	t.Helper()
	list, err := db.Articles(ctx, parse(t, query), store.Page{})
	if err != nil {
		t.Fatalf("%s: %v", query, err)
	}
	guids := []string{}
	for _, a := range list {
		guids = append(guids, a.GUID)
	}
	return guids
}

func mark(t testing.TB, db *store.DB, flag store.Flag, on bool, ids ...store.ArticleID) {
	t.Helper()
	if _, err := db.Mark(ctx, flag, on, ids...); err != nil {
		t.Fatal(err)
	}
}

func index(t testing.TB, db *store.DB) {
	t.Helper()
	if err := db.Index(ctx); err != nil {
		t.Fatal(err)
	}
}

func sees(t testing.TB, db *store.DB, query string, want ...string) {
	t.Helper()
	if got := found(t, db, query); fmt.Sprint(got) != fmt.Sprint(want) {
		t.Errorf("%s finds %v, want %v", query, got, want)
	}
}

func TestSaveKeepsMarks(t *testing.T) {
	db := memory(t)
	f := subscribe(t, db, "https://a.example/feed")
	if n := save(t, db, f.ID, item("one", 1), item("two", 2)); n != 2 {
		t.Fatalf("Save added %d, want 2", n)
	}
	index(t, db)
	sees(t, db, "text", "one", "two")
	mark(t, db, store.Read, true, 1)
	mark(t, db, store.Starred, true, 2)
	edited := item("two", 0)
	edited.HTML = "<p>spots</p>"
	if n := save(t, db, f.ID, edited); n != 0 {
		t.Fatalf("second Save added %d, want none", n)
	}
	index(t, db)
	sees(t, db, "spots", "two")
	sees(t, db, "text -spots", "one")
	sees(t, db, "is:unread", "one")
	sees(t, db, "is:starred", "one")
	sees(t, db, "", "one", "two")
	a, err := db.Article(ctx, 1)
	if err != nil || a.HTML != "<p>spots</p>" || !a.Read || !a.Published.Equal(noon.AddDate(0, 0, -2)) {
		t.Errorf("Article = %+v, %v", a, err)
	}
	if _, err := db.Article(ctx, 999); !errors.Is(err, store.ErrNotFound) {
		t.Errorf("err = %v, want ErrNotFound", err)
	}
}
