package ui

import (
	"context"
	"errors"
	"strings"
	"testing"
	"time"

	tea "github.com/charmbracelet/bubbletea"

	"app/newsterm/feed"
	"app/newsterm/source"
	"app/newsterm/store"
)

func TestStartsInTheRiverOfUnread(t *testing.T) {
	drive(t, library(t)).sees("Unread", "1/4", "First", "Alpha", "1h", "Other", "Beta")
}

func TestOpeningMarksReadAndStaysListed(t *testing.T) {
	db := library(t)
	d := drive(t, db).press("enter").sees("one two three", "1/4")
	unread, err := db.Count(context.Background(), unreadQuery, store.Moment{})
	if err != nil || unread != 3 {
		t.Errorf("%d unread, %v, want 3", unread, err)
	}
	d.press("q", "j", "k").sees("First")
	if d.press("*", "q"); d.on() != "Second" {
		t.Errorf("after the view was left and come back to, the cursor is on %q, want Second", d.on())
	}
}

func TestStarIsTakenBack(t *testing.T) {
	d := drive(t, library(t)).press("j", "s").sees("●★ Second")
	d.press("z").sees("taken back: Second marked starred", "●  Second")
	d.press("ctrl+y").sees("again: Second marked starred", "●★ Second")
	d.press("z", "z").sees("nothing")
}

func TestKeysTypedFasterThanReadCountEach(t *testing.T) {
	d := drive(t, library(t))
	d.send(tea.KeyMsg{Type: tea.KeyRunes, Runes: []rune("jjs")})
	if d.sees("●★ Other"); d.on() != "Other" {
		t.Errorf("the cursor is on %q, want Other", d.on())
	}
	d.send(tea.KeyMsg{Type: tea.KeyRunes, Runes: []rune("kA"), Paste: true})
	d.sees("●  First")
	d.send(tea.KeyMsg{Type: tea.KeyRunes, Runes: []rune("/zebra")})
	d.press("enter").sees("Search: zebra")
}

func TestSpaceReadsEverything(t *testing.T) {
	d := drive(t, library(t)).press("enter")
	for _, title := range []string{"First", "Second", "Other", "Third"} {
		if d.m.reader.article.Title != title {
			t.Fatalf("reads %q, want %q", d.m.reader.article.Title, title)
		}
		d.press("space")
	}
	d.sees("no further unread article")
}

func TestNextUnreadSkipsWhatIsRead(t *testing.T) {
	d := drive(t, library(t)).press("j", "m", "k", "n")
	if d.on() != "Other" {
		t.Errorf("n came to %q, want Other", d.on())
	}
	d.press("N")
	if d.on() != "First" {
		t.Errorf("N came to %q, want First", d.on())
	}
}

func TestSearchListsWhatMatches(t *testing.T) {
	d := drive(t, library(t)).press("/").types("zebra").press("enter")
	d.sees("Search: zebra", "Second").lacks("●  First")
	d.press("q").sees("First")
}

func TestSearchCompletesTheIndex(t *testing.T) {
	db := library(t)
	f, err := db.FindFeed(context.Background(), "Alpha")
	if err != nil {
		t.Fatal(err)
	}
	doc := &feed.Doc{URL: f.URL, Title: f.Title, Items: []feed.Item{{GUID: "9", Title: "Late", HTML: "<p>an okapi</p>", Published: now.Add(-time.Minute)}}}
	if _, err := db.Save(context.Background(), f.ID, doc); err != nil {
		t.Fatal(err)
	}
	drive(t, db).press("/").types("okapi").press("enter").sees("Search: okapi", "Late")
}

func TestWrongQueryKeepsThePromptOpen(t *testing.T) {
	d := drive(t, library(t)).press("F")
	d.backspaces().types("is:purple").press("enter").sees("list: is:purple", "unread")
	d.press("esc").sees("First")
}

func TestReadAllSaysHowManyAndIsTakenBack(t *testing.T) {
	db := library(t)
	d := drive(t, db).press("A").sees("4 articles marked read")
	d.press("z").sees("taken back: 4 articles")
	if n, _ := db.Count(context.Background(), unreadQuery, store.Moment{}); n != 4 {
		t.Errorf("%d unread after undo, want 4", n)
	}
}

func TestReadAboveAndBelow(t *testing.T) {
	db := library(t)
	d := drive(t, db).press("j", "<").sees("1 article marked read")
	d.press("j", ">").sees("1 article marked read")
	if n, _ := db.Count(context.Background(), unreadQuery, store.Moment{}); n != 2 {
		t.Errorf("%d unread, want 2", n)
	}
}

func TestNewArrivalsAreAnnouncedNotInserted(t *testing.T) {
	db := library(t)
	d := drive(t, db).press("j")
	save(t, db, "Beta", feed.Item{GUID: "9", Title: "Fresh", Published: now.Add(-time.Minute)})
	d.press("R", "j", "k").sees("1 new").lacks("Fresh")
	d.press(".").sees("Fresh")
	if d.on() != "Second" {
		t.Errorf("the cursor is on %q, want Second", d.on())
	}
}

