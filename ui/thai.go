package ui

import (
	"regexp"
	"strings"
)

// The vowel "am" of Thai and Lao is one character that is drawn as two: a ring
// over the letter before it, and a sign after that. Unicode counts it to the
// letter, terminals give it a cell of its own. As two characters, which look
// the same, everybody agrees; the ring comes before a mark of tone.
var (
	thaiAm = regexp.MustCompile("([\u0e48-\u0e4b]?)\u0e33")
	laoAm  = regexp.MustCompile("([\u0ec8-\u0ecb]?)\u0eb3")
)

// parted is text with that vowel as two characters.
func parted(s string) string {
	if strings.Contains(s, "\u0e33") {
		s = thaiAm.ReplaceAllString(s, "\u0e4d${1}\u0e32")
	}
	if strings.Contains(s, "\u0eb3") {
		s = laoAm.ReplaceAllString(s, "\u0ecd${1}\u0eb2")
	}
	return s
}
