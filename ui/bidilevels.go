package ui

import "golang.org/x/text/unicode/bidi"

// A level says how deep a letter is inside text of the other direction: at an
// even level text runs from left to right, at an odd one from right to left.
type level int

// direction is that of text at l.
func (l level) direction() bidi.Class {
	if l%2 == 1 {
		return bidi.R
	}
	return bidi.L
}

// levelsOf finds the level of each letter of a line whose own level is base, as
// the Unicode Bidirectional Algorithm (UAX #9) has it for text without
// embeddings. The names in parentheses are those of its rules.
func levelsOf(letters []grapheme, base level) []level {
	t := bidiLine{base: base.direction(), letters: letters}
	for _, l := range letters {
		t.classes = append(t.classes, classOf(l.text))
	}
	own := append([]bidi.Class(nil), t.classes...)
	t.numbers()
	t.separators()
	t.brackets()
	t.neutrals()
	levels := make([]level, len(letters))
	for i, c := range t.classes {
		levels[i] = base
		switch {
		case c == bidi.R && base%2 == 0, c == bidi.L && base%2 == 1:
			levels[i]++
		case isNumber(c) && base%2 == 0: // (I1)
			levels[i] += 2
		case isNumber(c): // (I2)
			levels[i]++
		}
	}
	for i := len(levels) - 1; i >= 0 && own[i] == bidi.WS; i-- { // (L1)
		levels[i] = base
	}
	return levels
}

// classOf is the class of a character; that of a mark without one is neutral.
func classOf(text string) bidi.Class {
	p, _ := bidi.LookupString(text)
	switch c := p.Class(); c {
	case bidi.L, bidi.R, bidi.AL, bidi.EN, bidi.AN, bidi.ES, bidi.ET, bidi.CS, bidi.WS:
		return c
	}
	return bidi.ON
}

// A bidiLine is letters whose levels are sought. The classes change from rule to
// rule, until each is L, R, EN or AN.
type bidiLine struct {
	base    bidi.Class
	letters []grapheme
	classes []bidi.Class
}

func isNumber(c bidi.Class) bool { return c == bidi.EN || c == bidi.AN }

// at is the class of letter i, or what lies beyond the ends of the line.
func (t bidiLine) at(i int) bidi.Class {
	if i < 0 || i >= len(t.classes) {
		return t.base
	}
	return t.classes[i]
}

// numbers tells European numbers in Arabic text from others (W2, W3).
func (t bidiLine) numbers() {
	strong := t.base
	for i, c := range t.classes {
		switch {
		case c == bidi.EN && strong == bidi.AL:
			t.classes[i] = bidi.AN
		case c == bidi.L, c == bidi.R, c == bidi.AL:
			strong = c
		}
	}
	for i, c := range t.classes {
		if c == bidi.AL {
			t.classes[i] = bidi.R
		}
	}
}

// separators gives points, commas and signs of currency to the numbers that
// they belong to (W4 to W6), and numbers in text that runs from left to right
// to that text (W7).
func (t bidiLine) separators() {
	for i, c := range t.classes {
		before, after := t.at(i-1), t.at(i+1)
		if before == after && (c == bidi.ES && before == bidi.EN || c == bidi.CS && isNumber(before)) {
			t.classes[i] = before
		}
	}
	for i := 0; i < len(t.classes); i++ {
		from := i
		for t.at(i) == bidi.ET {
			i++
		}
		if i > from && (t.at(from-1) == bidi.EN || t.at(i) == bidi.EN) {
			t.set(from, i, bidi.EN)
		}
	}
	strong := t.base
	for i, c := range t.classes {
		switch c {
		case bidi.ES, bidi.ET, bidi.CS:
			t.classes[i] = bidi.ON
		case bidi.L, bidi.R:
			strong = c
		case bidi.EN:
			if strong == bidi.L {
				t.classes[i] = bidi.L
			}
		}
	}
}

func (t bidiLine) set(from, to int, c bidi.Class) {
	for i := from; i < to; i++ {
		t.classes[i] = c
	}
}

// direction is the direction that letter i has for the neutral ones near it;
// ON if it is neutral itself. Numbers count as text from right to left.
func (t bidiLine) direction(i int) bidi.Class {
	switch c := t.at(i); c {
	case bidi.L:
		return bidi.L
	case bidi.R, bidi.EN, bidi.AN:
		return bidi.R
	}
	return bidi.ON
}

// brackets gives both brackets of a pair one direction: that of the line if
// anything between them has it, else that of what is between them if it goes on
// from what is before (N0).
func (t bidiLine) brackets() {
	for _, p := range t.pairs() {
		same, other := false, false
		for i := p.from + 1; i < p.to; i++ {
			d := t.direction(i)
			same, other = same || d == t.base, other || d != t.base && d != bidi.ON
		}
		c := t.base
		if !same && !other {
			continue
		}
		if !same {
			c = t.before(p.from)
		}
		t.classes[p.from], t.classes[p.to] = c, c
	}
}

// before is the direction of the last letter before i that has one.
func (t bidiLine) before(i int) bidi.Class {
	for i--; i >= 0; i-- {
		if d := t.direction(i); d != bidi.ON {
			return d
		}
	}
	return t.base
}

// pairs finds the pairs of brackets, in the order of the opening ones (BD16).
func (t bidiLine) pairs() (pairs []span) {
	const deepest = 63
	var open []int // places in pairs; -1 until closed
	for i, l := range t.letters {
		p, n := bidi.LookupString(l.text)
		if t.classes[i] != bidi.ON || !p.IsBracket() {
			continue
		}
		if p.IsOpeningBracket() {
			if len(open) == deepest {
				break
			}
			open, pairs = append(open, len(pairs)), append(pairs, span{i, -1})
			continue
		}
		want := mirrored(l.text[:n])
		for j := len(open) - 1; j >= 0; j-- {
			if opening := t.letters[pairs[open[j]].from].text; opening[:min(n, len(opening))] == want {
				pairs[open[j]].to, open = i, open[:j]
				break
			}
		}
	}
	closed := pairs[:0]
	for _, p := range pairs {
		if p.to >= 0 {
			closed = append(closed, p)
		}
	}
	return closed
}

// neutrals gives what has no direction that of its neighbours if they agree,
// else that of the line (N1, N2).
func (t bidiLine) neutrals() {
	for i := 0; i < len(t.classes); i++ {
		from := i
		for i < len(t.classes) && t.direction(i) == bidi.ON {
			i++
		}
		if i == from {
			continue
		}
		c := t.base
		if before, after := t.direction(from-1), t.direction(i); before == after {
			c = before
		}
		t.set(from, i, c)
	}
}
