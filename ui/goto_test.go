package ui

import (
	"app/newsterm/feed"
	"context"
	"fmt"
	"testing"
)

func TestJumpsByAPartOfAName(t *testing.T) {
	db := shelf(t)
	if err := db.SaveQuery(context.Background(), "Old storms", "storm before:2020-01-01"); err != nil {
		t.Fatal(err)
	}
	d := drive(t, db)
	for typed, want := range map[string]string{
		"tid": "Tides", "star": "Starred", "coast": "Coast", "local coast": "Coast", "#se": "#sea", "storms": "Old storms", "hrb": "Harbour", "news": "News", "NEWS/L": "Local",
	} {
		if d.press("t").types(typed).press("enter"); d.m.listed.name != want || d.m.focus != articlePane {
			t.Errorf("%q jumps to %q in pane %d, want %q", typed, d.m.listed.name, d.m.focus, want)
		}
	}
	d.press("t").types("nowhere").sees("nothing is called so").press("enter", "esc").lacks("nowhere")
	d.press("t", "down", "down", "up", "enter")
	if d.m.listed.name != "Starred" {
		t.Errorf("the second is %q", d.m.listed.name)
	}
}

func TestJumpingOpensFolders(t *testing.T) {
	d := drive(t, shelf(t)).toItem("Local").press("h").toItem("News").press("h").lacks("▾ Local")
	d.press("t").types("tides").press("enter").sees("▾ News", "▾ Local", "Tides 1")
	if d.item() != "Tides" {
		t.Errorf("the cursor of the feeds is on %q", d.item())
	}
}

func TestScreensOfJumps(t *testing.T) {
	for _, size := range [][2]int{{60, 20}, {100, 30}} {
		drive(t, shelf(t)).size(size[0], size[1]).press("t").types("s").golden(fmt.Sprintf("jump-%dx%d", size[0], size[1]))
	}
}

func TestLettersMatchInTheirOrder(t *testing.T) {
	for _, c := range []struct{ typed, better, worse string }{
		{"go", "Go blog", "The Go blog"}, {"go", "The Go blog", "Mango"}, {"go", "Mango", "Good"[:1] + "ardens of"}, {"abc", "a b c", "a long b and c"},
	} {
		b, ok := match(c.typed, c.better)
		w, ok2 := match(c.typed, c.worse)
		if !ok || !ok2 || b >= w {
			t.Errorf("%q: %q has rank %d %v, %q %d %v", c.typed, c.better, b, ok, c.worse, w, ok2)
		}
	}
	if _, ok := match("ba", "ab"); ok {
		t.Error("ba is in ab")
	}
}

func TestWhatComesLaterCanBeJumpedTo(t *testing.T) {
	d := drive(t, shelf(t))
	d.m.feeds = feedList{}
	d.press("t").types("tid").sees("nothing is called so")
	d.run(d.m.loadFeeds())
	d.lacks("nothing is called so").press("enter").on()
	if d.m.listed.name != "Tides" {
		t.Errorf("it goes to %q", d.m.listed.name)
	}
}

func TestTheWholeNameComesFirst(t *testing.T) {
	db := emptyLibrary(t)
	for _, title := range []string{"Livemint", "Live", "Olive"} {
		save(t, db, title, feed.Item{GUID: "1", Title: title, Published: now})
	}
	d := drive(t, db).press("t").types("live").press("enter")
	if d.m.listed.name != "Live" {
		t.Errorf("it goes to %s", d.m.listed.name)
	}
	c, _ := d.press(":").types("mar").m.top().(choosing)
	if len(c.found) == 0 || c.found[0].name != "read" {
		t.Errorf("mar means %+v", c.found)
	}
}
