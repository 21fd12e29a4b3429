package ui

import (
	"context"
	"testing"

	"app/newsterm/store"
)

func TestAfterTheLastUnreadArticleOfAFeedComesTheNextFeed(t *testing.T) {
	d := drive(t, library(t)).toItem("Beta").press("tab", "m", "n")
	d.sees("no further unread article in Beta · on with Alpha", "First", "1/3")
	if d.on() != "First" || d.m.focus != articlePane {
		t.Errorf("on %s", d.on())
	}
}

func TestSpaceReadsFeedAfterFeed(t *testing.T) {
	db := library(t)
	d := drive(t, db).toItem("Alpha").press("tab", "enter")
	for _, title := range []string{"First", "Second", "Third", "Other"} {
		if d.m.reader.article.Title != title || d.m.focus != readerPane {
			t.Fatalf("reads %q, want %q", d.m.reader.article.Title, title)
		}
		if unread, _ := db.Count(context.Background(), unreadQuery, store.Moment{}); title == "First" && unread != 3 {
			t.Fatalf("%d are unread: what was not seen is marked", unread)
		}
		d.press("space")
	}
	d.sees("no further unread article here")
	if d.m.reader.article.Title != "Other" {
		t.Errorf("reads %q", d.m.reader.article.Title)
	}
}

func TestAnUnreadArticleAtRandom(t *testing.T) {
	d := drive(t, library(t)).press("m", "j", "m", "j", "m", "_")
	if d.on() != "Third" {
		t.Errorf("on %s, the only unread one is Third", d.on())
	}
	d.press("z", "_")
	if d.on() != "Other" {
		t.Errorf("on %s, want the other unread one", d.on())
	}
	d.press("A", "_").sees("no further unread article here")
}

func TestAllOfAFeedIsMarkedFromThePaneOfFeeds(t *testing.T) {
	db := library(t)
	d := drive(t, db).toItem("Alpha").press("A").sees("3 articles marked read · z takes it back")
	if n, _ := db.Count(context.Background(), unreadQuery, store.Moment{}); n != 1 {
		t.Errorf("%d unread", n)
	}
	d.press("A").sees("nothing changed: all are read already")
	d.press("z").sees("taken back: 3 articles")
}

func TestAllOfAFeedThatIsNotListedIsMarked(t *testing.T) {
	d := drive(t, library(t)).press("/").types("of OR two").press("enter")
	d.m.focus = feedPane
	d.m.feeds = d.m.feeds.to(len(d.m.feeds.items) - 1)
	d.press("A").sees("1 article marked read", "●  First").lacks("●  Other")
}

func TestManyStepsAreTakenBackAndDoneAgain(t *testing.T) {
	db := library(t)
	d := drive(t, db).press("s", "j", "m").toItem("Beta").press("D").toItem("Alpha").press("A")
	for range 4 {
		d.press("z")
	}
	unread, _ := db.Count(context.Background(), unreadQuery, store.Moment{})
	starred, _ := db.Count(context.Background(), starredQuery, store.Moment{})
	if feeds, _ := db.Feeds(context.Background()); unread != 4 || starred != 0 || len(feeds) != 2 {
		t.Errorf("%d unread, %d starred, %d feeds", unread, starred, len(feeds))
	}
	d.press("z").sees("nothing to take back")
	for range 4 {
		d.press("ctrl+y")
	}
	unread, _ = db.Count(context.Background(), unreadQuery, store.Moment{})
	if feeds, _ := db.Feeds(context.Background()); unread != 0 || len(feeds) != 1 {
		t.Errorf("%d unread, %d feeds", unread, len(feeds))
	}
}
