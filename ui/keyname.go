package ui

import (
	"fmt"
	"slices"
	"strings"
	"unicode"
	"unicode/utf8"

	tea "github.com/charmbracelet/bubbletea"
)

// keyName is a key as bubbletea calls it, but for the space bar, which gets a
// name that can be seen.
func keyName(msg tea.KeyMsg) string {
	return strings.ReplaceAll(msg.String(), " ", "space")
}

// namedKeys are the keys of a terminal that have a name.
var namedKeys = func() map[string]bool {
	names := map[string]bool{}
	for t := tea.KeyType(-128); t < 128; t++ {
		if name := keyName(tea.KeyMsg{Type: t}); name != "" && t != tea.KeyRunes {
			names[name] = true
		}
	}
	return names
}()

// otherNames are what people call keys too, and what terminals take for the
// same key.
var otherNames = map[string]string{
	"spc": "space", "spacebar": "space", "return": "enter", "<cr>": "enter",
	"escape": "esc", "del": "delete", "ins": "insert", "<bs>": "backspace",
	"pagedown": "pgdown", "pgdn": "pgdown", "page-down": "pgdown", "pageup": "pgup", "page-up": "pgup",
	"<lt>": "<", "<gt>": ">", "<bar>": "|", "comma": ",", "plus": "+", "minus": "-",
	"ctrl+i": "tab", "ctrl+m": "enter", "ctrl+[": "esc", "ctrl+?": "backspace", "ctrl+space": "ctrl+@", "shift+space": "space",
}

// mostLetters is how many letters in a row are taken for as many keys. What is
// longer is a name, and likely one that is misspelt.
const mostLetters = 3

// parseKeys reads a key, or keys in a row, as people write them: ctrl+d, ^D,
// C-d, <C-d>, space, G, gg, "g space". What comes back are their names, with
// spaces between.
func parseKeys(text string) (string, error) {
	if text == " " {
		return "space", nil
	}
	var keys []string
	for word := range strings.FieldsSeq(text) {
		key, ok := parseKey(word)
		switch {
		case ok:
			keys = append(keys, key)
		case !areLetters(word):
			return "", noKey(word)
		default:
			keys = append(keys, strings.Split(word, "")...)
		}
	}
	switch {
	case len(keys) == 0:
		return "", fmt.Errorf("a key is missing")
	case slices.Contains(keys[:len(keys)-1], "esc"):
		return "", fmt.Errorf("esc cannot begin keys in a row: it goes back from wherever one is")
	case slices.Contains(keys, "ctrl+c") && len(keys) > 1:
		return "", fmt.Errorf("ctrl+c cannot be among keys in a row: it always quits")
	}
	return strings.Join(keys, " "), nil
}

// noKey says that a word is no key, and what may have been meant.
func noKey(word string) error {
	if with, key := modified(word); with["ctrl"] && with["shift"] && utf8.RuneCountInString(key) == 1 {
		return fmt.Errorf("there is no key %q: terminals do not tell shift with ctrl; did you mean ctrl+%s?", word, strings.ToLower(key))
	}
	return fmt.Errorf("there is no key %q%s", word, meant(word, keyNames()))
}

// areLetters reports whether a word is letters to press one after the other,
// and not a misspelt name.
func areLetters(word string) bool {
	isFunction := len(word) > 1 && strings.Trim(strings.ToLower(word)[1:], "0123456789") == "" && strings.ToLower(word)[0] == 'f'
	return utf8.RuneCountInString(word) <= mostLetters && !strings.HasPrefix(word, "^") && !isFunction &&
		strings.IndexFunc(word, func(r rune) bool { return !unicode.IsPrint(r) }) < 0
}

// modifiers are what stands before a key that is pressed with another.
var modifiers = []struct{ written, name string }{
	{"ctrl+", "ctrl"}, {"ctrl-", "ctrl"}, {"control+", "ctrl"}, {"c-", "ctrl"}, {"^", "ctrl"},
	{"alt+", "alt"}, {"alt-", "alt"}, {"meta+", "alt"}, {"m-", "alt"}, {"a-", "alt"},
	{"shift+", "shift"}, {"shift-", "shift"}, {"s-", "shift"},
}

