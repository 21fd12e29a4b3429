package ui

import (
	"context"
	"errors"
	"testing"

	tea "github.com/charmbracelet/bubbletea"

	"app/newsterm/store"
)

func TestALateReloadLeavesTheCursorWhereItHasGone(t *testing.T) {
	db := emptyLibrary(t)
	many(t, db, 900)
	d := drive(t, db, func(o *Options) { o.Query = allQuery })
	reload := d.m.reload()
	d.press("G")
	if d.send(reload()); d.on() != "Title 0899" {
		t.Errorf("the cursor is on %s", d.on())
	}
}

func TestAReloadWithoutTheArticleUnderTheCursorIsTaken(t *testing.T) {
	db := library(t)
	d := drive(t, db, func(o *Options) { o.Query = allQuery }).toRowOf("Other")
	feeds, err := db.Feeds(t.Context())
	if err != nil {
		t.Fatal(err)
	}
	for _, f := range feeds {
		if f.Title == "Beta" {
			if err := db.Unsubscribe(t.Context(), f.ID); err != nil {
				t.Fatal(err)
			}
		}
	}
	d.send(tea.FocusMsg{})
	d.sees("First").lacks("Other")
}

// toRowOf puts the cursor on the article called title.
func (d *driver) toRowOf(title string) *driver {
	d.t.Helper()
	for range d.m.articles.rows {
		if d.on() == title {
			return d
		}
		d.press("j")
	}
	d.t.Fatalf("there is no %s", title)
	return d
}

// unreadable is a store whose articles cannot be listed as long as there is a
// reason.
type unreadable struct {
	*store.DB
	why *error
}

func (s unreadable) Articles(ctx context.Context, q store.Query, p store.Page) ([]store.Article, error) {
	if *s.why != nil {
		return nil, *s.why
	}
	return s.DB.Articles(ctx, q, p)
}

func TestAListThatCannotBeReadSaysSo(t *testing.T) {
	why := errors.New("the disk is gone")
	d := drive(t, unreadable{library(t), &why})
	d.sees("The articles cannot be read.", "the disk is gone").lacks("Everything is read.")
	d.press("j").sees("the disk is gone")
	why = nil
	d.send(tea.FocusMsg{})
	d.sees("First").lacks("the disk is gone")
	why = errors.New("it is gone again")
	d.press("*").sees("Starred", "it is gone again").lacks("Nothing here")
}

func TestWhatElseFailsSaysNothingOfTheList(t *testing.T) {
	d := drive(t, library(t))
	late := d.early("M")
	d.send(failedMsg{"copy", errors.New("there is no clipboard")})
	d.sees("there is no clipboard").lacks("Nothing here", "Everything is read.")
	d.late(late).sees("First")
}

func TestViewsThatAreTheSameAreGoneBackFromTogether(t *testing.T) {
	d := drive(t, library(t)).press("*", "*", "q").sees("Unread", "First")
	if d.press("q"); !d.quit {
		t.Error("Unread is gone back to twice")
	}
	d = drive(t, library(t)).press("*", "q", "M", "M").sees("Unread", "1/4")
	if d.press("q"); !d.quit {
		t.Error("M is gone back from")
	}
}

func TestANameThatNothingHasIsTheReasonForAnEmptyList(t *testing.T) {
	d := drive(t, library(t), func(o *Options) { o.Query = allQuery }).press("F").types("feed:alpa").press("enter")
	d.sees("Nothing found.", `no feed has "alpa" in its title or its`, "did you mean Alpha?", "F asks again")
	d.press("F").clears().types("in:nosuch OR tag:none").press("enter").sees(`no folder is called "nosuch"`, `no feed has the tag "none"`)
	d.press("F").clears().types("feed:alpha tides").press("enter").sees("Nothing found.").lacks("no feed has")
}
