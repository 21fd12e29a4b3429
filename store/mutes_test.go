package store_test

import (
	"errors"
	"fmt"
	"path/filepath"
	"testing"
	"time"

	"app/newsterm/feed"
	"app/newsterm/store"
	"app/newsterm/store/storetest"
)

// mute makes a rule that hides so many articles.
func mute(t testing.TB, db *store.DB, query string, until time.Time, want int) {
	t.Helper()
	if n, err := db.Mute(ctx, query, until); n != want || err != nil {
		t.Errorf("Mute %s hides %d, %v, want %d", query, n, err, want)
	}
}

// rules checks what Mutes lists.
func rules(t testing.TB, db *store.DB, want ...string) {
	t.Helper()
	list, err := db.Mutes(ctx)
	if err != nil {
		t.Fatal(err)
	}
	got := []string{}
	for _, m := range list {
		got = append(got, fmt.Sprintf("%s: %d", m.Query, m.Articles))
	}
	if fmt.Sprint(got) != fmt.Sprint(want) {
		t.Errorf("the mutes are %q, want %q", got, want)
	}
}

// countsUnread checks the count of a feed against what Feeds says, and what the
// list has.
func countsUnread(t testing.TB, db *store.DB, want int) {
	t.Helper()
	feeds, err := db.Feeds(ctx)
	if err != nil {
		t.Fatal(err)
	}
	n, err := db.Count(ctx, parse(t, "is:unread"), store.Moment{})
	if sum := sumOf(feeds); n != want || sum != want || err != nil {
		t.Errorf("%d unread listed, the feeds say %d, %v, want %d", n, sum, err, want)
	}
}

func sumOf(feeds []store.Feed) (unread int) {
	for _, f := range feeds {
		unread += f.Unread
	}
	return unread
}

func TestAMuteHidesAtOnceAndGivesBack(t *testing.T) {
	db := three(t)
	at, err := db.Moment(ctx)
	if err != nil {
		t.Fatal(err)
	}
	mute(t, db, "title:two OR title:three", time.Time{}, 2)
	mute(t, db, "two", time.Time{}, 1)
	sees(t, db, "", "one")
	sees(t, db, "is:unread sort:oldest", "one")
	sees(t, db, "sort:feed", "one")
	sees(t, db, "two")
	sees(t, db, "two sort:relevance")
	sees(t, db, "feed:#1 is:unread", "one")
	sees(t, db, "feed:a.example", "one")
	sees(t, db, "is:muted", "three", "two")
	sees(t, db, "is:muted two", "two")
	sees(t, db, "-is:muted", "one")
	countsUnread(t, db, 1)
	if list, err := db.Articles(ctx, parse(t, "is:unread"), store.Page{AsOf: at}); err != nil || len(list) != 1 {
		t.Errorf("a view of before lists %d, %v", len(list), err)
	}
	if a, err := db.Article(ctx, 2); err != nil || !a.Muted {
		t.Errorf("the article says %v, %v", a.Muted, err)
	}
	rules(t, db, "title:two OR title:three: 2", "two: 1")
	if n, err := db.Unmute(ctx, "title:two   OR title:three"); n != 1 || err != nil {
		t.Errorf("%d came back, %v, want three alone", n, err)
	}
	countsUnread(t, db, 2)
	if n, err := db.Unmute(ctx, "two"); n != 1 || err != nil {
		t.Errorf("%d came back, %v", n, err)
	}
	if _, err := db.Unmute(ctx, "two"); !errors.Is(err, store.ErrNotFound) {
		t.Errorf("error %v, want ErrNotFound", err)
	}
	sees(t, db, "", "three", "two", "one")
	countsUnread(t, db, 3)
	rules(t, db)
}

func TestAMuteSaysWhatItHides(t *testing.T) {
	db := three(t)
	for _, query := range []string{"", "  ", "sort:oldest", "two sort:oldest", "is:read", "two -is:muted", "feed:#1", "shape:round", "(two"} {
		var unreadable *store.QueryError
		if _, err := db.Mute(ctx, query, time.Time{}); !errors.As(err, &unreadable) {
			t.Errorf("%q: error %v, want a QueryError", query, err)
		}
	}
	if _, err := db.Mute(ctx, "two", noon.Add(-time.Hour)); err == nil {
		t.Error("a time that is over is taken")
	}
	rules(t, db)
	sees(t, db, "", "three", "two", "one")
}

