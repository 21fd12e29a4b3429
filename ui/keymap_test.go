package ui

import (
	"errors"
	"fmt"
	"slices"
	"strings"
	"testing"
)

func TestKeysAreReadAsPeopleWriteThem(t *testing.T) {
	for written, want := range map[string]string{
		"j": "j", "G": "G", "shift+g": "G", "space": "space", " ": "space", "Enter": "enter", "return": "enter",
		"ctrl+d": "ctrl+d", "Ctrl+D": "ctrl+d", "^D": "ctrl+d", "^d": "ctrl+d", "C-d": "ctrl+d", "<C-d>": "ctrl+d", "<c-d>": "ctrl+d", "ctrl-d": "ctrl+d",
		"alt+x": "alt+x", "M-x": "alt+x", "<A-x>": "alt+x", "alt+enter": "alt+enter", "alt+ctrl+x": "alt+ctrl+x", "alt+space": "alt+space",
		"pgdn": "pgdown", "PageDown": "pgdown", "f1": "f1", "F12": "f12", "shift+tab": "shift+tab", "<S-Tab>": "shift+tab", "ctrl+shift+up": "ctrl+shift+up",
		"ctrl+i": "tab", "ctrl+m": "enter", "ctrl+[": "esc", "ctrl+space": "ctrl+@", "<lt>": "<", "gt": "g t", "<CR>": "enter", "cr": "c r", "<": "<", "^": "^", "+": "+", "ctrl+]": "ctrl+]",
		"gg": "g g", "gu": "g u", "g space": "g space", "g ctrl+d": "g ctrl+d", "ZZ": "Z Z", "yy p": "y y p", "é": "é", "c-d": "c - d", "]u": "] u",
	} {
		if got, err := parseKeys(written); err != nil || got != want {
			t.Errorf("%q is %q, %v; want %q", written, got, err, want)
		}
	}
	for written, want := range map[string]string{
		"pgdwn": "did you mean pgdn?", "ctrl+dd": "no key", "ctrl+1": "no key", "f99": "no key", "^1": "no key", "spcae": "did you mean space?", "": "missing", "  ": "missing",
		"esc x": "esc cannot begin", "g ctrl+c": "always quits", "ctrl+shift+x": "did you mean ctrl+x?", "<C-S-X>": "shift with ctrl", "shift+1+": "no key",
	} {
		if got, err := parseKeys(written); err == nil || !strings.Contains(err.Error(), want) {
			t.Errorf("%q is %q, %v; want %q", written, got, err, want)
		}
	}
}

func TestLabelsOfKeysAreShort(t *testing.T) {
	for keys, want := range map[string]string{"g g": "gg", "ctrl+d": "^d", "g space": "g space", "g ctrl+d": "g ^d", "enter": "⏎", ", x": ",x", "shift+tab": "⇧tab"} {
		if got := keyLabel(keys); got != want {
			t.Errorf("%q is shown as %q, want %q", keys, got, want)
		}
	}
}

// bindings makes a keymap that must be right.
func bindings(t testing.TB, b Bindings) func(*Options) {
	t.Helper()
	k, err := b.Keymap()
	if err != nil {
		t.Fatal(err)
	}
	return func(o *Options) { o.Keys = k }
}

func keysOf(words ...string) map[string][]string {
	all := map[string][]string{}
	for i := 0; i < len(words); i += 2 {
		all[words[i]] = strings.Split(words[i+1], ", ")
	}
	return all
}

func TestPresetsAreWhole(t *testing.T) {
	for name, preset := range presets() {
		k, err := Bindings{Preset: name}.Keymap()
		if err != nil {
			t.Fatalf("%s: %v", name, err)
		}
		for action, words := range preset {
			i := k.named(action)
			if i < 0 {
				t.Errorf("%s: there is no action %s", name, action)
				continue
			}
			want := map[string]places{}
			for _, w := range words {
				w, where := keyInPlace(w)
				keys, err := parseKeys(w)
				if err != nil {
					t.Errorf("%s: %s: %v", name, action, err)
				}
				want[keys] = where & k.actions[i].where
			}
			for p := feedPane; p <= readerPane; p++ {
				for keys, where := range want {
					if has, _ := k.find(keys, p); where&(1<<p) != 0 && has.name != action {
						t.Errorf("%s: %s is %s and not %s in pane %d", name, keyLabel(keys), has.name, action, p)
					}
					if k.goesOn(keys, p) {
						t.Errorf("%s: %s begins other keys", name, keyLabel(keys))
					}
				}
			}
		}
		for _, a := range k.actions {
			if _, set := preset[a.name]; len(a.keys) == 0 && !set {
				t.Errorf("%s: no key is left for %s", name, a.name)
			}
		}
	}
}

