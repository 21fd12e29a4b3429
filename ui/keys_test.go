package ui

import (
	"fmt"
	"strings"
	"testing"
)

func TestEveryKeyIsBoundOnceAndHelped(t *testing.T) {
	names, taken := map[string]bool{}, map[string]string{}
	for _, a := range actions() {
		if a.help == "" || a.inHelp == "" || len(a.keys) == 0 || a.where == 0 || a.do == nil {
			t.Errorf("%s is not complete", a.name)
		}
		if names[a.name] {
			t.Errorf("two actions are called %s", a.name)
		}
		names[a.name] = true
		for _, key := range a.keys {
			for p := feedPane; p <= readerPane; p++ {
				at := fmt.Sprintf("%s in pane %d", key, p)
				if a.where&(1<<p) == 0 {
					continue
				}
				if taken[at] != "" {
					t.Errorf("%s is both %s and %s", at, taken[at], a.name)
				}
				taken[at] = a.name
			}
		}
	}
}

// keyTable is the table of keys as documents show it.
func keyTable() string {
	var b strings.Builder
	group := ""
	for _, k := range (Keymap{}).orDefault().Keys() {
		if k.Group != group {
			group = k.Group
			fmt.Fprintf(&b, "\n### %s\n\n| Key | What it does |\n|---|---|\n", group)
		}
		for i, name := range k.Keys {
			k.Keys[i] = "`" + strings.ReplaceAll(name, "|", `\|`) + "`" // which would end the cell
		}
		fmt.Fprintf(&b, "| %s | %s |\n", strings.Join(k.Keys, " "), k.Help)
	}
	return b.String() + "\n"
}

// TestDocumentsShowTheKeys compares the tables of keys in README and the
// handbook with the code; -update writes them.
func TestDocumentsShowTheKeys(t *testing.T) {
	for _, path := range []string{"../README.md", "../source/handbook/02-keys.md"} {
		document(t, path, "keys", keyTable())
	}
}
