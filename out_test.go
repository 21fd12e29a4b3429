package main_test

import (
	"encoding/base64"
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"testing"
)

// inShell is a shell that runs line, in which $0 is newsterm.
func inShell(home, line string, args ...string) *exec.Cmd {
	cmd := command(home, append([]string{"-c", line, binary}, args...)...)
	cmd.Path, cmd.Args[0] = "/bin/sh", "sh"
	return cmd
}

// code is the exit code of a program that has ended.
func (s *terminal) code() int {
	s.ends()
	return s.cmd.ProcessState.ExitCode()
}

// script writes a shell script of the given name into a folder of programs.
func script(t *testing.T, dir, name, text string) {
	t.Helper()
	if err := os.WriteFile(filepath.Join(dir, name), []byte("#!/bin/sh\n"+text), 0o755); err != nil {
		t.Fatal(err)
	}
}

// settings writes a config.toml.
func settings(t *testing.T, home, text string) {
	t.Helper()
	path := filepath.Join(home, ".config", "newsterm", "config.toml")
	if err := os.MkdirAll(filepath.Dir(path), 0o755); err != nil {
		t.Fatal(err)
	}
	if err := os.WriteFile(path, []byte(text), 0o644); err != nil {
		t.Fatal(err)
	}
}

func TestAPipeMayCloseEarly(t *testing.T) {
	home := t.TempDir()
	long := `<item><guid>1</guid><title>Long</title><link>https://news.example/1</link><description>` + strings.Repeat("&lt;p&gt;many words &lt;/p&gt;", 50000) + `</description></item>`
	output(t, home, "add", serve(t, long))
	file := filepath.Join(home, "first")
	s := run(t, 100, 30, false, inShell(home, `{ "$0" feed:local; echo "code $?" >&2; } 2>"$1.err" | head -1 >"$1"`, file))
	s.sees("Long").types("\r").ends()
	got, _ := os.ReadFile(file)
	errs, _ := os.ReadFile(file + ".err")
	if string(got) != "# Long\n" || string(errs) != "code 0\n" {
		t.Errorf("head received %q; newsterm said %q", got, errs)
	}
}

func TestWhoPicksNothingSaysSoToThePipe(t *testing.T) {
	home := t.TempDir()
	output(t, home, "add", serve(t, harbour))
	for _, key := range []string{"Q", "\x03"} {
		file := filepath.Join(home, "picked.md")
		s := run(t, 100, 30, false, inShell(home, `"$0" feed:local > "$1"`, file))
		if code := s.sees("Harbour reopens").types(key).code(); code != 130 {
			t.Errorf("after %q the exit code is %d", key, code)
		}
		if got, err := os.ReadFile(file); err != nil || len(got) > 0 {
			t.Errorf("the pipe received %q, %v", got, err)
		}
	}
}

func TestAProgramThatBorrowsTheTerminalHasIt(t *testing.T) {
	home, bin := t.TempDir(), t.TempDir()
	output(t, home, "add", serve(t, harbour))
	script(t, bin, "viewer", `trap 'echo "was interrupted"' INT
test -t 0 && test -t 1 && echo "viewer of $1 on a terminal"
until test "$line" = end; do read -r line; done`)
	settings(t, home, "[[open]]\nmatch = \"news.example\"\nrun = [\""+bin+"/viewer\", \"{url}\"]\nterminal = true\n")
	s := start(t, home, 100, 30, false, "feed:local")
	s.sees("Harbour reopens").types("o").sees("viewer of https://news.example/1 on a terminal").types("\x03").sees("was interrupted")
	s.types("end\r").sees("Bridge to be painted")
	s.until(func() bool { return !strings.Contains(s.text(), "viewer of") }, "come back")
	s.types("|!sh -c 'cat; echo; read x </dev/tty'\r").sees("The harbour has **reopened** after the storm.").types("\r")
	s.sees("Bridge to be painted").types("Q").ends()
}

// TestCtrlCAtTheVeryEndIsForTheProgramToo has programs that end while newsterm
// is being told of it.
func TestCtrlCAtTheVeryEndIsForTheProgramToo(t *testing.T) {
	home, bin := t.TempDir(), t.TempDir()
	output(t, home, "add", serve(t, harbour))
	script(t, bin, "hasty", "kill -INT $PPID; kill -INT $PPID")
	settings(t, home, "[[open]]\nmatch = \"news.example\"\nrun = [\""+bin+"/hasty\", \"{url}\"]\nterminal = true\n")
	s := start(t, home, 100, 30, false, "feed:local")
	s.sees("Harbour reopens")
	for range 10 {
		times := strings.Count(s.written(), "\x1b[?1049h")
		s.types("o").until(func() bool { return strings.Count(s.written(), "\x1b[?1049h") > times }, "come back")
	}
	s.types("?").sees("Moving").types("qQ").ends()
}

func TestWhatIsCopiedGoesToTheTerminalAndTheClipboard(t *testing.T) {
	home, bin := t.TempDir(), t.TempDir()
	output(t, home, "add", serve(t, harbour+`<item><guid>3</guid><title>Endless</title><description>`+strings.Repeat("word ", 20000)+`</description></item>`))
	script(t, bin, "xclip", `echo "$@" >"$HOME/asked"; cat >"$HOME/clipboard"; test ! -e "$HOME/broken"`)
	begin := func(env ...string) *terminal {
		cmd := command(home, "feed:local")
		cmd.Env = append(append(cmd.Env, "PATH="+bin+":"+os.Getenv("PATH"), "WAYLAND_DISPLAY=", "DISPLAY=:9", "TMUX="), env...)
		return run(t, 100, 30, false, cmd).sees("Harbour reopens")
	}
	clipboard := func() string {
		text, _ := os.ReadFile(filepath.Join(home, "clipboard"))
		return string(text)
	}
	const asks = "\x1b]52;c;"
	s := begin("SSH_CONNECTION=")
	s.types("y").sees("copied https://news.example/1")
	if want := asks + base64.StdEncoding.EncodeToString([]byte("https://news.example/1")); !strings.Contains(s.written(), want) {
		t.Errorf("the terminal was not asked to copy: %q", s.written())
	}
	if got := clipboard(); got != "https://news.example/1" {
		t.Errorf("the clipboard holds %q", got)
	}
	s.types("jjY").sees("copied the article")
	if got := clipboard(); !strings.HasPrefix(got, "# Endless\n") {
		t.Errorf("the clipboard holds %.80q", got)
	}
	s.types("Q").ends()

	os.Remove(filepath.Join(home, "clipboard"))
	s = begin("SSH_CONNECTION=a 1 b 22") // the clipboard of this machine is not the reader's
	s.types("y").sees("copied https://news.example/1")
	if got := clipboard(); got != "" {
		t.Errorf("the clipboard of the server holds %q", got)
	}
	s.types("jjY").sees("copy: 100 kB are more than terminals take")
	s.types("Q").ends()
}
