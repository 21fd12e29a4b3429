package ui

import (
	"io"
	"os/exec"
	"time"

	tea "github.com/charmbracelet/bubbletea"
)

// A borrower is a program that has the terminal until it ends. It gets the
// terminal itself and not bubbletea's ways to it: less and vim ask what they
// write to. Ctrl-C is meant for it, and not for newsterm.
type borrower struct {
	*exec.Cmd
	lent func(bool)
}

// Run runs the program.
func (b borrower) Run() error {
	b.lent(true)
	defer b.lent(false)
	return b.Cmd.Run()
}

// SetStdin, SetStdout and SetStderr leave the terminal as lend set it.
func (b borrower) SetStdin(io.Reader)  {}
func (b borrower) SetStdout(io.Writer) {}
func (b borrower) SetStderr(io.Writer) {}

// lend gives the terminal to a program, which reads it unless it has something
// else to read. What follows its end comes of then.
func (m Model) lend(c *exec.Cmd, then func(error) tea.Msg) tea.Cmd {
	if c.Stdin == nil {
		c.Stdin = m.o.In
	}
	c.Stdout, c.Stderr = m.o.Out, m.o.Out
	c.WaitDelay = time.Second // for what it may leave behind, reading
	lent := m.o.Lent
	if lent == nil {
		lent = func(bool) {}
	}
	return tea.Exec(borrower{c, lent}, then)
}
