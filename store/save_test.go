package store_test

import (
	"context"
	"errors"
	"fmt"
	"strings"
	"testing"
	"time"

	"app/newsterm/feed"
	"app/newsterm/store"
)

func TestDatesNeverLieAhead(t *testing.T) {
	db := memory(t)
	f := subscribe(t, db, "https://a.example/feed")
	future := item("future", -400)
	save(t, db, f.ID, item("old", 5), future, feed.Item{GUID: "undated", Title: "U"}, feed.Item{GUID: "undated too", Title: "V"})
	for query, want := range map[string]time.Time{
		"title:old":    noon.AddDate(0, 0, -5),
		"title:future": noon,
		"title:U":      noon.Add(-2 * time.Second),
		"title:V":      noon.Add(-3 * time.Second),
	} {
		index(t, db)
		list, err := db.Articles(ctx, parse(t, query), store.Page{})
		if err != nil || len(list) != 1 || !list[0].Date.Equal(want) || !list[0].Arrived.Equal(noon) {
			t.Errorf("%s: %+v, %v, want the date %v", query, list, err, want)
		}
	}
	sees(t, db, "", "future", "undated", "undated too", "old")
	later := item("old", 0)
	later.Title = "Old, corrected"
	save(t, db, f.ID, later)
	sees(t, db, "", "future", "undated", "undated too", "old")
}

func TestArticleIsAllThatWasPublished(t *testing.T) {
	db := memory(t)
	f := subscribe(t, db, "https://a.example/feed")
	in := feed.Item{
		GUID: "g", URL: "https://a.example/1", Comments: "https://a.example/1#c", Title: "T",
		Authors: []string{"Ann", "Bo"}, Categories: []string{"x y"}, Summary: "S",
		Published: noon.AddDate(0, 0, -1), Updated: noon,
		HTML:       strings.Repeat("<p>long</p>", 1000),
		Enclosures: []feed.Enclosure{{URL: "https://a.example/1.mp3", Type: "audio/mpeg", Length: 5}},
	}
	if _, err := db.Save(ctx, f.ID, &feed.Doc{Title: "A", Site: "https://a.example/", Language: "en", Items: []feed.Item{in}}); err != nil {
		t.Fatal(err)
	}
	for range 2 { // as it came, and packed
		a, err := db.Article(ctx, 1)
		if err != nil {
			t.Fatal(err)
		}
		got := feed.Item{GUID: a.GUID, URL: a.URL, Comments: a.Comments, Title: a.Title, Authors: a.Authors, Categories: a.Categories,
			Published: a.Published, Updated: a.Updated, HTML: a.HTML, Summary: a.Summary, Enclosures: a.Enclosures}
		if fmt.Sprint(got) != fmt.Sprint(in) || a.FeedTitle != "A" || a.FeedURL != f.URL || a.Language != "en" || !a.HasEnclosure {
			t.Errorf("Article = %+v", a)
		}
		index(t, db)
	}
	if n, err := db.Waiting(ctx); n != 0 || err != nil {
		t.Errorf("Waiting = %d, %v", n, err)
	}
}

