package main_test

import (
	"bytes"
	"io"
	"net/http"
	"net/http/httptest"
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"sync"
	"testing"
	"time"

	"github.com/charmbracelet/x/vt"
	"github.com/creack/pty"
)

// binary is the program, built once for all tests.
var binary string

func TestMain(m *testing.M) {
	dir, err := os.MkdirTemp("", "newsterm")
	if err != nil {
		panic(err)
	}
	binary = filepath.Join(dir, "newsterm")
	build := exec.Command("go", "build", "-o", binary, ".")
	build.Env = append(os.Environ(), "CGO_ENABLED=0") // as it is given out
	if out, err := build.CombinedOutput(); err != nil {
		panic(string(out))
	}
	code := m.Run()
	os.RemoveAll(dir)
	os.Exit(code)
}

// patience is how long a test waits for what ought to come at once.
const patience = 20 * time.Second

// A terminal is the program running in a pty, and what a person sees of it.
type terminal struct {
	t       *testing.T
	pty     *os.File
	cmd     *exec.Cmd
	mute    bool // it answers no question
	exited  chan error
	drained chan struct{} // closed when everything that was written has been read

	mu      sync.Mutex
	screen  *vt.Emulator
	raw     bytes.Buffer  // every byte written to it
	changed chan struct{} // closed and renewed at each write
}

// start runs newsterm in a terminal of w by h cells with the home directory
// home.
func start(t *testing.T, home string, w, h int, mute bool, args ...string) *terminal {
	t.Helper()
	return run(t, w, h, mute, command(home, args...))
}

// command is newsterm with args in a home directory of its own.
func command(home string, args ...string) *exec.Cmd {
	cmd := exec.Command(binary, args...)
	cmd.Env = append(os.Environ(), "HOME="+home, "XDG_DATA_HOME=", "XDG_CONFIG_HOME=", "NEWSTERM_DB=", "NEWSTERM_CONFIG=",
		"TERM=xterm-256color", "COLORTERM=truecolor", "NO_COLOR=", "COLORFGBG=", "PAGER=", "TZ=UTC")
	return cmd
}

func run(t *testing.T, w, h int, mute bool, cmd *exec.Cmd) *terminal {
	t.Helper()
	f, err := pty.StartWithSize(cmd, &pty.Winsize{Rows: uint16(h), Cols: uint16(w)})
	if err != nil {
		t.Fatal(err)
	}
	s := &terminal{t: t, pty: f, cmd: cmd, mute: mute, screen: vt.NewEmulator(w, h),
		exited: make(chan error, 1), drained: make(chan struct{}), changed: make(chan struct{})}
	var reading, answering sync.WaitGroup
	reading.Go(s.read)
	answering.Go(s.answer)
	go func() { s.exited <- cmd.Wait() }()
	t.Cleanup(func() {
		cmd.Process.Kill()
		f.Close()
		reading.Wait()
		s.screen.InputPipe().(io.Closer).Close() // ends answer
		answering.Wait()
	})
	return s
}

func (s *terminal) read() {
	defer close(s.drained)
	buf := make([]byte, 64<<10)
	for {
		n, err := s.pty.Read(buf)
		s.mu.Lock()
		s.raw.Write(buf[:n])
		s.screen.Write(buf[:n])
		close(s.changed)
		s.changed = make(chan struct{})
		s.mu.Unlock()
		if err != nil {
			return
		}
	}
}

// answer passes on what the terminal answers to questions, unless it is mute.
func (s *terminal) answer() {
	buf := make([]byte, 4096)
	for {
		n, err := s.screen.Read(buf)
		if err != nil {
			return
		}
		if !s.mute {
			s.pty.Write(buf[:n])
		}
	}
}

// look calls what with the screen held still.
func (s *terminal) look(what func(screen *vt.Emulator, written string)) {
	s.mu.Lock()
	defer s.mu.Unlock()
	what(s.screen, s.raw.String())
}

// text is the screen as plain text, colors the same with its colours, and
// written every byte that ever came.
func (s *terminal) text() (text string) {
	s.look(func(screen *vt.Emulator, _ string) { text = screen.String() })
	return text
}

