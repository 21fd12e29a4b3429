package ui

import (
	"fmt"
	"math/rand/v2"
	"os"
	"path/filepath"
	"regexp"
	"strings"
	"sync"
	"testing"
	"unicode"

	"github.com/charmbracelet/x/ansi"
	"github.com/muesli/termenv"
)

func TestRenderedPagesLookRight(t *testing.T) {
	themes := map[string]Theme{"dark": DarkTheme(), "light": LightTheme(), "plain": PlainTheme()}
	pages, err := filepath.Glob("testdata/render/*.md")
	if err != nil || len(pages) == 0 {
		t.Fatal("no pages", err)
	}
	for _, page := range pages {
		source, err := os.ReadFile(page)
		if err != nil {
			t.Fatal(err)
		}
		for name, theme := range themes {
			for _, width := range []int{40, 80} {
				lines := render(t, string(source), width, theme)
				got := spelled.Replace(strings.Join(lines, "\n")) + "\n"
				compareGolden(t, fmt.Sprintf("%s.%s.%d.txt", strings.TrimSuffix(page, ".md"), name, width), got)
			}
		}
	}
}

var spelled = strings.NewReplacer("\x1b", `\e`)

// render renders and checks what holds for every page.
func render(t testing.TB, markdown string, width int, theme Theme) []string {
	t.Helper()
	lines, err := Render(markdown, width, theme)
	if err != nil {
		t.Fatal(err)
	}
	for _, line := range lines {
		if w := ansi.StringWidth(line); w > width {
			t.Fatalf("%d columns in a line of %d: %q\nof %q", w, width, line, markdown)
		}
		if trouble := unsafe(line); trouble != "" {
			t.Fatalf("%s in %q\nof %q", trouble, line, markdown)
		}
	}
	return lines
}

// visible is what a reader sees of lines.
func visible(lines []string) string { return ansi.Strip(strings.Join(lines, "\n")) }

var (
	ourStyle = regexp.MustCompile(`^\x1b\[[0-9;]*m`)
	ourLink  = regexp.MustCompile(`^\x1b\]8;id=[0-9]+;(https?://|gemini://|mailto:)[!-~]+?\x1b\\`)
	linkDone = "\x1b]8;;\x1b\\"
)

// unsafe says what a line holds that it must not, "" if nothing.
func unsafe(line string) string {
	styled, linked := false, false
	for line != "" {
		if seq := ourStyle.FindString(line); seq != "" {
			styled = seq != "\x1b[0m"
			line = line[len(seq):]
			continue
		}
		if seq := ourLink.FindString(line); seq != "" && !strings.Contains(seq[1:len(seq)-2], "\x1b") {
			linked = true
			line = line[len(seq):]
			continue
		}
		if rest, ok := strings.CutPrefix(line, linkDone); ok {
			linked = false
			line = rest
			continue
		}
		r := []rune(line[:min(len(line), 8)])[0]
		if r < ' ' || r >= 0x7f && r < 0xa0 || r >= 0x202a && r <= 0x202e || r >= 0x2066 && r <= 0x2069 || r >= 0xe0000 {
			return fmt.Sprintf("%U", r)
		}
		line = line[len(string(r)):]
	}
	if styled || linked {
		return "a style or link left open"
	}
	return ""
}

// hostile are texts that want to reach the terminal.
var hostile = []string{
	"# h &#27;]0;title&#7;",
	"a &#27;[31m b",
	"`&#27;[31m`",
	"`\x1b[31m`",
	"| a &#27;[31m | b |\n|---|---|\n| &#x1b;]0;x&#7; | `&#27;[31m` |",
	"![&#27;]0;x&#7;](http://a.example/i.png)",
	"~~&**#27;**[31mX~~",
	"<b>&#27;[31m</b>",
	"<div>\n&#27;[31m\x1b[31m\n</div>",
	"raw \u009b31m and \u009d0;t\u009c and \x9b31m",
	"right \u202e to \u2066 left \u200e mark",
	"[x](http://a.example/\x1b]0;t\x07)",
	"[x](<http://a.example/\u009c\u202e>)",
	"[x](http://a.example/&#27;&#10;b)",
	"[x](javascript:alert(1)) [y](file:///etc/passwd) [z](data:text/html,x)",
	"[x](http://a.example/" + strings.Repeat("x", 3000) + ")",
	"<http://a.example/&#27;[31m>",
	"http://a.example/&#27;[31m\x1b\\",
	"```go\nx := \"\x1b[31m&#27;\u009b31m\"\n```",
	"```\x1b]0;t\x07\nx\n```",
	"    \x1b[31mcode\u202e",
	"\U000f0001 \U00100000 \U00100001 \U00100002 \U00100003 private",
	"&#xf0001; &#x100000; &#x100001; private by number",
	"[a][b]\n\n[b]: http://a.example/&#27;\x1b 'title \x1b'",
	strings.Repeat("> ", 60) + "deep",
	strings.Repeat(">", 5000) + "deeper",
	strings.Repeat("> - ", 300) + "deep",
	nestedList(40),
	"\x00\x01\x02\x08\x0b\x0c\r\n\x7f",
	"a\\\x1bb \\\\ \\&amp; \\&#27;",
}

