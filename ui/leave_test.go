package ui

import (
	"context"
	"testing"

	"app/newsterm/store"
)

func TestLeavingAFeedIsTakenBack(t *testing.T) {
	db := shelf(t)
	d := drive(t, db).size(120, 24).toItem("Harbour").press("D").sees("left Harbour · z takes it back", "Wire 1")
	if d.item() != "Wire" || d.m.focus != feedPane {
		t.Errorf("the cursor is on %q in pane %d, want what came after", d.item(), d.m.focus)
	}
	if _, err := db.FindFeed(context.Background(), "Harbour"); err == nil {
		t.Error("it is still there")
	}
	d.press("z").sees("taken back: left Harbour", "  Harbour")
	d.press("ctrl+y").sees("again: left Harbour").press("z", "z").sees("nothing to take back")
}

func TestArticlesOfAFeedLeftAreGone(t *testing.T) {
	d := drive(t, shelf(t)).size(120, 24).sees("Harbour 1")
	d.press("j", "s").press("D").sees("leave the whole feed Harbour? · y or D does").press("j", "D", "y").sees("left Harbour").lacks("Harbour 2")
	d.press("z").sees("Harbour 2")
}

func TestActsAreTakenBackInTheirOrder(t *testing.T) {
	db := shelf(t)
	d := drive(t, db).press("s").toItem("Wire").press("D").toItem("Loose").press("tab", "m", "z")
	d.sees("taken back: Loose 1 marked read")
	d.press("z").sees("taken back: left Wire")
	d.press("z").sees("taken back: Loose 1 marked starred")
	d.press("z").sees("nothing to take back")
	d.press("ctrl+y").sees("again: Loose 1 marked starred")
	d.press("ctrl+y").sees("again: left Wire")
	d.press("ctrl+y").sees("again: Loose 1 marked read")
	if n, err := db.Count(context.Background(), starredQuery, store.Moment{}); err != nil || n != 1 {
		t.Errorf("%d starred, %v", n, err)
	}
}

func TestWhatIsLeftMayBeNothing(t *testing.T) {
	drive(t, shelf(t)).toItem("News").press("D").sees("D leaves a feed or drops a saved query")
	drive(t, emptyLibrary(t)).press("D").sees("D leaves a feed").press("E").sees("E edits a feed")
}

func TestMarksOfAnEarlierScreenAreTakenBackToo(t *testing.T) {
	db := shelf(t)
	drive(t, db).press("s")
	d := drive(t, db).press("j", "m", "D", "D", "z", "z").sees("taken back: Harbour 1 marked read")
	d.press("z").sees("taken back: Loose 1 marked starred").press("z").sees("nothing to take back")
	d.press("ctrl+y").sees("again: Loose 1 marked starred").press("ctrl+y").sees("again: Harbour 1 marked read")
	d.press("ctrl+y").sees("again: left Harbour").press("ctrl+y").sees("nothing to do again")
	d.press("z").sees("taken back: left Harbour")
}
