package store

import (
	"encoding/json"
	"fmt"
	"slices"
	"strings"
	"time"
	"unicode/utf8"
)

// A compiler turns the parts of a query into SQL over articles a and their
// feeds f. Values go into args, in the order of their question marks.
type compiler struct {
	now   time.Time
	at    Moment
	feeds []Feed // all of them, if the query names some
	muted []FeedID
	ruled bool      // a Mute hides some articles
	first ArticleID // lower ones are not asked about
	args  []any
}

// take returns the values of the question marks made so far, and starts anew.
func (c *compiler) take() []any {
	args := c.args
	c.args = nil
	return args
}

// all is the condition that every one of parts holds; text among them goes to
// the full-text index as one question.
func (c *compiler) all(parts []node) string {
	match, rest := matchAll(parts)
	var conds []string
	if match != "" {
		conds = append(conds, c.search(match))
	}
	for _, n := range rest {
		conds = append(conds, n.sql(c))
	}
	if len(conds) == 0 {
		return "1"
	}
	return "(" + strings.Join(conds, " AND ") + ")"
}

func (c *compiler) arg(v any) string {
	c.args = append(c.args, v)
	return "?"
}

// search is the condition that an article matches in the full-text index.
func (c *compiler) search(match string) string {
	if c.first > 0 {
		return "a.id IN (SELECT rowid FROM search WHERE search MATCH " + c.arg(match) + " AND rowid >= " + c.arg(c.first) + ")"
	}
	return "a.id IN (SELECT rowid FROM search WHERE search MATCH " + c.arg(match) + ")"
}

func (n and) sql(c *compiler) string { return c.all(conjuncts(n)) }

func (n or) sql(c *compiler) string {
	match, rest := matchAny(disjuncts(n))
	var conds []string
	if match != "" {
		conds = append(conds, c.search(match))
	}
	for _, n := range rest {
		conds = append(conds, n.sql(c))
	}
	return "(" + strings.Join(conds, " OR ") + ")"
}

func (n not) sql(c *compiler) string { return "NOT " + n.n.sql(c) }

func (n word) sql(c *compiler) string {
	if match, ok := matchOne(n); ok {
		return c.search(match)
	}
	// No letter, no digit: the index does not have it, the title may.
	column := "a.title || char(10) || a.summary || char(10) || a.authors"
	switch n.in {
	case "title":
		column = "a.title"
	case "author":
		column = "a.authors"
	}
	return "instr(" + column + ", " + c.arg(n.text) + ") > 0"
}

func (n is) sql(c *compiler) string {
	held := !c.at.At.IsZero()
	switch n.state {
	case "read":
		return "a.read = 1"
	case "unread":
		if held {
			return "(a.read = 0 OR a.read_at >= " + c.arg(c.at.At.UnixMilli()) + ")"
		}
		return "a.read = 0"
	case "starred":
		if held {
			return "(a.starred = 1 OR a.starred_at >= " + c.arg(c.at.At.UnixMilli()) + ")"
		}
		return "a.starred = 1"
	}
	if c.ruled {
		return "(a.muted = 1 OR " + c.among("+a.feed", c.muted) + ")"
	}
	return c.among("a.feed", c.muted)
}

func (n has) sql(*compiler) string {
	if n.part == "enclosure" {
		return "a.enclosure = 1"
	}
	return "a.fulltext = 1"
}

func (n ofFeed) sql(c *compiler) string {
	if n.id != 0 {
		return "a.feed = " + c.arg(n.id)
	}
	return c.ofFeeds(n)
}

func (n inFolder) sql(c *compiler) string { return c.ofFeeds(n) }
func (n tagged) sql(c *compiler) string   { return c.ofFeeds(n) }
func (n inLang) sql(c *compiler) string   { return c.ofFeeds(n) }

// A feedNode is a part of a query that chooses whole feeds.
type feedNode interface{ chooses(Feed) bool }

func (n ofFeed) chooses(f Feed) bool {
	name := fold(n.name)
	return strings.Contains(fold(f.Title), name) || strings.Contains(fold(f.URL), name)
}

func (n inFolder) chooses(f Feed) bool {
	folder, name := fold(f.Folder), fold(strings.Trim(n.name, "/"))
	return folder == name || name != "" && strings.HasPrefix(folder, name+"/")
}

func (n tagged) chooses(f Feed) bool {
	if n.name == "" {
		return len(f.Tags) == 0
	}
	name := fold(n.name)
	return slices.ContainsFunc(f.Tags, func(tag string) bool { return fold(tag) == name })
}

func (n inLang) chooses(f Feed) bool {
	lang := strings.ToLower(f.Language)
	return lang == n.code || strings.HasPrefix(lang, n.code+"-") || strings.HasPrefix(lang, n.code+"_")
}

