package feed

import (
	"strings"
	"testing"
)

func TestNormalLink(t *testing.T) {
	for in, want := range map[string]string{
		"http://A.Example:80/x/":                            "https://a.example/x",
		"https://a.example:443":                             "https://a.example",
		"https://a.example:8443/":                           "https://a.example:8443",
		"https://a.example/x?b=2&a=1#top":                   "https://a.example/x?b=2&a=1",
		"https://a.example/x?utm_source=rss&id=7&fbclid=zz": "https://a.example/x?id=7",
		"https://a.example/x?UTM_Medium=rss":                "https://a.example/x",
		"https://a.example/x?source=rss-77---2&from=here":   "https://a.example/x?from=here",
		"https://a.example/x?ref=RSS&ref=7&mod=rss_feed":    "https://a.example/x?ref=7",
		"https://user:pw@a.example/x":                       "https://a.example/x",
		"https://a.example/app#!/page/1":                    "https://a.example/app#!/page/1",
		"https://a.example/%C3%A4/%2F/":                     "https://a.example/%C3%A4/%2F",
		"http://[::1]:8080/x":                               "https://[::1]:8080/x",
		" tag:a.example,2026:1 ":                            "tag:a.example,2026:1",
		"":                                                  "",
	} {
		got := NormalLink(in)
		if got != want {
			t.Errorf("%q: %q, want %q", in, got, want)
		}
		if again := NormalLink(got); again != got {
			t.Errorf("%q becomes %q the second time", got, again)
		}
	}
}

func guids(t *testing.T, items ...string) []string {
	t.Helper()
	doc, err := Parse([]byte(rssWith(items...)), "https://a.example/", "")
	if err != nil {
		t.Fatal(err)
	}
	var out []string
	for _, it := range doc.Items {
		out = append(out, it.GUID)
	}
	return out
}

func TestGUIDIsNeverMadeOfADate(t *testing.T) {
	const item = "<item><title>a</title><description>b</description><pubDate>%s</pubDate></item>"
	old := guids(t, strings.ReplaceAll(item, "%s", "Wed, 01 Jul 2026 12:00:00 GMT"))
	edited := guids(t, strings.ReplaceAll(item, "%s", "Thu, 02 Jul 2026 12:00:00 GMT"))
	if old[0] != edited[0] || !strings.HasPrefix(old[0], "sha256:") {
		t.Error(old, edited)
	}
}

func TestGUIDIsTheLinkWithoutTracking(t *testing.T) {
	got := guids(t, "<item><link>http://a.example/x/?utm_source=rss</link></item>")
	if got[0] != "https://a.example/x" {
		t.Error(got)
	}
}

func TestArticlesThatShareAGUIDSurvive(t *testing.T) {
	const (
		old    = "<item><title>Old</title><link>/old</link><guid isPermaLink='false'>g</guid></item>"
		newer  = "<item><title>New</title><link>/new</link><guid isPermaLink='false'>g</guid></item>"
		newest = "<item><title>Newest</title><link>/newest</link><guid isPermaLink='false'>g</guid></item>"
	)
	before, after := guids(t, newer, old), guids(t, newest, newer, old)
	if len(before) != 2 || len(after) != 3 {
		t.Fatal(before, after)
	}
	if before[0] != after[1] || before[1] != after[2] {
		t.Error("an article's GUID changed because another one arrived:", before, after)
	}
	if later := guids(t, newest, newer); later[0] != after[0] || later[1] != after[1] {
		t.Error("an article's GUID changed because another one left:", after, later)
	}
	edited := strings.Replace(newer, "New", "New, edited", 1)
	if again := guids(t, newest, edited, old); again[1] != after[1] {
		t.Error("an article's GUID changed with its title:", after, again)
	}
}

