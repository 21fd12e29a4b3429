package source

import (
	"fmt"
	"regexp"
	"slices"
	"strconv"
	"strings"
	"unicode"

	"app/newsterm/feed"
	"app/newsterm/store"
)

// query says in our language what NAME:EXPR of newsboat says, if that can be
// said.
func (u *urls) query(n int, text string) SavedQuery {
	name, expr, _ := strings.Cut(text, ":")
	q := SavedQuery{Line: n, Name: feed.Cut(feed.Line(name), feed.MaxName)}
	said, wider, err := u.expression(expr)
	if err == nil {
		_, err = store.ParseQuery(said)
	}
	if err != nil {
		q.Why = feed.Line(err.Error())
		return q
	}
	q.Query, q.Wider = said, wider
	return q
}

// expression says in our language what an expression of newsboat says, and which
// parts of it find more articles here.
func (u *urls) expression(expr string) (said, wider string, err error) {
	e := expression{urls: u, rest: expr}
	if said, err = e.all(); err == nil && e.skip() != "" {
		err = fmt.Errorf("%q is not understood", feed.Cut(e.rest, 40))
	}
	return said, feed.Line(strings.Join(e.wider, ", ")), err
}

// An expression is what is left to read of a query of newsboat.
//
//	all = one { "and" one } | one { "or" one }
//	one = "(" all ")" | attribute operator value
type expression struct {
	urls  *urls
	rest  string
	depth int
	wider []string // comparisons that are said as more than they ask for
}

// skip drops spaces and returns what follows.
func (e *expression) skip() string {
	e.rest = strings.TrimLeft(e.rest, " \t\r\n")
	return e.rest
}

var (
	joins    = regexp.MustCompile(`^(and|or)\b`)
	operator = regexp.MustCompile(`^(=~|==|=|!=|!~|!#|#|<=|>=|<|>|between\b)`)
	operand  = regexp.MustCompile(`^("(?:[^"\\]|\\.)*"|-?\d+:-?\d+|-?\d+)`)
	attr     = regexp.MustCompile(`^[A-Za-z_]+`)
)

// take reads what matches next; "" if something else is there.
func (e *expression) take(what *regexp.Regexp) string {
	s := what.FindString(e.skip())
	e.rest = e.rest[len(s):]
	return s
}

func (e *expression) all() (string, error) {
	said, err := e.one()
	join := ""
	for err == nil {
		next := e.take(joins)
		if next == "" {
			break
		}
		if join != "" && join != next {
			return "", fmt.Errorf("it mixes and with or; parentheses would say what is meant")
		}
		join = next
		var more string
		if more, err = e.one(); err == nil && join == "and" {
			said += " " + more
		} else if err == nil {
			said += " OR " + more
		}
	}
	return said, err
}

func (e *expression) one() (string, error) {
	if strings.HasPrefix(e.skip(), "(") {
		if e.depth++; e.depth > 50 {
			return "", fmt.Errorf("too many parentheses within parentheses")
		}
		e.rest = e.rest[1:]
		said, err := e.all()
		if err == nil && !strings.HasPrefix(e.skip(), ")") {
			err = fmt.Errorf("a parenthesis is never closed")
		}
		if err != nil {
			return "", err
		}
		e.depth--
		e.rest = e.rest[1:]
		return "(" + said + ")", nil
	}
	c := comparison{e.take(attr), e.take(operator), e.take(operand)}
	if c.attribute == "" || c.operator == "" || c.value == "" {
		return "", fmt.Errorf("%q is not understood", feed.Cut(c.String()+e.rest, 40))
	}
	if c.isOfAKind() {
		e.wider = append(e.wider, c.String())
	}
	return e.urls.say(c)
}

// A comparison is an attribute of an article or feed beside a value.
type comparison struct{ attribute, operator, value string }

func (c comparison) String() string {
	return strings.TrimSpace(c.attribute + " " + c.operator + " " + c.value)
}

// text is the value without its quotes.
func (c comparison) text() string {
	if inner, ok := strings.CutPrefix(c.value, `"`); ok {
		s, _ := quoted(inner)
		return s
	}
	return c.value
}

// is reports whether the value is to be the attribute, and whether it is not.
func (c comparison) is() (yes, no bool) {
	return c.operator == "=" || c.operator == "==", c.operator == "!="
}

// looksFor reports whether the value is to be in the attribute, or is not.
func (c comparison) looksFor() bool {
	return slices.Contains([]string{"=~", "!~", "#", "!#"}, c.operator)
}

// isOfAKind reports whether it asks for enclosures of one kind: newsterm asks
// for any.
func (c comparison) isOfAKind() bool {
	yes, _ := c.is()
	return c.attribute == "enclosure_type" && (yes || c.operator == "=~") && c.text() != ""
}

