package ui

import (
	"context"
	"fmt"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"app/newsterm/store"
)

func TestPaletteDoesAnything(t *testing.T) {
	d := drive(t, library(t))
	d.press(":").sees("half-down").types("unstar").sees("star or unstar", " s ").press("enter")
	if a, _ := d.m.articles.current(); !a.Starred {
		t.Error("star does not star")
	}
	d.press(":").types("alph").sees("Alpha", "go there").press("enter")
	if d.m.listed.name != "Alpha" {
		t.Errorf("lists %s", d.m.listed.name)
	}
	d.press(":").types("no such thing at all").sees("there is nothing like it").press("enter").sees("there is nothing like it").press("esc").sees("Second")
	d.press(":").press("backspace").sees("Second").lacks("half-down")
}

func TestPaletteTakesWords(t *testing.T) {
	d := drive(t, library(t))
	d.press(":").types("filter is:blue").press("enter").sees("is: must be followed by").types("x").lacks("is: must be followed by").press("esc")
	d.press(":").types("search zebra").press("enter").sees("Second").lacks("Third")
	d.press(":").types("filter feed:beta").press("enter").sees("Other").lacks("First")
	d.press(":").types("width 60").press("enter")
	if d.m.measure != 60 {
		t.Errorf("%d wide", d.m.measure)
	}
	d.press(":").types("width wide").press("enter").sees("a width is a number").press("esc")
	d.press(":").types("fil").press("tab").types("is:starred").press("enter")
	if d.m.listed.query != starredQuery {
		t.Errorf("lists %v", d.m.listed.query)
	}
	d.press(":").types("sort old").sees("sort oldest first").press("enter")
	if d.m.listed.order != store.Oldest {
		t.Errorf("in order %d", d.m.listed.order)
	}
	d.press(":").types("help zen").press("enter").sees("what has the focus alone").lacks("star or unstar").press("q")
	d.press(":").types("save-query mine").press("enter").sees("mine")
	d.press(":").types("filter").press("enter").sees("list: ").press("esc")
	d.press(":").types("theme nord").sees("theme nord").press("enter")
	if d.m.o.Theme.Name != "nord" {
		t.Errorf("the theme is %s", d.m.o.Theme.Name)
	}
	d.press(":").types("theme pink").press("enter").sees("there is no theme pink")
	d.press(":").types("filter feed:beta").press("enter")
	d.press(":").types("pipe cat").press("enter").sees("# Other").press("q")
	file := filepath.Join(t.TempDir(), "article.md")
	d.press(":").types("w " + file).press("enter")
	if text, err := os.ReadFile(file); err != nil || !strings.HasPrefix(string(text), "# Other") {
		t.Errorf("wrote %q, %v", text, err)
	}
	d.press(":").types("w").press("enter").sees(".md").press("esc")
}

func TestPaletteKnowsWhatFingersType(t *testing.T) {
	for _, typed := range []string{"q", "q!", "wq", "quit"} {
		if d := drive(t, library(t)).press(":").types(typed).press("enter"); !d.quit {
			t.Errorf(":%s does not quit", typed)
		}
	}
	if d := drive(t, library(t)).press(":").types("3").sees("go to row 3").press("enter"); d.on() != "Other" {
		t.Errorf(":3 goes to %s", d.on())
	}
}

func TestPaletteRemembers(t *testing.T) {
	db := library(t)
	d := drive(t, db).press(":").types("star").press("enter", ":").types("width 60").press("enter")
	d.press(":", "up").sees(": width 60").press("up").sees(": star").press("up").sees(": star").press("down").sees(": width 60").press("down").lacks(": width 60").press("esc")
	drive(t, db).press(":", "up").sees(": width 60").press("enter")
	if kept, err := db.Setting(context.Background(), historySetting); err != nil || kept != "width 60\nstar" {
		t.Errorf("kept %q, %v", kept, err)
	}
}

func TestScreensOfThePalette(t *testing.T) {
	for _, size := range [][2]int{{60, 20}, {100, 30}} {
		drive(t, shelf(t)).size(size[0], size[1]).press(":").types("read").golden(fmt.Sprintf("palette-%dx%d", size[0], size[1]))
	}
}

func TestAnySizeHoldsTheSheetsOfKeys(t *testing.T) {
	d := drive(t, shelf(t))
	for _, keys := range [][]string{{"?"}, {"?", "/", "a", "b"}, {":"}, {":", "f", "i", "l", "tab", "x"}, {":", "x", "q", "x"}, {"!"}} {
		for w := 1; w < 150; w += 7 {
			for h := 1; h < 14; h += 3 {
				d.size(w, h).press(keys...)
				lines := strings.Split(d.screen(), "\n")
				if len(lines) != h {
					t.Fatalf("%v: %d lines in %dx%d", keys, len(lines), w, h)
				}
				for _, l := range lines {
					if width(l) > w {
						t.Fatalf("%v: a line of %d cells in %dx%d", keys, width(l), w, h)
					}
				}
				d.press("esc", "esc")
			}
		}
	}
}

func TestHelpIsSearched(t *testing.T) {
	d := drive(t, library(t)).size(100, 30).press("?").sees("Moving", "half-down").press("/").types("browser").sees("open in the browser and mark read", "Out of the screen").lacks("half-down", "Moving")
	d.press("enter").sees("browse-read").press("j", "k", "q").lacks("browse-read")
	d.press("?", "/").types("half-up").sees("half a page up").press("esc").sees("half-down").press("/").types("^b").sees("previous page").lacks("half-up")
	d.press("esc", "/").types("nothing has this").sees("nothing here has these words").press("esc", "esc").sees("First")
	d.size(160, 40).press("?").golden("help-160x40")
}

func TestSheetsKnowTheKeysOfTheReader(t *testing.T) {
	d := drive(t, library(t), bindings(t, Bindings{Preset: "vim", Keys: keysOf("leave", "ctrl+q")})).press("?", "G").lacks("Moving").press("g").sees("first article").press("g").sees("Moving")
	d.press("5", "j").lacks("Moving").press("5", "k").sees("Moving")
	d = drive(t, library(t)).press("?", "ctrl+c")
	if !d.quit {
		t.Error("ctrl+c does not quit from help")
	}
}

func TestMacrosAreAmongTheDeeds(t *testing.T) {
	k, err := Bindings{Macros: keysOf("x", "star, copy")}.Keymap()
	if err != nil {
		t.Fatal(err)
	}
	d := drive(t, library(t), func(o *Options) { o.Keys = k })
	d.press(":").types(",x").sees(",x ", "star, then copy").press("esc")
	d.press(":").types("macro").sees(",x ", "star, then copy").press("enter").sees("●★ First")
	if len(d.copied) != 1 {
		t.Errorf("copied %q", d.copied)
	}
}