func TestArticlesOfTheSameWordsAreCountedFromTheOldest(t *testing.T) {
	const words = "<item><title>Up again</title><description>All is well</description></item>"
	before, after := guids(t, words, words), guids(t, words, words, words)
	if len(before) != 2 || len(after) != 3 || before[0] != after[1] || before[1] != after[2] || after[0] == after[1] {
		t.Error(before, after)
	}
}

func TestReportsOfTwoDaysAreTwo(t *testing.T) {
	got := guids(t,
		"<item><title>Daily</title><link>/daily</link><description>two</description><pubDate>Thu, 02 Jul 2026 12:00:00 GMT</pubDate></item>",
		"<item><title>Daily</title><link>/daily</link><description>one</description><pubDate>Wed, 01 Jul 2026 12:00:00 GMT</pubDate></item>",
		"<item><title>Daily</title><link>/daily</link><description>one</description><pubDate>Wed, 01 Jul 2026 12:00:00 GMT</pubDate></item>",
	)
	if len(got) != 2 || got[0] == got[1] {
		t.Error(got)
	}
}

func TestArticlesThatShareALinkSurvive(t *testing.T) {
	got := guids(t,
		"<item><title>Re: x</title><link>/p#c1</link><description>one</description></item>",
		"<item><title>Re: x</title><link>/p#c2</link><description>two</description></item>",
		"<item><title>State</title><link>/</link><description>good</description></item>",
		"<item><title>State again</title><link>/</link><description>bad</description></item>",
	)
	if len(got) != 4 {
		t.Error(got)
	}
}

func TestOneArticleTwiceIsOne(t *testing.T) {
	got := guids(t,
		"<item><title>a</title><link>/a</link></item>",
		"<item><title>a</title><link>/a?utm_source=x</link><description>more</description></item>",
	)
	if len(got) != 1 {
		t.Error(got)
	}
}

// What the store knows an article by does not depend on the kind of a space.
func TestSpacesAreNoIdentity(t *testing.T) {
	items := []string{
		"<item><title>10_000 km</title><description>far</description></item>",
		"<item><title>oui</title><guid>a_b</guid><description>one</description></item>",
		"<item><title>10_000</title><guid>twin</guid><description>one</description></item>",
		"<item><title>20_000</title><guid>twin</guid><description>two</description></item>",
	}
	want := []string{
		"sha256:53a082ffb466a92c488f10a716cad0f8", "a b",
		"twin sha256:c685e1b8afc3b3d73d973b351d42b9cd", "twin sha256:b79605173c1c0fb2e4a65fc8a2e06e25",
	}
	for _, space := range []string{" ", "&#160;", "&#8239;", "&#160; "} {
		var as []string
		for _, it := range items {
			as = append(as, strings.ReplaceAll(it, "_", space))
		}
		if got := guids(t, as...); strings.Join(got, "|") != strings.Join(want, "|") {
			t.Errorf("%q: %q, want %q", space, got, want)
		}
	}
}

func TestAPermalinkWithoutHostIsAnAddress(t *testing.T) {
	for item, want := range map[string]string{
		`<guid isPermaLink="true">/tide</guid>`:                    "https://a.example/tide",
		`<guid isPermaLink="true"> /tide </guid><link>/ebb</link>`: "https://a.example/ebb",
		`<guid isPermaLink="false">/tide</guid>`:                   "",
		`<guid>/tide</guid>`:                                       "",
		`<guid isPermaLink="true">tide</guid>`:                     "",
	} {
		doc, err := Parse([]byte(rssWith("<item><title>Tide</title>"+item+"</item>")), "https://a.example/feed/", "")
		if err != nil {
			t.Fatal(err)
		}
		if it := doc.Items[0]; it.URL != want || it.GUID != strings.TrimSpace(it.GUID) || !strings.HasSuffix(it.GUID, "tide") || strings.HasPrefix(it.GUID, "http") {
			t.Errorf("%s\n url %q, want %q; guid %q", item, it.URL, want, it.GUID)
		}
	}
}
