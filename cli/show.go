package cli

import (
	"context"
	"errors"
	"fmt"
	"io"
	"os"
	"strings"

	"github.com/muesli/termenv"
	"github.com/spf13/cobra"

	"app/newsterm/feed"
	"app/newsterm/source"
	"app/newsterm/store"
	"app/newsterm/ui"
)

// showing is how show prints.
type showing struct {
	format
	width int
	full  bool
}

// show prints articles.
func (a *app) show() *cobra.Command {
	var s showing
	c := &cobra.Command{
		Use:   "show REF...",
		Short: "print articles",
		Long: `Print articles. REF is the number of an article, as list prints it, or the
address of a web page, or a file, or - for standard input. Of a page, only the
article is printed and not what surrounds it; markdown and plain text will do
as well.

On a terminal articles are styled, and shown with $PAGER if they are long. In
a pipe they are markdown. With --json each article is an object on a line.
Showing an article does not mark it read.`,
		Example: `  newsterm show 42
  newsterm show https://example.org/an-article
  newsterm show --format text --width 72 42 43
  curl -s https://example.org/page | newsterm show -`,
		Args: some("the number of an article, an address or a file"),
		RunE: func(c *cobra.Command, args []string) error {
			return a.showAll(c.Context(), s, args)
		},
	}
	s.addTo(c, formats...)
	c.Flags().IntVarP(&s.width, "width", "w", 0, "lines of at most `N` cells (ansi, text)")
	c.Flags().BoolVar(&s.full, "full", false, "fetch the whole article from its page, and keep it")
	return c
}

// formats are those of an article.
var formats = []string{"markdown", "text", "html", "json", "ansi"}

// showAll prints what args name; what cannot be printed is told, and the rest
// is printed all the same.
func (a *app) showAll(ctx context.Context, s showing, args []string) error {
	tty, onTerminal := terminal(a.Out)
	otherwise := "markdown"
	if onTerminal || a.color == "always" {
		otherwise = "ansi"
	}
	name, err := s.choose(otherwise, formats...)
	if err != nil {
		return err
	}
	if s.width < 0 {
		return wrongly("--width is a number of cells, not %d", s.width)
	}
	conf, err := a.config()
	if err != nil {
		return err
	}
	p := pages{app: a, name: name, width: s.width, out: a.Out}
	if name == "ansi" {
		if err := p.dress(conf, onTerminal); err != nil {
			return err
		}
	}
	var long strings.Builder
	if onTerminal && name == "ansi" {
		p.out = &long
	}
	err = each(ctx, a, args, func(ref string) error {
		r, err := a.read(ctx, ref, s.full)
		if err != nil {
			return err
		}
		return p.print(r)
	})
	if p.out == &long && long.Len() > 0 && ctx.Err() == nil {
		return errors.Join(a.page(ctx, tty, conf.Pager, long.String()), err)
	}
	return err
}

// pages prints articles one after the other.
type pages struct {
	*app
	name    string // of the format
	width   int
	theme   ui.Theme
	out     io.Writer
	printed int
}

// dress chooses colours and width for the format ansi.
func (p *pages) dress(conf Config, onTerminal bool) (err error) {
	profile := p.profile(true)
	if profile == termenv.Ascii && !onTerminal && p.color == "auto" && p.Getenv("NO_COLOR") == "" {
		profile = termenv.ANSI // asked for by name, though nobody knows for which terminal
	}
	p.theme, err = p.app.theme(conf.Theme, profile)
	p.theme.Visual = onTerminal && p.visual(conf.Bidi)
	if p.width == 0 {
		width, _ := size(p.Out)
		p.width = min(width, conf.Measure)
	}
	return err
}

// print prints one article.
func (p *pages) print(r reading) error {
	text, err := p.text(r)
	if err != nil {
		return err
	}
	if p.printed++; p.printed > 1 && p.name != "json" && p.name != "html" {
		text = "\n---\n\n" + text
	}
	if p.printed == 1 && p.name == "html" {
		text = "<!doctype html>\n<meta charset=\"utf-8\">\n" + text
	}
	_, err = io.WriteString(p.out, text)
	return err
}

