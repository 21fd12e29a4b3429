package ui

import (
	"slices"
	"strings"
	"testing"

	"app/newsterm/feed"
)

// footnoted is an article of many lines with a footnote, contents and chapters.
func footnoted(t testing.TB) *driver {
	filler := strings.Repeat("<p>A line of this chapter.</p>", 12)
	db := oneArticle(t, feed.Item{URL: "https://a.example/post", HTML: `<p>Said<sup><a href="#fn1" id="r1">1</a></sup> he, of
		<a href="#two">the second</a>, <a href="#gone">nothing</a> and <a href="https://b.example/#fn1">another page</a>.</p>` + filler +
		`<h2 id="one"><a href="#one">Chapter one</a></h2>` + filler + `<h3 id="two">A part of it</h3>` + filler + `<h2>Chapter two</h2>` + filler +
		`<ol><li id="fn1">The note. <a href="#r1">↩</a></li></ol>`})
	return drive(t, db).size(60, 12).press("enter")
}

func TestFootnotesAreJumpedToAndBackFrom(t *testing.T) {
	d := footnoted(t).sees("Said[1] he", "the second").lacks("The note")
	for _, ways := range [][]string{{"2"}, {"U", "j", "enter"}, {"f", "a"}} {
		d.press(ways...).sees("1. The note.", "backspace goes back").lacks("Said[1]")
		d.press("backspace").sees("Said[1] he").lacks("The note")
	}
	d.press("3").sees("A part of it").press("ctrl+o").sees("Said[1]").press("backspace").sees("no link within this article was followed")
	d.press("U").sees("in this article: 1. The note.", "in this article: A part of it", "1  another page")
	d.press("q", "1").sees("opening https://b.example/#fn1")
	if !slices.Equal(d.opened, []string{"https://b.example/#fn1"}) {
		t.Errorf("opened %q", d.opened)
	}
}

func TestAJumpFindsItsPlaceInLinesOfAnyWidth(t *testing.T) {
	d := footnoted(t)
	for _, w := range []int{20, 33, 90, 200} {
		d.size(w, 12).press("3")
		if d.sees("A part of it"); !d.m.reader.targeted() {
			t.Errorf("%d cells: nothing stands out", w)
		}
		d.press("backspace").sees("Said[1]")
	}
	d.press("2").size(60, 12).sees("The note.").press("backspace").sees("Said[1]")
}

// What is gone to stands out where it cannot come to the top of the screen.
func TestThePlaceStandsOut(t *testing.T) {
	d := drive(t, oneArticle(t, feed.Item{URL: "https://a.example/post", HTML: `<p>Said<a href="#n"><sup>1</sup></a>.</p><p>Words.</p><p id="n">The note.</p>`})).press("enter")
	lineOf := func() string {
		for l := range strings.SplitSeq(d.m.View(), "\n") {
			if strings.Contains(l, "The note.") {
				return l
			}
		}
		return ""
	}
	plain := lineOf()
	if d.press("1"); lineOf() == plain {
		t.Errorf("it does not: %q", plain)
	}
	if d.press("backspace"); lineOf() != plain {
		t.Errorf("it still does: %q", lineOf())
	}
}

func TestAnotherArticleHasJumpsOfItsOwn(t *testing.T) {
	d := footnoted(t).press("3", "q", "enter").press("backspace").sees("no link within this article was followed")
	d.press("3", "v", "backspace").sees("another text is shown")
}

// The list of links shows of each note what it says, and nothing of the next.
func TestANoteIsToldAlone(t *testing.T) {
	for _, notes := range []string{
		`<ol><li id="n1">First note.</li><li id="n2">Second note.</li></ol>`,
		`<ul><li id="n1">First note.</li><li>Second note.</li></ul>`,
		`<h2 id="n1">First note.</h2><h2 id="n2">Second note.</h2>`,
	} {
		d := drive(t, oneArticle(t, feed.Item{URL: "https://a.example/post", HTML: `<p>Said<a href="#n1"><sup>1</sup></a>.</p>` + notes})).press("enter", "U")
		if told := d.m.leads(d.m.reader.links()[0]); !strings.HasSuffix(told, "First note.") {
			t.Errorf("%s: %s", notes, told)
		}
	}
	d := drive(t, oneArticle(t, feed.Item{URL: "https://a.example/post", HTML: `<p>Said<a href="#n1"><sup>1</sup></a>.</p><ol><li id="n1">` + strings.Repeat("word ", 12) + `</li></ol>`})).size(40, 12).press("enter", "U")
	if told := d.m.leads(d.m.reader.links()[0]); !strings.HasSuffix(told, strings.TrimSpace(strings.Repeat(" word", 12))) {
		t.Errorf("a note of two lines: %s", told)
	}
}
