package ui

import (
	"fmt"
	"math/rand/v2"
	"slices"
	"strings"
	"testing"

	tea "github.com/charmbracelet/bubbletea"
	"github.com/charmbracelet/x/ansi"

	"app/newsterm/feed"
	"app/newsterm/store"
)

// oneArticle is a library of one article.
func oneArticle(t testing.TB, item feed.Item) *store.DB {
	t.Helper()
	db := emptyLibrary(t)
	item.GUID, item.Published = "1", now.Add(-1e12)
	if item.Title == "" {
		item.Title = "The only one"
	}
	save(t, db, "Alpha", item)
	return db
}

func TestWordsAreFoundInTheText(t *testing.T) {
	for _, c := range []struct {
		words, html string
		width       int
		want        []string // what is found, "|" where a line ends
	}{
		{"zebra", "<p>A zebra and a Zebra.</p>", 40, []string{"zebra", "Zebra"}},
		{"cafe", "<p>Café, CAFÉ, cafe\u0301.</p>", 40, []string{"Café", "CAFÉ", "cafe\u0301"}},
		{"don't say \"no\"", "<p>I don’t say “no” here.</p>", 40, []string{"don’t say “no”"}},
		{"bold and plain", "<p>so <b>bold</b> <i>and</i> <a href='https://a.example'>plain</a></p>", 40, []string{"bold and plain"}},
		{"longer than a line", "<p>this text is longer than a line of it</p>", 20, []string{"longer|than a line"}},
		{"in a quote", "<blockquote>these are words in a quote</blockquote>", 20, []string{"in|a quote"}},
		{"東京は広い", "<p>東京は広い町です。東京は広い町です。</p>", 12, []string{"東京は広い", "東京は|広い"}},
		{"が", "<p>私が書く</p>", 40, []string{"が"}},
		{"fi", "<p>the ﬁeld</p>", 40, []string{"ﬁ"}},
		{"one two", "<p>one</p><p>two</p>", 40, nil},
		{"of a word that goes", "<pre>this is the end of a word that goes on</pre>", 24, []string{"of a|word that goes"}},
		{"nothing", "<p>something</p>", 40, nil},
		{"   ", "<p>some thing</p>", 40, nil},
	} {
		lines, err := Render(feed.Markdown(c.html, ""), c.width, DarkTheme())
		if err != nil {
			t.Fatal(err)
		}
		var got []string
		for _, h := range hitsOf([]wanted{wantTyped(c.words)}, lines) {
			var parts []string
			for _, s := range h {
				parts = append(parts, strings.TrimSpace(ansi.Cut(ansi.Strip(lines[s.line]), s.col, s.col+s.cells)))
			}
			got = append(got, strings.Join(parts, "|"))
		}
		if fmt.Sprint(got) != fmt.Sprint(c.want) {
			t.Errorf("%q is found as %q, want %q, in\n%s", c.words, got, c.want, ansi.Strip(strings.Join(lines, "\n")))
		}
	}
}

// longText is many paragraphs, of which every tenth speaks of a zebra.
func longText() string {
	var b strings.Builder
	for i := range 100 {
		animal := "horse"
		if i%10 == 5 {
			animal = "zebra"
		}
		fmt.Fprintf(&b, "<p>Paragraph %d is about a %s and other animals of the plain.</p>", i, animal)
	}
	return b.String()
}

func TestSearchInTheReader(t *testing.T) {
	d := drive(t, oneArticle(t, feed.Item{HTML: longText()}), func(o *Options) { o.Theme = DarkTheme() })
	d.press("enter", "/").types("ZEBRA").press("enter").sees("1/10 ZEBRA", "Paragraph 5 ")
	d.press("n").sees("2/10", "Paragraph 15 ")
	d.press("N", "N").sees("10/10", "Paragraph 95 ")
	d.press("n").sees("1/10", "Paragraph 5 ")
	if view := d.m.View(); !strings.Contains(view, DarkTheme().hitLook(true).String()+"zebra") {
		t.Errorf("the match does not stand out: %q", view)
	}
	d.press("n").size(60, 12).sees("2/10").press("n").sees("3/10", "Paragraph 25 ")
	d.press("esc").lacks("3/10").sees("Paragraph 25 ").press("n").sees("no further unread article")
	d.press("/").types("giraffe").press("enter").sees(`nothing in this article says "giraffe"`, "Paragraph 25 ")
}

