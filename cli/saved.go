package cli

import (
	"context"
	"errors"
	"fmt"
	"slices"
	"strings"

	"github.com/spf13/cobra"

	"app/newsterm/feed"
	"app/newsterm/store"
)

// saved keeps queries by name, and prints them.
func (a *app) saved() *cobra.Command {
	var f format
	var remove bool
	c := &cobra.Command{
		Use:   "saved [NAME [QUERY...]]",
		Short: "keep queries by name, and print them",
		Long: `Keep queries by name. Without a name, all are listed with their queries: on a
terminal as a table, in a pipe with tabs between, and with --json each line is
an object. With a name, its query is printed and nothing else, so that it can
stand in another command. With a query, it is kept by that name; one that had
the name is replaced. The case of a name does not matter.

newsterm import keeps the query feeds of newsboat here.`,
		Example: `  newsterm saved
  newsterm saved Tech "is:unread in:Tech"
  newsterm list "$(newsterm saved Tech)"
  newsterm saved --remove Tech`,
		ValidArgsFunction: a.completeSaved,
		RunE: func(c *cobra.Command, args []string) error {
			ctx := c.Context()
			switch {
			case len(args) > 0 && (f.json || f.name != ""):
				return wrongly("--format and --json are for the list: newsterm saved, without a name")
			case remove && len(args) != 1:
				return wrongly("--remove needs one name: newsterm saved --remove NAME")
			case remove:
				return a.dropQuery(ctx, args[0])
			case len(args) == 0:
				return a.listSaved(ctx, f)
			case len(args) == 1:
				return a.printSaved(ctx, args[0])
			}
			return a.saveQuery(ctx, args[0], strings.Join(args[1:], " "))
		},
	}
	f.addTo(c, "table", "tsv", "json")
	c.Flags().BoolVar(&remove, "remove", false, "forget the query of that name")
	return c
}

// A savedQuery is a saved query as JSON has it.
type savedQuery struct {
	Name  string `json:"name"`
	Query string `json:"query"`
}

// listSaved prints names and queries.
func (a *app) listSaved(ctx context.Context, f format) error {
	name, err := a.listFormat(f)
	if err != nil {
		return err
	}
	db, err := a.library(ctx)
	if err != nil {
		return err
	}
	list, err := db.Queries(ctx)
	if err != nil {
		return err
	}
	lines := jsonLines(a.Out)
	t := a.table(name == "tsv", column{most: 40, main: true}, column{})
	for _, q := range list {
		if name == "json" {
			err = lines.Encode(savedQuery(q))
		} else {
			err = t.row(q.Name, q.Query)
		}
		if err != nil {
			return err
		}
	}
	return t.close()
}

// printSaved prints one query.
func (a *app) printSaved(ctx context.Context, name string) error {
	q, err := a.savedQuery(ctx, name)
	if err != nil {
		return err
	}
	_, err = fmt.Fprintln(a.Out, q.Query)
	return err
}

// saveQuery keeps a query, and tells which one it replaces.
func (a *app) saveQuery(ctx context.Context, name, query string) error {
	if feed.Line(name) == "" {
		return wrongly("a saved query needs a name: newsterm saved NAME QUERY")
	}
	if _, err := store.ParseQuery(query); err != nil {
		return err
	}
	db, err := a.library(ctx)
	if err != nil {
		return err
	}
	had, found, err := savedAs(ctx, db, name)
	if err != nil {
		return err
	}
	if err := db.SaveQuery(ctx, name, query); err != nil {
		return err
	}
	words := fmt.Sprintf("saved %s: %s", feed.Line(name), feed.Line(query))
	if found && !sameQuery(had.Query, query) {
		words += "; it was: " + had.Query
	}
	_, err = fmt.Fprintln(a.Out, words)
	return err
}

// dropQuery forgets a saved query.
func (a *app) dropQuery(ctx context.Context, name string) error {
	had, err := a.savedQuery(ctx, name)
	if err != nil {
		return err
	}
	if err := a.db.DropQuery(ctx, name); err != nil {
		return err
	}
	_, err = fmt.Fprintf(a.Out, "removed %s; it was: %s\n", had.Name, had.Query)
	return err
}

// savedQuery is the saved query of that name, which must be there.
func (a *app) savedQuery(ctx context.Context, name string) (store.SavedQuery, error) {
	db, err := a.library(ctx)
	if err != nil {
		return store.SavedQuery{}, err
	}
	q, found, err := savedAs(ctx, db, name)
	if err == nil && !found {
		err = fmt.Errorf("no saved query is called %q; newsterm saved lists them", name)
	}
	return q, err
}

// savedAs is the saved query of that name, if there is one.
func savedAs(ctx context.Context, db *store.DB, name string) (q store.SavedQuery, found bool, err error) {
	list, err := db.Queries(ctx)
	i := slices.IndexFunc(list, func(q store.SavedQuery) bool { return store.SameName(q.Name, name) })
	if err != nil || i < 0 {
		return store.SavedQuery{}, false, err
	}
	return list[i], true, nil
}

// keepQuery saves a query that comes in a file, and reports that it was not
// there. The error is a badRecord if it cannot be kept, as when its name is
// that of another query.
func keepQuery(ctx context.Context, db *store.DB, q store.SavedQuery, dry bool) (added bool, err error) {
	if feed.Line(q.Name) == "" {
		return false, badRecord("it has no name")
	}
	if _, err := store.ParseQuery(q.Query); err != nil {
		if bad := (*store.QueryError)(nil); errors.As(err, &bad) {
			return false, badRecord("its query cannot be read: " + bad.Why)
		}
		return false, err
	}
	had, found, err := savedAs(ctx, db, q.Name)
	switch {
	case err != nil:
		return false, err
	case found && !sameQuery(had.Query, q.Query):
		return false, badRecord("there is another of that name: " + had.Query)
	case found || dry:
		return !found, nil
	}
	return true, db.SaveQuery(ctx, q.Name, q.Query)
}

// sameQuery reports whether two texts are one query.
func sameQuery(a, b string) bool {
	p, err := store.ParseQuery(a)
	q, err2 := store.ParseQuery(b)
	return err == nil && err2 == nil && p == q
}

// completeSaved offers the names of saved queries to the shell, and then the
// parts of the query language.
func (a *app) completeSaved(c *cobra.Command, args []string, typed string) ([]string, cobra.ShellCompDirective) {
	if len(args) > 0 {
		return a.completeQuery(c, args, typed)
	}
	var names []string
	if a.known(c); a.db == nil {
		return nil, cobra.ShellCompDirectiveNoFileComp
	}
	list, _ := a.db.Queries(c.Context()) // nothing can be offered then
	for _, q := range list {
		names = append(names, cobra.CompletionWithDesc(feed.Line(q.Name), feed.Line(q.Query)))
	}
	return names, cobra.ShellCompDirectiveNoFileComp
}
