package source_test

import (
	"reflect"
	"strings"
	"testing"

	"app/newsterm/feed"
	"app/newsterm/source"
	"app/newsterm/store"
)

func readURLs(t *testing.T, text string) source.List {
	t.Helper()
	list, err := source.ReadURLs(strings.NewReader(text))
	if err != nil {
		t.Fatal(err)
	}
	return list
}

func TestURLsOfNewsboat(t *testing.T) {
	sub := func(url, title, folder string, muted bool, tags ...string) feed.Sub {
		return feed.Sub{URL: url, Title: title, Folder: folder, Muted: muted, Tags: tags}
	}
	program := func(url, folder string) feed.Sub {
		return feed.Sub{URL: url, Folder: folder, Disabled: true}
	}
	for line, want := range map[string]feed.Sub{
		"https://a.example/feed":                                      sub("https://a.example/feed", "", "", false),
		"\thttps://a.example/feed \r":                                 sub("https://a.example/feed", "", "", false),
		"https://a.example/feed#part":                                 sub("https://a.example/feed#part", "", "", false),
		"https://a.example/feed # a note":                             sub("https://a.example/feed", "", "", false),
		"https://a.example/feed news # more":                          sub("https://a.example/feed", "", "news", false),
		`https://a.example/feed "~My feed" "long reads" !`:            sub("https://a.example/feed", "My feed", "long reads", true),
		`https://a.example/feed !hidden ~First ~Second a`:             sub("https://a.example/feed", "First", "a", true),
		`"https://a.example/feed"news`:                                sub("https://a.example/feed", "", "news", false),
		`https://a.example/feed "say \"hi\"\\ \x"`:                    sub("https://a.example/feed", "", `say "hi"\ x`, false),
		`https://a.example/feed "tab\there\nand"`:                     sub("https://a.example/feed", "", "tab here and", false),
		`https://a.example/feed "never closed`:                        sub("https://a.example/feed", "", "never closed", false),
		`https://a.example/feed 'single`:                              sub("https://a.example/feed", "", "'single", false),
		`https://a.example/feed it"s`:                                 sub("https://a.example/feed", "", `it"s`, false),
		`https://me:pass%40word@a.example/feed`:                       sub("https://me:pass%40word@a.example/feed", "", "", false),
		"file:///home/me/feed.xml news":                               sub("file:///home/me/feed.xml", "", "news", false),
		"https://a.example/feed \"a\x1b[31m\"":                        sub("https://a.example/feed", "", "a[31m", false),
		"\ufeffhttps://a.example/feed":                                sub("https://a.example/feed", "", "", false),
		"# comment\n\n \nhttps://a.example/feed":                      sub("https://a.example/feed", "", "", false),
		"https://a.example/feed\nhttps://a.example/feed late":         sub("https://a.example/feed", "", "late", false),
		`https://a.example/feed news "long reads" news slow`:          sub("https://a.example/feed", "", "news", false, "long reads", "slow"),
		"https://a.example/feed a b\nhttps://a.example/feed b c":      sub("https://a.example/feed", "", "a", false, "b", "c"),
		`"exec:~/bin/gen --all \"a b\"" tools`:                        program(`exec:~/bin/gen --all "a b"`, "tools"),
		`exec:/bin/gen`:                                               program(`exec:/bin/gen`, ""),
		`"filter:~/bin/cut.sh -a 3:https://a.example/feed" news`:      program("https://a.example/feed", "news"),
		"filter:cut:https://a.example/feed\nhttps://a.example/feed":   sub("https://a.example/feed", "", "", false),
		"https://a.example/feed\nfilter:cut:https://a.example/feed a": sub("https://a.example/feed", "", "a", false),
	} {
		if list := readURLs(t, line); !reflect.DeepEqual(list.Subs, []feed.Sub{want}) {
			t.Errorf("%q gave\n%+v, want\n%+v", line, list.Subs, want)
		}
	}
}

