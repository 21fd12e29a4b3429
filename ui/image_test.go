package ui

import (
	"bytes"
	"context"
	"encoding/base64"
	"errors"
	"fmt"
	"image"
	"image/color"
	"image/png"
	"math/rand/v2"
	"regexp"
	"strings"
	"testing"

	"github.com/charmbracelet/x/ansi"
	"github.com/muesli/termenv"

	"app/newsterm/feed"
	"app/newsterm/store"
)

// sky is a picture w by h that gets redder to the right and bluer downwards.
func sky(w, h int) *image.RGBA {
	p := image.NewRGBA(image.Rect(0, 0, w, h))
	for y := range h {
		for x := range w {
			p.SetRGBA(x, y, color.RGBA{uint8(255 * x / w), uint8(x * y % 100), uint8(255 * y / h), 255})
		}
	}
	return p
}

// A wall is where pictures come from in a test, and the terminal they go to.
type wall struct {
	size  image.Point
	err   error
	asked []string // addresses
	sent  []string // to the terminal
}

// hung is a screen that draws pictures so.
func (w *wall) hung(way PictureWay, asked bool) func(*Options) {
	return func(o *Options) {
		o.Theme = DarkTheme()
		o.Pictures = Pictures{Way: way, Asked: asked, Colours: termenv.TrueColor,
			Fetch: func(_ context.Context, _ store.Article, address string) (image.Image, error) {
				w.asked = append(w.asked, address)
				return sky(w.size.X, w.size.Y), w.err
			},
			Send: func(sequence string) { w.sent = append(w.sent, sequence) },
		}
	}
}

// newWall has pictures that take 30 cells by 10 in half blocks.
func newWall() *wall { return &wall{size: image.Pt(120, 80)} }

// illustrated is a store with an article of n pictures, each with some
// paragraphs before and after it, and another without any.
func illustrated(t testing.TB, n int) *store.DB {
	db := emptyLibrary(t)
	var b strings.Builder
	for i := range n {
		fmt.Fprintf(&b, "<p>Before %d.</p><p><img src='https://alpha.example/%d.png' alt='kite %d'></p>", i, i, i)
		for line := range 30 {
			fmt.Fprintf(&b, "<p>After %d, line %d.</p>", i, line)
		}
	}
	save(t, db, "Alpha",
		feed.Item{GUID: "1", Title: "Kites", URL: "https://alpha.example/1", HTML: b.String(), Published: now},
		feed.Item{GUID: "2", Title: "Plain", URL: "https://alpha.example/2", HTML: "<p>no picture</p>", Published: now.Add(-1)})
	return db
}

// row is the first line on the screen that has text; -1 if there is none.
func (d *driver) row(text string) int {
	for i, l := range strings.Split(d.screen(), "\n") {
		if strings.Contains(l, text) {
			return i
		}
	}
	return -1
}

func TestPictureIsDrawnBelowItsWords(t *testing.T) {
	w := newWall()
	d := drive(t, illustrated(t, 1), w.hung(HalfBlocks, false)).size(100, 40).press("enter")
	d.sees("[image: kite 0]", strings.Repeat("▀", 30), "After 0, line 0.")
	if words, picture := d.row("[image"), d.row("▀"); picture != words+1 {
		t.Errorf("the words are in line %d, the picture in %d", words, picture)
	}
	if n := strings.Count(d.screen(), "▀"); n != 30*10 {
		t.Errorf("a picture of 120 by 80 takes %d cells", n)
	}
	checkSequences(t, d.m.View())
}

func TestPictureKeepsThePlace(t *testing.T) {
	w := newWall()
	d := drive(t, illustrated(t, 3), w.hung(HalfBlocks, true)).size(100, 20).press("enter", "d", "d")
	top := func() string { return strings.Split(d.screen(), "\n")[1] }
	before := top()
	d.press("i")
	if len(w.asked) == 0 {
		t.Fatal("nothing was asked for")
	}
	if got := top(); got != before {
		t.Errorf("at the top was %q, and is %q", before, got)
	}
	d.press("i")
	if got := top(); got != before {
		t.Errorf("without pictures %q is at the top", got)
	}
	d.press("i", "g").sees("▀").press("d")
	if !strings.Contains(top(), "▀") {
		t.Fatalf("no part of the picture is at the top: %q", top())
	}
	d.press("i").lacks("▀")
	if got := strings.Split(d.screen(), "\n")[2]; !strings.Contains(got, "After 0, line 0.") {
		t.Errorf("after the picture that is gone comes %q", got)
	}
}