// ofFeeds is the condition that n chooses an article's feed. The plus sign
// keeps SQLite from the index of feeds where they have many articles.
func (c *compiler) ofFeeds(n feedNode) string {
	ids, few := c.chosen(n)
	if few {
		return c.among("a.feed", ids)
	}
	return c.among("+a.feed", ids)
}

// chosen lists the feeds that n chooses, and says whether they have so few
// articles that these are better collected than looked for by date.
func (c *compiler) chosen(n feedNode) (ids []FeedID, few bool) {
	mine, total := 0, 0
	for _, f := range c.feeds {
		total += f.Total
		if n.chooses(f) {
			ids = append(ids, f.ID)
			mine += f.Total
		}
	}
	return ids, len(ids) < 2 || mine <= 2000 || mine <= total/50
}

// few reports whether n chooses feeds with few articles.
func (c *compiler) few(n feedNode) bool {
	if f, ok := n.(ofFeed); ok && f.id != 0 {
		return true
	}
	ids, few := c.chosen(n)
	return few && len(ids) > 0
}

// among is the condition that column is one of ids.
func (c *compiler) among(column string, ids []FeedID) string {
	switch len(ids) {
	case 0:
		return column + " = 0" // no feed has that id; for a mere 0 SQLite finds no way along an index
	case 1:
		return column + " = " + c.arg(ids[0])
	}
	list, _ := json.Marshal(ids) // numbers always marshal
	return column + " IN (SELECT value FROM json_each(" + c.arg(string(list)) + "))"
}

// sql finds an address as it is typed, and as servers write it: caf%C3%A9.
func (n atURL) sql(c *compiler) string {
	if coded := percentCoded(n.part); coded != n.part {
		return "(" + urlHas(c, n.part) + " OR " + urlHas(c, coded) + ")"
	}
	return urlHas(c, n.part)
}

func urlHas(c *compiler, part string) string {
	part = strings.NewReplacer(`\`, `\\`, `%`, `\%`, `_`, `\_`).Replace(part)
	return `a.url LIKE ` + c.arg("%"+part+"%") + ` ESCAPE '\'`
}

// percentCoded is part of an address with percent signs for the letters that
// are none of ASCII, and for spaces.
func percentCoded(part string) string {
	var b strings.Builder
	for _, c := range []byte(part) {
		if c == ' ' || c >= utf8.RuneSelf {
			fmt.Fprintf(&b, "%%%02X", c)
		} else {
			b.WriteByte(c)
		}
	}
	return b.String()
}

func (n when) sql(c *compiler) string {
	t, _ := date(n.date, c.now) // the parser took it
	if n.before {
		return "a.date < " + c.arg(t.Unix())
	}
	return "a.date >= " + c.arg(t.Unix())
}

// matchAll puts the textual ones of parts into one expression of FTS5 that
// they all hold, "" if that cannot be, and returns those it left out.
func matchAll(parts []node) (match string, rest []node) {
	var with, without []string
	for _, n := range parts {
		if m, ok := matchOne(n); ok {
			with = append(with, m)
		} else if m, ok := matchNot(n); ok {
			without = append(without, m)
		} else {
			rest = append(rest, n)
		}
	}
	if len(with) == 0 {
		return "", parts
	}
	match = "(" + strings.Join(with, " AND ") + ")"
	if len(without) > 0 {
		match = "(" + match + " NOT (" + strings.Join(without, " OR ") + "))"
	}
	return match, rest
}

// matchAny is as matchAll, for parts one of which must hold.
func matchAny(parts []node) (match string, rest []node) {
	var with []string
	for _, n := range parts {
		if m, ok := matchOne(n); ok {
			with = append(with, m)
		} else {
			rest = append(rest, n)
		}
	}
	if len(with) == 0 {
		return "", parts
	}
	return "(" + strings.Join(with, " OR ") + ")", rest
}

func matchNot(n node) (string, bool) {
	if n, ok := n.(not); ok {
		return matchOne(n.n)
	}
	return "", false
}

// matchOne is n as an expression of FTS5, if it is about words and nothing else.
func matchOne(n node) (string, bool) {
	switch n := n.(type) {
	case and:
		m, rest := matchAll(conjuncts(n))
		return m, len(rest) == 0
	case or:
		m, rest := matchAny(disjuncts(n))
		return m, len(rest) == 0
	case word:
		if !hasWord(n.text) {
			return "", false
		}
		m := `"` + strings.ReplaceAll(spaced(n.text), `"`, `""`) + `"`
		if n.prefix {
			m += " *"
		}
		if n.in != "" {
			m = n.in + " : " + m
		}
		return m, true
	}
	return "", false
}