func TestURLsThatCannotBeTakenAreToldByLine(t *testing.T) {
	list := readURLs(t, `# my feeds
exec: tools
"filter:~/bin/cut.sh" x
https://a.example/feed news "long reads" slow
https://a.example/feed
ftp://a.example/feed
javascript:alert(1)
nonsense
https://me:secret@/ x
`+"https://a.example/\xff\n\"https://a.example/\\nb\"\n\"exec:a\\nb\"")
	want := []string{
		`urls line 2: exec: is left out: it names no program on one line`,
		`urls line 3: filter:~/bin/cut.sh is left out: it is a filter, and the feed behind it cannot be told`,
		`urls line 5: https://a.example/feed is there twice, and taken once`,
		`urls line 6: ftp://a.example/feed is left out: it is not the address of a feed`,
		`urls line 7: javascript:alert(1) is left out: it is not the address of a feed`,
		`urls line 8: nonsense is left out: it is not the address of a feed`,
		`urls line 9: https://me:xxxxx@/ is left out: it is not the address of a feed`,
		`urls line 10: it is left out: it is not UTF-8`,
		`urls line 11: https://a.example/ b is left out: it is not the address of a feed`,
		`urls line 12: exec:a b is left out: it names no program on one line`,
	}
	if !reflect.DeepEqual(list.Problems, want) {
		t.Errorf("problems:\n%s\nwant:\n%s", strings.Join(list.Problems, "\n"), strings.Join(want, "\n"))
	}
	if len(list.Subs) != 1 {
		t.Errorf("feeds: %+v", list.Subs)
	}
}

