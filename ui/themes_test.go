package ui

import (
	"context"
	"math"
	"strings"
	"testing"

	"github.com/muesli/termenv"
)

// allThemes are those that come with the program.
func allThemes() (themes []Theme, trouble []error) {
	for _, name := range ThemeNames() {
		t, _ := BuiltInTheme(name)
		themes = append(themes, t)
	}
	return append(themes, SpokenTheme()), nil
}

// contrastOf is the contrast of two colours as a Theme has them.
func contrastOf(t *testing.T, a, b string) float64 {
	t.Helper()
	x, isColor := rgb(a)
	y, isToo := rgb(b)
	if !isColor || !isToo {
		t.Fatalf("%q and %q are to be colours", a, b)
	}
	return contrast(x, y)
}

func TestContrastIsThatOfTheGuidelines(t *testing.T) {
	for _, c := range []struct {
		a, b string
		want float64
	}{
		{"#000000", "#ffffff", 21}, {"#ffffff", "#000000", 21}, {"#777777", "#ffffff", 4.48}, {"#ff0000", "#ffffff", 4.00}, {"#123456", "#123456", 1}, {"231", "16", 21},
	} {
		if got := contrastOf(t, c.a, c.b); math.Abs(got-c.want) > 0.005 {
			t.Errorf("%s on %s: %.3f, want %.2f", c.a, c.b, got, c.want)
		}
	}
}

// TestEveryThemeCanBeRead asks of every colour what the text in it needs
// wherever it stands, and of backgrounds that one sees where they end.
func TestEveryThemeCanBeRead(t *testing.T) {
	themes, _ := allThemes()
	if len(themes) < 9 {
		t.Errorf("there are %d themes", len(themes))
	}
	for _, th := range themes {
		if th.Spoken {
			continue
		}
		onPage, inText := th.page()
		paper, text := onPage.Hex(), inText.Hex()
		if light := contrastOf(t, paper, "#000000") > contrastOf(t, paper, "#ffffff"); light == th.Dark {
			t.Errorf("%s: dark = %t, but the background is %s", th.Name, th.Dark, paper)
		}
		papers := map[string]string{"page": paper, "code": th.CodeBlock, "selection": th.Selection, "unfocused": th.Unfocused, "match": th.Match}
		for _, c := range []struct {
			name, ink string
			least     map[string]float64
		}{
			{"text", text, map[string]float64{"page": 4.5, "selection": 4.5, "unfocused": 4.5, "match": 4.5}},
			{"muted", th.Muted, map[string]float64{"page": 4.5, "selection": 3, "unfocused": 3, "match": 3}},
			{"accent", th.Accent, map[string]float64{"page": 4.5, "selection": 3, "unfocused": 3, "match": 3}},
			{"star", th.Star, map[string]float64{"page": 4.5, "selection": 3, "unfocused": 3}},
			{"bad", th.Bad, map[string]float64{"page": 4.5, "selection": 3, "unfocused": 3}},
			{"good", th.Good, map[string]float64{"page": 4.5}},
			{"heading", th.Heading, map[string]float64{"page": 4.5, "match": 3}},
			{"link", th.Link, map[string]float64{"page": 4.5, "match": 3}},
			{"quote", th.Quote, map[string]float64{"page": 4.5, "match": 3}},
			{"code", th.Code, map[string]float64{"code": 4.5, "match": 3}},
			{"faint", th.Faint, map[string]float64{"page": 1.8}},
			{"selection", th.Selection, map[string]float64{"page": 1.3, "unfocused": 1.1}},
			{"unfocused", th.Unfocused, map[string]float64{"page": 1.1}},
			{"match", th.Match, map[string]float64{"page": 1.3, "selection": 1.3, "unfocused": 1.3}},
		} {
			for on, least := range c.least {
				if got := contrastOf(t, c.ink, papers[on]); got < least {
					t.Errorf("%s: %s, %s on %s, %s, has a contrast of %.2f, want %.1f", th.Name, c.name, c.ink, on, papers[on], got, least)
				}
			}
		}
	}
}

func TestAThemeStartsFromOurs(t *testing.T) {
	got, err := ReadTheme("mine", "mine.toml", []byte("dark = false\naccent = \"#ff0000\"\nstar = \"3\"\n"))
	want := LightTheme()
	want.Name, want.Accent, want.Star = "mine", "#ff0000", "3"
	if err != nil || got != want {
		t.Errorf("%+v, %v\nwant %+v", got, err, want)
	}
}

func TestWhatIsWrongInAThemeIsPointedAt(t *testing.T) {
	for _, c := range []struct{ text, want string }{
		{"dark = true\naccnt = \"#ff0000\"\n", "t.toml:2:1: a theme has no colour accnt; it has background, text, muted,"},
		{"dark = true\naccent = \"red\"\n", `t.toml:2:10: accent is a colour: "#rrggbb", a number`},
		{"star = \"256\"\n", `t.toml:1:8: star is a colour:`},
		{"star = 3\n", `t.toml:1:8: star is a colour:`},
		{"dark = \"yes\"\n", `t.toml:1:8: dark is true or false`},
		{"code-colors = \"nothing\"\n", `t.toml:1:15: code-colors is the name of a style of chroma`},
		{"dark = \n", "t.toml:1:"},
	} {
		_, err := ReadTheme("t", "t.toml", []byte(c.text))
		if err == nil || !strings.HasPrefix(err.Error(), c.want) {
			t.Errorf("%q: %v\nwant %s …", c.text, err, c.want)
		}
	}
}

