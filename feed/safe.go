package feed

import (
	"net/url"
	"strings"
	"unicode"
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
// becomes one space, and none is left at the ends. A no-break space that stands
// alone stays what it is.
func Line(s string) string {
	if s = Safe(s); hasNoBreak(s) {
		return loneSpaces(strings.TrimSpace(s))
	}
	return strings.Join(strings.Fields(s), " ")
}

// plainLine is Line with no spaces but plain ones: for names, and for what is
// compared.
func plainLine(s string) string { return strings.Join(strings.Fields(Safe(s)), " ") }

// noBreaks are the spaces at which no line ends: that of "10 km" and the narrow
// one of "« oui »".
const noBreaks = "\u00a0\u202f"

func hasNoBreak(s string) bool { return strings.Contains(s, "\u00a0") || strings.Contains(s, "\u202f") }

func isNoBreak(r rune) bool { return r == '\u00a0' || r == '\u202f' }

// mostJoined is how many no-break spaces one after another hold words together.
// Some editors write nothing else, and of that no line could be made.
const mostJoined = 6

// loneSpaces is s with every run of white space as one space. A no-break space
// stays if it stands alone: more of them are there to fill a line.
func loneSpaces(s string) string {
	parts := strings.Split(withoutRuns(s), " ")
	for i, p := range parts {
		if strings.Count(p, "\u00a0")+strings.Count(p, "\u202f") > mostJoined {
			parts[i] = strings.NewReplacer("\u00a0", " ", "\u202f", " ").Replace(p)
		}
	}
	return strings.Join(parts, " ")
}

// withoutRuns is s with every run of white space as one space, a no-break one if
// that is all of it.
func withoutRuns(s string) string {
	var b strings.Builder
	b.Grow(len(s))
	gap := rune(0)
	for _, r := range s {
		switch {
		case !unicode.IsSpace(r):
			if gap != 0 {
				b.WriteRune(gap)
			}
			b.WriteRune(r)
			gap = 0
		case gap == 0 && isNoBreak(r):
			gap = r
		default:
			gap = ' '
		}
	}
	if gap != 0 {
		b.WriteRune(gap)
	}
	return b.String()
}

// Cut is s shortened to at most n runes, ending in "…" if anything was lost.
func Cut(s string, n int) string {
	if utf8.RuneCountInString(s) <= n {
		return s
	}
	r := []rune(s)
	return strings.TrimRight(string(r[:max(n-1, 0)]), " "+noBreaks) + "…"
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
