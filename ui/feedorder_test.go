package ui

import (
	"strings"
	"testing"
	"time"

	"app/newsterm/feed"
)

// feedNames lists the feeds and folders as the pane has them.
func (d *driver) feedNames() string {
	var list []string
	for _, it := range d.m.feeds.items {
		if it.kind == aFeed || it.kind == aFolder {
			list = append(list, it.name)
		}
	}
	return strings.Join(list, " ")
}

// inThatOrder fails the test unless the pane has these feeds and folders.
func (d *driver) inThatOrder(want string) *driver {
	d.t.Helper()
	if got := d.feedNames(); got != want {
		d.t.Errorf("the feeds are %s, want %s", got, want)
	}
	return d
}

func TestFeedsAreOrdered(t *testing.T) {
	db := shelf(t)
	inFolder(t, db, "Swifts", "News")
	d := drive(t, db).inThatOrder("Loose News Harbour Swifts Wire Local Coast Tides")
	d.toItem("Wire").press("S").sees("by title", "most unread first", "latest article first").press("m")
	d.inThatOrder("Loose News Harbour Wire Swifts Local Coast Tides")
	if d.item() != "Wire" {
		t.Errorf("the cursor is on %s, want Wire", d.item())
	}
	save(t, db, "Swifts", feed.Item{GUID: "1", Title: "Swifts 1", Published: now.Add(-time.Minute)})
	d.press("S", "l").inThatOrder("Loose News Swifts Harbour Wire Local Coast Tides")
	drive(t, db).inThatOrder("Loose News Swifts Harbour Wire Local Coast Tides").toItem("Wire").press("S", "b").
		inThatOrder("Loose News Harbour Swifts Wire Local Coast Tides")
	drive(t, db).inThatOrder("Loose News Harbour Swifts Wire Local Coast Tides")
}

func TestFeedsKeepTheirPlacesWhileTheyAreRead(t *testing.T) {
	db := shelf(t)
	d := drive(t, db).toItem("Harbour").press("S", "m", "A").counts("Harbour", 0).inThatOrder("Loose News Harbour Wire Local Coast Tides Science Swifts")
	if d.press("n"); d.item() != "Wire" {
		t.Errorf("n comes to %s, want Wire", d.item())
	}
	save(t, db, "Loose", feed.Item{GUID: "9", Title: "Fresh", Published: now.Add(-time.Minute)})
	d.press("R").inThatOrder("Loose News Wire Harbour Local Coast Tides Science Swifts")
}
