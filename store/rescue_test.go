package store_test

import (
	"errors"
	"fmt"
	"os"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"app/newsterm/store"
	"app/newsterm/store/storetest"
)

func TestRescueSavesWhatCanBeRead(t *testing.T) {
	path := filepath.Join(t.TempDir(), "news.db")
	db := open(t, path)
	storetest.Fill(t, db, 5, 100)
	feeds, err := db.Feeds(ctx)
	if err != nil {
		t.Fatal(err)
	}
	for _, f := range feeds {
		f.Cache.ETag, f.Cache.LastModified = `"tag"`, "Mon, 01 Jan 2024 00:00:00 GMT"
		if _, err := db.SaveMany(ctx, store.Fetched{Feed: f}); err != nil {
			t.Fatal(err)
		}
	}
	db.Close()
	garble(t, path, 0.3, 0.6)

	db = open(t, path)
	if err := db.Check(ctx); !errors.Is(err, store.ErrDamaged) || !strings.Contains(err.Error(), "newsterm doctor") {
		t.Errorf("Check: %v, want ErrDamaged", err)
	}
	db.Close()
	damaged, err := os.ReadFile(path)
	if err != nil {
		t.Fatal(err)
	}
	r, err := store.Rescue(ctx, path)
	if err != nil {
		t.Fatal(err)
	}
	t.Logf("%+v", r)
	if !strings.HasPrefix(r.Moved, path+".damaged-") || r.Feeds != 5 || r.Articles < 100 || r.Starred == 0 || r.Articles+r.Lost != 500 {
		t.Errorf("%+v", r)
	}
	if kept, err := os.ReadFile(r.Moved); err != nil || string(kept) != string(damaged) {
		t.Errorf("the damaged file has changed, %v", err)
	}
	if got := names(t, filepath.Dir(path)); len(got) != 2 {
		t.Errorf("the folder has %q", got)
	}
	db = open(t, path)
	if err := db.Check(ctx); err != nil {
		t.Error(err)
	}
	index(t, db)
	now, err := db.Feeds(ctx)
	if err != nil || len(now) != len(feeds) || now[0].URL != feeds[0].URL || now[0].Folder != feeds[0].Folder {
		t.Errorf("feeds: %+v, %v", now, err)
	}
	for _, f := range now {
		if f.Cache.ETag != "" || f.Cache.LastModified != "" {
			t.Errorf("%s would not send again what was lost: %+v", f.URL, f.Cache)
		}
	}
	if n, err := db.Count(ctx, parse(t, storetest.CommonWord), store.Moment{}); err != nil || n == 0 {
		t.Errorf("search finds %d, %v", n, err)
	}
	if n, err := db.Count(ctx, parse(t, "is:starred"), store.Moment{}); err != nil || n != r.Starred {
		t.Errorf("%d starred, %v, want %d", n, err, r.Starred)
	}
}

// garble writes nonsense over a part of a file.
func garble(t *testing.T, path string, from, to float64) {
	t.Helper()
	data, err := os.ReadFile(path)
	if err != nil {
		t.Fatal(err)
	}
	for i := int(from * float64(len(data))); i < int(to*float64(len(data))); i++ {
		data[i] = byte(i * 7)
	}
	if err := os.WriteFile(path, data, 0o600); err != nil {
		t.Fatal(err)
	}
}

func TestRescueOfASoundFileLosesNothing(t *testing.T) {
	path := filepath.Join(t.TempDir(), "news.db")
	db := open(t, path)
	storetest.Fill(t, db, 3, 20)
	feeds, err := db.Feeds(ctx)
	if err != nil {
		t.Fatal(err)
	}
	f := feeds[0]
	f.Tags, f.Keep, f.Disabled, f.FullText, f.Every = []string{"one", "two"}, 7, true, true, time.Hour
	if err := errors.Join(db.Change(ctx, func(now *store.Feed) { *now = f }, f.ID), db.AddAddresses(ctx, f.ID, "https://old.example/feed"), db.SaveQuery(ctx, "Mine", "tag:one")); err != nil {
		t.Fatal(err)
	}
	before := fmt.Sprint(everything(t, db))
	db.Close()
	r, err := store.Rescue(ctx, path)
	if err != nil || r.Lost+r.LostTexts != 0 || r.Articles != 60 {
		t.Fatalf("%+v, %v", r, err)
	}
	db = open(t, path)
	index(t, db)
	if after := fmt.Sprint(everything(t, db)); after != before {
		t.Errorf("before: %.500s\nafter:  %.500s", before, after)
	}
	if n, err := db.Mark(ctx, store.Starred, true, 1, 2, 3); n == 0 || err != nil {
		t.Errorf("Mark = %d, %v", n, err)
	}
}

