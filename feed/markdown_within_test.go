package feed

import (
	"strings"
	"testing"
)

// The shapes in which the common publishing programs write footnotes, and other
// links within a page.
func TestLinksWithinThePage(t *testing.T) {
	for _, c := range []struct{ about, html, want string }{
		{"Hugo, goldmark", `<p>Said<sup id="fnref:1"><a href="#fn:1" class="footnote-ref" role="doc-noteref">1</a></sup> he.</p>
			<h2 id="n"><a href="#n">Notes</a></h2><div class="footnotes"><ol><li id="fn:1"><p>The note. <a href="#fnref:1">↩︎</a></p></li></ol></div>`,
			"Said[\\[1\\]](https://a.example/p#fn:1) he.\n\n## Notes\n\n1. <a id=\"fn:1\"></a>The note."},
		{"Pandoc", `<p>Said<a href="#fn1" class="footnote-ref" id="fnref1" role="doc-noteref"><sup>1</sup></a></p><ol><li id="fn1"><p>The note.<a href="#fnref1">↩︎</a></p></li></ol>`,
			"Said[\\[1\\]](https://a.example/p#fn1)\n\n1. <a id=\"fn1\"></a>The note."},
		{"Substack", `<p>word<a id="footnote-anchor-1" href="https://a.example/p#footnote-1" class="footnote-anchor">1</a> more</p>
			<div><a id="footnote-1" href="https://a.example/p#footnote-anchor-1">1</a><div><p>The note</p></div></div>`,
			"word[\\[1\\]](https://a.example/p#footnote-1) more\n\n<a id=\"footnote-1\"></a>1\n\nThe note"},
		{"WordPress", `<p>Said<sup data-fn="0b-1" class="fn"><a id="0b-1-link" href="https://a.example/p#0b-1">1</a></sup></p><ol class="wp-block-footnotes"><li id="0b-1">The note <a href="#0b-1-link">↩︎</a></li></ol>`,
			"Said[\\[1\\]](https://a.example/p#0b-1)\n\n1. <a id=\"0b-1\"></a>The note"},
		{"MediaWiki", `<p>x<sup id="cite_ref-1"><a href="#cite_note-1">[1]</a></sup></p><ol><li id="cite_note-1"><span><b><a href="#cite_ref-1">^</a></b></span> <b>Ref</b> text</li></ol>`,
			"x[\\[1\\]](https://a.example/p#cite_note-1)\n\n1. <a id=\"cite_note-1\"></a>**Ref** text"},
		{"under another address", `<p>Said.<sup id="r1"><a href="https://feeds.example/#f1">1</a></sup></p><ol><li id="f1">Note. <a href="https://feeds.example/#r1">↩︎</a></ol>`,
			"Said.[\\[1\\]](https://a.example/p#f1)\n\n1. <a id=\"f1\"></a>Note."},
		{"by hand", `<p>a<sup><a href="#n1" name="r1">1</a></sup></p><p><a name="n1"></a><sup><a href="#r1">1</a></sup> The note.</p>`,
			"a[\\[1\\]](https://a.example/p#n1)\n\n<a id=\"n1\"></a>[1] The note."},
		{"nobody made links of them", "<p>It is[^a] so[^b].</p><p>[^a]: why<br>[^c]: not</p>",
			"It is[\\[^a\\]](https://a.example/p#%5Ea) so[^b].\n\n<a id=\"%5Ea\"></a>[^a\\]: why  \n[^c\\]: not"},
		{"contents", `<ul><li><a href="#one">One</a></li><li><a href="#gone">Gone</a></li></ul><h2 id="one"><code>f()</code></h2>`,
			"- [One](https://a.example/p#one)\n- Gone\n\n## <a id=\"one\"></a>`f()`"},
		{"a place in code", `<p><a href="#one">One</a></p><pre id="one">code</pre>`, "One\n\n```text\ncode\n```"},
		{"hostile names", `<p><a href='#"&gt;&lt;b&gt;'>One</a></p><p id='"&gt;&lt;b&gt;'>two`,
			"[One](https://a.example/p#%22%3E%3Cb%3E)\n\n<a id=\"%22%3E%3Cb%3E\"></a>two"},
		{"a task", `<p><a href="#t">it</a></p><ul><li id="t"><input type=checkbox checked> done`, "[it](https://a.example/p#t)\n\n- [x] <a id=\"t\"></a>done"},
	} {
		got := WithinMarkdown(c.html, "https://a.example/p")
		if got != c.want {
			t.Errorf("%s:\n got %q\nwant %q", c.about, got, c.want)
		}
		for _, address := range readMarkdown(got).addresses {
			if Within(address, "https://a.example/p") == "" || Within(address, "https://a.example/other") != "" {
				t.Errorf("%s: %s leads elsewhere", c.about, address)
			}
		}
		check(t, Markdown(c.html, "https://a.example/p"))
	}
}

// Each of these takes minutes if any step goes through all of it again for each
// link.
func TestManyLinksWithinThePageAreNoTrouble(t *testing.T) {
	for _, source := range []string{
		strings.Repeat("[^", 400_000),
		strings.Repeat("[^a] ", 100_000) + "<p>[^a]: note",
		strings.Repeat(`<a href="#x"><sup>1</sup></a>`, 30_000) + "<p id=x>note",
		strings.Repeat(`<b id="x1">a</b><a href="#x1">b</a>`, 20_000),
	} {
		if WithinMarkdown(source, "https://a.example/p") == "" {
			t.Errorf("%s…: nothing", source[:20])
		}
	}
}

