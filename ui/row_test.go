package ui

import (
	"fmt"
	"strings"
	"testing"
	"time"

	"app/newsterm/feed"
)

func TestFitKeepsTheSpacesBefore(t *testing.T) {
	for _, c := range []struct {
		text string
		w    int
		want string
	}{
		{"  plain", 10, "  plain   "},
		{"  plain", 6, "  pla…"},
		{"  naïve", 10, "  naïve   "},
		{"  It’s long", 8, "  It’s …"},
		{"  東京", 7, "  東京 "},
		{"  東京", 5, "  東…"},
		{"   é", 2, "  "},
		{"   é", 3, "   "},
		{"", 2, "  "},
		{"é\t \x1bb", 4, "é b "},
	} {
		got := fit(c.text, c.w)
		if got != c.want || width(got) != c.w {
			t.Errorf("%q in %d cells: %q, want %q", c.text, c.w, got, c.want)
		}
	}
}

func TestSpokenRowsBeginInOneColumn(t *testing.T) {
	db := emptyLibrary(t)
	save(t, db, "Alpha",
		feed.Item{GUID: "1", Title: "Plain", Published: now},
		feed.Item{GUID: "2", Title: "What they don’t say", Published: now.Add(-time.Minute)},
		feed.Item{GUID: "3", Title: strings.Repeat("A long title ", 9), Published: now.Add(-time.Hour)},
		feed.Item{GUID: "4", Title: "東京の天気", Published: now.Add(-2 * time.Hour)})
	d := drive(t, db, aloud).size(60, 10).golden("spoken-list-60x10")
	for i, l := range strings.Split(d.screen(), "\n")[1:5] {
		if want := cursorMark(i == 0) + "unread: "; !strings.HasPrefix(l, want) {
			t.Errorf("row %d is %q, and does not begin with %q", i+1, l, want)
		}
	}
}

func TestASpokenRowCutsTheNameOfTheFeedBeforeTheTitle(t *testing.T) {
	db := emptyLibrary(t)
	save(t, db, "A Name Of Very Many Words That Takes The Room Of Everything Else", feed.Item{GUID: "1", Title: "The tide is in at four", Published: now.Add(-time.Hour)})
	drive(t, db, aloud).size(70, 10).sees("> unread: The tide is in at four, A Name Of Very Many Wor…, 1 hour ago")
}

// columnsOf is the columns of a row and how wide they are.
func columnsOf(d *driver, w int) string {
	p := d.m.rowPlan(w)
	var list []string
	for _, c := range p.columns {
		list = append(list, fmt.Sprint(c, " ", p.cells[c]))
	}
	return strings.Join(list, ", ")
}

func TestTheTitleHasHalfOfARow(t *testing.T) {
	db := library(t)
	save(t, db, "Gamma", feed.Item{GUID: "1", Title: "Signed", Authors: []string{"Ann Lee"}, Published: now})
	d := drive(t, db, func(o *Options) {
		o.Columns = []Column{MarkColumn, StarColumn, TitleColumn, AuthorColumn, FeedColumn, DateColumn}
	})
	for w, want := range map[int]string{
		140: "mark 2, star 2, title 79, author 22, feed 22, date 13",
		100: "mark 2, star 2, title 50, author 16, feed 17, date 13",
		80:  "mark 2, star 2, title 40, author 11, feed 12, date 13",
		65:  "mark 2, star 2, title 33, feed 15, date 13",
		40:  "mark 2, star 2, title 23, date 13",
		30:  "mark 2, star 2, title 26",
		5:   "mark 2, star 2, title 1",
	} {
		if got := columnsOf(d, w); got != want {
			t.Errorf("%d cells: %s, want %s", w, got, want)
		}
	}
	for w := range 200 {
		d.size(w, 5).m.View()
	}
}

func TestAColumnThatSaysNothingIsLeftOut(t *testing.T) {
	db := library(t)
	d := drive(t, db, func(o *Options) { o.Columns = []Column{TitleColumn, FeedColumn, AuthorColumn} })
	if got, want := columnsOf(d, 80), "title 40, feed 20, author 20"; got != want {
		t.Errorf("in a list of several feeds: %s, want %s", got, want)
	}
	d.toItem("Alpha")
	if got, want := columnsOf(d, 80), "title 80"; got != want {
		t.Errorf("in a list of one feed: %s, want %s", got, want)
	}
	d.press("/").types("first").press("enter")
	if got, want := columnsOf(d, 80), "title 80"; got != want {
		t.Errorf("in a search of one feed: %s, want %s", got, want)
	}
	save(t, db, "Gamma",
		feed.Item{GUID: "1", Title: "Signed", Authors: []string{"Ann Lee"}, Published: now},
		feed.Item{GUID: "2", Title: "Unsigned", Authors: []string{"Gamma"}, Published: now})
	d.press("R").toItem("Gamma").press("tab").size(80, 8).sees("Signed", "Ann Lee").lacks("Unsigned   Gamma")
	if got, want := columnsOf(d, 80), "title 58, author 22"; got != want {
		t.Errorf("with authors: %s, want %s", got, want)
	}
}

