package ui

import "testing"

func TestReadArticlesAreHiddenForGood(t *testing.T) {
	db := shelf(t)
	d := drive(t, db).size(120, 24).toItem("Harbour").press("tab", "m").sees("Harbour 1", "Harbour 2")
	d.press("M").sees("Harbour, unread").lacks("Harbour 1")
	d.toItem("Tides").press("tab", "m", "m").toItem("Wire").sees("Wire, unread")
	d = drive(t, db).size(120, 24).toItem("Harbour").sees("Harbour, unread", "Harbour 2").lacks("Harbour 1")
	d.press("A").sees("Harbour 2").toItem("Wire").toItem("Harbour").sees("Everything is read", "M shows read articles")
	d.press("tab", "M").sees("Harbour 1").lacks("Harbour, unread").toItem("Wire").toItem("Harbour").sees("Harbour 1")
}

func TestFeedsWithNothingUnreadAreHidden(t *testing.T) {
	db := shelf(t)
	d := drive(t, db).size(120, 24).toItem("News").sees("Swifts", "Science")
	d.press("M").sees("feeds with nothing unread are hidden", "Harbour").lacks("Swifts", "Science")
	d = drive(t, db).size(120, 24).lacks("Swifts").toItem("Wire").press("A").sees("Wire")
	d.toItem("Harbour").press("tab", "m", "h").lacks("  Wire").press("M").sees("all feeds are shown", "Wire", "Swifts")
}

func TestOtherViewsAreNarrowedForNow(t *testing.T) {
	d := drive(t, library(t)).press("m", "/").types("feed:alpha").press("enter").sees("First", "Second")
	d.press("M").sees("Search: feed:alpha, unread", "Second").lacks("First")
	d.press("M").sees("First").press("*").lacks(", unread")
}

func TestTheWidthOfLinesIsKept(t *testing.T) {
	db := library(t)
	drive(t, db).press("enter", "(", "(").sees("lines of at most 72 cells")
	if d := drive(t, db); d.m.measure != 72 {
		t.Errorf("the next time it is %d", d.m.measure)
	}
	if d := drive(t, db, func(o *Options) { o.Measure = 66 }); d.m.measure != 66 {
		t.Errorf("with another setting it is %d", d.m.measure)
	}
}
