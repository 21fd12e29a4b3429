package cli

import (
	"bytes"
	"errors"
	"fmt"
	"io/fs"
	"os"
	"slices"
	"strings"
	"time"

	"github.com/pelletier/go-toml/v2"

	"app/newsterm/source"
	"app/newsterm/store"
)

// A Config is what config.toml says. It is read, and never written.
type Config struct {
	Theme   string  `toml:"theme"`
	Measure int     `toml:"measure"`
	Query   string  `toml:"query"`
	Browser command `toml:"browser"`
	Pager   command `toml:"pager"`
	Refresh struct {
		Workers int     `toml:"workers"`
		Every   pausing `toml:"every"` // in the screen
	} `toml:"refresh"`
}

// defaults is a Config with nothing left out but Browser and Pager, for which
// the environment is asked.
func defaults() Config {
	c := Config{Theme: "auto", Measure: 80, Query: "is:unread"}
	c.Refresh.Workers = 128
	c.Refresh.Every = pausing{30 * time.Minute}
	return c
}

// exampleConfig is a config.toml that changes nothing.
const exampleConfig = `# Settings of newsterm. Each line shows what holds without it; take away the
# "#" to change it. The file is read when newsterm starts, and never written.

# theme = "auto"        # auto (as the terminal's background), dark, light or plain
# measure = 80          # the longest line of an article
# query = "is:unread"   # what newsterm opens on
# browser = ["xdg-open", "{url}"]   # what opens pages; instead of $BROWSER
# pager = ["less", "-R"]            # what long output goes through; instead of $PAGER

# [refresh]
# every = "30m"         # how often the screen refreshes by itself; 0 for never
# workers = 128         # feeds fetched at the same time, two of a host
`

// A pausing is a time between two refreshes; zero for never.
type pausing struct{ time.Duration }

// UnmarshalText takes a time as people write it.
func (p *pausing) UnmarshalText(text []byte) (err error) {
	p.Duration, err = source.Interval(string(text))
	return err
}

// A command is a program and its arguments. In config.toml it is a list, or
// a text that is split at its spaces; no shell ever sees it.
type command []string

// UnmarshalText takes a command written as a text.
func (c *command) UnmarshalText(text []byte) error {
	*c = strings.Fields(string(text))
	return nil
}

// A configError says where in config.toml something is not as it should be.
type configError struct {
	file      string
	line, col int // counted from 1; 0 if not known
	why       string
	point     string // the place, in a few lines; "" if not known
}

func (e *configError) Error() string {
	if e.line == 0 {
		return fmt.Sprintf("%s: %s", e.file, e.why)
	}
	return fmt.Sprintf("%s:%d:%d: %s", e.file, e.line, e.col, e.why)
}

// configPath is that of the settings, there or not.
func (a *app) configPath() (string, error) {
	return a.place(a.setting, "NEWSTERM_CONFIG", "XDG_CONFIG_HOME", ".config", "config.toml")
}

// config reads the settings. The error is a *configError if they cannot be
// understood. Without a file the defaults hold; one that was asked for by
// name must be there.
func (a *app) config() (Config, error) {
	path, err := a.configPath()
	if err != nil {
		return defaults(), nil // no home, no settings
	}
	text, err := os.ReadFile(path)
	switch {
	case errors.Is(err, fs.ErrNotExist) && a.setting == "":
		return defaults(), nil
	case errors.Is(err, fs.ErrNotExist):
		return Config{}, &configError{file: path, why: "there is no such file"}
	case err != nil:
		return Config{}, fmt.Errorf("read the settings: %w", err)
	}
	return readConfig(path, text)
}

// readConfig makes a Config of the text of the file at path.
func readConfig(path string, text []byte) (Config, error) {
	c := defaults()
	d := toml.NewDecoder(bytes.NewReader(text))
	d.DisallowUnknownFields()
	if err := d.Decode(&c); err != nil {
		return Config{}, explain(path, err)
	}
	if key, why := c.wrong(); key != "" {
		e := &configError{file: path, why: why}
		e.line, e.col, e.point = find(string(text), key)
		return Config{}, e
	}
	return c, nil
}

// explain makes a *configError of what the TOML reader says.
func explain(path string, err error) error {
	var strict *toml.StrictMissingError
	var decode *toml.DecodeError
	e := &configError{file: path, why: err.Error()}
	switch {
	case errors.As(err, &strict) && len(strict.Errors) > 0:
		decode = &strict.Errors[0]
		e.why = fmt.Sprintf("there is no setting %s; there are theme, measure, query, browser, pager and, under [refresh], every and workers",
			strings.Join(decode.Key(), "."))
	case errors.As(err, &decode):
		e.why = strings.TrimPrefix(decode.Error(), "toml: ")
		if key := strings.Join(decode.Key(), "."); wants[key] != "" {
			e.why = fmt.Sprintf("%s is %s", key, wants[key])
		}
	default:
		return e
	}
	e.line, e.col = decode.Position()
	e.point = decode.String()
	return e
}

// wants says what each setting is.
var wants = map[string]string{
	"theme":           `"auto", "dark", "light" or "plain"`,
	"measure":         "a number from 10 to 1000",
	"query":           `a query, such as "is:unread"`,
	"browser":         `a program with its arguments, such as ["firefox", "{url}"]`,
	"pager":           `a program with its arguments, such as ["less", "-R"]`,
	"refresh.every":   `a time such as "30m" or "2h", five minutes at the least, or 0`,
	"refresh.workers": "a number from 1 to 256",
}

// wrong is the first setting that is not what it should be, and why; "" if
// all are.
func (c Config) wrong() (key, why string) {
	var query *store.QueryError
	_, err := store.ParseQuery(c.Query)
	switch {
	case !slices.Contains([]string{"auto", "dark", "light", "plain"}, c.Theme):
		key = "theme"
	case c.Measure < 10 || c.Measure > 1000:
		key = "measure"
	case c.Refresh.Workers < 1 || c.Refresh.Workers > 256:
		key = "refresh.workers"
	case errors.As(err, &query):
		return "query", "the query cannot be read: " + query.Why
	default:
		return "", ""
	}
	return key, key + " is " + wants[key]
}

// find points at the value of key in a text that has it.
func find(text, key string) (line, col int, point string) {
	name := key[strings.LastIndex(key, ".")+1:]
	for i, l := range strings.Split(text, "\n") {
		before, after, ok := strings.Cut(l, "=")
		if !ok || strings.Trim(strings.TrimSpace(before), `"'`) != name {
			continue
		}
		col := len(before) + 1 + len(after) - len(strings.TrimLeft(after, " \t"))
		return i + 1, col + 1, l + "\n" + strings.Repeat(" ", col) + "^"
	}
	return 0, 0, ""
}
