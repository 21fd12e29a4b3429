package main_test

import (
	"fmt"
	"io"
	"net/http"
	"net/http/httptest"
	"os"
	"path/filepath"
	"strconv"
	"strings"
	"sync/atomic"
	"syscall"
	"testing"
	"time"

	"github.com/charmbracelet/x/vt"
	"github.com/creack/pty"
)

// lacks waits until the screen shows none of texts.
func (s *terminal) lacks(texts ...string) *terminal {
	s.t.Helper()
	return s.until(func() bool {
		screen := s.text()
		for _, text := range texts {
			if strings.Contains(screen, text) {
				return false
			}
		}
		return true
	}, "lose "+strings.Join(texts, ", "))
}

// holds waits until newsterm list prints n articles for a query.
func (s *terminal) holds(home, query string, n int) *terminal {
	s.t.Helper()
	return s.until(func() bool { return strings.Count(output(s.t, home, "list", query), "\n") == n },
		fmt.Sprintf("make %d articles %s", n, query))
}

// town opens the papers of the kiosk, or those that query finds, in a terminal
// of 100 by 30 cells.
func town(t *testing.T, query ...string) (s *terminal, home string) {
	t.Helper()
	t.Parallel()
	home = townsman(t)
	return start(t, home, 100, 30, true, query...), home
}

func TestSpaceReadsOnToTheEnd(t *testing.T) {
	s, home := town(t, "feed:harbour")
	s.sees("The lighthouse gets a new lamp").types("\r").sees("What the keeper says")
	s.types(" ").sees("two tons").types(" ").sees("The first boat leaves")
	s.types(" ").sees("朝六時から正午まで").types(" ").sees("no further unread article")
	s.holds(home, "feed:harbour is:unread", 0).types("Q").ends()
}

func TestSearchTheListAndTheText(t *testing.T) {
	s, _ := town(t)
	s.sees("Spring tide on Friday").types("/lamp\r").sees("Search: lamp", "1/1").lacks("Spring tide")
	s.types("\r").sees("What the keeper says").types("/lamp\r").sees("1/6 lamp").types("n").sees("2/6 lamp").types("N").sees("1/6 lamp")
	s.types("\x1b").lacks("n N go on").types("qq").sees("Unread", "Spring tide on Friday").types("Q").ends()
}

func TestStarUndoRedo(t *testing.T) {
	s, home := town(t)
	s.sees("Ferry times").types("s").sees("★").holds(home, "is:starred", 1)
	s.types("z").sees("taken back: The lighthouse", "marked starred").lacks("★").holds(home, "is:starred", 0)
	s.types("\x19").sees("again: The lighthouse", "★").holds(home, "is:starred", 1).types("Q").ends()
}

func TestMarkAllReadAndTakeItBack(t *testing.T) {
	s, home := town(t, "in:Sea is:unread")
	s.sees("Ferry times").types("A").sees("5 articles marked read · z takes it back").holds(home, "is:unread", 4)
	s.types("z").sees("taken back: 5 articles marked read").holds(home, "is:unread", 9).types("Q").ends()
}

func TestACountRepeatsAKey(t *testing.T) {
	s, _ := town(t)
	s.sees("1/9").types("4j").sees("5/9").types("2k").sees("3/9").types("20j").sees("9/9").types("Q").ends()
}

// site serves a page that names a feed, and the feed, which has as many
// articles as n says.
func site(t *testing.T, n *atomic.Int64) string {
	t.Helper()
	srv := httptest.NewServer(http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		if r.URL.Path == "/" {
			io.WriteString(w, `<html><head><title>Garden</title><link rel="alternate" type="application/rss+xml" href="/feed.xml" title="The Garden Diary"></head><body>plants</body></html>`)
			return
		}
		io.WriteString(w, `<rss version="2.0"><channel><title>The Garden Diary</title>`)
		for i := range n.Load() {
			fmt.Fprintf(w, `<item><guid>%d</guid><title>Garden day %[1]d</title><description>Rain.</description></item>`, i+1)
		}
		io.WriteString(w, `</channel></rss>`)
	}))
	t.Cleanup(srv.Close)
	return srv.URL
}

func TestAddASiteAndItsArticlesArrive(t *testing.T) {
	var days atomic.Int64
	days.Store(2)
	s, _ := town(t)
	s.sees("1/9").types("+").sees("Add a feed").types(site(t, &days)+"\r").sees("The Garden Diary", "2 articles", "Garden day 1")
	s.types("\r").sees("added The Garden Diary, 2 articles", "Garden day 2", "1/2")
	days.Store(3)
	s.types("R").sees("1 new").lacks("Garden day 3").types(".").sees("Garden day 3").types("Q").ends()
}

