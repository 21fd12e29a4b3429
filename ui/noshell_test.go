package ui

import "testing"

func TestNoShellRunsWhatStrangersWrote(t *testing.T) {
	for _, c := range []struct {
		wrong bool
		run   []string
	}{
		{true, []string{"sh", "-c", "mpv {url}"}},
		{true, []string{"/bin/bash", "-lc", "say '{title}'"}},
		{true, []string{"sh", "-c", "-e", "mpv {url}"}},
		{true, []string{"bash", "-ce", "mpv {url}"}},
		{true, []string{"env", "A=b", "zsh", "-c", "echo {feed}"}},
		{true, []string{"tmux", "split-window", "echo {url}"}},
		{true, []string{"tmux", "send-keys", "{url}", "Enter"}},
		{true, []string{"script", "-qc", "echo {url}", "/dev/null"}},
		{true, []string{"script", "-qc", "{url}", "/dev/null"}},
		{true, []string{"tcsh", "-c", "mpv {url}"}},
		{true, []string{"csh", "-c", "mpv $argv", "{url}"}},
		{true, []string{"fish", "--command=mpv {url}"}},
		{true, []string{"fish", "--command={url}"}},
		{true, []string{"fish", "--command", "{url}"}},
		{true, []string{"su", "me", "-c", "mpv {url}"}},
		{true, []string{"ssh", "host", "mpv", "{url}"}},
		{true, []string{"xargs", "sh", "-c", "{title}"}},
		{true, []string{"bash", "-c", "exec \"$@\"", "-", "sh", "-c", "{url}"}},
		{true, []string{"any-program", "echo {url}"}},
		{true, []string{"any-program", "echo;{url}"}},
		{true, []string{"any-program", "\"{feed}\""}},
		{false, []string{"mpv", "--title={title}", "--", "{url}"}},
		{false, []string{"pandoc", "-o", "/tmp/{title}.pdf", "{file}"}},
		{false, []string{"notes", "[{title}]({url})", "{id} {file}"}},
		{false, []string{"tmux", "split-window", "less {file}"}},
		{false, []string{"sh", "-c", "mpv \"$1\"", "sh", "{url}"}},
		{false, []string{"sh", "-c", "wc {file}"}},
		{false, []string{"mpv", "-c", "{url}"}},
		{false, []string{"sh", "--norc", "{url}"}},
	} {
		_, err := Bindings{Commands: []Command{{Name: "own", Run: c.run}}}.Keymap()
		field, _ := Opener{Match: "a.example", Run: c.run}.Wrong()
		if (err != nil) != c.wrong || (field == "run") != c.wrong {
			t.Errorf("%q: %v, %q", c.run, err, field)
		}
	}
}

func TestAnAddressAtTheEndIsRunByNoShell(t *testing.T) {
	for _, run := range [][]string{{"tmux", "split-window"}, {"sh", "-c"}, {"ssh", "host", "xdg-open"}} {
		if field, _ := (Opener{Match: "a.example", Run: run}).Wrong(); field != "run" {
			t.Errorf("%q may be run", run)
		}
	}
}
