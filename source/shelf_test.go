package source

import (
	"bytes"
	"net/url"
	"slices"
	"strings"
	"testing"

	"app/newsterm/feed"
)

func TestTheShelfIsInOrder(t *testing.T) {
	list, subjects, seen := Shelf("C"), map[string]int{}, map[string]bool{}
	if len(list) < 60 {
		t.Errorf("%d feeds are no shelf", len(list))
	}
	for _, s := range list {
		subjects[s.Subject]++
		u, err := url.Parse(s.URL)
		switch {
		case err != nil || u.Scheme != "https" || u.Host == "" || u.User != nil || u.Fragment != "":
			t.Errorf("%s: %q is no address for a shelf", s.Title, s.URL)
		case seen[feed.NormalLink(s.URL)] || seen[s.Title]:
			t.Errorf("%s is there twice", s.Title)
		case strings.TrimSuffix(feed.NormalLink(s.URL), "/") != strings.TrimSuffix(s.URL, "/"):
			t.Errorf("%s: %s says more than it must; %s would do", s.Title, s.URL, feed.NormalLink(s.URL))
		case !strings.HasPrefix(s.Site, "https://"):
			t.Errorf("%s: its site is %q", s.Title, s.Site)
		case languageNames[s.Language] == "":
			t.Errorf("%s: its language is %q", s.Title, s.Language)
		case s.Title == "" || s.About == "" || len([]rune(s.About)) > 60 || s.Title != feed.Line(s.Title) || s.About != feed.Line(s.About):
			t.Errorf("%q is about %q", s.Title, s.About)
		}
		seen[feed.NormalLink(s.URL)], seen[s.Title] = true, true
	}
	for subject, n := range subjects {
		if n < 4 || subject == "" || strings.Contains(subject, "/") {
			t.Errorf("%q holds %d feeds", subject, n)
		}
	}
}

func TestTheShelfIsOPML(t *testing.T) {
	subs, problems, err := feed.ReadOPML(bytes.NewReader(shelfFile))
	if err != nil || problems != nil {
		t.Fatal(err, problems)
	}
	for i, s := range Shelf("C") {
		if !slices.ContainsFunc(subs, func(sub feed.Sub) bool {
			return sub.URL == s.URL && sub.Title == s.Title && sub.Folder == s.Subject && sub.Site == s.Site
		}) {
			t.Errorf("another reader does not find %d, %s", i, s.Title)
		}
	}
}

func TestTheReadersLanguageIsFirst(t *testing.T) {
	for locale, want := range map[string]string{
		"de_AT.UTF-8": "de en", "pt-BR": "pt en", "en_GB": "en", "C": "en", "": "en", "xx_YY": "en", "ja.UTF-8": "ja en",
	} {
		var languages []string
		for _, s := range Shelf(locale) {
			if s.Subject != "News" {
				continue
			}
			languages = append(languages, s.Language)
		}
		if got := strings.Join(slices.Compact(languages), " "); !strings.HasPrefix(got+" ", want+" ") {
			t.Errorf("%q: the news come in %s", locale, got)
		}
	}
	if first := Shelf("C")[0]; first.Subject != "News" || first.Language != "en" {
		t.Errorf("the first is %+v", first)
	}
}

func TestTheShelfIsSearched(t *testing.T) {
	count := func(typed string) (n int) {
		for _, s := range Shelf("") {
			if s.Has(typed) {
				n++
			}
		}
		return n
	}
	for _, typed := range []string{"golang", "GO blog", "german news", "Русский", "lwn.net", "comics xkcd"} {
		if count(typed) == 0 {
			t.Errorf("%q finds nothing", typed)
		}
	}
	if count("zebra xkcd") != 0 || count("") != len(Shelf("")) {
		t.Error("words are not looked for together")
	}
}
