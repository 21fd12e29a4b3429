package ui

import (
	"context"
	"math"
	"strings"
	"testing"

	"github.com/lucasb-eyer/go-colorful"
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

// contrast is that of two colours, from 1 to 21, as the Web Content
// Accessibility Guidelines define it.
func contrast(t *testing.T, a, b string) float64 {
	t.Helper()
	light := func(s string) float64 {
		c, err := colorful.Hex(s)
		if err != nil {
			t.Fatalf("%s: %v", s, err)
		}
		r, g, b := c.LinearRgb()
		return 0.2126*r + 0.7152*g + 0.0722*b
	}
	x, y := light(a), light(b)
	return (math.Max(x, y) + 0.05) / (math.Min(x, y) + 0.05)
}

func TestEveryThemeCanBeRead(t *testing.T) {
	themes, _ := allThemes()
	if len(themes) < 9 {
		t.Errorf("there are %d themes", len(themes))
	}
	for _, th := range themes {
		if th.Spoken {
			continue
		}
		paper, text := th.Background, th.Text
		if paper == "" { // as the terminal's
			paper, text = "#101014", "#e0e0e0"
			if !th.Dark {
				paper, text = "#ffffff", "#202020"
			}
		}
		if light := contrast(t, paper, "#000000") > contrast(t, paper, "#ffffff"); light == th.Dark {
			t.Errorf("%s: dark = %t, but the background is %s", th.Name, th.Dark, paper)
		}
		for _, c := range []struct {
			name, ink, paper string
			least            float64
		}{
			{"text", text, paper, 4.5}, {"text on the selection", text, th.Selection, 4},
			{"muted", th.Muted, paper, 3.3}, {"muted on the selection", th.Muted, th.Selection, 2.4}, {"accent", th.Accent, paper, 3.3},
			{"star", th.Star, paper, 3}, {"heading", th.Heading, paper, 3}, {"link", th.Link, paper, 3.3}, {"quote", th.Quote, paper, 3.9},
			{"code", th.Code, th.CodeBlock, 3.3}, {"good", th.Good, paper, 3}, {"bad", th.Bad, paper, 3.3}, {"text on a match", text, th.Match, 4},
		} {
			if got := contrast(t, c.ink, c.paper); got < c.least {
				t.Errorf("%s: %s, %s on %s, has a contrast of %.1f, want %.1f", th.Name, c.name, c.ink, c.paper, got, c.least)
			}
		}
		if th.Selection == th.Unfocused {
			t.Errorf("%s: the cursor looks the same in both panes", th.Name)
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
		{termenv.TrueColor, "\x1b[38;2;131;165;152m", "\x1b[38;2;235;219;178;48;2;80;73;69m", "\x1b[38;2;168;153;131m", "\x1b[38;2;235;219;178;48;2;40;40;40m"},
		{termenv.ANSI256, "\x1b[38;5;108m", "\x1b[38;5;223;48;5;239m", "\x1b[38;5;138m", "\x1b[38;5;223;48;5;235m"},
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
	d.size(30, 14).sees("gruvbox").size(120, 16)
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

func TestAThemeOfTheSettingsIsNotForgotten(t *testing.T) {
	db := library(t)
	d := drive(t, db, colored, func(o *Options) { o.ThemeNamed = true })
	d.press("T", "j", "enter").sees("until you leave")
	if kept, _ := db.Setting(context.Background(), ThemeSetting); kept != "" {
		t.Errorf("kept %q though the settings name a theme", kept)
	}
}
