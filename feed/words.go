package feed

import (
	"bytes"
	"cmp"
	"html"
	"strings"
)

const (
	longestTitle = 1000 // runes; longer ones are cut
	madeTitle    = 80   // runes of a title made from the text
)

// elements are the names by which HTML is known from text that has a "<" in it.
var elements = names(`a abbr address area article aside audio b big blockquote br button caption center cite code
	col dd del details div dl dt em embed figcaption figure font footer form h1 h2 h3 h4 h5 h6 header hr i iframe img
	ins kbd li main map mark math nav object ol p picture pre q s samp section small source span strike strong sub
	summary sup svg table tbody td tfoot th thead tr tt u ul var video wbr`)

// documents are further names of HTML, which in a title are rather spoken of.
var documents = names(`body head html input label link meta noscript option param script select style textarea title`)

// voids are elements without an end tag.
var voids = names(`br hr img wbr`)

func names(list string) map[string]bool {
	set := map[string]bool{}
	for _, name := range strings.Fields(list) {
		set[name] = true
	}
	return set
}

// plainTitle is one line of text, made from what may be text, HTML or HTML
// that was escaped once too often.
func plainTitle(s string) string {
	if len(s) > 4*longestTitle {
		s = strings.ToValidUTF8(s[:4*longestTitle], "")
	}
	s = withoutTags(s)
	if strings.IndexByte(s, '&') >= 0 {
		s = html.UnescapeString(s)
	}
	return Cut(Line(s), longestTitle)
}

// withoutTags takes pairs of HTML tags out of a title, and those that stand
// alone. What only looks like a tag stays: "if a < b", "the <b> element".
func withoutTags(s string) string {
	if strings.IndexByte(s, '<') < 0 {
		return s
	}
	b, lower := []byte(s), strings.ToLower(s)
	var out strings.Builder
	open := map[string]int{}
	for at := 0; ; {
		m, ok := nextMark(b, at)
		if !ok {
			out.Write(b[at:])
			return out.String()
		}
		out.Write(b[at:m.start])
		at = m.end
		switch name := strings.ToLower(string(m.name)); {
		case m.kind == closing && open[name] > 0:
			open[name]--
		case (m.kind == opening || m.kind == empty) && voids[name]:
			out.WriteByte(' ')
		case m.kind == opening && elements[name] && len(lower) == len(s) && strings.Contains(lower[m.end:], "</"+name+">"):
			open[name]++
		case m.kind != aside || !strings.HasPrefix(s[m.start:], "<!--"):
			out.Write(b[m.start:m.end])
		}
	}
}

// hasMarkup reports whether s is HTML rather than text. Most HTML shows it with
// its first tag.
func hasMarkup(s string) bool {
	i := strings.IndexByte(s, '<')
	if i < 0 {
		return false
	}
	s = s[i:]
	first := s[:strings.LastIndexByte(s[:min(len(s), 256)], '>')+1]
	return isMarkup([]byte(first)) || isMarkup([]byte(s))
}

func isMarkup(b []byte) bool {
	for at := 0; ; {
		m, ok := nextMark(b, at)
		if !ok {
			return false
		}
		at = m.end
		name := strings.ToLower(string(m.name))
		if name != "" && (elements[name] || documents[name]) || m.kind == aside && bytes.HasPrefix(b[m.start:], []byte("<!--")) {
			return true
		}
	}
}

// asHTML is what a publisher gave as the text of an article, who did not say
// whether it is HTML, as HTML. Tags that were escaped once too often are read
// as tags, and the "<" of plain text is kept from being read as one.
func asHTML(s string) string {
	s = strings.TrimSpace(s)
	if hasMarkup(s) {
		return s
	}
	if strings.HasPrefix(s, "&lt;") && strings.HasSuffix(s, "&gt;") {
		if once := html.UnescapeString(s); hasMarkup(once) {
			return once
		}
	}
	s = strings.ReplaceAll(s, "<", "&lt;")
	if strings.Contains(s, "\n\n") {
		return paragraphs(s, "\n")
	}
	return s
}

// textAsHTML writes plain text as HTML, its lines and paragraphs kept.
func textAsHTML(s string) string {
	s = strings.TrimSpace(strings.ReplaceAll(s, "\r\n", "\n"))
	s = strings.NewReplacer("&", "&amp;", "<", "&lt;", ">", "&gt;").Replace(s)
	if !strings.Contains(s, "\n") {
		return s
	}
	return paragraphs(s, "<br>\n")
}

// paragraphs marks up text whose paragraphs have blank lines between them.
func paragraphs(s, lineBreak string) string {
	var out strings.Builder
	for p := range strings.SplitSeq(s, "\n\n") {
		if p = strings.TrimSpace(p); p != "" {
			out.WriteString("<p>" + strings.ReplaceAll(p, "\n", lineBreak) + "</p>\n")
		}
	}
	return strings.TrimSpace(out.String())
}

// summaryOf is the beginning of an HTML text as one line.
func summaryOf(source string) string {
	for n := 2 << 10; ; n *= 8 {
		if n >= len(source) {
			return Cut(Line(Text(source)), SummaryLen)
		}
		part := source[:n]
		if i := strings.LastIndexByte(part, ' '); i > 0 {
			part = part[:i]
		}
		if s := Line(Text(part)); len(s) > 4*SummaryLen {
			return Cut(s, SummaryLen)
		}
	}
}

// authorName is the name in what a publisher gave as an author: "Ann Lee",
// "ann@a.example (Ann Lee)", "Ann Lee <ann@a.example>". An address stands in
// for a missing name.
func authorName(s string) string {
	if m := personName().FindStringSubmatch(s); m != nil {
		s = m[1]
	}
	s = strings.TrimPrefix(plainLine(plainTitle(s)), "mailto:")
	if name, address, ok := strings.Cut(s, "<"); ok && strings.Contains(address, "@") {
		s = cmp.Or(strings.TrimSpace(name), strings.TrimSuffix(strings.TrimSpace(address), ">"))
	}
	outside, inside, ok := strings.Cut(s, "(")
	if !ok {
		return strings.Trim(s, `" `)
	}
	outside, inside = strings.TrimSpace(outside), strings.TrimSpace(strings.TrimSuffix(strings.TrimSpace(inside), ")"))
	switch {
	case strings.Contains(outside, "@") && !strings.Contains(outside, " "):
		return cmp.Or(inside, outside)
	case strings.Contains(inside, "@"):
		return cmp.Or(outside, inside)
	}
	return s
}

// personName matches a name as Atom has it, which some write in RSS as well.
var personName = lazily(`(?i)<name>([^<]+)</name>`)

// mostNames is how many authors, categories or enclosures one article has.
const mostNames = 100

// distinct keeps what is not "" and was not there before, whatever the case
// of its letters, mostNames at most.
func distinct(list []string) []string {
	var kept []string
	seen := map[string]bool{}
	for _, s := range list {
		if key := strings.ToLower(s); s != "" && !seen[key] && len(kept) < mostNames {
			seen[key] = true
			kept = append(kept, s)
		}
	}
	return kept
}
