package feed

import (
	"bytes"
	"encoding/base64"
	"encoding/json"
	"errors"
	"fmt"
	"os"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"golang.org/x/text/encoding/charmap"
)

func TestParseGolden(t *testing.T) {
	files, err := filepath.Glob("testdata/parse/*")
	if err != nil {
		t.Fatal(err)
	}
	for _, file := range files {
		if strings.HasSuffix(file, ".golden") {
			continue
		}
		t.Run(filepath.Base(file), func(t *testing.T) {
			body, err := os.ReadFile(file)
			if err != nil {
				t.Fatal(err)
			}
			doc, err := Parse(body, "https://tide.example/feed.xml", "")
			if err != nil {
				t.Fatal(err)
			}
			checkDoc(t, file, doc)
			compareGolden(t, file+".golden", asJSON(t, doc))
		})
	}
}

func asJSON(t *testing.T, v any) []byte {
	t.Helper()
	var b bytes.Buffer
	e := json.NewEncoder(&b)
	e.SetEscapeHTML(false)
	e.SetIndent("", "  ")
	if err := e.Encode(v); err != nil {
		t.Fatal(err)
	}
	return b.Bytes()
}

func compareGolden(t *testing.T, file string, got []byte) {
	t.Helper()
	if *update {
		if err := os.WriteFile(file, got, 0o644); err != nil {
			t.Fatal(err)
		}
	}
	want, err := os.ReadFile(file)
	if err != nil {
		t.Fatal(err)
	}
	if !bytes.Equal(got, want) {
		t.Errorf("%s differs; got\n%s", file, got)
	}
}

// rssWith is an RSS feed around some items.
func rssWith(items ...string) string {
	return `<rss version="2.0"><channel><title>T</title>` + strings.Join(items, "\n") + `</channel></rss>`
}

func titles(doc *Doc) string {
	var out []string
	for _, it := range doc.Items {
		out = append(out, it.Title)
	}
	return strings.Join(out, "|")
}

func TestParseReadsPastJunk(t *testing.T) {
	feed := rssWith("<item><title>a</title></item>")
	for name, before := range map[string]string{
		"blank lines":  "\n\n  \n",
		"byte order":   "\ufeff\ufeff",
		"XML 1.1":      `<?xml version="1.1" encoding="utf-8"?>`,
		"PHP warning":  "<br />\n<b>Warning</b>: Undefined index in <b>/www/feed.php</b> on line <b>3</b><br />\n<?xml version=\"1.0\"?>",
		"long comment": "<?xml version='1.0'?><!--" + strings.Repeat(" x ", 3000) + "-->",
		"long doctype": "<!DOCTYPE rss [" + strings.Repeat("<!ENTITY a \"b\">\n", 500) + "]>",
		"stylesheet":   `<?xml version="1.0"?><?xml-stylesheet href="a>b.xsl"?>`,
	} {
		doc, err := Parse([]byte(before+feed), "", "")
		if err != nil || titles(doc) != "a" || len(doc.Warnings) > 0 {
			t.Errorf("%s: %v, %+v", name, err, doc)
		}
	}
}