func TestFeedRemembersHowItFares(t *testing.T) {
	db := memory(t)
	f := subscribe(t, db, "https://a.example/feed")
	f.Checked, f.Failure, f.FailingSince, f.Failures = noon, "server answered\n410 Gone", noon, 2
	if _, err := db.SaveMany(ctx, store.Fetched{Feed: f}); err != nil {
		t.Fatal(err)
	}
	f, err := db.FindFeed(ctx, "a.example")
	if err != nil || f.Failures != 2 || f.Failure != "server answered 410 Gone" || !f.FailingSince.Equal(noon) || !f.Succeeded.IsZero() {
		t.Errorf("%+v, %v", f, err)
	}
	cache := feed.Cache{ETag: ` W/"x" `, LastModified: "yesterday"}
	if _, err := db.Save(ctx, f.ID, &feed.Doc{URL: "https://a.example/new", Title: "News", Cache: cache}); err != nil {
		t.Fatal(err)
	}
	if got, err := db.FindFeed(ctx, "news"); err != nil || got.URL != f.URL || got.Failures != 2 {
		t.Errorf("%+v, %v: what was saved says how the fetch went", got, err)
	}
	f.Cache, f.Succeeded, f.Failure, f.FailingSince, f.Failures = cache, noon, "", time.Time{}, 0
	if _, err := db.SaveMany(ctx, store.Fetched{Feed: f}); err != nil {
		t.Fatal(err)
	}
	f, err = db.FindFeed(ctx, "news")
	if err != nil || f.Cache != cache || f.Failures != 0 || f.Failure != "" || !f.FailingSince.IsZero() || !f.Succeeded.Equal(noon) {
		t.Errorf("%+v, %v", f, err)
	}
	subscribe(t, db, "https://b.example/newsletter")
	if _, err := db.FindFeed(ctx, "new"); err == nil || errors.Is(err, store.ErrNotFound) || !strings.Contains(err.Error(), "b.example/newsletter") {
		t.Errorf("err = %v, want one that names both", err)
	}
	if _, err := db.FindFeed(ctx, "none"); !errors.Is(err, store.ErrNotFound) {
		t.Errorf("err = %v, want ErrNotFound", err)
	}
}

func TestLeftFeedKeepsItsArticles(t *testing.T) {
	db := three(t)
	mark(t, db, store.Starred, true, 2)
	if err := db.Unsubscribe(ctx, 1); err != nil {
		t.Fatal(err)
	}
	sees(t, db, "", "two")
	sees(t, db, "feed:example", "two")
	sees(t, db, "feed:#1", "three", "two", "one")
	if list, err := db.Feeds(ctx); err != nil || len(list) != 0 {
		t.Errorf("Feeds = %v, %v", list, err)
	}
	if list, err := db.Archived(ctx); err != nil || len(list) != 1 {
		t.Errorf("Archived = %v, %v", list, err)
	}
	f, added, err := db.Subscribe(ctx, feed.Sub{URL: "https://a.example/feed"})
	if err != nil || f.ID != 1 || !added {
		t.Errorf("Subscribe = %+v, %v, %v", f, added, err)
	}
	if _, added, err := db.Subscribe(ctx, feed.Sub{URL: "https://a.example/feed", Title: "Other"}); added || err != nil {
		t.Errorf("subscribing twice: added %v, %v", added, err)
	}
	sees(t, db, "", "three", "two", "one")
	if err := db.Unsubscribe(ctx, 99); !errors.Is(err, store.ErrNotFound) {
		t.Errorf("err = %v, want ErrNotFound", err)
	}
}

func TestPrunedArticlesDoNotComeBack(t *testing.T) {
	db := three(t)
	index(t, db)
	save(t, db, 1, item("four", 0))
	mark(t, db, store.Read, true, 1, 2, 3, 4)
	mark(t, db, store.Starred, true, 2)
	for _, dry := range []bool{true, false} {
		if n, err := db.Prune(ctx, 1, dry); n != 2 || err != nil {
			t.Errorf("Prune = %d, %v, want 2", n, err)
		}
	}
	sees(t, db, "", "four", "two")
	sees(t, db, "text", "two")
	moved := item("one", 3)
	moved.GUID, moved.Published = "https://new.example/one", moved.Published.Add(time.Minute)
	if n := save(t, db, 1, item("one", 3), item("two", 2), item("three", 1), item("four", 0), moved); n != 1 {
		t.Errorf("Save added %d, want only the one of another time", n)
	}
	if n := save(t, db, 1, item("three", 1)); n != 0 {
		t.Errorf("Save added %d, want none", n)
	}
}

