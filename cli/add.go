package cli

import (
	"context"
	"fmt"

	"github.com/spf13/cobra"

	"app/newsterm/feed"
	"app/newsterm/source"
)

// adding is how add adds.
type adding struct {
	title, folder string
	tags          []string
	all           bool
	anew          bool
	shelf         bool
}

// add subscribes to feeds.
func (a *app) add() *cobra.Command {
	var how adding
	var f format
	c := &cobra.Command{
		Use:   "add URL...",
		Short: "follow feeds",
		Long: `Follow the feeds at these addresses and fetch their articles. The file of a
feed will do, and so will the address of a page: newsterm knows where many sites
keep their feeds (YouTube, Reddit, Mastodon, Bluesky, GitHub, GitLab, Substack,
Medium and more), else it looks in the page, and at last in the usual places of
its server. The first feed is taken, and the others are listed. Feeds of
comments are taken only where there is nothing else, and never by --all.
Adding what is there already changes nothing, and nor does the address at which
a feed of yours was before; --anew follows what is there now as a feed of its
own.

exec: and a command line is the feed that a program prints. Its words may be
in double quotes; no shell reads them. It is run at each refresh, in your home
folder, and may take a minute.

--shelf adds nothing: it lists feeds to begin with, in your language first; with
words, those that have them all. The columns are subject, language, title, what
it is, and address.`,
		Example: `  newsterm add https://example.org
  newsterm add https://www.youtube.com/@example @ann@social.example.org
  newsterm add --title "The Example" --folder News/Local --tag sea \
    https://example.org/feed.xml
  newsterm add 'exec:/home/ann/bin/tides --port "Fort William"'
  newsterm add --shelf
  newsterm add --shelf linux | cut -f5 | xargs newsterm add --folder Linux`,
		Args: func(c *cobra.Command, args []string) error {
			if how.shelf {
				return nil
			}
			return some("an address")(c, args)
		},
		RunE: func(c *cobra.Command, args []string) error {
			if how.shelf {
				return a.shelf(args, f)
			}
			if f != (format{}) {
				return wrongly("--json and --format say how --shelf lists, and it is not there")
			}
			if how.title != "" && len(args) > 1 {
				return wrongly("--title names one feed, and there are %d addresses", len(args))
			}
			ctx := c.Context()
			web, err := a.web(ctx)
			if err != nil {
				return err
			}
			return each(ctx, a, args, func(typed string) error { return a.follow(ctx, web, typed, how) })
		},
	}
	c.Flags().StringVarP(&how.title, "title", "t", "", "call the feed `TITLE`")
	c.Flags().StringVarP(&how.folder, "folder", "f", "", "put it in `FOLDER`; A/B for a folder within a folder")
	c.Flags().StringArrayVar(&how.tags, "tag", nil, "tag it `TAG`; repeatable")
	c.Flags().BoolVar(&how.all, "all", false, "follow every feed that a page points at")
	c.Flags().BoolVar(&how.anew, "anew", false, "follow it though a feed of yours was there before")
	c.Flags().BoolVar(&how.shelf, "shelf", false, "list feeds to begin with")
	f.addTo(c, "table", "tsv", "json")
	c.RegisterFlagCompletionFunc("folder", a.completeFolders)
	c.RegisterFlagCompletionFunc("tag", a.completeTags)
	return c
}

// follow subscribes to the feed at what was typed.
func (a *app) follow(ctx context.Context, web *source.Web, typed string, how adding) error {
	address, err := source.Address(typed)
	if err != nil {
		return fmt.Errorf("add: %w", err)
	}
	s, err := web.Subscribe(ctx, feed.Sub{URL: address, Title: how.title, Folder: how.folder, Tags: how.tags, Anew: how.anew})
	if err != nil {
		return err
	}
	if err := a.announce(s); err != nil {
		return err
	}
	if how.all {
		return each(ctx, a, s.Found.Others, func(l feed.Link) error {
			s, err := s.Onward.Subscribe(ctx, feed.Sub{URL: l.URL, Folder: how.folder, Tags: how.tags})
			if err != nil {
				return err
			}
			return a.announce(s)
		})
	}
	if err := a.others(s.Found.Others, "this page points at %s more; --all follows them too:"); err != nil {
		return err
	}
	return a.others(s.Found.Comments, "and at %s of comments, to be added by address:")
}

// others lists feeds that were not followed, if there are any, below a line
// that says how many they are.
func (a *app) others(feeds []feed.Link, line string) error {
	if len(feeds) == 0 {
		return nil
	}
	fmt.Fprintf(a.Out, line+"\n", count(len(feeds), "feed"))
	for _, l := range feeds {
		if _, err := fmt.Fprintf(a.Out, "  %s  %s\n", feed.Shown(l.URL), feed.Line(l.Title)); err != nil {
			return err
		}
	}
	return nil
}

// announce says what came of subscribing.
func (a *app) announce(s source.Subscription) error {
	title, address := feed.Line(s.Feed.Title), feed.Shown(s.Feed.URL)
	did, words := "added", count(s.Feed.Total, "article")
	if !s.New {
		did = "already there:"
	}
	if s.Feed.Disabled { // as it was when it was left
		words += ", disabled"
	}
	if s.Elsewhere() {
		address += "; it was here before, and --anew follows what is here now"
	}
	_, err := fmt.Fprintf(a.Out, "%s %s (%s)  %s\n", did, title, words, address)
	return err
}
