package ui

import (
	"strings"
	"testing"
	"time"

	"app/newsterm/feed"
	"app/newsterm/store"
)

func TestTitleTellsWhatIsKnown(t *testing.T) {
	db := emptyLibrary(t)
	at := now.Add(-50 * time.Hour)
	save(t, db, "Alpha",
		feed.Item{GUID: "1", Title: "Edited", Authors: []string{"Ann"}, Categories: []string{"sea", "sky"}, HTML: "<p>x</p>", Published: at, Updated: at.Add(26 * time.Hour)},
		feed.Item{GUID: "2", Title: "Soon", HTML: "<p>x</p>", Published: at.Add(-time.Hour), Updated: at.Add(-time.Hour / 2)},
		feed.Item{GUID: "3", Title: "At once", HTML: "<p>x</p>", Published: at.Add(-2 * time.Hour), Updated: at.Add(time.Second - 2*time.Hour)})
	d := drive(t, db).size(160, 16).press("enter").sees("Alpha · Ann", "19 August 2026, 10:00 · 2d ago · edited 20 August 2026", "sea · sky")
	d.press("J").sees("edited 09:30").lacks("sea · sky")
	d.press("J").sees("At once").lacks("edited")
}

func TestPicturesStandApartFromText(t *testing.T) {
	lines, err := Render("![a map](https://a.example/1.png)The city.\n\nSee![](https://a.example/2.png)![](https://a.example/3.png)there, and ![four](https://a.example/4.png).", 80, PlainTheme())
	if err != nil {
		t.Fatal(err)
	}
	want := "[image: a map]\nThe city.\n\nSee[image] [image] there, and [image: four]."
	if got := strings.Join(lines, "\n"); got != want {
		t.Errorf("%s\nwant\n%s", got, want)
	}
}

func TestAnArticleOpenedBeforeTheScreenHasASizeWaitsForIt(t *testing.T) {
	d := drive(t, oneArticle(t, feed.Item{HTML: "<p>Here it is.</p>"})).size(0, 0).press("enter")
	d.size(100, 30).lacks("no room").sees("Here it is.")
}

func TestOddAddressesStayWhole(t *testing.T) {
	page := Page(store.Article{Title: "Sound", URL: `https://a.example/a b>c`}, Body(store.Article{
		Enclosures: []feed.Enclosure{{URL: `https://a.example/my <song>\1.mp3`, Title: "song"}},
	}))
	want := "# Sound\n\n<https://a.example/a%20b%3Ec>\n\n⏵ [song](<https://a.example/my%20%3Csong%3E%5C1.mp3>)\n"
	if page != want {
		t.Errorf("%s\nwant\n%s", page, want)
	}
}

// TestCategoriesHaveOneLine is about an article of very many.
func TestCategoriesHaveOneLine(t *testing.T) {
	db := oneArticle(t, feed.Item{URL: "https://a.example/1", Categories: strings.Split("tides moon harbour ships weather charts lighthouses ferries ropes", " "), HTML: "<p>x</p>"})
	d := drive(t, db).size(40, 12).press("enter").sees("tides · moon · harbour").lacks("ferries")
	if about, address := d.row("tides"), d.row("https://"); address != about+1 {
		t.Errorf("the categories are in line %d, the address in %d", about, address)
	}
}

// The address of an article leads to its page, also where it is cut; it is none of
// the article's links.
func TestTheAddressLeadsToThePage(t *testing.T) {
	const whole = "https://a.example/" + "a/long/path/that/does/not/fit/in/one/line/of/this/narrow/screen"
	d := drive(t, oneArticle(t, feed.Item{URL: whole, HTML: `<p>See <a href="https://b.example/">there</a>.</p>`}), func(o *Options) { o.Theme = DarkTheme() }).size(40, 12).press("enter")
	d.sees("https://a.example/a/long", "…").lacks("narrow/screen")
	if !strings.Contains(d.m.View(), ";"+whole+"\x1b\\") {
		t.Errorf("it leads nowhere: %q", d.m.View())
	}
	d.press("U").sees("1  there").lacks("2  ").press("esc", "f").sees("See ahere")
	d.press("esc", "q")
	checkSequences(t, d.m.View())
	if d = drive(t, oneArticle(t, feed.Item{URL: whole, HTML: "<p>x</p>"})); strings.Contains(d.m.View()+d.press("enter").m.View(), "\x1b]8;") {
		t.Error("a terminal without colours gets a link")
	}
}
