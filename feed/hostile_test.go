package feed

import (
	"context"
	"errors"
	"fmt"
	"html"
	"regexp"
	"strings"
	"testing"
	"time"
	"unicode/utf16"
)

// sequences are what terminals obey, or show in another order than it is
// written.
var sequences = []string{
	"\x1b]52;c;ZXZpbA==\x07", "\x1b]0;evil\x07", "\x1b]2;evil\x1b\\", "\x1b]8;;https://evil.example\x1b\\", "\x1b[31m", "\x1b[2J", "\x1b[21t",
	"\x1bPq#0\x1b\\", "\x1b_G\x1b\\", "\x1b^x\x1b\\", "\x1bc", "\u009b31m", "\u009d0;evil\u009c", "\u0090q\u009c", "\x9b31m", "\x07", "\x08\x08", "\x7f", "\r", "\x00", "\x05", "\x0e",
	"\u202e", "\u202d", "\u202a", "\u2066", "\u2067\u2069", "\ufeff", "\U000e0041", "\ufff9", "\uffff", "\u2028",
}

// wrappings are the ways in which a sequence comes to be in a text.
var wrappings = map[string]func(string) string{
	"raw":      func(s string) string { return s },
	"numbers":  func(s string) string { return numbers(s, "&#%d;") },
	"hex":      func(s string) string { return numbers(s, "&#x%X;") },
	"twice":    func(s string) string { return numbers(s, "&amp;#%d;") },
	"thrice":   func(s string) string { return numbers(s, "&amp;amp;#%d;") },
	"split":    func(s string) string { return numbers(s, "&amp;<![CDATA[#%d;]]>") },
	"CDATA":    func(s string) string { return "<![CDATA[" + s + "]]>" },
	"in CDATA": func(s string) string { return "<![CDATA[" + numbers(s, "&#%d;") + "]]>" },
}

func numbers(s, form string) string {
	var b strings.Builder
	for _, r := range s {
		fmt.Fprintf(&b, form, r)
	}
	return b.String()
}