func TestPictureLeavesSearchHitsInPlace(t *testing.T) {
	d := drive(t, illustrated(t, 1), newWall().hung(HalfBlocks, true)).size(100, 30).press("enter", "/").types("line 12").press("enter")
	for range 3 {
		r := d.m.reader
		if len(r.find.hits) != 1 || !strings.Contains(r.lines[r.find.hits[0][0].line], "line 12") {
			t.Fatalf("the hits are %v", r.find.hits)
		}
		d.press("g", "i")
	}
}

func TestPicturesFarBelowAreNotFetchedYet(t *testing.T) {
	w := newWall()
	d := drive(t, illustrated(t, 9), w.hung(HalfBlocks, false)).size(100, 20).press("enter")
	if got := fmt.Sprint(w.asked); got != "[https://alpha.example/0.png]" {
		t.Fatalf("at the start of the article %s are fetched", got)
	}
	d.press("space", "space", "space")
	if got := fmt.Sprint(w.asked); got != "[https://alpha.example/0.png https://alpha.example/1.png]" {
		t.Errorf("two screens on %s are fetched", got)
	}
}

func TestPicturesAreNotFetchedUnasked(t *testing.T) {
	w := newWall()
	d := drive(t, illustrated(t, 1), w.hung(HalfBlocks, true)).size(100, 30).press("enter")
	d.sees("[image: kite 0]").lacks("▀")
	if len(w.asked) > 0 {
		t.Fatalf("%s was fetched", w.asked)
	}
	d.press("i").sees("▀").press("i").lacks("▀")
	d.press("J").sees("no picture").press("i").sees("there is no picture in this article")
	if len(w.asked) != 1 {
		t.Errorf("%s were fetched", w.asked)
	}
}

func TestPicturesThatAreOffStayOff(t *testing.T) {
	drive(t, illustrated(t, 1)).press("enter", "i").sees("pictures are off").lacks("▀")
	few := func(o *Options) { o.Pictures = PicturesFor("blocks", noEnvironment, termenv.ANSI) }
	drive(t, illustrated(t, 1), few).press("enter", "i").sees("too few colours").lacks("▀")
}

func TestPictureThatCannotBeHadLeavesItsWords(t *testing.T) {
	w := newWall()
	w.err = errors.New("the server answered 404 Not Found")
	d := drive(t, illustrated(t, 1), w.hung(HalfBlocks, false)).press("enter")
	d.sees("[image: kite 0 · the server answered 404 Not …]").lacks("draw the picture")
	d.press("i").sees("[image: kite 0]  ").lacks("404").press("i").sees("draw the picture kite 0: the server answered 404")
	for _, w := range []int{100, 60, 33, 24, 17} {
		if d.size(w, 20); width(strings.Split(d.screen(), "\n")[d.row("[image:")]) > w {
			t.Errorf("%d cells: a line is wider:\n%s", w, d.screen())
		}
	}
	d.size(20, 20).sees("[image: kite 0]  ")
}

func TestAPictureWithoutWordsIsCalledByItsFile(t *testing.T) {
	w := newWall()
	w.err = errors.New("not found")
	db := oneArticle(t, feed.Item{URL: "https://a.example/1", HTML: "<p>Before.</p><p><img src='https://a.example/a/kite.png?size=3'></p>"})
	d := drive(t, db, w.hung(HalfBlocks, true)).size(80, 20).press("enter", "i")
	d.sees("[image · not found]", "draw the picture kite.png: not found")
}