func TestTasksKeepTheirState(t *testing.T) {
	const source = `<ul><li><input type="checkbox" checked disabled> done</li><li><label><input type=checkbox> <p>open</p></label></li>
		<li>words <input type=checkbox> between</li><li><input type=radio checked> no task</li></ul><p><input type=checkbox> a form</p>`
	if got, want := Markdown(source, ""), "- [x] done\n- [ ] open\n- words between\n- no task\n\na form"; got != want {
		t.Errorf("got %q, want %q", got, want)
	}
}

func TestTablesAreAligned(t *testing.T) {
	for source, want := range map[string]string{
		`<tr><th>n<th>v<tr><td>a<td style="color:red; Text-Align : RIGHT !important">1`:             "|---|--:|",
		`<colgroup><col><col align=right></colgroup><tr><th>n<th>v<tr><td>a<td>1`:                   "|---|--:|",
		`<tr style="text-align: right"><th>n<th>v<tr><td>a<td>1`:                                    "|--:|--:|",
		`<tr><th class="has-text-align-center">n<th align=left>v<tr><td>a<td align=right>1`:         "|:-:|--:|",
		`<tr><th>n<th>v<tr><td>a<td style="text-align:right">1<tr><td>b<td>2<tr><td>c<td>3`:         "|---|---|",
		`<tr><th>n<th>v<tr><td style="text-align:\x1b[31m">a<td style="text-align:expression(1)">1`: "|---|---|",
	} {
		got := strings.Split(Markdown("<table>"+source+"</table>", ""), "\n")
		if len(got) < 2 || got[1] != want {
			t.Errorf("%s\n got %q\nwant %q", source, got, want)
		}
	}
}

func TestItemsKeepTheirParagraphs(t *testing.T) {
	for source, want := range map[string]string{
		"<ol><li><p>One</p><p>Two</p></li><li>x<br>y</li></ol>":                       "1. One\n\n   Two\n2. x  \n   y",
		"<ul><li><div>One</div><div>Two</div></li></ul>":                              "- One  \n  Two",
		"<ul><li><p>One</p></li><li><p>Two</p></li></ul>":                             "- One\n- Two",
		"<dl><dt>A<dt>B<dd><p>one<p>two</dl>":                                         "- **A**  \n  **B**  \n  one\n\n  two",
		"<dl><div><dt>A</dt><dd>one</dd></div><div><dt>B</dt><dd>two</dd></div></dl>": "- **A**  \n  one\n- **B**  \n  two",
		"<dl><dd>one<dd>two</dl>":                                                     "- one  \n  two",
		"<ul><li>a<br><br>b<br>c<br> <br><i>d</i> e</li></ul>":                        "- a\n\n  b  \n  c\n\n  *d* e",
		"<ul><li><p>a<br><br>b</p><p>c</p><ul><li>d<br><br></li></ul></li></ul>":      "- a\n\n  b\n\n  c\n\n  - d",
		"<ul><li><br><br>a<br><br><br><p>b</p></li></ul>":                             "- a\n\n  b",
	} {
		if got := Markdown(source, ""); got != want {
			t.Errorf("%s\n got %q\nwant %q", source, got, want)
		}
	}
}

func TestTablesKeepTheirCells(t *testing.T) {
	for source, want := range map[string]string{
		"<tr><th>a<th>b<tr><td><ul><li>x<li>y</ul><td>1":                               "| a | b |\n|---|---|\n| x / y | 1 |",
		"<thead><tr><td>a<td>b</thead><tr><td><p>x<p>y<td>1":                           "| a | b |\n|---|---|\n| x / y | 1 |",
		"<tr><th>a<th>b<tr><td><pre>k = 1\n  l | 2\n</pre><td>1":                       "| a | b |\n|---|---|\n| `k = 1` / `l \\| 2` | 1 |",
		"<caption>c</caption><tr><td>a<td>b<tr><td><ol><li>x</ol><td>1":                "| a | b |\n|---|---|\n| x | 1 |\n\nc",
		"<tr><td>a<td><ul><li>x<li>y</ul><tr><td>b<td>1":                               "a\n\n- x\n- y\n\nb\n\n1",
		"<tr><th>a<th>b<tr><td><ul><li>" + strings.Repeat("tide ", 100) + "</ul><td>1": "a\n\nb\n\n- " + strings.TrimSpace(strings.Repeat("tide ", 100)) + "\n\n1",
	} {
		got := Markdown("<table>"+source+"</table>", "")
		if got != want {
			t.Errorf("%s\n got %q\nwant %q", source, got, want)
		}
		check(t, got)
	}
}

func TestTheSourceOfAQuotationHasALine(t *testing.T) {
	for source, want := range map[string]string{
		"<p>The sea keeps it. <cite>Ann</cite></p>":            "> The sea keeps it.  \n> *Ann*",
		"“The sea keeps it”<cite>Ann</cite>":                   "> “The sea keeps it”  \n> *Ann*",
		"<p>The sea keeps it.<br><cite>Ann</cite></p>":         "> The sea keeps it.  \n> *Ann*",
		"<p>It is all in <cite>The Tide</cite></p>":            "> It is all in *The Tide*",
		"<p>It is.</p><footer>Ann, <cite>Tide</cite></footer>": "> It is.\n>\n> Ann, *Tide*",
		"<cite>Ann</cite>":                                     "> *Ann*",
	} {
		if got := Markdown("<blockquote>"+source+"</blockquote>", ""); got != want {
			t.Errorf("%s\n got %q\nwant %q", source, got, want)
		}
	}
}
