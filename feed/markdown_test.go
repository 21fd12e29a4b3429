package feed

import (
	"os"
	"path/filepath"
	"regexp"
	"strings"
	"testing"
	"unicode"

	"github.com/mmcdole/gofeed"
	"github.com/yuin/goldmark"
	"github.com/yuin/goldmark/ast"
	"github.com/yuin/goldmark/extension"
	"github.com/yuin/goldmark/text"
	"github.com/yuin/goldmark/util"
)

// pandoc reads markdown as a pipe's other end would.
var pandoc = goldmark.New(goldmark.WithExtensions(extension.Table, extension.Strikethrough, extension.TaskList))

// read is what a reader of markdown gets to see: the words, and apart from them
// titles and addresses, all decoded.
type reading struct {
	words     strings.Builder
	addresses []string
	titles    []string
	raw       []string // raw HTML
}

func readMarkdown(markdown string) *reading {
	source := []byte(markdown)
	doc := pandoc.Parser().Parse(text.NewReader(source))
	r := &reading{}
	decode := func(b []byte) string {
		return string(util.ResolveEntityNames(util.ResolveNumericReferences(util.UnescapePunctuations(b))))
	}
	_ = ast.Walk(doc, func(n ast.Node, entering bool) (ast.WalkStatus, error) {
		if !entering {
			return ast.WalkContinue, nil
		}
		if n.Type() == ast.TypeBlock {
			r.words.WriteByte('\n')
		}
		switch n := n.(type) {
		case *ast.Text:
			b := n.Segment.Value(source)
			if _, code := n.Parent().(*ast.CodeSpan); code || n.IsRaw() {
				r.words.Write(b)
			} else {
				r.words.WriteString(decode(b))
			}
			if n.SoftLineBreak() || n.HardLineBreak() {
				r.words.WriteByte('\n')
			}
		case *ast.String:
			r.words.Write(n.Value)
		case *ast.FencedCodeBlock, *ast.CodeBlock:
			for i := range n.Lines().Len() {
				line := n.Lines().At(i)
				r.words.Write(line.Value(source))
			}
		case *ast.Link:
			r.addresses = append(r.addresses, decode(n.Destination))
			r.titles = append(r.titles, decode(n.Title))
		case *ast.Image:
			r.addresses = append(r.addresses, decode(n.Destination))
			r.titles = append(r.titles, decode(n.Title))
		case *ast.RawHTML:
			for i := range n.Segments.Len() {
				segment := n.Segments.At(i)
				r.raw = append(r.raw, string(segment.Value(source)))
			}
		case *ast.HTMLBlock:
			r.raw = append(r.raw, "block")
		}
		return ast.WalkContinue, nil
	})
	return r
}

// check tells what is wrong with markdown, whatever it was made of.
func check(t *testing.T, markdown string) *reading {
	t.Helper()
	if markdown != Safe(markdown) {
		t.Errorf("not safe: %q", Cut(markdown, 300))
	}
	r := readMarkdown(markdown)
	if s := r.words.String(); s != Safe(s) {
		t.Errorf("its words are not safe: %q", Cut(s, 300))
	}
	for _, s := range append(r.addresses, r.titles...) {
		if s != Line(s) && s != Safe(s) {
			t.Errorf("an address or title is not safe: %q", s)
		}
	}
	for _, a := range r.addresses {
		if !regexp.MustCompile(`^(https?|ftp|gemini|gopher)://[^\s]+$|^mailto:`).MatchString(a) {
			t.Errorf("an address that nobody should follow: %q", a)
		}
	}
	if len(r.raw) > 0 {
		t.Errorf("raw HTML: %q", r.raw)
	}
	return r
}

func TestMarkdown(t *testing.T) {
	files, err := filepath.Glob("testdata/markdown/*.html")
	if err != nil || len(files) == 0 {
		t.Fatal("no golden files", err)
	}
	for _, file := range files {
		t.Run(strings.TrimSuffix(filepath.Base(file), ".html"), func(t *testing.T) {
			source, err := os.ReadFile(file)
			if err != nil {
				t.Fatal(err)
			}
			got := Markdown(string(source), "https://paper.example/2026/11/post/?p=1") + "\n"
			check(t, got)
			golden := strings.TrimSuffix(file, ".html") + ".md"
			if *update {
				if err := os.WriteFile(golden, []byte(got), 0o644); err != nil {
					t.Fatal(err)
				}
			}
			want, err := os.ReadFile(golden)
			if err != nil {
				t.Fatal(err)
			}
			if got != string(want) {
				t.Errorf("got\n%s\nwant\n%s", got, want)
			}
		})
	}
}

