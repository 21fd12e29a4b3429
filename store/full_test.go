//go:build unix

package store_test

import (
	"os/signal"
	"path/filepath"
	"strings"
	"syscall"
	"testing"

	"app/newsterm/store"
)

// fill lets no file become larger than a page until the test is over, or the function that it
// returns is called.
func fill(t *testing.T) (makeRoom func()) {
	t.Helper()
	signal.Ignore(syscall.SIGXFSZ)
	var old syscall.Rlimit
	if err := syscall.Getrlimit(syscall.RLIMIT_FSIZE, &old); err != nil {
		t.Fatal(err)
	}
	none := old
	none.Cur = 4 << 10 // less than what processes share
	if err := syscall.Setrlimit(syscall.RLIMIT_FSIZE, &none); err != nil {
		t.Fatal(err)
	}
	makeRoom = func() {
		if err := syscall.Setrlimit(syscall.RLIMIT_FSIZE, &old); err != nil {
			t.Error(err)
		}
		signal.Reset(syscall.SIGXFSZ)
	}
	t.Cleanup(makeRoom)
	return makeRoom
}

func TestAFileOnAFullDiskCanBeRead(t *testing.T) {
	path := filepath.Join(t.TempDir(), "news.db")
	db := open(t, path)
	f := subscribe(t, db, "https://a.example")
	save(t, db, f.ID, item("a", 1))
	if err := db.Close(); err != nil {
		t.Fatal(err)
	}
	makeRoom := fill(t)
	db = open(t, path)
	sees(t, db, "", "a")
	if _, err := db.Mark(ctx, store.Read, true, 1); err == nil || !strings.Contains(err.Error(), "the disk was full") {
		t.Errorf("a mark on a full disk: %v", err)
	}
	makeRoom()
	if _, err := db.Mark(ctx, store.Read, true, 1); err == nil {
		t.Error("a mark that the open file would not show")
	}
	db = open(t, path)
	if _, err := db.Mark(ctx, store.Read, true, 1); err != nil {
		t.Error(err)
	}
	sees(t, db, "is:read", "a")
}
