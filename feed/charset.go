package feed

import (
	"bytes"
	"mime"
	"strings"
	"unicode/utf8"

	"github.com/gogs/chardet"
	"golang.org/x/net/html/charset"
	"golang.org/x/text/encoding"
	"golang.org/x/text/encoding/charmap"
	"golang.org/x/text/encoding/unicode"
	"golang.org/x/text/encoding/unicode/utf32"
)

// decode returns body as valid UTF-8 without a byte order mark. The note says
// what had to be guessed; it is "" if body was what it said it was.
//
// A byte order mark is believed first, and text that is valid UTF-8 next, for
// no other encoding looks like it by chance. Then comes what the server said,
// what the document says, and at last what the letters look like.
func decode(body []byte, contentType string) (text []byte, note string) {
	if wide, rest := wideEncoding(body); wide != nil {
		return valid(convert(wide, rest)), ""
	}
	body = bytes.TrimPrefix(body, []byte("\xef\xbb\xbf"))
	server, document := headerCharset(contentType), declaredCharset(body)
	if shiftsByEscape(server, document) && bytes.IndexByte(body, 0x1b) >= 0 {
		return valid(convert(lookup("iso-2022-jp"), body)), ""
	}
	if utf8.Valid(body) {
		return undouble(body)
	}
	if isLatin1(server) && document != "" {
		server, document = document, server // a server's default says little
	}
	for _, name := range []string{server, document} {
		if e := lookup(name); e != nil {
			if text := convert(e, body); fits(text) {
				return valid(text), ""
			}
		}
	}
	return guess(body)
}

// guess decodes text whose encoding nobody told, or about which they lied.
func guess(body []byte) ([]byte, string) {
	bad, good := countUTF8(body)
	if good > 10*bad {
		return valid(body), "a few characters were damaged and are shown as \ufffd"
	}
	name := "windows-1252"
	if r, err := chardet.NewHtmlDetector().DetectBest(sample(body)); err == nil && lookup(r.Charset) != nil && r.Confidence >= 10 {
		name = strings.ToLower(r.Charset)
	}
	if isLatin1(name) {
		name = "windows-1252"
	}
	if strings.HasPrefix(name, "iso-8859-5") || strings.HasPrefix(name, "windows-1251") || name == "koi8-r" {
		name = cyrillic(body)
	}
	return valid(convert(lookup(name), body)), "the letters are not in the encoding that the feed names; they look like " + name
}

var beyondASCII = lazily(`[^\x00-\x7f]+`)

// undouble mends UTF-8 that was taken for windows-1252 and made UTF-8 once
// more, "FÃ¶hn" for "Föhn". It does so only where nearly all that is not ASCII
// looks like that.
func undouble(b []byte) ([]byte, string) {
	if !bytes.Contains(b, []byte("Ã")) {
		return b, ""
	}
	double, single := 0, 0
	mended := beyondASCII().ReplaceAllFunc(b, func(run []byte) []byte {
		once, err := charmap.Windows1252.NewEncoder().Bytes(run)
		if err != nil || !utf8.Valid(once) {
			single++
			return run
		}
		double++
		return once
	})
	if double < 5 || double < 4*single {
		return b, ""
	}
	return mended, "the letters had been encoded twice"
}

// sample is the part of body that is enough to know its encoding by.
func sample(body []byte) []byte { return body[:min(len(body), 64<<10)] }

// cyrillic tells the two usual Russian encodings apart: most letters are
// small, and each of them keeps the small letters where the other keeps the
// capitals.
func cyrillic(body []byte) string {
	var low, high int
	for _, c := range sample(body) {
		switch {
		case c >= 0xe0:
			high++
		case c >= 0xc0:
			low++
		}
	}
	if low > high {
		return "koi8-r"
	}
	return "windows-1251"
}