// TestThemesSuitTheTerminal looks at the sequences a theme makes for terminals
// of more or fewer colours.
func TestThemesSuitTheTerminal(t *testing.T) {
	for _, c := range []struct {
		profile       termenv.Profile
		accent, on    string
		muted, screen string
	}{
		{termenv.TrueColor, "\x1b[38;2;138;172;159m", "\x1b[38;2;235;219;178;48;2;70;65;62m", "\x1b[38;2;177;162;141m", "\x1b[38;2;235;219;178;48;2;40;40;40m"},
		{termenv.ANSI256, "\x1b[38;5;109m", "\x1b[38;5;223;48;5;238m", "\x1b[38;5;144m", "\x1b[38;5;223;48;5;235m"},
		{termenv.ANSI, "\x1b[94m", reversed, "\x1b[90m", ""},
		{termenv.Ascii, "", reversed, "", ""},
	} {
		th, _ := BuiltInTheme("gruvbox")
		s := newStyles(th.On(c.profile))
		got := []string{s.key.begin, s.row[rowSelected].text.begin, s.muted.begin, s.screen}
		want := []string{c.accent, c.on, c.muted, c.screen}
		for i := range want {
			if got[i] != want[i] {
				t.Errorf("profile %d: %q, want %q", c.profile, got, want)
				break
			}
		}
	}
}

func TestAThemeIsChosenWhileOneSeesIt(t *testing.T) {
	db := library(t)
	d := drive(t, db, colored, func(o *Options) { o.Follow = true })
	d.press("T").sees("Theme", "auto", "gruvbox", "First", "Enter opens it").golden("themes-120x16")
	d.size(60, 20).sees("First", "─ Theme ─", "light").golden("themes-60x20").size(30, 14).sees("light").size(100, 16).sees("gruvbox").size(120, 16)
	for d.m.o.Theme.Name != "nord" {
		d.press("j")
	}
	if d.m.o.Theme.Name != "nord" || !strings.Contains(d.m.View(), "48;2;46;52;64") {
		t.Errorf("the screen is drawn in %s", d.m.o.Theme.Name)
	}
	d.press("esc").lacks("gruvbox")
	if d.m.o.Theme != DarkTheme() || !d.m.o.Follow {
		t.Errorf("after Esc the screen is drawn in %s", d.m.o.Theme.Name)
	}
	d.press("T", "j", "j", "enter")
	kept, err := db.Setting(context.Background(), ThemeSetting)
	if d.m.o.Theme.Name != "light" || d.m.o.Follow || kept != "light" || err != nil {
		t.Errorf("chosen %s, kept %q, %v", d.m.o.Theme.Name, kept, err)
	}
	d.send(backgroundMsg{dark: true})
	if d.m.o.Theme.Name != "light" {
		t.Error("a theme that was chosen follows the terminal")
	}
	d.press("T", "g", "enter")
	kept, _ = db.Setting(context.Background(), ThemeSetting)
	if d.m.o.Theme.Name != "dark" || !d.m.o.Follow || kept != "" {
		t.Errorf("auto: drawn in %s, kept %q", d.m.o.Theme.Name, kept)
	}
}

// TestTheThemesFitOnEveryScreen has the list drawn on screens that have hardly
// any room for it, and finds the theme under the cursor wherever a line is left.
func TestTheThemesFitOnEveryScreen(t *testing.T) {
	d := drive(t, library(t), colored)
	d.press("T", "j")
	for _, w := range []int{1, 10, 24, 60, 90, 110, 200} {
		for _, h := range []int{1, 2, 3, 4, 5, 8, 16, 17, 40} {
			lines := strings.Split(d.size(w, h).m.View(), "\n")
			if len(lines) != h {
				t.Errorf("%dx%d: %d lines", w, h, len(lines))
			}
			for _, l := range lines {
				if width(l) > w {
					t.Errorf("%dx%d: a line of %d cells", w, h, width(l))
				}
			}
			if w > 9 && h > 1 {
				d.sees("› light")
			}
		}
	}
}

func TestAThemeOfTheSettingsIsNotForgotten(t *testing.T) {
	db := library(t)
	d := drive(t, db, colored, func(o *Options) { o.ThemeNamed = true })
	d.press("T", "j", "enter").sees("until you leave")
	if kept, _ := db.Setting(context.Background(), ThemeSetting); kept != "" {
		t.Errorf("kept %q though the settings name a theme", kept)
	}
}

func TestTheListOfThemesCoversAPane(t *testing.T) {
	for _, w := range []int{90, 100, 109} {
		d := drive(t, library(t)).size(w, 16)
		d.press("T").sees("Theme", "auto", "First", "Enter opens it").lacks("2h")
	}
}
