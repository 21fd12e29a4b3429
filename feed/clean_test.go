package feed

import (
	"bytes"
	"encoding/xml"
	"io"
	"strings"
	"testing"
	"unicode/utf8"
)

func TestCleanLeavesCleanTextAlone(t *testing.T) {
	in := []byte("<a b=\"c\">fish &amp; chips &#8217; &#x2019; é \U0001f600\r\n\t</a>")
	if out := clean(in); &out[0] != &in[0] || len(out) != len(in) {
		t.Errorf("%q", out)
	}
}

func TestClean(t *testing.T) {
	for in, want := range map[string]string{
		"a\x00b\x0cc\x1bd":            "abcd",
		"a\ufffeb\uffff":              "ab",
		"&#27;&#x1B;&#8;&#x0;&#0000;": "",
		"&#9;&#10;&#x0D;":             "&#9;&#10;&#x0D;",
		"&#xD800;&#xDFFF;&#x110000;":  "",
		"&#65535;&#xfffe;":            "",
		"&#128;&#150;&#129;":          "€–",
		"&#; &#x; &#zz; &#1":          "&#; &#x; &#zz; &#1",
		"&amp;#27;":                   "&amp;#27;",
	} {
		if got := string(clean([]byte(in))); got != want {
			t.Errorf("%q: %q, want %q", in, got, want)
		}
	}
}

// What leaves decode and clean has no character that an XML parser refuses.
func FuzzClean(f *testing.F) {
	f.Add([]byte("<?xml version='1.0' encoding='koi8-r'?><a>\x1b&#27;&#55555;\xef\xbf\xbf</a>"), "text/xml; charset=utf-8")
	f.Add([]byte("\xff\xfe<\x00a\x00"), "")
	f.Fuzz(func(t *testing.T, b []byte, contentType string) {
		text, _ := decode(b, contentType)
		out := clean(text)
		if !utf8.Valid(out) {
			t.Fatalf("%q is not UTF-8", out)
		}
		d := xml.NewDecoder(strings.NewReader("<a>" + strings.Map(onlyText, string(out)) + "</a>"))
		d.Strict = false
		for {
			if _, err := d.RawToken(); err == io.EOF {
				return
			} else if err != nil {
				t.Fatalf("%q: %v", out, err)
			}
		}
	})
}

// onlyText takes away what could make text into markup, in a test that is
// about characters.
func onlyText(r rune) rune {
	if r == '<' || r == '>' {
		return ' '
	}
	return r
}

func FuzzSafeText(f *testing.F) {
	f.Add("Дождь \u202e \u0085 \u2028 “x” \ufeff \U000e0041 \x1b \x7f")
	f.Fuzz(func(t *testing.T, s string) {
		s = strings.ToValidUTF8(s, "")
		if got := safeText(s); got != Safe(s) {
			t.Errorf("%q: %q, want %q", s, got, Safe(s))
		}
	})
}

// However damaged a feed is, balance makes markup of it whose tags a strict
// reader accepts.
func FuzzBalance(f *testing.F) {
	f.Add([]byte("<rss><channel><item><title>a<item><![CDATA[</item><item>]]></x></rss>"))
	f.Add([]byte("<feed a=b><entry c='<'><b></entry><!-- - -- --><?x"))
	f.Fuzz(func(t *testing.T, b []byte) {
		text, _ := decode(b, "")
		text = clean(text)
		r, _, ok := findRoot(text)
		if !ok {
			return
		}
		text = text[r.start:]
		r.start = 0
		out, _, _ := balance(text, r, 0)
		d := xml.NewDecoder(bytes.NewReader(out))
		d.Strict = false
		for depth := 0; ; {
			token, err := d.Token()
			if err == io.EOF {
				return
			}
			if err != nil {
				t.Fatalf("%q became %q: %v", text, out, err)
			}
			switch token.(type) {
			case xml.StartElement:
				depth++
			case xml.EndElement:
				depth--
			}
			if depth > maxDepth {
				t.Fatalf("depth %d", depth)
			}
		}
	})
}