func TestHitsThatNobodyWantsAnyMoreAreDropped(t *testing.T) {
	d := drive(t, oneArticle(t, feed.Item{HTML: longText()})).press("enter")
	m, late := d.m.searchFor("zebra")
	ended, _ := m.endFind()
	if m, _ := ended.update(late()); m.searching() {
		t.Error("a search that was ended comes back")
	}
	other, now := m.searchFor("horse")
	if m, _ := other.update(late()); m.reader.find.words != "horse" {
		t.Errorf("what is looked for is %q", m.reader.find.words)
	}
	if m, _ := other.update(now()); len(m.reader.find.hits) != 90 {
		t.Errorf("%d hits, want 90", len(m.reader.find.hits))
	}
}

func TestSearchEndsWithTheArticle(t *testing.T) {
	d := drive(t, library(t)).press("enter", "/").types("two").press("enter").sees("1/1 two")
	d.press("J").sees("the zebra").lacks("1/1")
	d.press("K", "/").types("two").press("enter").sees("1/1 two").press("q").lacks("1/1")
	if d.m.focus != articlePane {
		t.Error("q has not left the article")
	}
	d.press("/").types("zebra").press("enter").sees("Search: zebra")
}

func TestPatchesKeepTheWidth(t *testing.T) {
	red := "\x1b[31m日本\x1b[0m語 ab"
	for _, c := range []struct {
		patches []patch
		want    string
	}{
		{nil, red},
		{[]patch{{stretch{0, 1, 1}, sgr{attrs: attrBold}, "x"}}, "\x1b[31m \x1b[0m\x1b[1mx\x1b[0m\x1b[31m本\x1b[0m語 ab"},
		{[]patch{{stretch{0, 2, 4}, sgr{attrs: attrReverse}, ""}}, "\x1b[31m日\x1b[0m\x1b[7;31m本\x1b[0m\x1b[7m語\x1b[0m ab"},
		{[]patch{{stretch{0, 8, 2}, sgr{}, "xy"}}, "\x1b[31m日本\x1b[0m語 axy"},
		{[]patch{{stretch{0, 0, 1}, sgr{}, "x"}, {stretch{0, 1, 1}, sgr{}, "y"}}, "xy\x1b[31m本\x1b[0m語 ab"},
	} {
		if got := patched(red, c.patches); got != c.want {
			t.Errorf("%+v: %q, want %q", c.patches, got, c.want)
		}
	}
}

// TestAnythingShownIsFound looks for random parts of random texts.
func TestAnythingShownIsFound(t *testing.T) {
	r := rand.New(rand.NewPCG(7, 7))
	for range 300 {
		lines, err := Render(feed.Markdown("<p>"+jumble(r, 40)+"</p><ul><li>"+jumble(r, 20)+"</ul>", ""), r.IntN(60)+10, DarkTheme())
		if err != nil || len(lines) == 0 {
			continue
		}
		n := r.IntN(len(lines))
		text := strings.TrimLeft(ansi.Strip(lines[n]), " │↪")
		from := r.IntN(width(text) + 1)
		part := ansi.Cut(text, from, from+1+r.IntN(12))
		if len(lettersOf(nil, strings.TrimSpace(part), 0)) < 2 {
			continue
		}
		there := func(h hit) bool { return h[0].line <= n && h[len(h)-1].line >= n }
		if hits := hitsOf([]wanted{wantTyped(part)}, lines); !slices.ContainsFunc(hits, there) {
			t.Errorf("%q is not found in line %q", part, lines[n])
		}
	}
}

func TestNextIsTheNextMatchAlsoBeforeTheyHaveCome(t *testing.T) {
	d := drive(t, oneArticle(t, feed.Item{HTML: "<p>A zebra, a zebra, and a zebra.</p>"})).press("enter", "/").types("zebra")
	var later tea.Cmd
	d.m, later = d.m.press(tea.KeyMsg{Type: tea.KeyEnter})
	d.press("n").run(later)
	d.sees("2/3").press("n").sees("3/3", "A zebra")
}
