package feed

import (
	"bufio"
	"bytes"
	"encoding/json"
	"errors"
	"fmt"
	"math/rand/v2"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"
	"golang.org/x/text/encoding/charmap"
)

const opmlCorpus = "../../shared/corpus/opml"

func TestReadOPMLTakesEveryDialect(t *testing.T) {
	const list = "\ufeff" + `<?xml version="1.0" encoding="utf-8"?>
<opml version="1.1"><body>
  <outline text="Harbour">
    <outline text="Boats/Ships" type="rss">
      <outline>
        <outline text="The &amp;amp; Quayside &eacute;" xmlUrl=" https://quay.example/feed?a=1&b=2 " htmlUrl="https://quay.example/" type="rss"/>
      </outline>
    </outline>
    <outline title="Atom" xmlurl="feed://atom.example/x"/>
    <outline name="Named" XMLURL="feed:https://named.example/x" type="include"/>
    <outline text=" " url="http://newsboat.example/"/>
    <outline text="A parent" xmlUrl="https://parent.example/"><outline text="A child" xmlUrl="https://child.example/"/></outline>
  </outline>
  <outline text="Tagged" xmlUrl="https://tagged.example/" category="/news/sea,other"/>
  <outline text="Again" xmlUrl="http://www.tagged.example/../tagged"/>
  <outline text="Again" xmlUrl="https://tagged.example"/>
  <outline text="Harbour"><outline text="And again" xmlUrl="https://tagged.example/" category="boats,other,"/></outline>
  <outline text="Words" xmlUrl="https://words.example/" category=" sea , long  reads,sea" miniflux:disabled="true" miniflux:hideGlobally="true"/>
  <outline text="Another list" type="link" url="https://lists.example/x.opml"/>
  <outline text="Empty folder"/>
  <outline text="Not &unknown; here" xmlUrl=""/>
</body></opml>`
	want := []Sub{
		{URL: "https://quay.example/feed?a=1&b=2", Title: "The & Quayside é", Site: "https://quay.example/", Folder: "Harbour/Boats∕Ships"},
		{URL: "http://atom.example/x", Title: "Atom", Folder: "Harbour"},
		{URL: "https://named.example/x", Title: "Named", Folder: "Harbour"},
		{URL: "http://newsboat.example/", Folder: "Harbour"},
		{URL: "https://parent.example/", Title: "A parent", Folder: "Harbour"},
		{URL: "https://child.example/", Title: "A child", Folder: "Harbour"},
		{URL: "https://tagged.example/", Title: "Tagged", Folder: "news/sea", Tags: []string{"other", "Harbour", "boats"}},
		{URL: "http://www.tagged.example/../tagged", Title: "Again"},
		{URL: "https://words.example/", Title: "Words", Tags: []string{"sea", "long reads"}, Muted: true, Disabled: true},
	}
	subs, problems, err := ReadOPML(strings.NewReader(list))
	if err != nil || len(problems) != 0 {
		t.Fatal(err, problems)
	}
	if diff := cmp.Diff(want, subs); diff != "" {
		t.Error(diff)
	}
}

func TestReadOPMLKnowsLetters(t *testing.T) {
	list := `<?xml version="1.0" encoding="windows-1251"?><opml><body><outline text="Новости" xmlUrl="https://a.example/"/></body></opml>`
	body, err := charmap.Windows1251.NewEncoder().Bytes([]byte(list))
	if err != nil {
		t.Fatal(err)
	}
	subs, _, err := ReadOPML(bytes.NewReader(body))
	if err != nil || len(subs) != 1 || subs[0].Title != "Новости" {
		t.Errorf("%v, %+v", err, subs)
	}
}

