package source_test

import (
	"reflect"
	"strings"
	"testing"

	"app/newsterm/feed"
	"app/newsterm/source"
)

func TestConfigOfNom(t *testing.T) {
	list, err := source.ReadNom(strings.NewReader(`# mine
configpath: /home/me/.config/nom/config.yml
feeds:
- url: https://a.example/feed
  name: "My A" # a note
- name: B
  tags: [news, "long reads"]
  url: 'https://b.example/feed#x'
  - stray
- url: https://c.example/feed
  tags:
    - sea
    - shore
- url: https://a.example/feed
- url: exec:touch pwned
- just words
ordering: asc
openers:
- regex: "youtube"
  url: https://not.a.feed.example/
`))
	if err != nil {
		t.Fatal(err)
	}
	want := []feed.Sub{
		{URL: "https://a.example/feed", Title: "My A"},
		{URL: "https://b.example/feed#x", Title: "B", Folder: "news", Tags: []string{"long reads"}},
		{URL: "https://c.example/feed", Folder: "sea", Tags: []string{"shore"}},
	}
	if !reflect.DeepEqual(list.Subs, want) {
		t.Errorf("feeds: %+v", list.Subs)
	}
	problems := strings.Join(list.Problems, "\n")
	for _, line := range []string{"9", "15", "16"} {
		if !strings.Contains(problems, "config.yml line "+line+": ") {
			t.Errorf("nothing is told of line %s:\n%s", line, problems)
		}
	}
	if len(list.Problems) != 3 {
		t.Errorf("more is told:\n%s", problems)
	}
}
