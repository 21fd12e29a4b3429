package ui

import (
	"strings"
	"testing"
)

// titles lists the articles as the list has them.
func (d *driver) titles() string {
	var list []string
	for _, a := range d.m.articles.rows {
		list = append(list, a.Title)
	}
	return strings.Join(list, " ")
}

func TestAnotherOrderKeepsTheCursorOnItsArticle(t *testing.T) {
	d := drive(t, library(t)).press("j", "S").sees("newest first", "oldest first", "feed by feed").lacks("best match")
	d.press("o").sees("oldest first · 3/4")
	if d.on() != "Second" || d.titles() != "Third Other Second First" {
		t.Errorf("on %s of %s", d.on(), d.titles())
	}
	d.press("S", "j", "enter").sees("feed by feed · 2/4")
	if d.on() != "Second" || d.titles() != "First Second Third Other" {
		t.Errorf("on %s of %s", d.on(), d.titles())
	}
	d.press("S", "esc").sees("feed by feed · 2/4").press("S", "n").lacks("feed by feed")
}

func TestEachViewRemembersItsOrder(t *testing.T) {
	db := library(t)
	drive(t, db).press("S", "o").press("*").lacks("oldest").press("q").sees("oldest first")
	d := drive(t, db).sees("oldest first")
	if d.titles() != "Third Other Second First" {
		t.Errorf("after a restart: %s", d.titles())
	}
	d.press("S", "n")
	drive(t, db).lacks("oldest")
}

func TestASearchCanHaveTheBestMatchFirst(t *testing.T) {
	db := library(t)
	d := drive(t, db).press("/").types("of OR first OR three").press("enter")
	d.press("S").sees("best match first").press("b").sees("best match first")
	if n := len(d.m.articles.rows); n != 3 {
		t.Errorf("%d articles", n)
	}
	on := d.on()
	if d.press("S", "o"); d.on() != on {
		t.Errorf("on %s, was on %s", d.on(), on)
	}
	if d.press("S", "b"); d.on() != on {
		t.Errorf("on %s, was on %s", d.on(), on)
	}
}

func TestALongViewIsReadFromEitherEndInAnyOrder(t *testing.T) {
	db := emptyLibrary(t)
	many(t, db, 1000)
	d := drive(t, db).press("S", "o", "g")
	if d.on() != "Title 0999" {
		t.Errorf("the first is %s", d.on())
	}
	if d.press("G"); d.on() != "Title 0000" {
		t.Errorf("the last is %s", d.on())
	}
	if d.press("S", "n"); d.on() != "Title 0000" || !d.m.articles.start {
		t.Errorf("on %s", d.on())
	}
}

func TestTheMenuOfOrders(t *testing.T) {
	drive(t, library(t)).size(60, 12).press("S", "j").golden("sort-60x12")
	drive(t, library(t)).size(120, 12).press("S", "j").golden("sort-120x12")
}
