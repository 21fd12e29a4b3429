package store

import (
	"fmt"
	"slices"
	"strings"
	"unicode"
	"unicode/utf8"

	"app/newsterm/feed"
)

// A Query chooses articles and says in what order. Its zero value chooses all
// of them, newest first. Queries may be compared with ==.
type Query struct {
	expr node // nil for everything
	sort Sort
}

// A Sort is an order of articles.
type Sort int

// Orders of articles. ByRelevance is Newest where there are no words to
// search for, or so many articles have them that none stands out.
const (
	Newest Sort = iota
	Oldest
	ByFeed // feeds by title, newest first in each
	ByRelevance
)

var sorts = []string{Newest: "newest", Oldest: "oldest", ByFeed: "feed", ByRelevance: "relevance"}

func (s Sort) String() string {
	if s < 0 || int(s) >= len(sorts) {
		return fmt.Sprintf("Sort(%d)", int(s))
	}
	return sorts[s]
}

// Sort is the order that q asks for.
func (q Query) Sort() Sort { return q.sort }

// SortBy is q in another order.
func (q Query) SortBy(s Sort) Query { return Query{q.expr, s} }

// And chooses what both q and p choose, in the order of p if it asks for one,
// else in that of q.
func (q Query) And(p Query) Query {
	sort := q.sort
	if p.sort != Newest {
		sort = p.sort
	}
	return Query{both(q.expr, p.expr), sort}
}

// Searches reports whether q looks for words, and so needs the index.
func (q Query) Searches() bool {
	return some(q.expr, func(n node) bool { _, ok := n.(word); return ok })
}

// FeedQuery chooses the articles of one feed.
func FeedQuery(id FeedID) Query { return Query{expr: ofFeed{id: id}} }

// FolderQuery chooses the articles of the feeds in a folder and the folders
// within it; those of feeds in no folder if name is "".
func FolderQuery(name string) Query { return Query{expr: inFolder{feed.Line(name)}} }

// TagQuery chooses the articles of the feeds that have a tag, whatever its case
// and accents; those of feeds that have none if name is "".
func TagQuery(name string) Query { return Query{expr: tagged{feed.Line(name)}} }

// A node is a part of a query. All are comparable.
type node interface {
	String() string
	sql(*compiler) string
}

type (
	and struct{ a, b node }
	or  struct{ a, b node }
	not struct{ n node }

	// A word is text that an article has: one word, or several in a row.
	word struct {
		text   string
		in     string // "title" or "author"; "" for anywhere
		prefix bool   // the last word may go on
	}
	is     struct{ state string }
	has    struct{ part string }
	ofFeed struct {
		id   FeedID // if not 0
		name string // part of the title or address
	}
	inFolder struct{ name string }
	tagged   struct{ name string }
	atURL    struct{ part string }
	inLang   struct{ code string }
	when     struct {
		before bool
		date   string // as typed
	}
)

// both is a AND b; nil is everything.
func both(a, b node) node {
	switch b := b.(type) {
	case nil:
		return a
	case and: // keep conjunctions leaning to the left, so that equal ones are ==
		return both(both(a, b.a), b.b)
	}
	if a == nil {
		return b
	}
	return and{a, b}
}

// either is a OR b.
func either(a, b node) node {
	if b, ok := b.(or); ok {
		return either(either(a, b.a), b.b)
	}
	return or{a, b}
}

// negated is NOT n.
func negated(n node) node {
	if n, ok := n.(not); ok {
		return n.n
	}
	return not{n}
}

// conjuncts are the parts of n that must all hold.
func conjuncts(n node) []node {
	switch n := n.(type) {
	case nil:
		return nil
	case and:
		return append(conjuncts(n.a), n.b)
	}
	return []node{n}
}

// disjuncts are the parts of n of which one must hold.
func disjuncts(n node) []node {
	if n, ok := n.(or); ok {
		return append(disjuncts(n.a), n.b)
	}
	return []node{n}
}

// String is q as somebody would type it. Parsed again, it equals q.
func (q Query) String() string {
	var parts []string
	if q.expr != nil {
		parts = append(parts, q.expr.String())
	}
	if q.sort != Newest {
		parts = append(parts, "sort:"+q.sort.String())
	}
	if _, ok := q.expr.(or); ok && len(parts) > 1 {
		parts[0] = "(" + parts[0] + ")"
	}
	return strings.Join(parts, " ")
}

func (n and) String() string {
	var b strings.Builder
	for i, c := range conjuncts(n) {
		if i > 0 {
			b.WriteByte(' ')
		}
		if _, ok := c.(or); ok {
			b.WriteString("(" + c.String() + ")")
		} else {
			b.WriteString(c.String())
		}
	}
	return b.String()
}

func (n or) String() string { return n.a.String() + " OR " + n.b.String() }

func (n not) String() string {
	switch n.n.(type) {
	case and, or:
		return "-(" + n.n.String() + ")"
	}
	return "-" + n.n.String()
}

func (n word) String() string {
	s := quote(n.text)
	if n.in != "" {
		s = n.in + ":" + s
	}
	if n.prefix {
		s += "*"
	}
	return s
}

func (n ofFeed) String() string {
	if n.id != 0 {
		return fmt.Sprintf("feed:#%d", n.id)
	}
	if strings.HasPrefix(n.name, "#") {
		return `feed:"` + n.name + `"`
	}
	return "feed:" + quote(n.name)
}

func (n is) String() string       { return "is:" + n.state }
func (n has) String() string      { return "has:" + n.part }
func (n inFolder) String() string { return "in:" + quote(n.name) }
func (n tagged) String() string   { return "tag:" + quote(n.name) }
func (n atURL) String() string    { return "url:" + quote(n.part) }
func (n inLang) String() string   { return "lang:" + quote(n.code) }

func (n when) String() string {
	if n.before {
		return "before:" + n.date
	}
	return "since:" + n.date
}

// quote is s as it is typed, in quotes if it needs them.
func quote(s string) string {
	plain := s != "" && s[0] != '-' && !strings.HasSuffix(s, "*") &&
		!slices.Contains(operators, s) &&
		!strings.ContainsFunc(s, func(r rune) bool { return endsWord(r) || r == ':' })
	if plain {
		return s
	}
	return `"` + strings.NewReplacer(`\`, `\\`, `"`, `\"`).Replace(s) + `"`
}

// operators are the words that are none, unless in quotes.
var operators = []string{"AND", "OR", "NOT"}

// endsWord reports whether r cannot be in a word without quotes.
func endsWord(r rune) bool {
	return unicode.IsSpace(r) || r == '(' || r == ')' || r == '"'
}

// Limits that no query typed by a person meets.
const (
	maxQuery = 10_000 // bytes
	maxTerms = 200
	maxDepth = 30 // parentheses in parentheses
)

// A QueryError says where a query cannot be read, and why.
type QueryError struct {
	Query string
	Pos   int // in bytes
	Why   string
}

func (e *QueryError) Error() string {
	return fmt.Sprintf("query %q, at character %d: %s", e.Query, utf8.RuneCountInString(e.Query[:e.Pos])+1, e.Why)
}

// Point is two lines: the query, and a caret under the place.
func (e *QueryError) Point() string {
	line := strings.Map(func(r rune) rune {
		if unicode.IsSpace(r) {
			return ' '
		}
		return r
	}, e.Query)
	return feed.Safe(line) + "\n" + strings.Repeat(" ", utf8.RuneCountInString(feed.Safe(line[:min(e.Pos, len(line))]))) + "^"
}
