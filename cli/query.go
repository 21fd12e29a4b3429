package cli

import (
	"context"
	"fmt"
	"regexp"
	"slices"
	"strings"

	"github.com/spf13/cobra"
	"github.com/spf13/pflag"

	"app/newsterm/store"
)

// excluded matches what a query leaves out, "-fishing", and no flag of a
// command that takes a query: those of one letter stand alone, or before a
// number.
var excluded = regexp.MustCompile(`^-([^-0-9][^0-9].*|[("].*)$`)

// negations writes "-fishing" among the words of a query as "NOT fishing", so
// that it is not taken for a flag. Values of flags and other command lines are
// left as they are.
func negations(root *cobra.Command, args []string) []string {
	c, _, err := root.Find(args)
	if err != nil || c != root && c.Name() != "list" && c.Name() != "saved" && c.Name() != "mute" {
		return args
	}
	words := slices.Clone(args)
	isValue := false
	for i, arg := range args {
		switch {
		case isValue:
			isValue = false
		case arg == "--":
			return words
		default:
			words[i] = excluded.ReplaceAllString(arg, "NOT $1")
			isValue = wantsValue(c, arg)
		}
	}
	return words
}

// wantsValue reports whether arg is a flag of c whose value comes after it.
func wantsValue(c *cobra.Command, arg string) bool {
	var f *pflag.Flag
	if name, long := strings.CutPrefix(arg, "--"); long {
		f = c.Flag(name)
	} else if len(arg) == 2 && arg[0] == '-' {
		f = c.Flags().ShorthandLookup(arg[1:])
	}
	return f != nil && f.NoOptDefVal == ""
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
		a.tell(fmt.Errorf("%v%s", s, meant("", s.Name, s.Known)))
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
