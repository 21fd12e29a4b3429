package cli

import (
	"context"
	"errors"
	"fmt"
	"slices"
	"strconv"
	"strings"

	"github.com/spf13/cobra"

	"app/newsterm/feed"
	"app/newsterm/source"
	"app/newsterm/store"
)

// editing is what edit is to change. What was not given stays.
type editing struct {
	given                                      func(flag string) bool
	title, folder, url, every, userAgent, keep string
	headers, tags                              []string
	fullText, noFullText, mute, un, offline    bool
	disable, enable                            bool
}

// settings are the flags that change something.
var settings = []string{
	"title", "folder", "tag", "url", "every", "keep", "user-agent", "header", "full-text", "no-full-text",
	"mute", "unmute", "disable", "enable",
}

// edit changes what a reader can set for a feed, or shows it.
func (a *app) edit() *cobra.Command {
	var how editing
	c := &cobra.Command{
		Use:   "edit FEED",
		Short: "change the settings of a feed, or show them",
		Long: `Change what is set for one feed, and print a line for each change. Without
flags the settings are shown. FEED is an address or a title, or a part of
either that no other feed has.

A new address is fetched first; if there is no feed, nothing is changed.
Articles and marks stay, whatever the address. A feed may be a file, and
exec: with a command line is the feed that a program prints.

Tags replace those that the feed had; newsterm list tag:NAME lists their
articles. With --keep, refresh drops what is read and has no star beyond the
newest N. A disabled feed stays as it is and is not fetched.

A header goes to the feed's own server and to no other that it points at.
Secrets in headers and addresses are kept in the file with your articles,
which only you can read, and are shown nowhere.`,
		Example: `  newsterm edit "The Example"
  newsterm edit example --title "My Example" --folder News/Local
  newsterm edit example --url https://example.org/new-feed.xml
  newsterm edit example --tag sea --tag "long reads"
  newsterm edit example --every 2h --keep 100 --full-text --mute
  newsterm edit example --header "Authorization: Bearer 1234"
  newsterm edit example --title "" --tag "" --every off --keep all --header "" \
    --no-full-text --unmute`,
		Args:              one("the title or address of a feed"),
		ValidArgsFunction: a.completeFeed,
		RunE: func(c *cobra.Command, args []string) error {
			how.given = c.Flags().Changed
			for _, pair := range [][2]string{{"full-text", "no-full-text"}, {"mute", "unmute"}, {"disable", "enable"}} {
				if how.given(pair[0]) && how.given(pair[1]) {
					return wrongly("--%s or --%s, not both", pair[0], pair[1])
				}
			}
			return a.editFeed(c.Context(), args[0], how)
		},
	}
	flags := c.Flags()
	flags.StringVarP(&how.title, "title", "t", "", "call it `TITLE`; \"\" for its publisher's")
	flags.StringVarP(&how.folder, "folder", "f", "", "put it in `FOLDER`, A/B for a folder within a folder; \"\" for none")
	flags.StringArrayVar(&how.tags, "tag", nil, "tag it `TAG`, and no more as it was; \"\" for none; repeatable")
	flags.StringVar(&how.url, "url", "", "read it from `ADDRESS` from now on")
	flags.BoolVar(&how.offline, "offline", false, "take the new address without looking at it")
	flags.StringVar(&how.every, "every", "", "fetch it every `TIME`, as in 30m, 2h or 1d; off for the usual")
	flags.StringVar(&how.keep, "keep", "", "keep the `N` newest of its articles, and those unread or starred; all for all")
	flags.StringVar(&how.userAgent, "user-agent", "", "be `NAME` to its server; \"\" for newsterm")
	flags.StringArrayVar(&how.headers, "header", nil, "send `\"NAME: VALUE\"` as well, \"NAME:\" no more; \"\" for none; repeatable")
	flags.BoolVar(&how.fullText, "full-text", false, "fetch the page of each new article")
	flags.BoolVar(&how.noFullText, "no-full-text", false, "do not")
	flags.BoolVar(&how.mute, "mute", false, "list its articles only when asked for")
	flags.BoolVar(&how.un, "unmute", false, "list them everywhere")
	flags.BoolVar(&how.disable, "disable", false, "do not fetch it")
	flags.BoolVar(&how.enable, "enable", false, "fetch it again")
	flags.SortFlags = false
	c.RegisterFlagCompletionFunc("folder", a.completeFolders)
	c.RegisterFlagCompletionFunc("tag", a.completeTags)
	return c
}

// editFeed changes the feed that ref names, or shows what is set.
func (a *app) editFeed(ctx context.Context, ref string, how editing) error {
	db, err := a.library(ctx)
	if err != nil {
		return err
	}
	old, err := db.FindFeed(ctx, ref)
	if err != nil {
		return fmt.Errorf("edit: %w", noFeed(ref, err))
	}
	if !slices.ContainsFunc(settings, how.given) {
		if how.offline {
			return wrongly("--offline goes with --url")
		}
		return a.showSettings(ctx, old)
	}
	asked, err := how.change(old)
	if err != nil {
		return err
	}
	if how.given("url") {
		return a.moveFeed(ctx, asked, how)
	}
	_, err = a.revise(ctx, asked, how)
	return err
}

