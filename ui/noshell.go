package ui

import (
	"fmt"
	"path/filepath"
	"slices"
	"strings"
	"unicode"
)

// The address and the title of an article, and the name of its feed, are what
// strangers wrote: an address may hold $(rm -r ~). No shell may read them as a
// program, neither one that is called here nor one that another program calls.

// shells read one of their arguments as a program, and leave the others alone.
var shells = []string{"sh", "bash", "rbash", "zsh", "dash", "ash", "ksh", "ksh93", "mksh", "lksh", "oksh", "pdksh", "yash", "osh", "fish"}

// handing are programs that have a shell read their arguments, or that are a
// shell in which an argument cannot be told from the program.
var handing = []string{
	"csh", "tcsh", "nu", "xonsh", "elvish", "cmd", "powershell", "pwsh", "wsl", "su", "runuser", "script", "ssh", "autossh", "rsh", "adb",
	"tmux", "screen", "at", "batch", "watch", "eval", "parallel", "make", "just", "i3-msg", "swaymsg", "hyprctl", "riverctl",
}

// Unsafe says why the words of a program may not hold what is of an article as
// they do; "" if they may. {file} and {id} are our own, and may stand anywhere.
func Unsafe(run []string) string {
	for i, word := range run {
		name := strings.TrimSuffix(strings.ToLower(filepath.Base(word)), ".exe")
		behind := run[i+1:]
		switch {
		case isStrange(word) && strings.ContainsFunc(word, parts):
			return `what is of an article needs an argument to itself, or a shell might run it; write it as in run = ["mpv", "--title={title}", "{url}"]`
		case slices.Contains(handing, name) && slices.ContainsFunc(behind, isStrange):
			return fmt.Sprintf(`%s has a shell read its arguments, which would run what stands in an address or a title; name a script of your own that quotes them, as in run = ["my-script", "{url}"]`, name)
		case slices.Contains(shells, name) && scriptsStrangers(behind):
			return `a shell would run what stands in an address or a title; give it as an argument, as in run = ["sh", "-c", "mpv \"$1\"", "sh", "{url}"]`
		}
	}
	return ""
}

// isStrange reports whether what a stranger wrote is put within a word.
func isStrange(word string) bool {
	return strings.Contains(word, "{url}") || strings.Contains(word, "{title}") || strings.Contains(word, "{feed}")
}

// parts reports whether r stands in a line for a shell or for another language,
// and not within one word of it.
func parts(r rune) bool { return unicode.IsSpace(r) || strings.ContainsRune("\"'`;|$", r) }

// scriptsStrangers reports whether a shell with these arguments would have words
// of an article in its program.
func scriptsStrangers(args []string) bool {
	comes := false // the program, behind the options: -c, -ec, or -c -e
	for _, word := range args {
		isOption := strings.HasPrefix(word, "-")
		switch {
		case (isOption || comes) && isStrange(word):
			return true
		case isOption:
			long := strings.HasPrefix(word, "--")
			comes = comes || strings.HasPrefix(word, "--command") || strings.HasPrefix(word, "--init") || !long && strings.ContainsAny(word, "cC")
		case comes:
			return false
		}
	}
	return false
}

// WithURL is a program that is given an address: at the end, unless it says
// where.
func WithURL(run []string) []string {
	words := strings.Join(run, " ")
	if strings.Contains(words, "{file}") || strings.Contains(words, "{url}") {
		return run
	}
	return append(slices.Clip(run), "{url}")
}
