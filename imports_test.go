package main_test

import (
	"os/exec"
	"slices"
	"strings"
	"testing"
)

// line is the order of the packages: each may import those before it.
var line = []string{"feed", "store", "source", "ui", "cli", ""}

func TestImportsGoOneWay(t *testing.T) {
	out, err := exec.Command("go", "list", "-f", `{{.ImportPath}} {{join .Imports " "}}`, "./...").Output()
	if err != nil {
		t.Fatal(err)
	}
	const module = "app/newsterm"
	place := func(path string) int {
		path = strings.TrimPrefix(strings.TrimPrefix(path, module), "/")
		first, _, _ := strings.Cut(path, "/")
		return slices.Index(line, first)
	}
	for _, l := range strings.Split(strings.TrimSpace(string(out)), "\n") {
		path, imports, _ := strings.Cut(l, " ")
		from := place(path)
		if from < 0 {
			t.Errorf("package %s has no place in the line", path)
		}
		for _, imported := range strings.Fields(imports) {
			if (imported == module || strings.HasPrefix(imported, module+"/")) && place(imported) > from {
				t.Errorf("%s imports %s, which comes after it in the line", path, imported)
			}
		}
	}
}
