package feed

import (
	"strings"
	"testing"

	"golang.org/x/text/encoding"
	"golang.org/x/text/encoding/charmap"
	"golang.org/x/text/encoding/japanese"
	"golang.org/x/text/encoding/korean"
	"golang.org/x/text/encoding/simplifiedchinese"
	"golang.org/x/text/encoding/unicode"
	"golang.org/x/text/encoding/unicode/utf32"
)

func encoded(t *testing.T, e encoding.Encoding, s string) []byte {
	t.Helper()
	b, err := e.NewEncoder().Bytes([]byte(s))
	if err != nil {
		t.Fatal(err)
	}
	return b
}

func TestDecode(t *testing.T) {
	const russian = "Дождь над городом и ветер с моря, сказали вчера синоптики"
	const japaneseText = "東京で大雪、交通に影響"
	for name, tt := range map[string]struct {
		in       encoding.Encoding
		declared string // in the document
		header   string
		text     string
	}{
		"plain":                    {encoding.Nop, "", "", "plain words"},
		"UTF-8":                    {encoding.Nop, "utf-8", "", russian},
		"UTF-8, header lies":       {encoding.Nop, "", "windows-1251", russian},
		"UTF-8, document lies":     {encoding.Nop, "iso-8859-1", "", russian},
		"UTF-8 called UTF-16":      {encoding.Nop, "utf-16", "", russian},
		"UTF-8 of unknown name":    {encoding.Nop, "x-nobody", "", russian},
		"windows-1251 declared":    {charmap.Windows1251, "windows-1251", "", russian},
		"windows-1251 by header":   {charmap.Windows1251, "", "windows-1251", russian},
		"windows-1251, both":       {charmap.Windows1251, "windows-1251", "iso-8859-1", russian},
		"windows-1251 called utf8": {charmap.Windows1251, "utf-8", "", russian},
		"koi8-r by header":         {charmap.KOI8R, "", "koi8-r", russian},
		"koi8-r called utf8":       {charmap.KOI8R, "utf-8", "utf-8", russian},
		"windows-1252 undeclared":  {charmap.Windows1252, "", "", "Zwei “süße” Grüße – für 5 €"},
		"windows-1252 as latin1":   {charmap.Windows1252, "iso-8859-1", "", "Zwei “süße” Grüße – für 5 €"},
		"euc-jp by header":         {japanese.EUCJP, "", "euc-jp", japaneseText},
		"shift_jis declared":       {japanese.ShiftJIS, "shift_jis", "", japaneseText},
		"iso-2022-jp declared":     {japanese.ISO2022JP, "iso-2022-jp", "", japaneseText},
		"iso-2022-jp by header":    {japanese.ISO2022JP, "", "iso-2022-jp", japaneseText},
		"euc-kr by header":         {korean.EUCKR, "", "euc-kr", "서울에 폭설이 내렸다"},
		"gb18030 by header":        {simplifiedchinese.GB18030, "", "gb18030", "国务院发布新政策"},
		"UTF-16 LE":                {unicode.UTF16(unicode.LittleEndian, unicode.IgnoreBOM), "utf-16", "", russian},
		"UTF-16 BE":                {unicode.UTF16(unicode.BigEndian, unicode.IgnoreBOM), "", "", russian},
		"UTF-16 LE with mark":      {unicode.UTF16(unicode.LittleEndian, unicode.UseBOM), "utf-8", "", russian},
		"UTF-16 BE with mark":      {unicode.UTF16(unicode.BigEndian, unicode.UseBOM), "", "utf-8", russian},
		"UTF-32 LE":                {utf32.UTF32(utf32.LittleEndian, utf32.IgnoreBOM), "", "", russian},
		"UTF-32 BE with mark":      {utf32.UTF32(utf32.BigEndian, utf32.UseBOM), "utf-32", "", russian},
		"UTF-8 with mark":          {unicode.UTF8BOM, "", "windows-1251", russian},
	} {
		doc := "<rss><channel>" + tt.text + "</channel></rss>"
		if tt.declared != "" {
			doc = `<?xml version="1.0" encoding="` + tt.declared + `"?>` + doc
		}
		header := "text/xml"
		if tt.header != "" {
			header += "; charset=" + tt.header
		}
		text, note := decode(encoded(t, tt.in, doc), header)
		if string(text) != doc {
			t.Errorf("%s: %q", name, text)
		}
		if guessed := strings.Contains(name, "called utf8") || strings.Contains(name, "undeclared"); guessed != (note != "") {
			t.Errorf("%s: note %q", name, note)
		}
	}
}

func TestDecodeKeepsTextWithABadByte(t *testing.T) {
	in := strings.Repeat("Ein süßer Gruß über die Brücke. ", 5) + "caf\xe9 " + strings.Repeat("Ein süßer Gruß. ", 5)
	text, note := decode([]byte(in), "text/xml; charset=utf-8")
	if string(text) != strings.ToValidUTF8(in, "\ufffd") || note == "" {
		t.Errorf("%q, %q", text, note)
	}
}

func TestDecodeMendsWhatWasEncodedTwice(t *testing.T) {
	const text = "Föhn über dem Süden, Böen, Grüße – „schön“"
	twice, err := charmap.Windows1252.NewDecoder().Bytes([]byte(text))
	if err != nil {
		t.Fatal(err)
	}
	if got, note := decode(twice, ""); string(got) != text || note == "" {
		t.Errorf("%q, %q", got, note)
	}
	about := text + " – FÃ¶hn"
	if got, note := decode([]byte(about), ""); string(got) != about || note != "" {
		t.Errorf("%q, %q", got, note)
	}
}
