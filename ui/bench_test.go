package ui

import (
	"fmt"
	"testing"

	"app/newsterm/store"
	"app/newsterm/store/storetest"
)

// screens runs a benchmark on a screen over 1,000 articles and one over
// 100,000: what a person does must not cost more in the big one.
func screens(b *testing.B, bench func(*testing.B, *store.DB)) {
	for _, feeds := range []int{10, 1000} {
		b.Run(fmt.Sprint(feeds*100), func(b *testing.B) {
			db, err := store.Open(storetest.File(b, feeds, 100))
			if err != nil {
				b.Fatal(err)
			}
			defer db.Close()
			bench(b, db)
		})
	}
}

// BenchmarkFirstFrame is from an open store to the first screen of articles.
func BenchmarkFirstFrame(b *testing.B) {
	screens(b, func(b *testing.B, db *store.DB) {
		for b.Loop() {
			drive(b, db, colored).m.View()
		}
	})
}

// BenchmarkKey is a step down a list and the screen that shows it.
func BenchmarkKey(b *testing.B) {
	screens(b, func(b *testing.B, db *store.DB) {
		d := drive(b, db, colored).size(160, 50)
		for i := 0; b.Loop(); i++ {
			if i%900 == 899 {
				d.press("g")
			}
			d.press("j").m.View()
		}
	})
}

// BenchmarkOpen is from Enter to the article on the screen, and back.
func BenchmarkOpen(b *testing.B) {
	screens(b, func(b *testing.B, db *store.DB) {
		d := drive(b, db, colored).size(160, 50)
		for i := 0; b.Loop(); i++ {
			d.press("enter").m.View()
			d.press("q", "j")
		}
	})
}

// BenchmarkSearch is from the last key of a search to its list on the screen,
// and back.
func BenchmarkSearch(b *testing.B) {
	for _, word := range []string{storetest.RareWord, storetest.CommonWord} {
		b.Run(word, func(b *testing.B) {
			screens(b, func(b *testing.B, db *store.DB) {
				d := drive(b, db, colored).size(160, 50)
				for b.Loop() {
					d.press("/").types(word).press("enter").m.View()
					d.press("q")
				}
			})
		})
	}
}

// colored draws as on a terminal that shows every colour.
func colored(o *Options) { o.Theme = DarkTheme() }

// BenchmarkView draws the screen after a step down a list.
func BenchmarkView(b *testing.B) {
	d := drive(b, library(b), colored)
	many(b, d.m.o.Library.(*store.DB), 300)
	d.press("M").size(160, 50)
	for i := 0; b.Loop(); i++ {
		d.m.articles = d.m.articles.move(1 - i%2*2)
		d.m.View()
	}
}
