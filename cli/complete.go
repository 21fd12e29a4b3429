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
// would be more than words there. It makes no file.
func (a *app) completeFeeds(c *cobra.Command, _ []string, _ string) ([]string, cobra.ShellCompDirective) {
	var names []string
	for _, f := range a.known(c) {
		if title := feed.Line(f.Title); plainWords(title) {
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
	key, begun, named := strings.Cut(typed, ":")
	if query := queryOf[key]; named && query != nil {
		words = namesLike(key, begun, a.names(c, key), query)
	}
	return words, cobra.ShellCompDirectiveNoFileComp | cobra.ShellCompDirectiveNoSpace
}

// queryOf makes a query of a name, in quotes if it needs some.
var queryOf = map[string]func(name string) store.Query{"feed": store.NamedQuery, "in": store.FolderQuery, "tag": store.TagQuery}

// names are those that a key of the query language may have behind it, but for
// those that would be more than words to a shell.
func (a *app) names(c *cobra.Command, key string) (names []string) {
	for _, f := range a.known(c) {
		switch key {
		case "feed":
			names = append(names, feed.Line(f.Title))
		case "in":
			names = append(names, f.Folder)
		case "tag":
			names = append(names, f.Tags...)
		}
	}
	names = slices.DeleteFunc(names, func(name string) bool { return name == "" || !plainWords(name) })
	slices.Sort(names)
	return slices.Compact(names)
}

// plainWords reports whether a shell takes text for nothing but words: bash
// inserts what several completions begin with as it is.
func plainWords(text string) bool { return !strings.ContainsAny(text, "$`;&|<>") }

// namesLike are the names that begin with what was typed behind a key, as
// queries, whatever the case and the accents. Shells drop what does not begin
// with the very letters that were typed, so these stay. A name in quotes does
// not, if none was typed; of a feed, its first word does if no other has it.
func namesLike(key, begun string, names []string, query func(string) store.Query) (words []string) {
	typed, inQuotes := strings.CutPrefix(begun, `"`)
	isPlain := func(name string) bool { return query(name).String() == key+":"+name }
	for _, name := range names {
		rest, ok := cutBegun(name, typed)
		first, _, _ := strings.Cut(rest, " ")
		switch {
		case !ok:
			continue
		case inQuotes:
			words = append(words, key+`:"`+typed+strings.NewReplacer(`\`, `\\`, `"`, `\"`).Replace(rest)+`"`)
		case isPlain(name):
			words = append(words, key+":"+typed+rest)
		default:
			words = append(words, query(name).String())
			if part := typed + first; key == "feed" && typed != "" && isPlain(part) && isOnlyOne(part, names) {
				words = append(words, "feed:"+part)
			}
		}
	}
	return words
}

// cutBegun is what is left of a name behind what it begins with, whatever the
// case and the accents.
func cutBegun(name, begun string) (rest string, ok bool) {
	for at := range name + " " {
		if store.SameName(name[:at], begun) && strings.HasSuffix(name[:at], " ") == strings.HasSuffix(begun, " ") {
			return name[at:], true
		}
	}
	return "", false
}

// isOnlyOne reports whether one of names alone has a part that is so.
func isOnlyOne(part string, names []string) bool {
	n := 0
	for _, name := range names {
		if strings.Contains(strings.ToLower(name), strings.ToLower(part)) {
			n++
		}
	}
	return n == 1
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
