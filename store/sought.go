package store

// A Sought is text that a query looks for: one word, or several in a row.
type Sought struct {
	Text   string
	In     string // "title" or "author"; "" for anywhere
	Prefix bool   // the last word may go on
}

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

// OneFeed reports whether all that q chooses is certain to be of one feed.
func (q Query) OneFeed() bool {
	for n := q.expr; n != nil; {
		last := n
		if both, ok := n.(and); ok {
			last, n = both.b, both.a
		} else {
			n = nil
		}
		if f, ok := last.(ofFeed); ok && f.id != 0 {
			return true
		}
	}
	return false
}
