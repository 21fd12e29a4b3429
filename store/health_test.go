package store_test

import (
	"errors"
	"fmt"
	"strings"
	"testing"
	"time"

	"app/newsterm/feed"
	"app/newsterm/store"
)

// healthOf is how the one feed of db is.
func healthOf(t *testing.T, db *store.DB) store.Health {
	t.Helper()
	all, err := db.Health(ctx)
	if err != nil || len(all) != 1 {
		t.Fatalf("%d feeds, %v, want one", len(all), err)
	}
	return all[0]
}

// The words for a failure must go on fitting those in which it is reported.
func TestHealthTellsInPlainWords(t *testing.T) {
	db := memory(t)
	f := subscribe(t, db, "https://a.example/feed")
	link := feed.Link{URL: "https://a.example/new"}
	for _, c := range []struct {
		err    error
		state  store.State
		why    string
		advice string
	}{
		{&feed.StatusError{Code: 410}, store.Gone, "gone for good (server answered 410 Gone)", "newsterm remove"},
		{&feed.StatusError{Code: 404}, store.Failing, "not there any more (server answered 404 Not Found)", "--url"},
		{&feed.StatusError{Code: 401}, store.Failing, "it asks for a name and a password (server answered 401 Unauthorized)", "--header"},
		{&feed.StatusError{Code: 403}, store.Failing, "refused (server answered 403 Forbidden)", "--user-agent"},
		{&feed.StatusError{Code: 429}, store.Failing, "asked too often (server answered 429 Too Many Requests)", "--every"},
		{&feed.StatusError{Code: 503}, store.Failing, "its server has trouble (server answered 503 Service Unavailable)", "wait"},
		{&feed.StatusError{Code: 302}, store.Failing, "moved, and the server does not say where to (server answered 302 Found)", "--url"},
		{&feed.StatusError{Code: 418}, store.Failing, "not given out (server answered 418 I'm a teapot)", "--url"},
		{&feed.PageError{}, store.Failing, "not a feed but a page, and it points at no feed", "see on its site"},
		{&feed.PageError{Feeds: []feed.Link{link}}, store.Failing, "not a feed but a page; its feed is https://a.example/new", "the page points at"},
		{&feed.ParseError{Line: 3, Why: "the feed is damaged: unexpected EOF"}, store.Failing, "broken XML at line 3: unexpected EOF", "wait"},
		{fmt.Errorf("the answer of a.example is %w", feed.ErrTooBig), store.Failing, "the answer of a.example is too big", "shorter"},
		{errors.New("a.example took too long to answer"), store.Failing, "timed out: a.example took too long to answer", "wait"},
		{errors.New("the certificate of a.example expired on 2021-05-01"), store.Failing, "the certificate of a.example expired on 2021-05-01", "certificate"},
		{errors.New("there is no file /news/feed.xml"), store.Failing, "there is no file /news/feed.xml", "the file's new place"},
		{errors.New("anything else"), store.Failing, "anything else", "wait"},
	} {
		f.Failure = c.err.Error()
		if err := db.Settle(ctx, f); err != nil {
			t.Fatal(err)
		}
		h := healthOf(t, db)
		if h.State != c.state || h.Why != c.why || !strings.Contains(h.Advice, c.advice) {
			t.Errorf("%v: %v, %q, %q, want %v, %q and %q", c.err, h.State, h.Why, h.Advice, c.state, c.why, c.advice)
		}
	}
}

func TestHealthOfAFeedThatCanBeRead(t *testing.T) {
	db := memory(t)
	f := subscribe(t, db, "https://a.example/feed")
	if h := healthOf(t, db); h.State != store.Sound || !h.Newest.IsZero() {
		t.Errorf("new and empty: %+v, want it ok", h)
	}
	save(t, db, f.ID, item("a", 400))
	if h := healthOf(t, db); h.State != store.Silent || h.Advice == "" || !h.Newest.Equal(noon.AddDate(0, 0, -400)) {
		t.Errorf("nothing new for a year: %+v, want it silent", h)
	}
	save(t, db, f.ID, item("b", 360))
	if h := healthOf(t, db); h.State != store.Sound || h.Why+h.Advice != "" {
		t.Errorf("a new article: %+v, want it ok", h)
	}
	f.Muted = true
	if err := db.Edit(ctx, f); err != nil {
		t.Fatal(err)
	}
	if h := healthOf(t, db); h.State != store.Muted {
		t.Errorf("muted: %+v", h)
	}
	if err := db.Unsubscribe(ctx, f.ID); err != nil {
		t.Fatal(err)
	}
	if left, err := db.HealthLeft(ctx); err != nil || len(left) != 1 || left[0].State != store.Left {
		t.Errorf("left: %+v, %v", left, err)
	}
}

func TestFetchingCountsWhatIsReserved(t *testing.T) {
	db := memory(t)
	f := subscribe(t, db, "https://a.example/feed")
	claim, err := db.Claim(ctx, []store.Feed{f})
	if err != nil {
		t.Fatal(err)
	}
	if n, until, err := db.Fetching(ctx); n != 1 || !until.After(noon) || until.After(noon.Add(time.Hour)) || err != nil {
		t.Errorf("%d, %v, %v, want one for a while", n, until, err)
	}
	if err := db.Release(ctx, claim); err != nil {
		t.Fatal(err)
	}
	if n, _, err := db.Fetching(ctx); n != 0 || err != nil {
		t.Errorf("%d, %v, want none", n, err)
	}
}

// A secret in an address is shown neither as a title nor in an error.
func TestPasswordsAreNotShown(t *testing.T) {
	db := memory(t)
	f := subscribe(t, db, "https://me:sesame@a.example/feed")
	subscribe(t, db, "https://me:sesame@b.example/feed")
	if strings.Contains(f.Title, "sesame") {
		t.Errorf("the title is %q", f.Title)
	}
	if _, err := db.FindFeed(ctx, "example"); err == nil || strings.Contains(err.Error(), "sesame") {
		t.Errorf("FindFeed: %v", err)
	}
	save(t, db, f.ID, item("a", 1))
	if list, err := db.Articles(ctx, parse(t, ""), store.Page{}); err != nil || strings.Contains(list[0].FeedTitle, "sesame") {
		t.Errorf("articles are of %q, %v", list[0].FeedTitle, err)
	}
	f.ID = 99
	if err := db.Edit(ctx, f); err == nil || strings.Contains(err.Error(), "sesame") {
		t.Errorf("Edit: %v", err)
	}
}
