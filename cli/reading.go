package cli

import (
	"bytes"
	"cmp"
	"fmt"
	"html"
	"regexp"
	"strings"
	"sync"

	"github.com/charmbracelet/x/ansi"
	"github.com/microcosm-cc/bluemonday"
	"github.com/yuin/goldmark"
	"github.com/yuin/goldmark/extension"

	"app/newsterm/feed"
	"app/newsterm/store"
	"app/newsterm/ui"
)

// A reading is an article that is printed: one of the store, of a feed that
// is previewed, or of a page, a file or standard input.
type reading struct {
	store.Article
	markdown string // its text, if it came as markdown
}

// ofPage is the article of a page or a file.
func ofPage(p *feed.Page) reading {
	r := reading{store.Article{
		FeedTitle: p.Site,
		Title:     p.Title,
		Language:  p.Language,
		Published: p.Published,
		Date:      p.Published,
		HTML:      p.HTML,
	}, p.Markdown}
	if p.HTML != "" {
		r.markdown = ""
	}
	if p.Author != "" {
		r.Authors = []string{p.Author}
	}
	if !strings.HasPrefix(p.URL, "file:") {
		r.URL = p.URL
	}
	return r
}

// ofItem is an article of a feed that is not in the store.
func ofItem(i feed.Item) reading {
	return reading{Article: store.Article{
		GUID:       i.GUID,
		URL:        i.URL,
		Comments:   i.Comments,
		Title:      i.Title,
		Authors:    i.Authors,
		Categories: i.Categories,
		Summary:    i.Summary,
		Published:  i.Published,
		Updated:    i.Updated,
		Date:       i.Published,
		HTML:       i.HTML,
		Enclosures: i.Enclosures,
	}}
}

// source is what its publisher wrote, as HTML.
func (r reading) source() string {
	if r.markdown != "" {
		return fromMarkdown(r.markdown)
	}
	return cmp.Or(r.FullText, r.HTML)
}

// body is its text as markdown, without its title.
func (r reading) body() string {
	if r.markdown != "" {
		return r.markdown
	}
	return ui.Body(r.Article)
}

// page is all of it as one markdown text.
func (r reading) page() string { return ui.Page(r.Article, r.body()) }

// text is all of it as plain text, in lines of at most width cells; 0 for as
// long as they are.
func (r reading) text(width int) string {
	var b strings.Builder
	for _, line := range []string{r.Title, ui.Byline(r.Article), r.URL} {
		if line != "" {
			b.WriteString(line + "\n")
		}
	}
	b.WriteString("\n" + strings.TrimSpace(feed.Text(r.source())) + "\n")
	for _, p := range feed.Players(r.source(), r.URL) {
		fmt.Fprintf(&b, "\n%s\n%s\n", p.Said, p.URL)
	}
	for _, e := range r.Enclosures {
		fmt.Fprintf(&b, "\nEnclosure: %s\n%s\n", cmp.Or(e.Title, e.Type, "a file"), e.URL)
	}
	if width < 1 {
		return b.String()
	}
	return ansi.Wrap(b.String(), width, "")
}

// document is all of it as part of a web page, without anything that runs.
func (r reading) document() string {
	title := html.EscapeString(r.Title)
	if r.URL != "" {
		title = fmt.Sprintf("<a href=\"%s\">%s</a>", html.EscapeString(r.URL), title)
	}
	return fmt.Sprintf("<article>\n<h1>%s</h1>\n<p>%s</p>\n%s\n</article>\n",
		title, html.EscapeString(ui.Byline(r.Article)), strings.TrimSpace(harmless(r.source())))
}

// A full is an article with its content, as JSON has it.
type full struct {
	article
	content
}

// full is all of it for JSON.
func (r reading) full() full {
	source := r.source()
	f := full{described(r.Article), content{
		Markdown:   r.markdown,
		Text:       feed.Text(source),
		HTML:       harmless(source),
		Enclosures: listed(r.Enclosures),
	}}
	if f.Markdown == "" {
		f.Markdown = feed.Markdown(source, r.URL)
	}
	return f
}

// policy says what HTML may hold that leaves us: text, links, pictures.
var policy = sync.OnceValue(func() *bluemonday.Policy {
	p := bluemonday.UGCPolicy()
	p.AllowAttrs("class").Matching(regexp.MustCompile(`^[\w +#.:;-]*$`)).OnElements("code", "pre")
	return p
})

// harmless is a text in HTML without scripts, styles and frames. Of classes it
// has those that say what code is written in.
func harmless(html string) string {
	return feed.Safe(codeClass().ReplaceAllStringFunc(policy().Sanitize(html), func(tag string) string {
		m := codeClass().FindStringSubmatch(tag)
		if language := feed.Language(m[2]); language != "" {
			return m[1] + ` class="language-` + language + `"`
		}
		return m[1]
	}))
}

// codeClass is the start tag of code up to and with its class, as the policy
// writes it.
var codeClass = sync.OnceValue(func() *regexp.Regexp {
	return regexp.MustCompile(`(<(?:code|pre)\b[^<>]*?) class="([^"]*)"`)
})

// fromMarkdown is a markdown text as HTML; HTML within it is left out.
func fromMarkdown(text string) string {
	var b bytes.Buffer
	if err := goldmark.New(goldmark.WithExtensions(extension.GFM)).Convert([]byte(text), &b); err != nil {
		return "<pre>" + html.EscapeString(text) + "</pre>"
	}
	return b.String()
}
