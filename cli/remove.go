package cli

import (
	"fmt"

	"github.com/spf13/cobra"

	"app/newsterm/feed"
)

// remove leaves feeds.
func (a *app) remove() *cobra.Command {
	return &cobra.Command{
		Use:   "remove FEED...",
		Short: "leave feeds; nothing is deleted",
		Long: `Leave feeds. FEED is an address or a title, or a part of either that no other
feed has. Nothing is deleted: the feed is put away, its starred articles stay
in your lists, and adding it again brings back the rest with their marks.`,
		Example:           `  newsterm remove "The Example"`,
		Args:              some("the title or address of a feed"),
		ValidArgsFunction: a.completeFeeds,
		RunE: func(c *cobra.Command, args []string) error {
			ctx := c.Context()
			db, err := a.library(ctx)
			if err != nil {
				return err
			}
			return each(ctx, a, args, func(ref string) error {
				f, err := db.FindFeed(ctx, ref)
				if err != nil {
					return fmt.Errorf("remove: %w", noFeed(ref, err))
				}
				if err := db.Unsubscribe(ctx, f.ID); err != nil {
					return err
				}
				_, err = fmt.Fprintf(a.Out, "left %s; newsterm add %s brings it back with everything\n", feed.Line(f.Title), again(f.URL))
				return err
			})
		},
	}
}

// again is how a command line names the address of a feed that was left. One
// with a password is for its reader to remember.
func again(address string) string {
	if feed.Shown(address) != address {
		return "and its address"
	}
	return feed.Quoted(address)
}
