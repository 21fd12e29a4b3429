package feed

import (
	"regexp"
	"sync"
)

// lazily is a regular expression that is compiled when it is first asked for:
// compiling all of them would cost every command six milliseconds.
func lazily(expr string) func() *regexp.Regexp {
	return sync.OnceValue(func() *regexp.Regexp { return regexp.MustCompile(expr) })
}
