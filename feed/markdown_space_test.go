package feed

import (
	"strings"
	"testing"
)

// A no-break space holds a number and its unit together, or a mark and its word;
// where it only fills a line it is a space like others.
func TestNoBreakSpacesHoldWordsTogether(t *testing.T) {
	for source, want := range map[string]string{
		"<p>10&nbsp;000&nbsp;km</p>":                                  "10\u00a0000\u00a0km",
		"<p>« oui&#8239;»&#8239;!</p>":                                "« oui\u202f»\u202f!",
		"<p>«&nbsp;<em>oui</em>&nbsp;» dit-elle&nbsp;:</p>":           "«\u00a0*oui*\u00a0» dit-elle\u00a0:",
		"<p>«&nbsp;<a href='http://a.example/'>oui</a>&nbsp;»</p>":    "«\u00a0[oui](http://a.example/)\u00a0»",
		"<p>le <a href='http://a.example/'>&nbsp;12&nbsp;mai</a></p>": "le [12\u00a0mai](http://a.example/)",
		"<h2>Pourquoi&nbsp;?</h2>":                                    "## Pourquoi\u00a0?",
		"<p>a<code>b</code>&nbsp;: c</p>":                             "a`b`\u00a0: c",
		"<pre>if&nbsp;x</pre>":                                        "```text\nif x\n```",
		"<p>a <code>if&nbsp;x</code></p>":                             "a `if x`",
		"<p>one</p><p>&nbsp;</p>&nbsp;<div>two&nbsp;</div>":           "one\n\ntwo",
		"<p>&nbsp;&nbsp;&nbsp;one&nbsp; two &nbsp;three</p>":          "one two three",
		"<p>&nbsp;one&nbsp;<br>&nbsp;two&nbsp;</p>":                   "one  \ntwo",
		"<p>one&nbsp;<b>&nbsp;two</b></p>":                            "one **two**",
		"<p>" + strings.Repeat("one&nbsp;", 9) + "two</p>":            strings.Repeat("one ", 9) + "two",
	} {
		got := Markdown(source, "")
		if got != want {
			t.Errorf("%s\n got %q\nwant %q", source, got, want)
		}
		check(t, got)
	}
}

func TestNoBreakSpacesInALine(t *testing.T) {
	for s, want := range map[string]string{
		"\u00a0 10\u00a0000\u00a0\n":  "10\u00a0000",
		"one\u00a0\u00a0two\u202f":    "one two",
		"one \u00a0two":               "one two",
		strings.Repeat("a\u00a0", 20): strings.TrimSpace(strings.Repeat("a ", 20)),
	} {
		if got := Line(s); got != want {
			t.Errorf("%q: %q, want %q", s, got, want)
		}
	}
	if got := Cut("one\u00a0two", 5); got != "one…" {
		t.Errorf("cut to %q", got)
	}
	if got := Text("<p>10&nbsp;000</p>"); got != "10 000" {
		t.Errorf("text to search in: %q", got)
	}
}

// Chinese and Japanese have no spaces between words: a line break there is none.
func TestLineBreaksBetweenIdeographsAreNoSpaces(t *testing.T) {
	for source, want := range map[string]string{
		"<p>吾輩は\n  猫である。\n名前は</p>": "吾輩は猫である。名前は",
		"<p>サーバ \nール\nABC\nです</p>": "サーバール ABC です",
		"<p>한국\n어</p>":             "한국 어",
		"<p>one\ntwo é\nthree</p>": "one two é three",
		"<pre>吾輩は\n猫</pre>":        "```text\n吾輩は\n猫\n```",
	} {
		if got := Markdown(source, ""); got != want {
			t.Errorf("%q\n got %q\nwant %q", source, got, want)
		}
	}
}
