//go:build unix

package ui

import (
	"os/exec"
	"syscall"
)

// killAll has a program killed with those that it starts.
func killAll(c *exec.Cmd) {
	c.SysProcAttr = &syscall.SysProcAttr{Setpgid: true}
	c.Cancel = func() error { return syscall.Kill(-c.Process.Pid, syscall.SIGKILL) }
}