func TestSavedQueriesOfNewsboat(t *testing.T) {
	const feeds = `https://a.example/1 news
https://a.example/2 news other
https://a.example/3 "long reads" mixed "very long"
https://a.example/4 mixed
https://a.example/5 "odd` + "\u00a0tag\u200d" + `"
`
	for expr, want := range map[string]string{
		`unread = "yes"`:                   `is:unread`,
		`unread != "yes"`:                  `is:read`,
		`unread == "no"`:                   `is:read`,
		`unread = "yes" and tags # "news"`: `is:unread in:news`,
		`tags !# "news"`:                   `-in:news`,
		`tags # "long reads"`:              `in:"long reads"`,
		`flags # "s"`:                      `is:starred`,
		`flags !# "s"`:                     `-is:starred`,
		`flags != ""`:                      `is:starred`,
		`flags =~ "a"`:                     `is:starred`,
		`flags !~ "a"`:                     `-is:starred`,
		`flags = "a"`:                      `is:starred`,
		`flags != "a"`:                     ``, // b is
		`(unread="yes" or flags#"a") and age < 7`:   `(is:unread OR is:starred) since:7d`,
		`age between 0:7`:                           `since:8d`,
		`age between 2:4`:                           `(since:5d before:2d)`,
		`age <= 1 or age >= 30 or age > 3`:          `since:2d OR before:30d OR before:4d`,
		`title =~ "linux"`:                          `title:linux*`,
		`title # "linux"`:                           `title:linux`,
		`title !~ "linux|bsd"`:                      `-(title:linux* OR title:bsd*)`,
		`author =~ "ann lee"`:                       `author:"ann lee"*`,
		`content =~ "coral"`:                        `coral*`,
		`content =~ "a:b"`:                          `"a:b"*`,
		`feedtitle =~ "Tide"`:                       `feed:Tide`,
		`feedtitle = "Tide Tables"`:                 `feed:"Tide Tables"`,
		`link =~ "example.org"`:                     ``, // a dot is any letter there
		`link =~ "wiki"`:                            `url:wiki`,
		"feedtitle = \"Tide\u00a0Tables\u200d\"":    `feed:"` + feed.Line("Tide\u00a0Tables\u200d") + `"`,
		"title =~ \"deep\u00a0sea\u200d|a\x07b\"":   `(title:"` + feed.Line("deep\u00a0sea\u200d") + `"* OR title:ab*)`,
		"tags # \"odd\u00a0tag\u200d\"":             `in:"` + feed.Line("odd\u00a0tag\u200d") + `"`,
		`rssurl = "https://a.example/1"`:            `feed:"https://a.example/1"`,
		`enclosure_url != ""`:                       `has:enclosure`,
		`enclosure_type != ""`:                      `has:enclosure`,
		`enclosure_type =~ "audio"`:                 `has:enclosure`,
		`enclosure_type !~ "audio"`:                 ``,
		`tags # "other"`:                            `tag:other`,
		`tags !# "very long"`:                       `-tag:"very long"`,
		`tags # "mixed"`:                            `(in:mixed OR tag:mixed)`,
		`tags !# "mixed"`:                           `-(in:mixed OR tag:mixed)`,
		`tags # "none"`:                             ``,
		`title = "exactly this"`:                    ``,
		`title =~ "^a.*b$"`:                         ``,
		`unread = "yes" and age < 2 or flags # "a"`: ``,
		`unread_count > "0"`:                        ``,
		`unread = "yes`:                             ``,
		`unread = "yes" and`:                        ``,
		`(unread = "yes"`:                           ``,
		`unread = "yes" ; touch pwned`:              ``,
		strings.Repeat("(", 1000):                   ``,
		``:                                          ``,
	} {
		line := `"query:Some:` + strings.ReplaceAll(strings.ReplaceAll(expr, `\`, `\\`), `"`, `\"`) + `"`
		list := readURLs(t, feeds+line)
		if len(list.Queries) != 1 {
			t.Fatalf("%s: %+v", expr, list)
		}
		q := list.Queries[0]
		if q.Name != "Some" || q.Line != 6 || q.Query != want || (q.Why == "") != (want != "") {
			t.Errorf("%s\ngave %+v, want %q", expr, q, want)
		}
		if _, err := store.ParseQuery(q.Query); err != nil {
			t.Errorf("%s gave %q: %v", expr, q.Query, err)
		}
	}
}

func TestAQueryThatAsksForMoreSaysSo(t *testing.T) {
	list := readURLs(t, `"query:Pod:unread = \"yes\" and (enclosure_type =~ \"audio/\" or enclosure_type = \"video/mp4\")"`)
	want := []source.SavedQuery{{
		Line: 1, Name: "Pod", Query: "is:unread (has:enclosure OR has:enclosure)",
		Wider: `enclosure_type =~ "audio/", enclosure_type = "video/mp4"`,
	}}
	if !reflect.DeepEqual(list.Queries, want) {
		t.Errorf("%+v", list.Queries)
	}
}

func FuzzReadURLs(f *testing.F) {
	f.Add(`"exec:prog \"a b\"" tools more`)
	f.Add(`https://a.example/feed "~My" news` + "\n" + `"query:Q:unread = \"yes\" and (age < 7 or title =~ \"a|b\")"`)
	f.Fuzz(func(t *testing.T, text string) {
		list, err := source.ReadURLs(strings.NewReader(text))
		if err != nil {
			t.Fatal(err)
		}
		for _, q := range list.Queries {
			if _, err := store.ParseQuery(q.Query); err != nil {
				t.Errorf("%q: %v", q.Query, err)
			}
		}
		for _, s := range list.Subs {
			if s.URL != feed.Line(s.URL) && !source.NamesProgram(s.URL) || s.Title != feed.Line(s.Title) || s.Folder != feed.Line(s.Folder) {
				t.Errorf("%+v is not clean", s)
			}
			for _, tag := range s.Tags {
				if tag == "" || tag == s.Folder || tag != feed.Line(tag) {
					t.Errorf("the tags of %+v are not clean", s)
				}
			}
			if source.IsProgram(s.URL) && !s.Disabled {
				t.Errorf("%+v may be run", s)
			}
		}
	})
}