// Every item of the corpus becomes markdown in which all the words are that the
// plain text has.
func TestMarkdownOfCorpus(t *testing.T) {
	root := "../../shared/corpus/feeds"
	if _, err := os.Stat(root); err != nil {
		t.Skip("no corpus")
	}
	items, lost := 0, 0
	err := filepath.WalkDir(root, func(path string, d os.DirEntry, err error) error {
		if err != nil || d.IsDir() {
			return err
		}
		body, err := os.ReadFile(path)
		if err != nil {
			return err
		}
		doc, err := gofeed.NewParser().ParseString(string(body))
		if err != nil {
			return nil
		}
		for _, item := range doc.Items {
			for _, source := range []string{item.Content, item.Description} {
				if source == "" {
					continue
				}
				items++
				markdown := Markdown(source, item.Link)
				r := check(t, markdown)
				within := readMarkdown(WithinMarkdown(source, item.Link)).words.String()
				for line := range strings.SplitSeq(r.words.String(), "\n") {
					if !strings.Contains(within, line) {
						t.Errorf("our own reader does not read %q", line)
					}
				}
				if missing := missingWords(source, r.words.String()); missing != "" {
					lost++
					t.Logf("%s: %q: lost %s", filepath.Base(path), Cut(item.Title, 40), Cut(missing, 200))
				}
				if t.Failed() {
					t.Logf("%s: %q", path, item.Title)
					return filepath.SkipAll
				}
			}
		}
		return nil
	})
	if err != nil {
		t.Fatal(err)
	}
	t.Logf("%d texts, %d of them with words lost", items, lost)
}

// missingWords are the words of an HTML text that a reading has not.
func missingWords(source, reading string) string {
	split := func(s string) []string {
		return strings.FieldsFunc(s, func(r rune) bool { return !unicode.IsLetter(r) && !unicode.IsDigit(r) })
	}
	there := map[string]int{}
	for _, w := range split(reading) {
		there[w]++
	}
	var missing []string
	for _, w := range split(Text(source)) {
		if there[w] == 0 {
			missing = append(missing, w)
			continue
		}
		there[w]--
	}
	return strings.Join(missing, " ")
}

// What a page could do to the terminal of its reader.
func TestMarkdownIsHarmless(t *testing.T) {
	for _, payload := range []string{
		"\x1b[31m", "&#27;[31m", "&#x1b;[31m", "&#27[31m", "&amp;#27;[31m", "&amp;#x1b;[31m", "&amp;#27[31m", "&amp;amp;#27;[31m",
		"&<b>#27;</b>[31m", "&amp;<b>#27;</b>[31m", "&amp;#<i>27;</i>[31m", "&amp;<br>#27;[31m", "&amp;#2<!-- -->7;[31m",
		"\u009b31m", "&#155;31m", "&amp;#155;31m", "&amp;#x9b;31m", "&amp;#128;", "&amp;#0;", "&amp;#x202e;abc", "\u202eabc", "&#x202e;abc",
		"&amp;NewLine;&amp;Tab;", "\ufdd1x\ufdd2script\ufdd3", "\a\b", "&amp;#7;", "&amp;#x85;",
		"](http://a.example) [x", `" onload="x`, "`&amp;#27;`", "\\&amp;#27;", "\\", "<>", "&lt;script&gt;alert(1)&lt;/script&gt;",
		"&lt;http://a.example&gt;", "&lt;!-- x --&gt;", "&lt;?php ?&gt;", "~~~", "```", "| a |", "![x](file:///etc/passwd)",
	} {
		for _, place := range []string{
			"%", "<p>%</p>", "<code>%</code>", "<pre>%</pre>", "<pre><code class='language-%'>%</code></pre>",
			`<a href="http://a.example/%" title="%">%</a>`, `<img src="http://a.example/%" alt="%" title="%">`,
			"<h2>%</h2>", "<ul><li>%</ul>", "<table><tr><th>%<th>b</tr><tr><td>%<td><code>%</code></tr></table>",
			"<s>%</s>", "<b>%</b>x<i>%</i>", "<blockquote>%<pre>%</pre></blockquote>", `<iframe src="http://a.example/%" title="%"></iframe>`,
			"<sup>%</sup>", "<q>%</q>", "<dl><dt>%<dd>%</dl>", "<details><summary>%</summary>%</details>", "a%<br>%",
			`<p>%<a href="http://a.example/">%</a>%</p>`, `<a href="%">x</a>`, `<img src="%" alt=x>`,
		} {
			source := strings.ReplaceAll(place, "%", payload)
			r := check(t, Markdown(source, ""))
			if missing := missingWords(source, r.words.String()); missing != "" && !strings.Contains(place, "src=") {
				t.Errorf("lost %q", missing)
			}
			if t.Failed() {
				t.Fatalf("%q\n%s", source, Markdown(source, ""))
			}
		}
	}
}

