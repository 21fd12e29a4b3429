package store_test

import (
	"errors"
	"testing"

	"app/newsterm/feed"
	"app/newsterm/store"
)

func TestNthComesToEachArticleOnce(t *testing.T) {
	db := memory(t)
	f, _, err := db.Subscribe(ctx, feed.Sub{URL: "https://a.example/feed"})
	if err != nil {
		t.Fatal(err)
	}
	doc := &feed.Doc{URL: f.URL, Items: []feed.Item{{GUID: "1", Title: "One"}, {GUID: "2", Title: "Two"}, {GUID: "3", Title: "Three"}}}
	if _, err := db.Save(ctx, f.ID, doc); err != nil {
		t.Fatal(err)
	}
	at, err := db.Moment(ctx)
	if err != nil {
		t.Fatal(err)
	}
	seen := map[store.ArticleID]bool{}
	for n := range 3 {
		id, err := db.Nth(ctx, store.FeedQuery(f.ID), at, n)
		if err != nil || seen[id] {
			t.Errorf("the %d.: %d, %v", n, id, err)
		}
		seen[id] = true
	}
	if _, err := db.Nth(ctx, store.FeedQuery(f.ID), at, 3); !errors.Is(err, store.ErrNotFound) {
		t.Errorf("beyond the last: %v", err)
	}
}
