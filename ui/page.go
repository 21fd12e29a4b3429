package ui

import (
	"cmp"
	"fmt"
	"slices"
	"strings"
	"time"
	"unicode"

	"github.com/charmbracelet/lipgloss"
	"github.com/charmbracelet/x/ansi"

	"app/newsterm/feed"
	"app/newsterm/store"
)

// Page is an article as one markdown text, for pipes and files: heading, who
// and when, address, body.
func Page(a store.Article, body string) string {
	var b strings.Builder
	for _, part := range []string{heading(a.Title), feed.EscapeMarkdown(Byline(a)), angled(a.URL), body} {
		if part != "" {
			b.WriteString(strings.TrimRight(part, "\n") + "\n\n")
		}
	}
	return strings.TrimRight(b.String(), "\n") + "\n"
}

func heading(title string) string {
	if title == "" {
		return ""
	}
	return "# " + feed.EscapeMarkdown(title)
}

// angled is an address between angle brackets, whatever is in it; "" for "".
func angled(address string) string {
	if address == "" {
		return ""
	}
	return "<" + notInAngles.Replace(address) + ">"
}

// notInAngles writes what would end an address in another way (RFC 3986,
// section 2.1).
var notInAngles = strings.NewReplacer("<", "%3C", ">", "%3E", " ", "%20", `\`, "%5C")

// Body is the text of an article as markdown: the full text if it has been
// fetched, else what the feed brought, and its enclosures.
func Body(a store.Article) string { return bodyBy(a, feed.Markdown) }

// bodyBy is Body with another way to make markdown of HTML.
func bodyBy(a store.Article, markdown func(html, base string) string) string {
	html := a.HTML
	if a.FullText != "" {
		html = a.FullText
	}
	body := strings.TrimRight(markdown(html, a.URL), "\n")
	for _, e := range a.Enclosures {
		if !isPicture(e) || !strings.Contains(html, e.URL) {
			body += "\n\n" + enclosure(e)
		}
	}
	return strings.TrimLeft(body, "\n")
}

// isPicture reports whether a file is to be looked at.
func isPicture(e feed.Enclosure) bool { return strings.HasPrefix(strings.ToLower(e.Type), "image/") }

// enclosure is a line of markdown for a file that comes with an article.
func enclosure(e feed.Enclosure) string {
	name := feed.EscapeMarkdown(enclosureName(e))
	if isPicture(e) {
		return fmt.Sprintf("![%s](%s)", name, angled(e.URL))
	}
	about := []string{}
	if e.Type != "" {
		about = append(about, e.Type)
	}
	if e.Length > 0 {
		about = append(about, bytesInWords(e.Length))
	}
	line := fmt.Sprintf("⏵ [%s](%s)", name, angled(e.URL))
	if len(about) > 0 {
		line += " (" + feed.EscapeMarkdown(strings.Join(about, ", ")) + ")"
	}
	return line
}

// bytesInWords is a size as people say it: 512 B, 14 kB, 3.2 MB.
func bytesInWords(n int64) string {
	switch {
	case n < 1000:
		return fmt.Sprintf("%d B", n)
	case n < 1000*1000:
		return fmt.Sprintf("%d kB", n/1000)
	}
	return fmt.Sprintf("%.1f MB", float64(n)/1e6)
}

// from tells the feed and the authors of an article.
func from(a store.Article) string { return joined(a.FeedTitle, authors(a)) }

// authors are those of an article, unless its feed is called so.
func authors(a store.Article) string {
	who := strings.Join(a.Authors, ", ")
	if who == a.FeedTitle {
		return ""
	}
	return who
}

// when is the date of an article, here; "" if it has none.
func when(a store.Article) string {
	if a.Date.IsZero() {
		return ""
	}
	return a.Date.Local().Format("2 January 2006, 15:04")
}

// Byline tells where an article is from, who wrote it and when, as far as that
// is known, on one line.
func Byline(a store.Article) string { return joined(from(a), when(a)) }

// joined is those of parts that are not empty, with dots between.
func joined(parts ...string) string {
	return strings.Join(slices.DeleteFunc(parts, func(s string) bool { return s == "" }), " · ")
}

// readable is an article as lines of at most w cells: title, who and when,
// text, or why there is none. With wide, tables and code that do not fit are
// wider.
func readable(a store.Article, noText string, w int, wide bool, t Theme, now time.Time) (page, error) {
	body := cmp.Or(bodyBy(a, feed.WithinMarkdown), noText)
	p, err := logical(body, a.URL, w, wide, t)
	plain := feed.Text(cmp.Or(a.FullText, a.HTML))
	a.Title = untold(a, plain)
	head := append(titleBlock(a, w, newStyles(t), t.ago(now.Sub(a.Date)), readingMinutes(plain)), "")
	p.lines, p.figures = append(head, p.lines...), lower(p.figures, len(head))
	p.marks = p.marks.inLetters(p.lines, len(head))
	return p, err
}

// titleBlock is an article's title, who wrote it, when and where, in lines of at
// most w cells. Reading times of a minute are not worth telling.
func titleBlock(a store.Article, w int, s styles, ago string, minutes int) []string {
	lines := []string{""}
	for _, l := range wrapPlain(a.Title, w) {
		lines = append(lines, s.title.Render(l))
	}
	takes := ""
	if minutes > 1 {
		takes = fmt.Sprintf("%d\u00a0minutes\u00a0to\u00a0read", minutes)
	}
	for _, about := range []string{joined(from(a), takes), joined(when(a), ago, edited(a))} {
		for _, l := range wrapPlain(about, w) {
			lines = append(lines, s.muted.Render(l))
		}
	}
	if about := feed.Line(strings.Join(a.Categories, " · ")); about != "" {
		lines = append(lines, s.muted.Render(ansi.Truncate(about, w, "…")))
	}
	if shown := feed.Shown(a.URL); shown != "" {
		lines = append(lines, toPage(a.URL, s.muted.Render(ansi.Truncate(shown, w, "…"))))
	}
	return lines
}

// toPage is text that leads to the page of an article, all of whose address the
// terminal knows though a part of it is shown.
func toPage(to, text string) string {
	if to = address(to); to == "" {
		return text
	}
	return "\x1b]8;" + pageLink + ";" + to + "\x1b\\" + text + "\x1b]8;;\x1b\\"
}

// edited tells when an article was changed after it was published; "" if that
// is not known, or was at once.
func edited(a store.Article) string {
	if a.Published.IsZero() || a.Updated.Sub(a.Published) <= time.Minute {
		return ""
	}
	const day = "2 January 2006"
	at := a.Updated.Local().Format(day)
	if at == a.Published.Local().Format(day) {
		at = a.Updated.Local().Format("15:04")
	}
	return "edited " + at
}

// ago tells when something was, short unless it is to be said.
func (t Theme) ago(d time.Duration) string {
	switch short := age(d); {
	case short == "now":
		return "just now"
	case t.Spoken:
		return ageInWords(d)
	default:
		return short + " ago"
	}
}

// untold is the title of an article, but "" where it was made of the first words
// of a text that begins with them.
func untold(a store.Article, text string) string {
	words := strings.TrimSuffix(a.Title, "…")
	made := a.Title == a.Summary || words != a.Title && strings.HasPrefix(a.Summary, words)
	if made && strings.HasPrefix(feed.Line(text), words) {
		return ""
	}
	return a.Title
}

// readingMinutes is how long a text takes to read, at 230 words a minute, or
// 500 letters of a script without spaces.
func readingMinutes(text string) int {
	words, wide := len(strings.Fields(text)), 0
	for _, r := range text {
		if r >= 0x2e80 && lipgloss.Width(string(r)) == 2 {
			wide++
		}
	}
	return words/230 + wide/500 + 1
}

// wrapPlain is plain text as lines of at most w cells.
func wrapPlain(s string, w int) []string {
	if w < 1 || s == "" {
		return nil
	}
	return unstyled(feed.Line(s), w)
}

// lettersIn counts the letters and digits that a line shows.
func lettersIn(line string) int {
	n := 0
	for _, r := range ansi.Strip(line) {
		if unicode.IsLetter(r) || unicode.IsNumber(r) {
			n++
		}
	}
	return n
}
