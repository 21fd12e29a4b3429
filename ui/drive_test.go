package ui

import (
	"context"
	"fmt"
	"path/filepath"
	"strings"
	"testing"
	"time"

	tea "github.com/charmbracelet/bubbletea"
	"github.com/charmbracelet/x/ansi"

	"app/newsterm/feed"
	"app/newsterm/source"
	"app/newsterm/store"
)

// Tests look at dates, so they happen where it is UTC.
func init() { time.Local = time.UTC }

// now is the time in every test.
var now = time.Date(2026, 8, 21, 12, 0, 0, 0, time.UTC)

// often is how many times a test tries something at random: n, but not where
// time is short, as with the race detector, which has nothing to find there.
func often(n int) int {
	if testing.Short() {
		return n / 5
	}
	return n
}

// A driver plays a reader at a screen: it presses keys, runs the commands
// that come of them until nothing is left to run, and looks at the screen.
type driver struct {
	t      testing.TB
	m      Model
	quit   bool
	opened []string
	copied []string
}

// drive starts a screen over db, 120 cells by 16.
func drive(t testing.TB, db Library, change ...func(*Options)) *driver {
	t.Helper()
	d := &driver{t: t}
	o := Options{
		Library: db, Refresher: steps{}, Query: unreadQuery,
		Theme: PlainTheme(), Dark: DarkTheme(), Light: LightTheme(), Themes: allThemes,
		Now:    func() time.Time { return now },
		Open:   func(_ context.Context, address string) error { d.opened = append(d.opened, address); return nil },
		Copy:   func(text string) error { d.copied = append(d.copied, text); return nil },
		Format: func(a store.Article, _ string) (string, error) { return Page(a, Body(a)), nil },
	}
	for _, c := range change {
		c(&o)
	}
	d.m = New(context.Background(), o)
	t.Cleanup(d.m.jobs.end)
	d.size(120, 16)
	d.run(d.m.Init())
	return d
}

func (d *driver) size(w, h int) *driver {
	d.send(tea.WindowSizeMsg{Width: w, Height: h})
	return d
}

func (d *driver) send(msg tea.Msg) {
	var cmd tea.Cmd
	d.m, cmd = d.m.update(msg)
	d.run(cmd)
}

func (d *driver) run(cmd tea.Cmd) {
	if cmd == nil {
		return
	}
	switch msg := cmd().(type) {
	case nil:
	case tea.QuitMsg:
		d.quit = true
	case tea.BatchMsg:
		for _, c := range msg {
			d.run(c)
		}
	default:
		d.send(msg)
	}
}

var named = map[string]tea.KeyMsg{
	"enter": {Type: tea.KeyEnter}, "tab": {Type: tea.KeyTab}, "shift+tab": {Type: tea.KeyShiftTab},
	"esc": {Type: tea.KeyEsc}, "space": {Type: tea.KeySpace, Runes: []rune(" ")},
	"ctrl+y": {Type: tea.KeyCtrlY}, "ctrl+c": {Type: tea.KeyCtrlC}, "backspace": {Type: tea.KeyBackspace},
	"down": {Type: tea.KeyDown}, "up": {Type: tea.KeyUp}, "left": {Type: tea.KeyLeft}, "right": {Type: tea.KeyRight},
	"ctrl+s": {Type: tea.KeyCtrlS}, "ctrl+n": {Type: tea.KeyCtrlN}, "ctrl+p": {Type: tea.KeyCtrlP}, "end": {Type: tea.KeyEnd}, "home": {Type: tea.KeyHome}, "ctrl+e": {Type: tea.KeyCtrlE}, "ctrl+o": {Type: tea.KeyCtrlO},
}

// press presses keys, named as the table of keys names them.
func (d *driver) press(names ...string) *driver {
	d.t.Helper()
	for _, k := range names {
		msg, ok := named[k]
		if !ok {
			msg = tea.KeyMsg{Type: tea.KeyRunes, Runes: []rune(k)}
		}
		d.send(msg)
	}
	return d
}

