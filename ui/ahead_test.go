package ui

import (
	"context"
	"slices"
	"testing"
	"testing/synctest"

	tea "github.com/charmbracelet/bubbletea"

	"app/newsterm/feed"
	"app/newsterm/store"
)

// early presses keys before the answers to any of them have come, and returns
// what brings these.
func (d *driver) early(keys ...string) (late []tea.Cmd) {
	for _, k := range keys {
		msg, ok := named[k]
		if !ok {
			msg = tea.KeyMsg{Type: tea.KeyRunes, Runes: []rune(k)}
		}
		var cmd tea.Cmd
		d.m, cmd = d.m.update(msg)
		late = append(late, cmd)
	}
	return late
}

func (d *driver) late(cmds []tea.Cmd) *driver {
	for _, c := range cmds {
		d.run(c)
	}
	return d
}

func TestKeysWaitForTheList(t *testing.T) {
	d := drive(t, library(t))
	late := d.early("M", "j", "s", "enter")
	if d.m.focus != articlePane || d.on() != "" {
		t.Fatalf("a key did not wait; on %q", d.on())
	}
	if d.late(late).sees("the zebra"); !starred(d) {
		t.Error("the star is missing")
	}
	d = drive(t, library(t))
	d.late(d.early("t", "A", "l", "p", "h", "a", "enter", "j", "j", "enter")).sees("Third", "three")
}

func TestKeysWaitForTheText(t *testing.T) {
	d := drive(t, oneArticle(t, feed.Item{HTML: longText()}))
	late := d.early("enter", "space", "space")
	if d.late(late); d.m.reader.top < d.m.lines() {
		t.Errorf("two pages on the text is at line %d", d.m.reader.top)
	}
	d = drive(t, library(t))
	d.late(d.early("enter", "J", "J")).sees("of another feed") // they need no text
	if d.on() != "Other" {
		t.Errorf("on %s", d.on())
	}
}

func TestNobodyHasToWaitToGoBack(t *testing.T) {
	d := drive(t, library(t))
	late := d.early("*", "j", "esc")
	if d.m.listed.query != unreadQuery {
		t.Fatal("Esc waits")
	}
	d.late(late).sees("First").press("j")
	if d.on() != "Second" {
		t.Errorf("on %s", d.on())
	}
	quit := d.early("*", "ctrl+c")
	if d.run(quit[1]); !d.quit {
		t.Error("it does not end")
	}
}

// slowMarks is a store that marks nothing until it may.
type slowMarks struct {
	*store.DB
	may chan struct{}
}

func (s slowMarks) Mark(ctx context.Context, flag store.Flag, on bool, ids ...store.ArticleID) (int, error) {
	select {
	case <-s.may:
		return s.DB.Mark(ctx, flag, on, ids...)
	case <-ctx.Done():
		return 0, ctx.Err()
	}
}

// A loop plays a reader whose commands run beside each other, as those of the
// screen do. It is for a test within a bubble of synctest.
type loop struct {
	*driver
	answers chan tea.Msg
}

func (d *driver) loop() loop { return loop{d, make(chan tea.Msg, 1000)} }

func (l loop) begin(c tea.Cmd) {
	if c != nil {
		go func() { l.answers <- c() }()
	}
}

// types presses keys one after the other, and takes in what comes of them until
// all that is left waits.
func (l loop) types(keys ...string) loop {
	for _, c := range l.early(keys...) {
		l.begin(c)
	}
	for synctest.Wait(); len(l.answers) > 0; synctest.Wait() {
		switch msg := (<-l.answers).(type) {
		case tea.QuitMsg:
			l.quit = true
		case tea.BatchMsg:
			for _, c := range msg {
				l.begin(c)
			}
		default:
			var c tea.Cmd
			l.m, c = l.m.update(msg)
			l.begin(c)
		}
	}
	return l
}

func TestAMarkIsInTheListThatIsOpenedAfterIt(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		db := slowMarks{library(t), make(chan struct{})}
		l := drive(t, db).loop()
		if l.types("s", "*"); !l.m.articles.loading {
			t.Fatal("the list did not wait for the mark")
		}
		close(db.may)
		l.types().sees("Starred", "1/1", "First")
	})
}

func TestWhoLeavesIsToldOfMarksThatWait(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		db := slowMarks{library(t), make(chan struct{})}
		l := drive(t, db).loop()
		l.types("s", "Q").sees("keeping your marks … ^c again leaves without them")
		if l.quit {
			t.Error("it ends without the mark")
		}
		if l.types("ctrl+c"); !l.quit {
			t.Error("it does not end")
		}
		close(db.may)
		l.types()
	})
}

// farUnread is a list of 900 articles, of which only one far below is unread.
func farUnread(t *testing.T) *driver {
	db := emptyLibrary(t)
	many(t, db, 900)
	all, err := db.Articles(t.Context(), store.Query{}, store.Page{})
	if err != nil {
		t.Fatal(err)
	}
	if _, err := db.Mark(t.Context(), store.Read, true, idsOf(slices.Delete(all, 700, 701))...); err != nil {
		t.Fatal(err)
	}
	return drive(t, db, func(o *Options) { o.Query = allQuery })
}

func TestKeysWaitForTheRowThatIsGoneTo(t *testing.T) {
	for _, key := range []string{"n", "_"} {
		d := farUnread(t)
		d.late(d.early(key, "s"))
		if a, _ := d.m.articles.current(); a.Title != "Title 0700" || !a.Starred {
			t.Errorf("%s s: on %s, starred %v", key, a.Title, a.Starred)
		}
		d = farUnread(t).press("enter")
		if d.late(d.early(key, "J")); d.m.reader.article.Title != "Title 0701" {
			t.Errorf("%s J: reading %s", key, d.m.reader.article.Title)
		}
	}
}

func TestAMacroWaitsForWhatItOpens(t *testing.T) {
	db := emptyLibrary(t)
	save(t, db, "Alpha", feed.Item{GUID: "1", Title: "First", HTML: `<p>one <a href="https://x.example/">two</a> three</p>`, Published: now})
	own := bindings(t, Bindings{Macros: map[string][]string{"x": {"open", "links"}, "s": {"starred", "star"}}})
	drive(t, db, own).press(",", "x").sees("Links", "https://x.example/")
	d := drive(t, db, own, func(o *Options) { o.Query = allQuery })
	d.late(d.early(",", "x", "enter")).sees("opening https://x.example/")
	d = drive(t, library(t), own).press("j", "s", "k", ",", "s").sees("Starred")
	if a, _ := d.m.articles.current(); a.Title != "Second" || a.Starred {
		t.Errorf("the macro is on %s, starred %v", a.Title, a.Starred)
	}
}

// TestEscAndAKeyAtOnce presses what a slow line makes of them.
func TestEscAndAKeyAtOnce(t *testing.T) {
	alt := func(letter rune) tea.KeyMsg { return tea.KeyMsg{Type: tea.KeyRunes, Runes: []rune{letter}, Alt: true} }
	d := drive(t, library(t)).press("enter")
	if d.send(alt('j')); d.m.focus != articlePane || d.on() != "Second" {
		t.Errorf("in pane %d on %s", d.m.focus, d.on())
	}
	d.press("/").types("abc")
	if d.send(alt('k')); d.m.top() != nil || d.on() != "First" {
		t.Errorf("on %s with %T", d.on(), d.m.top())
	}
	d = drive(t, library(t), bindings(t, Bindings{Keys: keysOf("down", "alt+j")}))
	if d.send(alt('j')); d.on() != "Second" {
		t.Errorf("a key with alt leads to %s", d.on())
	}
}
