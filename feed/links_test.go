package feed

import "testing"

func TestLinksInHTMLBecomeAbsolute(t *testing.T) {
	at := baseline{"https://a.example/dir/page.html", "https://other.example/"}
	for in, want := range map[string]string{
		`no links`:                               `no links`,
		`<a href="x">x</a>`:                      `<a href="https://a.example/dir/x">x</a>`,
		`<a href=/x>x</a>`:                       `<a href="https://a.example/x">x</a>`,
		`<A HREF = '../x'>x</A>`:                 `<a href="https://a.example/x">x</A>`,
		`<img src="//b.example/i.png">`:          `<img src="https://b.example/i.png">`,
		`<a href="?q=1&amp;r=2">x</a>`:           `<a href="https://a.example/dir/page.html?q=1&amp;r=2">x</a>`,
		`<a href="#note">x</a>`:                  `<a href="#note">x</a>`,
		`<a href="mailto:x@a.example">`:          `<a href="mailto:x@a.example">`,
		`<a href="https://b.example/"x>`:         `<a href="https://b.example/"x>`,
		`<img src="data:image/png;base64">`:      `<img src="data:image/png;base64">`,
		`<img srcset="a.png 1x, b.png 2x">`:      `<img srcset="https://a.example/dir/a.png 1x, https://a.example/dir/b.png 2x">`,
		`a = b, src=x <b title="t">y</b>`:        `a = b, src=x <b title="t">y</b>`,
		`<p title="a>b">1</p><a href="x">`:       `<p title="a>b">1</p><a href="https://a.example/dir/x">`,
		`<pre>a < b &lt; c</pre><i><a href="x">`: `<pre>a < b &lt; c</pre><i><a href="https://a.example/dir/x">`,
	} {
		if got := at.html(in); got != want {
			t.Errorf("%s:\n got %s\nwant %s", in, got, want)
		}
	}
}

func TestAHTMLTextIsTakenForWhatItIs(t *testing.T) {
	for in, want := range map[string]string{
		"<p>x</p>":                      "<p>x</p>",
		"if a < b":                      "if a &lt; b",
		"fish &amp; chips":              "fish &amp; chips",
		"one\n\ntwo":                    "<p>one</p>\n<p>two</p>",
		"&lt;p&gt;x &amp; y&lt;/p&gt;":  "<p>x & y</p>",
		"write &lt;p&gt; for a new one": "write &lt;p&gt; for a new one",
	} {
		if got := asHTML(in); got != want {
			t.Errorf("%q: %q, want %q", in, got, want)
		}
	}
}
