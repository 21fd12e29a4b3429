package store_test

import (
	"errors"
	"reflect"
	"slices"
	"strings"
	"testing"

	"app/newsterm/feed"
	"app/newsterm/store"
)

func TestQueryIsWrittenAsItIsRead(t *testing.T) {
	for typed, want := range map[string]string{
		"":                              "",
		"  zebra   Crossing ":           "zebra Crossing",
		"zebra AND crossing":            "zebra crossing",
		"NOT zebra":                     "-zebra",
		"--zebra":                       "zebra",
		"NOT -(zebra)":                  "zebra",
		`"a phrase"`:                    `"a phrase"`,
		`"zebra"`:                       "zebra",
		"zeb*":                          "zeb*",
		`"two wor"*`:                    `"two wor"*`,
		"a OR b c":                      "a OR b c",
		"(a OR b) c":                    "(a OR b) c",
		"a (b c)":                       "a b c",
		"a OR (b OR c)":                 "a OR b OR c",
		"-(a b)":                        "-(a b)",
		"is:UNREAD IS:starred":          "is:unread is:starred",
		"has:enclosure":                 "has:enclosure",
		`feed:"Long Name" feed:short`:   `feed:"Long Name" feed:short`,
		"feed:#12":                      "feed:#12",
		`feed:"#12"`:                    `feed:"#12"`,
		`in:"" in:A/B`:                  `in:"" in:A/B`,
		`TAG:sea tag:"Long Reads"`:      `tag:sea tag:"Long Reads"`,
		`-tag:"" tag:"OR"`:              `-tag:"" tag:"OR"`,
		`title:"two words" author:ann*`: `title:"two words" author:ann*`,
		"url:a.example/?q=1":            "url:a.example/?q=1",
		"lang:EN":                       "lang:en",
		"since:2d before:2022-01-06":    "since:2d before:2022-01-06",
		"sort:oldest zebra":             "zebra sort:oldest",
		"a OR b sort:feed":              "(a OR b) sort:feed",
		"sort:newest":                   "",
		"http://a.example/x?y":          `"http://a.example/x?y"`,
		"c++ don't 12:30 re: & 🙂 * 東京":  `c++ don't "12:30" "re:" & 🙂 "*" 東京`,
		`"OR"`:                          `"OR"`,
		`"say \"hi\" \\ \n"`:            `"say \"hi\" \\ \\n"`,
		"or and not":                    "or and not",
	} {
		q, err := store.ParseQuery(typed)
		if err != nil {
			t.Errorf("%s: %v", typed, err)
			continue
		}
		if q.String() != want {
			t.Errorf("%s is written %s, want %s", typed, q, want)
		}
		if again := parse(t, q.String()); again != q {
			t.Errorf("%s, written %s, is read again as %s", typed, q, again)
		}
	}
}

func TestQueryErrorPointsAtThePlace(t *testing.T) {
	for typed, want := range map[string]struct {
		pos  int
		says string
	}{
		"zebra is:new":     {6, "read, unread, starred or muted"},
		"colour:red":       {0, "there is no colour: in a query, only is: has:"},
		"a (b":             {2, "never closed"},
		"a b)":             {3, "nothing was opened"},
		"()":               {1, "missing before this parenthesis"},
		`a "b`:             {2, "quote is never closed"},
		`""`:               {0, "nothing to search for"},
		"a OR":             {4, "missing at the end"},
		"OR a":             {0, "missing before OR"},
		"a AND":            {5, "missing at the end"},
		"a AND OR b":       {6, "missing before OR"},
		"NOT":              {3, "missing at the end"},
		"a -":              {2, `nothing after "-"`},
		"a - b":            {2, `nothing after "-"`},
		"title:":           {0, "a word of the title"},
		"tag:":             {0, "tag: must be followed by a tag, without a space"},
		"title: x":         {0, "without a space"},
		"since:tomorrow":   {0, "2022-01-06"},
		"since:2022-13-01": {0, "2022-01-06"},
		"since:-2d":        {0, "a date"},
		"(a sort:oldest)":  {3, "sort: stands by itself"},
		"-sort:oldest":     {1, "sort: stands by itself"},
		"sort:best":        {0, "newest, oldest, feed or relevance"},
		"é is:x":           {3, "starred"},
	} {
		_, err := store.ParseQuery(typed)
		var e *store.QueryError
		if !errors.As(err, &e) {
			t.Errorf("%s: err = %v, want a QueryError", typed, err)
			continue
		}
		if e.Pos != want.pos || !strings.Contains(e.Why, want.says) {
			t.Errorf("%s: at %d: %s\nwant at %d: … %s …", typed, e.Pos, e.Why, want.pos, want.says)
		}
	}
	_, err := store.ParseQuery("é is:x")
	var e *store.QueryError
	if errors.As(err, &e); e.Point() != "é is:x\n  ^" {
		t.Errorf("Point:\n%s", e.Point())
	}
	for _, long := range []string{strings.Repeat("(", 100), strings.Repeat("a ", 300), strings.Repeat("a", 20_000), strings.Repeat("-", 100) + "a"} {
		if _, err := store.ParseQuery(long); err == nil {
			t.Errorf("%.20s… is accepted", long)
		}
	}
}

