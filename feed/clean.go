package feed

import (
	"bytes"
	"strconv"
	"unicode/utf8"

	"golang.org/x/text/encoding/charmap"
)

// illegal marks the bytes that no XML document may hold: control characters
// other than tab and line breaks.
var illegal = func() (t [256]byte) {
	for c := range 0x20 {
		if c != '\t' && c != '\n' && c != '\r' {
			t[c] = 1
		}
	}
	return t
}()

// clean takes out of UTF-8 text what would make an XML parser refuse all of
// it: control characters, noncharacters, and references to either. A text
// without them comes back as it is.
func clean(b []byte) []byte {
	return mendReferences(dropNoncharacters(dropControls(b)))
}

func dropControls(b []byte) []byte {
	bad := byte(0)
	for _, c := range b {
		bad |= illegal[c]
	}
	if bad == 0 {
		return b
	}
	out := make([]byte, 0, len(b))
	for _, c := range b {
		if illegal[c] == 0 {
			out = append(out, c)
		}
	}
	return out
}

func dropNoncharacters(b []byte) []byte {
	for _, c := range []string{"\ufffe", "\uffff"} {
		if bytes.Contains(b, []byte(c)) {
			b = bytes.ReplaceAll(b, []byte(c), nil)
		}
	}
	return b
}

// mendReferences drops numeric references to characters that XML forbids, and
// reads &#128; to &#159; as browsers do, as windows-1252.
func mendReferences(b []byte) []byte {
	var out []byte
	from := 0
	for at := 0; ; {
		i := bytes.Index(b[at:], []byte("&#"))
		if i < 0 {
			break
		}
		at += i
		r, n := reference(b[at:])
		if n == 0 || isLegal(r) {
			at += 2
			continue
		}
		out = append(append(out, b[from:at]...), mended(r)...)
		at += n
		from = at
	}
	if from == 0 {
		return b
	}
	return append(out, b[from:]...)
}

// reference reads the numeric reference that b begins with. The length is 0 if
// there is none; the character is -1 if its number is out of all bounds.
func reference(b []byte) (r rune, n int) {
	end := bytes.IndexByte(b[:min(len(b), 16)], ';')
	if end < 0 {
		return 0, 0
	}
	digits, base := b[2:end], 10
	if len(digits) > 0 && digits[0]|0x20 == 'x' {
		digits, base = digits[1:], 16
	}
	v, err := strconv.ParseUint(string(digits), base, 64)
	switch {
	case len(digits) == 0 || err != nil:
		return 0, 0
	case v > utf8.MaxRune:
		return -1, end + 1
	}
	return rune(v), end + 1
}

func isLegal(r rune) bool {
	switch {
	case r == '\t' || r == '\n' || r == '\r':
		return true
	case r < ' ', r >= 0x7f && r <= 0x9f, r == 0xfffe, r == 0xffff:
		return false
	}
	return utf8.ValidRune(r)
}

func mended(r rune) []byte {
	if r < 0x80 || r > 0x9f {
		return nil
	}
	if c := charmap.Windows1252.DecodeByte(byte(r)); c > 0x9f && c != utf8.RuneError {
		return []byte(string(c))
	}
	return nil
}

// safeText is Safe for text that is known to be UTF-8. It stops only at the
// bytes that what Safe takes away begins with, which is much quicker where
// every letter has two.
func safeText(s string) string {
	for i := 0; i < len(s); i++ {
		if doubtful[s[i]] && !isSafe(s[i:]) {
			return Safe(s)
		}
	}
	return s
}

// doubtful marks the first bytes of characters that may have to go.
var doubtful = func() (t [256]bool) {
	for c := range 0x20 {
		t[c] = c != '\t' && c != '\n'
	}
	for _, c := range []byte{0x7f, 0xc2, 0xe2, 0xef, 0xf3} {
		t[c] = true
	}
	return t
}()

// isSafe reports whether the first character of s may stay.
func isSafe(s string) bool {
	r, _ := utf8.DecodeRuneInString(s)
	return r == safeRune(r)
}
