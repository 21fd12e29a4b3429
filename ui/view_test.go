package ui

import (
	"context"
	"fmt"
	"math/rand/v2"
	"strings"
	"testing"
	"time"

	"app/newsterm/feed"
)

// strange are pieces of text that terminals and width tables disagree about.
var strange = []string{"a", "word ", "日本語", "、", "👩‍👩‍👧", "🇫🇷", "❤️", "é", "e\u0301\u0327", "\u200d", "\u200b", "ไทย", "שלום", "مرحبا", "\t", "\u00ad",
	"\x1b[31m", "\x1b]0;x\a", "\u009b31m", "\u202e", "&#27;[31m", "**", "[x](", "`", "| ", "\n", "> ", strings.Repeat("x", 90), "ａ", "①", "…"}

func jumble(r *rand.Rand, n int) string {
	var b strings.Builder
	for range r.IntN(n) + 1 {
		b.WriteString(strange[r.IntN(len(strange))])
	}
	return b.String()
}

// TestNothingIsWiderThanTheScreen presses random keys at random sizes among
// articles of random text.
func TestNothingIsWiderThanTheScreen(t *testing.T) {
	r := rand.New(rand.NewPCG(1, 2))
	db := emptyLibrary(t)
	for f := range 5 {
		var items []feed.Item
		for i := range 30 {
			items = append(items, feed.Item{GUID: fmt.Sprint(i), Title: feed.Line(jumble(r, 12)), Authors: []string{feed.Line(jumble(r, 3))},
				HTML: "<p>" + jumble(r, 60) + "<a href='https://a.example/'>" + jumble(r, 9) + "</a></p><img src='https://a.example/1.png'><pre>" + jumble(r, 20) + "</pre>", Summary: feed.Line(jumble(r, 20)),
				Published: now.Add(-time.Duration(r.IntN(90000)) * time.Minute)})
		}
		save(t, db, fmt.Sprintf("F%d", f), items...)
		inFolder(t, db, fmt.Sprintf("F%d", f), feed.Line(jumble(r, 4))+"/"+feed.Line(jumble(r, 4)), feed.Line(jumble(r, 3)))
	}
	if err := db.SaveQuery(context.Background(), feed.Line("saved "+jumble(r, 6)), "is:read OR text"); err != nil {
		t.Fatal(err)
	}
	presses := []string{"j", "k", "enter", "q", "tab", "space", "b", "d", "G", "g", "s", "m", "n", "N", "?", "/", "esc", "Z", "J", "K", "F", "h", "z", "(", ")", "T", "*", "M", "!",
		"left", "right", "t", "E", "D", "+", "B", "I", "i", "ctrl+s", "ctrl+y", "down", "up", "backspace", "日", "U", "f", "v", "1", "y", "L", "L", "H", "S", "V", "A", "<", ">", "_", "click", "click", "wheel"}
	for _, look := range []struct {
		times  int
		change func(*Options)
	}{
		{2000, func(*Options) {}},
		{300, aloud},
		{500, func(o *Options) { o.Bidi = true }},
		{500, newWall().hung(HalfBlocks, false)},
		{300, func(o *Options) { o.Theme, _ = BuiltInTheme("gruvbox"); o.Comfortable, o.Columns = true, Columns }},
	} {
		pressAnything(t, r, drive(t, db, at(kites(db)), look.change), presses, look.times)
	}
}

// pressAnything presses keys at random, and looks at the screen after each.
func pressAnything(t *testing.T, r *rand.Rand, d *driver, presses []string, times int) {
	t.Helper()
	for range often(times) {
		if r.IntN(4) == 0 {
			d.size(r.IntN([]int{3, 180, 500}[r.IntN(3)])+1, r.IntN([]int{3, 50, 200}[r.IntN(3)])+1)
		}
		key := presses[r.IntN(len(presses))]
		switch key {
		case "click":
			d.click(r.IntN(d.m.width+2), r.IntN(d.m.height+2))
		case "wheel":
			d.wheel(r.IntN(d.m.width+2), r.IntN(d.m.height+2), r.IntN(9)-4)
		default:
			d.press(key)
		}
		lines := strings.Split(d.m.View(), "\n")
		if len(lines) != d.m.height {
			t.Fatalf("after %s: %d lines on a screen of %d", key, len(lines), d.m.height)
		}
		for i, l := range lines {
			if width(l) > d.m.width {
				t.Fatalf("after %s: line %d is %d wide on a screen of %d: %q", key, i, width(l), d.m.width, l)
			}
		}
		checkSequences(t, d.m.View())
	}
}

// checkSequences fails if screen holds anything but text, colours and links.
func checkSequences(t *testing.T, screen string) {
	t.Helper()
	rest := screen
	for {
		i := strings.IndexByte(rest, 0x1b)
		if i < 0 {
			break
		}
		rest = rest[i:]
		switch {
		case strings.HasPrefix(rest, "\x1b["):
			end := strings.IndexFunc(rest[2:], func(r rune) bool { return r != ';' && r != ':' && (r < '0' || r > '9') })
			if end < 0 || rest[2+end] != 'm' {
				t.Fatalf("a sequence that is no colour: %q", rest[:min(20, len(rest))])
			}
			rest = rest[2+end:]
		case strings.HasPrefix(rest, "\x1b]8;"):
			end := strings.Index(rest, "\x1b\\")
			if end < 0 {
				t.Fatalf("a link that does not end: %q", rest[:min(40, len(rest))])
			}
			rest = rest[end+2:]
		default:
			t.Fatalf("a strange sequence: %q", rest[:min(20, len(rest))])
		}
	}
	for _, r := range screen {
		if r < ' ' && r != '\n' && r != 0x1b || r >= 0x7f && r <= 0x9f || r >= 0x202a && r <= 0x202e || r >= 0x2066 && r <= 0x2069 {
			t.Fatalf("%U is on the screen", r)
		}
	}
}

func TestScreens(t *testing.T) {
	for _, size := range [][2]int{{60, 20}, {80, 24}, {120, 30}, {200, 50}} {
		t.Run(fmt.Sprintf("%dx%d", size[0], size[1]), func(t *testing.T) {
			d := drive(t, library(t)).size(size[0], size[1])
			d.golden(fmt.Sprintf("list-%dx%d", size[0], size[1]))
			d.press("enter").golden(fmt.Sprintf("article-%dx%d", size[0], size[1]))
			d.press("q", "shift+tab").golden(fmt.Sprintf("feeds-%dx%d", size[0], size[1]))
			d.press("?").golden(fmt.Sprintf("help-%dx%d", size[0], size[1]))
		})
	}
}
