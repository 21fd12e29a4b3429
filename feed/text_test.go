package feed

import (
	"strings"
	"testing"
)

func TestText(t *testing.T) {
	for _, c := range []struct{ name, html, want string }{
		{"nothing", "", ""},
		{"plain words", "no  tags\n here", "no tags here"},
		{"paragraphs", "<p>One</p><p>Two</p>", "One\n\nTwo"},
		{"blocks", "<div>One</div><div>Two <b>bold</b>er</div>", "One\nTwo bolder"},
		{"breaks", "a<br>b<br><br>c<br><br><br><br>d", "a\nb\n\nc\n\nd"},
		{"lists", "<p>Buy:<ul><li>tea<li><p>milk</p><ul><li>oat</ul></ul><p>Done", "Buy:\n\n- tea\n- milk\n  - oat\n\nDone"},
		{"table", "<table><tr><th>Name<th>Age</tr> <tr><td>Ida</td> <td>7</td></tr></table>after", "Name\tAge\nIda\t7\n\nafter"},
		{"pre", "<p>Run</p><pre>\n  if x:\n\n\treturn\n</pre><p>it", "Run\n\n  if x:\n\n\treturn\n\nit"},
		{"picture", `<p>A <img src="x.png" alt="small  cat"> sat`, "A small cat sat"},
		{"picture with > in its text", `<img alt="a > b" src=x>c`, "a > bc"},
		{"unread", "<title>T</title>a<script>if (a</b) x('</p>')</SCRIPT >b<style>p{}</style>c<!-- d --><noscript>e</noscript>f", "abcf"},
		{"never closed", "a<noscript>b<svg>c<script>d", "abc"},
		{"entities", "AT&amp;T &lt;p&gt; &eacute; &#8364; &nosuch; &copy", "AT&T <p> é € &nosuch; ©"},
		{"decoded once", "&amp;#27;[31m &amp;lt;", "&#27;[31m &lt;"},
		{"controls", "a&#27;[31mb\x1b]0;t\x07c&#x9b;d\u202ee&#8238;f", "a[31mb]0;tc›def"},
		{"invisible", "sel\u00addom zero\u200bwidth a\u00a0&nbsp; b", "seldom zerowidth a b"},
		{"lone brackets", "1 < 2 > 0 <3 </ x>y<>", "1 < 2 > 0 <3 y<>"},
		{"cut in a tag", `see <a href="http://a.exam`, "see"},
		{"cut in a comment", "see <!-- more", "see"},
		{"quotes never closed", `<a title="x>one</a> two`, "one two"},
		{"apostrophe in a tag", `<p title=it's>one</p> two`, "one\n\ntwo"},
		{"upper case", "<P>A</P><BR/><LI>B", "A\n\n- B"},
	} {
		t.Run(c.name, func(t *testing.T) {
			if got := Text(c.html); got != c.want {
				t.Errorf("Text(%q)\n got %q\nwant %q", c.html, got, c.want)
			}
		})
	}
}

// Each of these took some parser more than linear time, or a deep stack.
func TestTextTakesAnything(t *testing.T) {
	for _, part := range []string{
		"<", "</", "<a", "<a b=\"", "<a b='\"", "<!--", "<!", "<?", "&", "&#", "&#x", "<div>", "</div>", "<ul><li>", "<table><td>",
		"<style></a", "<noscript>", "<noscript></a", "<head></", "<pre>", "<br>", "<img alt=a>", "\xff", "\x00", "<li>", "&nbsp;",
	} {
		got := Text(strings.Repeat(part, 200_000))
		if got != Safe(got) {
			t.Errorf("%q: the text is not safe", part)
		}
	}
}

func FuzzText(f *testing.F) {
	for _, s := range []string{
		"<p>One<br>two</p>", "<ul><li>a<ul><li>b", "<pre>\n a </pre>b", "&amp;#27;", "&#27;[", `<img alt="x">`, "<script>a</script>b", "<noscript>", "<a b='",
	} {
		f.Add(s)
	}
	f.Fuzz(func(t *testing.T, s string) {
		got := Text(s)
		if got != Safe(got) {
			t.Errorf("not safe: %q", got)
		}
		if len(got) > 20*len(s)+20 {
			t.Errorf("%d bytes became %d", len(s), len(got))
		}
	})
}

func BenchmarkText(b *testing.B) {
	s := strings.Repeat(`<h2>What the tide left</h2>
<p>On Tuesday the <a href="https://example.org/harbour?a=1&amp;b=2">harbour</a> was empty; by noon three boats had come back with <em>nothing at all</em>, and the gulls knew it &mdash; they always do.</p>
<ul><li>One crate of rope</li><li>Two letters, both wet</li></ul>
`, 300)
	b.SetBytes(int64(len(s)))
	for b.Loop() {
		Text(s)
	}
}