func TestReadOPMLRunsNothing(t *testing.T) {
	const list = `<opml><body>
<outline text="pipe" xmlUrl="|touch /tmp/x"/>
<outline text="exec" xmlUrl="exec:touch /tmp/x"/>
<outline text="filter" xmlUrl="filter:touch:https://a.example/"/>
<outline text="cmd" xmlUrl="https://cmd.example/" filtercmd="touch /tmp/x"/>
<outline text="file" xmlUrl="file://elsewhere.example/etc/passwd"/>
<outline text="js" xmlUrl="javascript:alert(1)"/>
<outline text="bare" xmlUrl="feed.xml"/>
<outline text="E&#27;]0;x&#7;&#155;31m` + "\u202e" + `" xmlUrl="` + "\x1b" + `data:x"/>
<outline text="none" xmlUrl="exec: "/>
<outline text="lines" xmlUrl="exec:a&#10;b"/>
<outline text="good" xmlUrl="https://good.example/"/>
</body></opml>`
	subs, problems, err := ReadOPML(strings.NewReader(list))
	if err != nil {
		t.Fatal(err)
	}
	if diff := cmp.Diff([]Sub{
		{URL: "exec:touch /tmp/x", Title: "exec", Disabled: true},
		{URL: "https://good.example/", Title: "good"},
	}, subs); diff != "" {
		t.Error(diff)
	}
	want := []string{
		"line 2: pipe is left out: it would run a command",
		"line 4: filter is left out: it would run a command",
		"line 5: cmd is left out: it would run a command",
		"line 6: file is left out: its address is of the kind file:, not of the web",
		"line 7: js is left out: its address is of the kind javascript:, not of the web",
		"line 8: bare is left out: its address is not one of the web",
	}
	if diff := cmp.Diff(want, problems[:len(want)]); diff != "" || len(problems) != len(want)+3 {
		t.Error(diff, problems)
	}
	for _, p := range problems {
		if Line(p) != p {
			t.Errorf("not clean: %q", p)
		}
	}
}

func TestReadOPMLExpandsNothing(t *testing.T) {
	const list = `<?xml version="1.0"?><!DOCTYPE opml [<!ENTITY a "aaaaaaaaaa"><!ENTITY b "&a;&a;&a;"><!ENTITY x SYSTEM "file:///etc/passwd">]>
<opml><body><outline text="&b;&x;" xmlUrl="https://a.example/"/></body></opml>`
	subs, _, err := ReadOPML(strings.NewReader(list))
	if err != nil || len(subs) != 1 {
		t.Fatal(err, subs)
	}
	if strings.Contains(subs[0].Title, "aaa") || strings.Contains(subs[0].Title, "root:") {
		t.Errorf("expanded to %q", subs[0].Title)
	}
}

func TestReadOPMLKeepsWhatCameBeforeTheDamage(t *testing.T) {
	subs, problems, err := ReadOPML(strings.NewReader("<opml><body>\n<outline xmlUrl=\"https://a.example/\"/>\n</outline></outline>\n<outline text=\"b"))
	if !errors.Is(err, ErrDamaged) || len(subs) != 1 {
		t.Error(err, subs)
	}
	if want := []string{"line 4: the file is damaged from here on"}; !slices.Equal(problems, want) {
		t.Errorf("problems are %q", problems)
	}
	subs, problems, err = ReadOPML(strings.NewReader("<opml><body>\n<outline text=\"b\">\n<outline xmlUrl=\"https://a.example/\"/>\n"))
	if !errors.Is(err, ErrDamaged) || len(subs) != 1 {
		t.Error(err, subs)
	}
	if want := []string{"line 4: the file breaks off here"}; !slices.Equal(problems, want) {
		t.Errorf("problems are %q", problems)
	}
}

func TestReadOPMLSaysWhatIsNoOPML(t *testing.T) {
	for source, want := range map[string]string{
		"":                                  "this is no OPML file, nor any other XML",
		"https://a.example/feed \"news\"\n": "this is no OPML file, nor any other XML",
		`{"a": 1}`:                          "this is no OPML file, nor any other XML",
		"SQLite format 3\x00\x10\x00":       "this is no OPML file, nor any other XML",
		"\n<!doctype html>\n<html>":         "line 3: this is no OPML file but a web page",
		small:                               "line 2: this is no OPML file but a feed",
		"<svg xmlns='x'/>":                  `line 1: this is no OPML file but an XML document of the kind "svg"`,
	} {
		if _, _, err := ReadOPML(strings.NewReader(source)); err == nil || err.Error() != want {
			t.Errorf("%.20q: %v, want %s", source, err, want)
		}
	}
}

