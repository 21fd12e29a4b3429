package ui

import (
	"context"
	"fmt"
	"strings"
	"testing"
	"time"

	"app/newsterm/feed"
	"app/newsterm/store"
)

// failed makes the feed called title one whose last fetch failed.
func failed(t *testing.T, db *store.DB, title string, err error) {
	t.Helper()
	save(t, db, title)
	f, found := db.FindFeed(context.Background(), title)
	if found != nil {
		t.Fatal(found)
	}
	f.Failure, f.Trouble, f.Gone = err.Error(), feed.TroubleOf(err), feed.TroubleOf(err) == feed.Gone
	f.FailingSince, f.Succeeded, f.Next = now.AddDate(0, 0, -3), now.AddDate(0, 0, -4), now.Add(time.Hour)
	if _, err := db.SaveMany(context.Background(), store.Fetched{Feed: f}); err != nil {
		t.Fatal(err)
	}
}

func TestProblemsTellWhy(t *testing.T) {
	db := library(t)
	failed(t, db, "Gone", &feed.StatusError{Code: 410})
	drive(t, db).press("!").sees("1 feed: gone for good", "server answered 410 Gone", "D leaves it and keeps what is starred", "https://gone.example/feed",
		"since 18 Aug 2026, 12:00, last read 17 Aug 2026, 12:00, not tried any more unless you press r").press("q").sees("First")
}

func TestProblemsPutLikeToLike(t *testing.T) {
	db := library(t)
	for i := range 3 {
		failed(t, db, fmt.Sprintf("Lost%d", i), &feed.StatusError{Code: 404})
	}
	failed(t, db, "Ill", &feed.StatusError{Code: 503})
	failed(t, db, "Page", &feed.PageError{Feeds: []feed.Link{{URL: "https://page.example/new"}}})
	save(t, db, "Off")
	f, err := db.FindFeed(context.Background(), "Off")
	if err != nil {
		t.Fatal(err)
	}
	f.Disabled = true
	if err := db.Change(context.Background(), func(now *store.Feed) { *now = f }, f.ID); err != nil {
		t.Fatal(err)
	}
	d := drive(t, db).size(120, 60).press("!").sees("3 feeds: not there any more", "1 feed: its server has trouble", "next try 21 Aug 2026, 13:00",
		"newsterm edit https://page.example/feed --url https://page.example/new takes", "1 feed: disabled", "--enable")
	if n := strings.Count(d.screen(), "has moved; E gives it"); n != 1 {
		t.Errorf("the advice for three feeds is given %d times", n)
	}
	d.size(40, 20).sees("3 feeds: not there any more")
}

func TestProblemsNameFeedsThatAreSilent(t *testing.T) {
	db := library(t)
	drive(t, db).press("!").sees("no feed fails")
	save(t, db, "Quiet", feed.Item{GUID: "q", Title: "Long ago", Published: now.AddDate(-2, 0, 0)})
	drive(t, db).press("!").sees("nothing new for a year", "Quiet", "21 August 2024", "has a new feed")
}

func TestProblemsStayClosed(t *testing.T) {
	db := library(t)
	failed(t, db, "Gone", &feed.StatusError{Code: 410})
	d := drive(t, db).press("!").sees(problemsTitle)
	late := d.m.lookAtProblems()()
	d.press("q").send(late)
	d.lacks(problemsTitle).press("?").send(problemsMsg{again: true})
	d.sees("Keys").lacks("no feed fails")
}
