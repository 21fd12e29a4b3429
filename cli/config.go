package cli

import (
	"bytes"
	"errors"
	"fmt"
	"io/fs"
	"os"
	"reflect"
	"slices"
	"strings"
	"time"

	"github.com/pelletier/go-toml/v2"

	"app/newsterm/source"
	"app/newsterm/store"
	"app/newsterm/ui"
)

// A Config is what config.toml says. It is read, and never written.
type Config struct {
	Theme   themeNames `toml:"theme"`
	Rows    string     `toml:"rows"`
	Columns []string   `toml:"columns"`
	Measure int        `toml:"measure"`
	Query   string     `toml:"query"`
	Images  string     `toml:"images"`
	Mouse   bool       `toml:"mouse"`
	Bidi    string     `toml:"bidi"`
	Numbers bool       `toml:"link_numbers"`
	Browser command    `toml:"browser"`
	Pager   command    `toml:"pager"`
	Player  command    `toml:"player"`
	Open    []opener   `toml:"open"`
	Share   []target   `toml:"share"`
	Refresh struct {
		Workers int     `toml:"workers"`
		Every   pausing `toml:"every"` // in the screen
	} `toml:"refresh"`
	Keys       map[string]keyList `toml:"keys"` // and "preset"
	Macros     map[string]command `toml:"macros"`
	Commands   []ownCommand       `toml:"command"`
	Highlights []highlight        `toml:"highlight"`
}

// defaults is a Config with nothing left out but Browser and Pager, for which
// the environment is asked.
func defaults() Config {
	c := Config{Theme: themeNames{autoTheme}, Measure: 80, Query: "is:unread", Images: "auto"}
	c.Rows, c.Columns = "compact", []string{"mark", "star", "title", "feed", "age"}
	c.Mouse, c.Bidi = true, "auto"
	c.Refresh.Workers = 128
	c.Refresh.Every = pausing{30 * time.Minute}
	return c
}

// exampleConfig is a config.toml that changes nothing.
const exampleConfig = `# Settings of newsterm. Each line shows what holds without it; take away the
# "#" to change it. The file is read when newsterm starts, and never written.

# theme = "auto"        # a name that T shows; or two, for a light and a dark background:
# theme = ["catppuccin-latte", "catppuccin-mocha"]
# rows = "compact"      # or comfortable: a second line with the summary
# columns = ["mark", "star", "title", "feed", "age"]   # author and date are others
# measure = 80          # the longest line of an article
# query = "is:unread"   # what newsterm opens on
# images = "auto"       # pictures in articles: auto, ask (for each article, with i), off, blocks, kitty, iterm or sixel
# mouse = true          # it scrolls, selects and opens; with shift held it selects text, as without newsterm
# bidi = "auto"         # put Hebrew and Arabic in order: on, off, or auto: unless the terminal is known to do it
# link_numbers = false  # true: links in articles show the numbers that open them
# browser = ["xdg-open", "{url}"]   # what opens pages; instead of $BROWSER
# pager = ["less", "-R"]            # what long output goes through; instead of $PAGER
# player = ["mpv", "--force-window", "--", "{url}"]   # what plays sound and video

# [[open]]              # what opens some addresses, in the place of the browser; there may be more
# match = "youtube.com" # a host, "example.org/videos/*", "*/*.pdf", or between slashes a regular expression
# run = ["mpv", "{url}"]   # {title} and {file}, the article as markdown, may be there too
# terminal = false      # true: it gets the terminal until it ends

# [[share]]             # where @ shares an article, before the usual places; there may be more
# name = "Wallabag"     # the name of a usual place takes its place
# url = "https://wallabag.example/bookmarklet?url={url}"   # {title} and {feed} may be there too

# [keys]
# preset = "default"    # or newsboat, vim, less: keys for fingers that know these
# star = "s"            # an action, by the name that ? shows beside it, and its key; "" for none
# top = ["g", "home"]   # several keys; "gg" is g pressed twice

# [macros]              # none; for example
# x = "star browse"     # ,x does both

# [[command]]           # none; for example, as often as you like
# name = "send to pandoc"
# key = "P"
# run = ["pandoc", "-o", "/tmp/{title}.pdf", "{file}"]   # {url} {title} {feed} {id}, {file} is the article as markdown
# output = "none"       # or sheet to see what it writes, terminal to lend it the terminal

# [[highlight]]         # titles that should catch your eye; there may be more
# query = "title:go"
# color = "star"        # as a theme names it (accent, star, heading, good, bad …) or "#rrggbb"
# bold = false

# [refresh]
# every = "30m"         # how often the screen refreshes by itself; 0 for never
# workers = 128         # feeds fetched at the same time, two of a host
`

