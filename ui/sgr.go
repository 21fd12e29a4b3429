package ui

import (
	"strconv"
	"strings"
	"unicode/utf8"
)

// An sgr is how characters look. The zero sgr is the terminal's own look.
type sgr struct {
	fg, bg string // parameters of a colour, such as "38;5;75"; "" for the terminal's own
	attrs  attr
}

// An attr is what a character is besides coloured.
type attr uint8

const (
	attrBold attr = 1 << iota
	attrFaint
	attrItalic
	attrUnderline
	attrReverse
	attrStrike
)

// attrCodes are the SGR parameters that set an attr, in the order written.
var attrCodes = []struct {
	attr
	code string
}{
	{attrBold, "1"}, {attrFaint, "2"}, {attrItalic, "3"}, {attrUnderline, "4"}, {attrReverse, "7"}, {attrStrike, "9"},
}

const sgrReset = "\x1b[0m"

// String is the sequence that makes a terminal in its own look show s.
func (s sgr) String() string {
	if s == (sgr{}) {
		return ""
	}
	var codes []string
	for _, a := range attrCodes {
		if s.attrs&a.attr != 0 {
			codes = append(codes, a.code)
		}
	}
	if s.fg != "" {
		codes = append(codes, s.fg)
	}
	if s.bg != "" {
		codes = append(codes, s.bg)
	}
	return "\x1b[" + strings.Join(codes, ";") + "m"
}

// after is the sequence that makes a terminal which shows the look was show s.
func (s sgr) after(was sgr) string {
	lost := was.attrs&^s.attrs != 0 || was.fg != "" && s.fg == "" || was.bg != "" && s.bg == ""
	if lost && s == (sgr{}) {
		return sgrReset
	}
	if lost {
		return "\x1b[0;" + strings.TrimPrefix(s.String(), "\x1b[")
	}
	s.attrs &^= was.attrs
	if s.fg == was.fg {
		s.fg = ""
	}
	if s.bg == was.bg {
		s.bg = ""
	}
	return s.String()
}

// with is s with more of what a character can be.
func (s sgr) with(a attr) sgr {
	s.attrs |= a
	return s
}

// over is s on the background of paper.
func (s sgr) over(paper sgr) sgr {
	s.bg = paper.bg
	return s
}

// paint is text in the look s, and the terminal's own look after it.
func (s sgr) paint(text string) string {
	if s == (sgr{}) || text == "" {
		return text
	}
	return s.String() + text + sgrReset
}

// then is s after the parameters of one SGR sequence. What it does not know
// changes nothing.
func (s sgr) then(params string) sgr {
	for more := true; more; {
		if colour, rest, ok := cutColour(params); ok {
			s, params, more = s.coloured(colour), rest, rest != ""
			continue
		}
		var p string
		p, params, more = strings.Cut(params, ";")
		s = s.code(p)
	}
	return s
}

// code is s after one parameter that stands alone.
func (s sgr) code(p string) sgr {
	n, err := strconv.Atoi(p)
	switch {
	case p == "" || n == 0 && err == nil:
		return sgr{}
	case err != nil:
		return s
	case n == 22:
		s.attrs &^= attrBold | attrFaint
	case n >= 21 && n <= 29:
		s.attrs &^= codeAttr(strconv.Itoa(n - 20))
	case n >= 30 && n <= 37, n >= 90 && n <= 97:
		s.fg = p
	case n == 39:
		s.fg = ""
	case n >= 40 && n <= 47, n >= 100 && n <= 107:
		s.bg = p
	case n == 49:
		s.bg = ""
	default:
		s.attrs |= codeAttr(p)
	}
	return s
}

func (s sgr) coloured(colour string) sgr {
	if colour[0] == '3' {
		s.fg = colour
	} else {
		s.bg = colour
	}
	return s
}

// codeAttr is the attr that a parameter sets, 0 if it sets none.
func codeAttr(code string) attr {
	for _, a := range attrCodes {
		if a.code == code {
			return a.attr
		}
	}
	return 0
}

// cutColour splits an extended colour ("38;5;N", "48;2;R;G;B") from the start
// of parameters.
func cutColour(params string) (colour, rest string, ok bool) {
	fields := 0
	switch {
	case strings.HasPrefix(params, "38;5;"), strings.HasPrefix(params, "48;5;"):
		fields = 3
	case strings.HasPrefix(params, "38;2;"), strings.HasPrefix(params, "48;2;"):
		fields = 5
	default:
		return "", params, false
	}
	for i := 0; i < len(params); i++ {
		if params[i] != ';' {
			continue
		}
		if fields--; fields == 0 {
			return params[:i], params[i+1:], true
		}
	}
	return params, "", fields == 1
}

