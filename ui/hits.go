package ui

import (
	"slices"
	"strings"
	"unicode"

	"app/newsterm/store"
)

// The words that a list was searched for are marked in its rows. An article of
// such a search is opened with them as its own search, which nobody has to end:
//
//	/words ─▶ marked in titles ─▶ Enter: marked in the text, n and N go to them
//
// Esc goes back at once as long as no hit was gone to.

// A wanted is what is looked for in a text.
type wanted struct {
	letters []rune
	words   bool // they are whole words, whatever stands between them,
	goesOn  bool // but the last may go on
}

// wantTyped is what somebody typed to look for in a text, anywhere in words.
func wantTyped(words string) (p wanted) {
	for _, l := range lettersOf(nil, strings.Join(strings.Fields(words), " "), 0) {
		p.letters = append(p.letters, l.rune)
	}
	return p
}

// wantSought is what a query looks for, as the index finds it: between words
// there is anything that is no letter and no digit. What has neither is looked
// for as it is.
func wantSought(s store.Sought) wanted {
	as := wantTyped(s.Text)
	p := wanted{words: true, goesOn: s.Prefix}
	for _, r := range as.letters {
		switch {
		case inWord(r):
			p.letters = append(p.letters, r)
		case len(p.letters) > 0 && p.letters[len(p.letters)-1] != ' ':
			p.letters = append(p.letters, ' ')
		}
	}
	if n := len(p.letters); n > 0 && p.letters[n-1] == ' ' {
		p.letters = p.letters[:n-1]
	}
	if len(p.letters) == 0 {
		return as
	}
	return p
}

// soughtIn is what a query looks for anywhere, or in one of those parts.
func soughtIn(q store.Query, parts ...string) (list []wanted) {
	for _, s := range q.Sought() {
		if s.In == "" || slices.Contains(parts, s.In) {
			list = append(list, wantSought(s))
		}
	}
	return list
}

// soughtText is the words that q looks for anywhere, to be shown.
func soughtText(q store.Query) string {
	var words []string
	for _, s := range q.Sought() {
		if s.In == "" {
			words = append(words, s.Text+pick(s.Prefix, "*", ""))
		}
	}
	return strings.Join(words, " ")
}

// inWord reports whether r is a part of a word, for the index.
func inWord(r rune) bool { return unicode.In(r, unicode.L, unicode.N, unicode.Co) }

// unspaced are the scripts that are written without spaces between words: there
// every character is a word.
var unspaced = []*unicode.RangeTable{unicode.Han, unicode.Hiragana, unicode.Katakana, unicode.Bopomofo, unicode.Hangul,
	unicode.Thai, unicode.Lao, unicode.Khmer, unicode.Myanmar}

func isUnspaced(r rune) bool { return r >= 0xe00 && unicode.In(r, unspaced...) }

// at is how much of text from place i on is what is looked for; 0 if it is not.
func (p wanted) at(i int, text []letter) int {
	switch {
	case len(p.letters) == 0:
		return 0
	case !p.words:
		return found(p.letters, text[i:])
	}
	if i > 0 && inWord(text[i-1].rune) && !isUnspaced(text[i].rune) {
		return 0
	}
	n := foundWords(p.letters, text[i:])
	if end := i + n; n == 0 || p.goesOn || end == len(text) || !inWord(text[end].rune) || isUnspaced(text[end-1].rune) {
		return n
	}
	return 0
}

// foundWords is how much of text is the words that are wanted, from its start;
// 0 if it is not. What is written without spaces may go on in the next line
// anywhere.
func foundWords(want []rune, text []letter) int {
	j := 0
	for i := range text {
		switch r := text[i].rune; {
		case j == len(want):
			return i
		case want[j] == r && r != ' ':
			j++
		case r == lineEnd && i+1 < len(text) && text[i+1].rune == gapHere:
			return 0
		case r == lineEnd && i > 0 && isUnspaced(text[i-1].rune):
		case want[j] == ' ' && !inWord(r):
			if i+1 < len(text) && inWord(text[i+1].rune) {
				j++
			}
		default:
			return 0
		}
	}
	if j < len(want) {
		return 0
	}
	return len(text)
}

// hitsIn finds what is wanted in lines.
func hitsIn(list []wanted, lines []string) (hits []hit) {
	var text []letter
	for i, l := range lines {
		text = lettersOf(text, l, i)
		text = append(text, letter{rune: lineEnd})
	}
	for i := 0; i < len(text); {
		n := 0
		for _, p := range list {
			n = max(n, p.at(i, text))
		}
		if n == 0 {
			i++
			continue
		}
		hits = append(hits, hitAt(text[i:i+n]))
		i += n
	}
	return hits
}

// searchOnOpening is the search with which an article of what is listed is opened: that
// of the list, if it is no view that is there to be read from day to day.
func (m Model) searchOnOpening() find {
	q := m.listed.query
	words := soughtText(q)
	if _, ok := m.feeds.itemOf(q); ok || words == "" {
		return find{}
	}
	return find{words: words, query: q, asked: true, offered: true}
}

// soughtPatches are the patches that mark, in a text that is shown from a column
// on, what the list was searched for.
func (p rowPlan) soughtPatches(text string, col int) (list []patch) {
	if len(p.sought) == 0 {
		return nil
	}
	for _, h := range hitsIn(p.sought, []string{text}) {
		for _, at := range h {
			at.col += col
			list = append(list, patch{stretch: at, look: p.hit})
		}
	}
	return list
}
