package cli

import (
	"encoding/json"
	"fmt"
	"io"
	"regexp"
	"slices"
	"strings"
	"text/template"

	"github.com/spf13/cobra"
)

// A format is what --format names, with --json short for one of them.
type format struct {
	name string
	json bool
}

// addTo gives a command the two flags.
func (f *format) addTo(c *cobra.Command, names ...string) {
	c.Flags().StringVar(&f.name, "format", "", "print as `FORMAT`: "+strings.Join(names, ", "))
	c.Flags().BoolVar(&f.json, "json", false, "short for --format json")
	c.RegisterFlagCompletionFunc("format", cobra.FixedCompletions(names, cobra.ShellCompDirectiveNoFileComp))
}

// choose is the format asked for, or else otherwise. The error is a usageError
// if it is none of names.
func (f format) choose(otherwise string, names ...string) (string, error) {
	switch {
	case f.json && f.name != "" && f.name != "json":
		return "", wrongly("--json and --format %s are two formats; choose one", f.name)
	case f.json:
		return "json", nil
	case f.name == "":
		return otherwise, nil
	case f.name == "md":
		f.name = "markdown"
	}
	if !slices.Contains(names, f.name) {
		return "", wrongly("there is no format %q here, only %s", f.name, strings.Join(names, ", "))
	}
	return f.name, nil
}

// jsonLines writes values as JSON, one a line.
func jsonLines(w io.Writer) *json.Encoder {
	e := json.NewEncoder(w)
	e.SetEscapeHTML(false)
	return e
}

// parseTemplate reads a template over values like example; \t and \n stand
// for what they stand for. The error is a usageError.
func parseTemplate(text string, example any) (*template.Template, error) {
	t, err := template.New("").Funcs(template.FuncMap{"join": strings.Join, "json": asJSON}).Parse(unescape(text))
	if err == nil {
		err = t.Execute(io.Discard, example)
	}
	if err != nil {
		return nil, wrongly("the template cannot be used: %s", templateFault.ReplaceAllString(err.Error(), ""))
	}
	return t, nil
}

// templateFault is how errors of templates begin.
var templateFault = regexp.MustCompile(`^template: :(\d+:)*( executing "" at)? ?`)

// unescape replaces \t and \n, but not within {{ }}.
func unescape(text string) string {
	parts := strings.SplitAfter(text, "}}")
	for i, part := range parts {
		plain, action, found := strings.Cut(part, "{{")
		plain = strings.NewReplacer(`\t`, "\t", `\n`, "\n").Replace(plain)
		if parts[i] = plain; found {
			parts[i] += "{{" + action
		}
	}
	return strings.Join(parts, "")
}

func asJSON(v any) (string, error) {
	text, err := json.Marshal(v)
	return string(text), err
}

// count is n of a thing in words: "1 article", "3 articles".
func count(n int, thing string) string {
	if n == 1 {
		return "1 " + thing
	}
	return fmt.Sprintf("%d %ss", n, thing)
}