// parseKey reads one key.
func parseKey(word string) (string, bool) {
	if utf8.RuneCountInString(word) == 1 {
		return word, unicode.IsPrint([]rune(word)[0])
	}
	if other := otherNames[strings.ToLower(word)]; other != "" {
		return other, true
	}
	return combine(modified(word))
}

// modified is a key without what is pressed with it, and what that is.
func modified(word string) (with map[string]bool, key string) {
	if strings.HasPrefix(word, "<") && strings.HasSuffix(word, ">") {
		word = word[1 : len(word)-1]
		word = strings.NewReplacer("c-", "C-", "m-", "M-", "a-", "A-", "s-", "S-").Replace(word)
	}
	with = map[string]bool{}
	for again := true; again; {
		again = false
		for _, m := range modifiers {
			if rest, ok := cutModifier(word, m.written); ok && rest != "" {
				word, with[m.name], again = rest, true, true
			}
		}
	}
	return with, word
}

// cutModifier is what stands behind a modifier. Those of one letter are
// capitals, or "c-d" would be no keys in a row.
func cutModifier(word, written string) (rest string, ok bool) {
	if len(written) == 2 {
		written = strings.ToUpper(written)
		return strings.CutPrefix(word, written)
	}
	if len(word) < len(written) || !strings.EqualFold(word[:len(written)], written) {
		return word, false
	}
	return word[len(written):], true
}

// combine is the name of a key that is pressed with others.
func combine(with map[string]bool, key string) (string, bool) {
	letter := utf8.RuneCountInString(key) == 1
	switch {
	case !letter:
		key = strings.ToLower(key)
		if other := otherNames[key]; other != "" {
			key = other
		}
	case with["ctrl"]:
		key = strings.ToLower(key)
	case with["shift"]:
		key, with["shift"] = strings.ToUpper(key), false
	}
	letter = utf8.RuneCountInString(key) == 1
	if with["shift"] {
		key = "shift+" + key
	}
	if with["ctrl"] {
		key = "ctrl+" + key
	}
	if other := otherNames[key]; other != "" {
		key = other
	}
	known := namedKeys[key] || letter && !with["ctrl"] && !with["shift"]
	if with["alt"] {
		key = "alt+" + key
	}
	return key, known
}

// keyNames are the names of keys, for one that is misspelt.
func keyNames() (names []string) {
	for name := range namedKeys {
		names = append(names, name)
	}
	for name := range otherNames {
		names = append(names, name)
	}
	slices.Sort(names)
	return names
}

// meant asks whether the one of names that is most like a word was meant; ""
// if none is like it.
func meant(word string, names []string) string {
	if like := Like(word, names); like != "" {
		return fmt.Sprintf("; did you mean %s?", like)
	}
	return ""
}

// Like is the one of names that is most like a misspelt word, whatever the
// case; "" if none is like it.
func Like(word string, names []string) (like string) {
	word = strings.ToLower(word)
	least := max(len(word)/2, 1) + 1
	for _, name := range names {
		lower := strings.ToLower(name)
		d := letters(word, lower)
		if len(word) > 2 && (strings.Contains(lower, word) || strings.Contains(word, lower) && len(lower) > 3) {
			d = min(d, 2)
		}
		if d < least {
			like, least = name, d
		}
	}
	return like
}

// letters is how many letters must be changed, added or taken away to make b
// of a.
func letters(a, b string) int {
	row := make([]int, len(b)+1)
	for j := range row {
		row[j] = j
	}
	for i := range len(a) {
		before := row[0]
		row[0] = i + 1
		for j := range len(b) {
			change := before
			if a[i] != b[j] {
				change++
			}
			before = row[j+1]
			row[j+1] = min(change, row[j]+1, before+1)
		}
	}
	return row[len(b)]
}

// keyLabel is how help shows a key, or keys in a row.
func keyLabel(keys string) string {
	parts := strings.Split(labels.Replace(keys), " ")
	if slices.ContainsFunc(parts, func(p string) bool { return utf8.RuneCountInString(p) > 1 }) {
		return strings.Join(parts, " ")
	}
	return strings.Join(parts, "")
}

// labels are what stands on keys.
var labels = strings.NewReplacer("ctrl+", "^", "shift+tab", "⇧tab", "shift+", "⇧", "pgdown", "PgDn", "pgup", "PgUp",
	"enter", "⏎", "esc", "Esc", "home", "Home", "end", "End",
	"down", "↓", "up", "↑", "left", "←", "right", "→")
