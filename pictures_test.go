package main_test

import (
	"bytes"
	"image"
	"image/color"
	"image/png"
	"net/http"
	"net/http/httptest"
	"os"
	"path/filepath"
	"regexp"
	"strings"
	"testing"

	"github.com/creack/pty"
)

// picture serves a red picture, 300 by 200, and returns its address.
func picture(t *testing.T) string {
	p := image.NewPaletted(image.Rect(0, 0, 300, 200), color.Palette{color.RGBA{200, 10, 10, 255}})
	var file bytes.Buffer
	if err := png.Encode(&file, p); err != nil {
		t.Fatal(err)
	}
	srv := httptest.NewServer(http.HandlerFunc(func(w http.ResponseWriter, _ *http.Request) { w.Write(file.Bytes()) }))
	t.Cleanup(srv.Close)
	return srv.URL + "/kite.png"
}

// lookAt opens an article with a picture in a terminal that says of itself
// what is in environment.
func lookAt(t *testing.T, environment ...string) (s *terminal, home string) {
	home = t.TempDir()
	output(t, home, "add", serve(t, `<item><guid>1</guid><title>Kites</title><description><![CDATA[<p>A kite:</p><p><img src="`+
		picture(t)+`" alt="red"></p><p>That was it.</p>]]></description></item>`))
	cmd := command(home, "feed:local")
	for _, name := range []string{"TMUX", "STY", "ZELLIJ", "SSH_CONNECTION", "SSH_TTY", "TERM_PROGRAM", "KITTY_WINDOW_ID", "KITTY_INSTALLATION_DIR", "XDG_CACHE_HOME"} {
		cmd.Env = append(cmd.Env, name+"=")
	}
	cmd.Env = append(cmd.Env, environment...)
	s = run(t, 120, 40, false, cmd)
	return s.sees("Kites").types("\r").sees("A kite:", "[image: red]", "That was it."), home
}

func TestPicturesAreDrawnWhenAskedFor(t *testing.T) {
	s, home := lookAt(t)
	s.types("i").sees("▀▀▀▀")
	if !strings.Contains(s.colors(), "200;10;10") {
		t.Error("the picture is not red")
	}
	files, _ := filepath.Glob(filepath.Join(home, ".cache", "newsterm", "pictures", "*"))
	if len(files) != 1 {
		t.Errorf("%d pictures are kept", len(files))
	}
	s.types("i").until(func() bool { return !strings.Contains(s.text(), "▀") }, "take the picture down")
	s.types("Q").ends()
}

func TestPicturesInKitty(t *testing.T) {
	s, _ := lookAt(t, "TERM=xterm-kitty")
	sent := regexp.MustCompile(`\x1b_Gf=100,q=2,i=(\d+),U=1,c=30,r=10,a=T`)
	s.until(func() bool { return sent.MatchString(s.written()) }, "send the picture")
	s.until(func() bool { return strings.Contains(s.written(), "\U0010eeee\u0305\u0305\U0010eeee\u0305\u030d") }, "show its cells")
	written := s.types("Q").ends()
	if number := sent.FindStringSubmatch(written)[1]; !strings.Contains(written, "i="+number+",d=I,a=d\x1b\\") {
		t.Error("the terminal still has the picture")
	}
}

// TestPicturesInKittyBeforePlaceholders: one that would show the characters that
// stand for a picture.
func TestPicturesInKittyBeforePlaceholders(t *testing.T) {
	folder := t.TempDir()
	if err := os.Mkdir(filepath.Join(folder, "kitty"), 0o700); err != nil {
		t.Fatal(err)
	}
	for version, way := range map[string]string{"0, 26, 5": "blocks", "0, 28, 0": "kitty", "1, 2, 3": "kitty"} {
		program := "from .types import run_once\n\nversion: Version = Version(" + version + ")\n"
		if err := os.WriteFile(filepath.Join(folder, "kitty", "constants.py"), []byte(program), 0o600); err != nil {
			t.Fatal(err)
		}
		cmd := command(t.TempDir(), "doctor")
		cmd.Env = append(cmd.Env, "TMUX=", "STY=", "ZELLIJ=", "SSH_CONNECTION=", "SSH_TTY=", "TERM=xterm-kitty", "KITTY_INSTALLATION_DIR="+folder)
		if said := run(t, 120, 40, false, cmd).ends(); !strings.Contains(said, "pictures: "+way) {
			t.Errorf("kitty %s: %s", version, said)
		}
	}
}

// TestPicturesInFoot: its cells are 9 dots by 17, so that is how high a strip is.
func TestPicturesInFoot(t *testing.T) {
	s, _ := lookAt(t, "TERM=foot")
	if err := pty.Setsize(s.pty, &pty.Winsize{Rows: 40, Cols: 120, X: 120 * 9, Y: 40 * 17}); err != nil {
		t.Fatal(err)
	}
	s.types("i").until(func() bool { return strings.Contains(s.written(), "\x1b7\x1bP0;1q\"1;1;270;17#") }, "draw a strip")
	s.types("Q").ends()
}

func TestPicturesThatAreOffAreNotDrawn(t *testing.T) {
	settings := filepath.Join(t.TempDir(), "config.toml")
	if err := os.WriteFile(settings, []byte("images = \"off\"\n"), 0o600); err != nil {
		t.Fatal(err)
	}
	s, home := lookAt(t, "TERM=xterm-kitty", "NEWSTERM_CONFIG="+settings)
	s.types("i").sees("pictures are off")
	if written := s.types("Q").ends(); strings.Contains(written, "\x1b_G") {
		t.Error("a picture was drawn")
	}
	if _, err := os.Stat(filepath.Join(home, ".cache")); err == nil {
		t.Error("a picture was kept")
	}
}
