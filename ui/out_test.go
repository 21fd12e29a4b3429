package ui

import (
	"cmp"
	"context"
	"fmt"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"
	"time"

	tea "github.com/charmbracelet/bubbletea"

	"app/newsterm/feed"
	"app/newsterm/store"
)

// outside is what programs did that a screen started.
type outside struct {
	started [][]string
	read    string // the file that a program was given
}

// leading gives a screen what it needs to have programs do something.
func (o *outside) leading(openers ...Opener) func(*Options) {
	return func(opt *Options) {
		opt.Openers = openers
		opt.Player = Opener{Run: []string{"player", "--", "{url}"}}
		opt.Start = func(_ context.Context, argv []string) error {
			o.started = append(o.started, argv)
			if text, err := os.ReadFile(argv[len(argv)-1]); err == nil {
				o.read = string(text)
			}
			return nil
		}
		opt.Format = func(a store.Article, format string) (string, error) {
			return format + ": " + a.Title + "\n" + feed.Text(cmp.Or(a.FullText, a.HTML)) + "\n", nil
		}
	}
}

func TestOpenersAreForTheirAddresses(t *testing.T) {
	for _, c := range []struct {
		match, address string
		want           bool
	}{
		{"example.org", "https://example.org/a?b=c", true},
		{"example.org", "http://www.Example.org:8080/", true},
		{"example.org", "https://example.org", true},
		{"example.org", "https://notexample.org/", false},
		{"example.org", "https://example.org.evil.example/", false},
		{"example.org", "https://example.org@evil.example/", false},
		{"example.org", "https://evil.example/example.org/", false},
		{"*.example.org", "https://a.example.org/", true},
		{"*.example.org", "https://example.org/", false},
		{"example.org/v/*", "https://example.org/v/1?t=2", true},
		{"example.org/v/*", "https://example.org/w/v/1", false},
		{"*/*.pdf", "https://a.example/b/c.PDF?page=1", true},
		{"*/*.pdf", "https://a.example/b.pdf.html", false},
		{"a.example/watch?v=*", "https://a.example/watch?v=1", true},
		{"a.example/watch?v=*", "https://a.example/watch", false},
		{`/\.mp[34]$/`, "https://a.example/b.mp4", true},
		{`/^http:/`, "https://a.example/b", false},
		{"*", "ftp://a.example/b", false},
		{"*", "javascript:alert(1)", false},
	} {
		if got := (Opener{Match: c.match}).Opens(c.address); got != c.want {
			t.Errorf("%s opens %s: %t", c.match, c.address, got)
		}
	}
	if field, why := (Opener{Match: "/(/", Run: []string{"x"}}).Wrong(); field != "match" || why != "match cannot be read: missing closing ): (" {
		t.Errorf("%s: %s", field, why)
	}
}

func TestAnOpenerIsRunInThePlaceOfTheBrowser(t *testing.T) {
	var o outside
	d := drive(t, library(t), o.leading(
		Opener{Match: "beta.example", Run: []string{"viewer", "--title={title}", "{file}"}},
		Opener{Match: "alpha.example/2*", Run: []string{"viewer"}}))
	d.press("o").sees("opening https://alpha.example/1")
	d.press("j", "o", "c", "j", "o")
	if want := []string{"https://alpha.example/1"}; !slices.Equal(d.opened, want) {
		t.Errorf("the browser opened %q", d.opened)
	}
	if len(o.started) != 3 || !slices.Equal(o.started[0], []string{"viewer", "https://alpha.example/2"}) ||
		!slices.Equal(o.started[1], []string{"viewer", "https://alpha.example/2/talk"}) || o.started[2][1] != "--title=Other" {
		t.Errorf("started %q", o.started)
	}
	if !strings.HasPrefix(o.read, "# Other\n") {
		t.Errorf("the program read %q", o.read)
	}
}

func TestATitleIsNeverAnOption(t *testing.T) {
	db := emptyLibrary(t)
	save(t, db, "Sly", feed.Item{GUID: "1", Title: "--exec=rm ../x", URL: "https://sly.example/1", Published: now})
	var o outside
	drive(t, db, o.leading(Opener{Match: "*", Run: []string{"viewer", "{title}", "{url}"}})).press("o")
	if len(o.started) != 1 || strings.HasPrefix(o.started[0][1], "-") || strings.Contains(o.started[0][1], "/") {
		t.Errorf("started %q", o.started)
	}
}

func TestComments(t *testing.T) {
	d := drive(t, library(t))
	d.press("c").sees("this article has no comments page").press("j", "c").sees("opening https://alpha.example/2/talk")
}

