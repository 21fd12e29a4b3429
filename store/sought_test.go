package store_test

import (
	"fmt"
	"testing"

	"app/newsterm/store"
)

func TestQueryTellsTheWordsItLooksFor(t *testing.T) {
	for typed, want := range map[string]string{
		"":                                 "[]",
		"is:unread in:Sea":                 "[]",
		"Zebra cafe -horse is:unread":      "[{Zebra  false} {cafe  false}]",
		`(a OR "b c") title:d* author:ann`: "[{a  false} {b c  false} {d title true} {ann author false}]",
		"-(a b) c":                         "[{c  false}]",
	} {
		if got := fmt.Sprint(parse(t, typed).Sought()); got != want {
			t.Errorf("%s looks for %s, want %s", typed, got, want)
		}
	}
}

func TestQueryTellsWhetherItIsOfOneFeed(t *testing.T) {
	for typed, want := range map[string]bool{
		"": false, "feed:#7": true, "feed:#7 zebra is:unread": true, "zebra feed:#7": true,
		"feed:alpha": false, "-feed:#7": false, "feed:#7 OR feed:#8": false, "(feed:#7 OR zebra) is:unread": false,
	} {
		if got := parse(t, typed).OneFeed(); got != want {
			t.Errorf("%s is of one feed: %v, want %v", typed, got, want)
		}
	}
	if !store.FeedQuery(3).And(parse(t, "a b")).OneFeed() {
		t.Error("a search in a feed is not of one feed")
	}
}
