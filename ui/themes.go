package ui

import (
	"bytes"
	"embed"
	"errors"
	"fmt"
	"reflect"
	"regexp"
	"slices"
	"strconv"
	"strings"

	chroma "github.com/alecthomas/chroma/v2/styles"
	"github.com/charmbracelet/x/ansi"
	"github.com/lucasb-eyer/go-colorful"
	"github.com/muesli/termenv"
	"github.com/pelletier/go-toml/v2"
)

// The themes that come with the program, a file each.
//
//go:embed themes/*.toml
var themeFiles embed.FS

// DarkTheme suits a dark background.
func DarkTheme() Theme { return builtIn("dark") }

// LightTheme suits a light background.
func LightTheme() Theme { return builtIn("light") }

// ThemeNames are the names of the themes that come with the program, our own
// first.
func ThemeNames() []string {
	names := []string{"dark", "light"}
	files, err := themeFiles.ReadDir("themes")
	if err != nil {
		panic(err) // they are part of the program
	}
	for _, f := range files {
		if name := strings.TrimSuffix(f.Name(), ".toml"); !slices.Contains(names, name) {
			names = append(names, name)
		}
	}
	return names
}

// BuiltInTheme is a theme that comes with the program, and whether there is
// one of that name.
func BuiltInTheme(name string) (Theme, bool) {
	if !slices.Contains(ThemeNames(), name) {
		return Theme{}, false
	}
	return builtIn(name), true
}

func builtIn(name string) Theme {
	path := "themes/" + name + ".toml"
	text, err := themeFiles.ReadFile(path)
	if err != nil {
		panic(err)
	}
	t, err := ReadTheme(name, path, text)
	if err != nil {
		panic(err)
	}
	return t
}

// ReadTheme makes a theme of the text of a file. What the file leaves out is
// as in our own theme for that background. The error is a *SettingsError.
func ReadTheme(name, path string, text []byte) (Theme, error) {
	t, err := decodeTheme(Theme{}, path, text)
	if err != nil {
		return Theme{}, err
	}
	if name != "dark" && name != "light" { // which are what the others start from
		base := LightTheme()
		if t.Dark {
			base = DarkTheme()
		}
		t, _ = decodeTheme(base, path, text) // it could be read before
	}
	t.Name, t.Profile = name, termenv.TrueColor
	if err := t.check(path, string(text)); err != nil {
		return Theme{}, err
	}
	return t, nil
}

// decodeTheme is t with what a file says.
func decodeTheme(t Theme, path string, text []byte) (Theme, error) {
	d := toml.NewDecoder(bytes.NewReader(text))
	d.DisallowUnknownFields()
	if err := d.Decode(&t); err != nil {
		return Theme{}, themeTrouble(path, err)
	}
	return t, nil
}

// themeTrouble makes a *SettingsError of what the TOML reader says.
func themeTrouble(path string, err error) error {
	e := &SettingsError{File: path, Why: strings.TrimPrefix(err.Error(), "toml: ")}
	strict, unknown := errors.AsType[*toml.StrictMissingError](err)
	decode, _ := errors.AsType[*toml.DecodeError](err)
	if unknown && len(strict.Errors) > 0 {
		decode = &strict.Errors[0]
		e.Why = fmt.Sprintf("a theme has no colour %s; it has %s", strings.Join(decode.Key(), "."), strings.Join(ColorNames(), ", "))
	} else if decode != nil && len(decode.Key()) == 1 && strings.Contains(e.Why, "decode") {
		e.Why = decode.Key()[0] + " is " + wantedOf(decode.Key()[0])
	}
	if decode != nil {
		e.Line, e.Col = decode.Position()
		e.Point = decode.String()
	}
	return e
}

// wantedOf says what the value of a key of a theme is.
func wantedOf(key string) string {
	switch key {
	case "dark":
		return "true or false: whether the theme is meant for a dark background"
	case "code-colors":
		return `the name of a style of chroma, such as "monokai"`
	}
	return `a colour: "#rrggbb", a number of the 256-colour palette such as "75", or "" for the terminal's own`
}

// IsColor reports whether s is a colour as a Theme has them.
func IsColor(s string) bool { return colorValue.MatchString(s) }

var colorValue = regexp.MustCompile(`^(#[0-9a-fA-F]{6}|[0-9]|[1-9][0-9]|1[0-9][0-9]|2[0-4][0-9]|25[0-5]|)$`)

// Color is the colour of t that is called name in the files of themes, and
// whether there is one.
func (t Theme) Color(name string) (string, bool) {
	for _, f := range reflect.VisibleFields(reflect.TypeFor[Theme]()) {
		if f.Tag.Get("toml") == name && isColorField(f) {
			return reflect.ValueOf(t).FieldByIndex(f.Index).String(), true
		}
	}
	return "", false
}

// changed is t with what f makes of each of its colours.
func (t Theme) changed(f func(string) string) Theme {
	fields := reflect.ValueOf(&t).Elem()
	for _, field := range reflect.VisibleFields(fields.Type()) {
		if isColorField(field) {
			c := fields.FieldByIndex(field.Index)
			c.SetString(f(c.String()))
		}
	}
	return t
}

// nearest256 is the colour of the 256-colour palette that is most like c.
func nearest256(c string) string {
	rgb, err := colorful.Hex(c)
	if err != nil {
		return c
	}
	return strconv.Itoa(int(ansi.Convert256(rgb)))
}

// ColorNames are the names of what can be coloured.
func ColorNames() (names []string) {
	for _, f := range reflect.VisibleFields(reflect.TypeFor[Theme]()) {
		if isColorField(f) {
			names = append(names, f.Tag.Get("toml"))
		}
	}
	return names
}

func isColorField(f reflect.StructField) bool {
	tag := f.Tag.Get("toml")
	return f.Type.Kind() == reflect.String && tag != "-" && tag != "code-colors"
}

// check finds the first value in a theme that is no colour.
func (t Theme) check(path, text string) error {
	for _, name := range ColorNames() {
		if c, _ := t.Color(name); !IsColor(c) {
			return wrongValue(path, text, name)
		}
	}
	if _, known := chroma.Registry[t.CodeColors]; !known && t.CodeColors != "" {
		return wrongValue(path, text, "code-colors")
	}
	return nil
}

// wrongValue points at the value of key in the text of a theme.
func wrongValue(path, text, key string) error {
	e := &SettingsError{File: path, Why: key + " is " + wantedOf(key)}
	for i, l := range strings.Split(text, "\n") {
		before, after, ok := strings.Cut(l, "=")
		if ok && strings.Trim(strings.TrimSpace(before), `"'`) == key {
			col := len(before) + 1 + len(after) - len(strings.TrimLeft(after, " \t"))
			e.Line, e.Col, e.Point = i+1, col+1, l+"\n"+strings.Repeat(" ", col)+"^"
		}
	}
	return e
}
