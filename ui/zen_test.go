package ui

import (
	"testing"
	"time"

	"app/newsterm/feed"
	"app/newsterm/store"
)

// headlines makes a store with articles whose titles are long.
func headlines(t *testing.T) *store.DB {
	t.Helper()
	db := emptyLibrary(t)
	save(t, db, "Harbour", feed.Item{GUID: "1", Title: "The harbour reopens after the storm, and nobody knows who is to pay for it", Authors: []string{"Ann Quay"},
		HTML: "<p>the quay stands</p>", Published: now.Add(-time.Hour)})
	save(t, db, "Tides", feed.Item{GUID: "1", Title: "How a tide table is made, from a pole in the water to the printer's desk", HTML: "<p>poles</p>", Published: now.Add(-2 * time.Hour)})
	return db
}

func TestTheListAlone(t *testing.T) {
	d := drive(t, headlines(t)).press("Z")
	d.sees("who is to pay for it", "Harbour", "1h", "Tides", "the list alone · Z shows all panes again").lacks("newsterm", "│")
	d.press("enter").sees("the quay stands").lacks("Tides", "│")
	d.press("q").sees("who is to pay for it", "Tides").lacks("the quay stands", "│", "newsterm")
	d.press("enter", "Z").sees("newsterm", "the quay stands", "Tides")
	d.press("q", "Z", "Z").sees("newsterm", "│")
}

func TestTheArticleAloneLeavesTheListAmongThePanes(t *testing.T) {
	d := drive(t, headlines(t)).press("enter", "Z").sees("the quay stands").lacks("newsterm")
	d.press("q").sees("newsterm", "│").press("enter").lacks("newsterm")
	d.press("q", "Z").sees("who is to pay for it").lacks("newsterm")
}

func TestFromTheFeedsTheArticleIsAlone(t *testing.T) {
	d := drive(t, headlines(t)).toItem("Tides").press("Z").sees("poles").lacks("newsterm")
	d.press("Z").sees("newsterm", "poles")
}

func TestAVeryWideListSaysWhoWroteIt(t *testing.T) {
	drive(t, headlines(t)).press("Z").lacks("Ann Quay").size(160, 16).sees("Harbour", "Ann Quay", "to pay for it")
}
