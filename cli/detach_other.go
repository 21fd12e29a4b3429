//go:build !unix

package cli

import "os/exec"

// detach lets c live on without our terminal, which it does anyway here.
func detach(*exec.Cmd) {}
