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

// What stands for a vowel of Thai and Lao before its letter, and what does so
// after it, or repeats or shortens the word before.
const (
	leadingVowels = "เแโใไ" + "ເແໂໃໄ"
	followers     = "อะาำๅๆฯ" + "ອະາຳໆຯ"
)

// syllable tells what of a syllable of Thai or Lao a character must not be parted
// from. Without a dictionary nobody knows where their words end.
func syllable(r rune) kind {
	switch {
	case r < 'ก' || r > '\u0eff':
		return 0
	case strings.ContainsRune(leadingVowels, r):
		return leads
	case strings.ContainsRune(followers, r):
		return clings
	}
	return 0
}

// betweenSyllables is where a word without any other end is broken that has no
// room from glyph i on.
func betweenSyllables(gs []glyph, start, i int) int {
	for cut := i; cut > start; cut-- {
		if gs[cut].kind&clings == 0 && gs[cut-1].kind&leads == 0 {
			return cut
		}
	}
	return i
}

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
