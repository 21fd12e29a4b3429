package feed

import (
	"strings"

	"golang.org/x/net/html"
)

// superscripts and subscripts are the characters that have a raised or lowered
// form of their own.
var (
	superscripts = map[rune]rune{
		'0': '⁰', '1': '¹', '2': '²', '3': '³', '4': '⁴', '5': '⁵', '6': '⁶', '7': '⁷', '8': '⁸', '9': '⁹',
		'+': '⁺', '-': '⁻', '−': '⁻', '(': '⁽', ')': '⁾', 'n': 'ⁿ', 'i': 'ⁱ',
	}
	subscripts = map[rune]rune{
		'0': '₀', '1': '₁', '2': '₂', '3': '₃', '4': '₄', '5': '₅', '6': '₆', '7': '₇', '8': '₈', '9': '₉',
		'+': '₊', '-': '₋', '−': '₋', '(': '₍', ')': '₎',
	}
)

// raised writes sup and sub: as characters that are so themselves, as plain
// words (1st, ™), or with a sign.
func (t *tidier) raised(n *html.Node) kinds {
	found := t.tidy(n)
	s := strings.TrimSpace(plainText(n))
	forms, sign := superscripts, "^"
	if tag(n) == "sub" {
		forms, sign = subscripts, "_"
	}
	if found&block != 0 || n.FirstChild == nil || n.FirstChild.Type != html.TextNode || n.FirstChild.NextSibling != nil || strings.HasPrefix(s, "[") {
		dissolve(n)
		return found
	}
	n.FirstChild.Data = raisedText(s, forms, sign)
	dissolve(n)
	return found
}

func raisedText(s string, forms map[rune]rune, sign string) string {
	if raised, ok := inForms(s, forms); ok {
		return raised
	}
	return plainRaised(s, sign)
}

// inForms is s in forms, if each of its characters has one.
func inForms(s string, forms map[rune]rune) (string, bool) {
	var b strings.Builder
	for _, r := range s {
		form, ok := forms[r]
		if !ok {
			return "", false
		}
		b.WriteRune(form)
	}
	return b.String(), true
}

func plainRaised(s, sign string) string {
	switch strings.ToLower(s) {
	case "st", "nd", "rd", "th", "er", "e", "re", "o", "a", "™", "®", "*", "†", "‡", "tm":
		return s
	}
	if strings.Contains(s, " ") {
		return sign + "(" + s + ")"
	}
	return sign + s
}
