package ui

import (
	"testing"

	"app/newsterm/store"
)

// foldered makes a store with Alpha and Beta, each in a folder.
func foldered(t testing.TB, alpha, beta string) *store.DB {
	db := library(t)
	inFolder(t, db, "Alpha", alpha)
	inFolder(t, db, "Beta", beta)
	return db
}

// renames gives the folder called from another name.
func (d *driver) renames(from, to string) *driver {
	return d.toItem(from).press("E").backspaces().types(to).press("enter").sees("renamed " + from + " to " + to)
}

// goes lists what is called name.
func (d *driver) goes(name string) *driver { return d.press("t").types(name).press("enter") }

// lists fails the test unless the folder at path is listed under name.
func (d *driver) lists(path, name string, rows int) *driver {
	d.t.Helper()
	if l := d.m.listed; l.query != store.FolderQuery(path) || l.name != name || len(d.m.articles.rows) != rows {
		d.t.Fatalf("%s lists %s, %d rows:\n%s", l.name, l.query, len(d.m.articles.rows), d.screen())
	}
	return d
}

func TestARenamedFolderIsGoneBackTo(t *testing.T) {
	d := drive(t, foldered(t, "Aaa", "Zzz")).goes("Aaa").goes("Zzz").goes("Beta").renames("Aaa", "News").press("tab")
	d.press("esc").lists("Zzz", "Zzz", 1).press("esc").lists("News", "News", 3)
}

func TestARenamedFolderKeepsItsOrder(t *testing.T) {
	db := foldered(t, "Aaa/Sub", "Zzz")
	d := drive(t, db).goes("Aaa").press("S", "o").goes("Sub").press("S", "f").renames("Aaa", "News").press("tab").goes("Zzz")
	if d.goes("News"); d.m.listed.order != store.Oldest {
		t.Errorf("News is listed %s", d.m.listed.orderName())
	}
	if d.goes("News/Sub"); d.m.listed.order != store.ByFeed {
		t.Errorf("what is in it is listed %s", d.m.listed.orderName())
	}
	if d = drive(t, db).goes("News"); d.m.listed.order != store.Oldest {
		t.Errorf("on the next screen News is listed %s", d.m.listed.orderName())
	}
}

func TestAFolderWithinOneWhoseNameIsTakenBackStaysListed(t *testing.T) {
	d := drive(t, foldered(t, "Aaa/Sub", "Zzz")).renames("Aaa", "News").press("tab").goes("News/Sub").lists("News/Sub", "Sub", 3)
	d.press("z").sees("taken back: renamed Aaa to News").lists("Aaa/Sub", "Sub", 3)
	d.press("ctrl+y").lists("News/Sub", "Sub", 3)
}

func TestFoldersThatPartAgain(t *testing.T) {
	d := drive(t, foldered(t, "Aaa", "Bbb")).toItem("Aaa").press("h").renames("Aaa", "Bbb").lists("Bbb", "Bbb", 4)
	d.press("z").lists("Aaa", "Aaa", 3).sees("▸ Aaa", "▾ Bbb")
	d.press("ctrl+y").lists("Bbb", "Bbb", 4).press("tab").goes("Beta").goes("Bbb").press("z").sees("taken back").lists("Bbb", "Bbb", 1)
	d.press("q", "q").lacks("Nothing here.")
}

func TestKeysAfterARenaming(t *testing.T) {
	for range often(20) {
		d := drive(t, foldered(t, "Aaa", "Zzz")).toItem("Aaa").press("E").backspaces().types("News")
		d.atOnce("enter", "k", "j").lists("News", "News", 3)
		d.atOnce("z", "k", "j").lists("Aaa", "Aaa", 3)
	}
}
