package cli

import (
	"context"
	"errors"
	"fmt"
	"os"
	"os/exec"
	"slices"
	"strconv"
	"strings"

	"github.com/spf13/cobra"

	"app/newsterm/store"
	"app/newsterm/ui"
)

// open shows articles in the browser, or plays what comes with them.
func (a *app) open() *cobra.Command {
	enclosure := 0
	c := &cobra.Command{
		Use:   "open ID...",
		Short: "open articles in the browser",
		Long: `Open the pages of articles: with the first [[open]] of the settings that is for
the address, or in the browser, which is that of the settings, or of $BROWSER,
or of the system.

With --enclosure, open what comes with the articles instead, such as the sound
of a podcast: with the player of the settings, or mpv, or vlc. Of several, N
says which; the first if it does not.`,
		Example: `  newsterm open 42
  newsterm open --enclosure 42
  newsterm open --enclosure=2 42`,
		Args: some("the number of an article"),
		RunE: func(c *cobra.Command, args []string) error {
			if c.Flags().Changed("enclosure") && enclosure < 1 {
				return wrongly("--enclosure is which of what comes with an article, 1 for the first")
			}
			conf, err := a.config()
			if err != nil {
				return err
			}
			if _, err := a.library(c.Context()); err != nil {
				return err
			}
			return each(c.Context(), a, args, func(ref string) error {
				return a.openRef(c.Context(), conf, ref, enclosure)
			})
		},
	}
	c.Flags().IntVarP(&enclosure, "enclosure", "e", 0, "open the `N`th file that comes with it")
	c.Flags().Lookup("enclosure").NoOptDefVal = "1"
	return c
}

// openRef opens the page of an article, or the nth file that comes with it.
func (a *app) openRef(ctx context.Context, conf Config, ref string, nth int) error {
	id, err := articleID(ref)
	if err != nil {
		return err
	}
	article, err := a.db.Article(ctx, id)
	if err != nil {
		return noArticle(id, err)
	}
	files := article.Enclosures
	switch {
	case nth > 0 && len(files) == 0:
		return fmt.Errorf("nothing comes with article %d", id)
	case nth > len(files):
		return fmt.Errorf("article %d comes with %d, and there is no number %d", id, len(files), nth)
	case nth > 0:
		return a.openAddress(ctx, conf, article, files[nth-1].URL, ui.Plays(files[nth-1]))
	case article.URL == "":
		return fmt.Errorf("article %d has no address", id)
	}
	return a.openAddress(ctx, conf, article, article.URL, false)
}

// openAddress opens an address of an article with the first opener that is
// for it, or with the player if it plays, or in the browser.
func (a *app) openAddress(ctx context.Context, conf Config, article store.Article, address string, plays bool) error {
	openers := conf.openers()
	if i := slices.IndexFunc(openers, func(o ui.Opener) bool { return o.Opens(address) }); i >= 0 {
		return a.openWith(ctx, openers[i], article, address)
	}
	if player := a.player(conf.Player); plays && player.Run != nil {
		return a.openWith(ctx, player, article, address)
	}
	return a.browse(ctx, conf.Browser, address)
}

// openWith runs an opener. One that has the terminal, or reads a file of ours,
// is waited for.
func (a *app) openWith(ctx context.Context, o ui.Opener, article store.Article, address string) error {
	file := ""
	if o.NeedsFile() {
		f, err := os.CreateTemp("", "newsterm-*.md")
		if err != nil {
			return err
		}
		defer os.Remove(f.Name())
		_, err = f.WriteString(ui.Page(article, ui.Body(article)))
		if err := errors.Join(err, f.Close()); err != nil {
			return err
		}
		file = f.Name()
	}
	argv, err := o.Words(article, address, file)
	if err != nil {
		return err
	}
	if !o.Terminal && file == "" {
		err = start(ctx, argv)
	} else {
		err = a.runHere(ctx, argv)
	}
	if err != nil {
		return fmt.Errorf("open article %d: %w", article.ID, err)
	}
	return nil
}

// runHere runs a program on our terminal until it ends. Ctrl-C is for it.
func (a *app) runHere(ctx context.Context, argv command) error {
	c := exec.CommandContext(ctx, argv[0], argv[1:]...)
	c.Stdin, c.Stdout, c.Stderr = a.In, a.Out, a.Err
	a.lend(true)
	defer a.lend(false)
	if err := c.Run(); err != nil {
		return fmt.Errorf("%s: %w", argv[0], err)
	}
	return nil
}

// articleID reads the number of an article, as list prints it.
func articleID(ref string) (store.ArticleID, error) {
	id, err := strconv.ParseInt(strings.TrimPrefix(ref, "#"), 10, 64)
	if err != nil || id < 1 {
		return 0, fmt.Errorf("%q is not the number of an article", ref)
	}
	return store.ArticleID(id), nil
}
