package source

import (
	"errors"
	"fmt"
	"os"
	"regexp"
	"strings"

	"app/newsterm/feed"
	"app/newsterm/store"
)

// Ignored are the articles that newsboat ignores, by the lines of its file
// config at path, for the feeds of list:
//
//	ignore-article "*" "title =~ \"rocket\""
//	ignore-article "https://example.org/feed.xml" "author # \"Ann\" or age > 30"
//	ignore-article "regex:^https://news[.]" "content =~ \"sports\""
//
// Each has the number of its line, and the query of a mute or why there is none.
// A file that cannot be read has no line.
func Ignored(path string, list List) (rules []SavedQuery) {
	text, err := os.ReadFile(path)
	if err != nil {
		return nil
	}
	u := urls{list: list, tagged: list.tagged()}
	for i, line := range strings.Split(string(text), "\n") {
		words := tokens(line)
		if len(words) == 0 || words[0] != "ignore-article" {
			continue
		}
		r := SavedQuery{Line: i + 1, Name: "ignore-article"}
		q, err := u.ignored(words[1:])
		if wrong, ok := errors.AsType[*store.QueryError](err); ok {
			err = errors.New(wrong.Why)
		}
		if err != nil {
			r.Why = feed.Line(err.Error())
		} else {
			r.Query = q.String()
		}
		rules = append(rules, r)
	}
	return rules
}

// tagged is where the feeds that have a tag are in l.Subs.
func (l List) tagged() map[string][]int {
	tagged := map[string][]int{}
	for i, s := range l.Subs {
		for _, tag := range append([]string{s.Folder}, s.Tags...) {
			tagged[tag] = append(tagged[tag], i)
		}
	}
	return tagged
}

// ignored says in our language which articles of which feeds are ignored.
func (u *urls) ignored(words []string) (store.Query, error) {
	if len(words) != 2 {
		return store.Query{}, errors.New("it does not name feeds and an expression")
	}
	said, wider, err := u.expression(words[1])
	if err == nil && wider != "" {
		err = fmt.Errorf("a mute would hide more than %s says", wider)
	}
	if err != nil {
		return store.Query{}, err
	}
	q, err := store.ParseMute(said)
	if err != nil || words[0] == "*" {
		return q, err
	}
	address := words[0]
	if expr, ok := strings.CutPrefix(address, "regex:"); ok {
		if address = plainPart(expr); address == "" {
			return store.Query{}, errors.New("it names feeds by an expression, and newsterm by a part of their address")
		}
	}
	return q.And(store.NamedQuery(address)), nil
}

// pointed finds what an expression means by a point.
var pointed = regexp.MustCompile(`\\\.|\[\.\]`)

// plainPart is the part of an address that an expression finds anywhere in it,
// if it is that simple; "" if it is not. A bare point finds any letter, most
// often a point.
func plainPart(expr string) string {
	expr = strings.TrimSuffix(strings.TrimPrefix(expr, ".*"), ".*")
	expr = pointed.ReplaceAllString(expr, ".")
	if strings.ContainsAny(expr, `^$*+?()[]{}|\`) {
		return ""
	}
	return expr
}
