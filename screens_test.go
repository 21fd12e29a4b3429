package main_test

import (
	"flag"
	"fmt"
	"io"
	"net/http"
	"net/http/httptest"
	"os"
	"path/filepath"
	"regexp"
	"strings"
	"sync"
	"testing"
	"time"

	"github.com/charmbracelet/x/vt"
)

var update = flag.Bool("update", false, "write the expected screens instead of comparing with them")

// A kiosk sells the papers of a small harbour town: at /harbour, /tide, …
// Their dates lie so long before now that their ages stay the same words
// while the tests run.
var kiosk = sync.OnceValue(func() *httptest.Server {
	ago := func(d time.Duration) string { return time.Now().Add(-d - 10*time.Minute).UTC().Format(time.RFC3339) }
	papers := strings.NewReplacer("{2h}", ago(2*time.Hour), "{3h}", ago(3*time.Hour), "{4h}", ago(4*time.Hour), "{5h}", ago(5*time.Hour),
		"{6h}", ago(6*time.Hour), "{7h}", ago(7*time.Hour), "{3d}", ago(3*24*time.Hour), "{5d}", ago(5*24*time.Hour), "{900d}", ago(900*24*time.Hour))
	return httptest.NewServer(http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		text, err := os.ReadFile(filepath.Join("testdata", "kiosk", filepath.Base(r.URL.Path)))
		if err != nil {
			http.NotFound(w, r)
			return
		}
		papers.WriteString(w, string(text))
	}))
})

// subscribed is the path of a file whose reader follows the papers of the
// kiosk, and nothing else.
var subscribed = sync.OnceValues(func() (string, error) {
	home, err := os.MkdirTemp(filepath.Dir(binary), "reader")
	if err != nil {
		return "", err
	}
	list, err := os.ReadFile("testdata/kiosk/papers.opml")
	if err != nil {
		return "", err
	}
	opml := filepath.Join(home, "papers.opml")
	if err := os.WriteFile(opml, []byte(strings.ReplaceAll(string(list), "{kiosk}", kiosk().URL)), 0o644); err != nil {
		return "", err
	}
	for _, args := range [][]string{{"import", opml}, {"remove", "handbook"}, {"refresh", "--quiet"}} {
		if out, err := command(home, args...).CombinedOutput(); err != nil {
			return "", fmt.Errorf("newsterm %v: %w: %s", args, err, out)
		}
	}
	return filepath.Join(home, ".local/share/newsterm/news.db"), nil
})

// townsman is the home of a reader who follows the papers of the kiosk and has
// read none of them. His screen does not refresh by itself.
func townsman(t *testing.T) (home string) {
	t.Helper()
	from, err := subscribed()
	if err != nil {
		t.Fatal(err)
	}
	home = t.TempDir()
	to := filepath.Join(home, ".local/share/newsterm/news.db")
	if err := os.MkdirAll(filepath.Dir(to), 0o700); err != nil {
		t.Fatal(err)
	}
	r, err := os.Open(from)
	if err != nil {
		t.Fatal(err)
	}
	defer r.Close()
	w, err := os.Create(to)
	if err != nil {
		t.Fatal(err)
	}
	defer w.Close()
	if _, err := io.Copy(w, r); err != nil {
		t.Fatal(err)
	}
	settings(t, home, "[refresh]\nevery = \"0\"\n")
	return home
}

// What differs from day to day.
var (
	someDate = regexp.MustCompile(`\d{1,2} [A-Z][a-z]{2,8} 20\d\d(, \d\d:\d\d)?`)
	someWait = regexp.MustCompile(`since \d[^.]+, next\s+try\s[^:]+:\d\d`) // over one line or two
	somePort = regexp.MustCompile(`127\.0\.0\.1:\d{5}`)
	ofToday  = regexp.MustCompile(`Today [ \d]+`)
)

// seen is what a person sees, but for what differs from day to day and for
// blanks at the ends of lines.
func (s *terminal) seen() string {
	text := someWait.ReplaceAllStringFunc(s.text(), func(wait string) string {
		return "since then, and tried again" + strings.Repeat("\n", strings.Count(wait, "\n"))
	})
	text = someDate.ReplaceAllString(text, "1 May 2026")
	text = somePort.ReplaceAllString(text, "127.0.0.1:12345")
	text = ofToday.ReplaceAllStringFunc(text, func(count string) string { return fmt.Sprintf("%-*s", len(count), "Today") })
	lines := strings.Split(text, "\n")
	for i, l := range lines {
		lines[i] = strings.TrimRight(l, " ")
	}
	return strings.Join(lines, "\n") + "\n"
}

// reverse is the one attribute that is seen on a blank.
const reverse = 1 << 5

