package ui

import (
	"slices"
	"testing"

	"app/newsterm/feed"
)

func TestAnArticleIsShared(t *testing.T) {
	db := emptyLibrary(t)
	save(t, db, "Alpha", feed.Item{GUID: "1", Title: `You & "me"+1`, URL: "https://a.example/1?x=1&y=2#z", HTML: "<p>x</p>", Published: now})
	d := drive(t, db, func(o *Options) {
		o.Targets = []Target{{"Wallabag", "https://w.example/bookmarklet?url={url}&t={title}&f={feed}"}, {"reddit", ""}}
	})
	d.press("@").sees("share: ", "Clipboard", "Wallabag", "w.example", "Mastodon", "Hacker News").lacks("Reddit")
	d.press("enter").sees("copied the title and the address")
	d.press("@").types("wall").press("enter").sees("opening w.example")
	d.press("enter", "@").types("hacker").press("enter").sees("opening news.ycombinator.com")
	if !slices.Equal(d.copied, []string{"You & \"me\"+1\nhttps://a.example/1?x=1&y=2#z"}) {
		t.Errorf("copied %q", d.copied)
	}
	const page, title = "https%3A%2F%2Fa.example%2F1%3Fx%3D1%26y%3D2%23z", "You%20%26%20%22me%22%2B1"
	if want := []string{
		"https://w.example/bookmarklet?url=" + page + "&t=" + title + "&f=Alpha",
		"https://news.ycombinator.com/submitlink?u=" + page + "&t=" + title,
	}; !slices.Equal(d.opened, want) {
		t.Errorf("opened %q\nwant %q", d.opened, want)
	}
}

func TestWrongPlacesToShareAreToldOf(t *testing.T) {
	for _, c := range []struct {
		target Target
		field  string
	}{
		{Target{"Wallabag", "https://w.example/?u={url}"}, ""},
		{Target{"Reddit", ""}, ""},
		{Target{" ", "https://w.example/?u={url}"}, "name"},
		{Target{"Script", "javascript:alert('{url}')"}, "url"},
		{Target{"Host", "https://{title}/"}, "url"},
	} {
		if field, why := c.target.Wrong(); field != c.field || (why == "") != (field == "") {
			t.Errorf("%+v: %q, %q", c.target, field, why)
		}
	}
}
