//go:build unix

package cli

import (
	"os/exec"
	"syscall"
)

// detach lets c live on without our terminal.
func detach(c *exec.Cmd) { c.SysProcAttr = &syscall.SysProcAttr{Setsid: true} }
