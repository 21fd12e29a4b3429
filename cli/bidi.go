package cli

import (
	"strconv"
	"strings"
)

// bidiSettings are what config.toml may say about text from right to left.
var bidiSettings = []string{"auto", "on", "off"}

// visual reports whether text from right to left is to be put in order here. By
// itself that is so unless the terminal is known to do it. That may be wrong over
// ssh, which does not tell; hence the setting.
func (a *app) visual(setting string) bool {
	if setting != "auto" {
		return setting == "on"
	}
	vte, _ := strconv.Atoi(a.Getenv("VTE_VERSION"))
	switch {
	case vte >= 5800, a.Getenv("KONSOLE_VERSION") != "", a.Getenv("TERM_PROGRAM") == "Apple_Terminal":
		return false
	case strings.HasPrefix(a.Getenv("TERM"), "mlterm"), a.Getenv("MLTERM") != "":
		return false
	case a.Getenv("TERM") == "xterm-kitty", a.Getenv("KITTY_WINDOW_ID") != "": // it turns each word around, unless force_ltr is set
		return false
	}
	return true
}
