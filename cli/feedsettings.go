package cli

import (
	"context"
	"fmt"
	"net/http"
	"slices"
	"strconv"
	"strings"

	"app/newsterm/feed"
	"app/newsterm/source"
	"app/newsterm/store"
)

// A setting is one thing that is set for a feed, as people read it.
type setting struct{ name, value string }

// set lists what is set for f. Secrets are dots.
func set(f store.Feed) []setting {
	list := []setting{
		{"title", f.Name},
		{"folder", f.Folder},
		{"tags", strings.Join(f.Tags, ", ")},
		{"address", feed.Shown(f.URL)},
		{"every", source.Spoken(f.Every)},
		{"keep", number(f.Keep)},
		{"user agent", f.UserAgent},
		{"full text", yes(f.FullText)},
		{"muted", yes(f.Muted)},
		{"disabled", yes(f.Disabled)},
	}
	headers := feed.ReadHeaders(f.Headers)
	for _, name := range names(headers) {
		list = append(list, setting{"header " + name, feed.ShownHeader(name, headers.Get(name))})
	}
	return list
}

func names(headers http.Header) []string {
	var list []string
	for name := range headers {
		list = append(list, name)
	}
	slices.Sort(list)
	return list
}

// number is n as --keep takes it; "" for 0.
func number(n int) string {
	if n == 0 {
		return ""
	}
	return strconv.Itoa(n)
}

func yes(on bool) string {
	if on {
		return "yes"
	}
	return "no"
}

// tellChanges prints a line for each setting that differs.
func (a *app) tellChanges(old, f store.Feed) error {
	before, after := map[string]string{}, set(f)
	for _, s := range set(old) {
		before[s.name] = s.value
	}
	secret, was := feed.ReadHeaders(f.Headers), feed.ReadHeaders(old.Headers)
	title, changes := feed.Shown(old.Title), 0
	for _, s := range after {
		header, isHeader := strings.CutPrefix(s.name, "header ")
		changed := before[s.name] != s.value || isHeader && secret.Get(header) != was.Get(header)
		if s.name == "address" {
			changed = old.URL != f.URL
		}
		if changed {
			changes++
			fmt.Fprintf(a.Out, "%s: %s %s → %s\n", title, s.name, said(s.name, before[s.name]), said(s.name, s.value))
		}
	}
	for _, name := range names(was) {
		if secret.Get(name) == "" {
			changes++
			fmt.Fprintf(a.Out, "%s: header %s %s → none\n", title, name, feed.ShownHeader(name, was.Get(name)))
		}
	}
	var err error
	if changes == 0 {
		_, err = fmt.Fprintf(a.Out, "%s: nothing to change\n", title)
	}
	return err
}

// said is the value of a setting, or what holds without one.
func said(name, value string) string {
	switch {
	case value != "":
		return value
	case name == "title":
		return "the publisher's"
	case name == "every", name == "user agent":
		return "the usual"
	case name == "keep":
		return "all"
	}
	return "none"
}

// showSettings prints what is set for f, and how f is.
func (a *app) showSettings(ctx context.Context, f store.Feed) error {
	all, err := a.db.Health(ctx)
	if err != nil {
		return err
	}
	list := append([]setting{{"feed", feed.Shown(f.Title)}}, set(f)...)
	for _, h := range all {
		if h.ID == f.ID {
			list = append(list, setting{"health", health(h)}, setting{"what to do", h.Advice},
				setting{"last success", clock(f.Succeeded)}, setting{"next try", nextTry(f)})
		}
	}
	_, tty := terminal(a.Out)
	t := a.table(!tty, column{most: 24, main: true}, column{})
	for _, s := range list {
		switch s.name {
		case "title", "folder", "tags", "every", "keep", "user agent":
			s.value = said(s.name, s.value)
		}
		if s.value == "" {
			continue
		}
		if err := t.row(s.name, s.value); err != nil {
			return err
		}
	}
	return t.close()
}