func TestWriteOPMLGolden(t *testing.T) {
	subs := []Sub{
		{URL: "https://b.example/?a=1&b=2", Title: `B <b> & "co"`, Site: "https://b.example/", Folder: "News/Far away"},
		{URL: "https://a.example/", Folder: "News"},
		{URL: "https://c.example/", Title: "C"},
		{URL: "https://d.example/", Title: "D", Folder: "Sea", Tags: []string{"a, b", "A/B", "<c>"}, Every: 90 * time.Minute, Keep: 7, Muted: true},
		{URL: "exec:/bin/tides \"Fort William\"", Title: "T", Folder: "Sea", Disabled: true},
		{URL: "file:///home/ann/my%20feed.xml", Title: "F"},
		{URL: "https://e.example/", Title: "E", Folder: "News/Far away/Islands"},
	}
	var got bytes.Buffer
	if err := WriteOPML(&got, "Ada's feeds", subs); err != nil {
		t.Fatal(err)
	}
	const golden = "testdata/subscriptions.opml"
	if *update {
		if err := os.WriteFile(golden, got.Bytes(), 0o644); err != nil {
			t.Fatal(err)
		}
	}
	want, err := os.ReadFile(golden)
	if err != nil {
		t.Fatal(err)
	}
	if diff := cmp.Diff(string(want), got.String()); diff != "" {
		t.Error(diff)
	}
}

// TestOPMLReadsBackWhatItWrote tries lists of odd names at random, the same
// ones each time.
func TestOPMLReadsBackWhatItWrote(t *testing.T) {
	r := rand.New(rand.NewPCG(1, 2))
	names := []string{"", "News", "a b", `<"&'>`, "日本", "x ∕ y", "ünïcödé", "- - -", "A/B", "A/B/C", "A/B C/D", "]]>", "The &amp; sign", "&#65;", "é\u0301"}
	for range 200 {
		var subs []Sub
		for i := range r.IntN(12) {
			subs = append(subs, Sub{
				URL:    fmt.Sprintf("https://%d.example/?a=%d&b='\"<", i, r.IntN(9)),
				Title:  strings.ReplaceAll(names[r.IntN(len(names))], "/", "-"),
				Site:   []string{"", "https://site.example/?x&y"}[r.IntN(2)],
				Folder: names[r.IntN(len(names))],
				Every:  time.Duration(r.IntN(2)) * time.Hour,
				Keep:   r.IntN(2),
				Muted:  r.IntN(2) == 0,
			})
			s := &subs[len(subs)-1]
			for _, n := range r.Perm(len(names))[:r.IntN(4)] {
				if tag := names[n]; tag != "" && tag != s.Folder && !strings.Contains(tag, "/") {
					s.Tags = append(s.Tags, tag)
				}
			}
		}
		first := written(t, subs)
		read, problems, err := ReadOPML(strings.NewReader(first))
		if err != nil || len(problems) > 0 {
			t.Fatal(err, problems)
		}
		byURL := func(a, b Sub) int { return strings.Compare(a.URL, b.URL) }
		sorted := slices.SortedFunc(slices.Values(read), byURL)
		slices.SortFunc(subs, byURL)
		if diff := cmp.Diff(subs, sorted); diff != "" {
			t.Fatal(diff)
		}
		r.Shuffle(len(read), func(i, j int) { read[i], read[j] = read[j], read[i] })
		if again := written(t, read); again != first {
			t.Fatal(cmp.Diff(first, again))
		}
	}
}

func written(t *testing.T, subs []Sub) string {
	t.Helper()
	var b strings.Builder
	if err := WriteOPML(&b, "x", subs); err != nil {
		t.Fatal(err)
	}
	return b.String()
}

