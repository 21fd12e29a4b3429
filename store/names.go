package store

import (
	"context"
	"fmt"

	"app/newsterm/feed"
)

// NamedQuery chooses the articles of the feeds that have name in their title or
// their address.
func NamedQuery(name string) Query { return Query{expr: ofFeed{name: feed.Line(name)}} }

// A Stranger is a name in a query that none of the feeds goes by.
type Stranger struct {
	Key   string   // "feed", "in" or "tag"
	Name  string   // as it was typed
	Known []string // the titles, folders or tags that there are
}

// String says what is strange: no folder is called "Sea".
func (s Stranger) String() string {
	switch s.Key {
	case "in":
		return fmt.Sprintf("no folder is called %q", s.Name)
	case "tag":
		return fmt.Sprintf("no feed has the tag %q", s.Name)
	}
	return fmt.Sprintf("no feed has %q in its title or its address", s.Name)
}

// Strangers are the names in q that choose no feed, in the order in which they
// were typed. A query with one is right, and finds nothing by it.
func (s *DB) Strangers(ctx context.Context, q Query) (list []Stranger, err error) {
	feeds, err := s.named(ctx, q)
	if err != nil {
		return nil, err
	}
	some(q.expr, func(n node) bool {
		if x := stranger(n); x.Name != "" && !anyChosen(n.(feedNode), feeds) {
			for _, f := range feeds {
				x.Known = append(x.Known, f.names(x.Key)...)
			}
			list = append(list, x)
		}
		return false
	})
	return list, nil
}

// stranger is the name of feeds that n is about; its zero value if it is about
// none.
func stranger(n node) Stranger {
	switch n := n.(type) {
	case ofFeed:
		return Stranger{Key: "feed", Name: n.name}
	case inFolder:
		return Stranger{Key: "in", Name: n.name}
	case tagged:
		return Stranger{Key: "tag", Name: n.name}
	}
	return Stranger{}
}

func anyChosen(n feedNode, feeds []Feed) bool {
	for _, f := range feeds {
		if n.chooses(f) {
			return true
		}
	}
	return false
}

// names are what f is called by a key of the query language.
func (f Feed) names(key string) []string {
	switch {
	case key == "tag":
		return f.Tags
	case key == "feed":
		return []string{f.Title}
	case f.Folder == "":
		return nil
	}
	return []string{f.Folder}
}
