package source

import (
	"fmt"
	"os"
	"strings"
)

// elsewhere are the settings of newsboat for which newsterm has something else.
var elsewhere = []struct{ names, ours string }{
	{"highlight highlight-article highlight-feed", "[[highlight]] in newsterm's config.toml colours titles"},
	{"macro", "[macros] in newsterm's config.toml puts several keys into one"},
	{"bookmark-cmd", "[[command]] in newsterm's config.toml gives an article to a program"},
	{"define-filter", "newsterm saved keeps queries by name"},
	{"bind-key unbind-key bind", `[keys] in newsterm's config.toml binds keys, and preset = "newsboat" brings those of newsboat`},
}

// NotTaken says, a line for each kind, which settings in newsboat's file config
// at path are not taken, and what newsterm has in their place. A file that
// cannot be read has none.
func NotTaken(path string) (list []string) {
	text, err := os.ReadFile(path)
	if err != nil {
		return nil
	}
	times := map[string]int{}
	for line := range strings.SplitSeq(string(text), "\n") {
		if words := tokens(line); len(words) > 0 {
			times[words[0]]++
		}
	}
	for _, e := range elsewhere {
		names := strings.Fields(e.names)
		n := 0
		for _, name := range names {
			n += times[name]
		}
		switch n {
		case 0:
		case 1:
			list = append(list, fmt.Sprintf("config: 1 line with %s is not taken: %s", names[0], e.ours))
		default:
			list = append(list, fmt.Sprintf("config: %d lines with %s are not taken: %s", n, names[0], e.ours))
		}
	}
	return list
}
