package ui

import (
	"slices"
	"strings"
	"testing"
)

func TestLinesBreakWhereReadersExpect(t *testing.T) {
	for _, c := range []struct {
		what, source string
		width        int
		want         string
	}{
		{"between words", "one two three", 8, "one two|three"},
		{"exactly full", "four four", 9, "four four"},
		{"long words anywhere", "a abcdefghij", 4, "a|abcd|efgh|ij"},
		{"after hyphens", "well-known-word", 11, "well-known-|word"},
		{"not in numbers", "1990-2000 -5", 6, "1990-2|000 -5"},
		{"long addresses at slashes", "see x.example/aaa/bbb now", 16, "see x.example/|aaa/bbb now"},
		{"no address that fits", "see x.example/aaa/bbb now", 18, "see|x.example/aaa/bbb|now"},
		{"not at hard spaces", "one two&nbsp;three", 9, "one|two three"},
		{"before no punctuation", "word ! next", 5, "word|!|next"},
		{"between Chinese", "漢字漢字漢字", 7, "漢字漢|字漢字"},
		{"no full stop first", "漢字漢字。漢", 8, "漢字漢|字。漢"},
		{"no bracket last", "漢字漢「漢字」", 8, "漢字漢|「漢字」"},
		{"Korean between words", "한국어 문장", 8, "한국어|문장"},
		{"mixed", "漢字word漢字", 7, "漢字|word漢|字"},
		{"nothing to break at", "。。。。。。", 4, "。。|。。|。。"},
		{"accents stay on letters", strings.Repeat("e\u0301", 5), 2, "e\u0301e\u0301|e\u0301e\u0301|e\u0301"},
		{"families stay together", "👩‍👩‍👧👩‍👩‍👧👩‍👩‍👧", 5, "👩‍👩‍👧👩‍👩‍👧|👩‍👩‍👧"},
		{"flags stay whole", "🇩🇪🇫🇷🇮🇹", 3, "🇩🇪|🇫🇷|🇮🇹"},
		{"too wide for the screen", "漢a", 1, "?|a"},
		{"accent without a letter", "- \u0301x", 10, "• x"},
		{"items hang", "- one two three", 9, "• one two|  three"},
		{"numbers hang", "10. one two three", 11, "10. one two|    three"},
		{"tasks hang", "- [ ] one two three", 9, "☐ one two|  three"},
		{"bars repeat", "> one two three", 9, "│ one two|│ three"},
		{"bars of quotes in quotes", "> > one two three", 11, "│ │ one two|│ │ three"},
		{"code is cut", "```\nabcdefghijklmn\n```", 10, "abcdefghij|↪ klmn"},
		{"code leaves no sign alone", "```\nabcdefghijk\n```", 10, "abcdefg|↪ hijk"},
		{"code is cut between words", "```\nabcdef   ghij klmnop\n```", 10, "abcdef|↪ ghij|↪ klmnop"},
		{"code is full before a far gap", "```\na bcdefghijklmnop\n```", 10, "a bcdefghi|↪ jklmnop"},
		{"code keeps its spaces", "```\na  b   c\n  d\n```", 30, "  a  b   c|    d"},
		{"no room for margins", "> > > > a b", 4, "│ a|│ b"},
	} {
		got := strings.ReplaceAll(visible(render(t, c.source, c.width, PlainTheme())), "\n", "|")
		if got != c.want {
			t.Errorf("%s: %q at %d columns is\n%q, not\n%q", c.what, c.source, c.width, got, c.want)
		}
	}
}

func TestStylesAreClosedAtTheEndOfLines(t *testing.T) {
	got := render(t, "**one two** three", 5, DarkTheme())
	want := []string{"\x1b[1mone\x1b[0m", "\x1b[1mtwo\x1b[0m", "three"}
	if !slices.Equal(got, want) {
		t.Errorf("%q", got)
	}
}

func TestTablesFitTheScreen(t *testing.T) {
	const source = "| Tea | Origin | Taste |\n|:--|:-:|--:|\n| Sencha | 日本 | grassy, a little like the smell of a summer evening |\n| Assam | India | malty |\n"
	for _, c := range []struct {
		width int
		want  string
	}{
		{76, `
Tea    │ Origin │                                               Taste
───────┼────────┼────────────────────────────────────────────────────
Sencha │  日本  │ grassy, a little like the smell of a summer evening
Assam  │ India  │                                               malty
`},
		{40, `
Tea    │ Origin │                  Taste
───────┼────────┼───────────────────────
Sencha │  日本  │  grassy, a little like
       │        │  the smell of a summer
       │        │                evening
Assam  │ India  │                  malty
`},
		{20, `
Tea: Sencha
Origin: 日本
Taste: grassy, a
little like the
smell of a summer
evening

Tea: Assam
Origin: India
Taste: malty
`},
	} {
		got := visible(render(t, source, c.width, PlainTheme()))
		if got != strings.Trim(c.want, "\n") {
			t.Errorf("at %d columns:\n%s", c.width, got)
		}
	}
}
