package cli

import (
	"fmt"
	"strconv"
	"strings"

	"github.com/spf13/cobra"

	"app/newsterm/store"
)

// open shows articles in the browser.
func (a *app) open() *cobra.Command {
	return &cobra.Command{
		Use:   "open ID...",
		Short: "open articles in the browser",
		Long: `Open the pages of articles in the browser: that of the settings, or of
$BROWSER, or of the system.`,
		Example: `  newsterm open 42`,
		Args:    some("the number of an article"),
		RunE: func(c *cobra.Command, args []string) error {
			ctx := c.Context()
			conf, err := a.config()
			if err != nil {
				return err
			}
			db, err := a.library(ctx)
			if err != nil {
				return err
			}
			return each(ctx, a, args, func(ref string) error {
				id, err := articleID(ref)
				if err != nil {
					return err
				}
				article, err := db.Article(ctx, id)
				if err != nil {
					return noArticle(id, err)
				}
				if article.URL == "" {
					return fmt.Errorf("article %d has no address", id)
				}
				return a.browse(ctx, conf.Browser, article.URL)
			})
		},
	}
}

// articleID reads the number of an article, as list prints it.
func articleID(ref string) (store.ArticleID, error) {
	id, err := strconv.ParseInt(strings.TrimPrefix(ref, "#"), 10, 64)
	if err != nil || id < 1 {
		return 0, fmt.Errorf("%q is not the number of an article", ref)
	}
	return store.ArticleID(id), nil
}