func nestedList(deep int) string {
	var b strings.Builder
	for i := range deep {
		b.WriteString(strings.Repeat("  ", i) + "- item\n")
	}
	return b.String()
}

func TestHostileTextReachesNoTerminal(t *testing.T) {
	for _, source := range hostile {
		for _, width := range []int{1, 2, 7, 40, 80} {
			for _, theme := range []Theme{DarkTheme(), PlainTheme()} {
				for _, line := range render(t, source, width, theme) {
					if strings.Contains(line, "\x1b[31m") || strings.Contains(line, "\x1b]0") {
						t.Errorf("%q comes out as %q", source, line)
					}
				}
			}
		}
	}
}

func TestTextIsShownAsTheAuthorMeantIt(t *testing.T) {
	for source, want := range map[string]string{
		"AT&amp;T":                      "AT&T",
		"`&amp;` and `\\*`":             "`&amp;` and `\\*`",
		"```\n&amp; \\* &#65;\n```":     "  &amp; \\* &#65;",
		"    &lt;b&gt;":                 "  &lt;b&gt;",
		"&amp;amp; \\&amp; &lt;b&gt;":   "&amp; &amp; <b>",
		"\\*not emphasis\\* \\\\ \\a":   "*not emphasis* \\ \\a",
		"&#65;&#x42; &copy; &nosuch;":   "AB © &nosuch;",
		"one&nbsp;two":                  "one two",
		"a  \nb":                        "a\nb",
		"a\nb":                          "a b",
		"a<br>b":                        "a\nb",
		"x <b>bold</b> y":               "x bold y",
		"[text](http://a.example)":      "text",
		"[](http://a.example)":          "http://a.example",
		"<me@a.example>":                "me@a.example",
		"![alt *text*](http://a.ex/b)":  "[image: alt text]",
		"![](http://a.example/b.png)":   "[image]",
		"- [x] done\n- [ ] not":         "☑ done\n☐ not",
		"- a\n  - b\n    - c":           "• a\n  ◦ b\n    • c",
		"9. a\n10. b":                   " 9. a\n10. b",
		"- a\n\n  b\n- c":               "• a\n\n  b\n\n• c",
		"> a\n>\n> > b\n\nc":            "│ a\n│\n│ │ b\n\nc",
		"> - a\n>   b":                  "│ • a b",
		"- > a\n- ":                     "• │ a\n•",
		"a\n\n[r]: http://a.example\n":  "a",
		"```go\n\tx\n\n\ty\n```":        "  ── go\n      x\n\n      y",
		"```text\nx\n```":               "  x",
		"| a | b |\n|---|---|\n| 1 | 2": "a │ b\n──┼──\n1 │ 2",
		"":                              "",
		"&#0;":                          "\ufffd",
	} {
		if got := visible(render(t, source, 60, PlainTheme())); got != want {
			t.Errorf("%q is shown as\n%q, not\n%q", source, got, want)
		}
	}
}

