package store_test

import (
	"bytes"
	"database/sql"
	"errors"
	"os"
	"path/filepath"
	"runtime"
	"strings"
	"sync"
	"testing"

	"app/newsterm/feed"
	"app/newsterm/store"
)

func TestOpenTakesAnyPath(t *testing.T) {
	for _, name := range []string{"plain.db", "with space.db", "what?mode=ro", "a#b", "100%41", "ünï—東京", "quote'\";drop", "file:x", "a&_pragma=user_version(9)"} {
		folder := filepath.Join(t.TempDir(), "new "+name, "deeper")
		path := filepath.Join(folder, name)
		db, err := store.Open(path)
		if err != nil {
			t.Errorf("%s: %v", name, err)
			continue
		}
		subscribe(t, db, "https://a.example")
		if err := db.Close(); err != nil {
			t.Error(err)
		}
		if got := names(t, folder); len(got) != 1 || got[0] != name {
			t.Errorf("%s: the folder has %q", name, got)
		}
		db, err = store.Open(path)
		if err != nil {
			t.Fatal(err)
		}
		if feeds, err := db.Feeds(ctx); err != nil || len(feeds) != 1 {
			t.Errorf("%s: %d feeds, %v, after opening again", name, len(feeds), err)
		}
		db.Close()
	}
	if _, err := store.Open("a\x00b"); err == nil {
		t.Error("a path with a zero byte is taken")
	}
}

func names(t *testing.T, folder string) (names []string) {
	t.Helper()
	list, err := os.ReadDir(folder)
	if err != nil {
		t.Fatal(err)
	}
	for _, e := range list {
		names = append(names, e.Name())
	}
	return names
}

func TestFilesAreForTheirOwnerOnly(t *testing.T) {
	if runtime.GOOS == "windows" {
		t.Skip("no modes")
	}
	folder := filepath.Join(t.TempDir(), "newsterm")
	db := open(t, filepath.Join(folder, "news.db"))
	subscribe(t, db, "https://a.example")
	if info, err := os.Stat(folder); err != nil || info.Mode().Perm() != 0o700 {
		t.Errorf("folder: %v, %v", info.Mode(), err)
	}
	for _, name := range names(t, folder) {
		if info, err := os.Stat(filepath.Join(folder, name)); err != nil || info.Mode().Perm() != 0o600 {
			t.Errorf("%s: %v, %v", name, info.Mode(), err)
		}
	}
	if len(names(t, folder)) != 3 {
		t.Errorf("%q, want the file with its -wal and -shm", names(t, folder))
	}
}

func TestEmptyFileIsAFreshOne(t *testing.T) {
	path := filepath.Join(t.TempDir(), "news.db")
	if err := os.WriteFile(path, nil, 0o600); err != nil {
		t.Fatal(err)
	}
	subscribe(t, open(t, path), "https://a.example")
}

// change runs statements on a file without this package.
func change(t testing.TB, path, statements string) {
	t.Helper()
	db, err := sql.Open("sqlite", path)
	if err != nil {
		t.Fatal(err)
	}
	defer db.Close()
	if _, err := db.Exec(statements); err != nil {
		t.Fatal(err)
	}
}

// refused opens a file that must be refused, with these words, and left as it is.
func refused(t *testing.T, path string, is error, words ...string) {
	t.Helper()
	before, err := os.ReadFile(path)
	if err != nil {
		t.Fatal(err)
	}
	db, err := store.Open(path)
	if err == nil {
		db.Close()
		t.Fatal("it is opened")
	}
	if is != nil && !errors.Is(err, is) {
		t.Errorf("err = %v, want %v", err, is)
	}
	for _, w := range append(words, path) {
		if !strings.Contains(err.Error(), w) {
			t.Errorf("%q does not say %q", err, w)
		}
	}
	if after, err := os.ReadFile(path); err != nil || !bytes.Equal(before, after) {
		t.Errorf("the file was changed: %v", err)
	}
}

func TestNewerFileIsLeftAlone(t *testing.T) {
	path := filepath.Join(t.TempDir(), "news.db")
	open(t, path).Close()
	change(t, path, `PRAGMA user_version = 7`)
	refused(t, path, store.ErrNewer, "written by a newer newsterm (schema 7, this one knows 4)", "--db")
	if _, err := store.Rescue(ctx, path); !errors.Is(err, store.ErrNewer) {
		t.Errorf("Rescue: %v, want ErrNewer", err)
	}
}

