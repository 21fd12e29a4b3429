//go:build unix

package source

import (
	"os/exec"
	"syscall"
)

// inGroup has c, and all that it starts, stopped together.
func inGroup(c *exec.Cmd) {
	c.SysProcAttr = &syscall.SysProcAttr{Setsid: true}
	c.Cancel = func() error { return syscall.Kill(-c.Process.Pid, syscall.SIGKILL) }
}