func (s *terminal) colors() (colors string) {
	s.look(func(screen *vt.Emulator, _ string) { colors = screen.Render() })
	return colors
}

func (s *terminal) written() (written string) {
	s.look(func(_ *vt.Emulator, w string) { written = w })
	return written
}

func (s *terminal) types(keys string) *terminal {
	if _, err := io.WriteString(s.pty, keys); err != nil {
		s.t.Fatal(err)
	}
	return s
}

// sees waits until the screen shows every one of texts.
func (s *terminal) sees(texts ...string) *terminal {
	s.t.Helper()
	return s.until(func() bool {
		screen := s.text()
		for _, text := range texts {
			if !strings.Contains(screen, text) {
				return false
			}
		}
		return true
	}, "show "+strings.Join(texts, ", "))
}

// until waits until all is as ok wants it.
func (s *terminal) until(ok func() bool, what string) *terminal {
	s.t.Helper()
	deadline := time.After(patience)
	for {
		s.mu.Lock()
		changed := s.changed
		s.mu.Unlock()
		if ok() {
			return s
		}
		select {
		case <-changed:
		case <-time.After(100 * time.Millisecond): // what is not on the screen may have changed
		case <-deadline:
			s.t.Fatalf("the screen does not %s:\n%s", what, s.text())
		}
	}
}

// ends waits for the program to end and returns everything it wrote.
func (s *terminal) ends() string {
	s.t.Helper()
	exited, drained := s.exited, s.drained
	for exited != nil || drained != nil {
		select {
		case <-exited:
			exited = nil
		case <-drained:
			drained = nil
		case <-time.After(patience):
			s.t.Fatal("the program does not end")
		}
	}
	return s.written()
}

// output runs newsterm without a terminal and returns what it prints.
func output(t *testing.T, home string, args ...string) string {
	t.Helper()
	cmd := command(home, args...)
	var errs bytes.Buffer
	cmd.Stderr = &errs
	out, err := cmd.Output()
	if err != nil {
		t.Fatalf("newsterm %s: %v\n%s", strings.Join(args, " "), err, errs.String())
	}
	return string(out)
}

// serve serves a feed with the given items on loopback and returns its
// address.
func serve(t *testing.T, items string) string {
	t.Helper()
	srv := httptest.NewServer(http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		w.Header().Set("Content-Type", "application/rss+xml")
		io.WriteString(w, `<rss version="2.0" xmlns:content="http://purl.org/rss/1.0/modules/content/"><channel><title>Local news</title>`+items+`</channel></rss>`)
	}))
	t.Cleanup(srv.Close)
	return srv.URL + "/feed.xml"
}

const harbour = `<item><guid>1</guid><title>Harbour reopens</title><link>https://news.example/1</link>
<content:encoded><![CDATA[<h2>At noon</h2><p>The harbour has <b>reopened</b> after the storm.</p>]]></content:encoded></item>
<item><guid>2</guid><title>Bridge to be painted</title><description>It will be green.</description></item>`

func TestFirstRunOpensOnTheHandbook(t *testing.T) {
	s := start(t, t.TempDir(), 120, 40, false)
	s.sees("Unread", "newsterm handbook").types("\r").sees("1/").types("q").types("Q")
	s.ends()
}

func TestATerminalThatNeverAnswersDelaysNothing(t *testing.T) {
	began := time.Now()
	s := start(t, t.TempDir(), 100, 30, true)
	s.sees("newsterm handbook")
	if took := time.Since(began); took > 4*time.Second {
		t.Errorf("the first screen took %v; bubbletea has asked and waited", took)
	}
	s.types("Q").ends()
}

func TestVersionAsksTheTerminalNothing(t *testing.T) {
	s := start(t, t.TempDir(), 80, 24, true, "version")
	if out := s.ends(); strings.Contains(out, "\x1b") {
		t.Errorf("newsterm version wrote %q to the terminal", out)
	}
}

