package cli_test

import (
	"bytes"
	"context"
	"io"
	"os"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"github.com/creack/pty"

	"app/newsterm/cli"
)

// onTerminal is what newsterm writes on a terminal of so many cells.
func onTerminal(t *testing.T, home string, width int, args ...string) string {
	t.Helper()
	master, tty, err := pty.Open()
	if err != nil {
		t.Skip(err) // no such thing on this system
	}
	defer master.Close()
	if err := pty.Setsize(tty, &pty.Winsize{Cols: uint16(width), Rows: 20}); err != nil {
		t.Fatal(err)
	}
	drained := make(chan string)
	go func() {
		var b bytes.Buffer
		io.Copy(&b, master) // until nobody has the other end
		drained <- b.String()
	}()
	getenv := func(name string) string { return map[string]string{"HOME": home, "TERM": "dumb"}[name] }
	now := func() time.Time { return time.Date(2026, 3, 1, 12, 0, 0, 0, time.UTC) }
	cli.Main(context.Background(), cli.Env{In: strings.NewReader(""), Out: tty, Err: tty, Getenv: getenv, Now: now}, args)
	tty.Close()
	return strings.ReplaceAll(<-drained, "\r\n", "\n")
}

// coast is a home with two feeds, one of which has said nothing for long.
func coast(t *testing.T) (home string) {
	t.Helper()
	home = t.TempDir()
	onTerminal(t, home, 80, "remove", "handbook")
	for name, items := range map[string]string{
		"The Harbour Gazette of Letters": `<item><guid>1</guid><title>Harbour reopens after the storm, and nobody knows why</title><pubDate>Sat, 28 Feb 2026 10:00:00 GMT</pubDate></item>`,
		"Slow Wire":                      `<item><guid>1</guid><title>Borrowed tools</title><pubDate>Mon, 02 Feb 2015 10:00:00 GMT</pubDate></item>`,
	} {
		path := filepath.Join(home, name[:4]+".xml")
		if err := os.WriteFile(path, []byte(`<rss version="2.0"><channel><title>`+name+`</title>`+items+`</channel></rss>`), 0o600); err != nil {
			t.Fatal(err)
		}
		if said := onTerminal(t, home, 80, "add", "--folder", "News/Local", path); !strings.Contains(said, "added") {
			t.Fatal(said)
		}
	}
	return home
}

// TestTablesFitTheTerminal: what a table is about has its room first; the rest
// is said in fewer words, or left out whole.
func TestTablesFitTheTerminal(t *testing.T) {
	zone := time.Local
	time.Local = time.UTC
	t.Cleanup(func() { time.Local = zone })
	home := coast(t)
	for _, c := range []struct {
		width int
		table string
		want  string
	}{
		{30, "feeds", `
Slow Wire                    1
The Harbour Gazette of Let…  1
`}, {60, "feeds", `
News/Local  Slow Wire                       1  1  silent
News/Local  The Harbour Gazette of Letters  1  1  ok
`}, {80, "feeds", `
News/Local  Slow Wire                       1  1  2026-03-01  silent
News/Local  The Harbour Gazette of Letters  1  1  2026-03-01  ok
`}, {90, "feeds", `
News/Local  Slow Wire                       1  1  2026-03-01  silent since 2015-02-02
News/Local  The Harbour Gazette of Letters  1  1  2026-03-01  ok
`}, {30, "list", `
#  u-  Harbour reopens after…
#  u-  Borrowed tools
`}, {60, "list", `
#  u-  2026-02-28  The Harbour G…  Harbour reopens after t…
#  u-  2015-02-02  Slow Wire       Borrowed tools
`}, {100, "list", `
#  u-  2026-02-28 10:00  The Harbour Gazette of …  Harbour reopens after the storm, and nobody kno…
#  u-  2015-02-02 10:00  Slow Wire                 Borrowed tools
`}} {
		got := onTerminal(t, home, c.width, c.table)
		for _, line := range strings.Split(got, "\n") {
			if n := len([]rune(line)); n > c.width {
				t.Errorf("%s at %d: %d cells: %s", c.table, c.width, n, line)
			}
		}
		if c.table == "list" {
			got = numbers.ReplaceAllString(got, "#")
		}
		if "\n"+got != c.want {
			t.Errorf("%s at %d:\n%swant:%s", c.table, c.width, got, c.want)
		}
	}
}

func TestMessagesWrapBetweenWords(t *testing.T) {
	got := onTerminal(t, t.TempDir(), 40, "--db", filepath.Join(t.TempDir(), "n.db"), "list", "in:Nowhere-at-all-on-this-coast", "feed:nosuch")
	want := `newsterm: no folder is called
  "Nowhere-at-all-on-this-coast"
newsterm: no feed has "nosuch" in its
  title or its address
`
	if got != want {
		t.Errorf("%swant:\n%s", got, want)
	}
}
