package store_test

import (
	"errors"
	"reflect"
	"testing"

	"app/newsterm/store"
)

func saveQuery(t *testing.T, db *store.DB, name, query string) {
	t.Helper()
	if err := db.SaveQuery(ctx, name, query); err != nil {
		t.Fatal(err)
	}
}

func savedQueries(t *testing.T, db *store.DB, want ...store.SavedQuery) {
	t.Helper()
	list, err := db.Queries(ctx)
	if err != nil {
		t.Fatal(err)
	}
	if !reflect.DeepEqual(list, want) {
		t.Errorf("saved queries: %+v, want %+v", list, want)
	}
}

func TestSavedQueriesStayInTheOrderTheyWereSaved(t *testing.T) {
	db := memory(t)
	savedQueries(t, db)
	saveQuery(t, db, "Sea", "is:unread in:Sea")
	saveQuery(t, db, "All", "")
	saveQuery(t, db, "Über uns", "title:wir")
	saveQuery(t, db, " SEA\t", "in:Sea\nsort:oldest")
	saveQuery(t, db, "ÜBER UNS", "title:uns")
	savedQueries(t, db,
		store.SavedQuery{Name: "SEA", Query: "in:Sea sort:oldest"},
		store.SavedQuery{Name: "All", Query: ""},
		store.SavedQuery{Name: "ÜBER UNS", Query: "title:uns"})
}

func TestSaveQueryReadsItFirst(t *testing.T) {
	db := memory(t)
	var unreadable *store.QueryError
	if err := db.SaveQuery(ctx, "Odd", "is:nonsense"); !errors.As(err, &unreadable) {
		t.Errorf("error %v, want a QueryError", err)
	}
	if err := db.SaveQuery(ctx, " \x1b", "is:unread"); err == nil {
		t.Error("a query without a name was saved")
	}
	savedQueries(t, db)
}

func TestDropQuery(t *testing.T) {
	db := memory(t)
	saveQuery(t, db, "Sea", "in:Sea")
	if err := db.DropQuery(ctx, "Land"); !errors.Is(err, store.ErrNotFound) {
		t.Errorf("error %v, want ErrNotFound", err)
	}
	if err := db.DropQuery(ctx, "sea"); err != nil {
		t.Fatal(err)
	}
	savedQueries(t, db)
}
