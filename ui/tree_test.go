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

// inFolder gives the feed called title a folder and tags.
func inFolder(t testing.TB, db *store.DB, title, folder string, tags ...string) {
	t.Helper()
	f := feedOf(t, db, title)
	f.Folder, f.Tags = folder, tags
	if err := db.Change(context.Background(), func(now *store.Feed) { *now = f }, f.ID); err != nil {
		t.Fatal(err)
	}
}

func feedOf(t testing.TB, db *store.DB, title string) store.Feed {
	t.Helper()
	f, err := db.FindFeed(context.Background(), title)
	if err != nil {
		t.Fatal(err)
	}
	return f
}

// shelf makes a store of feeds in folders.
func shelf(t testing.TB) *store.DB {
	t.Helper()
	db := emptyLibrary(t)
	for i, f := range []struct {
		title, folder string
		tags          []string
		articles      int
	}{
		{"Loose", "", nil, 1},
		{"Harbour", "News", []string{"sea"}, 3},
		{"Wire", "news", nil, 1},
		{"Tides", "News/Local/Coast", []string{"Sea", "slow"}, 2},
		{"Swifts", "Science", nil, 0},
	} {
		var items []feed.Item
		for n := range f.articles {
			items = append(items, feed.Item{GUID: fmt.Sprint(n), Title: fmt.Sprintf("%s %d", f.title, n+1), HTML: "<p>text</p>",
				Published: now.Add(-time.Duration(10*i+n+1) * time.Hour)})
		}
		save(t, db, f.title, items...)
		inFolder(t, db, f.title, f.folder, f.tags...)
	}
	return db
}

// toItem puts the cursor of the pane of feeds on what is called name.
func (d *driver) toItem(name string) *driver {
	d.t.Helper()
	for d.m.focus != feedPane {
		d.press("shift+tab")
	}
	d.press("g")
	for range d.m.feeds.items {
		if it, _ := d.m.feeds.current(); it.name == name {
			return d
		}
		d.press("j")
	}
	d.t.Fatalf("there is no %q:\n%s", name, d.screen())
	return d
}

// counts fails the test unless the pane of feeds has name with n unread
// articles; -1 means that it does not have it.
func (d *driver) counts(name string, n int) *driver {
	d.t.Helper()
	got := -1
	for _, it := range d.m.feeds.items {
		if it.name == name {
			got = it.count
		}
	}
	if got != n {
		d.t.Fatalf("%s has %d unread articles, want %d:\n%s", name, got, n, d.screen())
	}
	return d
}

// item is what the cursor of the pane of feeds is on.
func (d *driver) item() string {
	it, _ := d.m.feeds.current()
	return it.name
}

func TestFoldersAreATree(t *testing.T) {
	for _, size := range [][2]int{{60, 20}, {100, 30}} {
		d := drive(t, shelf(t)).size(size[0], size[1]).toItem("Local")
		d.golden(fmt.Sprintf("tree-%dx%d", size[0], size[1]))
		d.press("h", "h").golden(fmt.Sprintf("tree-closed-%dx%d", size[0], size[1]))
	}
}

func TestAFolderCountsWhatIsInItsFolders(t *testing.T) {
	drive(t, shelf(t)).counts("News", 6).counts("Local", 2).counts("Harbour", 3).sees("▾ News               6")
}

func TestAFolderClosesAndOpens(t *testing.T) {
	d := drive(t, shelf(t)).size(100, 24).toItem("Harbour")
	if d.press("h"); d.item() != "News" {
		t.Fatalf("left went to %q, want the folder", d.item())
	}
	d.press("h").sees("▸ News", "Wire 1").lacks("Local", "Coast")
	if d.item() != "News" || d.m.focus != feedPane {
		t.Errorf("the cursor is on %q in pane %d", d.item(), d.m.focus)
	}
	d.press("l").sees("▾ News", "▾ Local", "▾ Coast")
	if d.press("l"); d.m.focus != articlePane || d.m.listed.name != "News" {
		t.Errorf("right on an open folder lists %q in pane %d", d.m.listed.name, d.m.focus)
	}
	d.press("shift+tab", "h").sees("▸ News").press("enter").sees("Harbour 1", "Tides 2")
	if d.m.focus != articlePane {
		t.Error("Enter did not go to the articles")
	}
}

func TestClosedFoldersStayClosed(t *testing.T) {
	db := shelf(t)
	drive(t, db).toItem("News").press("h")
	d := drive(t, db).sees("▸ News").lacks("Local", "Coast")
	d.toItem("News").press("l")
	drive(t, db).sees("▾ News", "Coast")
}

func TestTagsStandBelowTheFolders(t *testing.T) {
	d := drive(t, shelf(t)).size(120, 30).counts("#sea", 5).counts("#slow", 2).sees("#sea")
	d.toItem("#sea").sees("Harbour 1", "Tides 2").lacks("Wire 1")
	drive(t, library(t)).lacks("#")
}

func TestAMutedFeedAsksForNothing(t *testing.T) {
	db := shelf(t)
	f := feedOf(t, db, "Harbour")
	f.Muted = true
	if err := db.Change(context.Background(), func(now *store.Feed) { *now = f }, f.ID); err != nil {
		t.Fatal(err)
	}
	d := drive(t, db).counts("Harbour", 0).counts("News", 3).counts("#sea", 2).counts("Unread", 4)
	d.toItem("Harbour").sees("Harbour 1", "Harbour 3")
}

func TestStrangeFoldersAreFolders(t *testing.T) {
	db := emptyLibrary(t)
	for i, folder := range []string{"/", "//", "a//b", "a/", "/a", "A/b/", "K", "k", "\u212a/x", "a/b/c/d/e/f/g/h/i/j", "日本/語"} {
		save(t, db, fmt.Sprintf("F%d", i), feed.Item{GUID: "1", Title: "T", Published: now})
		inFolder(t, db, fmt.Sprintf("F%d", i), folder)
	}
	d := drive(t, db).size(60, 40).press("shift+tab")
	for range 60 {
		d.press("j", "h", "E", "tab", "x", "enter", "l")
		d.press("z")
	}
	if n := strings.Count(d.screen(), "\n"); n != 39 {
		t.Errorf("%d lines", n+1)
	}
}

func TestCursorStaysWhereSectionsBegin(t *testing.T) {
	d := drive(t, shelf(t)).size(60, 6).press("shift+tab")
	for range 30 {
		d.press("j")
		if !strings.Contains(d.screen(), d.item()) {
			t.Fatalf("%q is under the cursor and not on the screen:\n%s", d.item(), d.screen())
		}
	}
}