// TestNewsboatsKeysMoveAsThere: J and K go from entry to entry, whatever is
// listed, and from article to article.
func TestNewsboatsKeysMoveAsThere(t *testing.T) {
	k, err := Bindings{Preset: "newsboat"}.Keymap()
	if err != nil {
		t.Fatal(err)
	}
	d := drive(t, library(t), func(o *Options) { o.Keys = k }).press("J")
	if d.on() != "Second" {
		t.Errorf("J goes to %q", d.on())
	}
	if d.press("J", "K", "K"); d.on() != "First" {
		t.Errorf("K goes to %q", d.on())
	}
	d.press("enter", "J").sees("the zebra").press("K").sees("one two three").press("q")
}

func TestWrongBindingsAreNamed(t *testing.T) {
	pandoc := Command{Name: "pandoc", Run: []string{"pandoc"}}
	for _, c := range []struct {
		b       Bindings
		setting string
		want    string
	}{
		{Bindings{Keys: keysOf("stra", "x")}, "keys.stra", "there is no action stra; did you mean star?"},
		{Bindings{Keys: keysOf("zzzzzz", "x")}, "keys.zzzzzz", "there is no action zzzzzz"},
		{Bindings{Keys: keysOf("star", "pgdwn")}, "keys.star", `there is no key "pgdwn"; did you mean pgdn?`},
		{Bindings{Keys: keysOf("star", "x, ctrl+x", "browse", "ctrl+x")}, "keys.browse", "^x is both star and browse"},
		{Bindings{Keys: keysOf("undo", "g", "top", "gg")}, "keys.top", "g is undo, and so gg can never be top everywhere"},
		{Bindings{Keys: keysOf("top", "g, gg")}, "keys.top", "g is top, and so gg can never be top"},
		{Bindings{Keys: keysOf("star", "ctrl+c")}, "keys.star", "^c always is quit"},
		{Bindings{Keys: keysOf("help", "")}, "keys.help", "no key is left for help"},
		{Bindings{Keys: keysOf("star", "?", "browse", "f1")}, "keys", "no key is left for help"},
		{Bindings{Preset: "emacs"}, "keys.preset", `"default", "less", "newsboat" or "vim"`},
		{Bindings{Macros: map[string][]string{"x": {"star", "brows"}}}, "macros.x", "there is no action brows; did you mean browse?"},
		{Bindings{Macros: map[string][]string{"x": nil}}, "macros.x", "a macro is names of actions"},
		{Bindings{Macros: map[string][]string{"x": {"star"}}, Keys: keysOf("undo", "comma")}, "macros.x", ", is undo, and so ,x can never be macro x"},
		{Bindings{Commands: []Command{{Run: []string{"x"}}}}, "command.0.name", "needs a name"},
		{Bindings{Commands: []Command{{Name: "star", Run: []string{"x"}}}}, "command.0.name", "something else is called star"},
		{Bindings{Commands: []Command{pandoc, pandoc}}, "command.1.name", "something else is called pandoc"},
		{Bindings{Commands: []Command{{Name: "x"}}}, "command.0.run", "needs a program"},
		{Bindings{Commands: []Command{{Name: "x", Run: []string{"{url}"}}}}, "command.0.run", "the program itself"},
		{Bindings{Commands: []Command{{Name: "x", Run: []string{"y", "{fiel}"}}}}, "command.0.run", "nothing stands for {fiel}"},
		{Bindings{Commands: []Command{{Name: "x", Run: []string{"y"}, Output: "paper"}}}, "command.0.output", `"none", "sheet" or "terminal"`},
		{Bindings{Commands: []Command{{Name: "x", Run: []string{"y"}, Keys: []string{"nokey"}}}}, "command.0.key", "there is no key"},
	} {
		_, err := c.b.Keymap()
		wrong, ok := errors.AsType[*BindingError](err)
		if !ok || strings.Join(wrong.Setting, ".") != c.setting || !strings.Contains(wrong.Why, c.want) {
			t.Errorf("%+v: %v, want %s: %s", c.b, err, c.setting, c.want)
		}
	}
}

func TestClashesNameBothSettings(t *testing.T) {
	_, err := Bindings{Keys: keysOf("star", "x", "browse", "x")}.Keymap()
	wrong, ok := errors.AsType[*BindingError](err)
	if !ok || !strings.Contains(fmt.Sprint(wrong.Setting, wrong.Other), "star") || !strings.Contains(fmt.Sprint(wrong.Setting, wrong.Other), "browse") {
		t.Errorf("%v, %v", err, wrong)
	}
	if !strings.Contains(wrong.Why, "among the articles and in the reader") {
		t.Errorf("it does not say where: %v", wrong)
	}
	if _, err := (Bindings{Keys: keysOf("narrower", "x", "full-text", "")}).Keymap(); err != nil {
		t.Errorf("a key that was taken away clashes: %v", err)
	}
}