// revise changes the feed as it is by now, whatever it was when asked was made
// of it, tells what has changed, and returns what it has become.
func (a *app) revise(ctx context.Context, asked store.Feed, how editing) (now store.Feed, err error) {
	var old store.Feed
	err = a.db.Change(ctx, func(f *store.Feed) {
		if old = *f; f.Archived {
			return
		}
		*f, _ = how.change(*f) // it went well for asked
		if how.given("url") {
			f.URL = asked.URL
		}
		now = *f
	}, asked.ID)
	switch {
	case err != nil:
		return now, err
	case old.Archived:
		return now, fmt.Errorf("edit: nothing was changed: %s has been left meanwhile", feed.Shown(asked.Title))
	}
	return now, a.tellChanges(old, now)
}

// moveFeed changes a feed and its address, and keeps what is there. While that
// is fetched, others may change the feed too.
func (a *app) moveFeed(ctx context.Context, asked store.Feed, how editing) error {
	web, err := a.web(ctx)
	if err != nil {
		return err
	}
	var doc *feed.Doc
	if asked.URL, doc, err = a.newAddress(ctx, web, asked, how); err != nil {
		return err
	}
	f, err := a.revise(ctx, asked, how)
	if err != nil || doc == nil {
		return err
	}
	added, err := web.Keep(ctx, f, doc)
	if err == nil && added > 0 {
		_, err = fmt.Fprintf(a.Out, "%s: %s\n", feed.Shown(f.Title), count(added, "new article"))
	}
	return err
}

// change is f with all that is given but a new address.
func (e editing) change(f store.Feed) (store.Feed, error) {
	var err error
	if e.given("title") {
		f.Name = feed.Line(e.title)
	}
	if e.given("folder") {
		f.Folder = store.Folder(e.folder)
	}
	if e.given("tag") {
		f.Tags = store.Tags(e.tags...)
	}
	if e.given("keep") {
		if f.Keep, err = kept(e.keep); err != nil {
			return f, err
		}
	}
	if e.given("every") {
		if f.Every, err = source.Interval(e.every); err != nil {
			return f, wrongly("--every is %w", err)
		}
	}
	if e.given("user-agent") {
		f.UserAgent = feed.Line(e.userAgent)
	}
	if e.given("header") {
		if f.Headers, err = changeHeaders(f.Headers, e.headers); err != nil {
			return f, err
		}
	}
	if e.given("full-text") || e.given("no-full-text") {
		f.FullText = e.given("full-text") && e.fullText || e.given("no-full-text") && !e.noFullText
	}
	if e.given("mute") || e.given("unmute") {
		f.Muted = e.given("mute") && e.mute || e.given("unmute") && !e.un
	}
	if e.given("disable") || e.given("enable") {
		f.Disabled = e.given("disable") && e.disable || e.given("enable") && !e.enable
	}
	return f, nil
}

// kept reads how many articles are kept; 0 for all.
func kept(typed string) (int, error) {
	switch strings.ToLower(strings.TrimSpace(typed)) {
	case "", "all":
		return 0, nil
	}
	n, err := strconv.ParseUint(strings.TrimSpace(typed), 10, 31)
	if err != nil {
		return 0, wrongly("--keep is a number of articles, or all, not %q", typed)
	}
	return int(n), nil
}

// changeHeaders sets and takes away headers: "" takes all away, "NAME:" one.
func changeHeaders(old string, changes []string) (string, error) {
	headers := feed.ReadHeaders(old)
	for _, change := range changes {
		if strings.TrimSpace(change) == "" {
			clear(headers)
			continue
		}
		name, value, err := feed.ReadHeader(change)
		if err != nil {
			return "", usageError{fmt.Errorf("--header: %w", err)}
		}
		headers.Del(name)
		if value != "" {
			headers.Set(name, value)
		}
	}
	return feed.WriteHeaders(headers), nil
}

// newAddress is the address that is given for f, and the feed that is there;
// nil if it was not to be fetched.
func (a *app) newAddress(ctx context.Context, web *source.Web, f store.Feed, how editing) (string, *feed.Doc, error) {
	if f.URL == source.HandbookURL {
		return "", nil, errors.New("edit: the handbook is inside the program and has no other address")
	}
	address, err := source.Address(how.url)
	if err != nil {
		return "", nil, fmt.Errorf("edit: %w", err)
	}
	if err := a.isFree(ctx, f.ID, address); err != nil || how.offline {
		return address, nil, err
	}
	f.URL = address
	doc, err := web.Look(ctx, f)
	if err != nil {
		return "", nil, fmt.Errorf("edit: nothing was changed: %s: %w", feed.Shown(address), err)
	}
	return doc.URL, doc, a.isFree(ctx, f.ID, doc.URL)
}

// isFree reports an address that another feed has.
func (a *app) isFree(ctx context.Context, id store.FeedID, address string) error {
	feeds, err := a.db.Feeds(ctx)
	if err != nil {
		return err
	}
	left, err := a.db.Archived(ctx)
	if err != nil {
		return err
	}
	for _, f := range append(feeds, left...) {
		if f.URL != address || f.ID == id {
			continue
		}
		if f.Archived {
			return fmt.Errorf("edit: nothing was changed: %s is the address of %s, which you have left; newsterm add brings that back",
				feed.Shown(address), feed.Shown(f.Title))
		}
		return fmt.Errorf("edit: nothing was changed: %s is the address of %s already", feed.Shown(address), feed.Shown(f.Title))
	}
	return nil
}
