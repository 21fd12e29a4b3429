package feed_test

import (
	"fmt"
	"strings"
	"testing"

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

// text is the text of the one article of a feed.
func text(t *testing.T, xml string) string {
	t.Helper()
	doc, err := feed.Parse([]byte(xml), "https://a.example/f", "")
	if err != nil || len(doc.Items) != 1 {
		t.Fatalf("parse %s: %v", feed.Cut(xml, 300), err)
	}
	return doc.Items[0].HTML
}
