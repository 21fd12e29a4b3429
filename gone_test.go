package main_test

import (
	"io"
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"syscall"
	"testing"
	"time"
)

// TestATerminalThatIsGoneEndsTheScreen has a shell that keeps the signal of
// that to itself.
func TestATerminalThatIsGoneEndsTheScreen(t *testing.T) {
	t.Parallel()
	home := townsman(t)
	s := run(t, 60, 20, true, inShell(home, `trap "" HUP; exec "$0" feed:harbour`))
	s.sees("1/3").types("\r").sees("What the keeper says").types(" ").sees("18 miles").lacks("What the keeper says")
	if err := s.pty.Close(); err != nil {
		t.Fatal(err)
	}
	s.cmd.Process.Signal(syscall.SIGWINCH) // it draws: what reads here lets go of the terminal then
	s.ends()
	s = start(t, home, 60, 20, true, "feed:harbour")
	s.sees("1/3").types("\r").sees("18 miles").lacks("What the keeper says").types("Q").ends()
}

func TestAMarkForADeletedFileIsRefused(t *testing.T) {
	s, home := town(t)
	s.sees("1/9")
	files, err := filepath.Glob(filepath.Join(home, ".local/share/newsterm/news.db*"))
	if err != nil || len(files) == 0 {
		t.Fatal(files, err)
	}
	for _, f := range files {
		if err := os.Remove(f); err != nil {
			t.Fatal(err)
		}
	}
	s.types("s").sees("was moved, replaced or deleted").lacks("★").types("Q").ends()
}

// toldToEnd sends a signal to a command and fails the test unless it ends, and
// says so.
func toldToEnd(t *testing.T, cmd *exec.Cmd, said *strings.Builder, sig os.Signal) {
	t.Helper()
	if err := cmd.Process.Signal(sig); err != nil {
		t.Fatal(err)
	}
	late := time.AfterFunc(patience, func() { cmd.Process.Kill() })
	defer late.Stop()
	cmd.Wait() // the code tells
	if code := cmd.ProcessState.ExitCode(); code != 1 || said.String() != "newsterm: stopped\n" {
		t.Errorf("%s: code %d, said %q", cmd.Args[1:], code, said)
	}
}

func TestOneSignalEndsAWaitForStandardInput(t *testing.T) {
	t.Parallel()
	for _, c := range []struct {
		sig        os.Signal
		text, more string
		args       []string
	}{
		{os.Interrupt, "# Text\n\n", "More of it.\n", []string{"show", "-"}},
		{os.Interrupt, "<rss version=\"2.0\"><channel><title>", "More of it ", []string{"preview", "-"}},
		{syscall.SIGTERM, "<opml version=\"2.0\"><body>", "<outline text=\"a\"/>\n", []string{"import", "-"}},
		{syscall.SIGTERM, "", "\n", []string{"mark", "read", "-"}},
	} {
		cmd := command(t.TempDir(), c.args...)
		var said strings.Builder
		cmd.Stderr = &said
		in, err := cmd.StdinPipe()
		if err != nil {
			t.Fatal(err)
		}
		if err := cmd.Start(); err != nil {
			t.Fatal(err)
		}
		if _, err := io.WriteString(in, c.text+strings.Repeat(c.more, 300<<10/len(c.more))); err != nil { // more than a pipe holds: it reads
			t.Fatal(err)
		}
		toldToEnd(t, cmd, &said, c.sig)
	}
}

func TestOneSignalEndsAWaitForAFile(t *testing.T) {
	t.Parallel()
	fifo := filepath.Join(t.TempDir(), "fifo")
	if err := syscall.Mkfifo(fifo, 0o600); err != nil {
		t.Fatal(err)
	}
	for _, args := range [][]string{{"show", fifo}, {"--config", fifo, "refresh"}, {"--config", fifo}} {
		cmd := command(t.TempDir(), args...)
		var said strings.Builder
		cmd.Stderr = &said
		if err := cmd.Start(); err != nil {
			t.Fatal(err)
		}
		f, err := os.OpenFile(fifo, os.O_WRONLY, 0) // when it is read
		if err != nil {
			t.Fatal(err)
		}
		toldToEnd(t, cmd, &said, os.Interrupt)
		f.Close()
	}
}
