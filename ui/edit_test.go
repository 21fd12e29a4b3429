package ui

import (
	"context"
	"errors"
	"fmt"
	"slices"
	"testing"
	"time"

	"app/newsterm/store"
)

// backspaces empties the line on which one types.
func (d *driver) backspaces() *driver {
	for range 40 {
		if p, ok := d.m.top().(prompt); ok && p.input.Value() == "" {
			break // one more would close it
		}
		d.press("backspace")
	}
	return d
}

func TestAFeedIsEdited(t *testing.T) {
	db := shelf(t)
	d := drive(t, db).toItem("Harbour").press("E").sees("Edit Harbour", "https://harbour.example/feed", "newsterm edit changes headers")
	d.types("The Port").press("tab").types("/Port").press("tab").types(", Boats").press("tab").types("2h").press("tab").types("50")
	d.press("tab", "space", "j", "y", "j", "l", "k", "k", "j", "enter").sees("edited Harbour · z takes it back", "The Port", "▾ Port")
	f := feedOf(t, db, "The Port")
	if f.Folder != "News/Port" || !slices.Equal(f.Tags, []string{"sea", "Boats"}) || f.Every != 2*time.Hour || f.Keep != 50 || !f.FullText || !f.Muted || !f.Disabled {
		t.Errorf("kept %+v", f)
	}
	d.press("z").sees("taken back: edited Harbour", "Harbour").lacks("The Port", "▾ Port")
	if f := feedOf(t, db, "Harbour"); f.Folder != "News" || f.Every != 0 || f.Muted {
		t.Errorf("taken back to %+v", f)
	}
	d.press("ctrl+y").sees("again: edited Harbour", "The Port")
}

func TestWhatIsWrongIsToldAndNothingKept(t *testing.T) {
	db := shelf(t)
	d := drive(t, db).toItem("Harbour").press("E").types("Port").press("tab", "tab", "tab").types("soon").press("tab").types("few").press("enter")
	d.sees("Edit Harbour", "a time such as 30m, 2h or 1d, or off, not \"soon\"", "a number, or all, not \"few\"")
	if f := feedOf(t, db, "Harbour"); f.Name != "" {
		t.Errorf("half of it was kept: %+v", f)
	}
	d.backspaces().types("1d").press("tab").backspaces().press("enter").sees("edited Harbour")
	if f := feedOf(t, db, "Port"); f.Every != 24*time.Hour {
		t.Errorf("every %v", f.Every)
	}
}

func TestAFeedMovesToAnotherAddress(t *testing.T) {
	db := shelf(t)
	d := drive(t, db).toItem("Harbour").press("E", "up").backspaces().types("not an address").press("enter").sees("Edit Harbour", "address")
	d.backspaces().types("https://wire.example/feed").press("enter").sees("edit Harbour: ", "Wire")
	if f := feedOf(t, db, "Harbour"); f.URL != "https://harbour.example/feed" {
		t.Errorf("it is at %s", f.URL)
	}
	d.press("E", "up").backspaces().types("https://port.example/feed").press("enter").sees("edited Harbour · z takes it back")
	if f := feedOf(t, db, "Harbour"); f.URL != "https://port.example/feed" || f.Total != 3 {
		t.Errorf("it is at %s with %d articles", f.URL, f.Total)
	}
	d.press("z").sees("taken back")
	if f := feedOf(t, db, "Harbour"); f.URL != "https://harbour.example/feed" {
		t.Errorf("it is at %s again", f.URL)
	}
}

func TestEscLeavesAFeedAsItWas(t *testing.T) {
	db := shelf(t)
	d := drive(t, db).toItem("Harbour").press("E").types("Port").press("esc").lacks("Edit Harbour", "Port")
	d.press("E", "enter").sees("nothing was changed")
	d.press("E", "q", "j", "ctrl+c").lacks("Edit")
	if d.quit {
		t.Error("a letter typed into the form left the screen")
	}
}

func TestAFolderIsProposed(t *testing.T) {
	db := shelf(t)
	d := drive(t, db).toItem("Loose").press("E", "tab").types("news/").sees("news/Local")
	d.press("right").sees("News/Local").press("enter")
	if f := feedOf(t, db, "Loose"); f.Folder != "News/Local" {
		t.Errorf("in %q", f.Folder)
	}
}