func TestEditAFeedAndLeaveIt(t *testing.T) {
	t.Parallel()
	home := townsman(t)
	s := start(t, home, 180, 50, true)
	s.sees("Bridge to be painted", "▾ Voices").types("tmill s\r").sees("Mill Street Notes", "1/2").types("E").sees("Edit Mill Street Notes", "name")
	s.types("\x15Our Street\t\x15Town/Near\r").sees("edited Mill Street Notes")
	s.until(func() bool { return strings.Contains(output(t, home, "feeds"), "Town/Near\tOur Street\t") }, "name it for other terminals")
	s.types("D").sees("leave the whole feed Our Street?").types("y").sees("left Our Street · z takes it back").holds(home, "is:unread", 7)
	s.types("z").sees("taken back: left Our Street").holds(home, "is:unread", 9).types("Q").ends()
}

func TestJumpByAPartOfAName(t *testing.T) {
	t.Parallel()
	s := start(t, townsman(t), 180, 50, true)
	s.sees("1/9", "▾ Voices").types("t").sees("go there").types("tidew").lacks("Harbour Post").types("\r")
	s.sees("Tidewater Almanac", "1/2").lacks("Ferry times").types("Q").ends()
}

func TestThePaletteDoesThingsByName(t *testing.T) {
	s, home := town(t)
	s.sees("1/9").types(":").sees("what to do").types("read-all").sees("mark everything listed read").types("\r")
	s.sees("9 articles marked read").holds(home, "is:unread", 0).types("Q").ends()
}

func TestKeysOfOnesOwn(t *testing.T) {
	t.Parallel()
	home := townsman(t)
	settings(t, home, "[refresh]\nevery = \"0\"\n[keys]\npreset = \"vim\"\nstar = [\"ctrl+e\", \"gs\"]\n")
	s := start(t, home, 100, 30, true)
	s.sees("1/9").types("G").sees("9/9").types("gg").sees("1/9").types("gs").sees("★").types("u").sees("taken back").lacks("★")
	s.types("\x12").sees("again").types("s").sees("★").types("\x05").lacks("★").types("ZZ").ends()
}

func TestPipeToACommand(t *testing.T) {
	s, _ := town(t)
	s.sees("1/9").types("j|").sees("pipe markdown to:").types("\t").sees("pipe text to:").types("wc -w\r").sees("wc -w", " 29")
	s.types("q").sees("2/9").types("Q").ends()
}

func TestWriteAFileOverNoOther(t *testing.T) {
	t.Parallel()
	home := townsman(t)
	cmd := command(home)
	cmd.Dir = home
	s := run(t, 100, 30, true, cmd)
	file := filepath.Join(home, "spring.md")
	s.sees("1/9").types("jw").sees("write to: ").types("\x15spring.md\r").sees("written to")
	first, err := os.ReadFile(file)
	if err != nil || !strings.HasPrefix(string(first), "# Spring tide on Friday\n") {
		t.Fatalf("the file holds %q, %v", first, err)
	}
	s.types("jw").sees("write to: ").types("\x15spring.md\r").sees("spring-2.md", "free").types("\r").sees("written to", "spring-2.md")
	if again, _ := os.ReadFile(file); string(again) != string(first) {
		t.Errorf("the file holds %q now", again)
	}
	if other, err := os.ReadFile(filepath.Join(home, "spring-2.md")); err != nil || !strings.HasPrefix(string(other), "# The library opens") {
		t.Errorf("the other file holds %q, %v", other, err)
	}
	s.types("Q").ends()
}

func TestOpenInTheBrowser(t *testing.T) {
	t.Parallel()
	home := townsman(t)
	script(t, home, "browser", `printf %s "$1" >"$0.was"; echo >"$0.ends"`)
	if err := syscall.Mkfifo(filepath.Join(home, "browser.ends"), 0o600); err != nil {
		t.Fatal(err)
	}
	ended := make(chan error, 1)
	go func() {
		_, err := os.ReadFile(filepath.Join(home, "browser.ends"))
		ended <- err
	}()
	cmd := command(home)
	cmd.Env = append(cmd.Env, "BROWSER="+filepath.Join(home, "browser"))
	s := run(t, 100, 30, true, cmd)
	s.sees("1/9").types("jO")
	select {
	case <-ended:
	case <-time.After(patience):
		t.Fatal("no browser was started:\n" + s.text())
	}
	if opened, err := os.ReadFile(filepath.Join(home, "browser.was")); string(opened) != "https://tide.example/spring" {
		t.Errorf("the browser was given %q, %v", opened, err)
	}
	s.holds(home, "is:unread", 8).types("Q").ends()
}