// everywhere are feeds with EVIL in every field there is.
var everywhere = map[string]string{
	"RSS": `<?xml version="1.0"?><?EVIL?><rss version="2.0" xmlns:dc="http://purl.org/dc/elements/1.1/" xmlns:content="http://purl.org/rss/1.0/modules/content/" xmlns:media="http://search.yahoo.com/mrss/" xmlns:itunes="http://www.itunes.com/dtds/podcast-1.0.dtd">
<channel><title>EVIL</title><link>https://a.example/EVIL</link><description>EVIL</description><language>EVIL</language><generator>EVIL</generator><image><url>https://a.example/EVIL</url><title>EVIL</title></image>
<ttl>EVIL</ttl><skipHours><hour>EVIL</hour></skipHours>
<item><guid isPermaLink="EVIL">EVIL</guid><link>https://a.example/EVIL</link><title>Some EVIL</title><author>EVIL</author><dc:creator>EVIL</dc:creator><category domain="EVIL">EVIL</category>
<comments>https://a.example/EVIL</comments><pubDate>EVIL</pubDate><enclosure url="https://a.example/EVIL" type="EVIL" length="EVIL"/><media:content url="https://a.example/EVIL" type="EVIL"><media:title>EVIL</media:title></media:content>
<itunes:author>EVIL</itunes:author><source url="https://a.example/EVIL">EVIL</source><description>Words EVIL <b title="EVIL">EVIL</b></description>
<content:encoded>&lt;p&gt;Words EVIL&lt;/p&gt;&lt;pre&gt;EVIL&lt;/pre&gt;&lt;a href="https://a.example/EVIL" title="EVIL"&gt;EVIL&lt;/a&gt;&lt;img src="https://a.example/EVIL" alt="EVIL"&gt;</content:encoded></item></channel></rss>`,
	"Atom": `<feed xmlns="http://www.w3.org/2005/Atom" xml:lang="EVIL" xml:base="https://a.example/EVIL"><title type="html">EVIL</title><subtitle>EVIL</subtitle><id>EVIL</id><link href="https://a.example/EVIL" hreflang="EVIL"/><icon>https://a.example/EVIL</icon>
<author><name>EVIL</name><email>EVIL</email><uri>https://a.example/EVIL</uri></author><generator uri="EVIL">EVIL</generator>
<entry><id>EVIL</id><title type="EVIL">Some EVIL</title><link rel="alternate" href="https://a.example/EVIL" title="EVIL"/><link rel="enclosure" href="https://a.example/EVIL" type="EVIL" title="EVIL"/><link rel="replies" href="https://a.example/EVIL"/>
<category term="EVIL" label="EVIL"/><updated>EVIL</updated><published>EVIL</published><author><name>EVIL</name></author><summary type="html">EVIL</summary>
<content type="xhtml"><div xmlns="http://www.w3.org/1999/xhtml"><p title="EVIL">Words EVIL</p><code>EVIL</code></div></content></entry></feed>`,
	"RDF": `<rdf:RDF xmlns:rdf="http://www.w3.org/1999/02/22-rdf-syntax-ns#" xmlns="http://purl.org/rss/1.0/" xmlns:dc="http://purl.org/dc/elements/1.1/"><channel rdf:about="EVIL"><title>EVIL</title><link>https://a.example/EVIL</link><description>EVIL</description></channel>
<item rdf:about="EVIL"><title>Some EVIL</title><link>https://a.example/EVIL</link><description>Words EVIL</description><dc:creator>EVIL</dc:creator><dc:subject>EVIL</dc:subject><dc:date>EVIL</dc:date></item></rdf:RDF>`,
	"JSON": `{"version":"https://jsonfeed.org/version/1.1","title":"EVIL","home_page_url":"https://a.example/EVIL","description":"EVIL","language":"EVIL","icon":"https://a.example/EVIL","authors":[{"name":"EVIL"}],
"items":[{"id":"EVIL","url":"https://a.example/EVIL","external_url":"https://a.example/EVIL","title":"Some EVIL","summary":"EVIL","content_html":"<p>Words EVIL</p><pre>EVIL</pre>","date_published":"EVIL","authors":[{"name":"EVIL","url":"https://a.example/EVIL"}],
"tags":["EVIL"],"language":"EVIL","attachments":[{"url":"https://a.example/EVIL","mime_type":"EVIL","title":"EVIL"}]}]}`,
}

// inValues are the EVILs in attributes.
var inValues = regexp.MustCompile(`("[^"<>]*|<\?)EVIL`)

// checkAll is checkDoc, for what is made of its texts as well.
func checkAll(t *testing.T, name string, doc *Doc) {
	t.Helper()
	checkDoc(t, name, doc)
	for _, it := range doc.Items {
		for form, text := range map[string]string{"Markdown": Markdown(it.HTML, it.URL), "Text": Text(it.HTML), "a title": Line(it.Title)} {
			if text != Safe(text) {
				t.Errorf("%s: %s is %q", name, form, Cut(text, 200))
			}
		}
	}
}

func TestNothingToObeyComesThroughAnyField(t *testing.T) {
	evil := strings.Join(sequences, "x")
	for kind, in := range everywhere {
		for how, wrap := range wrappings {
			name := kind + ", " + how
			if strings.Contains(wrap("x"), "CDATA") { // stands in texts alone
				in = inValues.ReplaceAllString(in, "$1")
			}
			doc, err := Parse([]byte(strings.ReplaceAll(in, "EVIL", wrap(evil))), "https://a.example/", "")
			if err == nil {
				checkAll(t, name, doc)
			} else if kind != "JSON" {
				t.Errorf("%s: %v", name, err)
			}
			if kind != "JSON" && err == nil && (len(doc.Items) != 1 || !strings.HasPrefix(doc.Items[0].Title, "Some")) {
				t.Errorf("%s: %d items, %q", name, len(doc.Items), titles(doc))
			}
		}
		for _, s := range sequences { // each alone, so that none hides another
			if doc, err := Parse([]byte(strings.ReplaceAll(in, "EVIL", s)), "https://a.example/", ""); err == nil {
				checkAll(t, kind+", "+fmt.Sprintf("%q", s), doc)
			}
		}
	}
	escaped := strings.Trim(fmt.Sprintf("%+q", evil), `"`) // as JSON would, nearly
	escaped = strings.NewReplacer(`\x`, `\u00`, `\a`, `\u0007`, `\U000e0041`, `\udb40\udc41`, `\v`, `\u000b`).Replace(escaped)
	doc, err := Parse([]byte(strings.ReplaceAll(everywhere["JSON"], "EVIL", escaped)), "", "")
	if err != nil || len(doc.Items) != 1 {
		t.Fatalf("JSON, escaped: %v", err)
	}
	checkAll(t, "JSON, escaped", doc)
}

