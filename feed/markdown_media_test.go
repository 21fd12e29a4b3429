package feed

import "testing"

func TestCodeOfOtherSitesIsLinked(t *testing.T) {
	for source, want := range map[string]string{
		`<script src="http://gist.github.com/50549.js"></script><p>x`:                       "[Code: gist.github.com/50549](https://gist.github.com/50549)\n\nx",
		`<p>x</p><script src="https://gist.github.com/ann/50549.js?file=a.go"></script>`:    "x\n\n[Code: gist.github.com/ann/50549](https://gist.github.com/ann/50549)",
		`<p>x</p><script src="//gitlab.com/-/snippets/7.js"></script>`:                      "x\n\n[Code: gitlab.com/-/snippets/7](https://gitlab.com/-/snippets/7)",
		`<p>x</p><script src="https://pastebin.com/embed_js/tide"></script>`:                "x\n\n[Code: pastebin.com/tide](https://pastebin.com/tide)",
		`<p>x</p><script src="https://gist.github.com/"></script><script>alert(1)</script>`: "x",
		`<script src="https://a.example/a.js"></script><title>t</title><p>x`:                "x",
		`<p>x</p><script src="javascript://gist.github.com/1.js"></script>`:                 "x",
	} {
		got := Markdown(source, "https://a.example/p")
		if got != want {
			t.Errorf("%s\n got %q\nwant %q", source, got, want)
		}
		check(t, got)
	}
}

func TestAFrameOfTheSiteItselfEndsNoArticle(t *testing.T) {
	for source, want := range map[string]string{
		`<p>x</p><iframe src="https://a.example/talk?of=1"></iframe><br>`:      "x",
		`<p>x</p><iframe src="https://a.example/talk?of=1"></iframe><p>y`:      "x\n\n[Embedded: a.example](https://a.example/talk?of=1)\n\ny",
		`<p>x</p><iframe src="https://a.example/player/1"></iframe>`:           "x\n\n[Embedded: a.example](https://a.example/player/1)",
		`<p>x</p><iframe src="https://a.example/talk" title="Tides"></iframe>`: "x\n\n[Embedded: Tides](https://a.example/talk)",
		`<p>x</p><iframe src="https://other.example/talk?of=1"></iframe>`:      "x\n\n[Embedded: other.example](https://other.example/talk?of=1)",
		`<iframe src="https://a.example/talk?of=1"></iframe>`:                  "[Embedded: a.example](https://a.example/talk?of=1)",
	} {
		if got := Markdown(source, "https://sea.a.example/p"); got != want {
			t.Errorf("%s\n got %q\nwant %q", source, got, want)
		}
	}
}

// Whoever has no mouse reads what would be shown under it.
func TestTitlesOfPicturesAreRead(t *testing.T) {
	const src = `src="http://a.example/1.png"`
	const shown = "](http://a.example/1.png"
	for source, want := range map[string]string{
		`<p><img ` + src + ` alt="Comic" title="Nobody saw it"><br>after`:                           "![Comic" + shown + " \"Nobody saw it\")  \n*Nobody saw it*  \nafter",
		`<a href="http://a.example/p"><img ` + src + ` alt="Comic" title="Nobody saw it"></a>`:      "[![Comic" + shown + " \"Nobody saw it\")](http://a.example/p)  \n*Nobody saw it*",
		`<img ` + src + ` title="Nobody saw it">`:                                                   "![Nobody saw it" + shown + ")",
		`<img ` + src + ` alt="Nobody saw it here" title="nobody saw it">`:                          "![Nobody saw it here" + shown + " \"nobody saw it\")",
		`<img ` + src + ` alt="Comic" title="dsc_0123">`:                                            "![Comic" + shown + " \"dsc_0123\")",
		`<p>in <img ` + src + ` alt="Comic" title="Nobody saw it"> words`:                           "in ![Comic" + shown + " \"Nobody saw it\") words",
		`<figure><img ` + src + ` alt="Comic" title="Two boats"><figcaption>Two boats</figcaption>`: "![Comic" + shown + " \"Two boats\")\n\n*Two boats*",
		`<img ` + src + ` alt="Comic" title="a *b* &lt;i&gt;">`:                                     "![Comic" + shown + " \"a \\*b\\* \\<i>\")  \n*a \\*b\\* \\<i>*",
	} {
		got := WithinMarkdown(source, "https://a.example/p")
		if got != want {
			t.Errorf("%s\n got %q\nwant %q", source, got, want)
		}
		check(t, got)
	}
}
