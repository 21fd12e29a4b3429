//go:build unix

package store_test

import (
	"fmt"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"app/newsterm/feed"
	"app/newsterm/store"
)

// library makes a file of a feed with so many articles.
func library(t *testing.T, path, address string, articles int) *store.DB {
	t.Helper()
	db := open(t, path)
	var items []feed.Item
	for i := range articles {
		items = append(items, item(fmt.Sprint(i), i))
	}
	save(t, db, subscribe(t, db, address).ID, items...)
	return db
}

// refusesMarks fails the test unless a mark is refused, for the file is not
// where it was.
func refusesMarks(t *testing.T, db *store.DB) {
	t.Helper()
	if _, err := db.Mark(ctx, store.Starred, true, 1); err == nil || !strings.HasPrefix(err.Error(), db.Path()+" was moved, replaced or deleted") {
		t.Errorf("a mark: %v", err)
	}
}

// isOf fails the test unless the file at path is sound and has the articles of
// one feed, and so many of them read.
func isOf(t *testing.T, path, address string, articles, read int) {
	t.Helper()
	db := open(t, path)
	if err := db.Check(ctx); err != nil {
		t.Error(err)
	}
	feeds, err := db.Feeds(ctx)
	if err != nil || len(feeds) != 1 || feeds[0].URL != address || feeds[0].Total != articles || feeds[0].Unread != articles-read {
		t.Errorf("%s has %+v, %v", path, feeds, err)
	}
	if _, err := db.Mark(ctx, store.Starred, true, 1); err != nil {
		t.Error(err)
	}
	if err := db.Close(); err != nil {
		t.Error(err)
	}
}

func TestNoMarkGoesToAFileThatHasBeenDeleted(t *testing.T) {
	folder := t.TempDir()
	db := library(t, filepath.Join(folder, "news.db"), "https://a.example", 3)
	for _, name := range names(t, folder) {
		if err := os.Remove(filepath.Join(folder, name)); err != nil {
			t.Fatal(err)
		}
	}
	refusesMarks(t, db)
	if err := db.Close(); err != nil || len(names(t, folder)) != 0 {
		t.Errorf("closing it: %v, and there is %s", err, names(t, folder))
	}
}

// TestAFileThatTakesThePlaceIsUnharmed puts another file in the place of an
// open one, which is noticed by this or by that.
func TestAFileThatTakesThePlaceIsUnharmed(t *testing.T) {
	for name, notice := range map[string]func(*store.DB){
		"a mark":    func(db *store.DB) { refusesMarks(t, db) },
		"a look":    func(db *store.DB) { db.Changed(ctx) },
		"its close": func(db *store.DB) { db.Close() },
	} {
		t.Run(name, func(t *testing.T) {
			folder := t.TempDir()
			path, backup, moved := filepath.Join(folder, "news.db"), filepath.Join(folder, "backup.db"), filepath.Join(folder, "old.db")
			if err := library(t, backup, "https://b.example", 7).Close(); err != nil {
				t.Fatal(err)
			}
			db := library(t, path, "https://a.example", 200)
			if n, err := db.MarkAll(ctx, store.Read, true, store.Query{}, store.Moment{}); n != 200 || err != nil {
				t.Fatal(n, err)
			}
			for _, step := range [][2]string{{path, moved}, {backup, path}} {
				if err := os.Rename(step[0], step[1]); err != nil {
					t.Fatal(err)
				}
			}
			notice(db)
			isOf(t, path, "https://b.example", 7, 0)
			db.Close()
			isOf(t, path, "https://b.example", 7, 0)
			isOf(t, moved, "https://a.example", 200, 200)
		})
	}
}

func TestAFileThatComesBackIsStillRefused(t *testing.T) {
	path := filepath.Join(t.TempDir(), "news.db")
	db := library(t, path, "https://a.example", 3)
	for _, step := range [][2]string{{path, path + ".old"}, {path + ".old", path}} {
		if err := os.Rename(step[0], step[1]); err != nil {
			t.Fatal(err)
		}
		if step[0] == path {
			refusesMarks(t, db)
		}
	}
	refusesMarks(t, db)
	if err := db.Close(); err != nil {
		t.Error(err)
	}
	isOf(t, path, "https://a.example", 3, 0)
}
