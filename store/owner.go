package store

import (
	"bytes"
	"errors"
	"fmt"
	"os"
	"strconv"
	"strings"
	"sync"
	"syscall"
)

// self names this process in its claims: its number, when it began, and where
// that number holds.
var self = sync.OnceValue(func() string {
	return fmt.Sprintf("%d/%s/%s", os.Getpid(), began(os.Getpid()), numbering())
})

// ended reports whether the process that self named so runs no more. It is
// false whenever that cannot be known, as of a process on another machine.
func ended(name string) bool {
	parts := strings.SplitN(name, "/", 3)
	if len(parts) < 3 || parts[2] == "" || parts[2] != numbering() {
		return false
	}
	pid, err := strconv.Atoi(parts[0])
	if err != nil {
		return false
	}
	p, err := os.FindProcess(pid)
	if err != nil || errors.Is(p.Signal(syscall.Signal(0)), os.ErrProcessDone) {
		return true
	}
	now := began(pid)
	return parts[1] != "" && now != "" && now != parts[1]
}

// numbering is the machine, and on Linux the container, within which the
// numbers of processes mean something; "" if it has no name.
func numbering() string {
	host, err := os.Hostname()
	if err != nil {
		return ""
	}
	space, _ := os.Readlink("/proc/self/ns/pid") // not there on other systems
	return host + space
}

// processes is where Linux tells of them; tests replace it.
var processes = "/proc"

// began is when a process began, as Linux counts: numbers of processes are
// used again. It is "never" for one that has ended and is not buried yet, and
// "" where that cannot be known: on other systems, and of the processes of
// others where these are hidden.
func began(pid int) string {
	stat, _ := os.ReadFile(fmt.Sprintf("%s/%d/stat", processes, pid))
	fields := strings.Fields(string(stat[bytes.LastIndexByte(stat, ')')+1:]))
	const state, start = 0, 19 // see proc_pid_stat(5); the first two are before the parenthesis
	switch {
	case len(fields) <= start:
		return ""
	case fields[state] == "Z":
		return "never"
	}
	return fields[start]
}
