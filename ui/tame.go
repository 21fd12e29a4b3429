package ui

import "bytes"

const (
	mostColumns = 60    // of a table; markdown fills every row up to them
	mostNesting = 32    // markers of quotes and lists on one line
	mostEffort  = 300e6 // signs times bytes of a paragraph; reading one takes about as many steps
)

// tame takes out of markdown what is short to write and endless to read: rows of
// thousands of columns, quotes inside hundreds of quotes, a paragraph of nothing
// but stars. Anything people write comes back as it is.
func tame(source []byte) []byte {
	out := make([]byte, 0, len(source))
	from, signs, fenced := 0, 0, false
	paragraph := func() {
		if float64(signs)*float64(len(out)-from) > mostEffort {
			out = append(out[:from], escapeSigns(out[from:])...)
		}
		from, signs = len(out), 0
	}
	for line := range bytes.Lines(source) {
		if bytes.Count(line, []byte("|")) > mostColumns && len(bytes.Trim(line, " \t|:->\n")) == 0 {
			continue
		}
		line = tameMarkers(line)
		text := bytes.TrimLeft(line, " \t>")
		if fence(text) {
			fenced = !fenced
		}
		if fenced || startsBlock(text) {
			paragraph()
		}
		if !fenced {
			signs += countSigns(line)
		}
		out = append(out, line...)
	}
	paragraph()
	return out
}

// tameMarkers is line without the markers of quotes and lists that are too many.
func tameMarkers(line []byte) []byte {
	for n := markers(line) - mostNesting; n > 0; n-- {
		line = line[bytes.IndexAny(line, ">-*+")+1:]
	}
	return line
}

// markers counts the markers a line starts with.
func markers(line []byte) int {
	n := 0
	for _, c := range line {
		switch c {
		case '>', '-', '*', '+':
			n++
		case ' ', '\t':
		default:
			return n
		}
	}
	return 0 // nothing but markers: a rule
}

func fence(text []byte) bool {
	return bytes.HasPrefix(text, []byte("```")) || bytes.HasPrefix(text, []byte("~~~"))
}

// startsBlock reports whether a line surely belongs to no paragraph before it.
func startsBlock(text []byte) bool {
	if len(bytes.TrimSpace(text)) == 0 {
		return true
	}
	mark, _, ok := bytes.Cut(text, []byte(" "))
	return ok && (string(mark) == "-" || string(mark) == "*" || string(mark) == "+" || mark[0] == '#')
}

// countSigns counts what makes markdown look ahead.
func countSigns(line []byte) int {
	n := 0
	for _, c := range line {
		if sign(c) {
			n++
		}
	}
	return n
}

func sign(c byte) bool { return c == '*' || c == '_' || c == '~' || c == '[' || c == '(' }

// escapeSigns is text in which signs mean nothing.
func escapeSigns(text []byte) []byte {
	out := make([]byte, 0, 2*len(text))
	for i, c := range text {
		if sign(c) && (i == 0 || text[i-1] != '\\') {
			out = append(out, '\\')
		}
		out = append(out, c)
	}
	return out
}
