package ui

import (
	"context"
	"errors"
	"testing"
	"time"

	"app/newsterm/feed"
	"app/newsterm/store"
)

func TestSavedQueriesStandAmongTheViews(t *testing.T) {
	db := shelf(t)
	if err := db.SaveQuery(context.Background(), "The sea", "tag:sea"); err != nil {
		t.Fatal(err)
	}
	d := drive(t, db).counts("The sea", 5)
	d.toItem("The sea").sees("Tides 2").lacks("Wire 1")
	d.press("tab", "A").toItem("All").counts("The sea", 0)
	save(t, db, "Harbour", feed.Item{GUID: "9", Title: "Fresh", Published: now.Add(-time.Minute)})
	d.press("R").counts("The sea", 1)
}

// TestTwoItemsOfOneQuery has a reader of newsboat's, whose first query is often
// this one.
func TestTwoItemsOfOneQuery(t *testing.T) {
	db := shelf(t)
	if err := db.SaveQuery(context.Background(), "Unread Articles", "is:unread"); err != nil {
		t.Fatal(err)
	}
	d := drive(t, db).press("h")
	var walked []string
	for range d.m.feeds.items[1:] {
		d.press("j")
		it, _ := d.m.feeds.current()
		walked = append(walked, it.name)
	}
	if walked[3] != "Unread Articles" || d.m.feeds.cursor != len(d.m.feeds.items)-1 {
		t.Errorf("walked %q", walked)
	}
	d.press("k", "k").press("R").sees("Unread Articles")
}

func TestMarksHaveSavedQueriesCounted(t *testing.T) {
	db := shelf(t)
	for name, query := range map[string]string{"The sea": "tag:sea", "Stars": "is:starred"} {
		if err := db.SaveQuery(context.Background(), name, query); err != nil {
			t.Fatal(err)
		}
	}
	d := drive(t, db).counts("The sea", 5).toItem("The sea").press("tab", "m").counts("The sea", 4)
	d.press("z").counts("The sea", 5).press("s").counts("Stars", 1).press("A").counts("The sea", 0).counts("Stars", 0)
}

func TestManyMarksHaveSavedQueriesCountedTwice(t *testing.T) {
	db := shelf(t)
	if err := db.SaveQuery(context.Background(), "The sea", "tag:sea"); err != nil {
		t.Fatal(err)
	}
	c := &counting{Library: db}
	d := drive(t, c)
	m, first := d.m.countSaved()
	d.m = m
	c.n = 0
	d.press("m", "j", "m", "j", "m", "j", "m", "j")
	if c.n != 4*2 { // Starred and Today, for each mark
		t.Errorf("%d queries counted while the saved ones are", c.n)
	}
	c.n = 0
	if d.run(first); c.n != 2 {
		t.Errorf("the saved query was counted %d times, want what was begun and once more", c.n)
	}
	d.counts("The sea", 2)
}

func TestSavedQueriesAreCountedAgainAfterAFailure(t *testing.T) {
	db := shelf(t)
	if err := db.SaveQuery(context.Background(), "The sea", "tag:sea"); err != nil {
		t.Fatal(err)
	}
	c := &counting{Library: db}
	d := drive(t, c)
	c.err = errors.New("the disk is gone")
	m, count := d.m.countSaved()
	d.m = m
	d.run(count)
	d.sees("count The sea: the disk is gone")
	c.err = nil
	d.toItem("The sea").press("tab", "m").counts("The sea", 4)
}

// counting is a library that counts what it is asked to count.
type counting struct {
	Library
	n   int
	err error // instead of a count; nil for none
}

func (c *counting) Count(ctx context.Context, q store.Query, at store.Moment) (int, error) {
	if c.n++; c.err != nil {
		return 0, c.err
	}
	return c.Library.Count(ctx, q, at)
}

func TestWhatIsListedIsSaved(t *testing.T) {
	db := shelf(t)
	d := drive(t, db).press("/").types("tides").press("enter", "ctrl+s").sees("save as: tides").press("end").types(" 2").press("enter")
	d.sees("saved tides 2 · z takes it back").counts("tides 2", 2)
	d.press("z").counts("tides 2", -1).press("ctrl+y").counts("tides 2", 2)
	d.press("F", "right").types("is:starred").press("enter", "ctrl+s").backspaces().types("TIDES 2").press("enter").sees("TIDES 2")
	if list, err := db.Queries(context.Background()); err != nil || len(list) != 1 || list[0].Query != "tides is:starred" {
		t.Errorf("kept %v, %v", list, err)
	}
	if d.press("z"); d.m.feeds.saved[0].SavedQuery != (store.SavedQuery{Name: "tides 2", Query: "tides"}) {
		t.Errorf("taken back to %v", d.m.feeds.saved)
	}
	d.toItem("tides 2").press("D").sees("dropped tides 2 · z takes it back").counts("tides 2", -1)
	d.press("z").counts("tides 2", 2)
	d.press("F").backspaces().press("enter", "ctrl+s").sees("this lists everything")
	d.press("*", "ctrl+s").backspaces().press("enter").lacks("saved")
}

// old is a library with a saved query of another version.
type old struct{ Library }

func (old) Queries(context.Context) ([]store.SavedQuery, error) {
	return []store.SavedQuery{{Name: "Strange", Query: "is:purple"}}, nil
}

func TestASavedQueryThatCannotBeReadListsNothing(t *testing.T) {
	d := drive(t, old{shelf(t)}).sees("!Strange").toItem("Strange").sees("Strange: query")
	if d.m.listed.name == "Strange" {
		t.Error("it lists something")
	}
	d.press("t").types("strange").sees("nothing is called so")
}