// wideEncoding recognises UTF-16 and UTF-32, by their marks or by the zero
// bytes around the first character; the encoding is nil for all else.
func wideEncoding(b []byte) (encoding.Encoding, []byte) {
	switch {
	case bytes.HasPrefix(b, []byte("\xff\xfe\x00\x00")):
		return utf32.UTF32(utf32.LittleEndian, utf32.IgnoreBOM), b[4:]
	case bytes.HasPrefix(b, []byte("\x00\x00\xfe\xff")):
		return utf32.UTF32(utf32.BigEndian, utf32.IgnoreBOM), b[4:]
	case bytes.HasPrefix(b, []byte("\xff\xfe")):
		return unicode.UTF16(unicode.LittleEndian, unicode.IgnoreBOM), b[2:]
	case bytes.HasPrefix(b, []byte("\xfe\xff")):
		return unicode.UTF16(unicode.BigEndian, unicode.IgnoreBOM), b[2:]
	case len(b) < 4:
		return nil, b
	}
	switch zero := [4]bool{b[0] == 0, b[1] == 0, b[2] == 0, b[3] == 0}; zero {
	case [4]bool{false, true, true, true}:
		return utf32.UTF32(utf32.LittleEndian, utf32.IgnoreBOM), b
	case [4]bool{true, true, true, false}:
		return utf32.UTF32(utf32.BigEndian, utf32.IgnoreBOM), b
	case [4]bool{false, true, false, true}:
		return unicode.UTF16(unicode.LittleEndian, unicode.IgnoreBOM), b
	case [4]bool{true, false, true, false}:
		return unicode.UTF16(unicode.BigEndian, unicode.IgnoreBOM), b
	}
	return nil, b
}

func headerCharset(contentType string) string {
	_, params, err := mime.ParseMediaType(contentType)
	if err != nil {
		return ""
	}
	return strings.ToLower(strings.TrimSpace(params["charset"]))
}

// declaration finds the encoding in an XML declaration or in the head of a
// web page.
var declaration = lazily(`(?i)<\?xml[^>]*?encoding\s*=\s*["']([A-Za-z0-9._:-]+)|<meta[^>]+charset\s*=\s*["']?([A-Za-z0-9._:-]+)`)

func declaredCharset(b []byte) string {
	m := declaration().FindSubmatch(b[:min(len(b), 1024)])
	if m == nil {
		return ""
	}
	return strings.ToLower(string(m[1]) + string(m[2]))
}

// lookup returns an encoding by its name, nil if there is none or if it is one
// that text with single zero-free bytes cannot be in.
func lookup(name string) encoding.Encoding {
	if name == "" || strings.HasPrefix(name, "utf") || strings.HasPrefix(name, "ucs") {
		return nil
	}
	e, canonical := charset.Lookup(name)
	if canonical == "utf-8" || canonical == "replacement" || strings.HasPrefix(canonical, "utf-16") {
		return nil
	}
	return e
}

func shiftsByEscape(names ...string) bool {
	for _, name := range names {
		if strings.HasPrefix(name, "iso-2022-jp") || strings.HasPrefix(name, "csiso2022jp") {
			return true
		}
	}
	return false
}

func isLatin1(name string) bool {
	switch strings.ToLower(name) {
	case "iso-8859-1", "latin1", "latin-1", "us-ascii", "ascii", "windows-1252", "cp1252":
		return true
	}
	return false
}

func convert(e encoding.Encoding, b []byte) []byte {
	out, err := e.NewDecoder().Bytes(b)
	if err != nil {
		return b
	}
	return out
}

// fits reports whether text looks as if it was decoded by the right rules:
// hardly any character in it was refused.
func fits(text []byte) bool {
	bad := bytes.Count(text, []byte("\ufffd"))
	return bad <= 2 || bad*50 < len(text)/3
}

func valid(b []byte) []byte {
	if utf8.Valid(b) {
		return b
	}
	return bytes.ToValidUTF8(b, []byte("\ufffd"))
}

// countUTF8 counts the bytes that are not UTF-8 and the characters beyond
// ASCII that are.
func countUTF8(b []byte) (bad, good int) {
	for len(b) > 0 {
		r, n := utf8.DecodeRune(b)
		switch {
		case r == utf8.RuneError && n == 1:
			bad++
		case n > 1:
			good++
		}
		b = b[n:]
	}
	return bad, good
}
