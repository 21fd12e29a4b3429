package cli

import (
	"context"
	"io"
	"os"
	"strings"

	"github.com/spf13/cobra"

	"app/newsterm/feed"
	"app/newsterm/store"
	"app/newsterm/ui"
)

// screen is `newsterm` without a command.
func (a *app) screen() *cobra.Command {
	return &cobra.Command{
		Use:   "newsterm [QUERY]",
		Short: "read the news in a terminal",
		Long: `Newsterm reads the news in a terminal: every article once, in order, offline.

Without a command it opens the screen and lists QUERY; at first, what is
unread. Press ? there to see every key. When its output goes into a pipe, the
article that is chosen with Enter is printed into the pipe as markdown.`,
		Example: `  newsterm
  newsterm is:starred since:7d
  newsterm | pandoc -o article.pdf
  newsterm add https://example.org`,
		Args:              a.queryNotCommand,
		ValidArgsFunction: a.completeQuery,
		RunE: func(c *cobra.Command, args []string) error {
			return a.openScreen(c.Context(), strings.Join(args, " "))
		},
	}
}

// queryNotCommand tells a mistyped command from a query.
func (a *app) queryNotCommand(c *cobra.Command, args []string) error {
	if len(args) == 0 || c.ArgsLenAtDash() == 0 {
		return nil
	}
	if like := c.SuggestionsFor(args[0]); len(like) > 0 {
		return wrongly("there is no command %q; did you mean %s? To search for it: newsterm -- %s",
			args[0], strings.Join(like, " or "), feed.Quoted(strings.Join(args, " ")))
	}
	return nil
}

// openScreen shows the screen, and prints what was chosen into a pipe.
func (a *app) openScreen(ctx context.Context, query string) error {
	conf, err := a.config()
	if err != nil {
		return err
	}
	if query == "" {
		query = conf.Query
	}
	q, err := store.ParseQuery(query)
	if err != nil {
		return err
	}
	tty, err := a.openTerminal()
	if err != nil {
		return err
	}
	defer tty.close()
	web, err := a.web(ctx)
	if err != nil {
		return err
	}
	web.Opened = a.Now()
	o := ui.Options{
		Library:    a.db,
		Refresher:  web,
		Subscriber: web,
		Importer:   importer{a.db, a.Getenv},
		Language:   a.language(),
		Keys:       conf.keymap(),
		Query:      q,
		Measure:    conf.Measure,
		Every:      conf.Refresh.Every.Duration,
		Now:        a.Now,
		Open:       func(ctx context.Context, address string) error { return a.browse(ctx, conf.Browser, address) },
		Openers:    conf.openers(),
		Targets:    conf.targets(),
		Player:     a.player(conf.Player),
		Start:      func(ctx context.Context, argv []string) error { return start(ctx, argv) },
		Format:     a.formatted,
		Lent:       a.lend,
		FullText:   a.keepFullText,
		Copy:       func(text string) error { return a.copyTo(tty.out, text) },
		Pictures:   a.pictures(conf.Images, a.profile(true), tty),
		Mouse:      conf.Mouse,
		Bidi:       a.visual(conf.Bidi),
		Numbered:   conf.Numbers,
		Pick:       tty.pick,
		In:         tty.in,
		Out:        tty.out,
	}
	if err := a.dressScreen(ctx, &o, conf); err != nil {
		return err
	}
	a.held.Add(1)
	id, err := ui.Run(ctx, o)
	a.held.Add(-1)
	if err != nil || !tty.pick {
		return err
	}
	return a.printPicked(ctx, id)
}

// formatted is an article as show prints it.
func (a *app) formatted(article store.Article, format string) (string, error) {
	var b strings.Builder
	p := pages{app: a, name: format, out: &b}
	err := p.print(reading{Article: article})
	return b.String(), err
}

// lend tells that the terminal is lent to another program, or given back.
func (a *app) lend(lent bool) {
	if lent {
		a.held.Add(1)
	} else {
		a.held.Add(-1)
	}
	if a.Lend != nil {
		a.Lend(lent)
	}
}

// printPicked prints the article that was chosen. The error is errNonePicked
// if there is none.
func (a *app) printPicked(ctx context.Context, id store.ArticleID) error {
	if id == 0 {
		return errNonePicked
	}
	article, err := a.db.Article(ctx, id)
	if err != nil {
		return err
	}
	_, err = io.WriteString(a.Out, ui.Page(article, ui.Body(article)))
	return err
}

// A console is what the screen is drawn on.
type console struct {
	in, out *os.File
	opened  *os.File // closed at the end; nil if there is nothing to close
	pick    bool     // standard output waits for an article
}

func (t console) close() {
	if t.opened != nil {
		t.opened.Close()
	}
}

// openTerminal finds a terminal to draw on: the one we were given, or, if
// standard input or output is something else, the one we were started from.
func (a *app) openTerminal() (console, error) {
	if a.Getenv("TERM") == "dumb" {
		return console{}, wrongly("this terminal (TERM=dumb) cannot show the screen; newsterm list and newsterm show work without it")
	}
	in, typed := terminal(a.In)
	out, drawn := terminal(a.Out)
	if typed && drawn {
		return console{in: in, out: out}, nil
	}
	tty, err := os.OpenFile("/dev/tty", os.O_RDWR, 0)
	if err != nil {
		return console{}, wrongly("there is no terminal to show the screen on; newsterm list and newsterm show work without one")
	}
	t := console{in: tty, out: tty, opened: tty, pick: !drawn}
	if typed {
		t.in = in
	}
	if drawn {
		t.out = out
	}
	return t, nil
}
