package feed

import (
	"bufio"
	"compress/gzip"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"os"
	"path/filepath"
	"strings"
	"testing"
	"time"
	"unicode"

	"github.com/google/go-cmp/cmp"
	"golang.org/x/text/encoding/charmap"
)

// pagesCorpus is where other people's pages are, when they are there.
const pagesCorpus = "../../shared/corpus/pages"

// A corpusPage is a page with what should be found in it.
type corpusPage struct {
	File, URL, Title, Text string
	With, Without          []string
}

func TestExtractFindsTheArticle(t *testing.T) {
	var sum float64
	var scored, kept, wanted, dropped, unwanted int
	for _, p := range corpusPages(t) {
		page, err := Extract(unzipped(t, filepath.Join(pagesCorpus, p.File)), p.URL, "text/html")
		if err != nil {
			t.Errorf("%s: %v", p.File, err)
			continue
		}
		text := Text(page.HTML)
		if p.Text != "" {
			f1 := wordScore(text, p.Text)
			sum += f1
			scored++
			t.Logf("%-45s F1 %.3f", p.File, f1)
		}
		for _, s := range p.With {
			wanted++
			if holdsWords(text, s) {
				kept++
			} else {
				t.Logf("%s: lost %q", p.File, s)
			}
		}
		for _, s := range p.Without {
			unwanted++
			if !holdsWords(text, s) {
				dropped++
			} else {
				t.Logf("%s: kept %q", p.File, s)
			}
		}
	}
	mean := sum / float64(scored)
	t.Logf("mean F1 %.4f on %d pages; %d of %d wanted pieces kept, %d of %d unwanted ones dropped", mean, scored, kept, wanted, dropped, unwanted)
	if mean < 0.97 {
		t.Errorf("mean F1 is %.4f, want at least 0.97", mean)
	}
	if kept < wanted || dropped < unwanted-3 {
		t.Errorf("%d of %d wanted pieces kept, %d of %d unwanted ones dropped", kept, wanted, dropped, unwanted)
	}
}

func corpusPages(t *testing.T) []corpusPage {
	t.Helper()
	f, err := os.Open(filepath.Join(pagesCorpus, "manifest.jsonl"))
	if err != nil {
		t.Skip("the corpus is not here")
	}
	defer f.Close()
	var pages []corpusPage
	lines := bufio.NewScanner(f)
	lines.Buffer(nil, 1<<20)
	for lines.Scan() {
		var p corpusPage
		if err := json.Unmarshal(lines.Bytes(), &p); err != nil {
			t.Fatal(err)
		}
		pages = append(pages, p)
	}
	return pages
}

func unzipped(t *testing.T, path string) []byte {
	t.Helper()
	f, err := os.Open(path)
	if err != nil {
		t.Fatal(err)
	}
	defer f.Close()
	z, err := gzip.NewReader(f)
	if err != nil {
		t.Fatal(err)
	}
	body, err := io.ReadAll(z)
	if err != nil {
		t.Fatal(err)
	}
	return body
}

// holdsWords reports whether text holds s, white space aside.
func holdsWords(text, s string) bool {
	return strings.Contains(strings.Join(strings.Fields(text), ""), strings.Join(strings.Fields(s), ""))
}

// wordScore is the F1 of the words in got against those in want, whatever
// their order. In Chinese and Japanese each character is a word.
func wordScore(got, want string) float64 {
	g, w := wordBag(got), wordBag(want)
	var both, inGot, inWant int
	for word, n := range g {
		inGot += n
		both += min(n, w[word])
	}
	for _, n := range w {
		inWant += n
	}
	if inGot+inWant == 0 {
		return 1
	}
	return 2 * float64(both) / float64(inGot+inWant)
}

func wordBag(s string) map[string]int {
	bag := map[string]int{}
	split := func(r rune) bool { return !unicode.IsLetter(r) && !unicode.IsNumber(r) }
	for _, word := range strings.FieldsFunc(strings.ToLower(s), split) {
		if !strings.ContainsFunc(word, func(r rune) bool { return unicode.In(r, unicode.Han, unicode.Hiragana, unicode.Katakana) }) {
			bag[word]++
			continue
		}
		for _, r := range word {
			bag[string(r)]++
		}
	}
	return bag
}

