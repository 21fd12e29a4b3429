package store_test

import (
	"errors"
	"fmt"
	"math/rand/v2"
	"slices"
	"testing"
	"time"

	"app/newsterm/feed"
	"app/newsterm/store"
)

// three is a file with articles one, two and three, whose ids are 1, 2 and 3.
func three(t testing.TB) *store.DB {
	t.Helper()
	db := memory(t)
	f := subscribe(t, db, "https://a.example/feed")
	save(t, db, f.ID, item("one", 3), item("two", 2), item("three", 1))
	return db
}

func TestMarkCountsOnlyChanges(t *testing.T) {
	db := three(t)
	for _, want := range []int{2, 0} {
		if n, err := db.Mark(ctx, store.Read, true, 1, 2, 2, 99); n != want || err != nil {
			t.Errorf("Mark = %d, %v, want %d", n, err, want)
		}
	}
	if n, err := db.Mark(ctx, store.Starred, true); n != 0 || err != nil {
		t.Errorf("Mark of nothing = %d, %v", n, err)
	}
	if _, err := db.Mark(ctx, store.Flag(9), true, 1); err == nil {
		t.Error("an unknown mark is taken")
	}
	sees(t, db, "is:unread", "three")
}

func TestMissingAreTheNumbersOfNoArticle(t *testing.T) {
	db := three(t)
	ids := []store.ArticleID{99, 2, 98, 1}
	for id := range store.ArticleID(50_000) {
		ids = append(ids, 100+id)
	}
	missing, err := db.Missing(ctx, ids...)
	if err != nil || len(missing) != 50_002 || missing[0] != 99 || missing[1] != 98 || missing[50_001] != 50_099 {
		t.Errorf("%d missing, %v", len(missing), err)
	}
	if missing, err := db.Missing(ctx); err != nil || len(missing) != 0 {
		t.Errorf("of none: %v, %v", missing, err)
	}
}

func TestArticleJustReadStaysInTheView(t *testing.T) {
	db := three(t)
	mark(t, db, store.Read, true, 3)
	mark(t, db, store.Starred, true, 1)
	at, err := db.Moment(ctx)
	if err != nil {
		t.Fatal(err)
	}
	mark(t, db, store.Read, true, 1)
	mark(t, db, store.Starred, false, 1)
	save(t, db, 1, item("four", 0))
	for query, want := range map[string]string{
		"is:unread":               "[two one]",
		"is:starred":              "[one]",
		"":                        "[three two one]",
		"is:unread OR is:starred": "[two one]",
		"is:unread is:starred":    "[one]",
		"is:unread sort:oldest":   "[one two]",
		"-is:unread":              "[three]",
	} {
		list, err := db.Articles(ctx, parse(t, query), store.Page{AsOf: at})
		guids := []string{}
		for _, a := range list {
			guids = append(guids, a.GUID)
		}
		if err != nil || fmt.Sprint(guids) != want {
			t.Errorf("%s as of then finds %v, %v, want %s", query, guids, err, want)
		}
		if n, err := db.Count(ctx, parse(t, query), at); err != nil || n != len(guids) {
			t.Errorf("%s as of then counts %d, %v, want %d", query, n, err, len(guids))
		}
	}
	if n, err := db.Arrived(ctx, parse(t, "is:unread"), at); n != 1 || err != nil {
		t.Errorf("Arrived = %d, %v, want 1", n, err)
	}
	sees(t, db, "is:unread", "four", "two")
	sees(t, db, "is:starred")
}

func TestViewAsOfSurvivesMarkingAll(t *testing.T) {
	db := memory(t)
	f := subscribe(t, db, "https://a.example/feed")
	var items []feed.Item
	for i := range 1500 {
		items = append(items, item(fmt.Sprint(i), i))
	}
	save(t, db, f.ID, items...)
	at, err := db.Moment(ctx)
	if err != nil {
		t.Fatal(err)
	}
	q := parse(t, "is:unread")
	before, err := db.Articles(ctx, q, store.Page{AsOf: at})
	if err != nil {
		t.Fatal(err)
	}
	if n, err := db.MarkAll(ctx, store.Read, true, q, at); n != 1500 || err != nil {
		t.Fatalf("MarkAll = %d, %v", n, err)
	}
	after, err := db.Articles(ctx, q, store.Page{AsOf: at})
	if err != nil || !slices.Equal(ids(before), ids(after)) {
		t.Errorf("%d articles before, %d after, %v", len(before), len(after), err)
	}
	sees(t, db, "is:unread")
}

func TestMarkAllMarksWhatIsVisible(t *testing.T) {
	db := three(t)
	at, err := db.Moment(ctx)
	if err != nil {
		t.Fatal(err)
	}
	save(t, db, 1, item("four", 0))
	if n, err := db.MarkAll(ctx, store.Read, true, parse(t, "before:2d"), at); n != 1 || err != nil {
		t.Errorf("MarkAll = %d, %v, want 1", n, err)
	}
	if n, err := db.MarkAll(ctx, store.Read, true, store.Query{}, at); n != 2 || err != nil {
		t.Errorf("MarkAll = %d, %v, want 2", n, err)
	}
	sees(t, db, "is:unread", "four")
}

