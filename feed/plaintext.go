package feed

import (
	"strings"
	"unicode"
	"unicode/utf8"
)

const (
	maxHeadline = 200 // runes; a longer first line is the first paragraph
	wrapWidth   = 120 // columns; no text is wrapped by hand wider than this
	wrapLeast   = 60  // columns; nor narrower
)

// extractPlain makes an article of a plain text: typed by hand, taken from a
// mail, or copied out of a browser together with what surrounded it.
func extractPlain(text string) *Page {
	paragraphs := plainParagraphs(text)
	page := &Page{}
	page.Title, paragraphs = headline(paragraphs)
	paragraphs = page.takeByline(paragraphs)
	joined := make([]string, len(paragraphs))
	for i, p := range paragraphs {
		joined[i] = strings.Join(strings.Fields(p), " ")
	}
	end := articleEnd(joined, func(int) bool { return false })
	start := min(articleStart(joined[:end], page.Title), end)
	page.Markdown = plainMarkdown(paragraphs[start:end])
	return page
}

// plainParagraphs splits a text at its blank lines. A block of lines too long
// to be wrapped by hand is a paragraph a line.
func plainParagraphs(text string) []string {
	var paragraphs []string
	for _, block := range blankLines().Split(strings.Trim(text, "\n"), -1) {
		block = strings.TrimRight(strings.Trim(block, "\n"), " \t\n")
		lines := strings.Split(block, "\n")
		switch {
		case strings.TrimSpace(block) == "":
		case widest(lines) > wrapWidth:
			paragraphs = append(paragraphs, nonBlank(lines)...)
		default:
			paragraphs = append(paragraphs, block)
		}
	}
	return paragraphs
}

var blankLines = lazily(`\n[ \t\x{a0}]*\n`)

func widest(lines []string) int {
	n := 0
	for _, l := range lines {
		n = max(n, columns(l))
	}
	return n
}

// columns is how wide a line is on paper; a Chinese, Japanese or Korean
// character takes two.
func columns(s string) int {
	n := 0
	for _, r := range s {
		n++
		if isWide(r) {
			n++
		}
	}
	return n
}

func isWide(r rune) bool {
	return r >= 0x1100 && unicode.In(r, unicode.Han, unicode.Hiragana, unicode.Katakana, unicode.Hangul) ||
		r >= 0x3000 && r <= 0x303f || r >= 0xff00 && r <= 0xff60 // their punctuation
}

func nonBlank(lines []string) []string {
	var kept []string
	for _, l := range lines {
		if strings.TrimSpace(l) != "" {
			kept = append(kept, l)
		}
	}
	return kept
}

// headline splits the title off a text: a short first paragraph of one line
// that does not end like a sentence.
func headline(paragraphs []string) (string, []string) {
	if len(paragraphs) < 2 {
		return "", paragraphs
	}
	first := paragraphs[0]
	title := Line(first)
	switch {
	case strings.Contains(first, "\n"), utf8.RuneCountInString(title) > maxHeadline,
		strings.HasSuffix(title, ".") && !strings.HasSuffix(title, "..."), strings.HasSuffix(title, "。"),
		strings.HasSuffix(title, ":"), strings.HasSuffix(title, ","), listItem().MatchString(first), strings.HasPrefix(title, ">"):
		return "", paragraphs
	}
	return title, paragraphs[1:]
}

// takeByline takes the author and the date off the top of a text, "By Jane
// Doe" and "7 January 2026", each on its own.
func (p *Page) takeByline(paragraphs []string) []string {
	for len(paragraphs) > 1 && p.Title != "" {
		first := Line(paragraphs[0])
		switch m := plainByline().FindStringSubmatch(first); {
		case m != nil && p.Author == "":
			p.Author = m[1]
		case isDateline(first) && p.Published.IsZero():
			p.Published = parseDate(first)
		default:
			return paragraphs
		}
		paragraphs = paragraphs[1:]
	}
	return paragraphs
}

var plainByline = lazily(`^[Bb][Yy]:? (\p{Lu}[^.!?:]{2,60})$`)

// plainMarkdown writes paragraphs of plain text as markdown that shows them
// as they are meant.
func plainMarkdown(paragraphs []string) string {
	var b strings.Builder
	quoted := quotations(paragraphs)
	for i, p := range paragraphs {
		switch {
		case i > 0 && quoted[i] && quoted[i-1]:
			b.WriteString("\n>\n")
		case i > 0:
			b.WriteString("\n\n")
		}
		b.WriteString(plainBlock(p, quoted[i]))
	}
	return b.String()
}

// plainBlock writes one paragraph.
func plainBlock(p string, quoted bool) string {
	lines := strings.Split(p, "\n")
	switch {
	case quoted:
		return quote(prose(lines))
	case isIndented(lines):
		return "```text\n" + strings.ReplaceAll(strings.Join(outdented(lines), "\n"), "```", "\u02cb\u02cb\u02cb") + "\n```"
	case listItem().MatchString(lines[0]):
		return plainList(lines)
	case isMailQuote(lines):
		return quote(prose(unquote(lines)))
	case caption().MatchString(strings.TrimSpace(p)):
		return "*" + prose(lines) + "*"
	}
	return prose(lines)
}

