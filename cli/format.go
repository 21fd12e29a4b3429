package cli

import (
	"encoding/json"
	"fmt"
	"io"
	"reflect"
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

// listFormat is choose for a list: a table on a terminal, tabs in a pipe, and
// more that it can be.
func (a *app) listFormat(f format, more ...string) (string, error) {
	otherwise := "tsv"
	if _, tty := terminal(a.Out); tty {
		otherwise = "table"
	}
	return f.choose(otherwise, append([]string{"table", "tsv", "json"}, more...)...)
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
		return nil, wrongly("the template cannot be used: %s", inPlainWords(err.Error(), example))
	}
	return t, nil
}

// inPlainWords is what the template reader says of a template over values like
// example, without the words of programmers.
func inPlainWords(why string, example any) string {
	why = templateFault.ReplaceAllString(why, "")
	if no := noField.FindStringSubmatch(why); no != nil {
		where, name, kind := no[1], no[2], no[3]
		if kind != fmt.Sprintf("%T", example) {
			return fmt.Sprintf("%s: there is no %s in it", where, name)
		}
		var names []string
		for f := range reflect.TypeOf(example).Fields() {
			names = append(names, f.Name)
		}
		for m := range reflect.TypeOf(example).Methods() {
			names = append(names, m.Name)
		}
		return fmt.Sprintf("there is no field %s%s; there are %s", name, strings.TrimSuffix(meant("", name, names), "?"), inWords(names))
	}
	return templateTypes.ReplaceAllString(why, "")
}

var (
	templateFault = regexp.MustCompile(`^template: :(\d+:)*( executing "" at)? ?`)              // how errors of templates begin
	noField       = regexp.MustCompile(`^(<[^>]*>): can't evaluate field (\S+) in type (\S+)$`) // when a field is not there
	templateTypes = regexp.MustCompile(`(; expected \S+; got \S+| (in|of) type \S+)$`)          // what only a programmer reads
)

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
