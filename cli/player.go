package cli

import (
	"os/exec"
	"runtime"

	"app/newsterm/ui"
)

// player is what sound and video are played with: that of the settings, or
// the first that is there; with nothing to run if none is. Without a display
// there is no window to end it in, so it gets the terminal.
func (a *app) player(setting command) ui.Opener {
	choices := []command{setting}
	display := a.hasDisplay()
	switch {
	case len(setting) > 0:
	case display:
		choices = []command{{"mpv", "--force-window", "--", "{url}"}, {"vlc", "{url}"}, {"mplayer", "{url}"}}
	default:
		choices = []command{{"mpv", "--", "{url}"}, {"cvlc", "--play-and-exit", "{url}"}, {"mplayer", "{url}"}}
	}
	for _, c := range choices {
		if _, err := exec.LookPath(c[0]); err == nil || len(setting) > 0 {
			return ui.Opener{Run: c, Terminal: !display}
		}
	}
	return ui.Opener{}
}

// hasDisplay reports whether programs can open windows where we are.
func (a *app) hasDisplay() bool {
	switch runtime.GOOS {
	case "darwin", "windows":
		return !a.isRemote()
	}
	return a.Getenv("DISPLAY") != "" || a.Getenv("WAYLAND_DISPLAY") != ""
}

// isRemote reports whether the reader is at another machine.
func (a *app) isRemote() bool {
	return a.Getenv("SSH_CONNECTION") != "" || a.Getenv("SSH_TTY") != "" || a.Getenv("SSH_CLIENT") != ""
}