func TestTheThemeFollowsTheTerminal(t *testing.T) {
	home := t.TempDir()
	s := start(t, home, 100, 30, true)
	s.sees("newsterm handbook")
	s.until(func() bool { return strings.Contains(s.written(), "\x1b]11;?\x07") }, "ask for the background")
	const lightSelection = "48;2;213;224;251"
	s.types("\x1b]11;rgb:ffff/ffff/ffff\x07")
	s.until(func() bool { return strings.Contains(s.colors(), lightSelection) }, "change its colours")
	s.until(func() bool { return !strings.Contains(s.text(), "ffff") }, "keep the answer to itself")
	s.types("Q").ends()
}

func TestReadStarAndPipe(t *testing.T) {
	home := t.TempDir()
	output(t, home, "add", serve(t, harbour))
	s := start(t, home, 140, 40, false, "feed:local")
	s.sees("Harbour reopens", "Bridge to be painted").types("\r").sees("has reopened after the storm", "At noon")
	s.types("s").sees("★")
	s.until(func() bool { return strings.Contains(output(t, home, "list", "is:starred"), "Harbour reopens") }, "star it for other terminals")
	id, _, _ := strings.Cut(output(t, home, "list", "is:starred"), "\t")
	if got := output(t, home, "show", id); !strings.Contains(got, "# Harbour reopens") || !strings.Contains(got, "**reopened**") {
		t.Errorf("show printed %q", got)
	}
	s.types("q/painted\r").sees("Search: painted", "Bridge to be painted")
	s.types("Q").ends()
}

func TestPickPrintsTheArticleToThePipe(t *testing.T) {
	home := t.TempDir()
	output(t, home, "add", serve(t, harbour))
	file := filepath.Join(home, "picked.md")
	cmd := command(home, "-c", `"$0" feed:local > "$1"`, binary, file)
	cmd.Path, cmd.Args[0] = "/bin/sh", "sh"
	s := run(t, 100, 30, false, cmd)
	s.sees("Harbour reopens").types("j\r").ends()
	got, err := os.ReadFile(file)
	if err != nil || !strings.HasPrefix(string(got), "# Bridge to be painted\n") {
		t.Errorf("the pipe received %q, %v", got, err)
	}
}

func TestTextFromAFeedIsNeverObeyed(t *testing.T) {
	const evil = "\x1b[7771m \x1b]0;PWNED\x07 \u009b7771m \u202eobey &#27;[7771m &amp;#27;]0;PWNED&amp;#7; &amp;amp;#27;[7771m"
	address := serve(t, strings.ReplaceAll(`<item><guid>EVIL</guid><link>https://news.example/EVIL</link><title>Evil EVIL</title><author>EVIL</author>
<comments>https://news.example/EVIL</comments><category>EVIL</category>
<content:encoded><![CDATA[<p>In text EVIL</p><pre>code EVIL</pre><p><code>EVIL</code> <a href="https://x.example/EVIL" title="EVIL">link EVIL</a>
<img src="https://x.example/EVIL" alt="EVIL"></p><table><tr><th>EVIL</th></tr><tr><td>EVIL</td></tr></table>]]></content:encoded></item>`, "EVIL", evil))
	home := t.TempDir()
	output(t, home, "add", address)
	s := start(t, home, 120, 50, false, "feed:local")
	s.sees("Evil").types("\r").sees("In text")
	s.types("Q").ends()
	all := s.written()
	for _, args := range [][]string{{"list"}, {"list", "--json"}, {"show", "--format", "ansi", "11"}, {"show", "11"}, {"show", "--format", "text", "11"}} {
		all += output(t, home, args...)
	}
	for _, bad := range []string{"\x1b[7771", "\x1b]0;", "\u009b", "\u202e"} {
		if i := strings.Index(all, bad); i >= 0 {
			t.Errorf("%q has come through: %q", bad, all[max(i-60, 0):min(i+60, len(all))])
		}
	}
}

func TestTheTerminalIsGivenBack(t *testing.T) {
	for _, size := range [][2]int{{1, 1}, {2, 2}, {300, 1}, {1, 60}, {500, 200}} {
		s := start(t, t.TempDir(), size[0], size[1], true)
		s.until(func() bool { return strings.Contains(s.written(), "\x1b[?1049h") }, "open")
		s.types("Q")
		if out := s.ends(); !strings.Contains(out, "\x1b[?1049l") {
			t.Errorf("%dx%d: the terminal is left in the alternate screen", size[0], size[1])
		}
	}
}