func TestFocusShowsWhatOthersDid(t *testing.T) {
	db := library(t)
	d := drive(t, db)
	first, _ := d.m.articles.current()
	if _, err := db.Mark(context.Background(), store.Starred, true, first.ID); err != nil {
		t.Fatal(err)
	}
	save(t, db, "Beta", feed.Item{GUID: "9", Title: "Fresh", Published: now.Add(-time.Minute)})
	d.send(tea.FocusMsg{})
	d.sees("●★ First", "1 new").lacks("Fresh")

	d.m = New(context.Background(), d.m.o) // nothing has come yet
	d.size(120, 16).send(tea.FocusMsg{})
	d.lacks("new ·")
}

func TestRefreshReportsProgress(t *testing.T) {
	script := steps{{Total: 2}, {Total: 2, Done: 1, Feed: "Alpha", Added: 3}, {Total: 2, Done: 2, Feed: "Beta", Err: context.DeadlineExceeded}}
	d := drive(t, library(t), func(o *Options) { o.Refresher = script })
	d.press("R").sees("3 new articles", "1 feed failed")
	d.m.status.refresh = refreshing{busy: true, done: 1, total: 2}
	d.m.status.note = ""
	d.sees("1/2", "━━━")
}

// broken is a store whose disk is full.
type broken struct{ *store.DB }

func (broken) Mark(context.Context, store.Flag, bool, ...store.ArticleID) (int, error) {
	return 0, errors.New("the disk is full")
}

func TestFailedMarkIsTakenBack(t *testing.T) {
	d := drive(t, broken{library(t)}).press("s").sees("mark starred: the disk is full", "●  First")
	d.press("j").lacks("disk is full")
	if d.press("enter").sees("mark read: the disk is full"); d.m.reader.article.Read {
		t.Error("the open article is taken for read")
	}
}

func TestPlaceInTheTextIsKept(t *testing.T) {
	db := emptyLibrary(t)
	words := make([]string, 2000)
	for i := range words {
		words[i] = "word" + strings.Repeat("x", i%7)
	}
	words[1000] = "LANDMARK"
	save(t, db, "Long", feed.Item{GUID: "1", Title: "Long", HTML: "<p>" + strings.Join(words, " ") + "</p>", Published: now},
		feed.Item{GUID: "2", Title: "Short", HTML: "<p>short</p>", Published: now.Add(-time.Hour)})
	d := drive(t, db).press("enter")
	for !strings.Contains(d.screen(), "LANDMARK") {
		d.press("j")
	}
	for !strings.Contains(strings.Split(d.screen(), "\n")[1], "LANDMARK") {
		d.press("j")
	}
	d.size(80, 30).sees("LANDMARK").size(200, 50).sees("LANDMARK").size(40, 9).sees("LANDMARK")
	d.size(120, 16).press("q", "j", "enter").sees("short").press("q", "k", "enter").sees("LANDMARK")
}

func TestLongListsAreLoadedByPages(t *testing.T) {
	db := emptyLibrary(t)
	many(t, db, 1500)
	d := drive(t, db)
	if n := len(d.m.articles.rows); n > 2*pageLen {
		t.Errorf("%d rows are loaded at the start", n)
	}
	d.press("G").sees("Title 1499")
	d.press("g").sees("Title 0000", "1/1,500")
	for range 900 {
		d.press("j")
	}
	d.sees("Title 0900", "901/1,500")
	for range 900 {
		d.press("k")
	}
	d.sees("Title 0000", "1/1,500")
}

func TestFeedsPaneLists(t *testing.T) {
	d := drive(t, library(t)).press("shift+tab").sees("newsterm", "Starred", "Alpha", "Beta")
	d.press("G").sees("Other").lacks("First")
	d.press("k").sees("First").lacks("Other")
	d.press("enter", "enter").sees("one two three")
}

func TestPickEndsTheScreen(t *testing.T) {
	d := drive(t, library(t), func(o *Options) { o.Pick = true }).press("j", "enter")
	if !d.quit || d.m.chosen == 0 {
		t.Errorf("quit %v, chosen %d, want an article and the end", d.quit, d.m.chosen)
	}
}

func TestBrowserAndClipboard(t *testing.T) {
	d := drive(t, library(t)).press("o", "y", "j", "c", "Y")
	if got := strings.Join(d.opened, " "); got != "https://alpha.example/1 https://alpha.example/2/talk" {
		t.Errorf("opened %q", got)
	}
	if len(d.copied) != 2 || d.copied[0] != "https://alpha.example/1" || !strings.HasPrefix(d.copied[1], "# Second\n") {
		t.Errorf("copied %q", d.copied)
	}
	d.press("k", "j", "j", "j", "o").sees("no address")
}

func TestHelpShowsEveryKey(t *testing.T) {
	d := drive(t, library(t)).size(120, 100).press("?")
	for _, k := range (Keymap{}).orDefault().Keys() {
		d.sees(k.Help)
	}
	d.press("q").sees("First")
}

func TestQuitEndsARunningRefresh(t *testing.T) {
	d := drive(t, library(t)).press("Q")
	if !d.quit {
		t.Error("Q does not quit")
	}
}

var _ Refresher = (*source.Web)(nil)
