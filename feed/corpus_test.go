package feed

import (
	"bufio"
	"encoding/json"
	"errors"
	"html"
	"os"
	"path/filepath"
	"reflect"
	"strings"
	"testing"
	"time"
	"unicode"
)

// corpus is a folder of feeds of other people, which is not part of the
// project. Tests that walk it are skipped where it is missing.
func corpus(t testing.TB, folder string) string {
	t.Helper()
	dir := filepath.Join("..", "..", "shared", "corpus", folder)
	if _, err := os.Stat(dir); err != nil {
		t.Skip("the corpus is not here")
	}
	return dir
}

// jsonLines decodes a file with a JSON object a line.
func jsonLines[T any](t testing.TB, path string) []T {
	t.Helper()
	f, err := os.Open(path)
	if err != nil {
		t.Fatal(err)
	}
	defer f.Close()
	var out []T
	lines := bufio.NewScanner(f)
	lines.Buffer(nil, 4<<20)
	for lines.Scan() {
		var v T
		if err := json.Unmarshal(lines.Bytes(), &v); err != nil {
			t.Fatal(err)
		}
		out = append(out, v)
	}
	return out
}

// An opinion is what another program made of a feed.
type opinion struct {
	File  string
	Title string
	Items int
	Head  []struct{ Title, Link, ID, Date string }
}

func TestCorpusOpinions(t *testing.T) {
	dir := corpus(t, "feeds")
	var all, same int
	count := func(name, file, got, want string) {
		all++
		if got == want {
			same++
		} else if testing.Verbose() {
			t.Logf("%s: %s %q, other program %q", file, name, got, want)
		}
	}
	for _, o := range jsonLines[opinion](t, filepath.Join(dir, "expect.jsonl")) {
		body, err := os.ReadFile(filepath.Join(dir, o.File))
		if err != nil {
			t.Fatal(err)
		}
		doc, err := Parse(body, "", "")
		if err != nil {
			all++
			t.Logf("%s: %v (other program: %d items)", o.File, err, o.Items)
			if o.Items > 0 {
				t.Errorf("%s: %v", o.File, err)
			}
			continue
		}
		checkDoc(t, o.File, doc)
		count("feed title", o.File, doc.Title, plainWords(o.Title))
		all++
		if len(doc.Items) == o.Items {
			same++
		} else {
			t.Logf("%s: %d items, other program %d; %q", o.File, len(doc.Items), o.Items, doc.Warnings)
			continue
		}
		for i, want := range o.Head {
			if i >= len(doc.Items) {
				break
			}
			got := doc.Items[i]
			if want.Title != "" {
				count("title", o.File, got.Title, plainWords(want.Title))
			}
			count("link", o.File, got.URL, want.Link)
			if want.ID != "" {
				count("id", o.File, got.GUID, Line(want.ID))
			}
			if date := parseDate(want.Date); !date.IsZero() && !got.Updated.Equal(date) {
				count("date", o.File, got.Published.Format(time.RFC3339), date.Format(time.RFC3339))
			}
		}
	}
	t.Logf("%d of %d agree", same, all)
}

// plainWords brings the words of another program into the form of ours.
func plainWords(s string) string { return Line(html.UnescapeString(withoutTags(s))) }

func TestCorpusCases(t *testing.T) {
	dir := corpus(t, "own")
	type check struct {
		Path, Op string
		Value    any
	}
	type corpusCase struct {
		ID, File string
		Headers  map[string]string
		Checks   []check
	}
	var all, good int
	for _, c := range jsonLines[corpusCase](t, filepath.Join(dir, "cases.jsonl")) {
		body, err := os.ReadFile(filepath.Join(dir, c.File))
		if err != nil {
			t.Fatal(err)
		}
		doc, err := Parse(body, "", c.Headers["Content-type"])
		if err != nil {
			var page *PageError
			if !errors.As(err, &page) {
				t.Errorf("%s: %v", c.ID, err)
			}
			continue
		}
		checkDoc(t, c.ID, doc)
		for _, ck := range c.Checks {
			all++
			got := lookAt(doc, ck.Path)
			want := ck.Value
			if s, ok := want.(string); ok && ck.Op == "text" {
				want = Line(html.UnescapeString(s))
			}
			if n, ok := want.(float64); ok {
				want = int(n)
			}
			if ck.Op == "author" {
				got = strings.Contains(got.(string), want.(string))
				want = true
			}
			if got == want || squeezed(got) == squeezed(want) {
				good++
			} else {
				t.Errorf("%s: %s is %q, want %q", c.ID, ck.Path, got, want)
			}
		}
	}
	t.Logf("%d of %d checks hold", good, all)
}

// squeezed is a text without what stands between its letters.
func squeezed(v any) string {
	s, _ := v.(string)
	return strings.Map(func(r rune) rune {
		if unicode.IsSpace(r) || unicode.IsControl(r) {
			return -1
		}
		return r
	}, s)
}

// lookAt is what a path such as "items[1].date" leads to.
func lookAt(doc *Doc, path string) any {
	if path == "items" {
		return len(doc.Items)
	}
	if path == "feed.title" {
		return doc.Title
	}
	index, field, _ := strings.Cut(strings.TrimPrefix(path, "items["), "].")
	i := strings.Index("0123456789", index)
	if i < 0 || i >= len(doc.Items) {
		return "no such item"
	}
	it := doc.Items[i]
	switch field {
	case "title":
		return it.Title
	case "summary":
		return it.Summary
	case "content":
		return Line(Text(it.HTML))
	case "date":
		return it.Published.Format(time.RFC3339)
	case "link":
		return it.URL
	case "authors":
		return strings.Join(it.Authors, ", ")
	}
	return "unknown field " + field
}

// checkDoc fails the test if something is amiss with doc that must never be,
// whatever it was made of.
func checkDoc(t testing.TB, name string, doc *Doc) {
	t.Helper()
	eachString(reflect.ValueOf(doc), func(s string) {
		if s != Safe(s) {
			t.Errorf("%s: %q is not clean", name, Cut(s, 80))
		}
	})
	seen := map[string]bool{}
	for _, it := range doc.Items {
		if it.GUID == "" || it.Title == "" || it.Title != Line(it.Title) || it.Summary != Line(it.Summary) {
			t.Errorf("%s: GUID %q, title %q, summary %q", name, it.GUID, it.Title, it.Summary)
		}
		if seen[it.GUID] {
			t.Errorf("%s: GUID %q comes twice", name, it.GUID)
		}
		seen[it.GUID] = true
		if len([]rune(it.Summary)) > SummaryLen {
			t.Errorf("%s: summary of %d runes", name, len([]rune(it.Summary)))
		}
		addresses := []string{it.URL, it.Comments}
		for _, e := range it.Enclosures {
			addresses = append(addresses, e.URL)
		}
		for _, a := range addresses {
			if a != "" && !strings.HasPrefix(a, "http://") && !strings.HasPrefix(a, "https://") {
				t.Errorf("%s: address %q", name, a)
			}
		}
	}
}

// eachString calls f with every string in v.
func eachString(v reflect.Value, f func(string)) {
	switch v.Kind() {
	case reflect.String:
		f(v.String())
	case reflect.Pointer:
		eachString(v.Elem(), f)
	case reflect.Slice:
		for i := range v.Len() {
			eachString(v.Index(i), f)
		}
	case reflect.Struct:
		for i := range v.NumField() {
			if v.Type().Field(i).IsExported() {
				eachString(v.Field(i), f)
			}
		}
	}
}
