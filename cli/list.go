package cli

import (
	"bufio"
	"context"
	"strconv"
	"strings"
	"text/template"
	"time"

	"github.com/spf13/cobra"

	"app/newsterm/store"
)

// minutes is how lists write a time, in the reader's zone.
const minutes = "2006-01-02 15:04"

// pageful is how many articles are read at a time.
const pageful = 500

// list prints one article a line.
func (a *app) list() *cobra.Command {
	var f format
	var limit int
	c := &cobra.Command{
		Use:   "list [QUERY]",
		Short: "list articles, one a line",
		Long: `List the articles that QUERY chooses, or all of them, newest first: number,
marks, date, feed, title. The marks are two letters, "u" for unread and "s"
for starred. On a terminal it is a table, in a pipe there are tabs between.

With --json each line is an object; what is not known is left out. A template
is that of Go, with the fields ID, Marks, Date, Feed, FeedURL, Folder, GUID,
URL, CommentsURL, Title, Authors, Categories, Published, Updated, Arrived,
Read, Starred and Summary, and the functions join and json.`,
		Example: `  newsterm list is:unread since:2d
  newsterm list feed:example 'coral OR reef' -fishing
  newsterm list --json is:starred | jq -r .url
  newsterm list --format '{{.ID}}\t{{.Title}}' sort:oldest
  newsterm list --format '{{.Published.Format "2 Jan"}} {{join .Authors ", "}}'`,
		ValidArgsFunction: a.completeQuery,
		RunE: func(c *cobra.Command, args []string) error {
			p, err := a.printer(f)
			if err != nil {
				return err
			}
			return a.printList(c.Context(), strings.Join(args, " "), limit, p)
		},
	}
	f.addTo(c, "table", "tsv", "json")
	c.Flags().Lookup("format").Usage = "print as `FORMAT`: table, tsv, json, or a template"
	c.Flags().IntVarP(&limit, "limit", "n", 0, "at most `N` articles; 0 for all")
	return c
}

// A printer prints articles one after the other.
type printer struct {
	print func(article) error
	close func() error
}

// printer is what f asks for.
func (a *app) printer(f format) (printer, error) {
	if strings.Contains(f.name, "{{") && !f.json {
		return a.templatePrinter(f.name)
	}
	name, err := a.listFormat(f, "a template such as '{{.ID}} {{.Title}}'")
	if err != nil {
		return printer{}, err
	}
	if name == "json" {
		w := bufio.NewWriter(a.Out)
		lines := jsonLines(w)
		return printer{func(x article) error { return lines.Encode(x) }, w.Flush}, nil
	}
	const date, from = 2, 3
	t := a.table(name == "tsv", column{most: 8, right: true}, column{most: 2}, column{most: len(minutes), short: dayOnly}, column{most: 24}, column{main: true}).
		yielding(yield{date, shortly}, yield{from, 12}, yield{date, away}, yield{from, away})
	return printer{func(x article) error {
		return t.row(strconv.FormatInt(int64(x.ID), 10), x.Marks(), clock(x.Date), x.Feed, x.Title)
	}, t.close}, nil
}

// templatePrinter prints each article through a template, on a line.
func (a *app) templatePrinter(text string) (printer, error) {
	t, err := parseTemplate(text, article{})
	if err != nil {
		return printer{}, err
	}
	w := bufio.NewWriter(a.Out)
	return printer{func(x article) error { return printTemplate(w, t, x) }, w.Flush}, nil
}

func printTemplate(w *bufio.Writer, t *template.Template, x article) error {
	if err := t.Execute(w, x); err != nil {
		return err
	}
	return w.WriteByte('\n')
}

// printList prints what query chooses, page by page.
func (a *app) printList(ctx context.Context, query string, limit int, p printer) error {
	if limit < 0 {
		return wrongly("--limit is a number of articles, not %d", limit)
	}
	q, db, err := a.query(ctx, query)
	if err != nil {
		return err
	}
	page := store.Page{Limit: pageful}
	for left := limit; ; left -= pageful {
		if limit > 0 {
			page.Limit = min(left, pageful)
		}
		list, err := db.Articles(ctx, q, page)
		if err != nil {
			return err
		}
		for _, x := range list {
			if err := p.print(described(x)); err != nil {
				return err
			}
		}
		if len(list) < page.Limit || limit > 0 && left <= pageful {
			return p.close()
		}
		page.After = list[len(list)-1].Place()
	}
}

// clock is a time as lists write it; "" for none.
func clock(t time.Time) string {
	if t.IsZero() {
		return ""
	}
	return t.Local().Format(minutes)
}
