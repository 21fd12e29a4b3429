package ui

import (
	"fmt"
	"math/rand/v2"
	"strings"
	"testing"
	"time"

	"github.com/charmbracelet/x/ansi"
	"golang.org/x/text/unicode/bidi"

	"app/newsterm/feed"
)

// inOrderOf is text as the screen shows it.
func inOrderOf(s string) string { return laid(directed(s), true) }

func TestTextFromRightToLeftIsPutInOrder(t *testing.T) {
	for _, test := range []struct{ read, seen string }{
		{"plain", "plain"},
		{"שלום", "םולש"},
		{"שלום עולם", "םלוע םולש"},
		{"the word שלום means peace", "the word םולש means peace"},
		{"שלום (עולם)!", "!(םלוע) םולש"},
		{"בשנת 2026 היו 12.5% יותר", "רתוי 12.5% ויה 2026 תנשב"},
		{"read שלום 123 now", "read 123 םולש now"},
		{"הגרסה Go 1.26 יצאה", "האצי Go 1.26 הסרגה"},
		{"פתח «שער» גדול", "לודג «רעש» חתפ"},
		{"مرحبا بالعالم", "ملاعلاب ابحرم"},
		{"في عام ٢٠٢٦ م", "م ٢٠٢٦ ماع يف"},
		{"כוֹתֶרֶת", "תרֶתֶוֹכ"},
		{"日本語 שלום 👩‍👩‍👧", "日本語 םולש 👩‍👩‍👧"},
		{"C++ (ב־C) וגם a<b", "C++ (־בC) םגו a<b"},
	} {
		if got := inOrderOf(test.read); got != test.seen {
			t.Errorf("%q is seen as %q, want %q", test.read, got, test.seen)
		}
	}
}

func TestTextStaysAsItIsReadForATerminalThatPutsItInOrder(t *testing.T) {
	if got := laid("a "+directed("שלום (עולם)")+" b", false); got != "a שלום (עולם) b" {
		t.Errorf("got %q", got)
	}
}

func TestLooksAndLinksGoWithTheirLetters(t *testing.T) {
	link, end := "\x1b]8;;https://a.example\x1b\\", "\x1b]8;;\x1b\\"
	got := laid("x "+directed("אב "+link+"\x1b[1mגד"+sgrReset+end+" הו")+" y", true)
	want := "x וה " + sgrReset + "\x1b[1m" + link + "דג" + sgrReset + end + " בא y"
	if got != want {
		t.Errorf("got %q, want %q", got, want)
	}
}

// TestLevelsAgreeWithTheStandard compares the directions of the letters of
// random text with those of golang.org/x/text, which finds directions but not
// how deep they are in each other.
func TestLevelsAgreeWithTheStandard(t *testing.T) {
	r := rand.New(rand.NewPCG(3, 4))
	pieces := []string{"a", "bc", "א", "בג", "ع", "1", "23", "٤", "٥٦", " ", ".", ",", "-", "+", "%", "$", "!", "/", ":", "日"}
	for range 20_000 {
		var b strings.Builder
		for range r.IntN(12) + 1 {
			b.WriteString(pieces[r.IntN(len(pieces))])
		}
		s := strings.TrimRight(b.String(), " ")
		base := level(r.IntN(2))
		letters, _ := graphemesOf(s, drawn{})
		levels := levelsOf(letters, base)
		want := directionsOf(t, s, base)
		for i, l := range levels {
			if l.direction() != want[i] {
				t.Fatalf("letter %d of %q at base %d: level %d, want one of class %v", i, s, base, l, want[i])
			}
		}
	}
}