// TestExtractGolden shows pages of every kind beside what is made of them. The
// same WordPress article comes as a page and as text copied out of a browser.
func TestExtractGolden(t *testing.T) {
	for _, name := range []string{"wordpress.html", "wordpress.txt", "mail.txt", "notes.md", "toml.md"} {
		t.Run(name, func(t *testing.T) {
			body, err := os.ReadFile(filepath.Join("testdata/extract", name))
			if err != nil {
				t.Fatal(err)
			}
			page, err := Extract(body, "https://quay.example/p/311/", "")
			if err != nil {
				t.Fatal(err)
			}
			got := fmt.Sprintf("title: %s\nauthor: %s\nsite: %s\nlanguage: %s\npublished: %s\n\n%s\n",
				page.Title, page.Author, page.Site, page.Language, page.Published.Format(time.RFC3339), page.Markdown)
			golden := filepath.Join("testdata/extract", name+".golden")
			if *update {
				if err := os.WriteFile(golden, []byte(got), 0o644); err != nil {
					t.Fatal(err)
				}
			}
			want, err := os.ReadFile(golden)
			if err != nil {
				t.Fatal(err)
			}
			if diff := cmp.Diff(string(want), got); diff != "" {
				t.Error(diff)
			}
		})
	}
}

func TestExtractCleansTheSamePostAsPageAndAsText(t *testing.T) {
	var posts []string
	for _, name := range []string{"wordpress.html", "wordpress.txt"} {
		body, err := os.ReadFile(filepath.Join("testdata/extract", name))
		if err != nil {
			t.Fatal(err)
		}
		page, err := Extract(body, "https://quay.example/p/311/", "")
		if err != nil {
			t.Fatal(err)
		}
		post, _, _ := strings.Cut(page.Markdown, "\n\n[Source]") // a text has lost the link
		posts = append(posts, page.Title+"\n"+post)
	}
	if diff := cmp.Diff(posts[0], posts[1]); diff != "" {
		t.Error(diff)
	}
}

func TestExtractTakesTheTitleOnce(t *testing.T) {
	const story = "<p>It began to rain in the night, and in the morning, when the ferry came, the whole town stood under umbrellas.</p>"
	for name, source := range map[string]string{
		"heading":         "<html><head><title>Rain | The Quayside</title></head><body><article><h1>Rain</h1>" + story + story + "</article></body></html>",
		"other separator": "<html><head><title>The Quayside » Rain</title></head><body><h1>Rain</h1>" + story + "</body></html>",
		"no heading":      "<html><head><title>Rain</title></head><body>" + story + "</body></html>",
		"markdown":        "# Rain\n\nIt began to rain.\n",
		"underlined":      "Rain\n====\n\nIt began to rain.\n",
		"plain":           "Rain\n\nIt began to rain.\n",
		"repeated":        "Rain\n\nRAIN!\n\nIt began to rain.\n",
	} {
		page, err := Extract([]byte(source), "", "")
		if err != nil {
			t.Errorf("%s: %v", name, err)
			continue
		}
		if page.Title != "Rain" {
			t.Errorf("%s: title is %q", name, page.Title)
		}
		if strings.Contains(page.Markdown, "Rain") || strings.Contains(page.Markdown, "RAIN") || !strings.HasPrefix(page.Markdown, "It began") {
			t.Errorf("%s: markdown is %q", name, page.Markdown)
		}
	}
}

func TestExtractTellsKindsApart(t *testing.T) {
	for _, c := range []struct{ source, contentType, want string }{
		{"<p align=center>x</p>\n\n## Readme\n\nhello", "", "<p align=center>x</p>\n\n## Readme\n\nhello"},
		{"<div>hello</div>", "text/plain", "hello"},
		{"<b>hello</b>", "text/html", "**hello**"},
		{"a < b", "text/html", `a \< b`},
		{"*hello*", "text/markdown; charset=utf-8", "*hello*"},
		{"*hello*", "text/plain", `\*hello\*`},
		{"\xff\xfeh\x00i\x00", "", "hi"},
	} {
		page, err := Extract([]byte(c.source), "", c.contentType)
		if err != nil || page.Markdown != c.want {
			t.Errorf("%q as %q: %v, %+v, want %q", c.source, c.contentType, err, page, c.want)
		}
	}
}

func TestExtractSaysWhatIsNoArticle(t *testing.T) {
	for source, want := range map[string]string{
		"":                                 "there is nothing in it",
		" \n\t":                            "there is nothing in it",
		"%PDF-1.7\n\x00":                   "there is no text to read in it: it is a PDF document",
		"\x89PNG\r\n\x1a\n\x00":            "there is no text to read in it: it is of the kind image/png",
		"<?xml version='1.0'?><rss></rss>": "this is a feed, not an article",
		"<html><body></body></html>":       "there is no text to read in it",
	} {
		_, err := Extract([]byte(source), "", "")
		var parse *ParseError
		if !errors.As(err, &parse) || err.Error() != want {
			t.Errorf("Extract(%q): %v, want %s", source, err, want)
		}
	}
}