func TestLinksLeadToTheWebOrNowhere(t *testing.T) {
	for _, link := range []string{
		"javascript:alert(1)", "JaVaScRiPt:alert(1)", " javascript:alert(1)", "java\tscript:alert(1)", "java\nscript:alert(1)", "\x01javascript:alert(1)",
		"javascript&colon;alert(1)", "&#106;avascript:alert(1)", "&#x6a;avascript:alert(1)", "&amp;#106;avascript:alert(1)", "vbscript:x", "data:text/html,x", "data:text/html;base64,eA==",
		"file:///etc/passwd", "FILE:/etc/passwd", "unix:/run/x", "view-source:https://a.example/", "about:blank", "blob:https://a.example/1", "ssh://-oProxyCommand=x/",
		"mailto:a@a.example?attach=/etc/passwd", "intent://x#Intent;end", "tel:1", "x:y", ":", "//", "http:", "https://", "http://[::1", "http://%zz/", "https:///etc/passwd",
		"-h", "--help", "$(id)", "`id`", ";id", "|id", "https:a.example",
	} {
		for kind, in := range everywhere {
			text := strings.ReplaceAll(in, "https://a.example/EVIL", link)
			if kind == "JSON" {
				text = strings.NewReplacer("\t", `\t`, "\x01", `\u0001`).Replace(strings.ReplaceAll(in, "https://a.example/EVIL", strings.ReplaceAll(link, "\n", `\n`)))
			}
			doc, err := Parse([]byte(text), "", "")
			if err != nil {
				t.Errorf("%s, %q: %v", kind, link, err)
				continue
			}
			checkAll(t, kind+", "+link, doc)
			for _, address := range []string{doc.Site, doc.Image} {
				if address != "" && !strings.HasPrefix(address, "http://") && !strings.HasPrefix(address, "https://") {
					t.Errorf("%s, %q: the feed points at %q", kind, link, address)
				}
			}
		}
		markdown := Markdown(`<p>Here <a href="`+link+`">it</a> <img src="`+link+`" alt="x"> <video src="`+link+`"></video> <iframe src="`+link+`"></iframe> is.</p>`, "")
		for _, scheme := range []string{"javascript:", "vbscript:", "data:", "file:", "unix:", "ssh:", "intent:", "about:", "blob:", "view-source:", "x:"} {
			if strings.Contains(strings.ToLower(html.UnescapeString(markdown)), "("+scheme) {
				t.Errorf("%q became %q", link, markdown)
			}
		}
	}
}

// in16 is s in UTF-16, without a mark of the order of its bytes.
func in16(s string, big bool) string {
	var b strings.Builder
	for _, u := range utf16.Encode([]rune(s)) {
		low, high := byte(u), byte(u>>8)
		if big {
			low, high = high, low
		}
		b.Write([]byte{low, high})
	}
	return b.String()
}

