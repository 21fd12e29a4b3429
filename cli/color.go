package cli

import (
	"io"
	"os"
	"slices"
	"strconv"
	"strings"

	"github.com/muesli/termenv"
	"golang.org/x/term"
)

// terminal is f as a file, if it is a terminal.
func terminal(f any) (*os.File, bool) {
	file, ok := f.(*os.File)
	return file, ok && term.IsTerminal(int(file.Fd()))
}

// size is how many cells a terminal has; 80 by 24 if it does not say.
func size(w io.Writer) (width, height int) {
	if tty, ok := terminal(w); ok {
		if width, height, err := term.GetSize(int(tty.Fd())); err == nil && width > 0 && height > 0 {
			return width, height
		}
	}
	return 80, 24
}

// profile is how many colours may be used, if they go to a terminal.
func (a *app) profile(toTerminal bool) termenv.Profile {
	out := termenv.NewOutput(io.Discard, termenv.WithTTY(true), termenv.WithEnvironment(environment(a.Getenv)))
	switch {
	case a.color == "always":
		return min(out.ColorProfile(), termenv.ANSI) // a smaller profile has more colours
	case a.color == "never" || !toTerminal:
		return termenv.Ascii
	}
	return out.EnvColorProfile()
}

// environment is the environment as termenv asks for it.
type environment func(string) string

// Getenv says of terminals that termenv does not know how many colours they
// have, if they are silent about that themselves.
func (e environment) Getenv(name string) string {
	value := e(name)
	kind, _, _ := strings.Cut(e("TERM"), "-")
	switch {
	case name == "TERM" && slices.Contains(ofEightColors, kind) && !strings.Contains(value, "color"):
		return value + "-color"
	case name != "COLORTERM" || value != "":
		return value
	case kind == "foot":
		return "truecolor"
	case kind == "mlterm":
		return "yes" // 256 colours
	}
	return ""
}

// ofEightColors are the kinds of terminal that have at least eight colours by
// terminfo(5), and whose names do not tell.
var ofEightColors = []string{"screen", "tmux", "rxvt", "putty", "st", "konsole", "Eterm", "cygwin"}

func (e environment) Environ() []string { return nil }

// lightBackground reports whether a terminal says in $COLORFGBG ("0;15")
// that its background is light.
func lightBackground(colors string) bool {
	n, err := strconv.Atoi(colors[strings.LastIndex(colors, ";")+1:])
	return err == nil && (n == 7 || n >= 9 && n <= 15)
}
