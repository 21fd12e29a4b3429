package source

import (
	"context"
	"database/sql"
	"fmt"
	"io"
	"regexp"
	"slices"
	"strings"
	"time"

	"app/newsterm/feed"
)

// ReadNom reads the feeds in nom's config.yml, of which it understands what
// nom itself writes:
//
//	feeds:
//	  - url: https://example.org/feed.xml
//	    name: Example
//	    tags: [folder, another]
//
// What it does not understand is told by line. The error is that of r.
func ReadNom(r io.Reader) (List, error) {
	text, err := io.ReadAll(io.LimitReader(r, maxList))
	if err != nil {
		return List{}, err
	}
	var n nomConfig
	for i, line := range strings.Split(string(text), "\n") {
		n.line(i+1, strings.TrimRight(line, " \t\r"))
	}
	n.finish()
	return n.list, nil
}

// A nomConfig is a config.yml on its way into a List.
type nomConfig struct {
	list    List
	inFeeds bool
	dash    int // how far the items of the list are indented
	at      int // the line of the feed at hand; 0 if there is none
	key     string
	values  map[string]string
	tags    []string
	seen    []string
}

var (
	nomTop  = regexp.MustCompile(`^([A-Za-z_]+):\s*(.*)$`)
	nomItem = regexp.MustCompile(`^( *)-( +)(.*)$`)
	nomPair = regexp.MustCompile(`^ +([A-Za-z_]+):(?:\s+(.*))?$`)
)

// line takes the n-th line.
func (c *nomConfig) line(n int, line string) {
	bare := strings.TrimSpace(line)
	if bare == "" || bare[0] == '#' || bare == "---" {
		return
	}
	if top := nomTop.FindStringSubmatch(line); top != nil {
		c.finish()
		c.inFeeds = top[1] == "feeds"
		if rest := plainYAML(top[2]); c.inFeeds && rest != "" && rest != "[]" {
			c.problem(n, "feeds in this form cannot be read; write a line for each")
		}
		return
	}
	if !c.inFeeds {
		return
	}
	if item := nomItem.FindStringSubmatch(line); item != nil {
		indent := len(item[1])
		if c.at != 0 && indent > c.dash {
			c.item(n, plainYAML(item[3]))
			return
		}
		c.finish()
		c.at, c.dash, c.key, c.values, c.tags = n, indent, "", map[string]string{}, nil
		line = strings.Repeat(" ", indent+1+len(item[2])) + item[3]
	}
	pair := nomPair.FindStringSubmatch(line)
	if pair == nil || c.at == 0 {
		c.problem(n, fmt.Sprintf("%q is not understood", feed.Cut(feed.Shown(bare), 60)))
		return
	}
	c.pair(pair[1], pair[2])
}

// item takes an item of a list within a feed.
func (c *nomConfig) item(n int, value string) {
	if c.key != "tags" {
		c.problem(n, fmt.Sprintf("%q is not understood", feed.Cut(value, 60)))
		return
	}
	c.tags = append(c.tags, value)
}

// pair takes a key of a feed with its value.
func (c *nomConfig) pair(key, value string) {
	c.key = strings.ToLower(key)
	inner, isList := strings.CutPrefix(strings.TrimSpace(value), "[")
	if c.key != "tags" || !isList {
		c.values[c.key] = plainYAML(value)
		return
	}
	inner, _, _ = strings.Cut(inner, "]")
	for tag := range strings.SplitSeq(inner, ",") {
		if tag = plainYAML(tag); tag != "" {
			c.tags = append(c.tags, tag)
		}
	}
}

// finish keeps the feed at hand.
func (c *nomConfig) finish() {
	n, address := c.at, c.values["url"]
	if c.at = 0; n == 0 {
		return
	}
	switch {
	case len(c.values) == 0: // told already
		return
	case !IsFeedAddress(address):
		c.problem(n, fmt.Sprintf("%q is left out: it is not the address of a feed", feed.Cut(feed.Shown(address), 80)))
		return
	case slices.Contains(c.seen, address):
		return
	}
	s := feed.Sub{URL: address, Title: feed.Line(c.values["name"])}
	for _, tag := range c.tags {
		switch name := feed.Cut(feed.Line(tag), feed.MaxName); {
		case s.Folder == "":
			s.Folder = name
		case name != "":
			s.Tags = append(s.Tags, name)
		}
	}
	c.seen, c.list.Subs = append(c.seen, address), append(c.list.Subs, s)
}

func (c *nomConfig) problem(n int, why string) {
	c.list.Problems = append(c.list.Problems, fmt.Sprintf("config.yml line %d: %s", n, why))
}

// plainYAML is a simple value without quotes and comment.
func plainYAML(s string) string {
	s = strings.TrimSpace(s)
	if len(s) > 1 && (s[0] == '"' || s[0] == '\'') {
		if end := strings.LastIndexByte(s, s[0]); end > 0 {
			return strings.TrimSpace(s[1:end])
		}
	}
	if before, _, found := strings.Cut(s, " #"); found {
		s = strings.TrimSpace(before)
	}
	return s
}

// nomFeeds is the query for the feeds in nom.db.
func (f *OldFile) nomFeeds() string {
	return `
		SELECT i.feedurl, '', '', count(*), sum(` + f.or("favourite", "0") + `)
		FROM items i WHERE i.feedurl IS NOT NULL GROUP BY i.feedurl ORDER BY i.feedurl`
}

// nomArticles reads the articles of a feed out of nom.db. Nom keeps dates as
// text.
func (f *OldFile) nomArticles(ctx context.Context, address string) ([]Old, error) {
	var list []cached
	err := f.each(ctx, func(rows *sql.Rows) error {
		var c cached
		var published string
		if err := rows.Scan(&c.guid, &c.link, &c.title, &c.author, &c.html, &published, &c.read, &c.starred); err != nil {
			return err
		}
		c.published = nomDate(published)
		list = append(list, c)
		return nil
	}, `SELECT `+f.or("guid", "''")+`, `+f.or("link", "''")+`, `+f.or("title", "''")+`, `+f.or("author", "''")+`,
			`+f.or("content", "''")+`, CAST(`+f.or("publishedat", "''")+` AS TEXT), `+f.or("readat", "''")+` <> '', `+f.or("favourite", "0")+` <> 0
		FROM items i WHERE i.feedurl = ? ORDER BY i.publishedat DESC, i.id`, address)
	return oldOnes(list, address), err
}

// nomDate is a date of nom.db in seconds since 1970; 0 for none.
func nomDate(s string) int64 {
	for _, layout := range []string{"2006-01-02 15:04:05.999999999-07:00", "2006-01-02T15:04:05.999999999Z07:00", "2006-01-02 15:04:05"} {
		if t, err := time.Parse(layout, s); err == nil && t.Year() > 1970 {
			return t.Unix()
		}
	}
	return 0
}
