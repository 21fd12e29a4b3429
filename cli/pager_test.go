//go:build unix

package cli_test

import (
	"io"
	"os"
	"slices"
	"strings"
	"testing"
	"time"

	"github.com/creack/pty"

	"app/newsterm/cli"
)

func TestThePagerIsLentTheTerminal(t *testing.T) {
	d := newDesk(t)
	pager := d.write("pager", "#!/bin/sh\ncat >/dev/null\n")
	if err := os.Chmod(pager, 0o700); err != nil {
		t.Fatal(err)
	}
	keyboard, tty, err := pty.Open()
	if err != nil {
		t.Fatal(err)
	}
	defer keyboard.Close()
	defer tty.Close()
	var told strings.Builder
	var lent []bool
	env := cli.Env{In: tty, Out: tty, Err: &told, Now: time.Now, Lend: func(l bool) { lent = append(lent, l) }, Getenv: func(name string) string {
		return map[string]string{"HOME": d.home, "PAGER": pager, "TERM": "xterm"}[name]
	}}
	go io.Copy(io.Discard, keyboard) // until the terminal is closed
	long := d.write("long.md", strings.Repeat("a line\n\n", 100))
	if code := cli.Main(t.Context(), env, []string{"show", long}); code != 0 || !slices.Equal(lent, []bool{true, false}) {
		t.Errorf("exit code %d, lent %v: %s", code, lent, told.String())
	}
}
