package cli

import (
	"testing"

	"github.com/muesli/termenv"
)

func TestTerminalsHaveTheirColours(t *testing.T) {
	for _, c := range []struct {
		kind, colorterm, off string
		want                 termenv.Profile
	}{
		{"foot", "", "", termenv.TrueColor},
		{"foot-extra", "", "", termenv.TrueColor},
		{"foot", "", "1", termenv.Ascii},
		{"mlterm", "", "", termenv.ANSI256},
		{"mlterm-256color", "", "", termenv.ANSI256},
		{"mlterm", "truecolor", "", termenv.TrueColor},
		{"mlterm", "", "1", termenv.Ascii},
		{"xterm-256color", "", "", termenv.ANSI256},
		{"xterm", "", "", termenv.ANSI},
		{"screen", "", "", termenv.ANSI},
		{"tmux", "", "", termenv.ANSI},
		{"screen-256color", "", "", termenv.ANSI256},
		{"screen", "truecolor", "", termenv.ANSI256},
		{"rxvt", "", "", termenv.ANSI},
		{"putty", "", "1", termenv.Ascii},
		{"vt100", "", "", termenv.Ascii},
	} {
		set := map[string]string{"TERM": c.kind, "COLORTERM": c.colorterm, "NO_COLOR": c.off}
		a := &app{color: "auto", Env: Env{Getenv: func(name string) string { return set[name] }}}
		if got := a.profile(true); got != c.want {
			t.Errorf("%v: %s, want %s", set, colors(got), colors(c.want))
		}
	}
}
