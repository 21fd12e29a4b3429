package ui

import (
	"fmt"
	"strings"
	"testing"
	"time"

	"app/newsterm/feed"
)

// aloud draws for a screen reader.
func aloud(o *Options) { o.Theme = SpokenTheme() }

func TestTheSpokenScreenIsMadeOfWords(t *testing.T) {
	d := drive(t, library(t), aloud).press("s").size(100, 12)
	d.sees("> unread, starred: First, Alpha, 1 hour ago", "  unread: Third, Alpha, 2 days ago", "Enter open")
	d.press("enter").sees("First", "one two three").lacks("> unread")
	d.press("q", "q").press("M").sees("> starred: First, Alpha")
	d.press("shift+tab").sees("> All, 4 unread", "  Alpha, 2 unread").lacks("Third")
	d.press("l", "j").sees("> unread: Second")
}

// TestNothingIsDrawnOnASpokenScreen looks for signs that a screen reader would
// spell out, and for colours.
func TestNothingIsDrawnOnASpokenScreen(t *testing.T) {
	db := library(t)
	save(t, db, "Signs", feed.Item{GUID: "1", Title: "Signs", Published: now, HTML: "<h1>H</h1><blockquote>q<blockquote>r</blockquote></blockquote>" +
		"<ul><li>a<ul><li>b</li></ul></li></ul><hr><table><tr><th>x</th><th>y</th></tr><tr><td>1</td><td>2</td></tr></table><pre>" + strings.Repeat("long ", 60) + "</pre>"})
	d := drive(t, db, aloud)
	for _, keys := range [][]string{{}, {"enter"}, {"G"}, {"q", "shift+tab"}, {"?"}, {"esc", "+"}, {"esc", "T"}, {"esc", "/"}, {"x"}, {"esc", "R"}} {
		d.press(keys...)
		for _, r := range d.m.View() {
			if r >= 0x2190 && r < 0x2800 && r != '…' || r == '·' || r == '•' {
				t.Errorf("after %v: %q is on the screen:\n%s", keys, r, d.screen())
				break
			}
		}
		if strings.Contains(d.m.View(), "\x1b[3") {
			t.Errorf("after %v: there are colours: %q", keys, d.m.View())
		}
	}
}

func TestHeadingsAndLinksSayWhatTheyAre(t *testing.T) {
	d := drive(t, oneArticle(t, feed.Item{HTML: `<h2>Of <em>links</em></h2><p>See <a href="https://a.example/1">the <b>docs</b></a>, <a href="https://a.example/2"><img src="https://a.example/3.png" alt="a map"></a>
		and <a href="https://a.example/1">them</a>; https://a.example/4.</p><h4>End</h4>`}), aloud).size(60, 20).press("enter")
	d.sees("heading 2: Of links", "See [link 1: the docs], [link 3: [image: a map]] and", "[link 1: them]; [link 2: https://a.example/4].", "heading 4: End").golden("spoken-article-60x20")
	if d.press("2"); fmt.Sprint(d.opened) != "[https://a.example/4]" {
		t.Errorf("3 opens %v", d.opened)
	}
	d.press("U").sees("the docs").lacks("link 1")
}

func TestKeysAreNamedOnASpokenScreen(t *testing.T) {
	d := drive(t, library(t), aloud, func(o *Options) { o.Subscriber = &site{} }).size(100, 20).press("+")
	d.sees("Enter with nothing typed, or Tab, shows a shelf")
}

func TestTheCursorOfTheTerminalIsOnWhatIsSelected(t *testing.T) {
	d := drive(t, library(t), aloud)
	at := func() caret { return d.m.caret(d.m.View()) }
	if got, want := at(), (caret{1, 0, true}); got != want {
		t.Errorf("on the first row: %v, want %v", got, want)
	}
	d.press("j")
	if got, want := at(), (caret{2, 0, true}); got != want {
		t.Errorf("on the second row: %v, want %v", got, want)
	}
	d.press("/").types("ab")
	if got := at(); got.line != d.m.height-1 || got.col != len(" /ab") {
		t.Errorf("where a search is typed: %v on a screen of %d lines", got, d.m.height)
	}
	d = drive(t, library(t))
	if got := d.m.caret(d.m.View()); got.on {
		t.Error("the terminal's cursor is on a screen for eyes")
	}
}