func TestLinksLeadWhereTheySay(t *testing.T) {
	for source, want := range map[string]string{
		"[a](https://a.example/b?c=d&amp;e=f)":  "\x1b]8;id=1;https://a.example/b?c=d&e=f\x1b\\",
		"[a](<http://a.example/b c>)":           "\x1b]8;id=1;http://a.example/b%20c\x1b\\",
		"[a](http://a.example/é)":               "\x1b]8;id=1;http://a.example/%C3%A9\x1b\\",
		"**see [a](mailto:me@a.example)**":      "\x1b]8;id=1;mailto:me@a.example\x1b\\",
		"<gemini://a.example/>":                 "\x1b]8;id=1;gemini://a.example/\x1b\\",
		"www.a.example and me@a.example":        "\x1b]8;id=2;mailto:me@a.example\x1b\\",
		"[`code`](http://a.example/1)":          "\x1b]8;id=1;http://a.example/1\x1b\\",
		"[![alt](http://i.example)](http://a.)": "\x1b]8;id=1;http://a.\x1b\\",
		"| [a](http://a.example) |\n|---|":      "\x1b]8;id=1;http://a.example\x1b\\",
	} {
		if got := strings.Join(render(t, source, 60, DarkTheme()), "\n"); !strings.Contains(got, want) {
			t.Errorf("%q: no %q in %q", source, want, got)
		}
	}
	for _, source := range []string{"[a](javascript:x)", "[a](/relative)", "[a](#here)", "[a](http:)", "[a](http://a.example/" + strings.Repeat("x", 2048) + ")"} {
		if got := strings.Join(render(t, source, 60, DarkTheme()), "\n"); got != "a" {
			t.Errorf("%.40q leads somewhere: %q", source, got)
		}
	}
}

func TestLinkKeepsItsNumberOverLines(t *testing.T) {
	lines := render(t, "[a rather long text of a link](http://a.example)", 10, DarkTheme())
	if len(lines) < 3 {
		t.Fatalf("%q", lines)
	}
	for _, line := range lines {
		if strings.Count(line, "\x1b]8;id=1;http://a.example\x1b\\") != 1 {
			t.Errorf("%q", line)
		}
	}
}

// soup is text of everything that has ever broken a terminal.
func soup(r *rand.Rand, scraps []string) string {
	var b strings.Builder
	for range r.IntN(60) {
		b.WriteString(scraps[r.IntN(len(scraps))])
	}
	return b.String()
}

var (
	words = []string{
		"word ", "a", " ", "longerword", strings.Repeat("x", 50), "naïve ", "日本語", "漢", "。", "「", "」", "、", "한국어 ", "ไทยภาษา", "العربية ", "עברית ",
		"e\u0301", "\u0301", "\u200d", "\ufe0f", "👩‍👩‍👧", "🇩🇪", "🇩", "👍🏽", "1️⃣", "☺️", "\u00a0", "\u200b", "\u3000", "नमस्ते", "ﷺ", "\u0600", "ᄀ", "각", "zalgo\u0335\u0336\u0337 ", "…", "—", "-", "\u00ad",
	}
	signs = []string{
		"\n", "\n\n", "  \n", "# ", "## ", "> ", "- ", "1. ", "- [x] ", "* ", "**", "*", "_", "~~", "`", "```", "```go\n", "    ", "\t", "|", "|---|", "\n|---|---|\n", "---\n", "===\n",
		"[", "](http://a.example/b)", "![", "]", "(", ")", "<", ">", "<b>", "</b>", "<br>", "<div>", "<!--", "&", "&amp;", "&#27;", "&#x9b;", ";", "\\", "!", "http://a.example/", "me@a.example", "[^1]",
		"\x1b[31m", "\x1b]0;t\x07", "\x9b", "\u009b", "\u202e", "\u2066", "\x00", "\x7f", "\r", "\xff", "\U000f0001", "\U00100001", "\U000e0041", "\u2028", "$", "'", "\"",
	}
)

func TestNoLineIsTooWideOrUnsafe(t *testing.T) {
	r := rand.New(rand.NewPCG(1, 2))
	scraps := append(append([]string(nil), words...), signs...)
	themes := []Theme{DarkTheme(), LightTheme(), PlainTheme()}
	for range often(4000) {
		render(t, soup(r, scraps), 1+r.IntN(120), themes[r.IntN(len(themes))])
	}
}

func TestNoLetterIsLost(t *testing.T) {
	letters := func(s string) string {
		return strings.Map(func(r rune) rune {
			if unicode.IsLetter(r) {
				return r
			}
			return -1
		}, s)
	}
	r := rand.New(rand.NewPCG(3, 4))
	for range often(2000) {
		source := soup(r, words)
		width := 2 + r.IntN(100)
		if got := letters(visible(render(t, source, width, DarkTheme()))); got != letters(source) {
			t.Fatalf("%q at %d columns is shown as %q", source, width, got)
		}
	}
}