func TestUndoTakesBackStepByStep(t *testing.T) {
	db := three(t)
	mark(t, db, store.Read, true, 1)
	mark(t, db, store.Starred, true, 1, 2)
	mark(t, db, store.Read, true, 1, 2, 3)
	step, err := db.Undo(ctx)
	if err != nil || step.Flag != store.Read || !step.On || !slices.Equal(step.IDs, []store.ArticleID{2, 3}) {
		t.Fatalf("Undo = %+v, %v", step, err)
	}
	sees(t, db, "is:unread", "three", "two")
	if step, err = db.Undo(ctx); err != nil || step.Flag != store.Starred || len(step.IDs) != 2 {
		t.Fatalf("Undo = %+v, %v", step, err)
	}
	sees(t, db, "is:starred")
	if step, err = db.Redo(ctx); err != nil || step.Flag != store.Starred || !step.On {
		t.Fatalf("Redo = %+v, %v", step, err)
	}
	sees(t, db, "is:starred", "two", "one")
	mark(t, db, store.Starred, false, 1)
	if _, err := db.Redo(ctx); !errors.Is(err, store.ErrNothing) {
		t.Errorf("Redo after a new mark: %v, want ErrNothing", err)
	}
	for range 3 {
		if _, err := db.Undo(ctx); err != nil {
			t.Fatal(err)
		}
	}
	if _, err := db.Undo(ctx); !errors.Is(err, store.ErrNothing) {
		t.Errorf("Undo at the start: %v, want ErrNothing", err)
	}
	sees(t, db, "is:unread", "three", "two", "one")
	sees(t, db, "is:starred")
}

func TestUndoRemembersHundredsOfSteps(t *testing.T) {
	db := three(t)
	for i := range 600 {
		mark(t, db, store.Read, i%2 == 0, 1)
	}
	n := 0
	for ; ; n++ {
		if _, err := db.Undo(ctx); errors.Is(err, store.ErrNothing) {
			break
		} else if err != nil {
			t.Fatal(err)
		}
	}
	if n != 500 {
		t.Errorf("%d steps could be undone, want 500", n)
	}
	n = 0
	for ; ; n++ {
		if _, err := db.Redo(ctx); errors.Is(err, store.ErrNothing) {
			break
		} else if err != nil {
			t.Fatal(err)
		}
	}
	if n != 500 {
		t.Errorf("%d steps could be done again, want 500", n)
	}
}

// TestCountsAreRight does all that changes counts, at random, and counts again.
func TestCountsAreRight(t *testing.T) {
	db := memory(t)
	r := rand.New(rand.NewPCG(5, 6))
	now := noon
	db.Now = func() time.Time { now = now.Add(time.Second); return now }
	var feeds []store.Feed
	for i := range 4 {
		feeds = append(feeds, subscribe(t, db, fmt.Sprintf("https://%d.example", i)))
	}
	for range 300 {
		f := feeds[r.IntN(len(feeds))]
		id := store.ArticleID(1 + r.IntN(100))
		var err error
		switch r.IntN(11) {
		case 0, 1:
			save(t, db, f.ID, item(fmt.Sprint(r.IntN(60)), r.IntN(30)), item(fmt.Sprint(r.IntN(60)), r.IntN(30)))
		case 2:
			_, err = db.Mark(ctx, store.Read, r.IntN(3) > 0, id, id+1, id+2)
		case 3:
			_, err = db.Mark(ctx, store.Starred, r.IntN(2) > 0, id)
		case 4:
			_, err = db.MarkAll(ctx, store.Read, r.IntN(2) > 0, store.FeedQuery(f.ID), store.Moment{})
		case 5:
			_, err = db.Undo(ctx)
		case 6:
			_, err = db.Redo(ctx)
		case 7:
			_, err = db.Prune(ctx, 10, false)
		case 8:
			f.Archived, f.Muted = r.IntN(4) == 0, r.IntN(4) == 0
			err = db.Change(ctx, func(now *store.Feed) { *now = f }, f.ID)
		case 9:
			_, err = db.Mute(ctx, fmt.Sprintf("title:%d*", 1+r.IntN(5)), time.Time{})
		case 10:
			_, err = db.Unmute(ctx, fmt.Sprintf("title:%d*", 1+r.IntN(5)))
		}
		if err != nil && !errors.Is(err, store.ErrNothing) && !errors.Is(err, store.ErrNotFound) {
			t.Fatal(err)
		}
		wrong, err := db.Query(ctx, `SELECT count(*) FROM feeds f WHERE
			total  <> (SELECT count(*) FROM articles a WHERE a.feed = f.id) OR
			unread <> (SELECT count(*) FROM articles a WHERE a.feed = f.id AND a.read = 0 AND a.muted = 0)`)
		if err != nil || wrong > 0 {
			t.Fatalf("%d feeds have wrong counts, %v", wrong, err)
		}
	}
	list, err := db.Feeds(ctx)
	if err != nil {
		t.Fatal(err)
	}
	for _, f := range list {
		if n, err := db.Count(ctx, store.FeedQuery(f.ID).And(parse(t, "is:unread")), store.Moment{}); err != nil || n != f.Unread {
			t.Errorf("%s: %d unread, %v, Feeds says %d", f.URL, n, err, f.Unread)
		}
	}
}
