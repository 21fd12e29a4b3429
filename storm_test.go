package main_test

import (
	"math/rand/v2"
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"testing"
	"time"
)

// TestAStormOfKeysUnderARefresh presses keys at random, and changes the size of
// the screen, while 500 feeds are refreshed. If races are looked for here, they
// are in the program too.
func TestAStormOfKeysUnderARefresh(t *testing.T) {
	const feeds = 500
	p, home := newPress(t, feeds)
	output(t, home, "refresh", "--quiet")
	before := strings.Count(output(t, home, "list", "feed:paper"), "\n")
	p.issues.Store(3)

	cmd := command(home)
	races := filepath.Join(t.TempDir(), "race")
	if raced {
		cmd.Path = filepath.Join(t.TempDir(), "newsterm")
		build := exec.Command("go", "build", "-race", "-o", cmd.Path, ".")
		build.Env = append(os.Environ(), "CGO_ENABLED=1")
		if out, err := build.CombinedOutput(); err != nil {
			t.Fatalf("%v: %s", err, out)
		}
		cmd.Env = append(cmd.Env, "GORACE=log_path="+races)
	}
	s := run(t, 120, 40, false, cmd)
	s.sees("Paper ").types("R")

	r := rand.New(rand.NewPCG(1, 500))
	keys := []string{"j", "k", " ", "b", "n", "N", "J", "K", "s", "m", "\r", "\x1b", "\t", "h", "l", "g", "G", "d", "u", "z", "\x19",
		"*", "M", ".", "t", "T", "S", "V", "Z", "(", ")", "v", "U", "f", "x", "?", "!", "/page\r", "Fis:unread since:9d\r", ":star\r", "5j", "<", ">", "E\t\x1b", "_", "\x0c"}
	deadline := time.Now().Add(patience)
	for pressed := 0; pressed < 1500 && time.Now().Before(deadline); pressed++ {
		s.types(keys[r.IntN(len(keys))])
		if pressed%50 == 49 {
			s.resize(1+r.IntN(200), 1+r.IntN(60))
			s.types("\x1b\x1b\x1b") // out of whatever is open
		}
	}
	s.resize(120, 40)
	s.types("\x1b\x1b\x1b\x1b").until(func() bool { return s.types("\x1b?").shows("Keys", "Moving") }, "show the keys")
	s.types("q").types("\x03").ends()

	if logs, _ := filepath.Glob(races + "*"); logs != nil {
		text, _ := os.ReadFile(logs[0])
		t.Errorf("%s", text)
	}
	output(t, home, "refresh", "--force", "--quiet")
	if all := strings.Count(output(t, home, "list", "feed:paper"), "\n"); all != 3*before {
		t.Errorf("there are %d articles, want %d", all, 3*before)
	}
	output(t, home, "doctor")
}

// shows reports whether the screen shows all of texts by now.
func (s *terminal) shows(texts ...string) bool {
	text := s.text()
	for _, want := range texts {
		if !strings.Contains(text, want) {
			return false
		}
	}
	return true
}
