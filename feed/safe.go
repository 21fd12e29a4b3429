package feed

import (
	"net/url"
	"strings"
	"unicode/utf8"
)

// Safe returns s without anything a terminal could obey: control characters
// (C0 but for newline and tab, DEL, C1), bidi embeddings, overrides and
// isolates (CVE-2021-42574), and invisible tag characters. Odd line breaks
// become newlines or spaces, and bytes that are not UTF-8 become U+FFFD.
// Text from feeds and pages passes here when it enters and again when it
// leaves for a terminal.
func Safe(s string) string {
	if isPlain(s) {
		return s
	}
	return strings.Map(safeRune, strings.ReplaceAll(s, "\r\n", "\n"))
}

// Line is Safe for text that stands on one line: every run of white space
// becomes one space, and none is left at the ends.
func Line(s string) string {
	return strings.Join(strings.Fields(Safe(s)), " ")
}

// Cut is s shortened to at most n runes, ending in "…" if anything was lost.
func Cut(s string, n int) string {
	if utf8.RuneCountInString(s) <= n {
		return s
	}
	r := []rune(s)
	return strings.TrimRight(string(r[:max(n-1, 0)]), " ") + "…"
}

// Shown is an address as people may see it: on one line, and without the
// password that may be in it.
func Shown(address string) string {
	if u, err := url.Parse(address); err == nil && u.User != nil {
		address = u.Redacted()
	}
	return Line(address)
}

// Quoted is s as one word of a shell's command line, whatever is in it.
func Quoted(s string) string {
	const letters = "abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789"
	if s != "" && strings.Contains(letters+"/", s[:1]) && strings.Trim(s, letters+":/.-_~%+=,@") == "" {
		return s
	}
	return "'" + strings.ReplaceAll(s, "'", `'\''`) + "'"
}

// isPlain reports whether s is printable ASCII, newlines and tabs.
func isPlain(s string) bool {
	for i := 0; i < len(s); i++ {
		if c := s[i]; c < ' ' && c != '\n' && c != '\t' || c >= 0x7f {
			return false
		}
	}
	return true
}

func safeRune(r rune) rune {
	switch {
	case r == '\n' || r == '\t':
		return r
	case r == '\r':
		return '\n'
	case r < ' ', r >= 0x7f && r <= 0x9f:
		return -1
	case r >= 0x202a && r <= 0x202e, r >= 0x2066 && r <= 0x2069: // bidi embeddings, overrides, isolates
		return -1
	case r >= 0xe0000 && r <= 0xe0fff: // tags and other ignorable characters
		return -1
	case r == 0xfffe, r == 0xffff, r == 0xfff9, r == 0xfffa, r == 0xfffb: // noncharacters, interlinear marks
		return -1
	case r == 0xfeff:
		return -1
	case r == 0x2028, r == 0x2029:
		return ' '
	}
	return r
}
