package cli

import (
	"fmt"

	"app/newsterm/ui"
)

// An opener is an [[open]] of config.toml.
type opener struct {
	Match    string  `toml:"match"`
	Run      command `toml:"run"`
	Terminal bool    `toml:"terminal"`
}

// openers are the programs that open some addresses in the place of the
// browser.
func (c Config) openers() []ui.Opener {
	list := make([]ui.Opener, len(c.Open))
	for i, o := range c.Open {
		list[i] = ui.Opener{Match: o.Match, Run: o.Run, Terminal: o.Terminal}
	}
	return list
}

// wrongOpener is the first setting of an opener that is not what it should be,
// and why; "" if all are.
func (c Config) wrongOpener() (key, why string) {
	for i, o := range c.openers() {
		if field, why := o.Wrong(); field != "" {
			return fmt.Sprintf("open.%d.%s", i, field), why
		}
	}
	return "", ""
}

// wrongProgram is the setting of the browser or the player, if a shell would
// run what is put within it, and why; "" if none would.
func (c Config) wrongProgram() (key, why string) {
	if why = ui.Unsafe(withAddress(c.Browser, "{url}")); why != "" {
		return "browser", why
	}
	if why = ui.Unsafe(ui.WithURL(c.Player)); why != "" {
		return "player", why
	}
	return "", ""
}
