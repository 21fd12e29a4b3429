package ui

import "unicode/utf8"

// simpleWidth is the width of a line in which nothing is hard to measure:
// letters of Latin, Greek and Cyrillic, lines and dots, and colours. It is a
// hundred times as fast as asking the tables of Unicode, and most lines are
// simple.
func simpleWidth(s string) (cells int, ok bool) {
	for i := 0; i < len(s); {
		switch c := s[i]; {
		case c >= ' ' && c < 0x7f:
			cells++
			i++
		case c == 0x1b:
			n := colorLen(s[i:])
			if n == 0 {
				return 0, false
			}
			i += n
		default:
			r, n := utf8.DecodeRuneInString(s[i:])
			if !isNarrow(r) {
				return 0, false
			}
			cells++
			i += n
		}
	}
	return cells, true
}

// colorLen is how long the SGR sequence is that s starts with; 0 if it starts
// with none.
func colorLen(s string) int {
	if len(s) < 3 || s[1] != '[' {
		return 0
	}
	for i := 2; i < len(s); i++ {
		switch c := s[i]; {
		case c == 'm':
			return i + 1
		case c != ';' && (c < '0' || c > '9'):
			return 0
		}
	}
	return 0
}

// isNarrow reports whether r is one cell wide whatever stands beside it.
func isNarrow(r rune) bool {
	switch {
	case r < 0xa0:
		return false
	case r < 0x250: // Latin
		return r != 0xad && r != 0xa9 && r != 0xae
	case r < 0x370:
		return false
	case r < 0x530: // Greek and Cyrillic
		return r < 0x483 || r > 0x489
	}
	return r >= 0x2010 && r <= 0x2027 || r >= 0x2500 && r <= 0x25a9 || r == '●' || r == '★' || r == '▸' || r == '▾'
}

// isPlain reports whether s is printable ASCII, a cell for each byte.
func isPlain(s string) bool {
	for i := 0; i < len(s); i++ {
		if s[i] < ' ' || s[i] >= 0x7f {
			return false
		}
	}
	return true
}

const manySpaces = "                                                                                                                                                                                                        "

// spaces are n of them.
func spaces(n int) string {
	if n <= 0 {
		return ""
	}
	if n <= len(manySpaces) {
		return manySpaces[:n]
	}
	return manySpaces + spaces(n-len(manySpaces))
}
