package cli

import (
	"context"
	"errors"
	"fmt"
	"os"
	"path/filepath"
	"slices"
	"strings"

	"github.com/muesli/termenv"

	"app/newsterm/store"
	"app/newsterm/ui"
)

// themeNames is one theme, or one for a light background and one for a dark
// one, by their names.
type themeNames []string

// UnmarshalText takes one name.
func (n *themeNames) UnmarshalText(text []byte) error {
	*n = themeNames{string(text)}
	return nil
}

// The names that are no files: what follows the terminal's background, and
// what is for screen readers.
const (
	autoTheme  = "auto"
	plainTheme = "plain"
)

// follow reports whether the theme follows the terminal's background, and
// which ones it follows with.
func (n themeNames) follow() (light, dark string, ok bool) {
	switch {
	case len(n) == 2:
		return n[0], n[1], true
	case len(n) == 1 && n[0] == autoTheme:
		return "light", "dark", true
	}
	return "", "", false
}

// highlight is a rule for how titles look, under [[highlight]].
type highlight struct {
	Query string `toml:"query"`
	Color string `toml:"color"`
	Bold  bool   `toml:"bold"`
}

// wrongLooks is the first setting of how the screen looks that is not what it
// should be, and why; "" if all are.
func (c Config) wrongLooks() (key, why string) {
	unknown := slices.IndexFunc(c.Columns, func(name string) bool { return !slices.Contains(ui.Columns, ui.Column(name)) })
	switch {
	case len(c.Theme) < 1 || len(c.Theme) > 2 || len(c.Theme) == 2 && slices.Contains(c.Theme, autoTheme):
		return "theme", "theme is " + wants["theme"]
	case c.Rows != "compact" && c.Rows != "comfortable":
		return "rows", "rows is " + wants["rows"]
	case unknown >= 0:
		return "columns", fmt.Sprintf("there is no column %q; columns is %s", c.Columns[unknown], wants["columns"])
	case !slices.Contains(c.Columns, string(ui.TitleColumn)):
		return "columns", "there is no title among the columns"
	}
	for i, h := range c.Highlights {
		if key, why := h.wrong(); key != "" {
			return fmt.Sprintf("highlight.%d.%s", i, key), why
		}
	}
	return "", ""
}

func (h highlight) wrong() (key, why string) {
	q, err := store.ParseQuery(h.Query)
	var query *store.QueryError
	_, named := ui.Theme{}.Color(h.Color)
	switch {
	case errors.As(err, &query):
		return "query", "the query cannot be read: " + query.Why
	case h.Query == "" || q.Sort() != store.Newest:
		return "query", `a highlight has a query without sort:, such as query = "title:go"`
	case !named && (h.Color == "" || !ui.IsColor(h.Color)):
		return "color", fmt.Sprintf(`there is no colour %q; there are %s, and "#rrggbb"`, h.Color, strings.Join(ui.ColorNames(), ", "))
	}
	return "", ""
}

// columns and highlights are as the screen wants them. Whoever read the
// settings has made sure that they can be.
func (c Config) columns() (columns []ui.Column) {
	for _, name := range c.Columns {
		columns = append(columns, ui.Column(name))
	}
	return columns
}

func (c Config) highlights() (rules []ui.Highlight) {
	for _, h := range c.Highlights {
		q, _ := store.ParseQuery(h.Query)
		rules = append(rules, ui.Highlight{Query: q, Color: h.Color, Bold: h.Bold})
	}
	return rules
}

// themePath is the file of a theme of the reader's own.
func (a *app) themePath(name string) (string, error) {
	return a.place("", "", "XDG_CONFIG_HOME", ".config", filepath.Join("themes", name+".toml"))
}