// A pausing is a time between two refreshes; zero for never.
type pausing struct{ time.Duration }

// UnmarshalText takes a time as people write it. The error names the setting:
// of a number, the TOML reader does not say where it stands.
func (p *pausing) UnmarshalText(text []byte) (err error) {
	if p.Duration, err = source.Interval(string(text)); err != nil {
		return errors.New("refresh.every is " + wants["refresh.every"])
	}
	return nil
}

// A command is a program and its arguments. In config.toml it is a list, or
// a text that is split at its spaces; no shell ever sees it.
type command []string

// UnmarshalText takes a command written as a text.
func (c *command) UnmarshalText(text []byte) error {
	*c = strings.Fields(string(text))
	return nil
}

// configPath is that of the settings, there or not.
func (a *app) configPath() (string, error) {
	return a.place(a.setting, "NEWSTERM_CONFIG", "XDG_CONFIG_HOME", ".config", "config.toml")
}

// config reads the settings. The error is a *ui.SettingsError if they cannot be
// understood. Without a file the defaults hold; one that was asked for by
// name must be there.
func (a *app) config() (Config, error) {
	path, err := a.configPath()
	if err != nil {
		return defaults(), nil // no home, no settings
	}
	text, err := readText(path)
	switch {
	case errors.Is(err, fs.ErrNotExist) && a.setting == "" && a.Getenv("NEWSTERM_CONFIG") == "":
		return defaults(), nil
	case errors.Is(err, fs.ErrNotExist):
		return Config{}, &ui.SettingsError{File: path, Why: "there is no such file"}
	case err != nil:
		return Config{}, fmt.Errorf("read the settings: %w", err)
	}
	c, err := readConfig(path, text)
	if err != nil {
		return c, err
	}
	return c, a.checkTheme(c, path, string(text))
}

// readText is the text of a file that a reader has written, without the mark
// that some editors put before it. The error is a *ui.SettingsError if it is
// not in UTF-8 at all.
func readText(path string) ([]byte, error) {
	text, err := os.ReadFile(path)
	if bytes.HasPrefix(text, []byte("\xff\xfe")) || bytes.HasPrefix(text, []byte("\xfe\xff")) {
		return nil, &ui.SettingsError{File: path, Why: "it is UTF-16; save it as UTF-8"}
	}
	return bytes.TrimPrefix(text, []byte("\xef\xbb\xbf")), err
}

// readConfig makes a Config of the text of the file at path.
func readConfig(path string, text []byte) (Config, error) {
	c := defaults()
	d := toml.NewDecoder(bytes.NewReader(text))
	d.DisallowUnknownFields()
	if err := d.Decode(&c); err != nil {
		return Config{}, explain(path, string(text), err)
	}
	if key, why := c.wrong(); key != "" {
		e := &ui.SettingsError{File: path, Why: why}
		e.Line, e.Col, e.Point = find(string(text), strings.Split(key, ".")...)
		return Config{}, e
	}
	return c, c.wrongKeys(path, string(text))
}

// explain makes a *ui.SettingsError of what the TOML reader says of a text.
func explain(path, text string, err error) error {
	var strict *toml.StrictMissingError
	var decode *toml.DecodeError
	e := &ui.SettingsError{File: path, Why: err.Error()}
	switch {
	case errors.As(err, &strict) && len(strict.Errors) > 0:
		decode = &strict.Errors[0]
		name := strings.Join(decode.Key(), ".")
		if e.Why = "there is no setting " + name + meant("", name, settingPaths()); !strings.HasSuffix(e.Why, "?") {
			e.Why += "; there are " + settingNames()
		}
	case errors.As(err, &decode):
		e.Why = strings.TrimPrefix(decode.Error(), "toml: ")
		if want := wanted(decode.Key()); want != "" {
			e.Why = fmt.Sprintf("%s is %s", strings.Join(decode.Key(), "."), want)
		}
	default:
		return e
	}
	e.Line, e.Col = decode.Position()
	if lines := strings.Split(text, "\n"); e.Line > 0 && e.Line <= len(lines) {
		e.Point = pointIn(strings.TrimSuffix(lines[e.Line-1], "\r"), e.Col-1)
	}
	return e
}

