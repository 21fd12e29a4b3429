package cli

import (
	"fmt"

	"github.com/spf13/cobra"
)

// prune drops old articles, when it is asked to.
func (a *app) prune() *cobra.Command {
	var keep int
	var dry bool
	c := &cobra.Command{
		Use:   "prune --keep N",
		Short: "drop old articles that are read and have no star",
		Long: `Drop articles that are read and have no star, but for the N newest of each
feed. They do not come back with the next refresh. Nothing is ever dropped but
by this command, and of the feeds for which newsterm edit --keep asks it.`,
		Example: `  newsterm prune --keep 100 --dry-run
  newsterm prune --keep 100`,
		Args: none,
		RunE: func(c *cobra.Command, _ []string) error {
			if !c.Flags().Changed("keep") || keep < 0 {
				return wrongly("say how many articles of each feed to keep: newsterm prune --keep 100")
			}
			db, err := a.library(c.Context())
			if err != nil {
				return err
			}
			n, err := db.Prune(c.Context(), keep, dry)
			if err != nil {
				return err
			}
			words := "dropped"
			if dry {
				words = "would be dropped"
			}
			_, err = fmt.Fprintf(a.Out, "%s %s\n", count(n, "article"), words)
			return err
		},
	}
	c.Flags().IntVarP(&keep, "keep", "k", 0, "leave the `N` newest articles of each feed")
	c.Flags().BoolVar(&dry, "dry-run", false, "only say how many it would be")
	return c
}
