package ui

import (
	"context"
	"strings"
	"testing"

	"app/newsterm/feed"
	"app/newsterm/store"
)

func TestPlaceIsKeptWhenTheScreenEnds(t *testing.T) {
	all := func(o *Options) { o.Query = store.Query{} }
	db := oneArticle(t, feed.Item{HTML: "<p>" + strings.Repeat("word ", 900) + "LANDMARK " + strings.Repeat("word ", 900) + "</p>"})
	d := drive(t, db, all).press("enter")
	for !strings.Contains(d.screen(), "LANDMARK") {
		d.press("j")
	}
	d.press("space") // LANDMARK is near the top
	for strings.Contains(d.screen(), "LANDMARK") {
		d.press("j")
	}
	d.press("k").sees("LANDMARK")
	d.m.keepPlaces()
	d = drive(t, db, all).size(70, 9).press("enter").sees("LANDMARK")
	d.press("q")
	drive(t, db, all).size(180, 30).press("enter").sees("LANDMARK").press("G", "q")
	if n, err := db.Left(context.Background(), 1, false); n != 0 || err != nil {
		t.Errorf("an article that was finished was left after %d letters, %v", n, err)
	}
	drive(t, db, all).press("enter").sees("The only one", "top")
}

func TestPlaceInEachTextIsKept(t *testing.T) {
	db, times := oneArticle(t, feed.Item{URL: "https://a.example/1", HTML: longText()}), 0
	all := func(o *Options) { o.Query = store.Query{} }
	d := drive(t, db, all, fetcher(db, strings.ReplaceAll(longText(), "Paragraph", "Chapter"), &times)).press("enter", "x")
	d.press("space", "space", "space", "x", "space", "space", "x", "q")
	full := d.m.reader.left[place{1, false}]
	own := d.m.reader.left[place{1, true}]
	if d = drive(t, db, all).press("enter").sees("Chapter"); d.m.reader.top == 0 || lettersAbove(d.m.reader.lines, d.m.reader.top) != full {
		t.Errorf("the full text is at line %d", d.m.reader.top)
	}
	if d.press("x").sees("Paragraph"); lettersAbove(d.m.reader.lines, d.m.reader.top) != own {
		t.Errorf("the feed's text is at line %d", d.m.reader.top)
	}
}

func TestMarkdownOfAnArticleIsShown(t *testing.T) {
	db := oneArticle(t, feed.Item{URL: "https://a.example/1", Authors: []string{"Ann"}, HTML: longText() +
		`<ul><li>see <a href="https://a.example/2">this</a> <b>now</b><ul><li>inner</li></ul></li></ul>` + longText()})
	d := drive(t, db).size(90, 20).press("enter", "v").sees("# The only one", "<https://a.example/1>", "markdown", "Paragraph 0 ")
	d.press("v").lacks("# The only one").sees("The only one")
	for !strings.Contains(d.screen(), "inner") {
		d.press("j")
	}
	d.press("v").sees("- see [this](https://a.example/2) **now**", "    - inner")
	d.press("v").sees("inner").lacks("**")
	d.press("v").press("q", "enter").sees("inner").lacks("**")
}

func TestNarrowerAndWiderComesBack(t *testing.T) {
	d := drive(t, oneArticle(t, feed.Item{HTML: longText()})).size(90, 20).press("enter", "space", "space")
	for lettersIn(d.m.reader.lines[d.m.reader.top]) == 0 {
		d.press("j")
	}
	top := d.m.reader.top
	for _, width := range []int{80, 75, 62, 100, 71, 90} {
		d.size(width, 20)
	}
	if d.m.reader.top != top {
		t.Errorf("at line %d, want %d", d.m.reader.top, top)
	}
}