func TestParseMendsDamage(t *testing.T) {
	const a, b, c = "<item><title>a</title></item>", "<item><title>b</title></item>", "<item><title>c</title></item>"
	const head = `<rss version="2.0"><channel><title>T</title>`
	for name, tt := range map[string]struct{ in, titles, warning string }{
		"sound":                {rssWith(a, b), "a|b", ""},
		"no end of root":       {head + a + b + "</channel>", "a|b", "line 1: the feed breaks off here; its articles are complete"},
		"cut in an item":       {head + a + "\n" + b + "\n<item><title>c</title><descr", "a|b", "line 3: the feed breaks off here; the last article is incomplete and was left out"},
		"cut in a text":        {head + a + "<item><title>b</title><description>half a sen", "a", "line 1: the feed breaks off here; the last article is incomplete and was left out"},
		"cut in the first":     {head + "<item><title>a</title><description>half a sen", "a", "line 1: the feed breaks off here; its articles are complete"},
		"item without end":     {rssWith("<item><title>a</title>", b, c), "a|b|c", "line 2: an article has no end; it ends where the next one begins"},
		"CDATA without end":    {rssWith("<item><title>a</title><description><![CDATA[one</description></item>", b, c), "a|b|c", "line 1: a CDATA section has no end; it ends with its article"},
		"CDATA ends elsewhere": {rssWith("<item><title>a</title><description><![CDATA[one</description></item>", "<item><title>b</title><description><![CDATA[two]]></description></item>", c), "a|b|c", "line 1: a CDATA section has no end; it ends with its article"},
		"crossed tags":         {rssWith("<item><title>a</title><description><p><i>one</p></i></description></item>", b), "a|b", ""},
		"stray end tag":        {rssWith("<item><title>a</title></b></item>", b), "a|b", ""},
		"stray angle":          {rssWith("<item><title>a</title><description>1 < 2 <<>> 3</description></item>", b), "a|b", ""},
		"odd attributes":       {rssWith(`<item><title x=1 y="a<b" 'z'>a</title></item>`, b), "a|b", ""},
		"quote without end":    {rssWith(`<item><title>a</title><link href="x></link></item>`, b), "a|b", ""},
		"control characters":   {rssWith("<item><title>a\x01\x1b</title></item>", b), "a|b", ""},
		"noncharacters":        {rssWith("<item><title>a\uffff\ufffe</title></item>", b), "a|b", ""},
		"illegal references":   {rssWith("<item><title>a&#8;&#27;&#xFFFF;&#xD800;&#99999999;</title></item>", b), "a|b", ""},
		"reference to C1":      {rssWith("<item><title>&#147;a&#x94;</title></item>"), "“a”", ""},
		"unknown entities":     {rssWith("<item><title>a &foo; &eacute; & b</title></item>"), "a &foo; é & b", ""},
	} {
		doc, err := Parse([]byte(tt.in), "", "")
		if err != nil {
			t.Errorf("%s: %v", name, err)
			continue
		}
		if got := strings.Join(doc.Warnings, "; "); titles(doc) != tt.titles || got != tt.warning {
			t.Errorf("%s: %q with warning %q, want %q with %q", name, titles(doc), got, tt.titles, tt.warning)
		}
	}
}

func TestParseKeepsItemsOfCutJSON(t *testing.T) {
	whole := `{"version":"https://jsonfeed.org/version/1","title":"J","items":[
{"id":"1","title":"a"},
{"id":"2","title":"b"},
{"id":"3","title":"c"}]}`
	doc, err := Parse([]byte("\ufeff"+whole), "", "")
	if err != nil || titles(doc) != "a|b|c" {
		t.Fatal(doc, err)
	}
	doc, err = Parse([]byte(whole[:strings.Index(whole, `"3"`)]), "", "")
	if err != nil || titles(doc) != "a|b" || len(doc.Warnings) != 1 {
		t.Fatal(doc, err)
	}
	doc, err = Parse([]byte(`{"version":"https://jsonfeed.org/version/1","items":[{"id":"1","title":"a`+"\n"+`b"}]}`), "", "")
	if err != nil || titles(doc) != "a b" {
		t.Fatal(doc, err)
	}
}

func TestParseRefusesWhatIsNoFeed(t *testing.T) {
	for in, want := range map[string]string{
		"":                                     "no feed found: the answer is empty",
		" \n\t":                                "no feed found: the answer is empty",
		"hello, world":                         "no feed found: this is plain text",
		"\x1f\x8b\x08\x00\xff\xfe\x00\x80\x81": "no feed found: this is not text",
		"[1,2]":                                "no feed found: this is plain text",
		`{"a":1}`:                              "no feed found: this is JSON, but not a JSON Feed",
		"{\"a\":\n\"b":                         "line 2: no feed found: the JSON is damaged: it breaks off",
		"<opml version='2.0'><body/></opml>":   "no feed found: this is OPML, a list of subscriptions to be imported",
		"<urlset><url/></urlset>":              "no feed found: this is XML of another kind, <urlset>",
	} {
		doc, err := Parse([]byte(in), "", "")
		var parse *ParseError
		if !errors.As(err, &parse) || err.Error() != want {
			t.Errorf("%q: %v, %v; want %q", in, doc, err, want)
		}
	}
}

func TestParseKnowsAPage(t *testing.T) {
	for _, in := range []string{
		`<!doctype html><html><head><title>A &amp; B</title><link rel="alternate" type="application/rss+xml" href="/f.xml"></head></html>`,
		`<?xml version="1.0"?><html xmlns="http://www.w3.org/1999/xhtml"><head><title>A &amp; B</title><link rel="alternate" type="application/rss+xml" href="/f.xml"/></head></html>`,
	} {
		_, err := Parse([]byte(in), "https://a.example/x/", "text/html")
		var page *PageError
		if !errors.As(err, &page) || page.Title != "A & B" || len(page.Feeds) != 1 || page.Feeds[0].URL != "https://a.example/f.xml" {
			t.Errorf("%q: %v, %+v", in, err, page)
		}
	}
}