func TestLettersAreReadWhateverTheirLabel(t *testing.T) {
	feed := strings.Replace(small, "The Quayside", "Der Hafen überm Fluß", 1)
	for name, tt := range map[string]struct{ body, kind string }{
		"UTF-16LE, no mark":            {in16(strings.Replace(feed, "UTF-8", "UTF-16", 1), false), ""},
		"UTF-16BE, no mark":            {in16(strings.Replace(feed, "UTF-8", "UTF-16", 1), true), ""},
		"UTF-16 that says UTF-8":       {in16(feed, false), "text/xml; charset=utf-8"},
		"UTF-8 that says UTF-16":       {strings.Replace(feed, "UTF-8", "UTF-16", 1), "text/xml; charset=utf-16"},
		"UTF-8 that says Latin-1":      {strings.Replace(feed, "UTF-8", "iso-8859-1", 1), "text/xml; charset=iso-8859-1"},
		"UTF-8 that says UTF-7":        {strings.Replace(feed, "UTF-8", "UTF-7", 1), "text/xml; charset=utf-7"},
		"UTF-8 that says nonsense":     {strings.Replace(feed, "UTF-8", "klingon", 1), "text/xml; charset=\x1b[31m"},
		"UTF-8 that says two things":   {strings.Replace(feed, "UTF-8", "koi8-r", 1), "text/xml; charset=shift_jis; charset=big5"},
		"three marks":                  {"\ufeff\ufeff\ufeff" + feed, ""},
		"Latin-1 that says UTF-8":      {strings.NewReplacer("ü", "\xfc", "ß", "\xdf").Replace(feed), "text/xml; charset=utf-8"},
		"windows-1252 that says ASCII": {strings.NewReplacer("ü", "\xfc", "ß", "\xdf", "UTF-8", "us-ascii").Replace(feed), ""},
	} {
		doc, err := Parse([]byte(tt.body), "", tt.kind)
		if err != nil || doc.Title != "Der Hafen überm Fluß" || len(doc.Items) != 3 {
			t.Errorf("%s: %v, %+v", name, err, doc)
			continue
		}
		checkDoc(t, name, doc)
	}
	for name, junk := range map[string]string{
		"NULs": "\x00\x00", "bad bytes": "\xff\xfe\xfd", "half a letter": "\xe2\x82", "too long a letter": "\xf0\x82\x82\xac", "surrogates": "\xed\xa0\x80\xed\xb0\x80", "beyond Unicode": "\xf7\xbf\xbf\xbf",
	} {
		doc, err := Parse([]byte(strings.ReplaceAll(small, "a", "a"+junk)), "", "")
		if err == nil {
			checkDoc(t, name, doc)
		}
		doc, err = Parse([]byte(strings.ReplaceAll(small, "It ", "It"+junk+" ")), "", "")
		if err != nil || len(doc.Items) != 3 {
			t.Errorf("%s in the texts: %v, %+v", name, err, doc)
		}
	}
}

