package ui

import (
	"fmt"
	"strings"
	"testing"

	"github.com/alecthomas/chroma/v2"
	colours "github.com/alecthomas/chroma/v2/styles"
	"github.com/lucasb-eyer/go-colorful"
	"github.com/muesli/termenv"
)

// shown is the colour that a look has on the screen.
func shown(t *testing.T, th Theme, look sgr) colorful.Color {
	t.Helper()
	_, text := th.page()
	var r, g, b, n int
	if look.fg == "" {
		return text
	}
	if _, err := fmt.Sscanf(look.fg, "38;2;%d;%d;%d", &r, &g, &b); err == nil {
		return colorful.Color{R: float64(r) / 255, G: float64(g) / 255, B: float64(b) / 255}
	}
	if _, err := fmt.Sscanf(look.fg, "38;5;%d", &n); err != nil {
		t.Fatalf("%s: the colour is %q", th.Name, look.fg)
	}
	return termenv.ConvertToRGB(termenv.ANSI256Color(n))
}

// codeCanBeRead checks the colours of all there is in code.
func codeCanBeRead(t *testing.T, th Theme) {
	t.Helper()
	paper, _ := th.page()
	for kind := range chroma.StandardTypes {
		least := 4.5
		if kind.InCategory(chroma.Comment) {
			least = 3.5
		}
		if got := contrast(shown(t, th, th.codeLook(kind)), paper); got < least {
			t.Errorf("%s, profile %d: %s has a contrast of %.2f, want %.1f", th.Name, th.Profile, kind, got, least)
		}
	}
}

func TestCodeCanBeReadInEveryTheme(t *testing.T) {
	themes, _ := allThemes()
	for _, th := range themes {
		if !th.Spoken {
			codeCanBeRead(t, th)
			codeCanBeRead(t, th.On(termenv.ANSI256))
		}
	}
}

// TestCodeCanBeReadInThemesOfTheReader tries every style on pages that it was
// not made for.
func TestCodeCanBeReadInThemesOfTheReader(t *testing.T) {
	for _, page := range []string{"dark = true", "dark = false", "dark = true\nbackground = \"#3b3b4f\"\ntext = \"254\"", "dark = false\nbackground = \"230\"\ntext = \"#333333\""} {
		for _, style := range colours.Names() {
			th, err := ReadTheme("mine", "mine.toml", []byte(page+"\ncode-colors = \""+style+"\"\n"))
			if err != nil {
				t.Fatal(err)
			}
			th.Name = style + " on " + page
			codeCanBeRead(t, th)
		}
	}
}

func TestAColourThatCanBeReadStaysAsItIs(t *testing.T) {
	lines, err := Render("```go\n// why\nreturn \"x\"\n```", 40, DarkTheme())
	got := strings.Join(lines, "\n")
	if err != nil || !strings.Contains(got, "38;2;230;219;116m") {
		t.Errorf("the string has not monokai's colour, or %v: %q", err, got)
	}
	if strings.Contains(got, "38;2;117;113;94m") {
		t.Errorf("the comment has monokai's own colour, which is too dark: %q", got)
	}
}