func TestParseExpandsNothing(t *testing.T) {
	in := `<!DOCTYPE rss [<!ENTITY a "lol"><!ENTITY b "&a;&a;&a;"><!ENTITY x SYSTEM "file:///etc/passwd">]>` +
		rssWith("<item><title>&b; &x;</title></item>")
	doc, err := Parse([]byte(in), "", "")
	if err != nil || titles(doc) != "&b; &x;" {
		t.Fatal(titles(doc), err)
	}
}

func TestParseStopsAtMaxItemsAndSaysOfHowMany(t *testing.T) {
	for name, in := range map[string]string{
		"RSS":           rssWith(strings.Repeat("<item><title>x</title></item>", MaxItems+5)),
		"of empty tags": rssWith(strings.Repeat("<item/>", MaxItems+5)),
		"JSON":          `{"version":"https://jsonfeed.org/version/1.1","items":[` + strings.Repeat(`{"id":"1","title":"x"},`, MaxItems+4) + `{"id":"1"}]}`,
	} {
		doc, err := Parse([]byte(in), "", "")
		if err != nil || len(doc.Items) == 0 || len(doc.Items) > MaxItems || strings.Join(doc.Warnings, "\n") != "10000 of 10005 articles: a feed has at most 10000" {
			t.Errorf("%s: %q, %v", name, doc.Warnings, err)
		}
	}
}

func TestParseGivesANameToWhatHasAnInvisibleOne(t *testing.T) {
	for _, title := range []string{"\u200b\u200d\ufeff\u2060", "&#x200b; &#8288;", "\u0301", "\u00a0\u3000\u00ad"} {
		in := "<rss><channel><title>" + title + "</title><item><title>" + title + "</title><description>High tide</description></item>" +
			"<item><title>" + title + "</title><link>https://a.example/1</link><description>" + title + "</description></item></channel></rss>"
		doc, err := Parse([]byte(in), "", "")
		if err != nil || doc.Title != "" || titles(doc) != "High tide|https://a.example/1" {
			t.Errorf("%q: %q and %q, %v", title, doc.Title, titles(doc), err)
		}
	}
	for _, title := range []string{"e\u0301", "👩\u200d💻", "\u200bx"} {
		doc, err := Parse([]byte(rssWith("<item><title>"+title+"</title></item>")), "", "")
		if err != nil || titles(doc) != title {
			t.Errorf("%q became %q, %v", title, titles(doc), err)
		}
	}
}

func TestParseSurvivesDepth(t *testing.T) {
	deep := strings.Repeat("<b>", 20_000) + "ground" + strings.Repeat("</b>", 20_000)
	for _, in := range []string{
		rssWith("<item><title>a</title><description>" + deep + "</description></item>"),
		`<feed xmlns="http://www.w3.org/2005/Atom"><entry><title>a</title><content type="xhtml"><div>` + deep + `</div></content></entry></feed>`,
	} {
		doc, err := Parse([]byte(in), "", "")
		if err != nil || titles(doc) != "a" || !strings.Contains(doc.Items[0].HTML, "ground") {
			t.Errorf("%v, %.200v", err, doc)
		}
	}
}

func TestParseLinks(t *testing.T) {
	const base = "https://a.example/feeds/all.xml"
	for item, want := range map[string]string{
		"<link>/x</link>":                                     "https://a.example/x",
		"<link>x</link>":                                      "https://a.example/feeds/x",
		"<link>//b.example/x</link>":                          "https://b.example/x",
		"<link>www.b.example/x</link>":                        "https://www.b.example/x",
		"<link> https://b.example/ä ö </link>":                "https://b.example/%C3%A4%20%C3%B6",
		"<link>https://b.example/?q=a b|ö\n&amp;r=1</link>":   "https://b.example/?q=a%20b%7C%C3%B6&r=1",
		"<link>https://b.example/100%</link>":                 "https://b.example/100%25",
		"<link>javascript:alert(1)</link>":                    "",
		"<link>file:///etc/passwd</link>":                     "",
		"<link>data:text/html,x</link><guid>http://g/</guid>": "http://g/",
		"<guid>https://b.example/p</guid>":                    "https://b.example/p",
		"<guid isPermaLink='false'>https://b.example</guid>":  "",
		"<guid>17</guid>":                                     "",
	} {
		doc, err := Parse([]byte(rssWith("<item><title>t</title>"+item+"</item>")), base, "")
		if err != nil || doc.Items[0].URL != want {
			t.Errorf("%s: %v, %q, want %q", item, err, doc.Items[0].URL, want)
		}
	}
}

