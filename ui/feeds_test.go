package ui

import (
	"context"
	"testing"

	"app/newsterm/feed"
)

func TestTheNextFeedWithUnreadArticlesIsAKeyAway(t *testing.T) {
	d := drive(t, shelf(t)).toItem("Coast")
	for _, key := range []string{"n", "p", "N", "p"} {
		before := d.item()
		if d.press(key); d.item() == before || d.m.focus != feedPane {
			t.Fatalf("%s stays on %s, or leaves the feeds", key, before)
		}
	}
	d.toItem("Loose").press("n")
	if d.item() != "News" {
		t.Errorf("n comes to %s, want News", d.item())
	}
	d.toItem("Tides").press("n")
	if d.item() != "#sea" {
		t.Errorf("n comes to %s, want what has something unread", d.item())
	}
	d.toItem("#slow").press("n").sees("no further feed with unread articles")
}

func TestTheNextFeedComesFromAnywhere(t *testing.T) {
	d := drive(t, library(t)).toItem("Alpha").press("tab", "ctrl+n").sees("Beta", "Other").lacks("First")
	if d.m.listed.name != "Beta" || d.m.focus != articlePane {
		t.Errorf("%s is listed, in pane %d", d.m.listed.name, d.m.focus)
	}
	if d.press("enter", "ctrl+p"); d.m.listed.name != "Alpha" || d.m.focus != articlePane {
		t.Errorf("%s is listed, in pane %d", d.m.listed.name, d.m.focus)
	}
}

func TestNewsboatsKeysForTheNextUnreadFeed(t *testing.T) {
	d := drive(t, library(t), bindings(t, Bindings{Preset: "newsboat"})).press("t").types("alpha").press("enter", "ctrl+n").sees("Other").lacks("First")
	d.press("ctrl+p").sees("First").lacks("Other")
}

func TestThePageOfAFeedIsOpened(t *testing.T) {
	db := library(t)
	ctx := context.Background()
	address := "https://gamma.example/feed"
	f, _, err := db.Subscribe(ctx, feed.Sub{URL: address})
	if err != nil {
		t.Fatal(err)
	}
	doc := &feed.Doc{URL: address, Title: "Gamma", Site: "https://gamma.example/", Items: []feed.Item{{GUID: "1", Title: "G", Published: now}}}
	if _, err := db.Save(ctx, f.ID, doc); err != nil {
		t.Fatal(err)
	}
	d := drive(t, db).toItem("Gamma").press("o").sees("opening https://gamma.example/")
	if len(d.opened) != 1 || d.opened[0] != "https://gamma.example/" {
		t.Errorf("opened %q", d.opened)
	}
	d.toItem("Unread").press("o").sees("only a feed has a page to open")
	d.toItem("Alpha").press("o").sees("Alpha names no page of its own")
}
