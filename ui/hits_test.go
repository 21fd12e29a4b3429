package ui

import (
	"context"
	"fmt"
	"strings"
	"testing"
	"time"

	"github.com/charmbracelet/x/ansi"

	"app/newsterm/feed"
)

func TestWordsOfAQueryAreFoundAsTheIndexFindsThem(t *testing.T) {
	for _, c := range []struct{ query, title, want string }{
		{"zebra", "Zebra, zebras and a ZÉBRA", "Zebra ZÉBRA"},
		{"art", "The start of art", "art"},
		{"zeb*", "Zebras: zeb", "Zeb zeb"},
		{"fetch api", "API to fetch an api", "API fetch api"},
		{`"fetch api"`, "Fetch-API, fetch the API", "Fetch-API"},
		{`"the fet"*`, "the fetch", "the fet"},
		{"don't", "I don’t", "don’t"},
		{"-horse zebra", "A horse and a zebra", "zebra"},
		{"title:zebra author:ann", "Ann sees a zebra", "zebra"},
		{"zebra OR horse", "A horse", "horse"},
		{"c++", "On C++", "C"},
		{"🙂", "Good 🙂 day", "🙂"},
		{"京都", "東京都の天気", "京都"},
		{"is:unread feed:zebra", "A zebra", ""},
		{"a.example", "See a.example/b", "a.example"},
	} {
		var got []string
		text := fit(c.title, 40)
		for _, p := range (rowPlan{sought: soughtIn(must(c.query), "title")}).soughtPatches(text, 0) {
			got = append(got, ansi.Cut(text, p.col, p.col+p.cells))
		}
		if strings.Join(got, " ") != c.want {
			t.Errorf("%s marks %q in %q, want %q", c.query, got, c.title, c.want)
		}
	}
}

func TestWhatWasSearchedForIsMarkedInRows(t *testing.T) {
	db := library(t)
	save(t, db, "Gamma", feed.Item{GUID: "1", Title: "The first zebra", HTML: "<p>x</p>", Published: now})
	d := drive(t, db, colored).press("/").types("zebra").press("enter").press("j")
	hit := DarkTheme().hitLook(false)
	look := DarkTheme().ink(DarkTheme().Text)
	if view := d.m.View(); !strings.Contains(view, look.under(hit).String()+"zebra") {
		t.Errorf("the word is not marked in its row: %q", view)
	}
	if got, want := d.screen(), drive(t, db).press("/").types("zebra").press("enter", "j").screen(); got != want {
		t.Errorf("the marks change the text:\n%s\nwant\n%s", got, want)
	}
	if d.press("esc").m.View(); strings.Contains(d.m.View(), hit.String()+"zebra") {
		t.Error("it is marked in a list that was not searched for it")
	}
}

// foundZebras is a screen on what a search for zebras has found. In the text of
// the first article they are far down.
func foundZebras(t *testing.T) *driver {
	db := oneArticle(t, feed.Item{HTML: longText()})
	save(t, db, "Beta",
		feed.Item{GUID: "1", Title: "Of a zebra", HTML: "<p>short</p>", Published: now.Add(-2e12)},
		feed.Item{GUID: "2", Title: "Horses", HTML: "<p>no stripes</p>", Published: now.Add(-3e12)})
	return drive(t, db, colored).press("/").types("zebra").press("enter")
}

func TestAnArticleOfASearchIsOpenedWithItsWords(t *testing.T) {
	d := foundZebras(t).press("enter").sees("10 × zebra · n N go there", "Paragraph 0 ")
	if !d.m.reader.find.offered || d.m.reader.top != 0 {
		t.Errorf("the article is open at line %d, %+v", d.m.reader.top, d.m.reader.find)
	}
	d.press("n").sees("1/10 zebra", "Paragraph 5 ").press("n").sees("2/10", "Paragraph 15 ")
	d.press("esc").lacks("2/10", "go there").sees("Paragraph 15 ").press("n").sees("Of a zebra", "short")
	d.press("K", "N").sees("1/10", "Paragraph 5 ")
}

func TestASearchThatNobodyUsedNeedNotBeEnded(t *testing.T) {
	d := foundZebras(t).press("enter", "h")
	if d.m.focus != articlePane {
		t.Error("h has not left the article")
	}
	d.press("l").sees("10 × zebra").press("G", "space").sees("1 × zebra", "short")
	d.press("K").sees("10 × zebra").press("J", "J").sees("no further article")
}

func TestNextIsTheNextUnreadWhereTheWordsAreNot(t *testing.T) {
	db := library(t)
	save(t, db, "Gamma",
		feed.Item{GUID: "1", Title: "By Lee", Authors: []string{"Ann Lee"}, HTML: "<p>x</p>", Published: now},
		feed.Item{GUID: "2", Title: "Also", Authors: []string{"Ann Lee"}, HTML: "<p>y</p>", Published: now.Add(-time.Minute)})
	d := drive(t, db).press("F", "end").types("author:ann").press("enter", "enter").lacks("go there").press("n")
	if d.on() != "Also" {
		t.Errorf("n goes to %q", d.on())
	}
}

// TestNextAlsoBeforeTheHitsHaveCome has n pressed while they are looked for.
func TestNextAlsoBeforeTheHitsHaveCome(t *testing.T) {
	for words, want := range map[string]string{"zebra": "1/10", "nowhere": "short"} {
		d := foundZebras(t).press("enter")
		d.m.reader.find = find{words: words, query: must(words), asked: true, offered: true}
		late := d.m.findHits(false)
		d.press("n").run(late)
		d.sees(want)
	}
}

func TestNothingTypedTakesTheWordsOfTheList(t *testing.T) {
	db := library(t)
	if err := db.SaveQuery(context.Background(), "Stripes", "zebra OR two"); err != nil {
		t.Fatal(err)
	}
	d := drive(t, db).toItem("Stripes").press("tab").press("enter").sees("one two three").lacks("go there")
	d.press("/").sees("/zebra two").press("enter").sees("1/1 zebra two")
	d.press("esc", "n").sees("the zebra")
	d = drive(t, db).press("enter", "/", "enter")
	if d.m.searching() || d.m.top() != nil {
		t.Error("nothing is searched for")
	}
}

func TestHitsAreFoundAgainInAnotherText(t *testing.T) {
	d := foundZebras(t).press("enter").size(60, 12).sees("10 × zebra").press("v").sees("10 × zebra", "Paragraph 0 ")
	d.press("n").sees("1/10").press("v").sees("1/10")
}

// BenchmarkRowsOfASearch draws the screen after a step down what was found.
func BenchmarkRowsOfASearch(b *testing.B) {
	db := library(b)
	items := make([]feed.Item, 300)
	for i := range items {
		items[i] = feed.Item{GUID: fmt.Sprint(i), Title: fmt.Sprintf("A zebra and other animals of the plain, zebra number %04d", i), HTML: "<p>x</p>", Published: now}
	}
	save(b, db, "Many", items...)
	d := drive(b, db, colored).press("/").types("zebra plain").press("enter").size(160, 50)
	for i := 0; b.Loop(); i++ {
		d.m.articles = d.m.articles.move(1 - i%2*2)
		d.m.View()
	}
}
