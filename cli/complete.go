package cli

import (
	"os"
	"slices"
	"strings"

	"github.com/spf13/cobra"

	"app/newsterm/feed"
	"app/newsterm/store"
)

// dressCompletion puts cobra's own command for shells into our words.
func dressCompletion(root *cobra.Command) {
	root.InitDefaultCompletionCmd()
	c, _, err := root.Find([]string{"completion"})
	if err != nil {
		return
	}
	c.Use = "completion bash|zsh|fish|powershell"
	c.Short = "print the completions for a shell"
	c.Args = nil
	c.RunE = func(*cobra.Command, []string) error {
		return wrongly("say for which shell: newsterm completion bash, zsh, fish or powershell")
	}
}

// completeFeeds offers the titles of feeds to the shell, and not those that
// would be more than words there: bash inserts what several begin with as it
// is. It makes no file.
func (a *app) completeFeeds(c *cobra.Command, _ []string, _ string) ([]string, cobra.ShellCompDirective) {
	var names []string
	for _, f := range a.known(c) {
		if title := feed.Line(f.Title); !strings.ContainsAny(title, "$`;&|<>") {
			names = append(names, cobra.CompletionWithDesc(title, feed.Shown(f.URL)))
		}
	}
	return names, cobra.ShellCompDirectiveNoFileComp
}

// completeFeed is completeFeeds for a command that takes one.
func (a *app) completeFeed(c *cobra.Command, args []string, typed string) ([]string, cobra.ShellCompDirective) {
	if len(args) > 0 {
		return nil, cobra.ShellCompDirectiveNoFileComp
	}
	return a.completeFeeds(c, args, typed)
}

// completeFolders offers the folders that are there.
func (a *app) completeFolders(c *cobra.Command, _ []string, _ string) ([]string, cobra.ShellCompDirective) {
	var folders []string
	for _, f := range a.known(c) {
		if f.Folder != "" && !slices.Contains(folders, f.Folder) {
			folders = append(folders, f.Folder)
		}
	}
	return folders, cobra.ShellCompDirectiveNoFileComp
}

// completeTags offers the tags that are there.
func (a *app) completeTags(c *cobra.Command, _ []string, _ string) ([]string, cobra.ShellCompDirective) {
	var tags []string
	for _, f := range a.known(c) {
		tags = append(tags, f.Tags...)
	}
	return store.Tags(tags...), cobra.ShellCompDirectiveNoFileComp
}

// completeQuery offers the parts of the query language.
func (a *app) completeQuery(c *cobra.Command, _ []string, typed string) ([]string, cobra.ShellCompDirective) {
	words := []string{
		"is:unread", "is:read", "is:starred", "is:muted", "has:enclosure", "has:fulltext",
		"feed:", "in:", "tag:", "title:", "author:", "url:", "lang:", "since:", "before:",
		"sort:newest", "sort:oldest", "sort:feed", "sort:relevance",
	}
	key, _, _ := strings.Cut(typed, ":")
	if key == "feed" || key == "in" || key == "tag" {
		words = words[:0]
		for _, f := range a.known(c) {
			switch {
			case key == "feed":
				words = append(words, `feed:"`+strings.ReplaceAll(feed.Line(f.Title), `"`, "")+`"`)
			case key == "in" && f.Folder != "":
				words = append(words, store.FolderQuery(f.Folder).String())
			case key == "tag":
				for _, tag := range f.Tags {
					words = append(words, store.TagQuery(tag).String())
				}
			}
		}
		slices.Sort(words)
		words = slices.Compact(words)
	}
	return words, cobra.ShellCompDirectiveNoFileComp | cobra.ShellCompDirectiveNoSpace
}

// known is the feeds there are; none if there is no file yet.
func (a *app) known(c *cobra.Command) []store.Feed {
	path, err := a.path()
	if err != nil {
		return nil
	}
	if _, err := os.Stat(path); err != nil {
		return nil
	}
	if a.db, err = store.Open(path); err != nil {
		return nil
	}
	feeds, err := a.db.Feeds(c.Context())
	if err != nil {
		return nil
	}
	return feeds
}