func TestPicturesOfOneTextStandApart(t *testing.T) {
	db := emptyLibrary(t)
	save(t, db, "Alpha", feed.Item{GUID: "1", Title: "Kites", URL: "https://alpha.example/1", Published: now,
		HTML: "<p>Before.</p><p><img src='https://alpha.example/1.png' alt='one'> <img src='https://alpha.example/2.png' alt='two'></p><p>After.</p>"})
	d := drive(t, db, newWall().hung(HalfBlocks, false)).size(100, 60).press("enter")
	if rows := d.row("After.") - d.row("Before."); rows != 2+10+1+10+2 { // labels, two pictures, and empty lines
		t.Errorf("the text goes on after %d lines:\n%s", rows, d.screen())
	}
}

func TestTinyPicturesAreNotDrawn(t *testing.T) {
	for _, size := range []image.Point{{1, 1}, {15, 400}, {700, 4}} {
		w := newWall()
		w.size = size
		drive(t, illustrated(t, 1), w.hung(HalfBlocks, false)).press("enter").sees("[image: kite 0]").lacks("▀")
	}
}

func TestPictureFollowsTheSize(t *testing.T) {
	w := newWall()
	w.size = image.Pt(1000, 750)
	d := drive(t, illustrated(t, 1), w.hung(HalfBlocks, false)).size(100, 40).press("enter")
	for _, size := range []image.Point{{60, 40}, {40, 20}, {180, 50}, {100, 12}} {
		d.size(size.X, size.Y).sees("▀")
		rows := strings.Count(strings.Join(strings.Fields(d.screen()), "\n"), "\n▀")
		if most := (size.Y - 2) * 2 / 3; rows > most {
			t.Errorf("at %v the picture has %d rows, of at most %d", size, rows, most)
		}
	}
}

func TestPicturesStandInQuotesAndLists(t *testing.T) {
	db := emptyLibrary(t)
	save(t, db, "Alpha", feed.Item{GUID: "1", Title: "Kites", HTML: "<blockquote><p>said</p><img src='https://a.example/1.png'></blockquote>" +
		"<ul><li>one <a href='https://a.example/'><img src='https://a.example/2.png'></a> two</li></ul>", Published: now})
	d := drive(t, db, newWall().hung(HalfBlocks, false)).size(100, 60).press("enter")
	d.sees("│ ▀▀▀", "• one [image] two ", "    ▀▀▀")
	for _, l := range strings.Split(d.m.View(), "\n") {
		if width(l) != 100 {
			t.Errorf("%d wide: %q", width(l), l)
		}
	}
}

var kittyStart = regexp.MustCompile(`^\x1b_Gf=100,q=2,i=(\d+),U=1,c=30,r=10,a=T,m=1;`)

func TestKittyPictures(t *testing.T) {
	w := newWall()
	w.size = image.Pt(300, 200)
	d := drive(t, illustrated(t, 1), w.hung(Kitty, false)).size(100, 40).press("enter")
	if len(w.sent) != 1 {
		t.Fatalf("%d pictures were sent", len(w.sent))
	}
	head := kittyStart.FindStringSubmatch(w.sent[0])
	if head == nil {
		t.Fatalf("the picture starts %q", w.sent[0][:60])
	}
	file := ""
	for chunk := range strings.SplitSeq(strings.TrimSuffix(w.sent[0], "\x1b\\"), "\x1b\\") {
		about, data, _ := strings.Cut(chunk, ";")
		if !strings.HasPrefix(about, "\x1b_G") || len(data) > 4096 || strings.Contains(data, "\x1b") {
			t.Fatalf("a chunk of %d bytes: %q", len(data), about)
		}
		file += data
	}
	raw, err := base64.StdEncoding.DecodeString(file)
	if err != nil {
		t.Fatal(err)
	}
	p, err := png.Decode(bytes.NewReader(raw))
	if err != nil || p.Bounds().Size() != image.Pt(300, 200) {
		t.Errorf("the picture that was sent: %v", err)
	}
	var n int
	fmt.Sscan(head[1], &n)
	first := fmt.Sprintf("\x1b[38;2;%d;%d;%dm\U0010eeee\u0305\u0305\U0010eeee\u0305\u030d", n>>16, n>>8&255, n&255)
	if !strings.Contains(d.m.View(), first) {
		t.Errorf("the screen lacks %q", first)
	}
	if got := strings.Count(d.m.View(), "\U0010eeee"); got != 300 {
		t.Errorf("%d cells are on the screen", got)
	}
	d.press("q", "j")
	if want := "\x1b_Gq=2,i=" + head[1] + ",d=I,a=d\x1b\\"; len(w.sent) != 2 || w.sent[1] != want {
		t.Errorf("when the article was left %q was sent, not %q", w.sent[1:], want)
	}
	if strings.Contains(d.m.View(), "\U0010eeee") {
		t.Error("cells of the picture are still there")
	}
}

