package feed

import (
	"bytes"
	"html"
	"strings"
	"testing"

	"github.com/yuin/goldmark"
	"github.com/yuin/goldmark/extension"
)

func TestEscapeMarkdownShowsTextAsItStands(t *testing.T) {
	md := goldmark.New(goldmark.WithExtensions(extension.GFM))
	for _, text := range []string{
		"plain words", "# of boats", "C #", "1. first", "1914) was", "- bread", "+ salt", "* star", "*emphasis* and **more**", "_a_ __b__ a_b_c",
		"`code`", "[a](https://evil.example/)", "a](https://evil.example/) b", "![x](y)", "<b>bold</b>", "<https://a.example/>", "&amp; &lt; &#27;[31m &copy",
		"> quoted", "---", "===", "***", "___", "~~~", "~~gone~~", "| a | b |", `back\slash \*`, "a  b", "AT&T", "100 % & more", "Q: 1 < 2?", "#hashtag", "日本_語_", "12:30 - 13:00",
	} {
		for _, frame := range []string{"%", "# %", "> %", "[%](<https://a.example/>)"} {
			var out bytes.Buffer
			if err := md.Convert([]byte(strings.Replace(frame, "%", EscapeMarkdown(text), 1)), &out); err != nil {
				t.Fatal(err)
			}
			if got, want := shown(out.String()), strings.Join(strings.Fields(text), " "); got != want {
				t.Errorf("%q in %q shows %q: %s", text, frame, got, out.String())
			}
		}
	}
}

// shown is the text of an HTML fragment with all its tags gone.
func shown(fragment string) string {
	var b strings.Builder
	for part := range strings.SplitSeq(fragment, "<") {
		_, text, ok := strings.Cut(part, ">")
		if ok {
			b.WriteString(text)
		}
	}
	return strings.Join(strings.Fields(html.UnescapeString(b.String())), " ")
}
