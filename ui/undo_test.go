package ui

import (
	"context"
	"errors"
	"testing"
	"time"

	"app/newsterm/feed"
	"app/newsterm/store"
)

// moody is a store that fails as often as it is told to.
type moody struct {
	*store.DB
	fails int
}

func (s *moody) mood() error {
	if s.fails == 0 {
		return nil
	}
	s.fails--
	return errors.New("another program holds the file")
}

func (s *moody) Change(ctx context.Context, change func(*store.Feed), ids ...store.FeedID) error {
	if err := s.mood(); err != nil {
		return err
	}
	return s.DB.Change(ctx, change, ids...)
}

func (s *moody) Undo(ctx context.Context) (store.Step, error) {
	if err := s.mood(); err != nil {
		return store.Step{}, err
	}
	return s.DB.Undo(ctx)
}

func (s *moody) Redo(ctx context.Context) (store.Step, error) {
	if err := s.mood(); err != nil {
		return store.Step{}, err
	}
	return s.DB.Redo(ctx)
}

func TestWhatCouldNotBeTakenBackCanBeTriedAgain(t *testing.T) {
	db := &moody{DB: library(t)}
	d := drive(t, db).toItem("Beta").press("D").sees("left Beta")
	db.fails = 1
	d.press("z").sees(`take back "left Beta": another program holds the file`)
	d.press("z").sees("taken back: left Beta", "Beta ")
	db.fails = 1
	d.press("ctrl+y").sees(`do again "left Beta": another program`).press("ctrl+y").sees("again: left Beta")
	db.fails = 1
	if d.toItem("Alpha").press("tab", "s", "z").sees("take back a mark: another program holds the file"); !d.m.status.bad {
		t.Error("it does not look like an error")
	}
	d.press("z").sees("taken back: First marked starred")
	db.fails = 1
	d.press("ctrl+y").sees("make a mark again: another program").press("ctrl+y").sees("again: First marked starred")
	d.press("z", "z").sees("taken back: left Beta")
}

func TestWhatHasComeToNothingIsNoAct(t *testing.T) {
	db := &moody{DB: library(t)}
	d := drive(t, db).press("s").toItem("Beta")
	db.fails = 1
	d.press("D").sees("leave Beta: another program").press("z").sees("taken back: First marked starred")
	d.press("A").sees("articles marked read").press("A").sees("nothing changed").press("z").sees("taken back: ", "articles marked read")
}

func TestNothingIsDoneAgainOnceSomethingElseWasDone(t *testing.T) {
	d := drive(t, library(t)).press("s", "z").toItem("Beta").press("D", "ctrl+y").sees("nothing to do again")
	d.press("z").sees("taken back: left Beta").press("ctrl+y").sees("again: left Beta")
	d.press("z", "z").sees("nothing to take back")
}

func TestWhatIsTakenBackIsKnownBeforeItIs(t *testing.T) {
	d := drive(t, library(t), func(o *Options) { o.Query = allQuery }).press("A")
	d.toItem("Beta").press("D").sees("left Beta")
	d.atOnce("A", "z").sees("taken back: left Beta")
	d.atOnce("ctrl+y", "z", "z").sees("taken back: 4 articles marked read")
	if d.atOnce("s", "z", "s", "z", "Q"); !d.quit {
		t.Error("Q does not quit")
	}
}

func TestNobodyHasToWaitForWhatIsTakenBack(t *testing.T) {
	d := drive(t, library(t))
	late := d.early("s", "z", "esc")
	if d.late(late); !starredTitle(d, "First") {
		t.Error("the star is gone, though Esc let go of z")
	}
}

// starredTitle reports whether the article called title has a star on the
// screen.
func starredTitle(d *driver, title string) bool {
	for _, a := range d.m.articles.rows {
		if a.Title == title {
			return a.Starred
		}
	}
	return false
}

func TestTheOldestActsAreForgotten(t *testing.T) {
	var s acts
	for range mostActs + 10 {
		s = s.did(act{})
	}
	if len(s.done) != mostActs || last(s.done).seq != mostActs+10 {
		t.Errorf("%d are remembered, the last is %d", len(s.done), last(s.done).seq)
	}
}

func TestWhatWasDoneBeforeThisScreenIsSaidToBe(t *testing.T) {
	db := emptyLibrary(t)
	at := now
	db.Now = func() time.Time { return at }
	save(t, db, "Alpha", feed.Item{GUID: "1", Title: "First", Published: now}, feed.Item{GUID: "2", Title: "Second", Published: now.Add(-time.Hour)})
	clock := func(o *Options) { o.Now = func() time.Time { return at } }
	drive(t, db, clock).press("A").sees("2 articles marked read")
	at = now.Add(30 * time.Hour)
	d := drive(t, db, clock, func(o *Options) { o.Query = allQuery }).press("s", "z").sees("taken back: First marked starred").lacks("starred,")
	d.press("z").sees("taken back: 2 articles marked read, 1d ago")
	d.press("ctrl+y").sees("again: 2 articles marked read")
}
