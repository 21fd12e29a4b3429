package cli

import (
	"reflect"
	"regexp"
	"strings"
	"testing"
)

// TestExampleIsUnderstood takes the "#" away from all lines of the example, but
// for the second theme.
func TestExampleIsUnderstood(t *testing.T) {
	setting := regexp.MustCompile(`(?m)^# (\[|[a-z]+ = )`)
	text := setting.ReplaceAllString(strings.Replace(exampleConfig, "# theme = [", "# (", 1), "$1")
	c, err := readConfig("example.toml", []byte(text))
	if err != nil {
		t.Fatal(err)
	}
	for f := range reflect.TypeFor[Config]().Fields() {
		if name := f.Tag.Get("toml"); !regexp.MustCompile(`(?m)^(\[*` + name + `\]|` + name + ` = )`).MatchString(text) {
			t.Errorf("%s is not in the example", name)
		}
	}
	c.Browser, c.Pager, c.Player, c.Open, c.Share, c.Keys, c.Macros, c.Commands, c.Highlights = nil, nil, nil, nil, nil, nil, nil, nil, nil
	if !reflect.DeepEqual(c, defaults()) {
		t.Errorf("the example has %+v, and without it hold %+v", c, defaults())
	}
}
