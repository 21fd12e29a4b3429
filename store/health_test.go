package store_test

import (
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

// Every kind of failure has words for it, and says what to do.
func TestHealthTellsInPlainWords(t *testing.T) {
	db := memory(t)
	f := subscribe(t, db, "https://a.example/feed")
	f.Succeeded = noon.Add(-time.Hour)
	page := []feed.Link{{URL: "https://a.example/new"}}
	for _, c := range []struct {
		kind    feed.Trouble
		failure string
		state   store.State
		why     string
		advice  string
	}{
		{feed.Gone, "server answered 410 Gone: it is gone for good, and left alone until you refresh it by name", store.Gone, "gone for good (server answered 410 Gone)", "newsterm remove FEED"},
		{feed.Missing, "server answered 404 Not Found", store.Failing, "not there any more (server answered 404 Not Found)", "has moved; newsterm edit FEED --url ADDRESS"},
		{feed.Missing, (&feed.StatusError{Code: 404, Feeds: page}).Error(), store.Failing, "not there any more (server answered 404 Not Found, and its page points at https://a.example/new)", "newsterm edit https://a.example/feed --url https://a.example/new takes"},
		{feed.Gone, (&feed.StatusError{Code: 410, Feeds: page}).Error() + ": it is gone for good, and left alone until you refresh it by name", store.Gone, "gone for good (server answered 410 Gone, and its page points at https://a.example/new)", "newsterm edit https://a.example/feed --url https://a.example/new takes"},
		{feed.Login, "server answered 401 Unauthorized", store.Failing, "it asks for a name and a password (server answered 401 Unauthorized)", "--header"},
		{feed.Forbidden, "server answered 403 Forbidden", store.Failing, "refused (server answered 403 Forbidden)", "--user-agent"},
		{feed.ByLaw, "server answered 451 Unavailable For Legal Reasons", store.Failing, "refused, by law (server answered 451 Unavailable For Legal Reasons)", "--disable"},
		{feed.TooOften, "server answered 429 Too Many Requests", store.Failing, "asked too often (server answered 429 Too Many Requests)", "--every"},
		{feed.Ailing, "server answered 503 Service Unavailable", store.Failing, "its server has trouble (server answered 503 Service Unavailable)", "wait"},
		{feed.Moved, "server answered 302 Found", store.Failing, "moved, and the server does not say where to (server answered 302 Found)", "--url"},
		{feed.Status, "server answered 418 I'm a teapot", store.Failing, "not given out (server answered 418 I'm a teapot)", "--url"},
		{feed.Lost, "the server redirects again and again", store.Failing, "moved, but not to a feed (the server redirects again and again)", "--url"},
		{feed.PageOnly, (&feed.PageError{}).Error(), store.Failing, "not a feed but a page, and it points at no feed", "see on its site"},
		{feed.PageFeeds, (&feed.PageError{Feeds: page}).Error(), store.Failing, "not a feed but a page; its feed is https://a.example/new", "newsterm edit https://a.example/feed --url https://a.example/new takes"},
		{feed.NoFeed, "no feed found: this is plain text", store.Failing, "no feed found: this is plain text", "--url"},
		{feed.BadXML, "line 3: the feed is damaged: unexpected EOF", store.Failing, "broken XML at line 3: unexpected EOF", "wait"},
		{feed.BadJSON, "line 3: no feed found: the JSON is damaged: it breaks off", store.Failing, "broken JSON at line 3: it breaks off", "wait"},
		{feed.TooBig, "the answer of a.example is too big", store.Failing, "the answer of a.example is too big", "shorter"},
		{feed.Packing, "the answer of a.example is packed, and damaged", store.Failing, "the answer of a.example is packed, and damaged", "wait"},
		{feed.NotHTTP, "a.example answered in a way that is not HTTP", store.Failing, "a.example answered in a way that is not HTTP", "--url"},
		{feed.TimedOut, "a.example took too long to answer", store.Failing, "timed out (a.example took too long to answer)", "wait"},
		{feed.Refused, "a.example refused the connection", store.Failing, "a.example refused the connection", "its server may be down"},
		{feed.BrokenOff, "a.example broke off the connection", store.Failing, "a.example broke off the connection", "wait"},
		{feed.UnknownHost, "there is no host called a.example", store.Failing, "there is no host called a.example", "the site may have ended"},
		{feed.NoLookup, "the name a.example could not be looked up; is the network up?", store.Failing, "the name a.example could not be looked up; is the network up?", "online"},
		{feed.Offline, "a.example cannot be reached from here", store.Failing, "this machine is offline (a.example cannot be reached from here)", "online"},
		{feed.Unreachable, "a.example cannot be reached from here", store.Failing, "a.example cannot be reached from here", "online"},
		{feed.Expired, "the certificate of a.example expired on 2021-05-01", store.Failing, "the certificate of a.example expired on 2021-05-01", "clock"},
		{feed.NotYetValid, "the certificate of a.example is not valid before 2999-01-01; is the clock right?", store.Failing, "the certificate of a.example is not valid before 2999-01-01; is the clock right?", "set this machine's clock"},
		{feed.Certificate, "the certificate of a.example is for another name", store.Failing, "the certificate of a.example is for another name", "certificate"},
		{feed.Insecure, "a.example does not speak https; try http://", store.Failing, "a.example does not speak https; try http://", "--url"},
		{feed.BadAddress, "the address names no host", store.Failing, "the address names no host", "mends the address"},
		{feed.NoFile, "there is no file /news/feed.xml", store.Failing, "there is no file /news/feed.xml", "the file's new place"},
		{feed.BadFile, "you may not read /news/feed.xml", store.Failing, "you may not read /news/feed.xml", "chmod"},
		{feed.Program, "the program tides ended with exit code 2", store.Failing, "the program tides ended with exit code 2", "by hand"},
		{feed.Taken, "it has moved to https://a.example/b, and another feed has that address: B", store.Failing, "it has moved to https://a.example/b, and another feed has that address: B", "newsterm remove FEED"},
		{feed.Other, "anything else", store.Failing, "anything else", "wait"},
		{"", "server answered 404 Not Found", store.Failing, "server answered 404 Not Found", "wait"}, // of an older newsterm
		{"of a newer newsterm", "anything else", store.Failing, "anything else", "wait"},
	} {
		f.Failure, f.Trouble = c.failure, c.kind
		if _, err := db.SaveMany(ctx, store.Fetched{Feed: f}); err != nil {
			t.Fatal(err)
		}
		h := healthOf(t, db)
		if h.State != c.state || h.Why != c.why || !strings.Contains(h.Advice, c.advice) || h.Kind == "" {
			t.Errorf("%s: %v, %q, %q, %q, want %v, %q and %q", c.kind, h.State, h.Kind, h.Why, h.Advice, c.state, c.why, c.advice)
		}
	}
}

// What doctor says can be pasted into a shell, whatever a page has made of it.
func TestAdviceIsSafeToPaste(t *testing.T) {
	for _, c := range []struct{ url, points, want string }{
		{"https://a.example/feed?a=1&b=2", "https://b.example/it's;$(reboot)", `newsterm edit 'https://a.example/feed?a=1&b=2' --url 'https://b.example/it'\''s;$(reboot)' takes`},
		{"https://me:sesame@a.example/feed", "https://b.example/new", `newsterm edit https://me:xxxxx@a.example/feed --url https://b.example/new takes`},
		{"https://a.example/feed", "ftp://b.example/new", `newsterm edit FEED --url ADDRESS`},
		{"exec:/bin/feed '$(reboot)'", "https://b.example/new", `newsterm edit 'exec:/bin/feed '\''$(reboot)'\''' --url https://b.example/new takes`},
	} {
		db := memory(t)
		f := subscribe(t, db, c.url)
		f.Failure, f.Trouble = (&feed.PageError{Feeds: []feed.Link{{URL: c.points}}}).Error(), feed.PageFeeds
		if _, err := db.SaveMany(ctx, store.Fetched{Feed: f}); err != nil {
			t.Fatal(err)
		}
		if _, err := db.Save(ctx, f.ID, &feed.Doc{Title: "-rf ~ `reboot`"}); err != nil {
			t.Fatal(err)
		}
		if h := healthOf(t, db); !strings.HasPrefix(h.Advice, c.want) {
			t.Errorf("%s: %s\nwant %s", c.url, h.Advice, c.want)
		}
		if got, err := db.FindFeed(ctx, feed.Shown(c.url)); err != nil || got.ID != f.ID {
			t.Errorf("%s is not found as it is shown: %v", c.url, err)
		}
	}
}

// On the first day without a network, no site has ended.
func TestHealthOfFeedsThatWereNeverRead(t *testing.T) {
	db := memory(t)
	f, other := subscribe(t, db, "https://a.example/feed"), subscribe(t, db, "https://b.example/feed")
	f.Failure, f.Trouble = "there is no host called a.example", feed.UnknownHost
	for _, c := range []struct {
		read time.Time // when the other feed was
		kind string
	}{
		{time.Time{}, "never read yet"},
		{noon.AddDate(0, 0, -2), "never read yet"},
		{noon.Add(-time.Hour), "its host is gone"},
	} {
		other.Succeeded = c.read
		if _, err := db.SaveMany(ctx, store.Fetched{Feed: f}, store.Fetched{Feed: other}); err != nil {
			t.Fatal(err)
		}
		all, err := db.Health(ctx)
		if err != nil || all[0].Kind != c.kind {
			t.Errorf("another was read at %v: %+v, %v, want %q", c.read, all[0], err, c.kind)
		}
	}
}

// A feed that is gone is not asked for again, so that a file of an older
// newsterm never learns why.
func TestHealthOfFeedsGoneLongAgo(t *testing.T) {
	db := memory(t)
	f := subscribe(t, db, "https://a.example/feed")
	f.Failure, f.Gone = "server answered 410 Gone", true
	if _, err := db.SaveMany(ctx, store.Fetched{Feed: f}); err != nil {
		t.Fatal(err)
	}
	if h := healthOf(t, db); h.State != store.Gone || !strings.Contains(h.Advice, "will not come back") {
		t.Errorf("%v, %q", h.State, h.Advice)
	}
}

// A disabled feed is what its reader wants it to be, however it fared.
func TestHealthOfADisabledFeed(t *testing.T) {
	db := memory(t)
	f := subscribe(t, db, "https://a.example/feed")
	f.Disabled = true
	if err := db.Change(ctx, func(now *store.Feed) { *now = f }, f.ID); err != nil {
		t.Fatal(err)
	}
	f.Failure, f.Trouble = "server answered 404 Not Found", feed.Missing
	if _, err := db.SaveMany(ctx, store.Fetched{Feed: f}); err != nil {
		t.Fatal(err)
	}
	if h := healthOf(t, db); h.State != store.Disabled || h.Bad() || h.Why != "" || !strings.Contains(h.Advice, "--enable") {
		t.Errorf("%v, %q, %q", h.State, h.Why, h.Advice)
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
	if err := db.Change(ctx, func(now *store.Feed) { *now = f }, f.ID); err != nil {
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
	if err := db.Change(ctx, func(now *store.Feed) { *now = f }, f.ID); err == nil || strings.Contains(err.Error(), "sesame") {
		t.Errorf("Edit: %v", err)
	}
}
