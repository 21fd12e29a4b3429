package ui

import (
	"context"
	"testing"
	"time"

	"app/newsterm/store"
)

// mutesOf are the queries of the rules.
func mutesOf(t *testing.T, db *store.DB) (queries []string) {
	t.Helper()
	list, err := db.Mutes(context.Background())
	if err != nil {
		t.Fatal(err)
	}
	for _, m := range list {
		queries = append(queries, m.Query)
	}
	return queries
}

func TestAWordOfTheTitleIsMuted(t *testing.T) {
	db := shelf(t)
	d := drive(t, db).size(120, 24).toItem("All").press("tab").sees("Harbour 1", "Harbour 2", "Tides 1")
	for d.press("j"); ; d.press("j") {
		if a, _ := d.m.articles.current(); a.Title == "Harbour 2" {
			break
		}
	}
	d.press("X").sees("mute: ", "title:harbour", `title:"Harbour 2"`)
	d.press("enter").sees("Mute", "title:harbour", "only here").press("enter")
	d.sees("muted title:harbour for ever: 3 articles · z takes it back", "Tides 1", "Wire 1").lacks("Harbour 1", "Harbour 2")
	d.counts("Harbour", 0).counts("All", 4)
	d.press("z").sees("taken back: muted title:harbour", "Harbour 1", "Harbour 2").counts("Harbour", 3)
	d.press("ctrl+y").lacks("Harbour 1").counts("Harbour", 0)
}

func TestATypedQueryIsMutedForSomeTime(t *testing.T) {
	db := shelf(t)
	d := drive(t, db).size(120, 24).toItem("All").press("tab")
	d.press("X").types("is:read").press("enter").sees("a mute goes by what articles are about, not by their marks")
	d.press("esc", "X").types("tides OR wire").press("enter").sees("Mute")
	d.press("tab").types("soon").press("enter").sees("a time such as 12h, 30d, 2w, 6m or 1y")
	d.backspaces().types("2w").press("enter")
	d.sees("muted tides OR wire until 2026-09-04 12:00: 3 articles").lacks("Tides 1", "Wire 1")
	list, err := db.Mutes(context.Background())
	if err != nil || len(list) != 1 || !list[0].Until.Equal(now.AddDate(0, 0, 14)) {
		t.Errorf("the mutes are %+v, %v", list, err)
	}

	// The same again changes the time, and z brings the one before back.
	d.press("X").types("tides OR wire").press("enter", "enter").sees("for ever: 3 articles").press("z")
	if list, err := db.Mutes(context.Background()); err != nil || len(list) != 1 || list[0].Until.IsZero() {
		t.Errorf("the mutes are %+v, %v", list, err)
	}
}

func TestAMuteOfOneFeed(t *testing.T) {
	db := shelf(t)
	d := drive(t, db).size(120, 24).toItem("Harbour").press("tab", "X").types("text").press("enter", "up", "space", "enter")
	d.sees("muted text feed:Harbour for ever: 3 articles").lacks("Harbour 1")
	if got := mutesOf(t, db); len(got) != 1 || got[0] != "text feed:Harbour" {
		t.Errorf("the mutes are %q", got)
	}
}

func TestARuleIsDropped(t *testing.T) {
	db := shelf(t)
	for _, query := range []string{"title:tides", "title:wire"} {
		if _, err := db.Mute(context.Background(), query, time.Time{}); err != nil {
			t.Fatal(err)
		}
	}
	d := drive(t, db).size(120, 24).toItem("All").press("tab").lacks("Tides 1")
	d.press("X").sees("title:wire", "muted for ever; ⏎ drops it").types("title:tides").press("down", "enter")
	d.sees("dropped the mute title:tides · z takes it back", "Tides 1").lacks("Wire 1")
	d.press("z").lacks("Tides 1")
	if got := mutesOf(t, db); len(got) != 2 {
		t.Errorf("the mutes are %q", got)
	}
}
