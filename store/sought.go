package store

import "slices"

// A Sought is text that a query looks for: one word, or several in a row.
type Sought struct {
	Text   string
	In     string // "title" or "author"; "" for anywhere
	Prefix bool   // the last word may go on
}

// Query chooses the articles that have s.
func (s Sought) Query() Query { return Query{expr: word{s.Text, s.In, s.Prefix}} }

// Sought are the words that an article may have been chosen for, in the order
// in which they were typed; not those that it must not have.
func (q Query) Sought() []Sought { return sought(nil, q.expr) }

func sought(list []Sought, n node) []Sought {
	switch n := n.(type) {
	case and:
		return sought(sought(list, n.a), n.b)
	case or:
		return sought(sought(list, n.a), n.b)
	case word:
		return append(list, Sought{n.text, n.in, n.prefix})
	}
	return list
}

// OneFeed reports whether all that q chooses is certain to be of one feed,
// which may as well be one that was left.
func (q Query) OneFeed() bool {
	return slices.ContainsFunc(conjuncts(q.expr), func(n node) bool {
		f, ok := n.(ofFeed)
		return ok && f.id != 0
	})
}