func TestNewGuidsAreNotNewArticles(t *testing.T) {
	db := three(t)
	mark(t, db, store.Read, true, 1, 2, 3)
	mark(t, db, store.Starred, true, 1)
	var moved []feed.Item
	for i, name := range []string{"three", "two", "one"} {
		it := item(name, i+1)
		it.Published = it.Published.Add(time.Hour)
		moved = append(moved, it)
	}
	if n := save(t, db, 1, moved...); n != 0 {
		t.Fatalf("Save added %d", n)
	}
	for i := range moved { // another program publishes them
		moved[i].GUID = "tag:" + moved[i].GUID
		moved[i].Published = moved[i].Published.Add(-time.Hour)
	}
	if n := save(t, db, 1, moved...); n != 0 {
		t.Errorf("Save added %d, want none", n)
	}
	sees(t, db, "is:starred", "tag:one")
	sees(t, db, "is:unread")
	again := moved[2]
	again.GUID, again.Published, again.HTML = "daily 2", noon, "today's"
	if n := save(t, db, 1, again); n != 1 {
		t.Errorf("an article with the title of an old one is added %d times, want 1", n)
	}
	both := moved[1]
	both.GUID = "another"
	if n := save(t, db, 1, moved[1], both); n != 1 {
		t.Errorf("an article is taken for one that its feed still has: %d added", n)
	}
}

func TestGuidsThatAreAddressesMayChangeTheirScheme(t *testing.T) {
	db := memory(t)
	f := subscribe(t, db, "https://a.example/feed")
	save(t, db, f.ID, feed.Item{GUID: "http://a.example/one?utm_source=feed", Title: "One", HTML: "as it was"})
	mark(t, db, store.Read, true, 1)
	if n := save(t, db, f.ID, feed.Item{GUID: "https://a.example/one", Title: "One", HTML: "edited, too"}); n != 0 {
		t.Errorf("%d new, want none", n)
	}
	if a, err := db.Article(ctx, 1); err != nil || !a.Read || a.GUID != "https://a.example/one" || a.HTML != "edited, too" {
		t.Errorf("Article = %+v, %v, want the old one, read, with its new guid and text", a, err)
	}
	if n := save(t, db, f.ID, feed.Item{GUID: "https://a.example/two", Title: "One", HTML: "another"}); n != 1 {
		t.Errorf("%d new, want the article of another address", n)
	}
}

func TestOldestArticleHasTheLowestID(t *testing.T) {
	db := memory(t)
	f := subscribe(t, db, "https://a.example/feed")
	save(t, db, f.ID, item("middle", 2), item("same day", 2), item("newest", 1), item("oldest", 3))
	sees(t, db, "sort:oldest", "oldest", "same day", "middle", "newest")
	list, err := db.Articles(ctx, parse(t, "sort:oldest"), store.Page{})
	if err != nil || fmt.Sprint(ids(list)) != "[1 2 3 4]" {
		t.Errorf("ids are %v, %v", ids(list), err)
	}
}

func TestEarlierArticlesKeepTheirDatesAndTheirOrder(t *testing.T) {
	db := memory(t)
	f := subscribe(t, db, "https://a.example/feed")
	day := noon.AddDate(0, 0, -40)
	var list []store.Earlier
	for i := range 2500 {
		list = append(list, store.Earlier{Item: feed.Item{GUID: fmt.Sprint(i), Title: fmt.Sprint("t", i)}})
	}
	list = append(list,
		store.Earlier{Item: feed.Item{GUID: "placed", Title: "P"}, Arrived: day, Date: day.Add(-time.Minute)},
		store.Earlier{Item: feed.Item{GUID: "ahead", Title: "A", Published: noon}, Arrived: day.AddDate(0, 0, -1)},
	)
	for i := range 2500 { // as many of one date
		list = append(list, store.Earlier{Item: feed.Item{GUID: fmt.Sprint("same ", i), Title: fmt.Sprint("s", i), Published: day.AddDate(0, 0, -2)}})
	}
	if n, err := db.SaveEarlier(ctx, f.ID, &feed.Doc{URL: f.URL}, list); err != nil || n != len(list) {
		t.Fatalf("%d were added, %v", n, err)
	}
	got, err := db.Articles(ctx, store.Query{}, store.Page{})
	if err != nil || len(got) != len(list) {
		t.Fatalf("%d articles, %v", len(got), err)
	}
	for i, a := range got {
		if a.GUID != list[i].GUID {
			t.Fatalf("the article %d is %s, want %s", i, a.GUID, list[i].GUID)
		}
	}
	if a := got[2500]; !a.Arrived.Equal(day) || !a.Date.Equal(day.Add(-time.Minute)) || !a.Published.IsZero() {
		t.Errorf("%+v", a)
	}
	if a := got[2501]; !a.Date.Equal(day.AddDate(0, 0, -1)) {
		t.Errorf("%+v is dated after it arrived", a)
	}
}