func TestRenderersAreNotShared(t *testing.T) {
	source := strings.Repeat("Some *text* with a [link](http://a.example) and `code`.\n\n> A quote.\n\n", 5)
	want := visible(render(t, source, 40, DarkTheme()))
	var all sync.WaitGroup
	for range 8 {
		all.Go(func() {
			for range 20 {
				lines, err := Render(source, 40, DarkTheme())
				if err != nil || visible(lines) != want {
					t.Error("two at a time disturb each other", err)
				}
			}
		})
	}
	all.Wait()
}

func TestThemeColoursStayItsOwn(t *testing.T) {
	const source = "```go\nfunc main() {}\n```\n"
	dark := render(t, source, 40, DarkTheme())[0]
	light := render(t, source, 40, LightTheme())[0]
	if dark == light {
		t.Error("code looks alike in dark and light")
	}
	few := DarkTheme()
	few.Profile = termenv.ANSI
	if line := render(t, "# a\n\n`b`\n\n"+source, 40, few); strings.Contains(strings.Join(line, ""), "38;2") {
		t.Errorf("true colour on a terminal of sixteen: %q", line)
	}
}

func TestUnknownColoursAreNoTrouble(t *testing.T) {
	theme := Theme{Text: "mauve", Faint: "#zz", Muted: "-1", Accent: "999", Code: ";31", CodeColors: "none"}
	if got := visible(render(t, "# a\n\n- `b`\n", 20, theme)); got != "a\n─\n\n• b" {
		t.Errorf("%q", got)
	}
}

func TestLongTextIsCutAndSaysSo(t *testing.T) {
	lines := render(t, strings.Repeat("A line of news, one of very many.\n\n", 40000), 80, DarkTheme())
	if last := lines[len(lines)-1]; !strings.Contains(last, "left out") {
		t.Errorf("the last line is %q", last)
	}
}

func TestNoRoomIsAnError(t *testing.T) {
	if _, err := Render("text", 0, DarkTheme()); err == nil {
		t.Error("no error for no columns")
	}
}

// TestEndlessTextEnds is about texts that took readers minutes, or forever.
func TestEndlessTextEnds(t *testing.T) {
	for _, source := range []string{
		strings.Repeat("a", 10_000),
		strings.Repeat("漢", 10_000),
		strings.Repeat("漢字、", 10_000),
		strings.Repeat("word ", 20_000),
		strings.Repeat("*a_", 30_000),
		strings.Repeat("~a~~b", 20_000),
		strings.Repeat("[a](", 20_000),
		strings.Repeat("[", 50_000),
		"a" + strings.Repeat("\u0301", 50_000),
		strings.Repeat("👩\u200d", 10_000),
		strings.Repeat("> ", 10_000) + "x",
		strings.Repeat("1. ", 5_000) + "x",
		strings.Repeat("|a", 20_000) + "|\n" + strings.Repeat("|-", 20_000) + "|\n" + strings.Repeat("|\n", 20_000),
		strings.Repeat("```nosuchlanguage\nx\n```\n\n", 2_000),
	} {
		render(t, source, 60, DarkTheme())
	}
}

func FuzzRender(f *testing.F) {
	for i, source := range hostile {
		f.Add(source, 1+i*7%100)
	}
	pages, _ := filepath.Glob("testdata/render/*.md")
	for _, page := range pages {
		source, _ := os.ReadFile(page)
		f.Add(string(source), 60)
	}
	f.Fuzz(func(t *testing.T, source string, width int) {
		if width < 1 || width > 300 || len(source) > 10_000 {
			return
		}
		render(t, source, width, DarkTheme())
		render(t, source, width, PlainTheme())
	})
}

func TestFootnotesStandAtTheEnd(t *testing.T) {
	lines, err := Render("Said[^a] and done[^b].\n\n[^b]: The second, of which there are so many words that they go on.\n[^a]: The first.\n\nThe last words.", 40, PlainTheme())
	if err != nil {
		t.Fatal(err)
	}
	want := "Said[1] and done[2].\n\nThe last words.\n\n─────────────\n[1] The first.\n[2] The second, of which there are so\n    many words that they go on."
	if got := strings.Join(lines, "\n"); got != want {
		t.Errorf("%s\nwant\n%s", got, want)
	}
}
