package store

import (
	"strings"

	"app/newsterm/feed"
)

// Folder is a folder as it is kept, "A/B", of what somebody has typed: without
// what names none, as in "/A//B/".
func Folder(typed string) string {
	var names []string
	for name := range strings.SplitSeq(typed, "/") {
		if name = feed.Line(name); name != "" {
			names = append(names, name)
		}
	}
	return strings.Join(names, "/")
}