func TestQueriesAreComparedWithTheSign(t *testing.T) {
	a := parse(t, "is:unread zebra").And(store.FolderQuery("Science")).And(store.TagQuery("a  b"))
	if b := parse(t, `is:unread zebra in:Science tag:"a b"`); a != b {
		t.Errorf("%s is not %s", a, b)
	}
	if (store.Query{}).And(store.Query{}) != (store.Query{}) {
		t.Error("nothing and nothing is something")
	}
	if q := store.FeedQuery(7).SortBy(store.Oldest); q.String() != "feed:#7 sort:oldest" || q.Sort() != store.Oldest {
		t.Errorf("FeedQuery is written %s", q)
	}
}

// zoo is a file with articles for every kind of question.
func zoo(t testing.TB) *store.DB {
	t.Helper()
	db := memory(t)
	a, _, err := db.Subscribe(ctx, feed.Sub{URL: "https://a.example/feed", Title: "Ärzte heute", Folder: "Science/Health"})
	if err != nil {
		t.Fatal(err)
	}
	b, _, err := db.Subscribe(ctx, feed.Sub{URL: "https://b.example/feed", Title: "Beta", Folder: "Sciences"})
	if err != nil {
		t.Fatal(err)
	}
	noisy, _, err := db.Subscribe(ctx, feed.Sub{URL: "https://n.example/feed", Title: "Noisy"})
	if err != nil {
		t.Fatal(err)
	}
	noisy.Muted, noisy.Tags = true, []string{"Été"}
	a.Tags = []string{" Long  Reads ", "été", "", "ETE", "sea"}
	for _, f := range []store.Feed{noisy, a} {
		if err := db.Change(ctx, func(now *store.Feed) { *now = f }, f.ID); err != nil {
			t.Fatal(err)
		}
	}
	items := []feed.Item{
		{GUID: "zebra", Title: "Zebra crossing", HTML: "<p>stripes of a café</p>", Authors: []string{"Ann Lee", "Bo"}},
		{GUID: "cpp", Title: "C++ and 🙂", HTML: "don't panic", URL: "https://a.example/100%_off"},
		{GUID: "tokyo", URL: "https://a.example/the%20caf%c3%A9", Title: "東京都の天気", HTML: "<p>ไทยแลนด์ 서울에서 ｶﾀｶﾅ</p>"},
		{GUID: "pod", Title: "Episode", HTML: "crossing zebra", Enclosures: []feed.Enclosure{{URL: "https://a.example/1.mp3", Length: 5}}},
	}
	for i := range items {
		items[i].Published = noon.AddDate(0, 0, -i)
	}
	if _, err := db.Save(ctx, a.ID, &feed.Doc{Items: items, Language: "de-AT"}); err != nil {
		t.Fatal(err)
	}
	save(t, db, b.ID, feed.Item{GUID: "beta", Title: "Sapphire", HTML: "stripes", Published: noon.AddDate(0, 0, -10)})
	save(t, db, noisy.ID, feed.Item{GUID: "noise", Title: "Noise zebra", HTML: "x", Published: noon.AddDate(0, 0, -20)})
	index(t, db)
	return db
}