// No page is too odd, too deep or too long.
func TestMarkdownTakesAnything(t *testing.T) {
	for _, part := range []string{
		"[", "[a ", "]", "[a](", "![", "<a href=http://a.example>", "<a href=http://a.example>x</a>", "*", "*a_", "_", "`", "`a", "~~a", "<", "&", "&#27;", "\\", "|", "a|b<br>",
		"<b>", "<b>a<i>", "<div>", "<div>a", "<ul><li>", "<ul><li>a", "<li>a", "<ol><li>a</ol>", "<ul><li>a</ul>", "<blockquote>", "<blockquote>a", "<table><tr><td>", "<table><tr><td>a",
		"<table><tr><td>a<td>b<tr><td>c<td>d</table>", "<tr><td>", "<td colspan=1000000 rowspan=1000000>a", "<p>a", "<p>", "<br>", "a<br>", "<pre>", "<pre>`", "<code>`", "<h1>a", "<sup>", "<q>",
		"<img src=http://a.example/a.png>", "<video src=http://a.example/>", "<noscript><img>", "<noscript>", "<details><summary>a", "<dl><dt>a<dd>b", "<form>", "<svg>", "<math>", "<select>", "<template>", "\x00", "\xff", "a\u0301", "中", "</p>", "<del>a", "a <b>b</b>c",
	} {
		markdown := Markdown(strings.Repeat(part, 100_000/len(part)), "http://a.example/x")
		check(t, markdown)
		if t.Failed() {
			t.Fatalf("%q became %q", part, Cut(markdown, 100))
		}
	}
}

func TestMarkdownSaysWhatIsCut(t *testing.T) {
	const note = "*(cut: the article is longer than newsterm shows)*"
	for name, source := range map[string]string{
		"too many bytes":  "<p>first</p>" + strings.Repeat("<p>"+strings.Repeat("many words ", 1000)+"</p>", 100),
		"too many pieces": "<p>first</p>" + strings.Repeat("<p>more", 2*maxPieces),
		"too deep":        strings.Repeat("<div>", 600) + "first" + strings.Repeat(" many words", MaxHTML/10),
	} {
		got := Markdown(source, "")
		if !strings.HasPrefix(got, "first") || !strings.HasSuffix(got, "\n\n"+note) {
			t.Errorf("%s: begins %q, ends %q", name, got[:20], got[max(len(got)-100, 0):])
		}
	}
	if got := Markdown(strings.Repeat("<p>enough</p>", 1000), ""); strings.Contains(got, "cut:") {
		t.Error("cut without need")
	}
}

func TestMarkdownOfWhatIsTooDeepIsItsWords(t *testing.T) {
	source := strings.Repeat("<div>", 600) + "<p>1. one &amp;amp; <b>two</b></p><p># three</p>"
	if got, want := Markdown(source, ""), "1\\. one &amp;amp; two\n\n\\# three"; got != want {
		t.Errorf("got %q, want %q", got, want)
	}
}

func TestMarkdownOfNothingButFormsIsTheirWords(t *testing.T) {
	for _, tag := range []string{"form", "button", "select"} {
		source := strings.Repeat("<"+tag+">", 20) + "words of the article" + strings.Repeat("</"+tag+">", 20)
		if got := Markdown(source, ""); got != "words of the article" {
			t.Errorf("%s: %q", tag, got)
		}
	}
}

func TestMarkdownAddresses(t *testing.T) {
	for _, c := range []struct{ base, html, want string }{
		{"", `<a href="/x">relative</a> <a href="http://a.example/x">absolute</a>`, "relative [absolute](http://a.example/x)"},
		{"/post", `<a href="x">relative</a><img src="y.png" alt="y">`, "relative"},
		{":::", `<a href="x">relative</a>`, "relative"},
		{"https://a.example/b/c", `<a href="../d?q=1#e">up</a>`, "[up](https://a.example/d?q=1#e)"},
		{"https://a.example/b", `<a href="https://a.example/b#note">here</a>`, "here"},
		{"https://a.example/b", `said<sup><a href="#n1">1</a></sup> <a href="#s1">↩︎</a>`, "said[1]"},
		{"https://a.example/b", `<a href="?p=2">next</a>`, "[next](https://a.example/b?p=2)"},
		{"https://a.example/b", "<a href=' /new\nline '>line</a>", "[line](https://a.example/newline)"},
		{"https://a.example/b", `<a href="JavaScript:x">js</a> <a href="java` + "\n" + `script:x">js</a> <a href="vbscript:x">vb</a>`, "js js vb"},
		{"https://a.example/b", `<a href="/?a=1&amp;copy;=2&amp;reg=3">e</a>`, "[e](https://a.example/?a=1%26copy;=2&reg=3)"},
		{"https://a.example/b", `<a href="https://x.example/größe/中">letters</a>`, "[letters](https://x.example/gr%C3%B6%C3%9Fe/%E4%B8%AD)"},
	} {
		got := Markdown(c.html, c.base)
		if got != c.want {
			t.Errorf("%q at %q\n got %q\nwant %q", c.html, c.base, got, c.want)
		}
		check(t, got)
	}
}

