package source

import (
	"cmp"
	_ "embed"
	"encoding/xml"
	"slices"
	"strings"
	"sync"
)

//go:embed shelf/shelf.opml
var shelfFile []byte

// A Shelved is a feed that newsterm knows of, for those who have none yet.
type Shelved struct {
	Subject  string
	Title    string
	Language string // "de"
	About    string // a line, in that language
	URL      string
	Site     string
}

// Shelf lists the feeds that come with the program, by subject; in each subject
// those in language first, as $LANG names it ("de_AT.UTF-8"), then the English
// ones, then the others.
func Shelf(language string) []Shelved {
	code := languageCode(language)
	list, subjects := slices.Clone(readShelf()), map[string]int{}
	for i, s := range list {
		if _, seen := subjects[s.Subject]; !seen {
			subjects[s.Subject] = i
		}
	}
	rank := func(s Shelved) int { return slices.Index([]string{code, "en", s.Language}, s.Language) }
	slices.SortStableFunc(list, func(a, b Shelved) int {
		return cmp.Or(subjects[a.Subject]-subjects[b.Subject], rank(a)-rank(b))
	})
	return list
}

// languageCode is the language in a locale: "de" of "de_AT.UTF-8".
func languageCode(locale string) string {
	code, _, _ := strings.Cut(strings.ReplaceAll(locale, "-", "_"), "_")
	code, _, _ = strings.Cut(code, ".")
	return strings.ToLower(code)
}

// readShelf reads the shelf, once. What is wrong with the file, its test finds.
var readShelf = sync.OnceValue(func() (list []Shelved) {
	var file struct {
		Subjects []struct {
			Name  string `xml:"text,attr"`
			Feeds []struct {
				Title    string `xml:"text,attr"`
				Language string `xml:"language,attr"`
				About    string `xml:"description,attr"`
				URL      string `xml:"xmlUrl,attr"`
				Site     string `xml:"htmlUrl,attr"`
			} `xml:"outline"`
		} `xml:"body>outline"`
	}
	if err := xml.Unmarshal(shelfFile, &file); err != nil {
		panic(err)
	}
	for _, subject := range file.Subjects {
		for _, f := range subject.Feeds {
			list = append(list, Shelved{subject.Name, f.Title, f.Language, f.About, f.URL, f.Site})
		}
	}
	return list
})

// Has reports whether each word of typed is somewhere in what is said of s.
func (s Shelved) Has(typed string) bool {
	said := strings.ToLower(strings.Join([]string{s.Subject, s.Title, languageNames[s.Language], s.About}, "\n"))
	for word := range strings.FieldsSeq(strings.ToLower(typed)) {
		if !strings.Contains(said, word) {
			return false
		}
	}
	return true
}

// languageNames are the languages of the shelf, in English and in themselves.
var languageNames = map[string]string{
	"ar": "Arabic العربية",
	"de": "German Deutsch",
	"en": "English",
	"es": "Spanish español",
	"fr": "French français",
	"it": "Italian italiano",
	"ja": "Japanese 日本語",
	"nl": "Dutch Nederlands",
	"pt": "Portuguese português",
	"ru": "Russian русский",
	"zh": "Chinese 中文",
}
