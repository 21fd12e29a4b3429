package store_test

import (
	"regexp"
	"strings"
	"testing"

	"app/newsterm/store"
	"app/newsterm/store/storetest"
)

// TestListsFollowAnIndex: the lists that people look at all day neither sort
// nor read more of the file than they show, whether or not SQLite has counted
// what is in it.
func TestListsFollowAnIndex(t *testing.T) {
	db := memory(t)
	storetest.Fill(t, db, 20, 30)
	listsFollowAnIndex(t, db)
}

func listsFollowAnIndex(t *testing.T, db *store.DB) {
	t.Helper()
	place := func(q store.Query) store.Place {
		list, err := db.Articles(ctx, q, store.Page{Limit: 5})
		if err != nil || len(list) == 0 {
			t.Fatal(len(list), err)
		}
		return list[len(list)-1].Place()
	}
	for _, counted := range []bool{false, true} {
		if counted {
			if err := db.Analyze(ctx); err != nil {
				t.Fatal(err)
			}
		}
		for query, index := range map[string]string{
			"":                      "articles_date",
			"sort:oldest":           "articles_date",
			"since:2021":            "articles_date",
			"is:unread":             "articles_unread",
			"is:unread sort:oldest": "articles_unread",
			"is:unread since:2021":  "articles_unread",
			"is:starred":            "articles_starred",
			"feed:#3":               "articles_feed",
			"feed:#3 is:unread":     "articles_feed_unread",
			"sort:feed":             "articles_feed",
			"is:unread sort:feed":   "articles_feed",
		} {
			q := parse(t, query)
			for _, p := range []store.Page{{Limit: 5}, {Limit: 5, After: place(q)}, {Limit: 5, Before: place(q)}} {
				plan, err := db.Explain(ctx, q, p)
				if err != nil {
					t.Fatalf("%s: %v", query, err)
				}
				steps := strings.Split(plan, "\n")
				first := steps[2] // after the two names of subqueries
				if !regexp.MustCompile(`(SCAN|SEARCH) .*INDEX `+index+`\b`).MatchString(plan) || strings.Contains(first, "B-TREE") ||
					strings.Count(plan, "USE TEMP B-TREE") > 1 || strings.Contains(plan, "SCAN a\n") {
					t.Errorf("%s, %+v:\n%s", query, p, plan)
				}
			}
		}
	}
}