// The names of elements are words like any others.
func TestMarkdownOfWordsThatNameElements(t *testing.T) {
	for name := range roles {
		for place, want := range map[string]string{
			"<p>%</p>": "%", "<p>a<b>%</b></p>": "a**%**", "<ul><li>%</li>%</ul>": "- %  \n  %", "<a href='http://a.example/'>%</a>": "[%](http://a.example/)",
			"<h2>%</h2>": "## %", "<blockquote>%</blockquote>": "> %", "<p>%<br>%</p>": "%  \n%", "<dl><dt>%<dd>%</dl>": "- **%**  \n  %",
			"<table><tr><th>%<th>b<tr><td>%<td>c</table>": "| % | b |\n|---|---|\n| % | c |", "<pre>%</pre>": "```text\n%\n```",
		} {
			source, want := strings.ReplaceAll(place, "%", name), strings.ReplaceAll(want, "%", name)
			if got := Markdown(source, ""); got != want {
				t.Errorf("%q\n got %q\nwant %q", source, got, want)
			}
		}
	}
}

func TestMarkdownUnescapesOnlyWhatIsAllEscaped(t *testing.T) {
	for source, want := range map[string]string{
		"&lt;p&gt;One&lt;/p&gt;&lt;p&gt;Two&lt;/p&gt;": "One\n\nTwo",
		"one&lt;br/&gt;two&lt;br/&gt;three":            "one  \ntwo  \nthree",
		"Use &lt;br&gt; for a break":                   `Use \<br> for a break`,
		"&lt;script&gt; is an element":                 `\<script> is an element`,
		"<p>&lt;p&gt;One&lt;/p&gt;</p>":                `\<p>One\</p>`,
		"&lt;!-- OFF --&gt;&lt;div class=&quot;md&quot;&gt;&lt;p&gt;a &amp;amp; b&lt;/p&gt;&lt;/div&gt;&lt;!-- ON --&gt; by <b>&lt;me&gt;</b>": "a & b\n\nby **\\<me>**",
		"&lt;!-- OFF --&gt; is a comment, <b>not</b> seen":  `\<!-- OFF --> is a comment, **not** seen`,
		"&lt;p&gt;One&lt;/p&gt; is a <b>paragraph</b>":      `\<p>One\</p> is a **paragraph**`,
		"&lt;!-- OFF --&gt;&lt;div&gt; begins a <b>box</b>": `\<!-- OFF -->\<div> begins a **box**`,
	} {
		if got := Markdown(source, ""); got != want {
			t.Errorf("%q\n got %q\nwant %q", source, got, want)
		}
	}
}

func FuzzMarkdown(f *testing.F) {
	files, _ := filepath.Glob("testdata/markdown/*.html")
	for _, file := range files {
		if source, err := os.ReadFile(file); err == nil {
			f.Add(string(source), "https://paper.example/a/")
		}
	}
	f.Add("<p>&amp;#27;[31m <b>a:</b>b", "")
	f.Add("<ul><li>a<p>b</ul><ul><li><pre>c", "http://[::1]/x")
	f.Fuzz(func(t *testing.T, source, base string) {
		if len(source) < 20_000 {
			check(t, Markdown(source, base))
		}
	})
}

func BenchmarkMarkdown(b *testing.B) {
	const piece = `<h2>What the tide left</h2>
<p>On Tuesday the <a href="/harbour?a=1&amp;b=2">harbour</a> was empty; by noon three boats had come back with <em>nothing at all</em>, and the gulls knew it &mdash; they always do. Nobody asked the harbour master, who had a book to finish and a kettle on, and would have said no.</p>
<ul><li>One crate of rope</li><li>Two letters, both <strong>wet</strong></li></ul>
<blockquote><p>The sea keeps what it is given, and some of what it is lent.</p></blockquote>
`
	for _, size := range []struct {
		name  string
		bytes int
	}{{"2KB", 2_000}, {"10KB", 10_000}, {"100KB", 100_000}} {
		b.Run(size.name, func(b *testing.B) {
			source := strings.Repeat(piece, size.bytes/len(piece))
			b.SetBytes(int64(len(source)))
			for b.Loop() {
				Markdown(source, "https://paper.example/2026/11/post/")
			}
		})
	}
}
