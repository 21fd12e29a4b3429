package ui

import (
	"context"
	"errors"
	"strings"
	"testing"
	"time"

	"app/newsterm/feed"
	"app/newsterm/store"
)

// fetcher fetches the same full text for every article, and counts how often.
func fetcher(db *store.DB, html string, times *int) func(*Options) {
	return func(o *Options) {
		o.FullText = func(ctx context.Context, a store.Article) error {
			*times++
			return db.SaveFullText(ctx, a.ID, html)
		}
	}
}

func TestFullTextIsFetchedOnceAndTurnedBack(t *testing.T) {
	db, times := library(t), 0
	d := drive(t, db, fetcher(db, "<p>the whole story</p>", &times)).press("enter").sees("one two three").lacks("full text")
	d.press("x").sees("the whole story", "full text").lacks("one two three")
	d.press("x").sees("one two three", "feed's text").lacks("the whole story")
	d.press("Y", "x").sees("the whole story", "full text")
	d.press("Y", "q", "j", "enter", "q", "k", "enter").sees("the whole story", "full text")
	if times != 1 {
		t.Errorf("fetched %d times, want once", times)
	}
	if !strings.Contains(d.copied[0], "one **two** three") || !strings.Contains(d.copied[1], "the whole story") {
		t.Errorf("copied %q, want what is shown", d.copied)
	}
	if a, err := db.Article(context.Background(), d.m.reader.article.ID); err != nil || a.FullText == "" || a.HTML == "" {
		t.Errorf("kept %q and %q, %v, want both texts", a.FullText, a.HTML, err)
	}
	drive(t, db, func(o *Options) { o.Query = store.Query{} }).press("enter").sees("the whole story", "full text").
		press("x").sees("one two three")
}

func TestFullTextFromTheListOpensTheArticle(t *testing.T) {
	db, times := library(t), 0
	d := drive(t, db, fetcher(db, "<p>the whole story</p>", &times)).press("j", "x").sees("the whole story")
	if d.press("q", "x").sees("the whole story"); times != 1 {
		t.Errorf("fetched %d times, want once", times)
	}
}

func TestEachTextKeepsItsPlace(t *testing.T) {
	db, times := emptyLibrary(t), 0
	save(t, db, "Long", feed.Item{GUID: "1", Title: "Long", URL: "https://long.example/1", HTML: "<p>" + strings.Repeat("teaser ", 900) + "</p>", Published: now.Add(-time.Hour)})
	whole := "<p>" + strings.Repeat("story ", 3000) + "LANDMARK " + strings.Repeat("story ", 2000) + "</p>"
	d := drive(t, db, fetcher(db, whole, &times)).press("enter", "space", "space")
	top := d.m.reader.top
	d.press("x")
	for !strings.Contains(d.screen(), "LANDMARK") {
		d.press("space")
	}
	if d.press("x").sees("teaser").lacks("LANDMARK"); d.m.reader.top != top {
		t.Errorf("the feed's text is at line %d, want %d", d.m.reader.top, top)
	}
	d.press("x").sees("LANDMARK")
	d.press("x").size(100, 20).press("x").sees("LANDMARK")
}

func TestFullTextThatCannotBeFetchedLeavesTheText(t *testing.T) {
	d := drive(t, library(t), func(o *Options) {
		o.FullText = func(context.Context, store.Article) error { return errors.New("server answered 404 Not Found") }
	})
	d.press("enter", "x").sees("fetch the full text: server answered 404 Not Found", "one two three")
	d.press("q", "G", "enter", "x").sees("no address, so there is no page to fetch")
}

func TestFullTextThatComesLateMovesNothing(t *testing.T) {
	db, times := library(t), 0
	d := drive(t, db, fetcher(db, "<p>the whole story</p>", &times)).press("enter")
	m, fetch := d.m.fullText()
	d.m = m
	d.sees("fetching the page of First …")
	d.press("x") // it is being fetched
	d.press("J").sees("the zebra", "fetching the page of First …")
	d.run(fetch)
	d.sees("the zebra", `the full text of "First" has come`)
	if d.press("K").sees("the whole story").lacks("fetching"); times != 1 {
		t.Errorf("fetched %d times, want once", times)
	}
}
