package store

import (
	"strings"
	"unicode"

	"golang.org/x/text/unicode/norm"
)

// Full-text search knows words by the spaces around them. Chinese, Japanese,
// Korean, Thai, Lao, Khmer and Burmese are written without (or with few), so
// each of their characters is made a word, when a text is indexed and when
// it is searched for: 東京 is then the phrase "東 京", and finds 東京都.

// spaced is s as it is indexed and searched for.
func spaced(s string) string {
	if isASCII(s) {
		return s
	}
	s = norm.NFKC.String(s)
	first := strings.IndexFunc(s, standsAlone)
	if first < 0 {
		return s
	}
	var b strings.Builder
	b.Grow(len(s) + len(s)/2)
	b.WriteString(s[:first])
	for _, r := range s[first:] {
		if !standsAlone(r) {
			b.WriteRune(r)
			continue
		}
		b.WriteByte(' ')
		b.WriteRune(r)
		b.WriteByte(' ')
	}
	return b.String()
}

func isASCII(s string) bool {
	for i := 0; i < len(s); i++ {
		if s[i] >= 0x80 {
			return false
		}
	}
	return true
}

// standsAlone reports whether r is of a script written without spaces.
func standsAlone(r rune) bool {
	switch {
	case r < 0x0e00:
		return false
	case r <= 0x0eff, // Thai, Lao
		r >= 0x1000 && r <= 0x109f,                             // Burmese
		r >= 0x1100 && r <= 0x11ff,                             // Hangul
		r >= 0x1780 && r <= 0x17ff,                             // Khmer
		r >= 0x2e80 && r <= 0x31ff,                             // radicals, Kana, Bopomofo
		r >= 0x3400 && r <= 0x4dbf, r >= 0x4e00 && r <= 0x9fff, // Han
		r >= 0xa960 && r <= 0xa97f, r >= 0xac00 && r <= 0xd7ff, // Hangul
		r >= 0xa9e0 && r <= 0xa9ff, r >= 0xaa60 && r <= 0xaa7f, // Burmese
		r >= 0xf900 && r <= 0xfaff,   // Han
		r >= 0x1aff0 && r <= 0x1b16f, // Kana
		r >= 0x20000 && r <= 0x3ffff: // Han
		return true
	}
	return false
}

// hasWord reports whether s has anything that the index takes for a word.
func hasWord(s string) bool {
	return strings.ContainsFunc(s, func(r rune) bool { return unicode.In(r, unicode.L, unicode.N, unicode.Co) })
}

// fold is s without case and accents, for comparing names.
func fold(s string) string {
	if isASCII(s) {
		return strings.ToLower(s)
	}
	return strings.Map(func(r rune) rune {
		if unicode.Is(unicode.Mn, r) {
			return -1
		}
		return unicode.ToLower(r)
	}, norm.NFKD.String(s))
}