func TestAFolderIsRenamed(t *testing.T) {
	db := shelf(t)
	d := drive(t, db).size(120, 24).toItem("Local").press("h").toItem("News").press("E").sees("Rename News", "3 feeds go with it")
	d.backspaces().press("enter").sees("it needs a name")
	d.types("World/Daily").press("enter").sees("renamed News to World/Daily", "▾ World", "  ▾ Daily", "▸ Local")
	if f := feedOf(t, db, "Tides"); f.Folder != "World/Daily/Local/Coast" {
		t.Errorf("in %q", f.Folder)
	}
	if d.item() != "Daily" {
		t.Errorf("the cursor is on %q", d.item())
	}
	d.press("tab").sees("Harbour 1", "Tides 1")
	d.press("z").sees("▾ News", "Harbour 1").lacks("World ")
	if f := feedOf(t, db, "Wire"); f.Folder != "news" {
		t.Errorf("taken back to %q", f.Folder)
	}
}

// stubborn is a library that keeps no edits.
type stubborn struct{ Library }

func (stubborn) Change(context.Context, func(*store.Feed), ...store.FeedID) error {
	return errors.New("the disk is full")
}

func TestAFolderThatCannotBeRenamedStaysAsItWas(t *testing.T) {
	db := shelf(t)
	d := drive(t, stubborn{db}).toItem("News").press("E").types("paper").press("enter").sees("rename News", "the disk is full")
	for _, title := range []string{"Harbour", "Wire", "Tides"} {
		if f := feedOf(t, db, title); f.Folder[:4] != "News" && f.Folder != "news" {
			t.Errorf("%s is in %q", title, f.Folder)
		}
	}
	d.press("z").sees("nothing to take back")
}

func TestScreensOfForms(t *testing.T) {
	for _, size := range [][2]int{{60, 20}, {100, 30}} {
		d := drive(t, shelf(t)).size(size[0], size[1]).toItem("Tides").press("E", "tab", "tab", "tab").types("never").press("enter")
		d.golden(fmt.Sprintf("edit-%dx%d", size[0], size[1]))
	}
}

// TestAFormChangesOnlyWhatWasChangedInIt has another program set something while
// the screen knows the feed as it was.
func TestAFormChangesOnlyWhatWasChangedInIt(t *testing.T) {
	db := shelf(t)
	d := drive(t, db).toItem("Harbour")
	f := feedOf(t, db, "Harbour")
	f.Headers, f.Muted, f.Tags = "X-Key: one", true, []string{"port"}
	if err := db.Change(context.Background(), func(now *store.Feed) { *now = f }, f.ID); err != nil {
		t.Fatal(err)
	}
	others := func(title, name, folder string, archived bool) {
		t.Helper()
		list, _ := db.Feeds(context.Background())
		if archived {
			list, _ = db.Archived(context.Background())
		}
		i := slices.IndexFunc(list, func(f store.Feed) bool { return f.Title == title })
		if i < 0 {
			t.Fatalf("there is no %s in %+v", title, list)
		}
		if got := list[i]; got.Name != name || got.Folder != folder || got.Headers != f.Headers || !got.Muted || !slices.Equal(got.Tags, f.Tags) {
			t.Errorf("%+v", got)
		}
	}
	d.press("E").types("Port").press("enter").sees("edited Harbour")
	others("Port", "Port", "News", false)
	d.press("z").sees("taken back")
	others("Harbour", "", "News", false)

	f.Every = time.Hour
	if err := db.Change(context.Background(), func(now *store.Feed) { *now = f }, f.ID); err != nil {
		t.Fatal(err)
	}
	d.press("D").sees("left Harbour")
	others("Harbour", "", "News", true)
	d.press("z").sees("taken back: left Harbour")
	others("Harbour", "", "News", false)
	d.toItem("News").press("E").backspaces().types("World").press("enter").sees("renamed News")
	others("Harbour", "", "World", false)
	d.press("z").sees("taken back")
	others("Harbour", "", "News", false)
	if got := feedOf(t, db, "Harbour"); got.Every != time.Hour {
		t.Errorf("fetched every %v", got.Every)
	}
}
