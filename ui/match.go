package ui

import (
	"slices"
	"strings"
	"unicode/utf8"
)

// match reports whether every word of typed is in name, or at least its letters
// are in that order. The rank is the lower, the likelier name is what is meant.
func match(typed, name string) (rank int, ok bool) {
	name = strings.ToLower(name)
	if strings.TrimSpace(strings.ToLower(typed)) == name {
		return whole, true
	}
	for word := range strings.FieldsSeq(strings.ToLower(typed)) {
		r, ok := matchWord(word, name)
		if !ok {
			return 0, false
		}
		rank += r
	}
	return rank, true
}

// The ranks of a word in a name. Letters that are scattered come last, by how
// far, after those that are in what is said about the name.
const (
	whole = iota - 1
	atStart
	atWord
	inside
	elsewhere = 100 // in what is said about the name
	scattered = 200
)

// mostGaps is how many letters may stand before each letter of a word: beyond
// that, any word is found in any long name.
const mostGaps = 4

func matchWord(word, name string) (rank int, ok bool) {
	switch i := strings.Index(name, word); {
	case i == 0:
		return atStart, true
	case i > 0 && startsWord(name, word):
		return atWord, true
	case i > 0:
		return inside, true
	}
	gaps, rest := 0, name
	for _, r := range word {
		i := strings.IndexRune(rest, r)
		if i < 0 {
			return 0, false
		}
		_, n := utf8.DecodeRuneInString(rest[i:])
		gaps += i
		rest = rest[i+n:]
	}
	return scattered + gaps, gaps <= mostGaps*len(word)
}

// startsWord reports whether word is at the start of a word of name.
func startsWord(name, word string) bool {
	return slices.ContainsFunc([]string{" ", "/", "-", "#", "(", "."}, func(before string) bool {
		return strings.Contains(name, before+word)
	})
}
