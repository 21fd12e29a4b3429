package cli

import (
	"bufio"
	"cmp"
	"fmt"
	"strings"

	"app/newsterm/source"
)

// A shelved is a feed of the shelf as JSON has it.
type shelved struct {
	Subject  string `json:"subject"`
	Language string `json:"language"`
	Title    string `json:"title"`
	About    string `json:"about"`
	URL      string `json:"url"`
	Site     string `json:"site"`
}

// shelf prints the feeds that newsterm knows of; with words, those that have
// all of them.
func (a *app) shelf(words []string, f format) error {
	name, err := a.listFormat(f)
	if err != nil {
		return err
	}
	var list []source.Shelved
	for _, s := range source.Shelf(a.language()) {
		if s.Has(strings.Join(words, " ")) {
			list = append(list, s)
		}
	}
	if len(list) == 0 {
		return fmt.Errorf("nothing on the shelf is about %q; newsterm add --shelf lists it all", strings.Join(words, " "))
	}
	return a.printShelf(list, name)
}

func (a *app) printShelf(list []source.Shelved, name string) error {
	if name == "json" {
		w := bufio.NewWriter(a.Out)
		lines := jsonLines(w)
		for _, s := range list {
			if err := lines.Encode(shelved{s.Subject, s.Language, s.Title, s.About, s.URL, s.Site}); err != nil {
				return err
			}
		}
		return w.Flush()
	}
	t := a.table(name == "tsv", column{most: 20}, column{most: 2}, column{most: 26, main: true}, column{most: 50}, column{}).
		yielding(yield{3, 24}, yield{4, away}, yield{3, away}, yield{0, 8}, yield{0, away})
	for _, s := range list {
		if err := t.row(s.Subject, s.Language, s.Title, s.About, s.URL); err != nil {
			return err
		}
	}
	return t.close()
}

// language is that of the reader, as the environment names it.
func (a *app) language() string {
	return cmp.Or(a.Getenv("LC_ALL"), a.Getenv("LC_MESSAGES"), a.Getenv("LANG"))
}
