package ui

import (
	"fmt"
	"slices"
	"strings"
	"testing"

	"app/newsterm/feed"
)

const linked = `<p>Read <a href="https://a.example/one">the first</a>, then <a href="/two">the second
	page, whose name is so long that it does not fit in one line of the screen, however wide</a>,
	<a href="https://a.example/one">once more</a>, <a href="gemini://a.example/">Gemini</a>,
	<a href="javascript:alert(1)">a script</a> or <a href="mailto:me@a.example">write</a>.</p>`

func TestLinksAreListedAndOpened(t *testing.T) {
	d := drive(t, oneArticle(t, feed.Item{URL: "https://a.example/0", HTML: linked})).press("enter", "U")
	d.golden("links").sees("1  the first", "https://a.example/one", "2  the second page, whose", "https://a.example/two", "4  write", "mailto:me@a.example")
	d.lacks("javascript", "once more")
	d.press("j", "enter").sees("opening https://a.example/two", "Read the first")
	d.press("U", "y").sees("Links")
	d.press("4").sees("copied me@a.example: only addresses of the web are opened")
	d.press("1").sees("opening https://a.example/one")
	d.press("3").sees("copied gemini://a.example/")
	d.press("5").sees("this article has no link 5")
	d.press("U", "q").sees("Read the first")
	if want := []string{"https://a.example/two", "https://a.example/one"}; !slices.Equal(d.opened, want) {
		t.Errorf("opened %q, want %q", d.opened, want)
	}
	if !slices.Equal(d.copied, []string{"https://a.example/one", "me@a.example", "gemini://a.example/"}) {
		t.Errorf("copied %q", d.copied)
	}
	drive(t, library(t)).press("enter", "U").sees("this article names no links").press("f").sees("there is no link on the screen")
}

func TestLettersOpenLinks(t *testing.T) {
	d := drive(t, oneArticle(t, feed.Item{URL: "https://a.example/0", HTML: linked})).press("enter", "f")
	d.golden("hints").sees("type the letters of a link", "Read ahe first")
	d.press("s").sees("opening https://a.example/two", "Read the first")
	d.press("f", "esc").sees("Read the first").press("f", "x").sees("Read the first")
	if !slices.Equal(d.opened, []string{"https://a.example/two"}) {
		t.Errorf("opened %q", d.opened)
	}
}

func TestManyLinksHaveTwoLettersEach(t *testing.T) {
	var b strings.Builder
	for i := range 200 {
		fmt.Fprintf(&b, `<a href="https://a.example/%d">%d</a> `, i, i)
	}
	d := drive(t, oneArticle(t, feed.Item{HTML: b.String()})).press("enter", "f")
	seen := map[string]bool{}
	hints, _ := d.m.top().(hinting)
	for _, h := range hints.hints {
		if seen[h.letters] || len(h.letters) != 2 {
			t.Fatalf("link %s has the letters %q", h.text, h.letters)
		}
		seen[h.letters] = true
	}
	d.press("s").sees("link s").press("s")
	if !slices.Equal(d.opened, []string{"https://a.example/27"}) {
		t.Errorf("opened %q", d.opened)
	}
}

// TestALinkIsOneOverAllItsLines: terminals light up what has the same id.
func TestALinkIsOneOverAllItsLines(t *testing.T) {
	for w := 5; w < 100; w += 7 {
		lines, err := Render(feed.Markdown(linked, "https://a.example/"), w, DarkTheme())
		if err != nil {
			t.Fatal(err)
		}
		var shown []string
		ids := map[string]bool{}
		for _, p := range linkParts(lines) {
			if p.address() == "https://a.example/two" {
				ids[p.link] = true
				shown = append(shown, p.text)
			}
		}
		got := strings.ReplaceAll(strings.Join(shown, ""), " ", "")
		if len(ids) != 1 || got != "thesecondpage,whosenameissolongthatitdoesnotfitinonelineofthescreen,howeverwide" {
			t.Errorf("%d cells: %v over %q", w, ids, got)
		}
	}
}

// A bare address that goes on in the next line is still one word, and the list
// shows all of the address under its cursor.
func TestLongAddressesAreWhole(t *testing.T) {
	const long = "https://a.example/a/path/that/goes/on/and/on/until/it/does/not/fit/in/any/line/of/this/screen/at/all?end=here"
	d := drive(t, oneArticle(t, feed.Item{HTML: `<p><a href="` + long + `">` + long + `</a> and <a href="https://b.example/the-first">the name of
		a link of several lines, which are of words</a></p>`})).size(50, 14).press("enter")
	links := linksOf(d.m.reader.lines)
	if len(links) != 2 || links[0].text != long || links[1].text != "the name of a link of several lines, which are of words" {
		t.Fatalf("%q", links)
	}
	d.press("U").sees("end=here").press("j").lacks("end=here").press("k").sees("end=here")
}
