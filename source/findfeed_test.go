package source_test

import (
	"fmt"
	"io"
	"net/http"
	"slices"
	"strings"
	"testing"

	"app/newsterm/feed"
	"app/newsterm/source"
)

// site serves pages by path and notes what was asked for. Pages that are a
// number are answers with that status.
func site(t *testing.T, pages map[string]string) (address string, asked *[]string) {
	t.Helper()
	asked = new([]string)
	return serve(t, func(w http.ResponseWriter, r *http.Request) {
		*asked = append(*asked, r.URL.Path)
		page, ok := pages[r.URL.Path]
		status := http.StatusOK
		if !ok {
			status = http.StatusNotFound
		}
		if _, err := fmt.Sscan(page, &status); err == nil {
			page = "no"
		}
		w.WriteHeader(status)
		io.WriteString(w, page)
	}), asked
}

func page(head string) string {
	return `<!doctype html><html><head><title>A page</title>` + head + `</head><body><p>Text.</p></body></html>`
}

func alternate(paths ...string) string {
	var head strings.Builder
	for _, p := range paths {
		fmt.Fprintf(&head, `<link rel="alternate" type="application/rss+xml" title="Of %s" href="%[1]s">`, p)
	}
	return page(head.String())
}

func TestFindFeedAsksForOneThingAfterTheOther(t *testing.T) {
	for name, c := range map[string]struct {
		at    string
		pages map[string]string
		want  string
		asked []string
	}{
		"a feed": {"/f", map[string]string{"/f": rss("F", "a")}, "F", []string{"/f"}},
		"a page names it": {"/", map[string]string{"/": alternate("/f"), "/f": rss("F", "a")}, "F",
			[]string{"/", "/f"}},
		"the first is gone": {"/", map[string]string{"/": alternate("/gone", "/page", "/f"), "/page": page(""), "/f": rss("F", "a")}, "F",
			[]string{"/", "/gone", "/page", "/f"}},
		"a link in the text": {"/", map[string]string{"/": page("") + `<a href="/news/atom.xml">Feed</a>`, "/news/atom.xml": rss("F", "a")}, "F",
			[]string{"/", "/news/atom.xml"}},
		"a usual place": {"/blog/post", map[string]string{"/blog/post": page(""), "/feed.xml": rss("F", "a")}, "F",
			[]string{"/blog/post", "/feed", "/rss", "/feed.xml"}},
		"what is named is not asked for twice": {"/", map[string]string{"/": alternate("/feed"), "/rss": rss("F", "a")}, "F", []string{"/", "/feed", "/rss"}},
		"comments only":                        {"/", map[string]string{"/": alternate("/comments/feed"), "/comments/feed": rss("F", "a")}, "F", []string{"/", "/comments/feed"}},
		"a known site":                         {"/@ann", map[string]string{"/@ann.rss": rss("F", "a")}, "F", []string{"/@ann.rss"}},
		"a known site that has moved on": {"/@ann", map[string]string{"/@ann": alternate("/f"), "/f": rss("F", "a")}, "F",
			[]string{"/@ann.rss", "/@ann", "/f"}},
	} {
		at, asked := site(t, c.pages)
		found, err := source.FindFeed(ctx, &feed.Client{}, strings.TrimSuffix(at, "/")+c.at)
		if err != nil || found.Doc.Title != c.want {
			t.Errorf("%s: %v", name, err)
		}
		if !slices.Equal(*asked, c.asked) {
			t.Errorf("%s: asked for %v, want %v", name, *asked, c.asked)
		}
	}
}

func TestFindFeedTellsWhatElseThereIs(t *testing.T) {
	at, _ := site(t, map[string]string{"/": alternate("/talk/comments", "/gone", "/f", "/g", "/h"), "/f": rss("F", "a")})
	found, err := source.FindFeed(ctx, &feed.Client{}, at+"/")
	if err != nil || found.Doc.Title != "F" {
		t.Fatalf("%+v, %v", found, err)
	}
	others := []feed.Link{{URL: at + "/g", Title: "Of /g"}, {URL: at + "/h", Title: "Of /h"}}
	comments := []feed.Link{{URL: at + "/talk/comments", Title: "Of /talk/comments"}}
	if !slices.Equal(found.Others, others) || !slices.Equal(found.Comments, comments) {
		t.Errorf("others %v and %v, want %v and %v", found.Others, found.Comments, others, comments)
	}
}