// checkTheme makes a *ui.SettingsError of a theme in the settings that is not
// there.
func (a *app) checkTheme(c Config, path, text string) error {
	for _, name := range c.Theme {
		_, builtIn := ui.BuiltInTheme(name)
		if builtIn || name == autoTheme || name == plainTheme {
			continue
		}
		file, err := a.themePath(name)
		if err == nil && !strings.ContainsAny(name, `/\`) {
			if _, err = os.Stat(file); err == nil {
				continue
			}
		}
		known := slices.Concat([]string{autoTheme, plainTheme}, ui.ThemeNames(), a.ownThemes())
		e := &ui.SettingsError{File: path, Why: fmt.Sprintf("there is no theme %q%s", name, meant("", name, known))}
		if !strings.HasSuffix(e.Why, "?") {
			e.Why += fmt.Sprintf("; there are auto, plain, %s, and those in %s", strings.Join(ui.ThemeNames(), ", "), filepath.Dir(file))
		}
		e.Line, e.Col, e.Point = find(text, "theme")
		return e
	}
	return nil
}

// readTheme is the theme of a name, for a terminal of that profile. The error
// is a *ui.SettingsError if its file is not as it should be.
func (a *app) readTheme(name string, p termenv.Profile) (ui.Theme, error) {
	if name == plainTheme {
		return ui.SpokenTheme(), nil
	}
	if t, ok := ui.BuiltInTheme(name); ok {
		return t.On(p), nil
	}
	path, err := a.themePath(name)
	if err != nil {
		return ui.Theme{}, err
	}
	text, err := readText(path)
	if err != nil {
		return ui.Theme{}, fmt.Errorf("read the theme %s: %w", name, err)
	}
	t, err := ui.ReadTheme(name, path, text)
	if err != nil {
		return ui.Theme{}, err
	}
	return t.On(p), nil
}

// ownThemes are the names of the reader's own themes.
func (a *app) ownThemes() (names []string) {
	path, err := a.themePath("")
	if err != nil {
		return nil
	}
	files, _ := os.ReadDir(filepath.Dir(path)) // there need be none
	for _, f := range files {
		if name, ok := strings.CutSuffix(f.Name(), ".toml"); ok && !slices.Contains(ui.ThemeNames(), name) {
			names = append(names, name)
		}
	}
	return names
}

// allThemes are those that come with the program, those of the reader's own,
// and why some of these cannot be read.
func (a *app) allThemes(p termenv.Profile) (themes []ui.Theme, trouble []error) {
	for _, name := range slices.Concat(ui.ThemeNames(), a.ownThemes(), []string{plainTheme}) {
		t, err := a.readTheme(name, p)
		if err != nil {
			trouble = append(trouble, err)
			continue
		}
		themes = append(themes, t)
	}
	return themes, trouble
}

// theme is the one of the settings, for a terminal of that profile.
func (a *app) theme(names themeNames, p termenv.Profile) (ui.Theme, error) {
	light, dark, follow := names.follow()
	switch {
	case follow && lightBackground(a.Getenv("COLORFGBG")):
		return a.readTheme(light, p)
	case follow:
		return a.readTheme(dark, p)
	}
	return a.readTheme(names[0], p)
}

// dressScreen chooses how the screen looks: as --plain or the settings say,
// else as it was chosen last.
func (a *app) dressScreen(ctx context.Context, o *ui.Options, c Config) (err error) {
	p := a.profile(true)
	o.Columns, o.Comfortable, o.Highlights = c.columns(), c.Rows == "comfortable", c.highlights()
	if a.plain {
		o.Theme, o.ThemeNamed = ui.SpokenTheme(), true
		return nil
	}
	if p != termenv.Ascii {
		o.Themes = func() ([]ui.Theme, []error) { return a.allThemes(p) }
	}
	light, dark, follow := c.Theme.follow()
	o.Follow, o.ThemeNamed = follow, !slices.Equal(c.Theme, defaults().Theme)
	if !follow {
		light, dark = "light", "dark"
	}
	if o.Light, err = a.readTheme(light, p); err != nil {
		return err
	}
	if o.Dark, err = a.readTheme(dark, p); err != nil {
		return err
	}
	o.Bright = lightBackground(a.Getenv("COLORFGBG"))
	if o.Theme, err = a.theme(c.Theme, p); err != nil || o.ThemeNamed {
		return err
	}
	kept, err := a.db.Setting(ctx, ui.ThemeSetting)
	if err != nil || kept == "" {
		return err
	}
	t, err := a.readTheme(kept, p)
	if err != nil { // its file has changed, or gone
		a.tell(fmt.Errorf("the theme that was chosen with T is not used: %w", err))
		return nil
	}
	o.Theme, o.Follow = t, false
	return nil
}
