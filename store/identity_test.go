package store_test

import (
	"fmt"
	"testing"
	"time"

	"app/newsterm/feed"
	"app/newsterm/store"
)

// Thousands of articles with one title are known by their seconds, and do not
// take the square of their number to compare.
func TestManyArticlesOfOneTitleMayChangeTheirGuids(t *testing.T) {
	db := memory(t)
	f := subscribe(t, db, "https://a.example/feed")
	const many = 3000
	daily := func(scheme string) (items []feed.Item) {
		for i := range many {
			it := item(fmt.Sprint(i), 0)
			it.GUID, it.Title = fmt.Sprintf("%s/%d", scheme, i), "Daily"
			it.Published = noon.Add(-time.Duration(i)*time.Hour - time.Minute)
			items = append(items, it)
		}
		return items
	}
	save(t, db, f.ID, daily("https://a.example/daily")...)
	mark(t, db, store.Read, true, 7)
	if n := save(t, db, f.ID, daily("urn:daily")...); n != 0 {
		t.Errorf("%d new, want none", n)
	}
	sees(t, db, "is:read", fmt.Sprintf("urn:daily/%d", many-7))
}

func TestOneArticleIsTakenOnce(t *testing.T) {
	db := memory(t)
	f := subscribe(t, db, "https://a.example/feed")
	save(t, db, f.ID, feed.Item{GUID: "http://a.example/tide", Title: "Tide", HTML: "High"})
	mark(t, db, store.Read, true, 1)
	n := save(t, db, f.ID,
		feed.Item{GUID: "https://a.example/tide/", Title: "Tide", HTML: "High"},
		feed.Item{GUID: "https://a.example/tide", Title: "Tide", HTML: "High"})
	if n != 1 {
		t.Errorf("%d new, want one: an article cannot become two", n)
	}
	sees(t, db, "is:read", "https://a.example/tide/")
}

// Articles and pruned ones know each other by the same rules.
func TestAPrunedArticleMayComeBackInNoOtherForm(t *testing.T) {
	for name, c := range map[string][2]feed.Item{
		"of the same second": {
			{GUID: "1", URL: "https://a.example/1", Title: "Tide", Published: noon.Add(-time.Minute)},
			{GUID: "2", URL: "https://a.example/2", Title: "TIDE", Published: noon.Add(-time.Minute)},
		},
		"of the same day and address": {
			{GUID: "1", URL: "https://a.example/1?utm_source=rss", Title: "Tide", Published: noon.Truncate(24 * time.Hour)},
			{GUID: "2", URL: "http://a.example/1/", Title: "Tide", Published: noon.Truncate(24 * time.Hour)},
		},
		"of the same page": {
			{GUID: "1", URL: "https://a.example/1", Title: "Tide"},
			{GUID: "2", URL: "https://www.a.example/1", Title: "Tide", HTML: "other words"},
		},
		"with another scheme and title": {
			{GUID: "http://a.example/1", Title: "Tide"},
			{GUID: "https://a.example/1/", Title: "Tides"},
		},
	} {
		t.Run(name, func(t *testing.T) {
			db := memory(t)
			f := subscribe(t, db, "https://a.example/feed")
			save(t, db, f.ID, c[0], item("newer", 0))
			mark(t, db, store.Read, true, 1, 2)
			if n, err := db.Prune(ctx, 1, false); n != 1 || err != nil {
				t.Fatalf("Prune = %d, %v", n, err)
			}
			for _, it := range []feed.Item{c[1], c[0], c[1]} {
				if n := save(t, db, f.ID, it, item("newer", 0)); n != 0 {
					t.Errorf("%s is back", it.GUID)
				}
			}
		})
	}
}
