package ui

import (
	"strings"
	"testing"
	"time"
	"unicode/utf8"

	"app/newsterm/feed"
)

func TestTheVowelAmHasTwoCells(t *testing.T) {
	for _, test := range []struct {
		text, parted string
		cells        int
	}{
		{"\u0e19\u0e49\u0e33", "\u0e19\u0e4d\u0e49\u0e32", 2}, // water
		{"\u0e01\u0e33", "\u0e01\u0e4d\u0e32", 2},
		{"\u0e99\u0ec9\u0eb3", "\u0e99\u0ecd\u0ec9\u0eb2", 2},
		{"a", "a", 1},
	} {
		if got := parted(test.text); got != test.parted || width(got) != test.cells {
			t.Errorf("%+q is %+q of %d cells", test.text, got, width(got))
		}
	}
	db := emptyLibrary(t)
	save(t, db, "Water", feed.Item{GUID: "1", Title: "\u0e19\u0e49\u0e33", HTML: "<p>\u0e19\u0e49\u0e33</p>", Published: now.Add(-time.Hour)})
	drive(t, db).sees("\u0e19\u0e4d\u0e49\u0e32").press("enter", "Z").sees("\u0e19\u0e4d\u0e49\u0e32").lacks("\u0e33")
}

// TestThaiIsNotBrokenWithinASyllable breaks a text without spaces at every width.
func TestThaiIsNotBrokenWithinASyllable(t *testing.T) {
	const text = "เรือข้ามฟากออกจากท่าน้ำไปเกาะทุกๆวันและกรุงเทพฯในตอนเช้าแม่โทรมาถามใครอยู่ไหน"
	for w := 5; w < 40; w++ {
		lines := unstyled(text, w)
		if got := strings.Join(lines, ""); got != parted(text) {
			t.Fatalf("%d cells: %q is left of it", w, got)
		}
		for i, l := range lines {
			first, _ := utf8.DecodeRuneInString(l)
			last, _ := utf8.DecodeLastRuneInString(l)
			if strings.ContainsRune("อะาๆฯ", first) || i < len(lines)-1 && strings.ContainsRune("เแโใไ", last) || width(l) > w {
				t.Errorf("%d cells: a line is %q", w, l)
			}
		}
	}
	for _, odd := range []string{strings.Repeat("า", 50), strings.Repeat("เ", 50), "เ", ""} {
		if got := strings.Join(unstyled(odd, 7), ""); got != odd {
			t.Errorf("%q is %q", odd, got)
		}
	}
}