func TestKittyPicturesAreForgottenAtTheEnd(t *testing.T) {
	w := newWall()
	d := drive(t, illustrated(t, 1), w.hung(Kitty, false)).press("enter", "Q")
	d.m.letGo()
	if len(w.sent) != 2 || !strings.HasSuffix(w.sent[1], ",d=I,a=d\x1b\\") {
		t.Errorf("%d sequences were sent", len(w.sent))
	}
}

// TestLatePictureIsDropped brings a picture of an article that was left.
func TestLatePictureIsDropped(t *testing.T) {
	w := newWall()
	d := drive(t, illustrated(t, 1), w.hung(Kitty, false)).press("enter")
	late := pictureMsg{d.m.gallery.of, canvas{"https://alpha.example/late.png", 40}, drawing{rows: []string{"late"}, number: 7}, nil}
	d.press("J")
	w.sent = nil
	d.send(late)
	d.lacks("late")
	if fmt.Sprintf("%q", w.sent) != `["\x1b_Gq=2,i=7,d=I,a=d\x1b\\"]` {
		t.Errorf("%q was sent", w.sent)
	}
}

func TestKittyPicturesGoThroughTmux(t *testing.T) {
	d, err := kittyPicture(sky(40, 40), 4, 2, Pictures{Tmux: true})
	if err != nil || !strings.HasPrefix(d.first, "\x1bPtmux;\x1b\x1b_Gf=100,") || !strings.HasSuffix(d.first, "\x1b\x1b\\\x1b\\") {
		t.Errorf("%q %v", d.first, err)
	}
}

func TestKittyPicturesIn256Colours(t *testing.T) {
	d, err := kittyPicture(sky(40, 40), 4, 2, Pictures{Colours: termenv.ANSI256})
	look := fmt.Sprintf("\x1b[38;5;%dm\U0010eeee", d.number)
	if err != nil || d.number < 1 || d.number > 255 || !strings.HasPrefix(d.rows[0], look) || !strings.Contains(d.first, fmt.Sprintf(",i=%d,", d.number)) {
		t.Errorf("%d: %q %v", d.number, d.rows[0], err)
	}
}

// TestITermPicturesAreStrips: a line brings its own part of the picture, and
// leaves the cursor where a line of as many spaces would.
func TestITermPicturesAreStrips(t *testing.T) {
	w := newWall()
	w.size = image.Pt(300, 200)
	d := drive(t, illustrated(t, 1), w.hung(ITerm, false)).size(100, 40).press("enter")
	strip := regexp.MustCompile("\u00a0{30}\x1b\\[30D\x1b7\x1b\\]1337;File=size=(\\d+);width=30;height=1;preserveAspectRatio=0;inline=1;doNotMoveCursor=1:([A-Za-z0-9+/=]+)\x1b\\\\\x1b8\x1b\\[30C ")
	found := strip.FindAllStringSubmatch(d.m.View(), -1)
	if len(found) != 10 {
		t.Fatalf("%d strips are on the screen", len(found))
	}
	file, err := base64.StdEncoding.DecodeString(found[0][2])
	if err != nil || fmt.Sprint(len(file)) != found[0][1] {
		t.Errorf("a strip of %d bytes says %s: %v", len(file), found[0][1], err)
	}
	about, kind, err := image.DecodeConfig(bytes.NewReader(file))
	if err != nil || kind != "jpeg" || about.Width != 300 || about.Height != 20 {
		t.Errorf("a strip is %s, %d by %d: %v", kind, about.Width, about.Height, err)
	}
}