func TestHugeFeedsAreReadInBounds(t *testing.T) {
	const mb = 1 << 20
	item := func(inside string) string { return rssWith("<item><title>a</title>" + inside + "</item>") }
	nest := func(begin, end string, n int) string {
		return strings.Repeat(begin, n) + "ground" + strings.Repeat(end, n)
	}
	bomb := `<!DOCTYPE rss [<!ENTITY a "lollollol">`
	for c := 'b'; c <= 'z'; c++ {
		bomb += fmt.Sprintf(`<!ENTITY %c "%s">`, c, strings.Repeat(fmt.Sprintf("&%c;", c-1), 10))
	}
	bomb += "]>" + item("<description>&z;</description>")
	external := `<!DOCTYPE rss SYSTEM "http://127.0.0.1:9/evil.dtd" [<!ENTITY % p SYSTEM "file:///etc/passwd">%p;<!ENTITY x SYSTEM "file:///etc/passwd">]>` +
		item(`<description>&x;<xi:include xmlns:xi="http://www.w3.org/2001/XInclude" href="file:///etc/passwd" parse="text"/></description>`)
	for name, tt := range map[string]struct {
		body string
		want int // items; -1 if it may be refused
	}{
		"a bomb of entities":            {bomb, 1},
		"a bomb in UTF-16":              {"\xff\xfe" + in16(bomb, false), 1},
		"an entity, used often":         {`<!DOCTYPE rss [<!ENTITY a "` + strings.Repeat("a", 100_000) + `">]>` + item("<description>"+strings.Repeat("&a;", 100_000)+"</description>"), 1},
		"what is elsewhere":             {external, 1},
		"a DOCTYPE without end":         {"<!DOCTYPE rss [" + strings.Repeat("<!ENTITY a 'b'>", 100_000) + item(""), -1},
		"a comment without end":         {"<!--" + strings.Repeat("<item>", mb) + small, -1},
		"comments, none of them closed": {item("<description>" + strings.Repeat("<!-- ", mb) + "</description>"), -1},
		"attributes":                    {item("<x " + strings.Repeat(`a="b" `, 200_000) + "/>"), 1},
		"names of many letters":         {item("<" + strings.Repeat("x", mb) + "/>"), 1},
		"name spaces":                   {item(nest(`<a:b xmlns:a="x">`, "</a:b>", 20_000)), 1},
		"elements nobody knows":         {item(nest("<x>", "</x>", 20_000)), 1},
		"elements around all":           {nest("<x>", "</x>", 20_000), -1},
		"items in items":                {rssWith(nest("<item><title>a</title>", "</item>", 3000)), -1},
		"channels in channels":          {nest("<rss><channel>", "</channel></rss>", 20_000), -1},
		"lists":                         {item("<description>" + html.EscapeString(nest("<ul><li>", "</li></ul>", 20_000)) + "</description>"), 1},
		"quotes":                        {item("<description>" + html.EscapeString(nest("<blockquote>", "</blockquote>", 20_000)) + "</description>"), 1},
		"tables":                        {item("<description>" + html.EscapeString(nest("<table><tr><td>", "</td></tr></table>", 20_000)) + "</description>"), 1},
		"formatting":                    {item("<description>" + html.EscapeString(strings.Repeat("<b><i><p>", 20_000)+"ground") + "</description>"), 1},
		"end tags":                      {item("<description>" + html.EscapeString(strings.Repeat("</p></b></table>", 50_000)+"ground") + "</description>"), 1},
		"a hundred thousand items":      {rssWith(strings.Repeat("<item><guid>g</guid><title>x</title></item>", 100_000)), -1},
		"titles of a megabyte":          {rssWith(strings.Repeat("<item><title>"+strings.Repeat("long ", mb/5)+"</title></item>", 10)), 10},
		"one word of a megabyte":        {rssWith("<item><title>" + strings.Repeat("x", mb) + "</title><guid>" + strings.Repeat("y", mb) + "</guid><link>https://a.example/" + strings.Repeat("z", mb) + "</link></item>"), 1},
		"an item of 18 megabytes":       {item("<description>" + strings.Repeat("It rains, and it rains. ", 18*mb/24) + "</description>"), 1},
		"categories":                    {item(strings.Repeat("<category>c</category>", 20_000)), 1},
		"other categories":              {item(many("<category>c%d</category>", 50_000)), 1},
		"authors":                       {item(many("<author>a%d</author>", 20_000)), 1},
		"enclosures":                    {item(many(`<enclosure url="https://a.example/%d"/>`, 20_000)), 1},
		"numbers":                       {item(strings.Repeat("&#x110000;&#99999999999999999999;&#-1;&#;&#x;", 100_000)), 1},
		"angles":                        {item("<description>" + strings.Repeat("<", mb/2) + "</description>"), -1},
		"ampersands":                    {item("<description>" + strings.Repeat("&", mb/2) + "</description>"), 1},
		"CDATA in CDATA":                {item("<description>" + strings.Repeat("<![CDATA[", 100_000) + "x" + strings.Repeat("]]>", 100_000) + "</description>"), -1},
		"accents on one letter":         {item("<description>a" + strings.Repeat("\u0301", mb) + "</description>"), 1},
		"JSON, deep":                    {`{"version":"https://jsonfeed.org/version/1.1","items":[{"id":"1","title":"a","_x":` + nest("[", "]", 100_000) + `}]}`, -1},
		"JSON, deeper":                  {strings.Repeat(`{"items":[`, 500_000), -1},
		"JSON, of many keys":            {`{"version":"https://jsonfeed.org/version/1.1","items":[{"id":"1","title":"a"` + many(`,"k%d":1`, 200_000) + `}]}`, 1},
		"JSON, of odd types":            {`{"version":1,"title":{},"items":{"0":[]},"authors":"x","hubs":7}`, -1},
		"JSON, with long numbers":       {`{"version":"https://jsonfeed.org/version/1.1","items":[{"id":` + strings.Repeat("9", mb) + `,"title":"a"}]}`, -1},
	} {
		within(t, name, func(context.Context) {
			doc, err := Parse([]byte(tt.body), "https://a.example/", "")
			switch {
			case err != nil && tt.want >= 0:
				t.Errorf("%s: %v", name, err)
			case err == nil && tt.want >= 0 && len(doc.Items) != tt.want:
				t.Errorf("%s: %d items, want %d; %q", name, len(doc.Items), tt.want, doc.Warnings)
			case err == nil:
				checkDoc(t, name, doc)
			}
			if err == nil && len(doc.Items) > 0 {
				first := doc.Items[0]
				Markdown(first.HTML, first.URL)
				if text := Text(first.HTML); strings.Contains(text, "root:") || strings.Count(text, "lollollol") > 1 {
					t.Errorf("%s: %q", name, Cut(text, 200))
				}
				if n := len([]rune(first.Title)); n > longestTitle {
					t.Errorf("%s: a title of %d runes", name, n)
				}
			}
		})
	}
}

