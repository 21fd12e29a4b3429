package cli

import (
	"bufio"
	"context"
	"errors"
	"fmt"
	"io"
	"strings"

	"github.com/spf13/cobra"

	"app/newsterm/store"
)

// states are what mark can make of articles.
var states = map[string]struct {
	flag store.Flag
	on   bool
}{
	"read":      {store.Read, true},
	"unread":    {store.Read, false},
	"starred":   {store.Starred, true},
	"unstarred": {store.Starred, false},
}

// mark changes the marks of articles.
func (a *app) mark() *cobra.Command {
	var query string
	c := &cobra.Command{
		Use:   "mark read|unread|starred|unstarred REF...",
		Short: "mark articles read, unread, starred or unstarred",
		Long: `Mark the articles with these numbers, or those that a query chooses. With -
the numbers come from standard input, one a line; what follows a number on its
line does not matter, so the output of list will do. It is one step, which z
takes back on the screen.`,
		Example: `  newsterm mark read 42 43
  newsterm mark starred --query 'feed:example title:survey'
  newsterm list is:unread before:7d | newsterm mark read -`,
		ValidArgs: []string{"read", "unread", "starred", "unstarred"},
		Args: func(c *cobra.Command, args []string) error {
			switch {
			case len(args) == 0 || states[args[0]].flag == 0:
				return wrongly("say how to mark: newsterm mark read, unread, starred or unstarred, and the numbers of articles")
			case len(args) == 1 && !c.Flags().Changed("query"):
				return wrongly("say which articles: newsterm mark %s and their numbers, or --query, or - for standard input", args[0])
			case len(args) > 1 && c.Flags().Changed("query"):
				return wrongly("mark takes numbers or --query, not both")
			case c.Flags().Changed("query") && strings.TrimSpace(query) == "":
				return wrongly("--query is empty, and would choose every article; say which, as with --query is:unread")
			}
			return nil
		},
		RunE: func(c *cobra.Command, args []string) error {
			if c.Flags().Changed("query") {
				return a.markQuery(c.Context(), args[0], query)
			}
			return a.markEach(c.Context(), args[0], args[1:])
		},
	}
	c.Flags().StringVarP(&query, "query", "q", "", "mark what `QUERY` chooses")
	c.RegisterFlagCompletionFunc("query", a.completeQuery)
	return c
}

// markQuery marks what a query chooses.
func (a *app) markQuery(ctx context.Context, state, query string) error {
	q, db, err := a.query(ctx, query)
	if err != nil {
		return err
	}
	changed, err := db.MarkAll(ctx, states[state].flag, states[state].on, q, store.Moment{})
	if err != nil {
		return err
	}
	_, err = fmt.Fprintf(a.Out, "%s marked %s\n", count(changed, "article"), state)
	return err
}

// markEach marks the articles that refs name. Those that are not there are
// told, and the others marked all the same.
func (a *app) markEach(ctx context.Context, state string, refs []string) error {
	ids, bad := a.articleIDs(ctx, refs)
	if bad != nil && !errors.Is(bad, errTold) {
		return bad
	}
	db, err := a.library(ctx)
	if err != nil {
		return err
	}
	changed, err := db.Mark(ctx, states[state].flag, states[state].on, ids...)
	if err != nil {
		return err
	}
	missing, err := db.Missing(ctx, ids...)
	if err != nil {
		return err
	}
	err = each(ctx, a, missing, func(id store.ArticleID) error { return noArticle(id, store.ErrNotFound) })
	words := fmt.Sprintf("%s marked %s", count(changed, "article"), state)
	if same := len(ids) - changed - len(missing); same > 0 {
		words += fmt.Sprintf(", %d already %s", same, state)
	}
	_, told := fmt.Fprintln(a.Out, words)
	return errors.Join(bad, err, told)
}

// articleIDs reads numbers of articles, each once; "-" stands for those on
// standard input. The error is errTold if some were none.
func (a *app) articleIDs(ctx context.Context, refs []string) (ids []store.ArticleID, err error) {
	seen := map[store.ArticleID]bool{}
	take := func(ref string) error {
		id, err := articleID(ref)
		if err == nil && !seen[id] {
			seen[id] = true
			ids = append(ids, id)
		}
		return err
	}
	err = each(ctx, a, refs, func(ref string) error {
		if ref != "-" {
			return take(ref)
		}
		numbers, err := firstWords(a.In)
		return errors.Join(err, each(ctx, a, numbers, take))
	})
	return ids, err
}

// firstWords is the first word of each line that r brings.
func firstWords(r io.Reader) (words []string, err error) {
	lines := bufio.NewScanner(r)
	lines.Buffer(nil, 1<<20)
	for lines.Scan() {
		if fields := strings.Fields(lines.Text()); len(fields) > 0 {
			words = append(words, fields[0])
		}
	}
	if err := lines.Err(); err != nil {
		return nil, fmt.Errorf("read standard input: %w", err)
	}
	return words, nil
}
