package ui

import (
	"context"
	"errors"
	"fmt"
	"testing"
	"time"

	"app/newsterm/feed"
	"app/newsterm/source"
	"app/newsterm/store"
)

// site is a place with feeds, found without a network and kept in db.
type site struct {
	db    *store.DB
	found source.Finding
	err   error
	asked []string
}

func (s *site) Find(ctx context.Context, typed string) (source.Finding, error) {
	s.asked = append(s.asked, typed)
	return s.found, errors.Join(s.err, ctx.Err())
}

func (s *site) Follow(ctx context.Context, found source.Finding, sub feed.Sub) (source.Subscription, error) {
	f, isNew, err := s.db.Subscribe(ctx, sub)
	if err != nil {
		return source.Subscription{}, err
	}
	added, err := s.db.Save(ctx, f.ID, found.Doc)
	if err != nil {
		return source.Subscription{}, err
	}
	f, err = s.db.FindFeed(ctx, f.URL)
	return source.Subscription{Feed: f, New: isNew, Added: added}, err
}

func kites(db *store.DB) *site {
	return &site{db: db, found: source.Finding{
		Doc: &feed.Doc{URL: "https://kites.example/feed", Title: "Kites", Description: "Wind, string and patience", Items: []feed.Item{
			{GUID: "1", Title: "A kite of paper", Published: now.Add(-time.Hour)},
			{GUID: "2", Title: "Knots that hold", Published: now.Add(-2 * time.Hour)}}},
		Others:   []feed.Link{{URL: "https://kites.example/en", Title: "Kites in English"}},
		Comments: []feed.Link{{URL: "https://kites.example/talk"}},
	}}
}

// at lets feeds be found at s.
func at(s *site) func(*Options) { return func(o *Options) { o.Subscriber = s } }

func TestAFeedIsAddedAfterALook(t *testing.T) {
	db := shelf(t)
	s := kites(db)
	d := drive(t, db, at(s)).size(120, 24).toItem("Local").press("+").types("kites.example").press("enter")
	d.sees("Kites in English", "https://kites.example/talk", "Wind, string and patience", "2 articles · comes into News/Local", "Knots that hold")
	if _, err := db.FindFeed(context.Background(), "Kites"); err == nil {
		t.Fatal("it was added before it was seen")
	}
	d.press("enter").sees("added Kites, 2 articles · z takes it back", "    Kites")
	if f := feedOf(t, db, "Kites"); f.Folder != "News/Local" || len(s.asked) != 1 || s.asked[0] != "kites.example" {
		t.Errorf("%+v, asked %q", f, s.asked)
	}
	d.press("z").sees("taken back: added Kites").lacks("    Kites")
	d.press("ctrl+y").sees("again: added Kites", "    Kites")
	d.press("+").types("kites.example").press("enter").sees("you follow it already, as Kites").press("enter").sees("Kites is there already")
	f := feedOf(t, db, "Kites")
	f.Disabled = true
	if err := db.Change(context.Background(), func(now *store.Feed) { *now = f }, f.ID); err != nil {
		t.Fatal(err)
	}
	d.press("+").types("kites.example").press("enter", "enter").sees("Kites is there already, but disabled; E changes that")
}

func TestOneOfSeveralFeedsIsChosen(t *testing.T) {
	db := shelf(t)
	d := drive(t, db, at(kites(db))).press("+").types("kites.example").press("enter", "k", "j", "j", "j", "k").sees("It is looked at when it is added")
	d.press("enter")
	if _, err := db.FindFeed(context.Background(), "https://kites.example/en"); err != nil {
		t.Error(err)
	}
}

func TestNothingIsAddedByEsc(t *testing.T) {
	db := shelf(t)
	d := drive(t, db, at(kites(db))).press("+").types("kites.example").press("enter", "esc").lacks("Kites")
	d.press("+", "esc", "+", "enter", "esc").lacks("Add a feed")
	if feeds, err := db.Feeds(context.Background()); err != nil || len(feeds) != 5 {
		t.Errorf("%d feeds, %v", len(feeds), err)
	}
}

func TestWhyNothingIsFoundIsTold(t *testing.T) {
	db := shelf(t)
	s := kites(db)
	s.err = errors.New("kites.example: there is no such host")
	d := drive(t, db, at(s)).press("+").types("kites.example").press("enter").sees("there is no such host", "kites.example")
	s.err = nil
	d.types("/blog").press("enter").sees("Wind, string and patience")
	if s.asked[1] != "kites.example/blog" {
		t.Errorf("asked for %q", s.asked)
	}
	drive(t, db).press("+").sees("newsterm add")
}

func TestEscStopsALook(t *testing.T) {
	db := shelf(t)
	d := drive(t, db, at(kites(db))).press("+").types("kites.example")
	m, look := d.m.press(named["enter"])
	d.m = m
	d.sees("looking at kites.example", "Esc stops").press("x", "enter").sees("looking at kites.example").press("esc").lacks("looking")
	msg := look().(foundFeedMsg)
	if !errors.Is(msg.err, context.Canceled) {
		t.Errorf("the look went on: %v", msg.err)
	}
	d.press("+")
	d.send(msg)
	d.sees("Add a feed").lacks("canceled", "Kites")
}

// TestAFeedThatComesLateMovesNobody closes the sheet while the feed is added.
func TestAFeedThatComesLateMovesNobody(t *testing.T) {
	db := shelf(t)
	d := drive(t, db, at(kites(db))).press("+").types("kites.example").press("enter")
	m, add := d.m.press(named["enter"])
	d.m = m
	late := add()
	d.press("esc").press("enter")
	before, reading := d.m.listed.query, d.m.reader.article.ID
	d.send(late)
	d.sees("added Kites")
	d.press("z").sees("taken back: added Kites")
	if d.m.listed.query != before || d.m.focus != readerPane || d.m.reader.article.ID != reading {
		t.Errorf("the screen shows %q in pane %d", d.m.listed.query, d.m.focus)
	}
}

func TestUndoLeavesWhoIsElsewhere(t *testing.T) {
	db := shelf(t)
	d := drive(t, db).size(120, 24).toItem("Harbour").press("D").press("*", "z").sees("taken back: left Harbour")
	if d.m.listed.query != starredQuery {
		t.Errorf("it lists %q", d.m.listed.query)
	}
}

func TestScreensOfAdding(t *testing.T) {
	for _, size := range [][2]int{{60, 20}, {100, 30}} {
		db := shelf(t)
		d := drive(t, db, at(kites(db))).size(size[0], size[1]).toItem("News").press("+")
		d.golden(fmt.Sprintf("add-%dx%d", size[0], size[1]))
		d.types("kites.example").press("enter").golden(fmt.Sprintf("found-%dx%d", size[0], size[1]))
	}
}