func TestAgesAreSaid(t *testing.T) {
	for d, want := range map[time.Duration]string{0: "now", time.Minute: "1 minute ago", 5 * time.Hour: "5 hours ago", 800 * 24 * time.Hour: "2 years ago"} {
		if got := ageInWords(d); got != want {
			t.Errorf("%v ago is said %q, want %q", d, got, want)
		}
	}
}

// TestComfortableRowsHaveASecondLine looks at rows and at moves among them.
func TestComfortableRowsHaveASecondLine(t *testing.T) {
	db := library(t)
	many(t, db, 60)
	d := drive(t, db, func(o *Options) { o.Comfortable = true }).press("M").size(60, 20)
	d.golden("comfortable-60x20")
	d.press("g", "space")
	if on := d.m.articles.cursor; on != 7 {
		t.Errorf("a page of nine rows moves by %d, want 7", on)
	}
	d.press("G").sees("First", "one two three")
}

func TestColumnsAreChosen(t *testing.T) {
	db := emptyLibrary(t)
	save(t, db, "Alpha", feed.Item{GUID: "1", Title: "First", Authors: []string{"Ada"}, Published: now.AddDate(0, 0, -3)})
	d := drive(t, db, func(o *Options) { o.Columns = []Column{DateColumn, TitleColumn, AuthorColumn, MarkColumn} }).size(66, 10)
	d.sees("2026-08-18 First", "Ada").lacks("Alpha  ")
	d.size(40, 10).sees("2026-08-18 First").lacks("Ada")
	d.size(16, 10).sees("First").lacks("2026")
}

func TestTitlesAreHighlightedByQuery(t *testing.T) {
	db := library(t)
	many(t, db, 450)
	rule := func(q, color string) Highlight { return Highlight{Query: must(q), Color: color} }
	d := drive(t, db, func(o *Options) {
		o.Theme = DarkTheme()
		o.Highlights = []Highlight{rule("title:first", "#112233"), rule("feed:alpha", "good"), rule("title:0449", "bad")}
	})
	d.press("M")
	list := func() map[string]int {
		rules := map[string]int{}
		for _, a := range d.m.articles.rows {
			if rule, ok := d.m.highlighted[a.ID]; ok {
				rules[a.Title] = rule
			}
		}
		return rules
	}
	for range 60 {
		d.press("space")
	}
	want := map[string]int{"First": 0, "Second": 1, "Third": 1, "Title 0449": 2}
	if got := list(); fmt.Sprint(got) != fmt.Sprint(want) {
		t.Errorf("highlighted: %v, want %v", got, want)
	}
	if !strings.Contains(d.m.View(), DarkTheme().ink(DarkTheme().Bad).String()+"Title 0449") {
		t.Error("the colour of the rule is not on the screen")
	}
	d.press("/").types("first").press("enter")
	if got := list(); len(got) != 1 || got["First"] != 0 {
		t.Errorf("highlighted among what was found: %v", got)
	}
}

// A title is worth more than the name of its feed.
func TestTheFeedGivesWayToTheTitle(t *testing.T) {
	db := emptyLibrary(t)
	save(t, db, "The Harbour Times Home Page", feed.Item{GUID: "1", Title: "The old ferry sails again, daily", Published: now.AddDate(-3, 0, 0)})
	d := drive(t, db, aloud)
	d.size(100, 8).sees("> unread: The old ferry sails again, daily, The Harbour Times Home Page, 3 years ago")
	d.size(70, 8).sees("> unread: The old ferry sails again, daily, The Harbour …, 3 years ago")
	d.size(60, 8).sees("> unread: The old ferry sails again, daily, 3 years ago")
	d.size(40, 8).sees("> unread: The old ferry", "…, 3 years ago")
}
