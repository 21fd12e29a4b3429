package feed

import (
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"
)

func TestDiscoverPutsTheBestFeedFirst(t *testing.T) {
	const page = `<!doctype html><html><head>
<link rel="alternate" type="application/rss+xml" title="The Quayside &raquo; Comments Feed" href="/comments/feed/">
<LINK REL="Alternate Feed" TYPE="Application/Atom+XML; charset=utf-8" TITLE="  The
 Quayside ` + "\u202e" + `" HREF="atom.xml#top">
<link rel="alternate" hreflang="de" type="text/html" href="/de/">
<link rel="alternate" type="application/json" href="/wp-json/wp/v2/posts/1">
<link rel="stylesheet" type="text/css" href="/style.css">
<link rel="alternate" type="application/feed+json" href="//json.example/feed.json">
<link rel="alternate" type="application/rss+xml" href="javascript:alert(1)">
<link rel="alternate" type="application/rss+xml" href="">
<script>'<link rel="alternate" type="application/rss+xml" href="/script">'</script>
<!-- <link rel="alternate" type="application/rss+xml" href="/comment"> -->
</head><body>
<a href="/2026/feed/">RSS</a> <a href="atom.xml">Atom</a> <a href="/about">About</a> <a href="/?feed=rss2">Feed</a>
<a href="/sitemap.xml">Map</a> <a href="feed://feeds.example/x">Subscribe</a> <a href="/index.xml" title="All of it">all</a>
</body></html>`
	want := []Link{
		{"https://quay.example/blog/atom.xml", "The Quayside"},
		{"https://json.example/feed.json", ""},
		{"https://quay.example/2026/feed/", ""},
		{"https://quay.example/?feed=rss2", ""},
		{"http://feeds.example/x", ""},
		{"https://quay.example/index.xml", "All of it"},
		{"https://quay.example/comments/feed/", "The Quayside » Comments Feed"},
	}
	if diff := cmp.Diff(want, Discover([]byte(page), "https://quay.example/blog/post")); diff != "" {
		t.Error(diff)
	}
}

func TestDiscoverTakesWhatIsDeclaredOddly(t *testing.T) {
	for page, want := range map[string]string{
		`<link rel=alternate href=/rss.php>`:                                                      "https://a.example/rss.php",
		`<link href='/f?x=1&amp;y=2' type='text/xml' rel='ALTERNATE'/>`:                           "https://a.example/f?x=1&y=2",
		`<link rel="alternate" type="application/rss+xml;charset=utf-8" href=" /f ">`:             "https://a.example/f",
		`<body><link rel="alternate" type="application/atom+xml" href="//b.example/f"></body>`:    "https://b.example/f",
		`<noscript><link rel="alternate" type="application/rss+xml" href="/f"></noscript>`:        "https://a.example/f",
		`<a type="application/rss+xml" href="/subscribe">RSS</a>`:                                 "https://a.example/subscribe",
		`<a href="feed:https://b.example/news">Subscribe</a>`:                                     "https://b.example/news",
		`<link rel="alternate" href="/de/feed" hreflang="de">`:                                    "",
		`<link rel="alternate" type="application/json+oembed" href="/oembed?format=json">`:        "",
		`<link rel="alternate" type="text/html" media="only screen" href="https://m.a.example/">`: "",
		`<link rel="alternate" href="android-app://example/feed">`:                                "",
		`<link rel="search" type="application/opensearchdescription+xml" href="/opensearch.xml">`: "",
	} {
		got := ""
		if feeds := Discover([]byte(page), "https://a.example/"); len(feeds) > 0 {
			got = feeds[0].URL
		}
		if got != want {
			t.Errorf("%s: %q, want %q", page, got, want)
		}
	}
}

func TestDiscoverHeedsTheBaseOfThePage(t *testing.T) {
	page := []byte(`<base href="/blog/"><base target=_top><link rel=alternate type=application/rss+xml href=feed>`)
	for base, want := range map[string][]Link{
		"https://a.example/x/y": {{URL: "https://a.example/blog/feed"}},
		"":                      nil, // nothing to be relative to
	} {
		if diff := cmp.Diff(want, Discover(page, base)); diff != "" {
			t.Errorf("%s: %s", base, diff)
		}
	}
}

func TestDiscoverTakesAnything(t *testing.T) {
	for _, page := range []string{"", "plain", "<link", "<a href='/feed", strings.Repeat("<div>", 5000) + "<a href=/feed>", "\xff\xfe<a href=\"\x00\x1b\">"} {
		for _, l := range Discover([]byte(page), "https://a.example/") {
			if l.URL != "https://a.example/feed" {
				t.Errorf("%.20q: %v", page, l)
			}
		}
	}
}