// worn is how the screen is coloured: a letter for each cell, and what the
// letters mean. Lines with a date, which is not always as long, are left out.
func (s *terminal) worn() string {
	const letters = ".abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ"
	looks := []string{""}
	var b strings.Builder
	s.look(func(screen *vt.Emulator, _ string) {
		texts := strings.Split(screen.String(), "\n")
		for y := range screen.Height() {
			if someDate.MatchString(texts[y]) {
				b.WriteString("(a date)\n")
				continue
			}
			line := ""
			for x := range screen.Width() {
				look := ""
				if c := screen.CellAt(x, y); c != nil {
					style := c.Style
					if strings.TrimSpace(c.Content) == "" {
						style.Fg, style.Attrs = nil, style.Attrs&reverse
					}
					look = strings.TrimSuffix(strings.TrimPrefix(style.String(), "\x1b["), "m")
				}
				i := 0
				for i < len(looks) && looks[i] != look {
					i++
				}
				if i == len(looks) {
					looks = append(looks, look)
				}
				line += string(letters[min(i, len(letters)-1)])
			}
			b.WriteString(strings.TrimRight(line, ".") + "\n")
		}
	})
	for i, look := range looks[1:] {
		fmt.Fprintf(&b, "%c %s\n", letters[i+1], look)
	}
	return b.String()
}

// matches waits until what got returns is what the file says, which -update
// writes once the screen shows texts and nothing changes any more.
func (s *terminal) matches(file string, got func() string, texts ...string) {
	s.t.Helper()
	if *update {
		s.sees(texts...).rests()
		if err := os.MkdirAll(filepath.Dir(file), 0o755); err != nil {
			s.t.Fatal(err)
		}
		if err := os.WriteFile(file, []byte(got()), 0o644); err != nil {
			s.t.Fatal(err)
		}
		return
	}
	want, err := os.ReadFile(file)
	if err != nil {
		s.t.Fatal(err)
	}
	s.until(func() bool { return got() == string(want) }, "become "+file+" (if it is right as it is, -update writes it)")
}

// rests waits until nothing changes for a while.
func (s *terminal) rests() {
	for {
		s.mu.Lock()
		changed := s.changed
		s.mu.Unlock()
		select {
		case <-changed:
		case <-time.After(500 * time.Millisecond):
			return
		}
	}
}

// lit starts newsterm in a terminal with a background.
func lit(t *testing.T, home string, w, h int, light bool) *terminal {
	t.Helper()
	s := start(t, home, w, h, true)
	s.until(func() bool { return strings.Contains(s.written(), "\x1b]11;?\x07") }, "ask for the background")
	if light {
		return s.types("\x1b]11;rgb:ffff/ffff/ffff\x07")
	}
	return s.types("\x1b]11;rgb:1e1e/1e1e/2e2e\x07")
}

// walk is a walk through the screens: from the list to each by some keys, and
// by others back to the list.
var walk = []struct {
	name, keys string
	sees       []string
	back       string
}{
	{"list", "", []string{"Unread", "The lighthouse gets a new lamp"}, ""},
	{"help", "?", []string{"Keys", "Moving"}, "q"},
	{"palette", ":", []string{"keys"}, "\x1b"},
	{"found", "/tide\r", []string{"Search: tide", "Spring tide"}, "q"},
	{"problems", "!", []string{"Lost Letter"}, "q"},
	{"add", "+", []string{"Add a feed"}, "\x1b"},
	{"feeds", "h", []string{"Harbour Post", "Starred"}, "\r"},
	{"article", "\r", []string{"What the keeper says", "• Monday"}, ""},
	{"end", "G", []string{"two tons"}, "q"},
}

func TestScreens(t *testing.T) {
	for _, size := range [][2]int{{60, 20}, {100, 30}, {180, 50}} {
		for _, light := range []bool{false, true} {
			w, h, theme := size[0], size[1], "dark"
			if light {
				theme = "light"
			}
			t.Run(fmt.Sprintf("%dx%d %s", w, h, theme), func(t *testing.T) {
				t.Parallel()
				s := lit(t, townsman(t), w, h, light)
				for _, screen := range walk {
					s.types(screen.keys)
					s.matches(fmt.Sprintf("testdata/screens/%s-%dx%d.txt", screen.name, w, h), s.seen, screen.sees...)
					if w == 100 && (screen.name == "list" || screen.name == "article") {
						s.matches(fmt.Sprintf("testdata/screens/%s-%s.colors", screen.name, theme), s.worn)
					}
					if screen.back != "" {
						s.types(screen.back).sees("Unread   ", "1/9", "Ferry times")
					}
				}
				s.types("Q").ends()
			})
		}
	}
}
