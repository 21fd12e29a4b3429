package ui

import (
	"html"
	"strconv"
	"strings"

	"app/newsterm/feed"
	"github.com/yuin/goldmark/util"
)

// plain is markdown text with its escapes and entities resolved, cleaned.
func plain(b []byte) string {
	return clean(entities(string(b)))
}

// clean is Safe and parted, and takes our own runes and soft hyphens away.
func clean(s string) string {
	s = parted(feed.Safe(s))
	if !strings.ContainsFunc(s, private) {
		return s
	}
	return strings.Map(func(r rune) rune {
		if private(r) {
			return -1
		}
		return r
	}, s)
}

func private(r rune) bool { return r >= linkRune || r == '\u00ad' }

// oneLine is s with spaces for line breaks and tabs.
func oneLine(s string) string {
	if !strings.ContainsAny(s, "\n\t") {
		return s
	}
	return breaks.Replace(s)
}

var breaks = strings.NewReplacer("\n", " ", "\t", " ")

// entities resolves markdown's escapes (\*) and entities (&amp;) in one pass,
// so that neither makes the other.
func entities(s string) string {
	if !strings.ContainsAny(s, `&\`) {
		return s
	}
	var b strings.Builder
	for s != "" {
		i := strings.IndexAny(s, `&\`)
		if i < 0 {
			break
		}
		b.WriteString(s[:i])
		got, n := resolve(s[i:])
		b.WriteString(got)
		s = s[i+n:]
	}
	b.WriteString(s)
	return b.String()
}

// resolve is what the escape or entity that s starts with stands for, and how
// long it is.
func resolve(s string) (string, int) {
	if s[0] == '\\' {
		if len(s) > 1 && util.IsPunct(s[1]) {
			return s[1:2], 2
		}
		return s[:1], 1
	}
	end := strings.IndexByte(s[:min(len(s), 40)], ';')
	if end < 2 {
		return s[:1], 1
	}
	name := s[1:end]
	if e, ok := util.LookUpHTML5EntityByName(name); ok {
		return string(e.Characters), end + 1
	}
	if name[0] == '#' && numeric(name[1:]) {
		return html.UnescapeString(s[:end+1]), end + 1
	}
	return s[:1], 1
}

// numeric reports whether s is the number of a character, as in &#8217; or
// &#x2019;.
func numeric(s string) bool {
	base := 10
	if s != "" && s[0]|0x20 == 'x' {
		base, s = 16, s[1:]
	}
	_, err := strconv.ParseUint(s, base, 32)
	return err == nil
}