// many is form with the numbers from 1 to n in it.
func many(form string, n int) string {
	var b strings.Builder
	for i := range n {
		fmt.Fprintf(&b, form, i)
	}
	return b.String()
}

func TestAnItemOfFiftyMegabytesIsTooMuch(t *testing.T) {
	address := serveEvil(t, says(heads()+prologue+strings.Repeat("It rains, and it rains. ", 50<<20/24)+"</title></item></channel></rss>"))
	within(t, "fifty megabytes", func(ctx context.Context) {
		if _, err := new(Client).Fetch(ctx, address, Cache{}); !errors.Is(err, ErrTooBig) {
			t.Errorf("got %v", err)
		}
	})
}

func TestDatesOfNonsenseAreNoDates(t *testing.T) {
	for _, date := range []string{
		"now", "0", "-1", "1", "99999999999999999999", "1e309", "NaN", "0000-00-00T00:00:00Z", "9999-99-99", "2026-02-31T25:61:61Z", "Mon, 32 Foo 2026 99:99:99 +9999",
		"-9223372036854775808", "9223372036854775807", "+275760-09-13T00:00:00Z", "292277026596-12-04", "2026-01-01T00:00:00+99:99", "Thu, 01 Jan 1970 00:00:00 -9999",
		strings.Repeat("1", 100_000), strings.Repeat("2026-01-01 ", 10_000), "\x1b[31m2026", "٢٠٢٦-٠١-٠١",
	} {
		for kind, in := range map[string]string{
			"RSS":  rssWith("<item><title>a</title><pubDate>" + date + "</pubDate></item>"),
			"Atom": `<feed xmlns="http://www.w3.org/2005/Atom"><entry><title>a</title><published>` + date + `</published><updated>` + date + `</updated></entry></feed>`,
		} {
			doc, err := Parse([]byte(in), "", "")
			if err != nil || len(doc.Items) != 1 {
				t.Errorf("%s, %q: %v", kind, Cut(date, 40), err)
				continue
			}
			for _, d := range []time.Time{doc.Items[0].Published, doc.Items[0].Updated} {
				if !d.IsZero() && (d.Year() < 1900 || d.Year() > 2200) {
					t.Errorf("%s: %q is %v", kind, Cut(date, 40), d)
				}
			}
		}
	}
}
