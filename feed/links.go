package feed

import (
	"fmt"
	"net/url"
	"strings"

	"golang.org/x/net/html"
)

// longestLink is the longest address that is kept.
const longestLink = 8 << 10

// A baseline is the addresses that relative ones are read against: the first
// that is not "" counts.
type baseline []string

// link returns an address as an absolute one for the web, read against the
// bases; "" if it is for anything else than http or https.
func (b baseline) link(ref string) string {
	ref = strings.TrimSpace(Safe(ref))
	if ref == "" || len(ref) > longestLink {
		return ""
	}
	if isPlainLink(ref) {
		return ref
	}
	u, err := url.Parse(withoutBlanks(ref))
	if err != nil {
		return ""
	}
	u = b.resolve(u)
	if (u.Scheme != "http" && u.Scheme != "https") || u.Hostname() == "" {
		return ""
	}
	return percentEncoded(u.String())
}

// percentEncoded writes what must not stand in an address with "%". Package url
// does not in a query.
func percentEncoded(link string) string {
	if !strings.ContainsFunc(link, isForbidden) {
		return link
	}
	var out strings.Builder
	for i := 0; i < len(link); i++ {
		if c := link[i]; c >= 0x80 || isForbidden(rune(c)) {
			fmt.Fprintf(&out, "%%%02X", c)
		} else {
			out.WriteByte(c)
		}
	}
	return out.String()
}

func isForbidden(r rune) bool {
	return r <= ' ' || r >= 0x7f || strings.ContainsRune("\"<>\\^`{|}", r)
}

// resolve reads u against the bases. What has a host but no scheme gets https
// if there is no base to take one from.
func (b baseline) resolve(u *url.URL) *url.URL {
	if u.IsAbs() {
		return u
	}
	if host, _, _ := strings.Cut(u.Path, "/"); u.Host == "" && strings.HasPrefix(host, "www.") {
		if with, err := url.Parse("https://" + u.String()); err == nil {
			return with
		}
	}
	for _, base := range b {
		if at, err := url.Parse(base); err == nil && at.IsAbs() && at.Host != "" {
			return at.ResolveReference(u)
		}
	}
	if u.Host != "" {
		u.Scheme = "https"
	}
	return u
}

// isPlainLink reports whether s is an absolute http or https address of which
// every character may stand in one, so that it can be kept letter by letter.
func isPlainLink(s string) bool {
	rest, ok := strings.CutPrefix(s, "https://")
	if !ok {
		rest, ok = strings.CutPrefix(s, "http://")
	}
	if !ok || rest == "" || !isHostStart(rest[0]) {
		return false
	}
	return !strings.ContainsFunc(rest, func(r rune) bool { return isForbidden(r) || strings.ContainsRune("%@[]", r) })
}

func isHostStart(c byte) bool { return isLetter(c) || c >= '0' && c <= '9' }

// withoutBlanks takes line breaks and tabs out of an address, as browsers do,
// and writes a stray "%" as "%25".
func withoutBlanks(s string) string {
	s = strings.NewReplacer("\n", "", "\t", "").Replace(s)
	for i := 0; i < len(s); i++ {
		if s[i] == '%' && (i+2 >= len(s) || !isHex(s[i+1]) || !isHex(s[i+2])) {
			s = s[:i] + "%25" + s[i+1:]
		}
	}
	return s
}

func isHex(c byte) bool { return c >= '0' && c <= '9' || c|0x20 >= 'a' && c|0x20 <= 'f' }

// pointing are the attributes of HTML that hold an address.
var pointing = map[string]bool{
	"action": true, "background": true, "cite": true, "data": true, "href": true,
	"longdesc": true, "poster": true, "src": true,
}

// html returns an HTML text with its relative addresses made absolute. A text
// that has none comes back as it is.
func (b baseline) html(source string) string {
	if len(b) == 0 || !hasRelative(source) {
		return source
	}
	var out strings.Builder
	out.Grow(len(source) + len(source)/8)
	z := html.NewTokenizer(strings.NewReader(source))
	for {
		kind := z.Next()
		if kind == html.ErrorToken {
			out.Write(z.Raw())
			return out.String()
		}
		raw := z.Raw()
		if kind != html.StartTagToken && kind != html.SelfClosingTagToken || !hasRelative(string(raw)) {
			out.Write(raw)
			continue
		}
		tag := z.Token()
		for i, a := range tag.Attr {
			tag.Attr[i].Val = b.attribute(a)
		}
		out.WriteString(tag.String())
	}
}

func (b baseline) attribute(a html.Attribute) string {
	switch {
	case a.Key == "srcset":
		return b.srcset(a.Val)
	case !pointing[a.Key] || !isRelative(a.Val):
		return a.Val
	}
	if link := b.link(a.Val); link != "" {
		return link
	}
	return a.Val
}

// srcset makes the addresses in a list such as "a.png 1x, b.png 2x" absolute.
func (b baseline) srcset(list string) string {
	parts := strings.Split(list, ", ")
	for i, p := range parts {
		address, size, _ := strings.Cut(strings.TrimSpace(p), " ")
		if link := b.link(address); link != "" && isRelative(address) {
			parts[i] = strings.TrimSpace(link + " " + size)
		}
	}
	return strings.Join(parts, ", ")
}

// hasRelative reports whether an attribute in HTML may hold a relative
// address. It is quick and errs on the side of true.
func hasRelative(source string) bool {
	for {
		i := strings.IndexByte(source, '=')
		if i < 0 {
			return false
		}
		before, value := source[:i], strings.TrimLeft(source[i+1:], "\"' \t\n")
		source = source[i+1:]
		if isPointing(attributeBefore(before)) && isRelative(value) {
			return true
		}
	}
}

func isPointing(name string) bool {
	switch len(name) {
	case 0, 1, 2, 5:
		return false
	case 3, 4:
		return strings.EqualFold(name, "src") || strings.EqualFold(name, "href") || strings.EqualFold(name, "data") || strings.EqualFold(name, "cite")
	}
	name = strings.ToLower(name)
	return pointing[name] || name == "srcset"
}

// attributeBefore is the name that s ends with; "" if it ends with none.
func attributeBefore(s string) string {
	s = strings.TrimRight(s, " \t\n")
	i := len(s)
	for i > 0 && isLetter(s[i-1]) && len(s)-i <= 10 {
		i--
	}
	return s[i:]
}

// isRelative reports whether an address needs a base: it has no scheme and is
// no mere place in the same text.
func isRelative(address string) bool {
	if address == "" || address[0] == '#' || address[0] == '"' || address[0] == '\'' {
		return false
	}
	for i := 0; i < len(address) && i < 16; i++ {
		switch c := address[i]; {
		case c == ':':
			return i == 0
		case c == '/' || c == '?' || c == '#':
			return true
		}
	}
	return true
}
