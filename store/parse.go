package store

import (
	"fmt"
	"slices"
	"strconv"
	"strings"
	"time"
	"unicode"
	"unicode/utf8"

	"app/newsterm/feed"
)

// ParseQuery reads a query. The error is a *QueryError.
//
//	query = any { "sort:" order }
//	any   = all { "OR" all }
//	all   = one { [ "AND" ] one }
//	one   = ( "-" | "NOT" ) one | "(" any ")" | word | phrase | key ":" value
func ParseQuery(s string) (Query, error) {
	p := &parser{text: s}
	if len(s) > maxQuery {
		return Query{}, p.fail(maxQuery, "the query is too long")
	}
	var q Query
	if err := p.scan(); err != nil {
		return Query{}, err
	}
	q.sort = p.sort
	if len(p.toks) == 0 {
		return q, nil
	}
	n, err := p.any()
	if err != nil {
		return Query{}, err
	}
	if t, ok := p.peek(); ok { // only a closing parenthesis ends any early
		return Query{}, p.fail(t.pos, "nothing was opened that this could close")
	}
	q.expr = n
	return q, nil
}

type parser struct {
	text  string
	pos   int
	toks  []token
	sort  Sort
	depth int
	terms int
}

// A token is a term, or one of the marks ( ) - AND OR NOT.
type token struct {
	pos  int
	mark string // "" for a term
	term node
}

func (p *parser) fail(pos int, format string, args ...any) error {
	return &QueryError{Query: p.text, Pos: min(pos, len(p.text)), Why: fmt.Sprintf(format, args...)}
}

// scan splits the text into tokens and takes out sort:.
func (p *parser) scan() error {
	depth := 0
	for {
		p.pos += len(p.text[p.pos:]) - len(strings.TrimLeftFunc(p.text[p.pos:], unicode.IsSpace))
		if p.pos == len(p.text) {
			return nil
		}
		start, rest := p.pos, p.text[p.pos:]
		switch {
		case rest[0] == '(' || rest[0] == ')':
			depth += map[byte]int{'(': 1, ')': -1}[rest[0]]
			p.mark(rest[:1])
		case rest[0] == '-':
			p.mark("-")
			if next, _ := utf8.DecodeRuneInString(p.text[p.pos:]); p.pos == len(p.text) || unicode.IsSpace(next) {
				return p.fail(start, `nothing after "-" to leave out; put it in quotes to search for it`)
			}
		case slices.Contains(operators, p.bare()):
			p.mark(p.bare())
		default:
			t, err := p.lexTerm(depth)
			if err != nil {
				return err
			}
			if t != nil {
				p.toks = append(p.toks, token{pos: start, term: t})
			}
		}
	}
}

func (p *parser) mark(s string) {
	p.toks = append(p.toks, token{pos: p.pos, mark: s})
	p.pos += len(s)
}

// bare is the text up to the end of the word that starts here.
func (p *parser) bare() string {
	rest := p.text[p.pos:]
	if i := strings.IndexFunc(rest, endsWord); i >= 0 {
		return rest[:i]
	}
	return rest
}

// lexTerm reads a word, a phrase, or key:value; nil for sort:, which is none.
func (p *parser) lexTerm(depth int) (node, error) {
	start := p.pos
	if p.terms++; p.terms > maxTerms {
		return nil, p.fail(start, "the query has too many words")
	}
	key, value, found := strings.Cut(p.bare(), ":")
	if !found || !isKey(key) || strings.HasPrefix(value, "//") {
		return p.lexWord("", start)
	}
	name := strings.ToLower(key)
	k, known := keys[name]
	empty := value == "" && !strings.HasPrefix(p.text[start+len(key)+1:], `"`)
	switch {
	case !known && empty:
		return p.lexWord("", start)
	case !known:
		return nil, p.fail(start, `there is no %s: in a query, only %s; put it in quotes to search for it`, key, allowed())
	case empty:
		return nil, p.fail(start, "%s: must be followed by %s, without a space", name, k.wants)
	}
	p.pos += len(key) + 1
	if name == "title" || name == "author" {
		return p.lexWord(name, start)
	}
	if name == "sort" && (depth > 0 || len(p.toks) > 0 && p.toks[len(p.toks)-1].mark != "" && p.toks[len(p.toks)-1].mark != ")") {
		return nil, p.fail(start, "sort: stands by itself, not in parentheses nor after -, NOT, AND or OR")
	}
	quoted := p.text[p.pos] == '"'
	value, err := p.lexText()
	if err != nil {
		return nil, err
	}
	return p.term(name, feed.Line(value), quoted, start)
}

