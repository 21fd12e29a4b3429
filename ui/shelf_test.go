package ui

import (
	"context"
	"fmt"
	"testing"

	"app/newsterm/feed"
	"app/newsterm/source"
)

// speaking sets the language of the reader.
func speaking(language string) func(*Options) { return func(o *Options) { o.Language = language } }

func TestFeedsOfTheShelfAreAddedAndFetched(t *testing.T) {
	db := shelf(t)
	asked := &asks{}
	d := drive(t, db, asked.only).size(100, 30).press("B").sees("A shelf of", "News", "BBC World", "Space pick")
	d.press("space", "space").sees("✓ BBC World", "✓ The Guardian World", "add 2 feeds")
	d.press("k", "space").lacks("✓ The Guardian World").press("/").types("xkcd").press("enter", "space").sees("✓ xkcd", "add 2 feeds").lacks("BBC World")
	d.press("enter").lacks("A shelf of").sees("nothing new")
	for title, folder := range map[string]string{"BBC World": "News", "xkcd": "Comics"} {
		f := feedOf(t, db, title)
		if f.Folder != folder || f.Name != title || f.Site == "" {
			t.Errorf("%+v", f)
		}
		if !asked.fetched[f.ID] {
			t.Errorf("%s was not fetched", title)
		}
	}
	if _, err := db.FindFeed(context.Background(), "The Guardian World"); err == nil {
		t.Error("what was put back was added")
	}
	d.press("B").sees("BBC World").press("space", "g", "enter").sees("A shelf of", "you follow it").press("esc")
	d.press("z").sees("taken back: added 2 feeds")
	if _, err := db.FindFeed(context.Background(), "xkcd"); err == nil {
		t.Error("z did not take it back")
	}
	d.press("ctrl+y").sees("again: added 2 feeds")
	feedOf(t, db, "xkcd")
}

func TestTheShelfSpeaksTheReadersLanguage(t *testing.T) {
	d := drive(t, shelf(t), speaking("de_DE.UTF-8")).size(100, 30).press("B")
	if first := onShelf(d).found[0]; first.Language != "de" {
		t.Errorf("it begins with %+v", first)
	}
}

func TestEnterAloneAddsWhatTheCursorIsOn(t *testing.T) {
	db := shelf(t)
	drive(t, db, (&asks{}).only).press("B", "j", "enter").sees("nothing new")
	if f := feedOf(t, db, "The Guardian World"); f.Folder != "News" {
		t.Errorf("%+v", f)
	}
}

func TestTheShelfIsBehindAnEmptyAddress(t *testing.T) {
	db := shelf(t)
	d := drive(t, db, at(kites(db))).size(100, 30)
	d.press("+").sees("⏎ with nothing typed").press("enter").sees("A shelf of").press("esc").lacks("A shelf of")
	d.press("+", "tab").sees("A shelf of").press("q").lacks("A shelf of")
	d.press("+").types("k").press("tab").lacks("A shelf of").press("esc")
}

func TestTheShelfIsNarrowed(t *testing.T) {
	d := drive(t, shelf(t)).size(100, 30).press("B", "/").types("linux").sees("LWN.net").lacks("xkcd")
	d.types("zebra").sees("nothing on the shelf is called so").press("enter", "space", "j", "enter").sees("nothing on the shelf")
	d.press("esc").sees("A shelf of", "BBC World").press("/", "esc", "esc").lacks("A shelf of")
}

// onShelf is the open shelf.
func onShelf(d *driver) picking {
	p, _ := d.m.top().(picking)
	return p
}

func TestTheCursorGoesFromSubjectToSubject(t *testing.T) {
	d := drive(t, shelf(t)).size(100, 30).press("B", "j", "tab")
	on := func() source.Shelved { return onShelf(d).found[onShelf(d).at] }
	if on().Subject != "Science" {
		t.Errorf("tab leads to %s", on().Subject)
	}
	d.press("G", "shift+tab")
	if on().Subject != "Listening" {
		t.Errorf("shift+tab leads to %s", on().Title)
	}
	if d.press("k"); on().Subject != "Comics" {
		t.Errorf("what comes before the first is %s", on().Title)
	}
	d.press("g", "shift+tab", "k", "u")
	if onShelf(d).at != 0 {
		t.Errorf("the cursor is at %d", onShelf(d).at)
	}
}

func TestTheShelfKnowsTheKeysOfTheReader(t *testing.T) {
	d := drive(t, shelf(t), bindings(t, Bindings{Keys: keysOf("down", "w")})).press("B", "w", "j", "w")
	if onShelf(d).at != 2 {
		t.Errorf("the cursor is at %d", onShelf(d).at)
	}
}

func TestScreensOfTheShelf(t *testing.T) {
	for _, size := range [][2]int{{60, 20}, {100, 30}, {180, 40}} {
		db := shelf(t)
		if _, _, err := db.Subscribe(context.Background(), feed.Sub{URL: "https://www.aljazeera.com/xml/rss/all.xml"}); err != nil {
			t.Fatal(err)
		}
		drive(t, db, speaking("fr_FR.UTF-8")).size(size[0], size[1]).press("B", "space", "space", "j").
			golden(fmt.Sprintf("shelf-%dx%d", size[0], size[1]))
	}
}

func TestWhatIsThereAlreadyIsNotAddedAgain(t *testing.T) {
	d := drive(t, library(t))
	d.send(shelvedMsg{})
	d.sees("it is there already").lacks("takes it back")
}