func TestRescueOfAnOlderFileLosesNothing(t *testing.T) {
	path := firstRelease(t)
	if r, err := store.Rescue(ctx, path); err != nil || r.Feeds != 2 || r.Lost+r.LostTexts != 0 {
		t.Fatalf("%+v, %v", r, err)
	}
	keptAll(t, open(t, path))
}

func everything(t *testing.T, db *store.DB) (all []any) {
	t.Helper()
	feeds, err := db.Feeds(ctx)
	if err != nil {
		t.Fatal(err)
	}
	list, err := db.Articles(ctx, parse(t, storetest.CommonWord), store.Page{})
	if err != nil {
		t.Fatal(err)
	}
	queries, err := db.Queries(ctx)
	if err != nil {
		t.Fatal(err)
	}
	old, err := db.Addresses(ctx)
	if err != nil {
		t.Fatal(err)
	}
	all = append(all, feeds, queries, old)
	for _, a := range list {
		a, err := db.Article(ctx, a.ID)
		if err != nil {
			t.Fatal(err)
		}
		all = append(all, a)
	}
	return all
}

func TestRescueOfNonsenseMakesAFreshFile(t *testing.T) {
	path := filepath.Join(t.TempDir(), "news.db")
	if err := os.WriteFile(path, []byte(strings.Repeat("nonsense", 2000)), 0o600); err != nil {
		t.Fatal(err)
	}
	r, err := store.Rescue(ctx, path)
	if err != nil || r.Feeds+r.Articles != 0 {
		t.Errorf("%+v, %v", r, err)
	}
	subscribe(t, open(t, path), "https://a.example")
	if _, err := store.Rescue(ctx, path+".none"); err == nil {
		t.Error("a file that is not there is rescued")
	}
}

func TestRescueThatCannotPutTheNewFileInPlaceTakesAllBack(t *testing.T) {
	path := filepath.Join(t.TempDir(), "news.db")
	db := open(t, path)
	storetest.Fill(t, db, 2, 10)
	db.Close()
	if err := os.WriteFile(path+"-wal", []byte("what belongs to it"), 0o600); err != nil {
		t.Fatal(err)
	}
	before := names(t, filepath.Dir(path))
	for _, failing := range []string{"", ".rescue"} {
		undo := store.ReplaceRename(func(old, now string) error {
			if old == path+failing {
				return errors.New("no such luck")
			}
			return os.Rename(old, now)
		})
		r, err := store.Rescue(ctx, path)
		undo()
		if err == nil || !strings.Contains(err.Error(), "no such luck") || strings.Contains(err.Error(), "is now") || r != (store.Rescued{}) {
			t.Errorf("%s%s: %+v, %v", path, failing, r, err)
		}
		if after := names(t, filepath.Dir(path)); fmt.Sprint(after) != fmt.Sprint(before) {
			t.Errorf("the folder has %q, want %q", after, before)
		}
	}
	defer store.ReplaceRename(func(old, now string) error {
		if now == path {
			return errors.New("no such luck")
		}
		return os.Rename(old, now)
	})()
	if _, err := store.Rescue(ctx, path); err == nil || !strings.Contains(err.Error(), "what was "+path+" is now "+path+".damaged-") {
		t.Errorf("%v does not say where the file is", err)
	}
}

func TestOpenFinishesARescueThatWasKilled(t *testing.T) {
	path := filepath.Join(t.TempDir(), "news.db")
	db := open(t, path)
	storetest.Fill(t, db, 2, 10)
	db.Close()
	r, err := store.Rescue(ctx, path)
	if err != nil {
		t.Fatal(err)
	}
	if err := os.Rename(path, path+".rescue"); err != nil { // as before its last step
		t.Fatal(err)
	}
	db = open(t, path)
	if feeds, err := db.Feeds(ctx); err != nil || len(feeds) != 2 {
		t.Errorf("%d feeds, %v", len(feeds), err)
	}
	db.Close()
	if got := names(t, filepath.Dir(path)); len(got) != 2 || !strings.HasSuffix(path, got[0]) || !strings.HasSuffix(r.Moved, got[1]) {
		t.Errorf("the folder has %q", got)
	}
}
