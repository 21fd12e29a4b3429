package feed

import (
	"bytes"
	"net/url"
	"strings"
)

var xmlBase = lazily(`(\sxml:base\s*=\s*)(?:"([^"<]*)"|'([^'<]*)')`)

// withDirectories writes every xml:base as the folder that it stands for,
// since gofeed takes "https://a.example/b/c.html" for a folder too.
func withDirectories(b []byte) []byte {
	if !bytes.Contains(b, []byte("xml:base")) {
		return b
	}
	return xmlBase().ReplaceAllFunc(b, func(found []byte) []byte {
		m := xmlBase().FindSubmatch(found)
		u, err := url.Parse(strings.TrimSpace(string(m[2]) + string(m[3])))
		if err != nil || u.Opaque != "" {
			return found
		}
		u.Path, u.RawPath = u.Path[:strings.LastIndexByte(u.Path, '/')+1], ""
		u.RawQuery, u.Fragment = "", ""
		return []byte(string(m[1]) + `"` + strings.ReplaceAll(u.String(), "&", "&amp;") + `"`)
	})
}

// itemBases is, for every item of an RSS feed in b, the xml:base that holds in
// its text; nil if there is none in all of it.
func itemBases(b []byte, r root) []string {
	if !bytes.Contains(b, []byte("xml:base")) {
		return nil
	}
	var bases []string
	open := []string{""}
	for at := 0; ; {
		m, ok := nextMark(b, at)
		if !ok {
			return bases
		}
		at = m.end
		switch m.kind {
		case opening, empty:
			base := joinBase(open[len(open)-1], b[m.start:m.end])
			if r.isItem(m.name) {
				bases = append(bases, base)
			} else if n := len(bases) - 1; n >= 0 && isBody(m.name) {
				bases[n] = base
			}
			if m.kind == opening {
				open = append(open, base)
			}
		case closing:
			open = open[:max(1, len(open)-1)]
		}
	}
}

func isBody(name []byte) bool {
	switch string(local(name)) {
	case "description", "encoded", "body":
		return true
	}
	return false
}

// joinBase is the base inside a tag, given the one outside.
func joinBase(outer string, tag []byte) string {
	m := xmlBase().FindSubmatch(tag)
	if m == nil {
		return outer
	}
	inner, err := url.Parse(strings.ReplaceAll(string(m[2])+string(m[3]), "&amp;", "&"))
	if err != nil {
		return outer
	}
	if u, err := url.Parse(outer); err == nil && outer != "" {
		return u.ResolveReference(inner).String()
	}
	return inner.String()
}