// quotations marks the paragraphs that are a citation set on its own: they
// follow one that ends in a colon, and reach from an opening quotation mark
// to its closing one.
func quotations(paragraphs []string) []bool {
	quoted := make([]bool, len(paragraphs))
	for i := 1; i < len(paragraphs); i++ {
		if quoted[i-1] || !strings.HasSuffix(strings.TrimSpace(paragraphs[i-1]), ":") {
			continue
		}
		for n := range quotation(paragraphs[i:]) {
			quoted[i+n] = true
		}
	}
	return quoted
}

// quotation returns how many of the first paragraphs are one citation. In a
// long one each paragraph opens with a quotation mark and only the last one
// has the closing mark.
func quotation(paragraphs []string) int {
	for i, p := range paragraphs {
		p = strings.TrimSpace(p)
		open, _ := utf8.DecodeRuneInString(p)
		closers := map[rune]string{'“': "”", '„': "“”", '«': "»", '»': "«", '"': "\"", '”': "”"}[open]
		if closers == "" {
			return 0
		}
		switch end := closedAt(p[utf8.RuneLen(open):], open, closers); {
		case end < 0: // the citation goes on
		case strings.Trim(p[utf8.RuneLen(open)+end:], closers+".,;!?… ") == "":
			return i + 1
		default: // a sentence that only begins with a citation
			return 0
		}
	}
	return 0
}

// closedAt returns where in s the quotation mark that was opened before it is
// closed; -1 if it is not.
func closedAt(s string, open rune, closers string) int {
	depth := 1
	for i, r := range s {
		switch {
		case strings.ContainsRune(closers, r):
			depth--
		case r == open:
			depth++
		}
		if depth == 0 {
			return i
		}
	}
	return -1
}

// caption matches what stands under a picture.
var caption = lazily(`^(?:[^\n]{1,160}, via [A-Z][^\n.]{1,40}\.?|(?:Photo|Image|Picture|Illustration|File photo)(?: credit| by|:) ?[^\n]{1,160})$`)

// prose writes lines as one paragraph, joined if they were wrapped by hand.
// Lines that were broken on purpose, as in a poem, stay broken.
func prose(lines []string) string {
	broken := isBroken(lines)
	var b strings.Builder
	for i, l := range lines {
		switch {
		case i == 0:
		case broken:
			b.WriteString("\\\n")
		case !isWide(lastRune(lines[i-1])):
			b.WriteByte(' ')
		}
		b.WriteString(EscapeMarkdown(strings.TrimSpace(l)))
	}
	return b.String()
}

// isBroken reports whether a line ends before it had to: the first word of
// the next one would have found room.
func isBroken(lines []string) bool {
	width := max(widest(lines), wrapLeast)
	for i, l := range lines[:len(lines)-1] {
		next, _, _ := strings.Cut(strings.TrimSpace(lines[i+1]), " ")
		if length := columns(strings.TrimSpace(l)); length < wrapLeast*2/3 && length+1+columns(next) <= width {
			return true
		}
	}
	return false
}

func lastRune(s string) rune {
	r, _ := utf8.DecodeLastRuneInString(strings.TrimSpace(s))
	return r
}

// listItem matches the first line of a list, "- bread" or "1. bread".
var listItem = lazily(`^[ \t]{0,3}(?:[-*•–][ \t]+|\d{1,3}[.)][ \t]+)\S`)

// plainList writes a block whose first line is a list item; a line without a
// mark belongs to the item above it.
func plainList(lines []string) string {
	var items []string
	for _, l := range lines {
		mark := listItem().FindString(l)
		text := strings.TrimSpace(l)
		switch {
		case mark == "":
			items[len(items)-1] += " " + EscapeMarkdown(text)
		case text[0] >= '0' && text[0] <= '9':
			number, rest, _ := strings.Cut(text, " ")
			items = append(items, number[:len(number)-1]+". "+EscapeMarkdown(strings.TrimSpace(rest)))
		default:
			_, size := utf8.DecodeRuneInString(text)
			items = append(items, "- "+EscapeMarkdown(strings.TrimSpace(text[size:])))
		}
	}
	return strings.Join(items, "\n")
}

// isIndented reports whether every line stands in by four columns: code, or a
// table.
func isIndented(lines []string) bool {
	for _, l := range lines {
		if !strings.HasPrefix(l, "    ") && !strings.HasPrefix(l, "\t") {
			return false
		}
	}
	return true
}

// outdented takes away the indent that isIndented found.
func outdented(lines []string) []string {
	out := make([]string, len(lines))
	for i, l := range lines {
		rest, ok := strings.CutPrefix(l, "    ")
		if !ok {
			rest = l[1:]
		}
		out[i] = rest
	}
	return out
}

func quote(text string) string { return "> " + strings.ReplaceAll(text, "\n", "\n> ") }

// isMailQuote reports whether every line is marked as somebody else's.
func isMailQuote(lines []string) bool {
	for _, l := range lines {
		if !strings.HasPrefix(l, ">") {
			return false
		}
	}
	return true
}

func unquote(lines []string) []string {
	out := make([]string, len(lines))
	for i, l := range lines {
		out[i] = strings.TrimLeft(l, "> ")
	}
	return out
}
