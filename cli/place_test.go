package cli

import (
	"fmt"
	"strings"
	"testing"
)

func TestSettingsAreFoundInTheirFile(t *testing.T) {
	text := strings.Join([]string{
		`theme = "x"`,
		`# theme = "y"`,
		`[keys]`,
		`theme = "t" # star = "s"`,
		`"star"   =  ["s",`,
		`  "x"]`,
		`[refresh]`,
		`every="1h"`,
		`[[command]]`,
		`name = "one"`,
		`[[command]]`,
		`key = "x"`,
		`macros = { x = "star", y.z = "stra" }`,
	}, "\n")
	for setting, want := range map[string]string{
		"theme": "1:9", "keys.theme": "4:9", "keys.star": "5:13", "refresh.every": "8:7", "keys.undo": "3:2",
		"command.0.name": "10:8", "command.1.key": "12:7", "command.1.name": "11:3", "command.1.macros.x": "13:16", "command.1.macros.y.z": "13:30", "gone": "0:0",
	} {
		line, col, point := find(text, strings.Split(setting, ".")...)
		if got := fmt.Sprintf("%d:%d", line, col); got != want {
			t.Errorf("%s is at %s, want %s:\n%s", setting, got, want, point)
		}
	}
}

// TestTheExampleIsRight takes the "#" away from every setting of the example;
// of two ways to say something, from the first.
func TestTheExampleIsRight(t *testing.T) {
	var lines []string
	seen := map[string]bool{}
	for l := range strings.SplitSeq(exampleConfig, "\n") {
		if bare, ok := strings.CutPrefix(l, "# "); ok && (strings.HasPrefix(bare, "[") || strings.Contains(bare, " = ")) {
			if strings.HasPrefix(bare, "[") {
				seen = map[string]bool{}
			}
			if name, _, _ := strings.Cut(bare, "="); !seen[name] {
				seen[name], l = true, bare
			}
		}
		lines = append(lines, l)
	}
	c, err := readConfig("example", []byte(strings.Join(lines, "\n")))
	if err != nil {
		t.Fatal(err)
	}
	if c.keymap().Keys() == nil || len(c.Commands) != 1 || len(c.Macros) != 1 {
		t.Errorf("it says %+v", c)
	}
}
