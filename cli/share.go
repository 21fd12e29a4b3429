package cli

import (
	"fmt"

	"app/newsterm/ui"
)

// A target is a [[share]] of config.toml.
type target struct {
	Name string `toml:"name"`
	URL  string `toml:"url"`
}

// targets are where articles can be shared.
func (c Config) targets() []ui.Target {
	list := make([]ui.Target, len(c.Share))
	for i, t := range c.Share {
		list[i] = ui.Target(t)
	}
	return list
}

// wrongTarget is the first setting of a target that is not what it should be,
// and why; "" if all are.
func (c Config) wrongTarget() (key, why string) {
	for i, t := range c.targets() {
		if field, why := t.Wrong(); field != "" {
			return fmt.Sprintf("share.%d.%s", i, field), why
		}
	}
	return "", ""
}
