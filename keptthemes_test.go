package main_test

import (
	"os"
	"path/filepath"
	"strings"
	"testing"

	"app/newsterm/ui"
)

func TestAChosenThemeThatBreaksKeepsNobodyFromReading(t *testing.T) {
	home := t.TempDir()
	output(t, home, "add", serve(t, harbour))
	if err := library(t, home).SetSetting(t.Context(), ui.ThemeSetting, "mine"); err != nil {
		t.Fatal(err)
	}
	theme := filepath.Join(home, ".config", "newsterm", "themes", "mine.toml")
	if err := os.MkdirAll(filepath.Dir(theme), 0o755); err != nil {
		t.Fatal(err)
	}
	for text, why := range map[string]string{
		"":                       "no such file", // it has gone
		"dark = true\nacent = 1": "a theme has no colour acent",
	} {
		if text != "" {
			if err := os.WriteFile(theme, []byte(text), 0o644); err != nil {
				t.Fatal(err)
			}
		}
		s := start(t, home, 100, 30, false, "feed:local")
		s.sees("Harbour reopens").types("Q")
		if code := s.code(); code != 0 {
			t.Errorf("exit code %d", code)
		}
		if said := "newsterm: the theme that was chosen with T is not used:"; strings.Count(s.written(), said) != 1 || !strings.Contains(s.written(), why) {
			t.Errorf("it does not say once why:\n%s", s.text())
		}
		if err := os.Remove(theme); err != nil && text != "" {
			t.Fatal(err)
		}
	}
}
