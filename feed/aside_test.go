package feed_test

import (
	"fmt"
	"strings"
	"testing"
	"time"

	"app/newsterm/feed"
)

// TestLongTextsComeLikeShortOnes reads the same text alone and with much more
// behind it: however long, it is read in the same way.
func TestLongTextsComeLikeShortOnes(t *testing.T) {
	const (
		inRSS  = `<rss version="2.0" xmlns:content="http://purl.org/rss/1.0/modules/content/" xmlns:dc="http://purl.org/dc/elements/1.1/"><channel><title>F</title><item><title>A</title>%s</item></channel></rss>`
		inAtom = `<feed xmlns="http://www.w3.org/2005/Atom"><title>F</title><entry><id>1</id><title>A</title>%s</entry></feed>`
	)
	for _, c := range []struct{ name, feed, more string }{
		{"CDATA", fmt.Sprintf(inRSS, `<description><![CDATA[<p>One &amp; <b>two</b> MORE</p>]]></description>`), "&lt;x&gt; <i>y</i> "},
		{"CDATA twice", fmt.Sprintf(inRSS, `<description> a &amp; <![CDATA[<p>One MORE</p>]]> b <![CDATA[<p>two MORE</p>]]> c </description>`), "word "},
		{"CDATA of another vocabulary", fmt.Sprintf(inRSS, `<content:encoded><![CDATA[<p>One MORE</p>]]></content:encoded><dc:description><![CDATA[MORE]]></dc:description>`), "word "},
		{"escaped", fmt.Sprintf(inRSS, "<description>\n  &lt;p&gt;One &amp;amp; &#8220;two&#x201d; MORE&lt;/p&gt;\n </description>"), "&amp;lt;x&amp;gt; &lt;i&gt;y&lt;/i&gt; "},
		{"escaped, with references of HTML", fmt.Sprintf(inRSS, `<description>&lt;p&gt;One &nbsp; &copy=1 &eacute; MORE&lt;/p&gt;</description>`), "&hellip; "},
		{"with a bare &", fmt.Sprintf(inRSS, `<description>&lt;p&gt;One & two MORE&lt;/p&gt;</description>`), "AT&T "},
		{"with elements", fmt.Sprintf(inRSS, `<description><p>One <b>two</b> MORE</p></description>`), "word "},
		{"with a comment", fmt.Sprintf(inRSS, `<description>&lt;p&gt;One <!-- no --> MORE&lt;/p&gt;</description>`), "word "},
		{"with the marks of what was set aside", fmt.Sprintf(inRSS, "<description><![CDATA[<p>One \ue0000\ue001 MORE</p>]]></description>"), "word "},
		{"Atom, HTML", fmt.Sprintf(inAtom, `<content type="html">&lt;p&gt;One &amp;amp; two MORE&lt;/p&gt;</content>`), "&lt;i&gt;y&lt;/i&gt; "},
		{"Atom, HTML in CDATA", fmt.Sprintf(inAtom, `<content type="html"><![CDATA[<p>One MORE</p>]]></content>`), "&lt; <i>y</i> "},
		{"Atom, text", fmt.Sprintf(inAtom, `<content type="text">One &lt;two&gt; &amp;amp; MORE</content>`), "&lt;three&gt; "},
		{"Atom, XHTML", fmt.Sprintf(inAtom, `<content type="xhtml"><div xmlns="http://www.w3.org/1999/xhtml"><p>One &lt;two&gt; MORE</p><summary>MORE</summary></div></content>`), "word "},
		{"Atom, no type", fmt.Sprintf(inAtom, `<summary>One &amp;amp; MORE</summary>`), "&amp;lt; "},
	} {
		t.Run(c.name, func(t *testing.T) {
			const times = 100
			short := text(t, strings.ReplaceAll(c.feed, "MORE", "END"))
			one := text(t, strings.ReplaceAll(c.feed, "MORE", c.more+"END"))
			long := text(t, strings.ReplaceAll(c.feed, "MORE", strings.Repeat(c.more, times)+"END"))
			first, _, _ := strings.Cut(short, "END")
			added := one[len(first):strings.Index(one, "END")]
			if want := strings.ReplaceAll(short, "END", strings.Repeat(added, times)+"END"); long != want {
				t.Errorf("a long text is read as\n%s\nand not as\n%s", feed.Cut(long, 400), feed.Cut(want, 400))
			}
		})
	}
}

// TestNoTextIsCalledFor writes what could stand for texts that were set aside:
// it brings no other article's, and none into itself again and again.
func TestNoTextIsCalledFor(t *testing.T) {
	long := strings.Repeat("word ", 100)
	for _, forged := range []string{"&#xE000;0&#xE001;", "&#xE000;1&#xE001;", "&#57344;-1&#57345;", "\ue0000\ue001", "&#xE000;0.0&#xE001;"} {
		for _, more := range []string{"", long} {
			xml := fmt.Sprintf(`<rss version="2.0"><channel><title>F</title><item><title>A</title><description>SECRET %s</description></item>`+
				`<item><title>B</title><description>one %s two %s</description></item></channel></rss>`, long, forged, more)
			doc, err := feed.Parse([]byte(xml), "https://a.example/f", "")
			if err != nil || len(doc.Items) != 2 {
				t.Fatalf("%s: %v", forged, err)
			}
			b := doc.Items[1].HTML
			if strings.Contains(b, "SECRET") || strings.Count(b, "one") != 1 || strings.Count(b, "two") != 1 {
				t.Errorf("%s: the article is\n%s", forged, feed.Cut(b, 400))
			}
		}
	}
}

// TestManySectionsOfOneText puts very many texts back into one article, which
// must not take ever longer for each.
func TestManySectionsOfOneText(t *testing.T) {
	const sections = 30_000
	xml := `<rss version="2.0"><channel><title>F</title><item><title>A</title><description>` +
		strings.Repeat("<![CDATA["+strings.Repeat("word ", 50)+"]]>", sections) + `</description></item></channel></rss>`
	start := time.Now()
	if got := strings.Count(text(t, xml), "word"); got != 50*sections {
		t.Errorf("there are %d words, not %d", got, 50*sections)
	}
	if took := time.Since(start); took > 20*time.Second {
		t.Errorf("it took %v", took)
	}
}

// text is the text of the one article of a feed.
func text(t *testing.T, xml string) string {
	t.Helper()
	doc, err := feed.Parse([]byte(xml), "https://a.example/f", "")
	if err != nil || len(doc.Items) != 1 {
		t.Fatalf("parse %s: %v", feed.Cut(xml, 300), err)
	}
	return doc.Items[0].HTML
}