// drawnSixels is a strip as a terminal draws it, and how many dots it says it
// is wide and high. Dots that are not drawn can be seen through.
func drawnSixels(t *testing.T, strip string) (drawn *image.RGBA, says image.Point) {
	t.Helper()
	var palette [256]color.RGBA
	body, ok := strings.CutPrefix(strip, "\x1bP0;1q\"1;1;")
	body, ended := strings.CutSuffix(body, "\x1b\\")
	if n, _ := fmt.Sscanf(body, "%d;%d", &says.X, &says.Y); !ok || !ended || n != 2 {
		t.Fatalf("a strip begins %.40q", strip)
	}
	drawn = image.NewRGBA(image.Rect(0, 0, says.X+10, says.Y+10))
	x, y, colour := 0, 0, color.RGBA{}
	for _, word := range regexp.MustCompile(`#[0-9;]+|![0-9]+[?-~]|[?-~$-]`).FindAllString(body, -1) {
		var n, r, g, b int
		letter, times := word[len(word)-1], 1
		switch {
		case word == "-":
			x, y = 0, y+6
		case word == "$":
			x = 0
		case word[0] == '#':
			if defined, _ := fmt.Sscanf(word, "#%d;2;%d;%d;%d", &n, &r, &g, &b); defined == 4 {
				palette[n] = color.RGBA{uint8(r * 255 / 100), uint8(g * 255 / 100), uint8(b * 255 / 100), 255}
			}
			colour = palette[n]
		default:
			fmt.Sscanf(word, "!%d", &times)
			for range times {
				for bit := range 6 {
					if (letter-'?')>>bit&1 == 1 {
						drawn.SetRGBA(x, y+bit, colour)
					}
				}
				x++
			}
		}
	}
	return drawn, says
}

// dots is a terminal whose cells have so many dots.
func dots(cell *image.Point) func(*Options) {
	return func(o *Options) { o.Pictures.Cell = func() image.Point { return *cell } }
}

var sixelStrip = regexp.MustCompile("(\u00a0+)\x1b\\[(\\d+)D\x1b7(\x1bP[^\x1b]*\x1b\\\\)\x1b8\x1b\\[(\\d+)C ")

// TestSixelPicturesAreStrips: a strip fills the cells of its line, dot by dot,
// and not one more.
func TestSixelPicturesAreStrips(t *testing.T) {
	w, cell := newWall(), image.Pt(9, 17)
	w.size = image.Pt(300, 200)
	d := drive(t, illustrated(t, 1), w.hung(Sixel, false), dots(&cell)).size(100, 40).press("enter")
	strips := sixelStrip.FindAllStringSubmatch(d.m.View(), -1)
	if len(strips) != 11 {
		t.Fatalf("%d strips are on the screen", len(strips))
	}
	want := scaled(sky(300, 200), 30*cell.X, 11*cell.Y)
	far := 0
	for i, s := range strips {
		if s[1] != strings.Repeat("\u00a0", 30) || s[2] != "30" || s[4] != "30" {
			t.Fatalf("strip %d lies on %q, and goes back %s and on %s", i, s[1], s[2], s[4])
		}
		strip, says := drawnSixels(t, s[3])
		if says != image.Pt(30*cell.X, cell.Y) {
			t.Fatalf("strip %d says it has %v dots", i, says)
		}
		for y := range strip.Rect.Dy() {
			for x := range strip.Rect.Dx() {
				dot := strip.RGBAAt(x, y)
				if inside := x < says.X && y < says.Y; (dot.A > 0) != inside {
					t.Fatalf("strip %d: the dot at %d, %d is %v", i, x, y, dot)
				} else if !inside {
					continue
				}
				w := want.RGBAAt(x, i*cell.Y+y)
				far = max(far, distance(int(dot.R), int(w.R)), distance(int(dot.G), int(w.G)), distance(int(dot.B), int(w.B)))
			}
		}
	}
	if far > 48 {
		t.Errorf("a dot is %d of 255 from what it should be", far)
	}
}