func TestParseHeedsXMLBase(t *testing.T) {
	in := `<rss version="2.0" xml:base="https://b.example/dir/feed.xml"><channel><title>T</title>
<item><title>t</title><link>1.html</link><description xml:base="pics/">&lt;img src="a.png"&gt;</description></item></channel></rss>`
	doc, err := Parse([]byte(in), "https://a.example/", "")
	if err != nil {
		t.Fatal(err)
	}
	it := doc.Items[0]
	if it.URL != "https://b.example/dir/1.html" || it.HTML != `<img src="https://b.example/dir/pics/a.png">` {
		t.Errorf("%q %q", it.URL, it.HTML)
	}
}

func TestParseReadsXHTMLBodies(t *testing.T) {
	for _, body := range []string{
		`<body xmlns="http://www.w3.org/1999/xhtml"><p>a <b>b</b> &amp; c</p></body>`,
		`<x:body xmlns:x="http://www.w3.org/1999/xhtml"><x:p>a <x:b>b</x:b> &amp; c</x:p></x:body>`,
	} {
		doc, err := Parse([]byte(rssWith("<item><title>t</title>"+body+"</item>", "<item><title>u</title></item>")), "", "")
		if err != nil || titles(doc) != "t|u" || doc.Items[0].HTML != "<p>a <b>b</b> &amp; c</p>" {
			t.Errorf("%v, %+v", err, doc)
		}
	}
}

// Each of these once made something look at the rest of the text again and
// again.
func TestParseTakesItsTimeOnce(t *testing.T) {
	for name, in := range map[string]string{
		"DOCTYPE":        strings.Repeat("<!DOCTYPE[>", 20_000),
		"CDATA":          rssWith(strings.Repeat("<item><title><![CDATA[x</title></item>", MaxItems), strings.Repeat("x", 1<<20)),
		"CDATA, one end": rssWith(strings.Repeat("<item><title><![CDATA[x</title></item>", MaxItems), strings.Repeat("x", 1<<20), "]]>"),
		"quotes":         rssWith(`<item a="` + strings.Repeat("<", 1<<17)),
		"end tags":       rssWith(strings.Repeat("<b>", maxDepth), strings.Repeat("</i>", 20_000)),
		"titles":         rssWith(strings.Repeat("<item><title><![CDATA["+strings.Repeat("<b>", 1000)+"]]></title></item>", 30)),
	} {
		if doc, err := Parse([]byte(in), "", ""); err == nil {
			checkDoc(t, name, doc)
		}
	}
}

func TestParsePublishedAndUpdated(t *testing.T) {
	in := `<feed xmlns="http://www.w3.org/2005/Atom"><entry><id>1</id><updated>2026-01-02T03:04:05Z</updated></entry>
<entry><id>2</id><published>2026-01-01T00:00:00Z</published><updated>2026-01-02T03:04:05Z</updated></entry></feed>`
	doc, err := Parse([]byte(in), "", "")
	if err != nil {
		t.Fatal(err)
	}
	updated := time.Date(2026, 1, 2, 3, 4, 5, 0, time.UTC)
	if it := doc.Items[0]; it.Published != updated || it.Updated != updated {
		t.Errorf("%v %v", it.Published, it.Updated)
	}
	if it := doc.Items[1]; it.Published != updated.Add(-27*time.Hour-4*time.Minute-5*time.Second) {
		t.Errorf("%v", it.Published)
	}
}

func TestSummaryIsTheBeginningOfTheText(t *testing.T) {
	script := "<script>" + strings.Repeat("var a = 1; ", 1000) + "</script>"
	long := "<p>" + strings.Repeat("word after word ", 10_000) + "</p>"
	for _, in := range []string{long, script + long} {
		if got := summaryOf(in); len(got) < SummaryLen || !strings.HasPrefix(got, "word after word ") || !strings.HasSuffix(got, "…") {
			t.Errorf("%q", got)
		}
	}
	if got := summaryOf(script + "<p>short</p>"); got != "short" {
		t.Errorf("%q", got)
	}
}