func TestQueryFinds(t *testing.T) {
	db := zoo(t)
	list, err := db.Articles(ctx, parse(t, "title:zebra"), store.Page{})
	if err != nil || len(list) != 1 {
		t.Fatal(list, err)
	}
	mark(t, db, store.Read, true, list[0].ID)
	mark(t, db, store.Starred, true, list[0].ID)
	if err := db.SaveFullText(ctx, list[0].ID, "<p>whole page of giraffes</p>"); err != nil {
		t.Fatal(err)
	}
	index(t, db)
	for query, want := range map[string]string{
		"":                                "zebra cpp tokyo pod beta",
		"zebra":                           "zebra pod",
		"ZEBRA crossing":                  "zebra pod",
		`"zebra crossing"`:                "zebra",
		"cafe":                            "zebra",
		"CAFÉ":                            "zebra",
		"zeb* -stripes":                   "pod",
		"stripes -zebra":                  "beta",
		"-zebra":                          "cpp tokyo beta",
		"-zebra -stripes":                 "cpp tokyo",
		"-(zebra OR stripes)":             "cpp tokyo",
		"sapphire OR episode":             "pod beta",
		"sapphire OR is:starred":          "zebra beta",
		"(zebra OR sapphire) is:unread":   "pod beta",
		"zebra -is:unread":                "zebra",
		"is:unread feed:nosuch":           "",
		"is:starred in:nosuch":            "",
		"is:unread -tag:nosuch -is:muted": "cpp tokyo pod beta",
		"c++":                             "cpp",
		"don't":                           "cpp",
		"🙂":                               "cpp",
		"title:🙂 panic":                   "cpp",
		"-🙂":                              "zebra tokyo pod beta",
		"&":                               "",
		"*":                               "",
		"東京":                              "tokyo",
		"京都":                              "tokyo",
		"京東":                              "",
		"東京*":                             "tokyo",
		"ไทย":                             "tokyo",
		"서울":                              "tokyo",
		"カタカナ":                            "tokyo",
		"giraffes":                        "zebra",
		"is:read":                         "zebra",
		"is:starred":                      "zebra",
		"is:muted":                        "noise",
		"is:unread":                       "cpp tokyo pod beta",
		"is:unread OR is:read":            "zebra cpp tokyo pod beta",
		"has:enclosure":                   "pod",
		"has:fulltext":                    "zebra",
		"feed:ARZTE":                      "zebra cpp tokyo pod",
		"feed:a.example zebra":            "zebra pod",
		"feed:nothing":                    "",
		"-feed:beta":                      "zebra cpp tokyo pod noise",
		"feed:noisy":                      "noise",
		"in:science":                      "zebra cpp tokyo pod",
		"in:Science/Health":               "zebra cpp tokyo pod",
		"in:Sciences":                     "beta",
		`in:""`:                           "noise",
		"tag:Ete":                         "zebra cpp tokyo pod noise",
		"tag:été -tag:sea":                "noise",
		`tag:"long reads" zebra`:          "zebra pod",
		"tag:long":                        "",
		`tag:""`:                          "beta",
		"title:crossing":                  "zebra",
		"author:ann":                      "zebra",
		`author:"lee bo"`:                 "",
		"url:100%_OFF":                    "cpp",
		"url:100":                         "cpp",
		"url:%":                           "cpp tokyo",
		"url:café":                        "tokyo",
		`url:"the café" -url:cafés`:       "tokyo",
		"lang:de":                         "zebra cpp tokyo pod",
		"lang:d":                          "",
		"since:36h":                       "zebra cpp",
		"since:2d before:1d":              "tokyo",
		"before:1w":                       "beta",
		"since:2022-01-05 is:unread":      "cpp",
		"since:2022":                      "zebra cpp tokyo pod",
		"sort:oldest is:unread":           "beta pod tokyo cpp",
		"sort:feed":                       "beta zebra cpp tokyo pod",
		"sort:feed is:unread":             "beta cpp tokyo pod",
		"zebra sort:relevance":            "zebra pod",
		"stripes sort:relevance":          "beta zebra",
		"sort:relevance":                  "zebra cpp tokyo pod beta",
		"zebra sort:relevance is:starred": "zebra",
		`"zebra" AND NOT "crossing zeb"*`: "zebra",
	} {
		if got := strings.Join(found(t, db, query), " "); got != want {
			t.Errorf("%s finds %q, want %q", query, got, want)
		}
		q := parse(t, query)
		n, err := db.Count(ctx, q, store.Moment{})
		if words := strings.Fields(want); err != nil || n != len(words) {
			t.Errorf("%s counts %d, %v, want %d", query, n, err, len(words))
		}
		if n, err := db.Arrived(ctx, q, store.Moment{}); err != nil || n != len(strings.Fields(want)) {
			t.Errorf("%s: %d arrived, %v, want %d", query, n, err, len(strings.Fields(want)))
		}
	}
}