func TestStarredArticlesStayInTheirLists(t *testing.T) {
	db := three(t)
	mark(t, db, store.Starred, true, 1, 2)
	mute(t, db, "title:title", time.Time{}, 3)
	sees(t, db, "")
	sees(t, db, "is:starred", "two", "one")
	sees(t, db, "is:starred OR three", "two", "one")
	sees(t, db, "title:title -is:starred")
	at, err := db.Moment(ctx)
	if err != nil {
		t.Fatal(err)
	}
	mark(t, db, store.Starred, false, 2)
	if list, err := db.Articles(ctx, parse(t, "is:starred"), store.Page{AsOf: at}); err != nil || len(list) != 2 {
		t.Errorf("a view of before lists %d, %v", len(list), err)
	}
}

func TestArticlesAreJudgedWhenTheyArrive(t *testing.T) {
	db := memory(t)
	f := subscribe(t, db, "https://a.example/feed")
	mute(t, db, `title:"the rocket"`, time.Time{}, 0)
	mute(t, db, "kelp*", time.Time{}, 0)
	mute(t, db, "author:ann url:blog", time.Time{}, 0)
	mute(t, db, "before:30d", time.Time{}, 0)
	by := item("blog/by", 1)
	by.Authors = []string{"Ann Lee"}
	words, title := item("words", 2), item("title", 3)
	words.HTML = "<p>Of <b>Kélps</b> and corals</p>"
	title.Title = "Up goes the Rocket"
	if n := save(t, db, f.ID, by, words, title, item("old", 40), item("good", 4)); n != 5 {
		t.Errorf("%d came, want 5", n)
	}
	sees(t, db, "", "good")
	countsUnread(t, db, 1)
	rules(t, db, `title:"the rocket": 1`, "kelp*: 1", "author:ann url:blog: 1", "before:30d: 1")

	// An article that changes is judged again.
	good := item("good", 4)
	good.HTML = "<p>More kelp</p>"
	words.HTML = "<p>Of corals</p>"
	save(t, db, f.ID, words, good)
	sees(t, db, "", "words")
	countsUnread(t, db, 1)
	if err := db.SaveFullText(ctx, 4, "<p>And a kelp</p>"); err != nil {
		t.Fatal(err)
	}
	if n, err := db.SaveMany(ctx, store.Fetched{Feed: f, Doc: &feed.Doc{Items: []feed.Item{item("kelp", 0)}}}); err != nil || n[0] != 1 {
		t.Errorf("%v came, %v", n, err)
	}
	if n, err := db.SaveEarlier(ctx, f.ID, &feed.Doc{}, []store.Earlier{{Item: item("kelp-bed", 0)}}); err != nil || n != 1 {
		t.Errorf("%d came, %v", n, err)
	}
	if list := found(t, db, "is:unread"); len(list) != 0 {
		t.Errorf("%v are listed", list)
	}
	countsUnread(t, db, 0)
}

// TestWhatAMuteHidesIsNotMarked marks lists, and takes that back.
func TestWhatAMuteHidesIsNotMarked(t *testing.T) {
	db := three(t)
	mute(t, db, "two", time.Time{}, 1)
	if n, err := db.MarkAll(ctx, store.Read, true, store.Query{}, store.Moment{}); n != 2 || err != nil {
		t.Errorf("%d marked, %v, want 2", n, err)
	}
	countsUnread(t, db, 0)
	if _, err := db.Undo(ctx); err != nil {
		t.Fatal(err)
	}
	countsUnread(t, db, 2)
	mark(t, db, store.Read, true, 1, 2, 3)
	countsUnread(t, db, 0)
	mute(t, db, "title:title", time.Time{}, 3)
	if _, err := db.Undo(ctx); err != nil {
		t.Fatal(err)
	}
	countsUnread(t, db, 0)
	mark(t, db, store.Read, true, 1)
	if n, err := db.Prune(ctx, 0, false); n != 1 || err != nil {
		t.Errorf("%d dropped, %v", n, err)
	}
	rules(t, db, "two: 1", "title:title: 2")
	if n, err := db.Unmute(ctx, "title:title"); n != 1 || err != nil {
		t.Errorf("%d came back, %v", n, err)
	}
	countsUnread(t, db, 1)
}

