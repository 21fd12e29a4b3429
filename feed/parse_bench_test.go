package feed

import (
	"bytes"
	"fmt"
	"strings"
	"testing"

	"github.com/mmcdole/gofeed"
)

// sampleFeed is an RSS feed of about size bytes, as a weblog writes it.
func sampleFeed(size int, cdata bool) []byte {
	var b strings.Builder
	b.WriteString(`<?xml version="1.0" encoding="UTF-8"?>
<rss version="2.0" xmlns:content="http://purl.org/rss/1.0/modules/content/" xmlns:dc="http://purl.org/dc/elements/1.1/">
<channel><title>The Harbour Log</title><link>https://harbour.example/</link><description>Ships and weather</description>
`)
	text := strings.Repeat(`<p>The ferry left at <b>seven</b> in a light wind; see <a href="https://harbour.example/table">the table</a> &amp; the chart.</p>
`, 12)
	for i := 0; b.Len() < size; i++ {
		body := "<![CDATA[" + text + "]]>"
		if !cdata {
			body = strings.NewReplacer("&", "&amp;", "<", "&lt;", ">", "&gt;").Replace(text)
		}
		fmt.Fprintf(&b, `<item><title>Log of day %d &#8211; calm</title><link>https://harbour.example/log/%d</link><guid isPermaLink="false">log-%d</guid>
<dc:creator>Ada Keel</dc:creator><category>weather</category><category>ferries</category><pubDate>Mon, 02 Nov 2026 07:%02d:00 +0000</pubDate>
<description>The ferry left at seven in a light wind.</description><content:encoded>%s</content:encoded></item>
`, i, i, i, i%60, body)
	}
	b.WriteString("</channel></rss>\n")
	return []byte(b.String())
}

// BenchmarkParse stands beside BenchmarkGofeed so that one run shows what our
// care costs.
func BenchmarkParse(b *testing.B) {
	benchmarkFeeds(b, func(body []byte) error {
		_, err := Parse(body, "https://harbour.example/feed.xml", "application/rss+xml; charset=utf-8")
		return err
	})
}

func BenchmarkGofeed(b *testing.B) {
	p := gofeed.NewParser()
	p.RSSTranslator = &gofeed.DefaultRSSTranslator{DisableContentImageScan: true}
	benchmarkFeeds(b, func(body []byte) error {
		_, err := p.Parse(bytes.NewReader(body))
		return err
	})
}

func benchmarkFeeds(b *testing.B, parse func([]byte) error) {
	for _, cdata := range []bool{true, false} {
		body := sampleFeed(100<<10, cdata)
		b.Run(map[bool]string{true: "CDATA", false: "escaped"}[cdata], func(b *testing.B) {
			b.SetBytes(int64(len(body)))
			b.ReportAllocs()
			for b.Loop() {
				if err := parse(body); err != nil {
					b.Fatal(err)
				}
			}
		})
	}
}
