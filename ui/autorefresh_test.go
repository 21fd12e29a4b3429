package ui

import (
	"context"
	"errors"
	"slices"
	"testing"
	"time"

	tea "github.com/charmbracelet/bubbletea"

	"app/newsterm/feed"
	"app/newsterm/source"
	"app/newsterm/store"
)

// refreshes plays a refresh after the other, and keeps what was asked for.
type refreshes struct {
	asked  []source.Which
	script []steps
}

func (r *refreshes) Refresh(ctx context.Context, which source.Which) <-chan source.Progress {
	r.asked = append(r.asked, which)
	next := steps{}
	if len(r.script) > 0 {
		next, r.script = r.script[0], r.script[1:]
	}
	return next.Refresh(ctx, which)
}

// failure is an error of a kind.
type failure feed.Trouble

func (f failure) Error() string         { return "it is " + string(f) }
func (f failure) Trouble() feed.Trouble { return feed.Trouble(f) }

// automatic is a screen that refreshes by itself every half hour, at a time
// that can be changed.
func automatic(t *testing.T, script ...steps) (d *driver, r *refreshes, at *time.Time) {
	r, at = &refreshes{script: script}, &time.Time{}
	*at = now
	d = drive(t, library(t), func(o *Options) {
		o.Every, o.Refresher = 30*time.Minute, r
		o.Now = func() time.Time { return *at }
	})
	return d, r, at
}

func (d *driver) tick() *driver {
	d.send(tickMsg{})
	return d
}

func TestTheScreenRefreshesWhatIsDueByItself(t *testing.T) {
	d, r, at := automatic(t)
	if len(r.asked) != 0 {
		t.Error("something was fetched before the first articles were on the screen")
	}
	d.tick().tick()
	if len(r.asked) != 1 || r.asked[0].Force || len(r.asked[0].Feeds) != 0 {
		t.Fatalf("asked for %+v, want what is due, once", r.asked)
	}
	*at = at.Add(29 * time.Minute)
	if d.tick(); len(r.asked) != 1 {
		t.Errorf("refreshed %d times in half an hour", len(r.asked))
	}
	*at = at.Add(8 * time.Hour) // asleep
	if d.tick(); len(r.asked) != 2 {
		t.Error("it did not refresh when it woke")
	}
	*at = at.Add(-24 * time.Hour)
	if d.tick(); len(r.asked) != 3 {
		t.Error("a clock that was put back stops it")
	}
}

func TestAScreenThatIsToldNotToRefreshesNothing(t *testing.T) {
	r := &refreshes{}
	drive(t, library(t), func(o *Options) { o.Refresher = r }).tick()
	if len(r.asked) != 0 {
		t.Errorf("asked for %+v", r.asked)
	}
}

func TestNoTwoRefreshesAtOnce(t *testing.T) {
	d, r, _ := automatic(t)
	d.m, _ = d.m.refreshAll() // and nothing comes back yet
	if d.tick(); len(r.asked) != 0 {
		t.Error("a second refresh began")
	}
	d.m.status.refresh = refreshing{}
	d.m, _ = d.m.ticked()
	d.press("R").sees("a refresh is running")
	d.send(refreshedMsg{})
	d.sees("there is no feed to ask")
}

func TestAnAutomaticRefreshTellsOnlyNews(t *testing.T) {
	alpha, beta := "https://alpha.example/feed", "https://beta.example/feed"
	db := library(t)
	f, err := db.FindFeed(context.Background(), "Alpha")
	if err != nil {
		t.Fatal(err)
	}
	f.Failure, f.Trouble = "it is missing", feed.Missing
	if _, err := db.SaveMany(context.Background(), store.Fetched{Feed: f}); err != nil {
		t.Fatal(err)
	}
	again := source.Progress{Done: 1, Total: 2, Feed: "Alpha", URL: alpha, Err: failure(feed.Missing)}
	well := source.Progress{Done: 2, Total: 2, Feed: "Beta", URL: beta}
	more, ill, lost := well, well, well
	more.Added, ill.Err, lost.Err = 2, failure(feed.TimedOut), failure(feed.Offline)
	for _, c := range []struct {
		name, tells string
		steps       steps
	}{
		{"nothing due", "", steps{{}}},
		{"nothing new", "", steps{{Total: 2}, again, well}},
		{"something new", " 2 new articles  ", steps{{Total: 2}, again, more}},
		{"a new failure", " 1 feed failed, ! tells why  ", steps{{Total: 2}, again, ill}},
		{"no network", " no network: nothing could be fetched  ", steps{{Total: 1}, lost}},
		{"the disk is full", " refresh: the disk is full  ", steps{{Total: 2}, {Err: errors.New("the disk is full")}}},
	} {
		d := drive(t, db, func(o *Options) { o.Every, o.Refresher = time.Hour, c.steps })
		d.tick()
		if c.tells == "" && d.m.status.note != "" {
			t.Errorf("%s: tells %q", c.name, d.m.status.note)
		} else {
			d.sees(c.tells)
		}
	}
}

