package ui

import (
	"context"
	"fmt"
	"math/rand/v2"
	"sync"
	"testing"
	"time"

	tea "github.com/charmbracelet/bubbletea"

	"app/newsterm/feed"
	"app/newsterm/source"
	"app/newsterm/store"
)

// atOnce presses keys before any answer has come, and runs what comes of them
// at the same time and in any order, as bubbletea does, until nothing is left to
// run or the screen ends.
func (d *driver) atOnce(keys ...string) *driver {
	running, answers := 0, make(chan tea.Msg)
	over := make(chan struct{})
	defer close(over)
	start := func(cmd tea.Cmd) {
		if cmd == nil {
			return
		}
		running++
		go func() {
			select {
			case answers <- cmd():
			case <-over:
			}
		}()
	}
	for _, cmd := range d.early(keys...) {
		start(cmd)
	}
	for running > 0 && !d.quit {
		answer := <-answers
		running--
		switch msg := answer.(type) {
		case nil:
		case tea.QuitMsg:
			d.quit = true
		case tea.BatchMsg:
			for _, cmd := range msg {
				start(cmd)
			}
		default:
			var cmd tea.Cmd
			d.m, cmd = d.m.update(msg)
			start(cmd)
		}
	}
	return d
}

func TestMarksAreMadeInTheOrderOfTheKeys(t *testing.T) {
	db := library(t)
	if !drive(t, db).atOnce("s", "j", "s", "k", "s", "j", "j", "s", "z", "m", "Q").quit {
		t.Error("Q does not quit")
	}
	starred, _ := db.Articles(context.Background(), starredQuery, store.Page{})
	if len(starred) != 1 || starred[0].Title != "Second" {
		t.Errorf("quit with %d starred", len(starred))
	}
	if n, _ := db.Count(context.Background(), unreadQuery, store.Moment{}); n != 3 {
		t.Errorf("quit with %d unread", n)
	}
}

// TestARefreshUnderKeysMovesNothing presses keys at random while articles come,
// and sees that the cursor stays on its article unless a key moves it.
func TestARefreshUnderKeysMovesNothing(t *testing.T) {
	db := library(t)
	many(t, db, 500)
	at, r := now, rand.New(rand.NewPCG(7, 8))
	d := drive(t, db, func(o *Options) { o.Now = func() time.Time { return at } }).press("j", "j", "j")
	steps := make(chan source.Progress, 1)
	d.m.status.refresh = refreshing{busy: true}
	for i := range 60 {
		title := fmt.Sprintf("Late %d", i)
		save(t, db, "Alpha", feed.Item{GUID: title, Title: title, URL: "https://alpha.example/late", Published: now.Add(-time.Duration(i) * time.Minute)})
		at = at.Add(2 * time.Second)
		on, top := d.on(), d.m.articles.top
		m, _ := d.m.progressed(progressMsg{source.Progress{Feed: "Alpha", Added: 1, Done: i, Total: 60}, steps})
		d.m = m
		d.run(d.m.loadFeeds())
		d.run(d.m.countArrived())
		if d.on() != on || d.m.articles.top != top {
			t.Fatalf("an arrival moved the cursor from %s to %s", on, d.on())
		}
		d.press([]string{"j", "k", "s", "m", "space", "b", "G", "g", "n", "z", "enter", "esc", "V", "_"}[r.IntN(14)])
	}
	unread := d.m.feeds.items[0].count
	if want, _ := db.Count(context.Background(), unreadQuery, store.Moment{}); unread != want {
		t.Errorf("shows %d unread, there are %d", unread, want)
	}
	d.m.status.refresh = refreshing{}
	d.m.focus, d.m.before = articlePane, nil
	on := d.press("esc").on()
	d.m.focus = articlePane
	if d.press("."); d.on() != on {
		t.Errorf("showing what arrived moved the cursor from %s to %s", on, d.on())
	}
}

// TestMoreRowsComeOnlyWhereTheyBelong has rows arrive for a part of the list that
// is not loaded any more.
func TestMoreRowsComeOnlyWhereTheyBelong(t *testing.T) {
	db := emptyLibrary(t)
	many(t, db, 1500)
	d := drive(t, db)
	d.m.articles = d.m.articles.move(150)
	m, more := d.m.loadMore()
	d.m = m
	late := more()
	d.press("G")
	rows := len(d.m.articles.rows)
	d.send(late)
	if last := d.m.articles.rows[len(d.m.articles.rows)-1].Title; last != "Title 1499" || len(d.m.articles.rows) != rows {
		t.Errorf("%d rows after %d; the last is %s", len(d.m.articles.rows), rows, last)
	}
	d.press("g")
	d.m.articles = d.m.articles.move(150)
	_, more = d.m.loadMore()
	d.send(more())
	rows = len(d.m.articles.rows)
	d.send(more())
	if len(d.m.articles.rows) != rows {
		t.Errorf("what came twice is listed twice")
	}
}

// TestAReloadHidesNoKey has a reload arrive that was asked for before keys were
// pressed.
func TestAReloadHidesNoKey(t *testing.T) {
	d := drive(t, library(t))
	late := d.m.reload()()
	if d.press("j").send(late); d.on() != "Second" {
		t.Errorf("the cursor is back on %s", d.on())
	}
	late = d.m.reload()()
	if d.press("s").send(late); !starred(d) {
		t.Error("the star is gone")
	}
	late = d.m.reload()()
	if d.press("z").send(late); starred(d) {
		t.Error("the star is back")
	}
}

func starred(d *driver) bool {
	a, _ := d.m.articles.current()
	return a.Starred
}

// TestSettingsAreKeptInTheOrderOfTheKeys runs the later of two commands first.
func TestSettingsAreKeptInTheOrderOfTheKeys(t *testing.T) {
	db := library(t)
	m, first := drive(t, db).m.hasSaid("star")
	_, then := m.hasSaid("help")
	var wait sync.WaitGroup
	wait.Go(func() { then() })
	first()
	wait.Wait()
	if kept, err := db.Setting(context.Background(), historySetting); err != nil || kept != "help\nstar" {
		t.Errorf("kept %q, %v", kept, err)
	}
}
