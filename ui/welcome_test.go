package ui

import (
	"context"
	"errors"
	"fmt"
	"testing"

	"app/newsterm/feed"
	"app/newsterm/source"
	"app/newsterm/store"
)

// fresh makes the store of a first start.
func fresh(t testing.TB) *store.DB {
	t.Helper()
	db := emptyLibrary(t)
	if err := source.Handbook(context.Background(), db); err != nil {
		t.Fatal(err)
	}
	return db
}

// asks is a Refresher that remembers what it was asked for, and brings nothing.
type asks struct{ fetched map[store.FeedID]bool }

func (a *asks) Refresh(_ context.Context, which source.Which) <-chan source.Progress {
	a.fetched = map[store.FeedID]bool{}
	for _, id := range which.Feeds {
		a.fetched[id] = true
	}
	return steps{{Total: 1}, {Done: 1, Total: 1, Feed: "one"}}.Refresh(context.Background(), which)
}

// only makes it the one that is asked.
func (a *asks) only(o *Options) { o.Refresher = a }

// other is another reader on this machine.
type other struct {
	db      *store.DB
	found   []Elsewhere
	err     error
	looked  int
	brought []string
}

func (o *other) Found(context.Context) ([]Elsewhere, error) {
	o.looked++
	return o.found, o.err
}

func (o *other) Import(ctx context.Context, reader string, step func(done, total int)) (Imported, error) {
	o.brought = append(o.brought, reader)
	step(1, 2)
	_, _, err := o.db.Subscribe(ctx, feed.Sub{URL: "https://" + reader + ".example/feed", Title: "From " + reader})
	o.found = nil
	return Imported{Feeds: 1, Programs: 1, Articles: 1200, Left: 2}, errors.Join(err, o.err)
}

func besides(o *other) func(*Options) { return func(opts *Options) { opts.Importer = o } }

func TestAFirstStartSaysHowToBegin(t *testing.T) {
	db := fresh(t)
	o := &other{db: db, found: []Elsewhere{{"newsboat", 42}, {"nom", 7}}}
	d := drive(t, db, at(kites(db)), besides(o)).size(100, 30)
	d.sees("No feed is followed yet", "+ adds a feed", "B shows a shelf of", "I takes in newsboat's 42 feeds and")
	if o.looked != 1 {
		t.Errorf("it was looked for other readers %d times", o.looked)
	}
	d.press("I").sees("took in 2 feeds · 2,400 articles · R fetches what is new · 2 disabled").lacks("No feed is followed yet")
	if fmt.Sprint(o.brought) != "[newsboat nom]" {
		t.Errorf("brought %v", o.brought)
	}
	feedOf(t, db, "From nom")
	d.press("I").sees("newsboat and nom have no feed here that you do not follow")
}

func TestOnlyAFirstStartSaysHowToBegin(t *testing.T) {
	db := library(t)
	o := &other{db: db, found: []Elsewhere{{"nom", 1}}}
	d := drive(t, db, besides(o)).size(100, 30).lacks("No feed is followed yet")
	if o.looked != 0 {
		t.Error("other readers are looked for at each start")
	}
	d.press("I").sees("nom's 1 feed · I takes them in").press("I").sees("took in 1 feed")
}

func TestTheWelcomeGoesWithTheFirstFeed(t *testing.T) {
	d := drive(t, fresh(t)).size(100, 30).sees("No feed is followed yet").press("/").types("feed").press("enter").lacks("No feed is followed yet")
	d.press("q", "B", "enter").lacks("No feed is followed yet")
}

func TestARefreshOfNothingSaysHowToBegin(t *testing.T) {
	drive(t, fresh(t)).press("R").sees("no feed is followed yet · + adds one, B shows a shelf of them")
}

func TestWhyNothingIsTakenInIsTold(t *testing.T) {
	db := fresh(t)
	o := &other{db: db, found: []Elsewhere{{"nom", 1}}}
	d := drive(t, db, besides(o)).size(100, 30)
	o.err = errors.New("nom has changed it in the meantime")
	d.press("I").sees("take in: nom has changed it in the meantime")
	d.press("I").sees("look for other readers: nom has changed")
	drive(t, db).press("I").sees("newsterm import")
}

func TestTakingInIsSeenAndNotBegunTwice(t *testing.T) {
	db := fresh(t)
	d := drive(t, db, besides(&other{db: db, found: []Elsewhere{{"nom", 1}}})).size(100, 30)
	m, _ := d.m.takeIn()
	d.m = m
	d.sees("taking in …").send(takenMsg{done: 3, total: 1200, rest: closedSteps()})
	d.sees("taking in … 3/1,200 feeds").press("I").sees("it is being taken in")
}

func closedSteps() <-chan takenMsg {
	c := make(chan takenMsg)
	close(c)
	return c
}

func TestFeedsOfTheShelfWaitForARefresh(t *testing.T) {
	db := fresh(t)
	a := &asks{}
	d := drive(t, db, a.only).size(100, 30)
	d.m.status.refresh = refreshing{busy: true}
	d.press("B", "enter").sees("added 1 feed")
	if a.fetched != nil {
		t.Fatal("it was fetched beside the refresh")
	}
	d.send(refreshedMsg{})
	if !a.fetched[feedOf(t, db, "BBC World").ID] || len(a.fetched) != 1 {
		t.Errorf("fetched %v", a.fetched)
	}
}

func TestScreensOfAFirstStart(t *testing.T) {
	for _, size := range [][2]int{{60, 20}, {100, 30}, {180, 40}} {
		db := fresh(t)
		o := &other{db: db, found: []Elsewhere{{"newsboat", 42}}}
		d := drive(t, db, at(kites(db)), besides(o))
		d.size(size[0], size[1]).golden(fmt.Sprintf("welcome-%dx%d", size[0], size[1]))
	}
}

func TestFeedsThatWereTakenInAreTakenBack(t *testing.T) {
	db := library(t)
	d := drive(t, db, besides(&other{db: db, found: []Elsewhere{{"newsboat", 1}, {"nom", 1}}})).size(120, 30)
	d.press("s", "I", "I").sees("took in 2 feeds", "z takes it back", "From nom")
	d.press("z").sees("taken back: took in 2 feeds; marks that came with them stay", "Alpha").lacks("From nom", "From newsboat")
	d.press("ctrl+y").sees("again: took in 2 feeds", "From nom").press("z")
	d.press("z").sees("taken back: First marked starred")
}