func TestNobodyIsAskedMoreOftenThanIsGood(t *testing.T) {
	db := memory(t)
	for every, want := range map[time.Duration]time.Duration{
		0: 0, -time.Hour: 0, time.Second: 5 * time.Minute, time.Hour: time.Hour, 2 * store.Seldom: store.Seldom,
	} {
		f, _, err := db.Subscribe(ctx, feed.Sub{URL: "https://a.example/" + every.String(), Every: every})
		if err != nil || f.Every != want {
			t.Errorf("every %v: %v, %v, want %v", every, f.Every, err, want)
		}
	}
}

func TestSaveManyKeepsAllOrNothing(t *testing.T) {
	db := memory(t)
	f := subscribe(t, db, "https://a.example/feed")
	one := &feed.Doc{URL: f.URL, Items: []feed.Item{item("one", 1)}}
	if _, err := db.SaveMany(ctx, store.Fetched{Feed: f, Doc: one}, store.Fetched{Feed: store.Feed{ID: 99}, Doc: one}); err == nil {
		t.Error("a feed that is not there is saved")
	}
	sees(t, db, "")
	two := &feed.Doc{URL: f.URL, Items: []feed.Item{item("two", 1), item("two", 1)}}
	n, err := db.SaveMany(ctx, store.Fetched{Feed: f, Doc: one}, store.Fetched{Feed: f, Doc: two})
	if err != nil || fmt.Sprint(n) != "[1 1]" {
		t.Errorf("SaveMany = %v, %v", n, err)
	}
}

func TestSettingsAreKept(t *testing.T) {
	db := memory(t)
	for _, want := range []string{"", "dark", "light"} {
		if want != "" {
			if err := db.SetSetting(ctx, "background", want); err != nil {
				t.Fatal(err)
			}
		}
		if got, err := db.Setting(ctx, "background"); got != want || err != nil {
			t.Errorf("Setting = %q, %v, want %q", got, err, want)
		}
	}
}

func TestWorkCanBeStopped(t *testing.T) {
	db := three(t)
	stopped, stop := context.WithCancel(ctx)
	stop()
	if _, err := db.Mark(stopped, store.Read, true, 1); err == nil {
		t.Error("a mark is made after all is stopped")
	}
	if _, err := db.Articles(stopped, store.Query{}, store.Page{}); err == nil {
		t.Error("a list is read after all is stopped")
	}
	mark(t, db, store.Read, true, 1)
	sees(t, db, "is:unread", "three", "two")
}

func TestAMissingDateIsFilledAndNothingMoves(t *testing.T) {
	db := memory(t)
	f := subscribe(t, db, "https://a.example/feed")
	post := func(guid string, at time.Time) feed.Item { return feed.Item{GUID: guid, Title: guid, Published: at} }
	are := func(want string) {
		t.Helper()
		list, err := db.Articles(ctx, store.Query{}, store.Page{})
		if err != nil {
			t.Fatal(err)
		}
		var got []string
		for _, a := range list {
			day := "-"
			if !a.Published.IsZero() {
				day = a.Published.UTC().Format(time.DateOnly)
			}
			got = append(got, a.GUID+" "+day)
		}
		if strings.Join(got, ", ") != want {
			t.Errorf("%s, want %s", strings.Join(got, ", "), want)
		}
	}
	day := func(n int) time.Time { return time.Date(2021, 3, n, 8, 0, 0, 0, time.UTC) }
	save(t, db, f.ID, post("later", time.Time{}), post("never", time.Time{}), post("given", day(3)))
	are("later -, never -, given 2021-03-03")
	save(t, db, f.ID, post("later", day(1)), post("never", time.Time{}), post("given", day(4)))
	are("later 2021-03-01, never -, given 2021-03-03")
	save(t, db, f.ID, post("later", day(2)), post("given", time.Time{}))
	are("later 2021-03-01, never -, given 2021-03-03")
}
