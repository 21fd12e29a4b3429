package store

import (
	"context"
	"path/filepath"
	"testing"

	"app/newsterm/feed"
)

func TestWhatOthersChangeIsTold(t *testing.T) {
	path := filepath.Join(t.TempDir(), "newsterm.db")
	var dbs [2]*DB
	for i := range dbs {
		db, err := Open(path)
		if err != nil {
			t.Fatal(err)
		}
		t.Cleanup(func() { db.Close() })
		dbs[i] = db
	}
	version := func() int64 {
		t.Helper()
		n, err := dbs[0].Changed(context.Background())
		if err != nil {
			t.Fatal(err)
		}
		return n
	}
	subscribe := func(db *DB, address string) {
		t.Helper()
		if _, _, err := db.Subscribe(context.Background(), feed.Sub{URL: address}); err != nil {
			t.Fatal(err)
		}
	}
	before := version()
	subscribe(dbs[0], "https://own.example/feed")
	if _, err := dbs[0].Feeds(context.Background()); err != nil {
		t.Fatal(err)
	}
	if version() != before {
		t.Error("what was done here is taken for somebody else's doing")
	}
	subscribe(dbs[1], "https://other.example/feed")
	after := version()
	if after == before {
		t.Error("what somebody else did is not seen")
	}
	if version() != after {
		t.Error("it is seen twice")
	}
}