// TestSixelsFollowTheSizeOfLetters: other letters have other cells, and the
// same text stays at the top.
func TestSixelsFollowTheSizeOfLetters(t *testing.T) {
	w, cell := newWall(), image.Pt(9, 17)
	w.size = image.Pt(300, 200)
	d := drive(t, illustrated(t, 1), w.hung(Sixel, false), dots(&cell)).size(100, 40).press("enter")
	for !strings.Contains(strings.Split(d.screen(), "\n")[1], "Before 0.") {
		d.press("j")
	}
	top := strings.Split(d.screen(), "\n")[1]
	cell = image.Pt(12, 26)
	d.size(100, 40)
	strips := sixelStrip.FindAllStringSubmatch(d.m.View(), -1)
	if len(strips) != 9 || !strings.Contains(strips[0][3], "\"1;1;360;26#") {
		t.Errorf("there are %d strips, the first %.40q", len(strips), strips[0][3])
	}
	if got := strings.Split(d.screen(), "\n")[1]; got != top {
		t.Errorf("at the top was %q, and is %q", top, got)
	}
	cell = image.Point{}
	d.size(100, 40).sees("▀▀▀▀")
	if strings.Contains(d.m.View(), "\x1bP") {
		t.Error("there are strips of nobody knows how many dots")
	}
}

func TestSixelsNeedToKnowTheCell(t *testing.T) {
	w, cell := newWall(), image.Point{}
	few := func(o *Options) { o.Pictures.Colours = termenv.ANSI }
	d := drive(t, illustrated(t, 1), w.hung(Sixel, true), dots(&cell), few).size(100, 40).press("enter", "i")
	d.sees("draw the picture kite 0: this terminal does not tell how many dots").lacks("▀")
	if len(w.asked) > 0 {
		t.Errorf("%s was fetched in vain", w.asked)
	}
	cell = image.Pt(8, 16)
	d.size(100, 40)
	if n := len(sixelStrip.FindAllString(d.m.View(), -1)); n != 4 {
		t.Errorf("%d strips are on the screen when it tells", n)
	}
}

// TestPlaceStaysWhenTheTextIsShort: without its picture the text would all fit
// on the screen. It is laid out anew when the terminal is given back.
func TestPlaceStaysWhenTheTextIsShort(t *testing.T) {
	db := emptyLibrary(t)
	save(t, db, "Alpha", feed.Item{GUID: "1", Title: "Kites", Published: now,
		HTML: "<p>One.</p><p>Two.</p><p><img src='https://alpha.example/1.png'></p><p>Three.</p>" + strings.Repeat("<p>More.</p>", 8)})
	w := newWall()
	w.size = image.Pt(300, 600)
	d := drive(t, db, w.hung(HalfBlocks, false)).size(100, 40).press("enter", "j", "j", "j")
	before := d.screen()
	if d.size(100, 40).screen() != before {
		t.Errorf("the screen was\n%s\nand is\n%s", before, d.screen())
	}
	d.size(100, 39).sees(strings.TrimSpace(strings.Split(before, "\n")[1]))
}

// TestDrawingsFit draws pictures of every shape into every room.
func TestDrawingsFit(t *testing.T) {
	r := rand.New(rand.NewPCG(1, 2))
	for range often(100) {
		p := Pictures{Way: HalfBlocks + PictureWay(r.IntN(4)), Colours: termenv.TrueColor}
		w, h, room, most := r.IntN(400)+1, r.IntN(400)+1, r.IntN(400)+1, r.IntN(60)+1
		d, err := p.draw(sky(w, h), image.Pt(9, 17), room, most)
		if err != nil {
			t.Fatal(err)
		}
		if len(d.rows) > most {
			t.Fatalf("%d by %d takes %d rows of %d", w, h, len(d.rows), most)
		}
		for _, row := range d.rows {
			if width(row) > room || width(row) != width(d.rows[0]) {
				t.Fatalf("%d by %d is %d wide in %d: %q", w, h, width(row), room, row)
			}
		}
	}
}

