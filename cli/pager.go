package cli

import (
	"cmp"
	"context"
	"errors"
	"fmt"
	"io"
	"os"
	"os/exec"
	"strings"
	"syscall"
)

// page shows text on a terminal, through the pager if it is longer than the
// screen. The pager is that of the settings, or of $PAGER, or less.
func (a *app) page(ctx context.Context, tty *os.File, setting command, text string) error {
	_, height := size(tty)
	argv := setting
	if len(argv) == 0 {
		argv = strings.Fields(cmp.Or(a.Getenv("PAGER"), "less"))
	}
	if strings.Count(text, "\n") < height || len(argv) == 0 {
		_, err := io.WriteString(tty, text)
		return err
	}
	if _, err := exec.LookPath(argv[0]); err != nil {
		_, err := io.WriteString(tty, text)
		return err
	}
	c := exec.CommandContext(ctx, argv[0], argv[1:]...)
	c.Cancel = func() error { return c.Process.Signal(syscall.SIGTERM) } // it gives the terminal back
	c.Stdin, c.Stdout, c.Stderr = strings.NewReader(text), tty, os.Stderr
	c.Env = os.Environ()
	if a.Getenv("LESS") == "" {
		c.Env = append(c.Env, "LESS=FRX") // colours, and nothing to do for what is short
	}
	a.lend(true) // ctrl-c is for the pager
	defer a.lend(false)
	if err := c.Run(); err != nil && !errors.Is(err, syscall.EPIPE) {
		return fmt.Errorf("%s: %w", argv[0], err)
	}
	return nil
}