func TestOtherFilesAreLeftAlone(t *testing.T) {
	path := filepath.Join(t.TempDir(), "letter.txt")
	if err := os.WriteFile(path, []byte(strings.Repeat("Dear Sir or Madam,\n", 500)), 0o600); err != nil {
		t.Fatal(err)
	}
	refused(t, path, store.ErrDamaged, "newsterm doctor")
	path = filepath.Join(t.TempDir(), "other.db")
	change(t, path, `CREATE TABLE theirs (a)`)
	refused(t, path, nil, "another program")
	if _, err := store.Rescue(ctx, path); err == nil {
		t.Error("another program's database is rescued")
	}
}

func TestFolderInTheWayIsAnError(t *testing.T) {
	path := t.TempDir()
	if _, err := store.Open(path); err == nil || !strings.Contains(err.Error(), path) {
		t.Errorf("err = %v", err)
	}
	file := filepath.Join(path, "file")
	if err := os.WriteFile(file, []byte("x"), 0o600); err != nil {
		t.Fatal(err)
	}
	if _, err := store.Open(filepath.Join(file, "news.db")); err == nil || !strings.Contains(err.Error(), file) {
		t.Errorf("err = %v", err)
	}
}

func TestSymbolicLinkIsFollowed(t *testing.T) {
	folder := t.TempDir()
	link := filepath.Join(folder, "link.db")
	if err := os.Symlink(filepath.Join(folder, "real.db"), link); err != nil {
		t.Skip(err)
	}
	open(t, filepath.Join(folder, "real.db")).Close()
	subscribe(t, open(t, link), "https://a.example")
	if feeds, err := open(t, filepath.Join(folder, "real.db")).Feeds(ctx); err != nil || len(feeds) != 1 {
		t.Errorf("%d feeds, %v", len(feeds), err)
	}
}

func TestManyMayOpenANewFileAtOnce(t *testing.T) {
	path := filepath.Join(t.TempDir(), "news.db")
	var wg sync.WaitGroup
	for range 8 {
		wg.Go(func() {
			db, err := store.Open(path)
			if err != nil {
				t.Error(err)
				return
			}
			defer db.Close()
			if _, _, err := db.Subscribe(ctx, feed.Sub{URL: "https://a.example"}); err != nil {
				t.Error(err)
			}
		})
	}
	wg.Wait()
	if feeds, err := open(t, path).Feeds(ctx); err != nil || len(feeds) != 1 {
		t.Errorf("%d feeds, %v, want one", len(feeds), err)
	}
}

func TestFileThatMayOnlyBeReadIsRead(t *testing.T) {
	if os.Getuid() == 0 || runtime.GOOS == "windows" {
		t.Skip("modes bind nobody here")
	}
	folder := t.TempDir()
	path := filepath.Join(folder, "news.db")
	db := open(t, path)
	subscribe(t, db, "https://a.example")
	db.Close()
	if err := os.Chmod(path, 0o400); err != nil {
		t.Fatal(err)
	}
	for _, mode := range []os.FileMode{0o500, 0o700} {
		if err := os.Chmod(folder, mode); err != nil {
			t.Fatal(err)
		}
		defer os.Chmod(folder, 0o700)
		db := open(t, path)
		if feeds, err := db.Feeds(ctx); err != nil || len(feeds) != 1 {
			t.Errorf("folder %v: %d feeds, %v", mode, len(feeds), err)
		}
		_, _, err := db.Subscribe(ctx, feed.Sub{URL: "https://b.example"})
		if err == nil || !strings.Contains(err.Error(), path) {
			t.Errorf("folder %v: err = %v", mode, err)
		}
		db.Close()
	}
}

func TestFullDiskIsNamed(t *testing.T) {
	path := filepath.Join(t.TempDir(), "news.db")
	db := open(t, path)
	f := subscribe(t, db, "https://a.example")
	save(t, db, f.ID, item("one", 1))
	if err := db.LimitPages(ctx, 40); err != nil {
		t.Fatal(err)
	}
	big := item("big", 0)
	big.HTML = strings.Repeat("<p>much</p>", 100_000)
	_, err := db.Save(ctx, f.ID, &feed.Doc{Items: []feed.Item{big}})
	if want := path + ": the disk is full; nothing more can be kept until there is room"; err == nil || !strings.Contains(err.Error(), want) {
		t.Errorf("err = %v", err)
	}
	sees(t, db, "", "one")
	mark(t, db, store.Read, true, 1)
}
