package ui

import (
	"errors"
	"os"
	"strings"
)

var (
	errQuote    = errors.New("a quotation mark is not closed")
	errOperator = errors.New(`no shell reads this; for | < > ; and & write sh -c '…'`)
)

// splitWords splits a command line into words as a shell would: '…' holds
// anything, in "…" and outside of them a backslash takes what follows as it
// is, and ~/ begins a path in the home folder. Nothing else has a meaning; for
// what a shell would do with | < > ; & there is an error.
func splitWords(line string) ([]string, error) {
	var list []string
	var word strings.Builder
	begun, escaped, atHome, quote := false, false, false, rune(0)
	for _, r := range line + " " {
		space := quote == 0 && !escaped && (r == ' ' || r == '\t')
		switch {
		case space && begun && atHome:
			list = append(list, homePath(word.String()))
		case space && begun:
			list = append(list, word.String())
		case !space && !begun:
			begun, atHome = true, r == '~'
		}
		switch {
		case space:
			begun = false
			word.Reset()
		case escaped:
			if quote == '"' && !strings.ContainsRune("\\\"$`", r) {
				word.WriteByte('\\')
			}
			word.WriteRune(r)
			escaped = false
		case r == '\\' && quote != '\'':
			escaped = true
		case quote != 0 && r == quote:
			quote = 0
		case quote == 0 && (r == '\'' || r == '"'):
			quote = r
		case quote == 0 && strings.ContainsRune("|<>;&", r):
			return nil, errOperator
		default:
			word.WriteRune(r)
		}
	}
	if quote != 0 {
		return nil, errQuote
	}
	return list, nil
}

// homePath is a path that may begin with ~/ as one that does not.
func homePath(path string) string {
	rest, ok := strings.CutPrefix(path, "~")
	home, err := os.UserHomeDir()
	if !ok || err != nil || rest != "" && rest[0] != '/' {
		return path
	}
	return home + rest
}
