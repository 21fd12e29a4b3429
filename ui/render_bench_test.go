package ui

import (
	"strconv"
	"strings"
	"testing"
)

// BenchmarkRender renders news of three lengths: prose with emphasis, links, a
// list, a quote and now and then an example.
func BenchmarkRender(b *testing.B) {
	const news = `## A heading of some length

The **quick** brown fox [jumps](https://example.com/a?b=c&d=e) over the *lazy* dog, says AT&amp;T, and
nobody in the office could tell ` + "`why(it)`" + ` had to be that dog, of all the dogs that lie there in the sun.

- One thing that matters, at length, with a [link](https://example.org/2) that ends it
- Another thing, which matters less, but is longer all the same so that it has to be wrapped

> Whoever reads this is quoted, and quoted again, until the end of the line is reached and crossed.

`
	const example = "```go\nfunc main() {\n\tfmt.Println(\"news\") // always\n}\n```\n\n"
	for _, kb := range []int{2, 10, 100} {
		var s strings.Builder
		for i := 0; s.Len() < kb<<10; i++ {
			s.WriteString(news)
			if i%8 == 0 {
				s.WriteString(example)
			}
		}
		b.Run(strconv.Itoa(kb)+"KB", func(b *testing.B) {
			b.SetBytes(int64(s.Len()))
			for b.Loop() {
				if _, err := Render(s.String(), 80, DarkTheme()); err != nil {
					b.Fatal(err)
				}
			}
		})
	}
}
