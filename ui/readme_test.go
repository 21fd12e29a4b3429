package ui

import (
	"context"
	"os"
	"strings"
	"testing"
	"time"

	"app/newsterm/feed"
	"app/newsterm/store"
)

// between returns the parts of text before, in and after the lines of the
// comments <!-- name --> and <!-- /name -->.
func between(t *testing.T, text, name string) (before, in, after string) {
	t.Helper()
	before, rest, ok := strings.Cut(text, "<!-- "+name+" -->\n")
	in, after, ok2 := strings.Cut(rest, "<!-- /"+name+" -->")
	if !ok || !ok2 {
		t.Fatalf("there is no place for the %s", name)
	}
	return before + "<!-- " + name + " -->\n", in, "<!-- /" + name + " -->" + after
}

// document compares the part called name of a document with what the program
// makes of it; -update writes it.
func document(t *testing.T, path, name, want string) {
	t.Helper()
	text, err := os.ReadFile(path)
	if err != nil {
		t.Fatal(err)
	}
	before, got, after := between(t, string(text), name)
	switch {
	case got == want:
	case !*update:
		t.Errorf("the %s in %s is out of date; go test ./ui -update writes it", name, path)
	default:
		if err := os.WriteFile(path, []byte(before+want+after), 0o644); err != nil {
			t.Fatal(err)
		}
	}
}

// TestReadmeShowsTheScreen draws the picture in README.
func TestReadmeShowsTheScreen(t *testing.T) {
	db := emptyLibrary(t)
	post := func(guid, title, html string, ago time.Duration) feed.Item {
		return feed.Item{GUID: guid, Title: title, HTML: html, Published: now.Add(-ago)}
	}
	const day = 24 * time.Hour
	for _, f := range []struct {
		folder, title string
		items         []feed.Item
	}{
		{"News", "Harbour Gazette", []feed.Item{
			post("1", "Harbour reopens after the storm", "", 12*time.Minute),
			post("2", "Bridge to be painted, again", "", 2*time.Hour),
			post("3", "Letters to the editor", "", 2*day)}},
		{"News", "The Slow Wire", []feed.Item{post("1", "The library of borrowed tools", "", 3*day)}},
		{"Science", "Field Notes", []feed.Item{post("1", "Counting swifts at dusk", "", 5*time.Hour)}},
		{"Science", "Tide Tables", []feed.Item{
			post("1", "How a tide table is made", `<p>The moon does most of the work. What is left is arithmetic, and somebody who looks at a <em>pole in the water</em>.</p>
<h2>Reading the pole</h2><ul><li>every six minutes, day and night</li><li>for nineteen years</li><li>by somebody who writes it down</li></ul>
<blockquote><p>Nobody thanks the pole.</p></blockquote>`, time.Hour),
			post("2", "A map of every lighthouse", "", 26*time.Hour)}},
	} {
		id := save(t, db, strings.ReplaceAll(f.title, " ", "-"), f.items...)
		feeds, err := db.Feeds(context.Background())
		if err != nil {
			t.Fatal(err)
		}
		for _, kept := range feeds {
			if kept.ID == id {
				kept.Name, kept.Folder = f.title, f.folder
				if err := db.Change(context.Background(), func(now *store.Feed) { *now = kept }, kept.ID); err != nil {
					t.Fatal(err)
				}
			}
		}
	}
	d := drive(t, db).size(112, 20).press("j", "s", "j", "m", "k", "enter")
	save(t, db, "Tide-Tables", post("9", "Spring tide on Friday", "", time.Minute))
	d.press("R")
	d.m.status.note = ""
	var b strings.Builder
	for _, l := range strings.Split(d.screen(), "\n") {
		b.WriteString(strings.TrimRight(l, " ") + "\n")
	}
	document(t, "../README.md", "screen", "```text\n"+b.String()+"```\n")
}