// podcast is a store with an article of one file, one of three and one of a
// picture.
func podcast(t *testing.T) *store.DB {
	db := emptyLibrary(t)
	save(t, db, "Pod",
		feed.Item{GUID: "1", Title: "One", HTML: "<p>one</p>", Published: now.Add(-time.Hour), Enclosures: []feed.Enclosure{
			{URL: "https://pod.example/1.mp3", Type: "audio/mpeg"}}},
		feed.Item{GUID: "2", Title: "Three", HTML: "<p>three</p>", Published: now.Add(-2 * time.Hour), Enclosures: []feed.Enclosure{
			{URL: "https://pod.example/2.ogg", Type: "audio/ogg", Length: 31_400_000, Title: "The episode"},
			{URL: "https://pod.example/2.mp4?x=1", Length: 120_000},
			{URL: "https://pod.example/notes.pdf", Type: "application/pdf"}}},
		feed.Item{GUID: "3", Title: "Picture", HTML: "<p>x</p>", Published: now.Add(-3 * time.Hour), Enclosures: []feed.Enclosure{
			{URL: "https://pod.example/3.jpg", Type: "image/jpeg"}}})
	return db
}

func TestWhatComesWithAnArticleIsPlayed(t *testing.T) {
	var o outside
	d := drive(t, podcast(t), o.leading())
	d.press("e").sees("playing 1.mp3")
	d.press("j", "e").sees("Three", "› The episode", "audio/ogg · 31.4 MB", "2.mp4", "120 kB", "notes.pdf", "application/pdf", "Esc back")
	for _, w := range []int{60, 100} {
		d.size(w, 12).golden(fmt.Sprintf("enclosures-%dx12", w))
	}
	d.press("j", "enter").lacks("notes.pdf").sees("playing 2.mp4")
	d.press("e", "G", "enter").sees("opening https://pod.example/notes.pdf")
	d.press("e", "esc").lacks("notes.pdf")
	d.press("j", "e").sees("opening https://pod.example/3.jpg")
	want := [][]string{{"player", "--", "https://pod.example/1.mp3"}, {"player", "--", "https://pod.example/2.mp4?x=1"}}
	if fmt.Sprint(o.started) != fmt.Sprint(want) {
		t.Errorf("started %q", o.started)
	}
	if want := []string{"https://pod.example/notes.pdf", "https://pod.example/3.jpg"}; !slices.Equal(d.opened, want) {
		t.Errorf("the browser opened %q", d.opened)
	}
	drive(t, library(t)).press("e").sees("nothing comes with this article")
}

func TestPipeShowsWhatACommandWrites(t *testing.T) {
	var o outside
	d := drive(t, library(t), o.leading())
	d.press("|").sees("pipe markdown to:", "a command").types("cat").press("enter")
	d.sees("cat", "markdown: First", "one two three").press("q").lacks("markdown: First")
	d.press("|", "tab").sees("pipe text to:").types("tr a-z A-Z").press("enter").sees("TEXT: FIRST").press("q")
	d.press("|", "shift+tab", "shift+tab").sees("pipe json to:").types("true").press("enter").sees("true: done")
	d.press("|").types("grep zebra").press("enter").sees("grep zebra: ended with exit code 1")
	d.press("|").types("no-such-program-at-all x").press("enter").sees("there is no such program", "to: no-such-program-at-all x").press("esc")
	d.press("|").types(`sh -c 'cat >/dev/null; echo out; echo bad >&2; exit 3'`).press("enter").sees("out", "bad", "ended with exit code 3").press("q")
	d.press("|").types(`printf 'a\tb\n\033[31m\162ed\033[0m\033]0;t\151tle\a\n'`).press("enter").sees("a       b", "red").lacks("mred", "title").press("q")
}

func TestNoShellReadsACommand(t *testing.T) {
	var o outside
	d := drive(t, library(t), o.leading())
	d.press("|").types("cat >x").press("enter").sees("no shell reads this").press("esc")
	d.press("|").types("cat 'x").press("enter").sees("a quotation mark is not closed").press("esc")
	d.press("|").types(`printf '%s|' $HOME "a b" c\ d 'e"f' "" *`).press("enter").sees(`$HOME|a b|c d|e"f||*|`)
	home, err := os.UserHomeDir()
	if err != nil {
		t.Skip(err)
	}
	words, err := splitWords(`~/a '~/b' c~/d \~/e`)
	if want := []string{filepath.Join(home, "a"), "~/b", "c~/d", "~/e"}; err != nil || !slices.Equal(words, want) {
		t.Errorf("%q, %v", words, err)
	}
}

func TestPipeRemembersCommands(t *testing.T) {
	db := library(t)
	var o outside
	d := drive(t, db, o.leading())
	d.press("|").types("true one").press("enter").press("|").types("true two").press("enter").press("|").types("true one").press("enter")
	d = drive(t, db, o.leading()) // another day
	d.press("|").types("tr").press("up").sees("to: true one").press("up").sees("to: true two").press("up").sees("to: true two")
	d.press("down", "down").sees("to: tr ").lacks("true").press("up", "enter").sees("true one: done")
}