// resize gives the terminal another size.
func (s *terminal) resize(w, h int) {
	s.t.Helper()
	s.look(func(screen *vt.Emulator, _ string) { screen.Resize(w, h) })
	if err := pty.Setsize(s.pty, &pty.Winsize{Rows: uint16(h), Cols: uint16(w)}); err != nil {
		s.t.Fatal(err)
	}
}

func TestAStormOfSizesLeavesTheScreenRight(t *testing.T) {
	t.Parallel()
	s := lit(t, townsman(t), 100, 30, false)
	s.sees("1/9")
	for i := range 40 {
		s.resize(1+(i*67)%180, 1+(i*29)%50)
		s.types("jk")
	}
	s.resize(100, 30)
	s.matches("testdata/screens/list-100x30.txt", s.seen, "1/9")
	s.resize(180, 50)
	s.matches("testdata/screens/list-180x50.txt", s.seen, "1/9", "Starred")
	s.types("Q").ends()
}

func TestSuspendAndGoOn(t *testing.T) {
	t.Parallel()
	home := townsman(t)
	s := run(t, 100, 30, true, inShell(home, `set -m; "$0"; echo "it sleeps"; read x; fg >/dev/null; echo "code $?"`))
	s.sees("1/9").types("j").sees("2/9").types("\x1a").sees("it sleeps").lacks("Ferry times")
	s.types("\r").sees("2/9", "Ferry times").lacks("it sleeps").types("Q").sees("code 0").ends()
}

func TestTheTextIsOpenedWhereItWasLeft(t *testing.T) {
	t.Parallel()
	home := townsman(t)
	s := start(t, home, 60, 20, true, "feed:harbour")
	s.sees("1/3").types("\r").sees("What the keeper says").types(" ").sees("18 miles").lacks("What the keeper says").types("Q").ends()
	s = start(t, home, 60, 20, true, "feed:harbour")
	s.sees("1/3").types("\r").sees("18 miles").lacks("What the keeper says").types("Q").ends()
}

// TestWhoClosesTheTerminalComesBackToThePlace closes it over a text, and over a program that has an article in a file.
func TestWhoClosesTheTerminalComesBackToThePlace(t *testing.T) {
	t.Parallel()
	home, files := townsman(t), t.TempDir()
	settings(t, home, `[[command]]
name = "wait"
run = ["sh", "-c", "echo $$ >\"$HOME/began\"; cat \"$1\"; exec sleep 600", "sh", "{file}"]
`)
	cmd := command(home, "feed:harbour")
	cmd.Env = append(cmd.Env, "TMPDIR="+files)
	s := run(t, 60, 20, true, cmd)
	s.sees("1/3").types("\r").sees("What the keeper says").types(" ").sees("18 miles").lacks("What the keeper says")
	var pid string
	s.types(":wait\r").until(func() bool {
		text, _ := os.ReadFile(filepath.Join(home, "began"))
		pid = strings.TrimSpace(string(text))
		return pid != ""
	}, "begin a program")
	if err := s.cmd.Process.Signal(syscall.SIGHUP); err != nil {
		t.Fatal(err)
	}
	s.ends()
	if left, err := filepath.Glob(filepath.Join(files, "*")); err != nil || left != nil {
		t.Errorf("left %v, %v", left, err)
	}
	if n, err := strconv.Atoi(pid); err != nil || syscall.Kill(n, 0) == nil {
		t.Errorf("program %s still runs, %v", pid, err)
	}
	s = start(t, home, 60, 20, true, "feed:harbour")
	s.sees("1/3").types("\r").sees("18 miles").lacks("What the keeper says").types("Q").ends()
}

func TestKilledWhileReadingLosesNoMark(t *testing.T) {
	s, home := town(t)
	s.sees("1/9").types("\r").sees("What the keeper says").types("s").sees("★").holds(home, "is:starred", 1)
	s.types("J").sees("The water comes up").types("m").holds(home, "is:read", 1)
	if err := s.cmd.Process.Signal(syscall.SIGKILL); err != nil {
		t.Fatal(err)
	}
	s.ends()
	if got := output(t, home, "list", "is:starred is:read"); !strings.Contains(got, "The lighthouse gets a new lamp") {
		t.Errorf("what is starred and read is %q", got)
	}
	s = start(t, home, 100, 30, true, "sort:newest")
	s.sees("1/9", "★").types("Q").ends()
}