func TestAuthorName(t *testing.T) {
	for in, want := range map[string]string{
		"Ann Lee":                 "Ann Lee",
		"ann@a.example (Ann Lee)": "Ann Lee",
		"Ann Lee (ann@a.example)": "Ann Lee",
		"Ann Lee <ann@a.example>": "Ann Lee",
		"<ann@a.example>":         "ann@a.example",
		"ann@a.example":           "ann@a.example",
		"ann@a.example ()":        "ann@a.example",
		"Ann Lee (Paris)":         "Ann Lee (Paris)",
		"<b>Ann</b> &amp; Bo":     "Ann & Bo",
		"<name>ann</name>":        "ann",
		"Ann\u00a0Lee":            "Ann Lee",
		"\n<name>Ann Lee</name><email>ann@a.example</email>": "Ann Lee",
		"": "",
	} {
		if got := authorName(in); got != want {
			t.Errorf("%q: %q, want %q", in, got, want)
		}
	}
}

func TestPlainTitle(t *testing.T) {
	for in, want := range map[string]string{
		"Hi <b>x</b> &amp; y":        "Hi x & y",
		"if a < b and c > d":         "if a < b and c > d",
		"a<b":                        "a<b",
		"The <b> element":            "The <b> element",
		"<script>alert(1)</script>":  "<script>alert(1)</script>",
		"&lt;b&gt; is bold":          "<b> is bold",
		"one<br>two\n three":         "one two three",
		"<!-- c -->":                 "",
		"R&D; AT&amp;T, caf&#233;":   "R&D; AT&T, café",
		"\u202eevil\u202c\x1b[31m":   "evil[31m",
		"<a href='x'>Link</a> after": "Link after",
	} {
		if got := plainTitle(in); got != want {
			t.Errorf("%q: %q, want %q", in, got, want)
		}
	}
}

func FuzzParse(f *testing.F) {
	for _, file := range []string{"podcast.xml", "notes.atom", "micro.json"} {
		body, err := os.ReadFile(filepath.Join("testdata", "parse", file))
		if err != nil {
			f.Fatal(err)
		}
		f.Add(body, "")
		f.Add(body[:len(body)/2], "text/xml; charset=koi8-r")
	}
	f.Add([]byte("\xff\xfe<\x00r\x00s\x00s\x00>\x00"), "")
	f.Add([]byte(rssWith("<item><title><![CDATA[a</title></item><item><title>]]></title></item>")), "")
	f.Fuzz(func(t *testing.T, body []byte, contentType string) {
		doc, err := Parse(body, "https://a.example/", contentType)
		if err == nil {
			checkDoc(t, fmt.Sprintf("%q", Cut(string(body), 200)), doc)
			return
		}
		if doc != nil || err.Error() == "" || err.Error() != Line(err.Error()) {
			t.Errorf("%v with %q", doc, err)
		}
		if strings.Contains(err.Error(), "confuses the parser") {
			t.Errorf("panic at %q", body)
		}
	})
}

// Atom 0.3 has texts as base64, and these have letters of their own.
func TestPackedTextsAreUnpacked(t *testing.T) {
	const latin = "Der Föhn kam spät, und über Nacht war der Schnee fort; die Möwen blieben."
	latin1, err := charmap.ISO8859_1.NewEncoder().String(latin)
	if err != nil {
		t.Fatal(err)
	}
	pack := func(s string) string { return base64.StdEncoding.EncodeToString([]byte(s)) }
	for in, want := range map[string]string{
		pack("Die Möwen"):              "Die Möwen",
		pack(latin1):                   latin,
		pack("M\xf6we"):                pack("M\xf6we"), // a word, for all one knows
		pack(latin1 + "\x00\x01"):      pack(latin1 + "\x00\x01"),
		"Four words without any sense": "Four words without any sense",
	} {
		body := `<feed version="0.3" xmlns="http://purl.org/atom/ns#"><entry><id>1</id><title>x</title><content mode="base64" type="text/html">` + in + `</content></entry></feed>`
		doc, err := Parse([]byte(body), "", "")
		if err != nil {
			t.Fatal(err)
		}
		if got := doc.Items[0].HTML; got != want {
			t.Errorf("%q, want %q", got, want)
		}
	}
}
