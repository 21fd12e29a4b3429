package ui

import (
	"net/url"
	"slices"
	"strings"

	tea "github.com/charmbracelet/bubbletea"

	"app/newsterm/store"
)

// A Target is a place of the web where an article can be shared.
type Target struct {
	Name string
	URL  string // opened in the browser; {url}, {title} and {feed} in it are the article's
}

// usualTargets are there without settings. A setting with the name of one takes
// its place; without an address, it takes it away.
var usualTargets = []Target{
	{"Mastodon", "https://share.joinmastodon.org/#text={title}%20{url}"},
	{"Bluesky", "https://bsky.app/intent/compose?text={title}%20{url}"},
	{"Hacker News", "https://news.ycombinator.com/submitlink?u={url}&t={title}"},
	{"Reddit", "https://www.reddit.com/submit?url={url}&title={title}"},
	{"Instapaper", "https://www.instapaper.com/hello2?url={url}&title={title}"},
}

// Wrong says what is wrong with a target, and in which of its settings; "" if
// nothing is.
func (t Target) Wrong() (field, why string) {
	if strings.TrimSpace(t.Name) == "" {
		return "name", `a place to share needs a name, such as name = "Wallabag"`
	}
	if _, err := WebAddress(t.address(store.Article{})); t.URL != "" && err != nil {
		return "url", `a place to share has an address of the web with {url} in it, such as url = "https://wallabag.example/bookmarklet?url={url}"`
	}
	return "", ""
}

// address is that of the target for an article. No letter of the article's is
// anything but text in it.
func (t Target) address(a store.Article) string {
	return strings.NewReplacer("{url}", escaped(a.URL), "{title}", escaped(a.Title), "{feed}", escaped(a.FeedTitle)).Replace(t.URL)
}

// escaped is a text within an address, whatever the part (RFC 3986, section
// 2.1).
func escaped(text string) string { return strings.ReplaceAll(url.QueryEscape(text), "+", "%20") }

// targets are those of the settings, and the usual ones that are left.
func targets(own []Target) (list []Target) {
	for _, t := range append(slices.Clip(own), usualTargets...) {
		isThere := slices.ContainsFunc(list, func(other Target) bool { return strings.EqualFold(other.Name, t.Name) })
		if !isThere {
			list = append(list, t)
		}
	}
	return slices.DeleteFunc(list, func(t Target) bool { return t.URL == "" })
}

// share asks where the article is to be shared.
func (m Model) share() (Model, tea.Cmd) {
	a, ok := m.current()
	switch {
	case !ok:
		return m, nil
	case a.URL == "":
		return m.note("this article has no address"), nil
	}
	return m.choose(choosing{
		all:    func(m Model) []choice { return m.ways(a) },
		none:   "there is no such place; [[share]] in config.toml adds one",
		keys:   "⏎ share  Esc leave it  ↓ ↑ choose",
		column: 22,
	}, "share: ", "with whom")
}

// ways are where an article can be shared, the clipboard first.
func (m Model) ways(a store.Article) []choice {
	text := strings.TrimSpace(a.Title + "\n" + a.URL)
	list := []choice{{name: "Clipboard", where: "title and address", pick: func(m Model) (Model, tea.Cmd, error) {
		return m, m.copy(text, "copied the title and the address"), nil
	}}}
	for _, t := range targets(m.o.Targets) {
		address := t.address(a)
		u, err := url.Parse(address)
		if err != nil {
			continue
		}
		list = append(list, choice{name: t.Name, where: u.Hostname(), pick: func(m Model) (Model, tea.Cmd, error) {
			return m.note("opening %s", u.Hostname()), m.openPage(address), nil
		}})
	}
	return list
}