// TestColumnsStayWhileRowsCome scrolls from rows without authors to one with.
func TestColumnsStayWhileRowsCome(t *testing.T) {
	db := emptyLibrary(t)
	many(t, db, 450)
	save(t, db, "Old", feed.Item{GUID: "1", Title: "Signed", Authors: []string{"Ann Lee"}, Published: now.AddDate(-1, 0, 0)})
	d := drive(t, db, func(o *Options) { o.Columns = []Column{TitleColumn, AuthorColumn} }).size(80, 20)
	for range 30 {
		d.press("space")
		if got := columnsOf(d, 80); got != "title 58, author 22" {
			t.Fatalf("the columns are %s at %s", got, d.m.articles.place())
		}
	}
	d.sees("Signed", "Ann Lee")
}

func TestAFeedWithoutATitleIsCalledByTheEndOfItsAddress(t *testing.T) {
	for _, c := range []struct {
		name string
		w    int
		want string
	}{
		{"https://a.example/feed", 20, "a.example/feed      "},
		{"https://a.example/feeds/long/news.xml", 16, "…s/long/news.xml"},
		{"Notes: see https://a.example", 10, "Notes: se…"},
		{"http://東京.example", 6, "…ample"},
	} {
		if got := fitName(c.name, c.w); got != c.want {
			t.Errorf("%q in %d cells: %q, want %q", c.name, c.w, got, c.want)
		}
	}
	db := emptyLibrary(t)
	f, _, err := db.Subscribe(t.Context(), feed.Sub{URL: "https://a.example/a/rather/long/way/to/sea.xml"})
	if err != nil {
		t.Fatal(err)
	}
	if _, err := db.Save(t.Context(), f.ID, &feed.Doc{URL: f.URL, Items: []feed.Item{{GUID: "1", Title: "First", Published: now}}}); err != nil {
		t.Fatal(err)
	}
	d := drive(t, db).size(160, 10)
	if n := strings.Count(d.screen(), "to/sea.xml "); n < 2 {
		t.Errorf("the end of the address is seen %d times, not among the feeds and in the row:\n%s", n, d.screen())
	}
}

func TestPlaceStandsApartFromTheName(t *testing.T) {
	db := emptyLibrary(t)
	name := "A Name That Is So Long That No Pane Of Any Usual Terminal Has Room For It, However Wide It Be"
	save(t, db, name, feed.Item{GUID: "1", Title: "First", HTML: strings.Repeat("<p>x</p>", 99), Published: now})
	d := drive(t, db).press("h", "G").press("tab")
	for _, w := range []int{30, 60, 100} {
		d.size(w, 10).sees("… 1/1 ")
		d.press("enter").sees("…  top ").press("q")
	}
}

func TestAMadeTitleIsNotRepeated(t *testing.T) {
	db := emptyLibrary(t)
	words := "The tide is in and the boats go out one by one"
	long := words + strings.Repeat(" and one more", 20) + "."
	save(t, db, "Alpha",
		feed.Item{GUID: "1", Title: feed.Cut(long, 60), Summary: long, HTML: "<p>" + long + "</p><p>The end.</p>", Published: now},
		feed.Item{GUID: "2", Title: words, Summary: words, HTML: "<p>" + words + "</p>", Published: now.Add(-time.Minute)},
		feed.Item{GUID: "3", Title: words, Summary: "Something else", HTML: "<p>Something else</p>", Published: now.Add(-time.Hour)},
		feed.Item{GUID: "4", Title: "The tide", Summary: words, HTML: "<p>" + words + "</p>", Published: now.Add(-2 * time.Hour)})
	d := drive(t, db).size(89, 20)
	for i, want := range []string{"Alpha The tide is in", "Alpha The tide is in", "The tide is in and the boats go out one by one Alpha Something else", "The tide Alpha The tide is in"} {
		d.press("enter")
		var text []string
		for _, l := range strings.Split(d.screen(), "\n")[1:14] {
			if !strings.Contains(l, "2026") {
				text = append(text, l)
			}
		}
		if got := feed.Line(strings.Join(text, " ")); !strings.HasPrefix(got, want) {
			t.Errorf("article %d begins %q, want %q", i+1, got, want)
		}
		d.press("q", "j")
	}
}

func TestReadingTimeIsTold(t *testing.T) {
	item := feed.Item{HTML: "<p>" + strings.Repeat("word ", 900) + "</p>"}
	drive(t, oneArticle(t, item)).size(60, 20).press("enter").sees("Alpha · 4 minutes to read", "16m ago")
	d := drive(t, oneArticle(t, item), aloud).size(60, 20).press("enter").sees("Alpha, 4 minutes to read", "16 minutes ago")
	d.press("q").sees("16 minutes ago")
}