// FuzzParseQuery: whatever is typed is an error or a query that is read again
// as itself, and that can be asked.
func FuzzParseQuery(f *testing.F) {
	for _, s := range []string{"", `a OR -(b "c d"*) sort:feed`, "is:unread since:2d", `feed:"x" in:"" url:%`, "http://x c++ 東京 🙂",
		`a" (`, "title:é* -author:\"\\\"", "\x00 a\xff\u202e b", "NOT NOT a AND b", "before:2022-01-06T10:00 lang:en sort:relevance a"} {
		f.Add(s)
	}
	db := zoo(f)
	f.Fuzz(func(t *testing.T, s string) {
		q, err := store.ParseQuery(s)
		if err != nil {
			var e *store.QueryError
			if !errors.As(err, &e) || e.Pos < 0 || e.Pos > len(s) || e.Error() == "" || e.Point() == "" {
				t.Fatalf("%q: %#v", s, err)
			}
			return
		}
		again, err := store.ParseQuery(q.String())
		if err != nil || again != q {
			t.Fatalf("%q is written %q and read again as %q, %v", s, q, again, err)
		}
		list, err := db.Articles(ctx, q, store.Page{Limit: 3})
		if err != nil {
			t.Fatalf("%q: %v", s, err)
		}
		if n, err := db.Count(ctx, q, store.Moment{}); err != nil || n < len(list) {
			t.Fatalf("%q: %d articles, %d counted, %v", s, len(list), n, err)
		}
		if _, err := db.Articles(ctx, q, store.Page{Limit: 3, AsOf: store.Moment{Last: 3, At: noon}}); err != nil {
			t.Fatalf("%q: %v", s, err)
		}
	})
}

func TestTextsAreListedAsArticles(t *testing.T) {
	db := three(t)
	if err := db.SaveFullText(ctx, 2, "<p>whole</p>"); err != nil {
		t.Fatal(err)
	}
	q := parse(t, "sort:oldest")
	page := store.Page{Limit: 2}
	var got []store.Article
	for len(got) < 3 {
		list, err := db.Texts(ctx, q, page)
		if err != nil || len(list) == 0 {
			t.Fatal(len(list), err)
		}
		got = append(got, list...)
		page.After = list[len(list)-1].Place()
	}
	for i, a := range got {
		want, err := db.Article(ctx, store.ArticleID(i+1))
		if err != nil || !reflect.DeepEqual(a, want) {
			t.Errorf("%+v\nwant %+v, %v", a, want, err)
		}
	}
}

func TestPagesJoin(t *testing.T) {
	db := memory(t)
	for _, url := range []string{"https://b.example", "https://a.example", "https://c.example"} {
		f := subscribe(t, db, url)
		var items []feed.Item
		for i := range 9 {
			items = append(items, item(string(rune('a'+i)), i/2)) // pairs of one date
		}
		save(t, db, f.ID, items...)
	}
	index(t, db)
	mark(t, db, store.Starred, true, 3, 4, 5, 20)
	mark(t, db, store.Read, true, 1, 2, 15)
	at, err := db.Moment(ctx)
	if err != nil {
		t.Fatal(err)
	}
	mark(t, db, store.Read, true, 7, 8, 16)
	mark(t, db, store.Starred, false, 4)
	for _, typed := range []string{"", "is:unread", "is:starred", "text", "feed:#2", "feed:#2 is:unread", "feed:example is:unread"} {
		for _, sort := range []store.Sort{store.Newest, store.Oldest, store.ByFeed, store.ByRelevance} {
			q := parse(t, typed).SortBy(sort)
			whole, err := db.Articles(ctx, q, store.Page{AsOf: at})
			if err != nil || len(whole) == 0 {
				t.Fatal(q, len(whole), err)
			}
			want := ids(whole)
			if got := forward(t, db, q, at); !slices.Equal(got, want) {
				t.Errorf("%s: forward %v, want %v", q, got, want)
			}
			if got := backward(t, db, q, at, whole[len(whole)-1]); !slices.Equal(got, want[:len(want)-1]) {
				t.Errorf("%s: backward %v, want %v", q, got, want[:len(want)-1])
			}
		}
	}
}

func ids(list []store.Article) (ids []store.ArticleID) {
	for _, a := range list {
		ids = append(ids, a.ID)
	}
	return ids
}

// forward reads a list from its start, page by page.
func forward(t *testing.T, db *store.DB, q store.Query, at store.Moment) (got []store.ArticleID) {
	t.Helper()
	p := store.Page{Limit: 4, AsOf: at}
	for {
		list, err := db.Articles(ctx, q, p)
		if err != nil {
			t.Fatal(err)
		}
		if len(list) == 0 {
			return got
		}
		got = append(got, ids(list)...)
		p.After = list[len(list)-1].Place()
	}
}

// backward reads what stands before last, page by page.
func backward(t *testing.T, db *store.DB, q store.Query, at store.Moment, last store.Article) (got []store.ArticleID) {
	t.Helper()
	p := store.Page{Limit: 4, AsOf: at, Before: last.Place()}
	for {
		list, err := db.Articles(ctx, q, p)
		if err != nil {
			t.Fatal(err)
		}
		if len(list) == 0 {
			return got
		}
		got = append(ids(list), got...)
		p.Before = list[0].Place()
	}
}
