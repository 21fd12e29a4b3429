package feed

import (
	"net/url"
	"strings"
	"sync"

	"github.com/JohannesKaufmann/html-to-markdown/v2/converter"
	"github.com/JohannesKaufmann/html-to-markdown/v2/plugin/base"
	"github.com/JohannesKaufmann/html-to-markdown/v2/plugin/commonmark"
	"github.com/JohannesKaufmann/html-to-markdown/v2/plugin/table"
	"golang.org/x/net/html"
)

// MaxHTML is how many bytes of an article Markdown reads. What comes after is
// left out, and the last line says so.
const MaxHTML = 1 << 20

// Markdown returns an HTML text as markdown: CommonMark with the tables and
// strikethrough of GitHub; "" if there is nothing to read. Addresses are made
// absolute against base, the address of the page the text stands on; where that
// is "", what is relative loses its address. It never fails: what no parser can
// take comes back as plain words.
//
//	HTML → parse → tidy (one clean-up of the tree: what stays is a small, safe
//	vocabulary) → html-to-markdown → escape (what words need not to be
//	markup) → write (our renderers) → settle
//
// Nothing in the result is a control character, and nothing in its words,
// titles and addresses becomes one when entities are decoded as CommonMark
// says. Code is verbatim, as CommonMark wants it: `&#27;` in a code span is
// five characters to read. A renderer that decodes entities there too (glamour
// does) has to escape them first, and filters what it writes to a terminal in
// any case. There is no raw HTML in it, and no address but of a scheme that
// only fetches or writes a letter.
func Markdown(source, base string) string { return markdown(source, base, false) }

func markdown(source, base string, follow bool) (text string) {
	source, cut := cutHTML(unescaped(source))
	defer func() {
		if recover() != nil { // a bug of a parser must not cost the reader the article
			text = words(source, cut)
		}
	}()
	if strings.TrimSpace(source) == "" {
		return ""
	}
	doc, err := html.Parse(strings.NewReader(source))
	if err != nil { // more than 512 open elements
		return words(source, cut)
	}
	address, err := url.Parse(strings.TrimSpace(base))
	if err != nil {
		address = &url.URL{}
	}
	t := tidier{base: address, within: inPage{follow: follow}}
	t.find(doc)
	t.tidy(doc)
	t.dropOwnFrame(doc)
	dropSignature(doc)
	t.within.place(doc)
	if t.within.follow {
		sayTitles(doc)
	}
	if t.joined {
		unstick(doc)
	}
	out, err := markdownConverter().ConvertNode(doc)
	if err != nil {
		return words(source, cut)
	}
	if strings.TrimSpace(string(out)) == "" { // all of it was in forms and buttons
		return words(source, cut)
	}
	return settle(string(out), cut || t.full())
}

// markdownConverter is made when the first article is read: most commands never
// need it.
var markdownConverter = sync.OnceValue(func() *converter.Converter {
	c := converter.NewConverter(
		converter.WithEscapeMode(converter.EscapeModeDisabled), // ours is linear, and quieter
		converter.WithPlugins(
			base.NewBasePlugin(),
			commonmark.NewCommonmarkPlugin(commonmark.WithListEndComment(false)),
			table.NewTablePlugin(
				table.WithSpanCellBehavior(table.SpanBehaviorMirror),
				table.WithHeaderPromotion(true),
				table.WithCellPaddingBehavior(table.CellPaddingBehaviorMinimal),
			),
		),
	)
	c.Register.PreRenderer(escape, converter.PriorityLate+200) // after white space is collapsed
	c.Register.Renderer(write, converter.PriorityEarly)
	return c
})

// Characters that stand for others until all is written. Unicode promises that
// they are never text; cleanText takes them out of what comes in.
const (
	markBreak = "\ufdd1" // a line break inside code
	markLess  = "\ufdd2" // "<" in words
	markMore  = "\ufdd3" // ">" in words
)

var settled = strings.NewReplacer(markBreak, "\n", markLess, "<", markMore, ">")

// settle finishes what the renderers wrote.
func settle(markdown string, cut bool) string {
	markdown = strings.TrimSpace(settled.Replace(markdown))
	if !cut {
		return markdown
	}
	return strings.TrimSpace(markdown + "\n\n*(cut: the article is longer than newsterm shows)*")
}

// words is the text of source as markdown without any markup.
func words(source string, cut bool) string {
	paragraphs := strings.Split(Text(source), "\n\n")
	for i, p := range paragraphs {
		lines := strings.Split(p, "\n")
		for j, line := range lines {
			e := escaper{start: true, last: true}
			lines[j] = e.escape(shortRuns(strings.TrimSpace(line)))
		}
		paragraphs[i] = strings.Join(lines, "  \n")
	}
	return settle(strings.Join(paragraphs, "\n\n"), cut)
}

// cutHTML shortens source to MaxHTML, before a tag if one is near.
func cutHTML(source string) (string, bool) {
	if len(source) <= MaxHTML {
		return source, false
	}
	source = source[:MaxHTML]
	if i := strings.LastIndexByte(source, '<'); i > MaxHTML-4096 {
		source = source[:i]
	}
	return strings.ToValidUTF8(source, "\ufffd"), true
}

// unescaped takes one layer of escaping off a text that is all escaped HTML: some
// publishers escape twice. Words about HTML that has tags of its own stay.
//
// Reddit escapes the text of an article, which it puts between comments, and not
// what follows it: so one that begins with a comment ends at the first tag.
func unescaped(source string) string {
	s := strings.TrimSpace(source)
	if !strings.Contains(s, "&lt;") {
		return source
	}
	inner := afterComments(s)
	name := escapedTag(inner)
	if i := firstTag(s); i >= 0 {
		if len(inner) == len(s) || !begins[name] || !strings.Contains(s[:i], "&lt;/"+name+"&gt;") {
			return source
		}
		return html.UnescapeString(s[:i]) + s[i:]
	}
	if begins[name] || strings.Contains(s, "&lt;/p&gt;") || strings.Contains(s, "&lt;a href=") || strings.Count(s, "&lt;br") > 1 {
		return html.UnescapeString(source)
	}
	return source
}

// afterComments is s without the escaped comments that it begins with.
func afterComments(s string) string {
	for strings.HasPrefix(s, "&lt;!--") {
		_, rest, found := strings.Cut(s, "--&gt;")
		if !found {
			return s
		}
		s = strings.TrimSpace(rest)
	}
	return s
}

// escapedTag is the name of the escaped tag that s begins with; "" if it begins
// with something else.
func escapedTag(s string) string {
	rest, ok := strings.CutPrefix(s, "&lt;")
	if !ok {
		return ""
	}
	name, _ := tagName("<" + strings.ReplaceAll(rest[:min(len(rest), longestName)], "&gt;", ">"))
	return name
}

// begins are elements that an article begins with.
var begins = map[string]bool{
	"a": true, "article": true, "b": true, "blockquote": true, "center": true, "div": true, "em": true, "figure": true, "font": true,
	"h1": true, "h2": true, "h3": true, "h4": true, "i": true, "img": true, "ol": true, "p": true, "section": true, "span": true,
	"strong": true, "table": true, "ul": true,
}

// firstTag is where the first tag in s begins; negative if there is none.
func firstTag(s string) int {
	for i := strings.IndexByte(s, '<'); i >= 0; {
		if name, _ := tagName(s[i:]); name != "" {
			return i
		}
		next := strings.IndexByte(s[i+1:], '<')
		if next < 0 {
			return -1
		}
		i += 1 + next
	}
	return -1
}
