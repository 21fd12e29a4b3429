package store

import (
	"fmt"
	"os"
	"os/exec"
	"strings"
	"testing"
)

func TestAProcessIsKnownToHaveEnded(t *testing.T) {
	other := exec.Command(os.Args[0], "-test.run=^$")
	if err := other.Run(); err != nil {
		t.Fatal(err)
	}
	pid, rest, _ := strings.Cut(self(), "/")
	start, where, _ := strings.Cut(rest, "/")
	for name, want := range map[string]bool{
		self():                           false,
		pid + "//" + where:               false, // where nobody knows when it began
		pid + "/1" + start + "/":         false, // nor which machine it is of
		"1" + start:                      false,
		"":                               false,
		"x/1/" + where:                   false,
		"999999999/1/elsewhere":          false,
		pid + "/1" + start + "/" + where: true, // another has its number
		fmt.Sprintf("%d//%s", other.Process.Pid, where): true,
	} {
		if ended(name) != want {
			t.Errorf("%q has ended: %v", name, !want)
		}
	}
	name, shown := self(), processes
	processes = t.TempDir() // as where a system hides the processes of others
	defer func() { processes = shown }()
	if ended(name) {
		t.Error("a process that is hidden has ended")
	}
}