// TestReadOPMLAgreesWithOthers reads lists of other programs. The manifest has
// eight feeds more: saved searches, an address of no scheme there is, and one
// that differs from another in its last slash. It prefers title to text for the
// name of a folder, and does not read categories.
func TestReadOPMLAgreesWithOthers(t *testing.T) {
	var feeds, found, titles, folders, extra int
	for _, f := range corpusLists(t) {
		body, err := os.ReadFile(filepath.Join(opmlCorpus, f.File))
		if err != nil {
			t.Fatal(err)
		}
		subs, problems, err := ReadOPML(bytes.NewReader(body))
		if err != nil && !errors.Is(err, ErrDamaged) {
			t.Errorf("%s: %v", f.File, err)
		}
		for _, p := range problems {
			t.Logf("%s: %s", f.File, p)
		}
		extra += max(0, len(subs)-len(f.Feeds))
		for _, want := range f.Feeds {
			feeds++
			i := slices.IndexFunc(subs, func(s Sub) bool { return s.URL == fromFeedScheme(want.URL) })
			if i < 0 {
				t.Logf("%s: no %s", f.File, want.URL)
				continue
			}
			found++
			if slices.ContainsFunc(want.Titles, func(s string) bool { return Line(s) == subs[i].Title }) {
				titles++
			} else {
				t.Logf("%s: title %q, want %q", f.File, subs[i].Title, want.Titles)
			}
			if slices.ContainsFunc(want.Folders, func(path []string) bool { return joinFolders(path) == subs[i].Folder }) {
				folders++
			} else {
				t.Logf("%s: folder %q, want %q", f.File, subs[i].Folder, want.Folders)
			}
		}
	}
	t.Logf("%d of %d feeds, %d titles, %d folders; %d more than others find", found, feeds, titles, folders, extra)
	if found < feeds-8 || titles < found || folders < found-8 {
		t.Errorf("%d of %d feeds, %d titles, %d folders", found, feeds, titles, folders)
	}
}

type corpusList struct {
	File  string
	Feeds []struct {
		URL     string
		Titles  []string
		Folders [][]string
	}
}

func corpusLists(t *testing.T) []corpusList {
	t.Helper()
	f, err := os.Open(filepath.Join(opmlCorpus, "manifest.jsonl"))
	if err != nil {
		t.Skip("the corpus is not here")
	}
	defer f.Close()
	var lists []corpusList
	lines := bufio.NewScanner(f)
	lines.Buffer(nil, 1<<20)
	for lines.Scan() {
		var l corpusList
		if err := json.Unmarshal(lines.Bytes(), &l); err != nil {
			t.Fatal(err)
		}
		lists = append(lists, l)
	}
	return lists
}

func FuzzReadOPML(f *testing.F) {
	body, err := os.ReadFile("testdata/subscriptions.opml")
	if err != nil {
		f.Fatal(err)
	}
	f.Add(body)
	f.Add([]byte(`<opml><outline text=a xmlUrl=http://a.example/ category="/a/b"><outline text="&#27;">`))
	f.Fuzz(func(t *testing.T, body []byte) {
		subs, problems, err := ReadOPML(bytes.NewReader(body))
		if err != nil {
			return
		}
		for _, p := range problems {
			if Line(p) != p {
				t.Errorf("not a clean line: %q", p)
			}
		}
		for _, s := range subs {
			for _, tag := range s.Tags {
				if Line(tag) != tag || tag == "" {
					t.Errorf("no clean tag: %q", tag)
				}
			}
			if Safe(s.URL) != s.URL || strings.ContainsAny(s.URL, "\n\t") || Line(s.Title) != s.Title || Line(s.Folder) != s.Folder || Line(s.Site) != s.Site {
				t.Errorf("not clean lines: %+v", s)
			}
		}
		again, problems, err := ReadOPML(strings.NewReader(written(t, subs)))
		if err != nil || len(problems) > 0 || len(again) != len(subs) {
			t.Errorf("%d feeds became %d: %v, %q", len(subs), len(again), err, problems)
		}
	})
}
