package main_test

import (
	"bytes"
	"fmt"
	"io"
	"net"
	"strings"
	"testing"
)

// TestAServerWritesNothingBesideOurWords is about servers that say more than
// they announced, of which net/http would write to standard error, and so
// over the screen.
func TestAServerWritesNothingBesideOurWords(t *testing.T) {
	l, err := net.Listen("tcp", "127.0.0.1:0")
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { l.Close() })
	go func() {
		for {
			c, err := l.Accept()
			if err != nil {
				return
			}
			go func() {
				defer c.Close()
				c.Read(make([]byte, 4096))
				text := issue("/1", 0, 1)
				fmt.Fprintf(c, "HTTP/1.1 200 OK\r\nContent-Length: %d\r\n\r\n%sand more, over your screen", len(text), text)
				io.Copy(io.Discard, c)
			}()
		}
	}()
	home := t.TempDir()
	deliver(t, home, "http://"+l.Addr().String(), 0, 20)
	cmd := command(home, "refresh")
	var errs bytes.Buffer
	cmd.Stderr = &errs
	out, err := cmd.Output()
	if err != nil || !strings.Contains(string(out), " new articles from ") {
		t.Errorf("%v, printed %q, and %q beside it", err, out, errs.String())
	}
	for line := range strings.Lines(errs.String()) { // a request that meets the rest of an answer fails, and that is told
		if !strings.HasPrefix(line, "newsterm: refresh http://") {
			t.Errorf("wrote %q", line)
		}
	}
}