// lexWord reads text to search for.
func (p *parser) lexWord(in string, start int) (node, error) {
	quoted := strings.HasPrefix(p.text[p.pos:], `"`)
	text, err := p.lexText()
	if err != nil {
		return nil, err
	}
	w := word{in: in}
	if quoted && strings.HasPrefix(p.text[p.pos:], "*") {
		p.pos++
		w.prefix = true
	}
	if cut := strings.TrimRight(text, "*"); !quoted && cut != "" && cut != text {
		text, w.prefix = cut, true
	}
	if w.text = feed.Line(text); w.text == "" {
		return nil, p.fail(start, "there is nothing to search for here")
	}
	return w, nil
}

// lexText reads a word, or what is between quotes.
func (p *parser) lexText() (string, error) {
	start := p.pos
	if !strings.HasPrefix(p.text[start:], `"`) {
		s := p.bare()
		p.pos += len(s)
		return s, nil
	}
	var b strings.Builder
	for i := start + 1; i < len(p.text); i++ {
		c := p.text[i]
		switch {
		case c == '"':
			p.pos = i + 1
			return b.String(), nil
		case c == '\\' && i+1 < len(p.text) && (p.text[i+1] == '"' || p.text[i+1] == '\\'):
			i++
			c = p.text[i]
		}
		b.WriteByte(c)
	}
	return "", p.fail(start, "this quote is never closed")
}

func isKey(s string) bool {
	return s != "" && !strings.ContainsFunc(s, func(r rune) bool { return (r < 'a' || r > 'z') && (r < 'A' || r > 'Z') })
}

// keys are what may stand before a colon, and what must follow it.
var keys = map[string]struct{ wants string }{
	"is":     {"read, unread, starred or muted"},
	"has":    {"enclosure or fulltext"},
	"feed":   {"a part of a feed's title or address"},
	"in":     {"a folder"},
	"tag":    {"a tag"},
	"title":  {"a word of the title"},
	"author": {"a word of the author's name"},
	"url":    {"a part of the address"},
	"lang":   {"a language such as en"},
	"since":  {"a date: 2022-01-06, today, yesterday, or 3h, 2d, 2w, 6m, 1y ago"},
	"before": {"a date: 2022-01-06, today, yesterday, or 3h, 2d, 2w, 6m, 1y ago"},
	"sort":   {"newest, oldest, feed or relevance"},
}

// allowed lists the keys in the order of the handbook.
func allowed() string {
	return "is: has: feed: in: tag: title: author: url: lang: since: before: sort:"
}

// term makes the term of a key and its value.
func (p *parser) term(key, value string, quoted bool, start int) (node, error) {
	lower := strings.ToLower(value)
	wrong := p.fail(start, "%s: must be followed by %s, not %q", key, keys[key].wants, value)
	if value == "" && key != "in" && key != "tag" {
		return nil, wrong
	}
	switch key {
	case "is":
		if slices.Contains([]string{"read", "unread", "starred", "muted"}, lower) {
			return is{lower}, nil
		}
	case "has":
		if lower == "enclosure" || lower == "fulltext" {
			return has{lower}, nil
		}
	case "feed":
		if number, ok := strings.CutPrefix(value, "#"); ok && !quoted {
			if id, err := strconv.ParseInt(number, 10, 64); err == nil && id > 0 {
				return ofFeed{id: FeedID(id)}, nil
			}
		}
		return ofFeed{name: value}, nil
	case "in":
		return inFolder{value}, nil
	case "tag":
		return tagged{value}, nil
	case "url":
		return atURL{value}, nil
	case "lang":
		return inLang{lower}, nil
	case "since", "before":
		if _, ok := date(lower, time.Unix(0, 0)); ok {
			return when{key == "before", lower}, nil
		}
	case "sort":
		if i := slices.Index(sorts, lower); i >= 0 {
			p.sort = Sort(i)
			return nil, nil
		}
	}
	return nil, wrong
}

