package cli

import (
	"regexp"

	"github.com/spf13/cobra"
)

// excluded matches what a query leaves out, "-fishing", and no flag of a
// command that takes a query: those of one letter stand alone, or before a
// number.
var excluded = regexp.MustCompile(`^-([^-0-9][^0-9].*|[("].*)$`)

// negations writes "-fishing" among the words of a query as "NOT fishing", so
// that it is not taken for a flag. Other command lines are left as they are.
func negations(root *cobra.Command, args []string) []string {
	c, _, err := root.Find(args)
	if err != nil || c != root && c.Name() != "list" {
		return args
	}
	words := make([]string, len(args))
	for i, arg := range args {
		if arg == "--" {
			copy(words[i:], args[i:])
			break
		}
		words[i] = excluded.ReplaceAllString(arg, "NOT $1")
	}
	return words
}