func TestFindFeedSaysWhereItLooked(t *testing.T) {
	many := alternate("/1", "/2", "/3", "/4", "/5", "/6", "/7", "/8", "/9")
	for name, c := range map[string]struct {
		at    string
		pages map[string]string
		says  []string
		asked int
	}{
		"nothing anywhere":      {"/", map[string]string{"/": page("")}, []string{"a web page, not a feed", "/feed, ", "/index.xml", "add its own address"}, 7},
		"too many":              {"/", map[string]string{"/": many}, []string{"/1, ", "/6, ", "/index.xml"}, 13},
		"pages everywhere":      {"/", map[string]string{"/": page(""), "/feed": page(""), "/rss": page("")}, []string{"a web page"}, 7},
		"no page":               {"/", nil, []string{"404 Not Found"}, 1},
		"neither page nor feed": {"/", map[string]string{"/": "just words"}, []string{"plain text"}, 1},
		"asked to wait":         {"/", map[string]string{"/": alternate("/f", "/g"), "/f": "429"}, []string{"its feed ", "/f: ", "429 Too Many Requests"}, 2},
		"not now":               {"/", map[string]string{"/": alternate("/f", "/comments/feed"), "/f": "503"}, []string{"its feed ", "503"}, 2},
		"no guess after 429":    {"/", map[string]string{"/": page(""), "/feed": "429"}, []string{"429"}, 2},
		"a known site refuses":  {"/@ann", map[string]string{"/@ann.rss": "403", "/@ann": "401"}, []string{"its feed ", "/@ann.rss: server answered 403"}, 2},
		"a known site's page":   {"/@ann", map[string]string{"/@ann": page("")}, []string{"there is no feed at", "/@ann.rss;"}, 2},
	} {
		at, asked := site(t, c.pages)
		found, err := source.FindFeed(ctx, &feed.Client{}, at+c.at)
		if err == nil || found.Doc != nil {
			t.Errorf("%s: found %+v", name, found)
			continue
		}
		for _, s := range c.says {
			if !strings.Contains(err.Error(), s) {
				t.Errorf("%s: %v does not say %q", name, err, s)
			}
		}
		if len(*asked) != c.asked {
			t.Errorf("%s: %d requests, want %d: %v", name, len(*asked), c.asked, *asked)
		}
	}
}

func TestFindFeedKeepsThePasswordToItself(t *testing.T) {
	at, _ := site(t, map[string]string{"/": page("")})
	_, err := source.FindFeed(ctx, &feed.Client{}, strings.Replace(at, "http://", "http://ann:SECRET@", 1)+"/")
	if err == nil || strings.Contains(err.Error(), "SECRET") {
		t.Errorf("error %v, want one without the password", err)
	}
}

func TestAPageFollowsNobodyIntoAPrivateNetwork(t *testing.T) {
	inside, asked := site(t, map[string]string{"/f": rss("Secret", "a")})
	for name, address := range map[string]string{
		"10.0.0.0/8":  "http://10.0.0.1:1/f",
		"link-local":  "http://169.254.169.254/f",
		"192.168":     "http://192.168.1.1/f",
		"a file":      "file:///etc/passwd",
		"a known one": "http://10.0.0.1:1/@ann.rss",
	} {
		at, _ := site(t, map[string]string{"/": alternate(address)})
		if found, err := source.FindFeed(ctx, &feed.Client{}, at+"/"); err == nil {
			t.Errorf("%s: found %v", name, found.Doc)
		}
	}
	// A server on this machine may name another there; a saved page may not.
	at, _ := site(t, map[string]string{"/": alternate(inside + "/f")})
	if found, err := source.FindFeed(ctx, &feed.Client{}, at+"/"); err != nil || found.Doc.Title != "Secret" {
		t.Errorf("on this machine: %v", err)
	}
	_, client, err := (&feed.Client{}).Visit(ctx, "file:///nowhere.html")
	if err == nil {
		t.Error("there is a file /nowhere.html")
	}
	*asked = nil
	if _, err := client.Fetch(ctx, inside+"/f", feed.Cache{}); err == nil || len(*asked) > 0 {
		t.Errorf("a file named a feed on this machine, and it was asked for: %v", err)
	}
}

func TestSubscribeToWhatElseThereIs(t *testing.T) {
	db := library(t)
	w := &source.Web{DB: db, Client: &feed.Client{}}
	at, _ := site(t, map[string]string{"/": alternate("/f", "/g"), "/f": rss("F", "a"), "/g": rss("G", "a")})
	s, err := w.Subscribe(ctx, feed.Sub{URL: at + "/"})
	if err != nil || len(s.Found.Others) != 1 {
		t.Fatalf("%+v, %v", s, err)
	}
	s, err = s.Onward.Subscribe(ctx, feed.Sub{URL: s.Found.Others[0].URL})
	if err != nil || s.Feed.Title != "G" || !s.New {
		t.Errorf("%+v, %v", s, err)
	}
}
