package cli_test

import (
	"bytes"
	"context"
	"fmt"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"app/newsterm/cli"
)

// TestRestoredArticlesKeepTheirDatesAndTheirOrder moves feeds whose articles
// have no dates, or all one, to another machine, a month later.
func TestRestoredArticlesKeepTheirDatesAndTheirOrder(t *testing.T) {
	d := newDesk(t)
	now := time.Date(2026, 2, 1, 10, 0, 0, 0, time.UTC)
	run := func(args ...string) string {
		t.Helper()
		var o, e bytes.Buffer
		env := cli.Env{In: strings.NewReader(""), Out: &o, Err: &e, Now: func() time.Time { return now }, Getenv: func(name string) string {
			return map[string]string{"HOME": d.home}[name]
		}}
		if code := cli.Main(context.Background(), env, args); code != 0 {
			t.Fatalf("newsterm %s: exit code %d\n%s%s", strings.Join(args, " "), code, o.String(), e.String())
		}
		return o.String()
	}
	feed := func(name, date string, articles int) string {
		var b strings.Builder
		fmt.Fprintf(&b, "<rss version=\"2.0\"><channel><title>%s</title>", name)
		for i := range articles {
			fmt.Fprintf(&b, "<item><guid>%d</guid><title>%[1]d of %s</title>%s</item>", i, name, date)
		}
		return d.write(name+".xml", b.String()+"</channel></rss>")
	}
	undated := feed("undated", "", 1100)
	run("add", undated, feed("dated", "<pubDate>Thu, 01 Jan 2026 10:00:00 GMT</pubDate>", 1100))
	now = now.AddDate(0, 0, 1)
	feed("undated", "", 1200) // more at its end
	run("refresh", "--force")
	list := func(db string) string {
		return run("--db", db, "list", "--limit", "0", "--format", "{{.GUID}} {{.Feed}} {{.Date.Unix}} {{.Arrived.Unix}}", "NOT feed:handbook")
	}
	here := filepath.Join(d.home, ".local/share/newsterm/news.db")
	want := list(here)
	if strings.Count(want, "\n") != 2300 {
		t.Fatalf("%d articles are here", strings.Count(want, "\n"))
	}
	export := run("export", "json")

	now = now.AddDate(0, 1, 0)
	there := filepath.Join(d.home, "there.db")
	run("--db", there, "import", d.write("all.json", export))
	if got := list(there); got != want {
		at := 0
		for got[at] == want[at] {
			at++
		}
		t.Errorf("the articles are others there, from %.40q on, want %.40q", got[at:], want[at:])
	}
	if again := run("--db", there, "export", "json"); strings.Count(again, "\n") != strings.Count(export, "\n") {
		t.Error("exported again, it is another")
	}
	if got := run("--db", there, "import", filepath.Join(d.home, "all.json")); got != "0 feeds, 0 articles, 0 marks added\n" {
		t.Error(got)
	}
}

// An older newsterm has not written where articles without dates stand.
func TestArticlesOfOlderExportsKeepTheirOrder(t *testing.T) {
	d := newDesk(t)
	var b, want strings.Builder
	b.WriteString("{\"newsterm\":1}\n{\"feed\":{\"url\":\"https://reef.example/feed\",\"title\":\"Reef\"}}\n")
	for i := range 1200 {
		fmt.Fprintf(&b, "{\"article\":{\"feed_url\":\"https://reef.example/feed\",\"guid\":\"%d\",\"title\":\"No. %[1]d\",\"arrived\":\"2026-02-0%dT10:00:00Z\",\"html\":\"\"}}\n", i, 9-i/500)
		fmt.Fprintf(&want, "%d 2026-02-0%d\n", i, 9-i/500)
	}
	d.run(0, "import", d.write("old.json", b.String()))
	got, _ := d.run(0, "list", "--limit", "0", "--format", "{{.GUID}} {{.Arrived.Format \"2006-01-02\"}}", "feed:reef")
	if got != want.String() {
		t.Errorf("%.200s", got)
	}
}
