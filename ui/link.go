package ui

import (
	"fmt"
	"strings"

	"app/newsterm/feed"
)

// longestAddress is how long an address may be to be made a link. Terminals
// drop longer ones.
const longestAddress = 2048

// address is an article's link made fit to be given to the terminal: printable
// ASCII, web, mail or gemini. It is "" for anything else.
func address(link string) string {
	link = strings.TrimSpace(strings.ReplaceAll(feed.Safe(link), "\n", ""))
	scheme, rest, _ := strings.Cut(link, ":")
	switch strings.ToLower(scheme) {
	case "http", "https", "gemini":
		if !strings.HasPrefix(rest, "//") || len(rest) < 3 {
			return ""
		}
	case "mailto":
	default:
		return ""
	}
	link = percent(link)
	if len(link) > longestAddress {
		return ""
	}
	return link
}

// percent is link with every byte that is not printable ASCII written as %XX.
func percent(link string) string {
	var b strings.Builder
	for i := 0; i < len(link); i++ {
		if c := link[i]; c <= ' ' || c >= 0x7f {
			fmt.Fprintf(&b, "%%%02X", c)
		} else {
			b.WriteByte(c)
		}
	}
	return b.String()
}

// linkTo is the sequence (OSC 8) after which text leads to link n, or nowhere
// for 0. All the lines of a link carry its number, and light up as one.
func linkTo(n int, links []string) string {
	switch {
	case len(links) == 0:
		return ""
	case n == 0 || n > len(links):
		return "\x1b]8;;\x1b\\"
	}
	return fmt.Sprintf("\x1b]8;id=%d;%s\x1b\\", n, links[n-1])
}