// date is the time that a date in a query means, seen from now: a year, a
// month or a day where the reader lives, or so long ago.
func date(s string, now time.Time) (time.Time, bool) {
	now = now.In(time.Local)
	y, m, d := now.Date()
	switch s {
	case "today":
		return time.Date(y, m, d, 0, 0, 0, 0, time.Local), true
	case "yesterday":
		return time.Date(y, m, d-1, 0, 0, 0, 0, time.Local), true
	}
	for _, layout := range []string{"2006-01-02", "2006-01", "2006", "2006-01-02T15:04", time.RFC3339} {
		if t, err := time.ParseInLocation(layout, strings.ToUpper(s), time.Local); err == nil {
			return t, true
		}
	}
	return shifted(s, now, -1)
}

// shifted is so long a time as 3h, 2d, 2w, 6m or 1y away from now: before it
// if way is -1, after it if it is 1.
func shifted(s string, now time.Time, way int) (time.Time, bool) {
	if s == "" {
		return time.Time{}, false
	}
	n, err := strconv.Atoi(s[:len(s)-1])
	if err != nil || n < 0 || n > 100_000 || s[0] == '+' {
		return time.Time{}, false
	}
	n *= way
	switch s[len(s)-1] {
	case 'h':
		return now.Add(time.Duration(n) * time.Hour), true
	case 'd':
		return now.AddDate(0, 0, n), true
	case 'w':
		return now.AddDate(0, 0, 7*n), true
	case 'm':
		return now.AddDate(0, n, 0), true
	case 'y':
		return now.AddDate(n, 0, 0), true
	}
	return time.Time{}, false
}

func (p *parser) peek() (token, bool) {
	if len(p.toks) == 0 {
		return token{pos: len(p.text)}, false
	}
	return p.toks[0], true
}

// take drops the next token if it is one of marks.
func (p *parser) take(marks ...string) bool {
	t, ok := p.peek()
	if !ok || t.mark == "" || !slices.Contains(marks, t.mark) {
		return false
	}
	p.toks = p.toks[1:]
	return true
}

func (p *parser) any() (node, error) {
	n, err := p.all()
	for err == nil && p.take("OR") {
		var m node
		if m, err = p.all(); err == nil {
			n = either(n, m)
		}
	}
	return n, err
}

func (p *parser) all() (node, error) {
	n, err := p.one()
	for err == nil {
		if t, ok := p.peek(); !p.take("AND") && (!ok || t.mark == "OR" || t.mark == ")") {
			break
		}
		var m node
		if m, err = p.one(); err == nil {
			n = both(n, m)
		}
	}
	return n, err
}

func (p *parser) one() (node, error) {
	t, ok := p.peek()
	if !ok {
		return nil, p.fail(t.pos, "something to search for is missing at the end")
	}
	p.toks = p.toks[1:]
	if p.depth++; p.depth > maxDepth {
		return nil, p.fail(t.pos, "too many parentheses within parentheses")
	}
	defer func() { p.depth-- }()
	switch t.mark {
	case "":
		return t.term, nil
	case "-", "NOT":
		n, err := p.one()
		if err != nil {
			return nil, err
		}
		return negated(n), nil
	case "(":
		n, err := p.any()
		if err == nil && !p.take(")") {
			err = p.fail(t.pos, "this parenthesis is never closed")
		}
		return n, err
	case ")":
		return nil, p.fail(t.pos, "something to search for is missing before this parenthesis")
	}
	return nil, p.fail(t.pos, `something to search for is missing before %s; put it in quotes to search for the word`, t.mark)
}
