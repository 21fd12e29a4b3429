package ui

import (
	"context"
	"strings"
	"testing"

	"app/newsterm/store"
)

func TestARangeIsMarkedInOneStep(t *testing.T) {
	db := library(t)
	d := drive(t, db).press("V").sees("1 selected", "▌●  First").press("j", "j").sees("3 selected", "▌●  Other")
	d.press("k").sees("2 selected").lacks("▌●  Other")
	d.press("s").sees("2 articles marked starred · z takes it back", "●★ First", "●★ Second").lacks("selected", "▌")
	d.press("z").sees("taken back: 2 articles marked starred").lacks("★")
	d.press("ctrl+y").sees("●★ First")
}

func TestTwiceSelectsSingleRows(t *testing.T) {
	db := library(t)
	d := drive(t, db).press("V", "V", "j", "j", "V", "V").sees("2 selected", "▌●  First", "▌●  Other").lacks("▌●  Second")
	d.press("k", "k", "V", "V").sees("1 selected").lacks("▌●  First")
	d.press("m").sees("1 article marked read", "   Other")
	if n, _ := db.Count(context.Background(), unreadQuery, store.Moment{}); n != 3 {
		t.Errorf("%d unread", n)
	}
}

func TestASelectionEndsBeforeAnythingElse(t *testing.T) {
	d := drive(t, library(t)).press("V", "j", "esc").lacks("selected")
	if d.press("V", "q"); d.quit || d.m.focus != articlePane {
		t.Error("q left more than the selection")
	}
}

func TestSelectedArticlesAreOpenedAndCopied(t *testing.T) {
	d := drive(t, library(t)).press("V", "j", "y").sees("copied 2 addresses")
	if len(d.copied) != 1 || d.copied[0] != "https://alpha.example/1\nhttps://alpha.example/2" {
		t.Errorf("copied %q", d.copied)
	}
	if d.press("V", "j", "O").sees("2 articles marked read"); len(d.opened) != 2 {
		t.Errorf("opened %q", d.opened)
	}
}

func TestSelectedArticlesArePipedTogether(t *testing.T) {
	d := drive(t, library(t), func(o *Options) {
		o.Format = func(a store.Article, format string) (string, error) { return a.Title + " as " + format + "\n", nil }
	})
	d.press("V", "j", "|").types("cat").press("enter").sees("First as markdown", "Second as markdown").lacks("Other as markdown")
	d.press("q").lacks("selected")
}

func TestSelectedArticlesAreCopiedAsMarkdown(t *testing.T) {
	d := drive(t, library(t)).press("V", "j", "Y").sees("copied 2 articles as markdown").lacks("selected")
	if len(d.copied) != 1 || strings.Count("\n"+d.copied[0], "\n# ") != 2 || !strings.Contains(d.copied[0], "\n\n# Second\n") {
		t.Errorf("copied %q", d.copied)
	}
	if d.press("Y").sees("copied the article as markdown"); strings.Contains(d.copied[1], "First") {
		t.Errorf("copied %q", d.copied[1])
	}
}

func TestTooManyPagesAreNotOpened(t *testing.T) {
	db := emptyLibrary(t)
	many(t, db, 30)
	d := drive(t, db).press("V", "G", "O").sees("that would open 30 pages").press("j").sees("30 selected")
	if len(d.opened) > 0 || d.m.articles.rows[0].Read {
		t.Errorf("opened %d", len(d.opened))
	}
}

func TestFeedsOfSelectedArticlesAreLeftTogether(t *testing.T) {
	d := drive(t, library(t)).press("V", "G", "D").sees("leave 2 whole feeds? · y or D does", "Alpha", "Beta").press("D").sees("left 2 feeds · z takes it back").lacks("Alpha 3", "Beta 1")
	d.press("z").sees("taken back: left 2 feeds", "Alpha", "Beta")
}

func TestARangeGoesOverRowsThatWereNotLoaded(t *testing.T) {
	db := emptyLibrary(t)
	many(t, db, 1200)
	d := drive(t, db).press("j", "V", "G").sees("1,199 selected").press("a").sees("1,199 articles marked read")
	d.press("z").sees("taken back: 1,199 articles")
	d.press("V", "g").sees("1,200 selected")
	d.send(listMsgOf(d))
	d.sees("1,200 selected")
}

// listMsgOf is what comes when the terminal is looked at again.
func listMsgOf(d *driver) any { return d.m.reload()() }

// The bottom line tells what the keys do to what is selected, and how to let go.
func TestTheBottomLineTellsOfTheSelection(t *testing.T) {
	d := drive(t, library(t)).size(140, 12).press("V", "j")
	d.sees("2 selected", "Esc let go", "m read", "s star", "y copy", "o browser", "| pipe", "w write", "? keys").lacks("q quit", "next unread")
	d.size(60, 12).sees("2 selected", "Esc let go", "? keys")
	d.press("esc").sees("q quit").lacks("let go")
}

func TestTheBottomLineTellsWhatMarksDo(t *testing.T) {
	d := drive(t, library(t)).sees("m read").press("enter").sees("m unread").press("m").sees("m read").lacks("m unread")
	d.press("m", "q").sees("m unread").press("j").lacks("m unread")
}