// directionsOf are the directions of the letters of s as x/text finds them.
func directionsOf(t *testing.T, s string, base level) (list []bidi.Class) {
	t.Helper()
	direction := bidi.LeftToRight
	if base == 1 {
		direction = bidi.RightToLeft
	}
	// A strong letter at the start sets the direction: x/text takes the default
	// one only for text without any.
	lead := map[level]string{0: "a", 1: "א"}[base]
	var p bidi.Paragraph
	if _, err := p.SetString(lead+s, bidi.DefaultDirection(direction)); err != nil {
		t.Fatal(err)
	}
	order, err := p.Order()
	if err != nil {
		t.Fatal(err)
	}
	for i := range order.NumRuns() {
		run := order.Run(i)
		for range []rune(run.String()) {
			class := bidi.L
			if run.Direction() == bidi.RightToLeft {
				class = bidi.R
			}
			list = append(list, class)
		}
	}
	return list[1:]
}

// TestLinesKeepTheirWidth puts random lines in order.
func TestLinesKeepTheirWidth(t *testing.T) {
	r := rand.New(rand.NewPCG(5, 6))
	for range 5000 {
		s := feed.Line(jumble(r, 12))
		line := directed(s)
		for _, visual := range []bool{true, false} {
			if got := laid("│"+line+"│", visual); width(got) != width(s)+2 || strings.ContainsAny(got, markLTR+markRTL+markEnd) {
				t.Fatalf("%q is laid as %q", line, got)
			}
		}
		if len(ansi.Strip(laid(line, true))) != len(s) {
			t.Fatalf("%q has lost letters", s)
		}
	}
}

// hebrew is an article about a lighthouse.
const hebrew = "<h1>המגדלור</h1><p>המגדלור בקצה הנמל הודלק ב־1904 (שנת הסערה) ומאז הוא מאיר 24 שעות ביממה. שומר המגדלור כתב Nothing to report ביומנו.</p>" +
	"<ul><li>אור</li><li>ים</li></ul><blockquote><p>הים שקט היום.</p></blockquote><p>An English line with שלום in it.</p><pre>x = \"שלום\"</pre>" +
	"<table><tr><th>שם</th><th>year</th></tr><tr><td>נמל</td><td>1904</td></tr></table><p>كتب الحارس في دفتره (بعد ٤٠ عاما): لا جديد اليوم.</p>"

func TestPagesFromRightToLeft(t *testing.T) {
	db := emptyLibrary(t)
	save(t, db, "Lights", feed.Item{GUID: "1", Title: "המגדלור של 1904 והסערה", HTML: hebrew, Summary: "המגדלור בקצה הנמל", Published: now.Add(-time.Hour)},
		feed.Item{GUID: "2", Title: "The word שלום (peace)", HTML: "<p>x</p>", Published: now.Add(-2 * time.Hour)})
	visual := func(o *Options) { o.Bidi = true }
	for _, size := range [][2]int{{60, 40}, {120, 40}} {
		d := drive(t, db, visual).size(size[0], size[1])
		d.golden(fmt.Sprintf("rtl-list-%dx%d", size[0], size[1]))
		d.press("enter").golden(fmt.Sprintf("rtl-page-%dx%d", size[0], size[1]))
	}
	drive(t, db).press("M", "g", "enter").sees("המגדלור של 1904 והסערה", "Nothing to report")
	d := drive(t, db, visual, func(o *Options) { o.Query = allQuery }).press("Y")
	if !strings.Contains(d.copied[0], "המגדלור של 1904 והסערה") {
		t.Errorf("copied %q", d.copied[0])
	}
}

// The markdown of a table begins at the left, whatever its first letter.
func TestMarkdownOfATableBeginsAtTheLeft(t *testing.T) {
	const html = "<table><tr><th>שלום</th><th>b</th></tr><tr><td>עולם</td><td>d</td></tr></table><p>שלום עולם</p><pre>שלום = 1</pre>"
	d := drive(t, oneArticle(t, feed.Item{HTML: html})).size(60, 20).press("enter", "v")
	for _, want := range []string{"| ", "שלום = 1"} {
		d.sees(want)
	}
	for _, l := range d.m.reader.lines {
		if text := ansi.Strip(l); strings.Contains(text, "|") && strings.HasPrefix(text, markRTL) {
			t.Errorf("%q", text)
		}
	}
}
