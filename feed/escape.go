package feed

import (
	"strings"
)

// EscapeMarkdown writes a line of plain text so that markdown shows it as it
// stands, wherever it is put: in a paragraph, a heading or the text of a link.
// The underscores of addresses are left alone, so that they can be followed.
func EscapeMarkdown(line string) string {
	words := strings.Split(line, " ")
	for i, w := range words {
		words[i] = escapeWord(w)
	}
	line = strings.Join(words, " ")
	if m := headingEnd().FindStringIndex(line); m != nil {
		line = line[:m[0]] + "\\" + line[m[0]:]
	}
	switch m := lineStart().FindStringSubmatchIndex(line); {
	case m == nil:
	case m[2] >= 0: // "1." would begin a list
		line = line[:m[3]] + "\\" + line[m[3]:]
	default:
		line = "\\" + line
	}
	return line
}

// lineStart matches a line that would be a heading, a list item, a citation,
// a rule, code, a table or an underline.
var lineStart = lazily(`^(?:(\d{1,9})[.)](?:\s|$)|#{1,6}(?:\s|$)|[-+](?:\s|$)|-{2,}|=+\s*$|>|~{3}|\|)`)

// headingEnd matches what a heading would lose at its end.
var headingEnd = lazily(`#+$`)

func escapeWord(w string) string {
	if !strings.ContainsAny(w, "\\`*_[]<&~") {
		return w
	}
	marks := inlineMarks
	if strings.HasPrefix(w, "http://") || strings.HasPrefix(w, "https://") {
		marks = addressMarks
	}
	w = marks().ReplaceAllStringFunc(w, func(s string) string {
		return `\` + strings.Join(strings.Split(s, ""), `\`)
	})
	return entity().ReplaceAllStringFunc(w, func(s string) string { return "&amp;" + s[1:] })
}

var (
	addressMarks = lazily("[\\\\`*\\[\\]<]")
	inlineMarks  = lazily("[\\\\`*\\[\\]<]|~{2,}|_{2,}|\\b_|_\\b|^_|_$")
)