// types presses a key for each letter of text.
func (d *driver) types(text string) *driver {
	for _, r := range text {
		d.send(tea.KeyMsg{Type: tea.KeyRunes, Runes: []rune{r}})
	}
	return d
}

// screen is what a person sees, without colours.
func (d *driver) screen() string { return ansi.Strip(d.m.View()) }

// sees fails the test unless the screen shows every one of texts.
func (d *driver) sees(texts ...string) *driver {
	d.t.Helper()
	screen := d.screen()
	for _, s := range texts {
		if !strings.Contains(screen, s) {
			d.t.Fatalf("the screen lacks %q:\n%s", s, screen)
		}
	}
	return d
}

// lacks fails the test if the screen shows any of texts.
func (d *driver) lacks(texts ...string) *driver {
	d.t.Helper()
	screen := d.screen()
	for _, s := range texts {
		if strings.Contains(screen, s) {
			d.t.Fatalf("the screen shows %q:\n%s", s, screen)
		}
	}
	return d
}

// golden compares the screen with a file of testdata.
func (d *driver) golden(name string) *driver {
	d.t.Helper()
	path := filepath.Join("testdata", "screens", name+".txt")
	var b strings.Builder
	for _, l := range strings.Split(d.screen(), "\n") {
		b.WriteString(strings.TrimRight(l, " ") + "\n")
	}
	compareGolden(d.t, path, b.String())
	return d
}

// on is the title under the cursor.
func (d *driver) on() string {
	a, _ := d.m.articles.current()
	return a.Title
}

// steps is a refresh played back.
type steps []source.Progress

func (s steps) Refresh(context.Context, source.Which) <-chan source.Progress {
	c := make(chan source.Progress, len(s))
	for _, p := range s {
		c <- p
	}
	close(c)
	return c
}

// library makes a store of two feeds: Alpha with three articles, Beta with
// one.
func library(t testing.TB) *store.DB {
	t.Helper()
	db := emptyLibrary(t)
	save(t, db, "Alpha",
		feed.Item{GUID: "1", Title: "First", URL: "https://alpha.example/1", HTML: "<p>one <b>two</b> three</p>", Summary: "one two three", Published: now.Add(-time.Hour)},
		feed.Item{GUID: "2", Title: "Second", URL: "https://alpha.example/2", Comments: "https://alpha.example/2/talk", HTML: "<p>the zebra</p>", Published: now.Add(-2 * time.Hour)},
		feed.Item{GUID: "3", Title: "Third", HTML: "<p>three</p>", Published: now.Add(-50 * time.Hour)})
	save(t, db, "Beta",
		feed.Item{GUID: "1", Title: "Other", URL: "https://beta.example/1", HTML: "<p>of another feed</p>", Published: now.Add(-26 * time.Hour)})
	return db
}

func emptyLibrary(t testing.TB) *store.DB {
	t.Helper()
	db, err := store.Memory()
	if err != nil {
		t.Fatal(err)
	}
	db.Now = func() time.Time { return now }
	t.Cleanup(func() { db.Close() })
	return db
}

// save keeps items in the feed called title.
func save(t testing.TB, db *store.DB, title string, items ...feed.Item) store.FeedID {
	t.Helper()
	ctx := context.Background()
	address := "https://" + strings.ToLower(title) + ".example/feed"
	f, _, err := db.Subscribe(ctx, feed.Sub{URL: address})
	if err != nil {
		t.Fatal(err)
	}
	if _, err := db.Save(ctx, f.ID, &feed.Doc{URL: address, Title: title, Items: items}); err != nil {
		t.Fatal(err)
	}
	if err := db.Index(ctx); err != nil {
		t.Fatal(err)
	}
	return f.ID
}

// many saves n articles in one feed, the newest called "Title 0000".
func many(t testing.TB, db *store.DB, n int) {
	items := make([]feed.Item, n)
	for i := range items {
		items[i] = feed.Item{GUID: fmt.Sprint(i), Title: fmt.Sprintf("Title %04d", i), HTML: "<p>text</p>",
			Published: now.Add(-time.Duration(i+1) * time.Minute)}
	}
	save(t, db, "Many", items...)
}
