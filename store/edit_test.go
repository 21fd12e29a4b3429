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