func TestOutputIsCut(t *testing.T) {
	var o outside
	d := drive(t, library(t), o.leading())
	d.press("|").types("sh -c 'yes lots | head -c 1500000'").press("enter").sees("lots").press("G").sees("… and more than is shown here")
}

func TestWriteAnArticle(t *testing.T) {
	dir := t.TempDir()
	t.Chdir(dir)
	var o outside
	d := drive(t, library(t), o.leading())
	d.press("w").sees("write to: first.md").press("enter").sees("written to first.md")
	has(t, "first.md", "markdown: First\none two three\n")
	if info, _ := os.Stat("first.md"); info.Mode().Perm()&0o044 == 0 {
		t.Errorf("the file is only for its owner: %v", info.Mode())
	}
	d.press("w", "enter").sees("first.md is there already; first-2.md is free", "write to: first-2.md").press("enter").sees("written to first-2.md")
	has(t, "first.md", "markdown: First\none two three\n")
	d.press("j", "w").clears().types("a.html").press("enter").sees("written to a.html")
	has(t, "a.html", "html: Second\nthe zebra\n")
	d.press("w").clears().types("none/a.txt").press("enter").sees("there is no folder none", "write to: none/a.txt")
	d.clears().types("a.pdf").press("enter").sees("ends in .md .txt .html .json").press("esc")
	t.Setenv("HOME", dir)
	os.Mkdir("notes", 0o755)
	d.press("w").clears().types("~/notes/").press("enter").sees("written to " + dir + "/notes/second.md")
	has(t, "notes/second.md", "markdown: Second\nthe zebra\n")
	d.press("k", "w").sees("write to: ~/notes/first.md").press("enter").sees("written to " + dir + "/notes/first.md")
	if left, _ := filepath.Glob(".newsterm-*"); left != nil {
		t.Errorf("left behind: %q", left)
	}
}

// TestWriteWhatIsSelected writes three articles at once, as a pipe gets them.
func TestWriteWhatIsSelected(t *testing.T) {
	t.Chdir(t.TempDir())
	var o outside
	d := drive(t, library(t), o.leading())
	d.press("V", "j", "j", "w").sees("write 3 articles to: first-and-2-more.md").press("enter").sees("3 articles written to first-and-2-more.md").lacks("selected")
	const all = "markdown: First\none two three\n\nmarkdown: Second\nthe zebra\n\nmarkdown: Other\nof another feed\n"
	has(t, "first-and-2-more.md", all)
	d.press("g", "V", "j", "w", "esc").sees("2 selected").press("esc")
	d.press("g", "V", "j", "j", "w").clears().types("first-and-2-more.md").press("enter").sees("first-and-2-more.md is there already", "write 3 articles to: first-and-2-more-2.md").press("enter")
	has(t, "first-and-2-more.md", all)
	d.press("g", "V", "j", ":").types("w two.txt").press("enter").sees("2 articles written to two.txt")
	has(t, "two.txt", "text: First\none two three\n\ntext: Second\nthe zebra\n")
}

func TestAFileNameIsSafe(t *testing.T) {
	for title, want := range map[string]string{
		"Harbour reopens!":       "harbour-reopens.md",
		"../../etc/passwd":       "etc-passwd.md",
		"-rf ~/.profile":         "rf-profile.md",
		"«Événement» à l’Élysée": "événement-à-l-élysée.md",
		"日本語のニュース":               "日本語のニュース.md",
		"!!!":                    "article-7.md",
	} {
		if got := fileName([]store.Article{{ID: 7, Title: title}}); got != want {
			t.Errorf("%q is written to %q", title, got)
		}
	}
	if got := fileName([]store.Article{{Title: strings.Repeat("長い", 200)}}); len(got) > 80 {
		t.Errorf("%d bytes", len(got))
	}
}

func TestNothingOutsideIsWiderThanTheScreen(t *testing.T) {
	var o outside
	d := drive(t, podcast(t), o.leading())
	fits := func() {
		t.Helper()
		for w := 1; w < 130; w += 3 {
			d.size(w, w%19+1)
			for _, l := range strings.Split(d.m.View(), "\n") {
				if width(l) > w {
					t.Fatalf("a line is %d wide on a screen of %d: %q", width(l), w, l)
				}
			}
			checkSequences(t, d.m.View())
		}
	}
	d.press("j", "e")
	fits()
	d.press("esc", "w")
	fits()
	d.press("esc", "|")
	fits()
	d.types(`printf '日本語\t%s\n' 日本語のニュース 👩‍👩‍👧 a`).press("enter")
	fits()
	d.press("q", "|").types("cat | x").press("enter")
	fits()
}

// clears takes away what the prompt holds.
func (d *driver) clears() *driver {
	d.send(tea.KeyMsg{Type: tea.KeyCtrlU})
	return d
}

// has fails the test unless a file holds text.
func has(t *testing.T, path, text string) {
	t.Helper()
	if got, err := os.ReadFile(path); err != nil || string(got) != text {
		t.Errorf("%s holds %q, %v", path, got, err)
	}
}
