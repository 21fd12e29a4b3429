package cli

import (
	"errors"
	"fmt"
	"strings"

	"app/newsterm/ui"
)

// keyList is the keys of an action: in config.toml a list, or one key.
type keyList []string

// UnmarshalText takes one key.
func (k *keyList) UnmarshalText(text []byte) error {
	*k = keyList{string(text)}
	return nil
}

// ownCommand is a command of the reader's own, under [[command]].
type ownCommand struct {
	Name   string  `toml:"name"`
	Key    keyList `toml:"key"`
	Run    command `toml:"run"`
	Output string  `toml:"output"`
}

// bindings is what the settings say about keys.
func (c Config) bindings() ui.Bindings {
	b := ui.Bindings{Keys: map[string][]string{}, Macros: map[string][]string{}}
	for name, keys := range c.Keys {
		if name == "preset" {
			b.Preset = strings.Join(keys, " ")
			continue
		}
		b.Keys[name] = keys
	}
	for key, steps := range c.Macros {
		b.Macros[key] = steps
	}
	for _, own := range c.Commands {
		b.Commands = append(b.Commands, ui.Command{Name: own.Name, Keys: own.Key, Run: own.Run, Output: own.Output})
	}
	return b
}

// keymap is that of the settings, or the default one if they cannot be read:
// a manual has to be there then too.
func (a *app) keymap() ui.Keymap {
	conf, err := a.config()
	if err != nil {
		conf = Config{}
	}
	return conf.keymap()
}

// keymap is what each key does. Whoever read the settings has made sure that
// it can be.
func (c Config) keymap() ui.Keymap {
	keys, _ := c.bindings().Keymap()
	return keys
}

// wrongKeys makes a *ui.SettingsError of a binding that is wrong; nil if none is.
func (c Config) wrongKeys(path, text string) error {
	_, err := c.bindings().Keymap()
	var wrong *ui.BindingError
	if !errors.As(err, &wrong) {
		return err
	}
	e := &ui.SettingsError{File: path, Why: wrong.Why}
	e.Line, e.Col, e.Point = find(text, wrong.Setting...)
	if wrong.Other != nil {
		line, col, point := find(text, wrong.Other...)
		if line > e.Line {
			line, e.Line, e.Col, e.Point = e.Line, line, col, point
		}
		e.Why += fmt.Sprintf("; see line %d too", line)
	}
	return e
}