// text is an article in the format that was chosen.
func (p *pages) text(r reading) (string, error) {
	switch p.name {
	case "json":
		var b strings.Builder
		err := jsonLines(&b).Encode(r.full())
		return b.String(), err
	case "html":
		return r.document(), nil
	case "text":
		return r.text(p.width), nil
	case "ansi":
		lines, err := ui.Render(r.page(), p.width, p.theme)
		return strings.Join(lines, "\n") + "\n", err
	}
	return r.page(), nil
}

// read finds what ref names: an article, a page, a file or standard input.
func (a *app) read(ctx context.Context, ref string, whole bool) (reading, error) {
	if ref == "-" {
		return extract("standard input", a.In)
	}
	if id, err := articleID(ref); err == nil {
		return a.stored(ctx, id, whole)
	}
	info, err := os.Stat(ref)
	isFile := err == nil
	if !isFile && !strings.HasPrefix(ref, "http://") && !strings.HasPrefix(ref, "https://") {
		return reading{}, fmt.Errorf("show %s: this is neither the number of an article nor an address nor a file", feed.Shown(ref))
	}
	if isFile && !info.Mode().IsRegular() && !info.IsDir() { // what a shell makes of <(…)
		f, err := os.Open(ref)
		if err != nil {
			return reading{}, err
		}
		defer f.Close()
		return extract(ref, f)
	}
	address, err := source.Address(ref)
	if err != nil {
		return reading{}, err
	}
	page, err := (&feed.Client{}).Page(ctx, address)
	if err != nil {
		return reading{}, fmt.Errorf("show %s: %w", feed.Shown(ref), err)
	}
	return ofPage(page), nil
}

// extract is the article in what r brings.
func extract(name string, r io.Reader) (reading, error) {
	text, err := readAll(r)
	if err != nil {
		return reading{}, fmt.Errorf("show %s: %w", name, err)
	}
	page, err := feed.Extract(text, "", "")
	if err != nil {
		return reading{}, fmt.Errorf("show %s: %w", name, err)
	}
	return ofPage(page), nil
}

// maxInput is the most bytes that are read from a pipe.
const maxInput = 20 << 20

// readAll is all that r brings. The error is feed.ErrTooBig if that is more
// than any feed or page has.
func readAll(r io.Reader) ([]byte, error) {
	text, err := io.ReadAll(io.LimitReader(r, maxInput+1))
	if err == nil && len(text) > maxInput {
		err = feed.ErrTooBig
	}
	return text, err
}

// stored is an article of the store; whole asks for that of its page.
func (a *app) stored(ctx context.Context, id store.ArticleID, whole bool) (reading, error) {
	db, err := a.library(ctx)
	if err != nil {
		return reading{}, err
	}
	article, err := db.Article(ctx, id)
	if err != nil {
		return reading{}, noArticle(id, err)
	}
	if !whole || article.FullText != "" {
		return reading{Article: article}, nil
	}
	if article.URL == "" {
		return reading{}, fmt.Errorf("article %d has no address, so there is no page to fetch", id)
	}
	if err := a.keepFullText(ctx, article); err != nil {
		return reading{}, fmt.Errorf("fetch article %d: %w", id, err)
	}
	if err := db.IndexSome(ctx, 1); err != nil {
		return reading{}, err
	}
	article, err = db.Article(ctx, id)
	return reading{Article: article}, err
}

// keepFullText fetches the page of an article and keeps the text in it.
func (a *app) keepFullText(ctx context.Context, article store.Article) error {
	page, err := a.fullPage(ctx, article)
	if err != nil {
		return err
	}
	text := ofPage(page).source()
	if strings.TrimSpace(text) == "" {
		return errors.New("there is no text to read on its page")
	}
	return a.db.SaveFullText(ctx, article.ID, text)
}

// fullPage fetches the page of an article, as is set for its feed.
func (a *app) fullPage(ctx context.Context, article store.Article) (*feed.Page, error) {
	web, err := a.web(ctx)
	if err != nil {
		return nil, err
	}
	f, err := a.feedOf(ctx, article)
	if err != nil {
		return nil, err
	}
	return web.Page(ctx, f, article.URL)
}