// A styledText is text and how it looks.
type styledText struct {
	text  string
	marks []styleMark // in the order of the text; before the first one it is plain
	code  bool        // it runs from left to right, whatever is in it
}

// A styleMark says how text looks, and where it leads, from a place on.
type styleMark struct {
	at   int // byte of the text
	look sgr
	link int // number of the link the text belongs to; 0 for none
}

// Runes of our own travel through glamour inside the text and carry what would
// be lost or misread there. None of them is left in text from outside.
const (
	linkRune      rune = 0xf0000  // plus n: link n starts
	linkRunes          = 0xffff   // how many links a page can have
	linkEndRune   rune = 0x100000 // the link ends
	leafEndRune   rune = 0x100001 // the next paragraph, cell or block of code starts
	ampersandRune rune = 0x100002 // an & that starts no entity
	backslashRune rune = 0x100003 // a \ that escapes nothing
	faintRune     rune = 0x100004 // what follows is faint
	faintEndRune  rune = 0x100005 // and that no longer
)

// readStyled reads what glamour wrote back into the texts that went in, each
// ended by leafEndRune. It keeps printable text and newlines, and understands
// SGR; every other control character or sequence is dropped.
func readStyled(out string) []styledText {
	var r styledReader
	r.buf.Grow(len(out))
	for i := 0; i < len(out); {
		c := out[i]
		switch {
		case c >= ' ' && c < 0x7f || c == '\n':
			r.buf.WriteByte(c)
			i++
		case c == 0x1b:
			i += r.escape(out[i:])
		case c < ' ' || c == 0x7f:
			i++
		default:
			ch, n := utf8.DecodeRuneInString(out[i:])
			r.rune(ch, out[i:i+n])
			i += n
		}
	}
	return r.texts()
}

type styledReader struct {
	buf   strings.Builder
	now   styleMark
	marks []styleMark
	ends  []leafEnd
}

// A leafEnd is where a text ends in the buffer and in the marks.
type leafEnd struct{ byte, mark int }

// escape reads the sequence s starts with and returns how long it is.
func (r *styledReader) escape(s string) int {
	if len(s) < 2 || s[1] != '[' {
		return 1
	}
	i := 2
	for i < len(s) && (s[i] >= '0' && s[i] <= '9' || s[i] == ';') {
		i++
	}
	if i == len(s) || s[i] != 'm' {
		return i
	}
	r.now.look = r.now.look.then(s[2:i])
	r.mark()
	return i + 1
}

func (r *styledReader) rune(ch rune, s string) {
	switch {
	case ch == leafEndRune:
		r.ends = append(r.ends, leafEnd{r.buf.Len(), len(r.marks)})
	case ch == linkEndRune:
		r.now.link = 0
		r.mark()
	case ch == faintRune:
		r.now.look.attrs |= attrFaint
		r.mark()
	case ch == faintEndRune:
		r.now.look.attrs &^= attrFaint
		r.mark()
	case ch == ampersandRune:
		r.buf.WriteByte('&')
	case ch == backslashRune:
		r.buf.WriteByte('\\')
	case ch > linkRune && ch <= linkRune+linkRunes:
		r.now.link = int(ch - linkRune)
		r.mark()
	case ch >= 0xa0 && ch != utf8.RuneError:
		r.buf.WriteString(s)
	case ch == utf8.RuneError:
		r.buf.WriteRune(utf8.RuneError)
	}
}

// mark notes how the text looks from here on.
func (r *styledReader) mark() {
	r.now.at = r.buf.Len()
	if n := len(r.marks); n > 0 && r.marks[n-1].at == r.now.at && !r.closed(n) {
		r.marks[n-1] = r.now
		return
	}
	r.marks = append(r.marks, r.now)
}

// closed reports whether the first n marks belong to texts that have ended.
func (r *styledReader) closed(n int) bool {
	return len(r.ends) > 0 && r.ends[len(r.ends)-1].mark == n
}

func (r *styledReader) texts() []styledText {
	all := r.buf.String()
	texts := make([]styledText, 0, len(r.ends))
	var from leafEnd
	for _, end := range r.ends {
		t := styledText{text: all[from.byte:end.byte], marks: r.marks[from.mark:end.mark]}
		for i := range t.marks {
			t.marks[i].at -= from.byte
		}
		texts = append(texts, t.trimNewlines())
		from = end
	}
	return texts
}

// trimNewlines is t without the newlines at its ends.
func (t styledText) trimNewlines() styledText {
	short := strings.TrimLeft(t.text, "\n")
	lead := len(t.text) - len(short)
	for i := range t.marks {
		t.marks[i].at = max(t.marks[i].at-lead, 0)
	}
	t.text = strings.TrimRight(short, "\n")
	return t
}
