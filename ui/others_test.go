package ui

import (
	"context"
	"path/filepath"
	"testing"
	"time"

	tea "github.com/charmbracelet/bubbletea"

	"app/newsterm/feed"
	"app/newsterm/store"
)

// shared opens a file twice, as two programs do. There are three articles of
// Alpha in it.
func shared(t *testing.T) (here, there *store.DB) {
	t.Helper()
	path := filepath.Join(t.TempDir(), "newsterm.db")
	for _, db := range []**store.DB{&here, &there} {
		var err error
		if *db, err = store.Open(path); err != nil {
			t.Fatal(err)
		}
		(*db).Now = func() time.Time { return now }
		t.Cleanup(func() { (*db).Close() })
	}
	var items []feed.Item
	for i, title := range []string{"First", "Second", "Third"} {
		items = append(items, feed.Item{GUID: title, Title: title, HTML: "<p>text</p>", Published: now.Add(-time.Duration(i+1) * time.Hour)})
	}
	save(t, there, "Alpha", items...)
	return here, there
}

func TestWhatAnotherProgramDoesIsShownByItself(t *testing.T) {
	here, there := shared(t)
	ctx := context.Background()
	if err := there.SaveQuery(ctx, "Alphas", "feed:alpha"); err != nil {
		t.Fatal(err)
	}
	d := drive(t, here).press("j").tick().counts("Unread", 3).counts("Alphas", 3)
	if _, err := there.MarkAll(ctx, store.Read, true, must("first"), store.Moment{}); err != nil {
		t.Fatal(err)
	}
	d.tick().counts("Unread", 2).counts("Alphas", 2).counts("Alpha", 2).sees("    First", "●  Second").lacks("●  First")
	save(t, there, "Alpha", feed.Item{GUID: "9", Title: "Fresh", Published: now.Add(-time.Minute)})
	d.tick().sees("1 new · . shows them").lacks("Fresh").counts("Alpha", 3)
	if d.on() != "Second" {
		t.Errorf("the cursor is on %q, want Second", d.on())
	}
	if err := there.SaveQuery(ctx, "Late", "fresh"); err != nil {
		t.Fatal(err)
	}
	d.tick().counts("Late", 1)
}

func TestNothingIsReadWhereNobodyChangedAnything(t *testing.T) {
	here, _ := shared(t)
	c := &counting{Library: here}
	d := drive(t, c).press("m")
	before := c.n
	if d.tick().tick(); c.n != before {
		t.Errorf("%d counts while nothing happened", c.n-before)
	}
}

func TestWhatTheMouseScrolledToStaysWhenAnotherProgramWrites(t *testing.T) {
	here, there := shared(t)
	many(t, there, 900)
	d := drive(t, here)
	for range 200 {
		d.send(tea.MouseMsg{X: 60, Y: 5, Button: tea.MouseButtonWheelDown})
	}
	before := d.m.articles.top
	if before < 500 {
		t.Fatalf("the mouse scrolled to row %d", before)
	}
	if _, err := there.MarkAll(context.Background(), store.Read, true, must("feed:alpha"), store.Moment{}); err != nil {
		t.Fatal(err)
	}
	if d.tick(); d.m.articles.top != before {
		t.Errorf("row %d is on the first line, want %d", d.m.articles.top, before)
	}
	d.counts("Alpha", 0)
}
