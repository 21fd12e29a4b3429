package ui

import (
	"cmp"
	"fmt"
	"slices"
	"strings"

	"github.com/charmbracelet/x/ansi"

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

// A linkPart is where a link is shown, or a part of one that goes on in the next
// line.
type linkPart struct {
	stretch
	link string // the number of the link and its address
	text string
}

// address is where it leads.
func (s linkPart) address() string {
	_, address, _ := strings.Cut(s.link, ";")
	return address
}

// pageLink is the id of the link to the page of the article, which is not one of
// its links: a key of its own opens it.
const pageLink = "id=page"

// linkParts are the links in lines, in their order.
func linkParts(lines []string) (parts []linkPart) {
	for i, line := range lines {
		col := 0
		for rest := line; ; {
			before, after, ok := strings.Cut(rest, "\x1b]8;")
			shown := ansi.Strip(before)
			if last := len(parts) - 1; last >= 0 && parts[last].text == "" {
				parts[last].cells, parts[last].text = width(shown), shown
			}
			if !ok {
				break
			}
			col += width(shown)
			link, next, _ := strings.Cut(after, "\x1b\\")
			if link != ";" && !strings.HasPrefix(link, pageLink+";") {
				parts = append(parts, linkPart{stretch: stretch{line: i, col: col}, link: link})
			}
			rest = next
		}
	}
	return parts
}

// withoutLinks is a line that leads nowhere, for terminals without links.
func withoutLinks(line string) string {
	before, rest, ok := strings.Cut(line, "\x1b]8;")
	for ok {
		var next string
		_, rest, _ = strings.Cut(rest, "\x1b\\")
		next, rest, ok = strings.Cut(rest, "\x1b]8;")
		before += next
	}
	return before
}

// A link is an address that an article names, and what it calls it.
type link struct{ text, address string }

// links are those of a page, each address once, in the order in which they are
// numbered.
func (p page) links() (links []link) {
	seen := map[string]bool{}
	last := ""
	for _, s := range linkParts(p.lines) {
		switch {
		case s.link == last:
			links[len(links)-1].goOn(s.text)
		case !seen[s.address()]:
			seen[s.address()], last = true, s.link
			links = append(links, link{s.text, s.address()})
		default:
			last = ""
		}
	}
	slices.SortStableFunc(links, func(a, b link) int { return cmp.Compare(p.numbers[a.address], p.numbers[b.address]) })
	return links
}

// goOn adds what stands on the next line. A line ends between words, but in the
// middle of an address.
func (l *link) goOn(text string) {
	before, after := strings.Fields(l.text), strings.Fields(text)
	if len(before) > 0 && len(after) > 0 {
		both := before[len(before)-1] + after[0]
		if strings.ContainsAny(both, "/.?=&%") && strings.Contains(l.address, percent(both)) {
			l.text += text
			return
		}
	}
	l.text += " " + text
}
