package source_test

import (
	"os"
	"path/filepath"
	"strings"
	"testing"

	"app/newsterm/source"
)

func TestAddressOfWhatIsTyped(t *testing.T) {
	dir := t.TempDir()
	t.Chdir(dir)
	if err := os.WriteFile("news feed.xml", nil, 0o600); err != nil {
		t.Fatal(err)
	}
	for typed, want := range map[string]string{
		"https://example.org/feed":      "https://example.org/feed",
		" http://127.0.0.1:8080/a?b=c ": "http://127.0.0.1:8080/a?b=c",
		"example.org":                   "https://example.org",
		"example.org/blog":              "https://example.org/blog",
		"localhost:8080/feed.xml":       "http://localhost:8080/feed.xml",
		"127.0.0.1:8471/x":              "http://127.0.0.1:8471/x",
		"localhost":                     "http://localhost",
		"localhostel.com":               "https://localhostel.com",
		"127.com":                       "https://127.com",
		"feed://localhost.example/rss":  "https://localhost.example/rss",
		"feed://example.org/rss":        "https://example.org/rss",
		"feed:https://example.org/rss":  "https://example.org/rss",
		"feed:http://example.org/rss":   "http://example.org/rss",
		"news feed.xml":                 "file://" + filepath.ToSlash(dir) + "/news%20feed.xml",
		"file:///tmp/feed.xml":          "file:///tmp/feed.xml",
		"newsterm:handbook":             "newsterm:handbook",
		"itpc://example.org/podcast":    "https://example.org/podcast",
		"@ann@social.example":           "https://social.example/@ann",
		` exec:/bin/a "b  c" `:          `exec:/bin/a "b  c"`,
	} {
		if got, err := source.Address(typed); err != nil || got != want {
			t.Errorf("Address(%q) = %q, %v, want %q", typed, got, err, want)
		}
	}
	for _, typed := range []string{"", "missing.", "javascript:alert(1)", "ftp://example.org", "two words", "exec:", "|ls", "https://", "@ann", "@@social.example", "@ann@two words", "ann@example.org"} {
		if got, err := source.Address(typed); err == nil {
			t.Errorf("Address(%q) = %q, want an error", typed, got)
		} else if !strings.Contains(err.Error(), "example.org/feed.xml") && !strings.Contains(err.Error(), "exec:/path") {
			t.Errorf("Address(%q): %v does not say what an address looks like", typed, err)
		}
	}
}