func TestNewsSaysHowItIsShown(t *testing.T) {
	db := library(t)
	more := steps{{Total: 1}, {Done: 1, Total: 1, Feed: "Beta", Added: 1}}
	d := drive(t, db, func(o *Options) { o.Refresher = more })
	d.press("R").sees(" 1 new article  ") // but none in this list
	save(t, db, "Beta", feed.Item{GUID: "9", Title: "Fresh", Published: now.Add(-time.Minute)})
	d.press("R").sees(" 1 new article · . shows them").press("k").sees(" 1 new · . shows them")
}

func TestLackOfANetworkIsToldOnce(t *testing.T) {
	lost := steps{{Total: 1}, {Done: 1, Total: 1, Feed: "Alpha", Err: failure(feed.NoLookup)}}
	well := steps{{Total: 1}, {Done: 1, Total: 1, Feed: "Alpha"}}
	d, _, at := automatic(t, lost, lost, steps{{}}, lost, well, lost)
	for i, told := range []bool{true, false, false, false, false, true} {
		d.press("k").tick()
		if got := d.m.status.note == "no network: nothing could be fetched"; got != told {
			t.Errorf("refresh %d: told %v, want %v: %q", i+1, got, told, d.m.status.note)
		}
		*at = at.Add(time.Hour)
	}
}

func TestAnAutomaticRefreshLeavesWhatIsOnTheBottomLine(t *testing.T) {
	d, _, _ := automatic(t, steps{{Total: 1}, {Done: 1, Total: 1, Feed: "Alpha", Added: 1}})
	d.press("A").tick().sees("4 articles marked read · z takes it back")
}

func TestTheBottomLineNamesWhatIsRefreshed(t *testing.T) {
	d := drive(t, library(t))
	d.m.status.refresh = refreshing{busy: true}.
		after(source.Progress{Total: 300}).after(source.Progress{Done: 62, Total: 300, Feed: "Harbour Gazette"})
	d.sees(" refreshing ━━━━────────────────  62/300 · Harbour Gazette", "? keys")
	d.size(80, 16).sees(" ━━━━────────────────  62/300", "? keys").lacks("Harbour")
	for w := range 80 {
		d.size(w+1, 5).screen()
	}
}

func TestAFeedThatIsLeftAloneIsTold(t *testing.T) {
	const why = "example.org asks to be left alone until 2026-08-21 13:00"
	left := source.Progress{Done: 1, Total: 1, Feed: "Alpha", Left: why}
	d := drive(t, library(t), func(o *Options) { o.Refresher = steps{{Total: 1}, left} })
	d.press("r").sees("Alpha: " + why)
	d.press("R").sees("nothing new · 1 feed left alone")
	for err, words := range map[error]string{
		failure(feed.TimedOut):                              "Alpha: it is timed out",
		&feed.StatusError{Code: 429, RetryAfter: time.Hour}: "Alpha: server answered 429 Too Many Requests; it asks to be left alone for 1h",
	} {
		failed := source.Progress{Done: 1, Total: 1, Feed: "Alpha", Err: err}
		drive(t, library(t), func(o *Options) { o.Refresher = steps{{Total: 1}, failed} }).press("r").sees(words)
	}
}

func TestFolderAndTagAreRefreshedWhole(t *testing.T) {
	db := library(t)
	var ids []store.FeedID
	for i, name := range []string{"Alpha", "Beta"} {
		f, err := db.FindFeed(context.Background(), name)
		if err != nil {
			t.Fatal(err)
		}
		f.Folder, f.Tags = []string{"News", "News/Late"}[i], []string{"daily"}
		if err := db.Change(context.Background(), func(now *store.Feed) { *now = f }, f.ID); err != nil {
			t.Fatal(err)
		}
		ids = append(ids, f.ID)
	}
	r := &refreshes{}
	d := drive(t, db, func(o *Options) { o.Refresher = r })
	for _, c := range []struct {
		item feedItem
		want []store.FeedID
	}{
		{feedItem{kind: aFolder, folder: "news"}, ids},
		{feedItem{kind: aFolder, folder: "News/Late"}, ids[1:]},
		{feedItem{kind: aTag, name: "#Daily"}, ids},
		{feedItem{kind: aFeed, feed: ids[0]}, ids[:1]},
	} {
		m, cmd := d.m.refreshListed(c.item)
		d.m = m
		d.run(cmd)
		if got := r.asked[len(r.asked)-1].Feeds; !slices.Equal(got, c.want) {
			t.Errorf("%+v: refreshes %v, want %v", c.item, got, c.want)
		}
	}
}

func TestTicksEnd(t *testing.T) {
	ctx, cancel := context.WithCancel(context.Background())
	cancel()
	ticks(ctx, func(tea.Msg) { t.Error("a tick after the end") })
}