// not puts a term into the negative if the operator says so.
func (c comparison) not(term string) string {
	if strings.HasPrefix(c.operator, "!") {
		return "-" + term
	}
	return term
}

// say says a comparison in our language.
func (u *urls) say(c comparison) (string, error) {
	yes, no := c.is()
	text := c.text()
	switch {
	case c.attribute == "unread" && (yes || no) && (text == "yes" || text == "no"):
		return map[bool]string{true: "is:unread", false: "is:read"}[yes == (text == "yes")], nil
	case c.attribute == "flags" && (c.looksFor() || yes) && text != "":
		return c.not("is:starred"), nil
	case c.attribute == "flags" && text == "" && (yes || no):
		return map[bool]string{true: "-is:starred", false: "is:starred"}[yes], nil
	case (c.attribute == "enclosure_url" || c.attribute == "enclosure_type") && text == "" && (yes || no):
		return map[bool]string{true: "-has:enclosure", false: "has:enclosure"}[yes], nil
	case c.isOfAKind():
		return "has:enclosure", nil
	case c.attribute == "tags" && (c.operator == "#" || c.operator == "!#"):
		return u.sayTag(c, feed.Line(text))
	case c.attribute == "age":
		return sayAge(c)
	case c.attribute == "rssurl" && (yes || no), c.attribute == "feedtitle" && (yes || no):
		return c.not(store.NamedQuery(text).String()), nil
	case ourKey[c.attribute] != "" || c.attribute == "content":
		return sayWords(c, text)
	}
	return "", fmt.Errorf("%s cannot be said in newsterm", c)
}

// sayTag says a tag as what it became: the folder of some of its feeds, and a
// tag of others.
func (u *urls) sayTag(c comparison, tag string) (string, error) {
	feeds := u.tagged[tag]
	if len(feeds) == 0 {
		return "", fmt.Errorf("no feed has the tag %q", tag)
	}
	folders := 0
	for _, i := range feeds {
		if u.list.Subs[i].Folder == tag {
			folders++
		}
	}
	in, tagged := store.FolderQuery(tag).String(), store.TagQuery(tag).String()
	switch folders {
	case len(feeds):
		return c.not(in), nil
	case 0:
		return c.not(tagged), nil
	}
	return c.not("(" + in + " OR " + tagged + ")"), nil
}

// sayAge says how many whole days old an article is.
func sayAge(c comparison) (string, error) {
	from, to, ranged := strings.Cut(c.text(), ":")
	low, err := strconv.Atoi(from)
	if err != nil || low < 0 || ranged != (c.operator == "between") {
		return "", fmt.Errorf("%s cannot be said in newsterm", c)
	}
	since := func(days int) string { return fmt.Sprintf("since:%dd", days) }
	before := func(days int) string { return fmt.Sprintf("before:%dd", days) }
	switch c.operator {
	case "<":
		return since(low), nil
	case "<=":
		return since(low + 1), nil
	case ">":
		return before(low + 1), nil
	case ">=":
		return before(low), nil
	case "between":
		high, err := strconv.Atoi(to)
		if err != nil || high < low {
			break
		}
		if low == 0 {
			return since(high + 1), nil
		}
		return "(" + since(high+1) + " " + before(low) + ")", nil
	}
	return "", fmt.Errorf("%s cannot be said in newsterm", c)
}

// ourKey names the attributes in which we look for words, and our keys for them.
var ourKey = map[string]string{"title": "title:", "author": "author:", "feedtitle": "feed:", "rssurl": "feed:", "link": "url:"}

// sayWords says that words are in a title, a name, an address or the text. An
// expression says the same if it is made of plain words, or of some with | between.
func sayWords(c comparison, text string) (string, error) {
	if !c.looksFor() {
		return "", fmt.Errorf("%s asks for a whole text, and newsterm looks for words", c)
	}
	var terms []string
	for part := range strings.SplitSeq(text, "|") {
		part = feed.Line(part)
		if part == "" || strings.ContainsAny(part, `^$.*+?()[]{}\"`) {
			return "", fmt.Errorf("%s is not made of plain words", c)
		}
		term := ourKey[c.attribute] + part
		if strings.ContainsAny(part, ":-") || strings.ContainsFunc(part, unicode.IsSpace) || part == "OR" || part == "AND" || part == "NOT" {
			term = ourKey[c.attribute] + `"` + part + `"`
		}
		if begins := c.attribute == "title" || c.attribute == "author" || c.attribute == "content"; begins && strings.HasSuffix(c.operator, "~") {
			term += "*" // an expression need not match the whole word
		}
		terms = append(terms, term)
	}
	if len(terms) == 1 {
		return c.not(terms[0]), nil
	}
	if strings.HasSuffix(c.operator, "#") {
		return "", fmt.Errorf("%s is not made of plain words", c)
	}
	return c.not("(" + strings.Join(terms, " OR ") + ")"), nil
}
