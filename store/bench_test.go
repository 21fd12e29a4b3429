package store_test

import (
	"fmt"
	"math/rand/v2"
	"testing"
	"time"

	"app/newsterm/feed"
	"app/newsterm/store"
	"app/newsterm/store/storetest"
)

// sizes runs a benchmark on a small file and a big one: nothing that a reader
// waits for may take much longer in the big one.
func sizes(b *testing.B, bench func(*testing.B, string)) {
	for _, feeds := range []int{10, 1000} {
		b.Run(fmt.Sprint(feeds*100), func(b *testing.B) {
			bench(b, storetest.File(b, feeds, 100))
		})
	}
}

func open(b testing.TB, path string) *store.DB {
	b.Helper()
	db, err := store.Open(path)
	if err != nil {
		b.Fatal(err)
	}
	db.Now = func() time.Time { return storetest.Noon }
	b.Cleanup(func() { db.Close() })
	return db
}

func BenchmarkOpen(b *testing.B) {
	sizes(b, func(b *testing.B, path string) {
		for b.Loop() {
			db, err := store.Open(path)
			if err != nil {
				b.Fatal(err)
			}
			if _, err := db.Articles(ctx, parse(b, "is:unread"), store.Page{Limit: 50}); err != nil {
				b.Fatal(err)
			}
			if err := db.Close(); err != nil {
				b.Fatal(err)
			}
		}
	})
}

func BenchmarkList(b *testing.B) {
	sizes(b, func(b *testing.B, path string) {
		change(b, path, `UPDATE feeds SET tags = CASE WHEN id % 50 = 7 THEN 'many'||char(10)||'few' WHEN id % 2 = 1 THEN 'many' ELSE 'other' END`)
		db := open(b, path)
		for _, query := range []string{"is:unread", "", "feed:#7", "feed:#7 is:unread", `in:"Folder 3"`, "tag:many", "tag:few is:unread", "is:starred", "sort:feed", "is:unread since:2d"} {
			q := parse(b, query)
			at, err := db.Moment(ctx)
			if err != nil {
				b.Fatal(err)
			}
			all, err := db.Articles(ctx, q, store.Page{})
			if err != nil || len(all) == 0 {
				b.Fatal(len(all), err)
			}
			b.Run(query+"/first", func(b *testing.B) { list(b, db, q, store.Page{Limit: 50, AsOf: at}) })
			b.Run(query+"/middle", func(b *testing.B) {
				list(b, db, q, store.Page{Limit: 50, AsOf: at, After: all[len(all)/2].Place()})
			})
			b.Run(query+"/count", func(b *testing.B) {
				for b.Loop() {
					if _, err := db.Count(ctx, q, store.Moment{}); err != nil {
						b.Fatal(err)
					}
				}
			})
		}
	})
}

func list(b *testing.B, db *store.DB, q store.Query, p store.Page) {
	for b.Loop() {
		if _, err := db.Articles(ctx, q, p); err != nil {
			b.Fatal(err)
		}
	}
}

func BenchmarkSearch(b *testing.B) {
	sizes(b, func(b *testing.B, path string) {
		db := open(b, path)
		for _, query := range []string{storetest.RareWord, storetest.SeldomWord, storetest.CommonWord, `"` + storetest.Phrase + `"`, "bra*", "quo*",
			"have this", "title:the", "is:unread the", "the -quokka", "quokka OR harbour",
			storetest.RareWord + " sort:relevance", storetest.Phrase + " sort:relevance", "is:starred have", "zebra OR is:starred"} {
			q := parse(b, query)
			b.Run(query, func(b *testing.B) { list(b, db, q, store.Page{Limit: 50}) })
		}
	})
}

func BenchmarkMark(b *testing.B) {
	sizes(b, func(b *testing.B, path string) {
		db := open(b, path)
		on := false
		for b.Loop() {
			on = !on
			mark(b, db, store.Read, on, 500)
		}
	})
}

func BenchmarkMarkAll(b *testing.B) {
	sizes(b, func(b *testing.B, path string) {
		db := open(b, path)
		on := false
		for b.Loop() {
			on = !on
			if _, err := db.MarkAll(ctx, store.Starred, on, store.FeedQuery(7), store.Moment{}); err != nil {
				b.Fatal(err)
			}
		}
	})
}

// BenchmarkPruneKept is where no feed keeps only so many, and where all keep
// more than are read.
func BenchmarkPruneKept(b *testing.B) {
	sizes(b, func(b *testing.B, path string) {
		for _, keep := range []int{0, 99} {
			change(b, path, fmt.Sprint(`UPDATE feeds SET keep = `, keep))
			db := open(b, path)
			b.Run(fmt.Sprint(keep), func(b *testing.B) {
				for b.Loop() {
					if _, err := db.PruneKept(ctx, time.Time{}); err != nil {
						b.Fatal(err)
					}
				}
			})
		}
	})
}

func BenchmarkArticle(b *testing.B) {
	sizes(b, func(b *testing.B, path string) {
		db := open(b, path)
		for b.Loop() {
			if _, err := db.Article(ctx, 500); err != nil {
				b.Fatal(err)
			}
		}
	})
}

func BenchmarkFeeds(b *testing.B) {
	sizes(b, func(b *testing.B, path string) {
		db := open(b, path)
		for b.Loop() {
			if _, err := db.Feeds(ctx); err != nil {
				b.Fatal(err)
			}
		}
	})
}

// BenchmarkSave saves a feed of 20 items, all new, and one where nothing is.
func BenchmarkSave(b *testing.B) {
	sizes(b, func(b *testing.B, path string) {
		db := open(b, path)
		r := rand.New(rand.NewPCG(3, 4))
		doc := func(n int) *feed.Doc {
			d := &feed.Doc{Title: "A"}
			for j := range 20 {
				d.Items = append(d.Items, storetest.Item(r, 1000+n, j))
			}
			return d
		}
		f := subscribe(b, db, "https://save.example")
		docs := make([]*feed.Doc, 0, 100)
		for i := range cap(docs) {
			docs = append(docs, doc(i))
		}
		b.Run("new", func(b *testing.B) {
			i := 0
			for b.Loop() {
				d := *docs[i%len(docs)]
				d.Items = append([]feed.Item(nil), d.Items...)
				for j := range d.Items {
					d.Items[j].GUID += fmt.Sprint(" ", i)
					d.Items[j].Title += fmt.Sprint(" ", i)
				}
				i++
				if n, err := db.Save(ctx, f.ID, &d); err != nil || n != 20 {
					b.Fatal(n, err)
				}
			}
		})
		b.Run("known", func(b *testing.B) {
			save(b, db, f.ID, docs[0].Items...)
			for b.Loop() {
				save(b, db, f.ID, docs[0].Items...)
			}
		})
	})
}

func BenchmarkIndex(b *testing.B) {
	db := memory(b)
	f := subscribe(b, db, "https://save.example")
	r := rand.New(rand.NewPCG(3, 4))
	for i := 0; b.Loop(); i++ {
		b.StopTimer()
		var items []feed.Item
		for j := range 100 {
			items = append(items, storetest.Item(r, i, j))
		}
		save(b, db, f.ID, items...)
		b.StartTimer()
		index(b, db)
	}
}
