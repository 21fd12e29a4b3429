//go:build unix

package source_test

import (
	"database/sql"
	"os"
	"path/filepath"
	"syscall"
	"testing"
	"time"

	"app/newsterm/source"
)

// TestACopyOfAChangingFileIsNotReliedOn has a pipe in the place of the last
// part of a database, so that a copy waits there.
func TestACopyOfAChangingFileIsNotReliedOn(t *testing.T) {
	for _, changed := range []bool{false, true} {
		path := filepath.Join(t.TempDir(), "cache.db")
		db, err := sql.Open("sqlite", path)
		if err != nil {
			t.Fatal(err)
		}
		if _, err := db.Exec(`CREATE TABLE rss_item (feedurl TEXT, title TEXT)`); err != nil {
			t.Fatal(err)
		}
		db.Close()
		if err := os.WriteFile(path+"-journal", []byte("unfinished"), 0o600); err != nil {
			t.Fatal(err)
		}
		if err := syscall.Mkfifo(path+"-wal", 0o600); err != nil {
			t.Skip(err)
		}
		go func() {
			w, err := os.OpenFile(path+"-wal", os.O_WRONLY, 0) // when the rest is copied
			if err != nil {
				t.Error(err)
				return
			}
			if changed {
				if err := os.Chtimes(path, time.Time{}, time.Now().Add(time.Hour)); err != nil {
					t.Error(err)
				}
			}
			w.Close()
		}()
		old, err := source.OpenOld(ctx, path)
		if err != nil {
			t.Fatal(err)
		}
		if old.Changed() != changed {
			t.Errorf("Changed is %v, want %v", old.Changed(), changed)
		}
		if err := old.Close(); err != nil {
			t.Error(err)
		}
	}
}

// A journal that comes while the file is read says that it is being written.
func TestAFileWithANewJournalHasChanged(t *testing.T) {
	path := filepath.Join(t.TempDir(), "cache.db")
	db, err := sql.Open("sqlite", path)
	if err != nil {
		t.Fatal(err)
	}
	if _, err := db.Exec(`CREATE TABLE rss_item (feedurl TEXT, title TEXT)`); err != nil {
		t.Fatal(err)
	}
	db.Close()
	old, err := source.OpenOld(ctx, path)
	if err != nil {
		t.Fatal(err)
	}
	defer old.Close()
	if old.Changed() {
		t.Error("it has changed by itself")
	}
	if err := os.WriteFile(path+"-journal", []byte("begun"), 0o600); err != nil {
		t.Fatal(err)
	}
	if !old.Changed() {
		t.Error("it has not changed")
	}
}
