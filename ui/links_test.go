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
	links := d.m.reader.links()
	if len(links) != 2 || links[0].text != long || links[1].text != "the name of a link of several lines, which are of words" {
		t.Fatalf("%q", links)
	}
	d.press("U").sees("end=here").press("j").lacks("end=here").press("k").sees("end=here")
}

func TestListsCloseAndTakeWithTheKeysOfTheirActions(t *testing.T) {
	own := bindings(t, Bindings{Keys: keysOf("links", "X", "copy", "P", "browse", "W", "enclosures", "B", "shelf", "")})
	d := drive(t, oneArticle(t, feed.Item{URL: "https://a.example/0", HTML: linked}), own).press("enter")
	d.press("X", "U").sees("Links", "P copy").press("P", "X").lacks("Links").press("X", "W").sees("opening https://a.example/one")
	if !slices.Equal(d.copied, []string{"https://a.example/one"}) {
		t.Errorf("copied %q", d.copied)
	}
	d = drive(t, podcast(t), own).press("j", "B", "e", "o").sees("The episode", "notes.pdf").press("G", "B").sees("opening https://pod.example/notes.pdf")
	d.press("B", "G", "W").sees("opening https://pod.example/notes.pdf")
}

const mixed = `<p><img src="https://a.example/1.png" alt="a map"> Said<a href="#n1"><sup>1</sup></a> in <a href="https://b.example/one">the first</a>,
	<a href="https://a.example/boats"><img src="https://a.example/2s.jpg" alt="a boat"></a> and in <a href="https://b.example/two">the second</a>.</p>
	<ol><li id="n1">A note.</li></ol>`

// The links that are words come first, then notes, then pictures.
func TestLinksOfTheTextHaveTheFirstNumbers(t *testing.T) {
	d := drive(t, oneArticle(t, feed.Item{URL: "https://a.example/post", HTML: mixed})).press("enter", "U")
	d.sees("1  the first", "2  the second", "3  [1]", "4  [image: a map]", "5  [image: a boat]").press("esc", "2", "1", "5")
	if want := []string{"https://b.example/two", "https://b.example/one", "https://a.example/boats"}; !slices.Equal(d.opened, want) {
		t.Errorf("opened %q, want %q", d.opened, want)
	}
}

func TestLinksShowTheirNumbers(t *testing.T) {
	numbered := func(o *Options) { o.Numbered = true }
	d := drive(t, oneArticle(t, feed.Item{URL: "https://a.example/post", HTML: mixed + "<p>Again <a href='https://b.example/one'>it</a>.</p>"}), numbered).size(60, 30).press("enter")
	d.sees("Said[1] in the first[1],", "and in the second[2].", "Again it[1].")
	if d.press("U").sees("1  the first", "2  the second").lacks("the first["); d.m.reader.links()[0].text != "the first" {
		t.Errorf("the list has %q", d.m.reader.links())
	}
	d = drive(t, oneArticle(t, feed.Item{HTML: mixed}), numbered, func(o *Options) { o.Theme = DarkTheme() }).press("enter")
	if !strings.Contains(d.m.View(), "\x1b[2m\x1b]8;;\x1b\\[1]\x1b[0m,") {
		t.Errorf("the numbers are not faint: %q", d.m.View())
	}
	checkSequences(t, d.m.View())
	drive(t, oneArticle(t, feed.Item{HTML: mixed}), aloud, numbered).press("enter").sees("[link 1: the first],")
}
