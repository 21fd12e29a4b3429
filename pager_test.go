package main_test

import (
	"os"
	"path/filepath"
	"strings"
	"testing"
)

// TestCtrlCInThePagerIsForThePager has it pressed as soon as the pager is there,
// and again.
func TestCtrlCInThePagerIsForThePager(t *testing.T) {
	home, bin := t.TempDir(), t.TempDir()
	long := filepath.Join(home, "long.md")
	if err := os.WriteFile(long, []byte(strings.Repeat("a line\n\n", 100)), 0o644); err != nil {
		t.Fatal(err)
	}
	script(t, bin, "pager", `trap 'echo "was interrupted"' INT
kill -INT $PPID
cat >/dev/null
echo "pager on a terminal"
until test "$line" = end; do read -r line </dev/tty; done
echo "pager has ended"`)
	settings(t, home, "pager = [\""+bin+"/pager\"]\n")
	s := start(t, home, 80, 24, false, "show", long)
	s.sees("pager on a terminal").types("\x03").sees("was interrupted").types("end\r").sees("pager has ended")
	if code := s.code(); code != 0 || strings.Contains(s.text(), "newsterm:") {
		t.Errorf("exit code %d:\n%s", code, s.text())
	}
}
