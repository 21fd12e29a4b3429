package cli

import (
	"bytes"
	"context"
	"os"
	"path/filepath"
	"reflect"
	"regexp"
	"strings"
	"testing"
	"time"
)

// TestExampleIsUnderstood takes the "#" away from all lines of the example, but
// for the second theme.
func TestExampleIsUnderstood(t *testing.T) {
	setting := regexp.MustCompile(`(?m)^# (\[|[a-z_]+ = )`)
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

// TestSettingsOfAnyEditor has what editors of Windows put before a text.
func TestSettingsOfAnyEditor(t *testing.T) {
	home := t.TempDir()
	path := filepath.Join(home, "newsterm", "config.toml")
	theme := filepath.Join(home, "newsterm", "themes", "mine.toml")
	if err := os.MkdirAll(filepath.Dir(theme), 0o700); err != nil {
		t.Fatal(err)
	}
	for _, c := range []struct {
		settings, theme string
		code            int
		says            string
	}{
		{"\xef\xbb\xbftheme = \"mine\"\r\n", "\xef\xbb\xbfaccent = \"#ff0000\"\r\n", 0, ""},
		{"\xff\xfet\x00", "", 2, path + ": it is UTF-16; save it as UTF-8"},
		{"\xfe\xff\x00t", "", 2, path + ": it is UTF-16; save it as UTF-8"},
		{"theme = \"mine\"", "\xff\xfea\x00", 2, theme + ": it is UTF-16; save it as UTF-8"},
	} {
		for name, text := range map[string]string{path: c.settings, theme: c.theme} {
			if err := os.WriteFile(name, []byte(text), 0o600); err != nil {
				t.Fatal(err)
			}
		}
		var out, errs bytes.Buffer
		env := Env{In: strings.NewReader("# Text"), Out: &out, Err: &errs, Now: time.Now,
			Getenv: func(name string) string { return map[string]string{"HOME": home, "XDG_CONFIG_HOME": home}[name] }}
		if code := Main(context.Background(), env, []string{"show", "--format", "ansi", "-"}); code != c.code || !strings.Contains(errs.String(), c.says) {
			t.Errorf("%q: code %d, said %q", c.settings, code, errs.String())
		}
	}
}