func TestAMuteEndsWhenItsTimeIsOver(t *testing.T) {
	db := three(t)
	now := noon
	db.Now = func() time.Time { return now }
	mute(t, db, "one", noon.AddDate(0, 0, 1), 1)
	mute(t, db, "two", noon.AddDate(0, 0, 1), 1)
	mute(t, db, "two", noon.AddDate(0, 0, 3), 1)
	if n, err := db.EndMutes(ctx); n != 0 || err != nil {
		t.Errorf("%d came back, %v", n, err)
	}
	now = noon.AddDate(0, 0, 2)
	rules(t, db, "two: 1")
	if n, err := db.EndMutes(ctx); n != 1 || err != nil {
		t.Errorf("%d came back, %v", n, err)
	}
	sees(t, db, "", "three", "one")
	countsUnread(t, db, 2)
	now = noon.AddDate(0, 0, 4)
	if _, err := db.Claim(ctx, nil); err != nil { // as a refresh does
		t.Fatal(err)
	}
	sees(t, db, "", "three", "two", "one")
	countsUnread(t, db, 3)
}

func TestAMuteFollowsTheFolderOfAFeed(t *testing.T) {
	db := three(t)
	mute(t, db, "in:Noise -two", time.Time{}, 0)
	file := func(folder string) {
		if err := db.Change(ctx, func(f *store.Feed) { f.Folder = folder }, 1); err != nil {
			t.Fatal(err)
		}
	}
	file("Noise/Loud")
	sees(t, db, "", "two")
	sees(t, db, "in:Noise", "two")
	countsUnread(t, db, 1)
	file("")
	sees(t, db, "", "three", "two", "one")
	countsUnread(t, db, 3)
}

func TestRescueKeepsMutes(t *testing.T) {
	path := filepath.Join(t.TempDir(), "news.db")
	db := open(t, path)
	f := subscribe(t, db, "https://a.example/feed")
	save(t, db, f.ID, item("one", 3), item("two", 2))
	mute(t, db, "two", time.Time{}, 1)
	mute(t, db, "ten", noon.AddDate(99, 0, 0), 0)
	db.Close()
	if _, err := store.Rescue(ctx, path); err != nil {
		t.Fatal(err)
	}
	db = open(t, path)
	sees(t, db, "", "one")
	countsUnread(t, db, 1)
	save(t, db, f.ID, item("ten", 1))
	sees(t, db, "", "one")
	index(t, db)
	rules(t, db, "two: 1", "ten: 1")
	if n, err := db.Unmute(ctx, "ten"); n != 1 || err != nil {
		t.Errorf("%d came back, %v", n, err)
	}
}

// TestAMuteHoldsForOtherProcesses: what another one saves is judged, and its
// lists leave out what is hidden.
func TestAMuteHoldsForOtherProcesses(t *testing.T) {
	path := filepath.Join(t.TempDir(), "news.db")
	here, there := open(t, path), open(t, path)
	f := subscribe(t, there, "https://a.example/feed")
	mute(t, here, "two", time.Time{}, 0)
	save(t, there, f.ID, item("one", 3), item("two", 2))
	sees(t, here, "", "one")
	sees(t, there, "", "one")
	cmd, out := start(t, "save", path, 7)
	for out.Scan() {
	}
	if err := cmd.Wait(); err != nil {
		t.Fatal(err)
	}
	mute(t, here, "feed:7.example", time.Time{}, 600)
	countsUnread(t, there, 1)
	if n, err := there.Unmute(ctx, "feed:7.example"); n != 600 || err != nil {
		t.Errorf("%d came back, %v", n, err)
	}
	countsUnread(t, here, 601)
}

// TestListsFollowAnIndexBesideMutes: what is hidden does not have a list sorted,
// or read as a whole.
func TestListsFollowAnIndexBesideMutes(t *testing.T) {
	db := memory(t)
	storetest.Fill(t, db, 20, 30)
	if n, err := db.Mute(ctx, storetest.SeldomWord, time.Time{}); n == 0 || err != nil {
		t.Fatal(n, err)
	}
	listsFollowAnIndex(t, db)
}

func BenchmarkMuted(b *testing.B) {
	db := open(b, storetest.File(b, 1000, 100))
	db.Now = func() time.Time { return storetest.Noon }
	b.Run("hide", func(b *testing.B) {
		for b.Loop() {
			if _, err := db.Mute(ctx, `"`+storetest.Phrase+`"`, time.Time{}); err != nil {
				b.Fatal(err)
			}
		}
	})
	for _, query := range []string{"is:unread", "", "is:muted", "feed:#7 is:unread", storetest.SeldomWord} {
		q := parse(b, query)
		b.Run("list/"+query, func(b *testing.B) { list(b, db, q, store.Page{Limit: 50}) })
		b.Run("count/"+query, func(b *testing.B) {
			for b.Loop() {
				if _, err := db.Count(ctx, q, store.Moment{}); err != nil {
					b.Fatal(err)
				}
			}
		})
	}
}