// wants says what each setting is.
var wants = map[string]string{
	"theme":           `the name of a theme, such as "auto", or two names, for a light and a dark background`,
	"rows":            `"compact" or "comfortable"`,
	"columns":         `a list of some of mark, star, title, feed, author, age and date`,
	"highlight":       `[[highlight]], and below it query, color and bold`,
	"measure":         "a number from 10 to 1000",
	"query":           `a query, such as "is:unread"`,
	"images":          `"auto", "ask", "off", "blocks", "kitty", "iterm" or "sixel"`,
	"mouse":           "true or false",
	"bidi":            `"auto", "on" or "off"`,
	"link_numbers":    "true or false",
	"browser":         `a program with its arguments, such as ["firefox", "{url}"]`,
	"pager":           `a program with its arguments, such as ["less", "-R"]`,
	"player":          `a program with its arguments, such as ["mpv", "{url}"]`,
	"open":            `[[open]], and below it match, run and terminal`,
	"share":           `[[share]], and below it name and url`,
	"refresh":         `[refresh], and below it workers and every`,
	"refresh.every":   `a time such as "30m" or "2h", five minutes at the least, or 0`,
	"refresh.workers": "a number from 1 to 256",
	"keys":            `a key, such as "ctrl+d", or a list of keys; "" for none`,
	"macros":          `names of actions, such as "star browse"`,
	"command":         `[[command]], and below it name, key, run and output`,

	"open.match":      `an address, such as "youtube.com" or "*/*.pdf"`,
	"open.run":        `a program with its arguments, such as ["mpv", "{url}"]`,
	"open.terminal":   "true or false",
	"share.name":      `a name, such as "Wallabag"`,
	"share.url":       `an address with {url} in it`,
	"command.name":    "a name",
	"command.run":     `a program with its arguments, such as ["pandoc", "{file}"]`,
	"command.output":  `"none", "sheet" or "terminal"`,
	"highlight.query": `a query, such as "title:go"`,
	"highlight.color": `the name of a colour, such as "star", or "#rrggbb"`,
	"highlight.bold":  "true or false",
}

// wanted says what a setting is: by its own name, or by that of its table; ""
// if neither tells.
func wanted(key toml.Key) string {
	if want := wants[strings.Join(key, ".")]; want != "" || len(key) == 0 {
		return want
	}
	return wants[key[0]]
}

// settingNames lists the names of the settings, for one that is misspelt.
func settingNames() string {
	var plain, tables []string
	for f := range reflect.TypeFor[Config]().Fields() {
		name := f.Tag.Get("toml")
		switch kind := f.Type.Kind(); {
		case kind == reflect.Struct:
			var inner []string
			for g := range f.Type.Fields() {
				inner = append(inner, g.Tag.Get("toml"))
			}
			tables = append(tables, "under ["+name+"], "+inWords(inner))
		case kind == reflect.Map:
			plain = append(plain, "["+name+"]")
		case kind == reflect.Slice && f.Type.Elem().Kind() == reflect.Struct:
			plain = append(plain, "[["+name+"]]")
		default:
			plain = append(plain, name)
		}
	}
	return strings.Join(plain, ", ") + " and, " + strings.Join(tables, "; ")
}

// settingPaths are the names of all settings as they stand in errors, for one
// that is misspelt.
func settingPaths() (paths []string) {
	for f := range reflect.TypeFor[Config]().Fields() {
		name, inner := f.Tag.Get("toml"), f.Type
		paths = append(paths, name)
		if inner.Kind() == reflect.Slice {
			inner = inner.Elem()
		}
		if inner.Kind() != reflect.Struct {
			continue
		}
		for g := range inner.Fields() {
			paths = append(paths, name+"."+g.Tag.Get("toml"))
		}
	}
	return paths
}

// inWords is a list of names with "and" before the last.
func inWords(names []string) string {
	last := len(names) - 1
	return strings.Join(names[:last], ", ") + " and " + names[last]
}

// wrong is the first setting that is not what it should be, and why; "" if
// all are.
func (c Config) wrong() (key, why string) {
	var query *store.QueryError
	_, err := store.ParseQuery(c.Query)
	switch {
	case c.Measure < 10 || c.Measure > 1000:
		key = "measure"
	case !slices.Contains(ui.PictureSettings, c.Images):
		key = "images"
	case !slices.Contains(bidiSettings, c.Bidi):
		key = "bidi"
	case c.Refresh.Workers < 1 || c.Refresh.Workers > 256:
		key = "refresh.workers"
	case errors.As(err, &query):
		return "query", "the query cannot be read: " + query.Why
	default:
		for _, check := range []func() (key, why string){c.wrongProgram, c.wrongOpener, c.wrongTarget, c.wrongLooks} {
			if key, why = check(); key != "" {
				break
			}
		}
		return key, why
	}
	return key, key + " is " + wants[key]
}
