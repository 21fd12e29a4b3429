package source

import (
	"fmt"
	"io"
	"net/url"
	"slices"
	"strings"
	"unicode/utf8"

	"app/newsterm/feed"
)

// A List is what another reader's list of feeds says.
type List struct {
	Subs     []feed.Sub
	Queries  []SavedQuery
	Problems []string // what could not be taken, "urls line 12: …"
	Filtered []string // addresses of feeds that a filter changes there
}

// A SavedQuery is a list of articles that another reader keeps by a query.
type SavedQuery struct {
	Line  int
	Name  string
	Query string // in the query language of newsterm; "" if it cannot be said
	Why   string // it cannot be said
	Wider string // what that reader asks for, and the query for more; "" if it says the same
}

// maxList is the most bytes of a list of feeds that are read.
const maxList = 20 << 20

// ReadURLs reads newsboat's file urls:
//
//	https://example.org/feed.xml "~My name for it" folder "another tag" !hidden
//	"query:Unread:unread = \"yes\" and tags # \"folder\""
//
// The first tag becomes the folder, and the others become tags. A feed that a
// program prints is disabled: nothing is run that its reader has not allowed
// here. So is one that a filter: changes, which comes without the filter. The
// error is that of r.
func ReadURLs(r io.Reader) (List, error) {
	text, err := io.ReadAll(io.LimitReader(r, maxList))
	if err != nil {
		return List{}, err
	}
	u := urls{at: map[string]int{}, tagged: map[string][]int{}}
	for i, line := range strings.Split(strings.TrimPrefix(string(text), "\ufeff"), "\n") {
		u.line(i+1, line)
	}
	for i, n := range u.queryLines {
		u.list.Queries = append(u.list.Queries, u.query(n, u.queries[i]))
	}
	return u.list, nil
}

// urls is a file urls on its way into a List. What a query means depends on
// the feeds, so that queries come last.
type urls struct {
	list       List
	at         map[string]int   // the index in list.Subs of an address
	tagged     map[string][]int // the feeds that have a tag
	queries    []string
	queryLines []int
}

// line takes the n-th line.
func (u *urls) line(n int, line string) {
	if !utf8.ValidString(line) {
		u.problem(n, "it is left out: it is not UTF-8")
		return
	}
	words := tokens(line)
	if len(words) == 0 {
		return
	}
	address := words[0]
	called := feed.Cut(feed.Shown(address), 80)
	switch kind, rest, _ := strings.Cut(address, ":"); {
	case kind == "query":
		u.queries, u.queryLines = append(u.queries, rest), append(u.queryLines, n)
	case kind == "filter":
		u.filtered(n, address, words[1:])
	case IsProgram(address) && !NamesProgram(address):
		u.problem(n, called+" is left out: it names no program on one line")
	case !IsProgram(address) && !IsFeedAddress(address):
		u.problem(n, called+" is left out: it is not the address of a feed")
	default:
		u.feed(n, address, words[1:], IsProgram(address))
	}
}

// filtered takes the feed behind a filter. Nobody has asked for all of it, so
// that it is disabled.
func (u *urls) filtered(n int, address string, tags []string) {
	behind := Unfiltered(address)
	if !IsFeedAddress(behind) {
		u.problem(n, feed.Cut(feed.Shown(address), 80)+" is left out: it is a filter, and the feed behind it cannot be told")
		return
	}
	u.list.Filtered = append(u.list.Filtered, behind)
	u.feed(n, behind, tags, true)
}

// Unfiltered is the address of the feed behind filter:COMMAND:ADDRESS of
// newsboat, and any other address as it is.
func Unfiltered(address string) string {
	if command, ok := strings.CutPrefix(address, "filter:"); ok {
		_, address, _ = strings.Cut(command, ":")
	}
	return address
}

func (u *urls) problem(n int, why string) {
	u.list.Problems = append(u.list.Problems, fmt.Sprintf("urls line %d: %s", n, why))
}

// IsFeedAddress reports whether a feed can be at address: on the web, or in a file.
func IsFeedAddress(address string) bool {
	p, err := url.Parse(address)
	return err == nil && feed.Line(address) == address &&
		((p.Scheme == "http" || p.Scheme == "https") && p.Host != "" || p.Scheme == "file" && p.Path != "")
}

// feed takes a feed with its tags. A feed that was there before gets those
// that it lacks, and is disabled only if both are.
func (u *urls) feed(n int, address string, tags []string, disabled bool) {
	i, again := u.at[address]
	if again {
		u.problem(n, feed.Shown(address)+" is there twice, and taken once")
	} else {
		i = len(u.list.Subs)
		u.at[address] = i
		u.list.Subs = append(u.list.Subs, feed.Sub{URL: address, Disabled: disabled})
	}
	s := &u.list.Subs[i]
	s.Disabled = s.Disabled && disabled
	for _, tag := range tags {
		switch name := feed.Cut(feed.Line(tag), feed.MaxName); {
		case strings.HasPrefix(name, "!"):
			s.Muted = true
		case strings.HasPrefix(name, "~"):
			if s.Title == "" {
				s.Title = strings.TrimSpace(name[1:])
			}
		case name == "" || slices.Contains(u.tagged[name], i):
		default:
			u.tagged[name] = append(u.tagged[name], i)
			if s.Folder == "" {
				s.Folder = name
			} else {
				s.Tags = append(s.Tags, name)
			}
		}
	}
}

// tokens are the words of a line of newsboat's files. A word in double quotes
// may hold spaces and escapes; # where a word begins ends the line.
func tokens(line string) (words []string) {
	const between = " \t\r\n"
	for {
		line = strings.TrimLeft(line, between)
		switch {
		case line == "" || line[0] == '#':
			return words
		case line[0] == '"':
			var word string
			word, line = quoted(line[1:])
			words = append(words, word)
		default:
			end := strings.IndexAny(line, between)
			if end < 0 {
				end = len(line)
			}
			words, line = append(words, line[:end]), line[end:]
		}
	}
}

// quoted reads up to the closing quote, or the end of the line.
func quoted(s string) (word, rest string) {
	var b strings.Builder
	for i := 0; i < len(s); i++ {
		switch c := s[i]; {
		case c == '"':
			return b.String(), s[i+1:]
		case c == '\\' && i+1 < len(s):
			i++
			b.WriteString(unescaped(s[i]))
		default:
			b.WriteByte(c)
		}
	}
	return b.String(), ""
}

// unescaped is what \c means between quotes.
func unescaped(c byte) string {
	switch c {
	case 'n':
		return "\n"
	case 'r':
		return "\r"
	case 't':
		return "\t"
	case '`':
		return "\\`"
	}
	return string([]byte{c})
}