func TestExtractReadsWhatNoParserWould(t *testing.T) {
	const story = "The ferry came at noon, and nobody was on it."
	deep := "<html><head><title>Deep</title></head><body>" + strings.Repeat("<div>", 3000) + "<p>" + story + "</p>"
	many := "<html><head><title>Deep</title></head><body>" + strings.Repeat("<b>x</b> ", 60_000) + "<p>" + story + "</p>"
	for name, source := range map[string]string{"deep": deep, "many": many} {
		page, err := Extract([]byte(source), "", "text/html")
		if err != nil {
			t.Errorf("%s: %v", name, err)
			continue
		}
		if page.Title != "Deep" || !strings.Contains(page.Markdown, story) {
			t.Errorf("%s: title %q, %d bytes of markdown", name, page.Title, len(page.Markdown))
		}
	}
}

func TestExtractKnowsLetters(t *testing.T) {
	const story = "Ночью пошёл дождь, и утром, когда пришёл паром, весь город стоял под зонтами."
	page := "<html><head><meta charset=windows-1251><title>Дождь</title></head><body><p>" + story + "</p></body></html>"
	body, err := charmap.Windows1251.NewEncoder().Bytes([]byte(page))
	if err != nil {
		t.Fatal(err)
	}
	got, err := Extract(body, "", "text/html")
	if err != nil {
		t.Fatal(err)
	}
	if got.Title != "Дождь" || got.Markdown != story {
		t.Errorf("got %q, %q", got.Title, got.Markdown)
	}
}

func TestExtractKeepsWordsThatOnlyLookLikeFurniture(t *testing.T) {
	const story = "It began to rain in the night, and in the morning, when the ferry came, the whole town stood under umbrellas and waited for the mail."
	for _, last := range []string{
		"“No comment.”",
		"« Nous irons jusqu'au bout. »",
		"Powered by steam, the mill ran for a hundred years.",
		"Posted in Berlin for six years, he never came home.",
		"Share the load, she said.",
		"More.",
	} {
		page, err := Extract([]byte("Rain\n\n"+story+"\n\n"+last+"\n"), "", "")
		if err != nil {
			t.Fatal(err)
		}
		if !strings.HasSuffix(page.Markdown, last) {
			t.Errorf("lost %q", last)
		}
	}
}

func TestExtractLeavesNothingToObey(t *testing.T) {
	const evil = "\x1b]0;owned\x07 \u202egnp.exe \u009b31m"
	for _, source := range []string{
		"<html><head><title>T" + evil + "</title><meta name=author content='A" + evil + "'></head><body><p>B" + evil + " and a few more words, so that it counts.</p></body></html>",
		"T" + evil + "\n\nB" + evil,
		"---\ntitle: T" + evil + "\nauthor: A" + evil + "\n---\n\nB" + evil,
	} {
		page, err := Extract([]byte(source), "", "")
		if err != nil {
			t.Fatal(err)
		}
		all := page.Title + page.Author + page.Site + page.Language + page.HTML + page.Markdown
		if Safe(all) != all {
			t.Errorf("not clean: %q", all)
		}
	}
}

func FuzzExtract(f *testing.F) {
	files, _ := filepath.Glob("testdata/extract/*")
	for _, name := range files {
		body, err := os.ReadFile(name)
		if err != nil {
			f.Fatal(err)
		}
		f.Add(body, "")
	}
	f.Add([]byte("<p>a<table><p>b"), "text/html; charset=shift_jis")
	f.Add([]byte("+++\ntitle=\"x\n+++"), "text/markdown")
	f.Fuzz(func(t *testing.T, body []byte, contentType string) {
		page, err := Extract(body, "https://a.example/b", contentType)
		if err != nil {
			return
		}
		for _, s := range []string{page.Title, page.Author, page.Site, page.Language, page.HTML, page.Markdown} {
			if Safe(s) != s {
				t.Errorf("not clean: %q", s)
			}
		}
		if Line(page.Title) != page.Title || Line(page.Author) != page.Author || Line(page.Site) != page.Site {
			t.Errorf("more than a line: %q, %q, %q", page.Title, page.Author, page.Site)
		}
	})
}