func TestOwnKeysTakeThoseOfTheDefaults(t *testing.T) {
	k, err := Bindings{Keys: keysOf("comments", "d", "undo", "gu", "star", "")}.Keymap()
	if err != nil {
		t.Fatal(err)
	}
	for _, c := range []struct {
		keys string
		p    pane
		want string
	}{
		{"d", articlePane, "comments"}, {"d", feedPane, "half-down"}, {"c", articlePane, ""}, {"g", articlePane, ""},
		{"g u", readerPane, "undo"}, {"home", readerPane, "top"}, {"s", articlePane, ""}, {"z", articlePane, ""}, {"ctrl+c", feedPane, "quit"},
	} {
		if a, _ := k.find(c.keys, c.p); a.name != c.want {
			t.Errorf("%s in pane %d is %q, want %q", c.keys, c.p, a.name, c.want)
		}
	}
	for _, row := range k.Keys() {
		if row.Action == "half-down" && !slices.Equal(row.Keys, []string{"d", "^d"}) || row.Action == "star" && row.Keys != nil {
			t.Errorf("%s has %q", row.Action, row.Keys)
		}
	}
}

func TestReboundKeysWork(t *testing.T) {
	d := drive(t, library(t), bindings(t, Bindings{Keys: keysOf("star", "x, ctrl+e", "full-text", "")}))
	d.press("s").press("x")
	if a, _ := d.m.articles.current(); !a.Starred {
		t.Error("x does not star")
	}
	d.sees("x star").press("?").types("/star").sees("x ^e")
}

func TestKeysInARowShowWhatMayFollow(t *testing.T) {
	d := drive(t, library(t), bindings(t, Bindings{Preset: "vim"})).press("j", "j")
	d.press("g").sees("g first article, top of the text", "x open in the browser", "t next article in the reader").golden("following-120x16")
	d.press("esc").lacks("open in the browser")
	d.press("g", "g")
	if d.on() != "First" {
		t.Errorf("gg goes to %s", d.on())
	}
	d.press("g", "!").lacks("open in the browser", "Feeds that need you")
	d.press("g", "ctrl+c")
	if !d.quit {
		t.Error("ctrl+c does not quit within keys in a row")
	}
	for w := range 60 {
		for h := range 12 {
			d.size(w, h).press("g").screen()
			for l := range strings.SplitSeq(d.screen(), "\n") {
				if width(l) > w {
					t.Fatalf("a line of %d cells in %dx%d", width(l), w, h)
				}
			}
			d.press("esc")
		}
	}
}

func TestCountsRepeat(t *testing.T) {
	db := emptyLibrary(t)
	many(t, db, 1200)
	d := drive(t, db).press("1").sees(" 1 ").press("2").sees(" 12 ").press("j")
	for _, c := range []struct {
		keys []string
		want string
	}{
		{nil, "Title 0012"}, {[]string{"2", "k"}, "Title 0010"}, {[]string{"3", "n"}, "Title 0013"}, {[]string{"2", "N"}, "Title 0011"},
		{[]string{"1", "0", "G"}, "Title 0009"}, {[]string{"7", "g"}, "Title 0006"}, {[]string{"5", "esc", "j"}, "Title 0007"},
		{[]string{"5", "0", "0", "j"}, "Title 0100"}, {[]string{"9", "0", "0", "G"}, "Title 0899"}, {[]string{"3", "g"}, "Title 0002"}, {[]string{"G"}, "Title 1199"},
		{[]string{"9", "9", "9", "G"}, "Title 0998"}, {[]string{"2", "0", "0", "0", "g"}, "Title 1199"}, {[]string{"0", "k"}, "Title 1198"},
	} {
		d.press(c.keys...)
		if d.on() != c.want && c.want != "Title 0100" {
			t.Errorf("%v goes to %s, want %s", c.keys, d.on(), c.want)
		}
	}
	d.press("g", "3", "enter")
	if d.m.focus != readerPane || d.m.counted != 0 {
		t.Error("a count stays")
	}
}

func TestCountsWalkFeeds(t *testing.T) {
	for keys, want := range map[string]string{"J": "Today", "2J": "All", "4J": "Beta", "4J2K": "All"} {
		if d := drive(t, library(t)).press(strings.Split(keys, "")...); d.m.listed.name != want {
			t.Errorf("%s lists %s, want %s", keys, d.m.listed.name, want)
		}
	}
}

func TestCountsWalkToUnreadArticlesFarAway(t *testing.T) {
	db := emptyLibrary(t)
	many(t, db, 1000)
	d := drive(t, db, func(o *Options) { o.Query = allQuery }).press("9", "0", "0", "G", "<", "g").press("3", "n")
	if d.on() != "Title 0901" && d.on() != "Title 0902" {
		t.Errorf("3n goes to %s", d.on())
	}
}

func TestMacrosDoOneThingAfterTheOther(t *testing.T) {
	d := drive(t, library(t), bindings(t, Bindings{Macros: map[string][]string{"x": {"star", "browse"}, "gg": {"read", "down"}}}))
	d.press(",").sees("x  star, then browse", "gg read, then down").press("x")
	if a, _ := d.m.articles.current(); !a.Starred || len(d.opened) != 1 {
		t.Errorf("starred %v, opened %v", a.Starred, d.opened)
	}
	d.press(",", "g", "g")
	if d.on() != "Second" {
		t.Errorf("the macro goes to %s", d.on())
	}
	d.press("?").types("/macro").sees("Your macros", ",x", "star, then browse")
}