func TestHalfBlocks(t *testing.T) {
	for name, colours := range map[string]termenv.Profile{"blocks-truecolor": termenv.TrueColor, "blocks-256": termenv.ANSI256} {
		d := halfBlocks(sky(120, 80), 12, 4, colours)
		compareGolden(t, "testdata/pictures/"+name+".txt", strings.Join(d.rows, "\n")+"\n")
	}
	clear := halfBlocks(image.NewRGBA(image.Rect(0, 0, 20, 20)), 2, 1, termenv.TrueColor)
	if got := ansi.Strip(clear.rows[0]); got != "▀▀" || !strings.Contains(clear.rows[0], "38;2;255;255;255;48;2;255;255;255") {
		t.Errorf("what can be seen through is %q", clear.rows[0])
	}
}

func noEnvironment(string) string { return "" }

func TestPicturesByTerminal(t *testing.T) {
	for _, c := range []struct {
		setting, environment string
		way                  PictureWay
		asked                bool
	}{
		{"auto", "TERM=xterm-256color", HalfBlocks, true},
		{"auto", "TERM=xterm-kitty KITTY_WINDOW_ID=1", Kitty, false},
		{"auto", "TERM=xterm-256color KITTY_WINDOW_ID=1", Kitty, false},
		{"auto", "TERM=xterm-256color KITTY_WINDOW_ID=1 TERM_PROGRAM=vscode", HalfBlocks, true},
		{"auto", "TERM=xterm-ghostty TERM_PROGRAM=ghostty", Kitty, false},
		{"auto", "TERM=xterm-kitty SSH_CONNECTION=1", HalfBlocks, true},
		{"auto", "TERM=tmux-256color TMUX=/tmp/t KITTY_WINDOW_ID=1", HalfBlocks, true},
		{"auto", "TERM=screen.xterm-256color STY=1", HalfBlocks, true},
		{"auto", "TERM=xterm-kitty ZELLIJ=0", HalfBlocks, true},
		{"auto", "TERM=xterm-256color TERM_PROGRAM=iTerm.app", ITerm, true},
		{"auto", "TERM=xterm-256color TERM_PROGRAM=WezTerm", ITerm, true},
		{"ask", "TERM=xterm-kitty", Kitty, true},
		{"off", "TERM=xterm-kitty", NoPictures, false},
		{"blocks", "TERM=xterm-kitty", HalfBlocks, false},
		{"kitty", "TERM=tmux-256color TMUX=/tmp/t", Kitty, false},
		{"kitty", "TERM=xterm-256color SSH_TTY=/dev/pts/1", Kitty, false},
		{"iterm", "TERM=xterm-256color", ITerm, false},
		{"iterm", "TERM=tmux-256color TMUX=/tmp/t", HalfBlocks, false},
		{"auto", "TERM=foot COLORTERM=truecolor", Sixel, true},
		{"auto", "TERM=mlterm-256color", Sixel, true},
		{"auto", "TERM=foot SSH_CONNECTION=1", HalfBlocks, true},
		{"auto", "TERM=xterm-256color XTERM_VERSION=XTerm(398)", HalfBlocks, true},
		{"sixel", "TERM=xterm-256color", Sixel, false},
		{"sixel", "TERM=tmux-256color TMUX=/tmp/t", HalfBlocks, false},
	} {
		getenv := func(name string) string {
			for _, v := range strings.Fields(c.environment) {
				if n, value, _ := strings.Cut(v, "="); n == name {
					return value
				}
			}
			return ""
		}
		p := PicturesFor(c.setting, getenv, termenv.TrueColor)
		if p.Way != c.way || p.Asked != c.asked || p.Tmux != (c.way == Kitty && strings.Contains(c.environment, "TMUX")) {
			t.Errorf("%s in %s: %+v", c.setting, c.environment, p)
		}
		few := NoPictures
		if c.setting == "sixel" && c.way == Sixel { // they bring their own
			few = Sixel
		}
		if p := PicturesFor(c.setting, getenv, termenv.ANSI); p.Way != few {
			t.Errorf("%s in sixteen colours: %+v", c.setting, p)
		}
		if p := PicturesFor(c.setting, getenv, termenv.Ascii); p.Way != NoPictures {
			t.Errorf("%s without colours: %+v", c.setting, p)
		}
	}
}
