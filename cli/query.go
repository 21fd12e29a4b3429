package cli

import (
	"context"
	"fmt"
	"regexp"

	"github.com/spf13/cobra"

	"app/newsterm/store"
)

// excluded matches what a query leaves out, "-fishing", and no flag of a
// command that takes a query: those of one letter stand alone, or before a
// number.
var excluded = regexp.MustCompile(`^-([^-0-9][^0-9].*|[("].*)$`)

// negations writes "-fishing" among the words of a query as "NOT fishing", so
// that it is not taken for a flag. Other command lines are left as they are.
func negations(root *cobra.Command, args []string) []string {
	c, _, err := root.Find(args)
	if err != nil || c != root && c.Name() != "list" && c.Name() != "saved" {
		return args
	}
	words := make([]string, len(args))
	for i, arg := range args {
		if arg == "--" {
			copy(words[i:], args[i:])
			break
		}
		words[i] = excluded.ReplaceAllString(arg, "NOT $1")
	}
	return words
}

// query reads a query and opens the file it is for, with everything in it that
// the query may find.
func (a *app) query(ctx context.Context, text string) (store.Query, *store.DB, error) {
	q, err := store.ParseQuery(text)
	if err != nil {
		return q, nil, err
	}
	db, err := a.library(ctx)
	if err != nil {
		return q, nil, err
	}
	if err := a.tellStrangers(ctx, db, q); err != nil {
		return q, nil, err
	}
	return q, db, a.completeIndex(ctx, db, q)
}

// tellStrangers says which names in a query nothing has: it finds nothing by
// them, and that should not look like the want of news.
func (a *app) tellStrangers(ctx context.Context, db *store.DB, q store.Query) error {
	list, err := db.Strangers(ctx, q)
	for _, s := range list {
		why := map[string]string{
			"feed": "no feed has %q in its title or its address%s",
			"in":   "no folder is called %q%s",
			"tag":  "no feed has the tag %q%s",
		}[s.Key]
		a.tell(fmt.Errorf(why, s.Name, meant("", s.Name, s.Known)))
	}
	return err
}

// completeIndex puts into the index what refreshes have left out, if q needs
// it.
func (a *app) completeIndex(ctx context.Context, db *store.DB, q store.Query) error {
	if !q.Searches() {
		return nil
	}
	waiting, err := db.Waiting(ctx)
	if err != nil || waiting == 0 {
		return err
	}
	if waiting > pageful {
		a.tell(fmt.Errorf("%s must be indexed first", count(waiting, "article")))
	}
	return db.Index(ctx)
}
