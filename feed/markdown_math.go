package feed

import (
	"strings"
	"unicode"

	"golang.org/x/net/html"
)

// formula writes what MathML sets above or below a line as it is typed on one:
// "1/2", "x²", "√(a+b)".
func (t *tidier) formula(n *html.Node) kinds {
	var parts []string
	for c, next := n.FirstChild, (*html.Node)(nil); c != nil; c = next {
		next = c.NextSibling
		if c.Type == html.ElementNode {
			parts = append(parts, t.part(c))
		}
	}
	text := typed(tag(n), parts)
	if text == "" {
		return t.unwrap(n)
	}
	replace(n, textNode(text))
	return content
}

// part is what stands in a part of a formula, on one line.
func (t *tidier) part(n *html.Node) string {
	within := element("span")
	replace(n, within)
	within.AppendChild(n)
	t.tidy(within)
	return Line(plainText(within))
}

// typed is a formula of the given kind and parts; "" if it has others.
func typed(kind string, parts []string) string {
	switch n := len(parts); {
	case kind == "mfrac" && n == 2:
		return grouped(parts[0]) + "/" + grouped(parts[1])
	case kind == "msup" && n == 2:
		return grouped(parts[0]) + scripted(parts[1], superscripts, "^")
	case kind == "msub" && n == 2:
		return grouped(parts[0]) + scripted(parts[1], subscripts, "_")
	case kind == "msubsup" && n == 3:
		return grouped(parts[0]) + scripted(parts[1], subscripts, "_") + scripted(parts[2], superscripts, "^")
	case kind == "msqrt" && n > 0:
		return "√" + grouped(strings.Join(parts, ""))
	}
	return ""
}

// scripted is s raised or lowered.
func scripted(s string, forms map[rune]rune, sign string) string {
	if raised, ok := inForms(s, forms); ok {
		return raised
	}
	return sign + grouped(s)
}

// grouped is s in parentheses, if it is more than a number or a name.
func grouped(s string) string {
	if strings.ContainsFunc(strings.TrimPrefix(s, "√"), func(r rune) bool {
		return unicode.IsSpace(r) || unicode.IsSymbol(r) || strings.ContainsRune("-−/*·,", r)
	}) {
		return "(" + s + ")"
	}
	return s
}
