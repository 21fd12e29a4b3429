package ui

import (
	"io"
	"math/rand/v2"
	"os"
	"reflect"
	"strings"
	"testing"
	"time"

	tea "github.com/charmbracelet/bubbletea"
	"github.com/charmbracelet/x/ansi"
	"github.com/charmbracelet/x/vt"
)

// onPaper is a painter that writes to a pipe, and the terminal at its end.
func onPaper(t *testing.T, w, h int) (p *painter, see func() *vt.Emulator) {
	t.Helper()
	r, out, err := os.Pipe()
	if err != nil {
		t.Fatal(err)
	}
	screen := vt.NewEmulator(w, h)
	p = newPainter(out, t.Fail)
	t.Cleanup(func() { p.close(); out.Close(); r.Close() })
	io.WriteString(p, otherScreen)
	read := make([]byte, 1<<20)
	return p, func() *vt.Emulator {
		io.WriteString(out, "\x00")
		for {
			n, err := r.Read(read)
			if err != nil {
				t.Fatal(err)
			}
			end := read[n-1] == 0
			screen.Write(read[:n])
			if end {
				return screen
			}
		}
	}
}

// TestThePainterShowsWhatAFrameSays paints frames of random text and colours
// over each other, and compares each with the same frame on an empty screen.
func TestThePainterShowsWhatAFrameSays(t *testing.T) {
	const w, h = 40, 8
	r := rand.New(rand.NewPCG(3, 4))
	pieces := []string{"a", "word", "  ", "      ", "日本語", "é", "\x1b[1m", "\x1b[38;2;1;2;3m", "\x1b[48;5;7m", "\x1b[0m", "\x1b[7m", "\x1b[31;44m", "x"}
	p, see := onPaper(t, w, h)
	var last []string
	for range 300 {
		lines := make([]string, h)
		for i := range lines {
			if last != nil && r.IntN(2) == 0 {
				lines[i] = last[i]
				continue
			}
			var b strings.Builder
			for range r.IntN(16) {
				b.WriteString(pieces[r.IntN(len(pieces))])
			}
			lines[i] = block([]string{b.String() + sgrReset}, w, 1)[0]
		}
		last = lines
		p.paint(frame{view: strings.Join(lines, "\n")})
		whole, seeWhole := onPaper(t, w, h)
		whole.paint(frame{view: strings.Join(lines, "\n")})
		got, want := see().Render(), seeWhole().Render()
		if !reflect.DeepEqual(visibleCells(got), visibleCells(want)) {
			t.Fatalf("painted over the frame before:\n%q\nalone:\n%q", got, want)
		}
		plain := vt.NewEmulator(w, h)
		plain.Write([]byte(strings.Join(lines, "\r\n")))
		if got, want := see().String(), plain.String(); got != want {
			t.Fatalf("painted:\n%s\nthe frame:\n%s", got, want)
		}
	}
}

// visibleCells are what a person sees of a screen: nobody sees the colour of a blank.
func visibleCells(screen string) (lines [][]cell) {
	for l := range strings.SplitSeq(screen, "\n") {
		cells := cellsOf(l)
		for len(cells) > 0 && cells[len(cells)-1] == blank {
			cells = cells[:len(cells)-1]
		}
		lines = append(lines, cells)
	}
	return lines
}

func TestThePainterWritesOnlyWhatChanged(t *testing.T) {
	r, out, err := os.Pipe()
	if err != nil {
		t.Fatal(err)
	}
	defer r.Close()
	p := newPainter(out, t.Fail)
	defer out.Close()
	defer p.close()
	written := func(view string) string {
		p.paint(frame{view: view})
		io.WriteString(out, "\x00")
		b := make([]byte, 4096)
		n, _ := r.Read(b)
		for b[n-1] != 0 {
			more, _ := r.Read(b[n:])
			n += more
		}
		return string(b[:n-1])
	}
	if got := written("before"); got != "" {
		t.Errorf("painted on the first screen: %q", got)
	}
	io.WriteString(p, otherScreen)
	for _, c := range []struct{ name, view, want string }{
		{"all", "one  \ntwo  ", otherScreen + beginFrame + "\x1b[0m\x1b[2J\x1b[1;1Hone\x1b[2;1Htwo" + endFrame},
		{"nothing new", "one  \ntwo  ", ""},
		{"a letter", "one  \ntwa  ", beginFrame + "\x1b[2;3Ha" + endFrame},
		{"a colour", "one  \nt\x1b[1mw\x1b[0ma  ", beginFrame + "\x1b[2;2H\x1b[1mw\x1b[0m" + endFrame},
		{"a shorter line", "o    \nt\x1b[1mw\x1b[0ma  ", beginFrame + "\x1b[1;2H\x1b[K" + endFrame},
		{"doubtful widths", "o👩‍👩‍👧  \nt\x1b[1mw\x1b[0ma  ", beginFrame + "\x1b[1;2H  \x1b[1;2H👩‍👩‍👧\x1b[1;4H\x1b[1;4H\x1b[K" + endFrame},
		{"after doubtful widths", "o👩‍👩‍👧xyz\nt\x1b[1mw\x1b[0ma  ", beginFrame + "\x1b[1;4Hxyz" + endFrame},
		{"instead of them", "o   yz\nt\x1b[1mw\x1b[0ma  ", beginFrame + "\x1b[1;2H   yz" + endFrame},
		{"a link", "o   yz\n\x1b]8;id=1;http://a.b/c;d\x1b\\x\x1b]8;;\x1b\\\x1b[1mw\x1b[0ma  ", beginFrame + "\x1b[2;1H\x1b]8;id=1;http://a.b/c;d\x1b\\x\x1b]8;;\x1b\\" + endFrame},
	} {
		if got := written(c.view); got != c.want {
			t.Errorf("%s: wrote %q, want %q", c.name, got, c.want)
		}
	}
	io.WriteString(p, eraseScreen)
	if got := written("o    \nx    "); !strings.Contains(got, "\x1b[1;1Ho\x1b[2;1Hx") {
		t.Errorf("after the screen was cleared: %q", got)
	}
	io.WriteString(p, firstScreen)
	if got := written("late "); got != firstScreen {
		t.Errorf("painted after the end: %q", got)
	}
}

// TestAPainterThatBreaksEndsTheProgram has one that has lost what it painted.
func TestAPainterThatBreaksEndsTheProgram(t *testing.T) {
	stopped := make(chan struct{})
	p := newPainter(os.Stdout, func() { close(stopped) })
	p.ready, p.lines = true, []string{"one"}
	p.show(frame{view: "two"})
	<-stopped
	p.show(frame{view: "three"})
	p.show(frame{view: "four"})
	if err := p.close(); err == nil || !strings.Contains(err.Error(), "out of range") {
		t.Errorf("it tells %v", err)
	}
}

// TestBubbleteaDoesNotWaitForTheTerminal is about what bubbletea believes to
// be frames, which it writes while its own screen is locked.
func TestBubbleteaDoesNotWaitForTheTerminal(t *testing.T) {
	p, _ := onPaper(t, 10, 2)
	p.mu.Lock() // as while a slow terminal takes a frame
	defer p.mu.Unlock()
	written := make(chan struct{})
	go func() {
		io.WriteString(p, standIn)
		close(written)
	}()
	select {
	case <-written:
	case <-time.After(5 * time.Second):
		t.Error("it waits")
	}
}

// TestBubbleteaShowsNothingOfItsOwn runs screens of every width on which it would
// have to cut what it believes to be a frame.
func TestBubbleteaShowsNothingOfItsOwn(t *testing.T) {
	db := library(t)
	for w := 1; w <= 30; w++ {
		r, out, err := os.Pipe()
		if err != nil {
			t.Fatal(err)
		}
		p := newPainter(out, t.Fail) // which paints nothing itself: there is no other screen
		program := tea.NewProgram(painted{Model: drive(t, db).m, out: p}, tea.WithInput(nil), tea.WithOutput(p), tea.WithoutSignalHandler())
		go func() {
			program.Send(tea.WindowSizeMsg{Width: 100, Height: 10})
			program.Send(tea.WindowSizeMsg{Width: w, Height: 10})
			program.Quit()
		}()
		_, err = program.Run()
		p.close()
		out.Close()
		written, _ := io.ReadAll(r)
		if shown := strings.TrimSpace(ansi.Strip(string(written))); err != nil || shown != "" {
			t.Errorf("%d cells: it shows %q, %v", w, shown, err)
		}
	}
}

// TestSimpleWidthsAreTrue compares them with the tables of Unicode.
func TestSimpleWidthsAreTrue(t *testing.T) {
	for r := rune(0xa0); r < 0x3000; r++ {
		if !isNarrow(r) {
			continue
		}
		for _, s := range []string{string(r), "a" + string(r) + "b", string(r) + string(r)} {
			if n, ok := simpleWidth(s); !ok || n != len([]rune(s)) || n != len(cellsOf(s)) {
				t.Errorf("%U: %q is %d cells, and %d by the tables", r, s, n, len(cellsOf(s)))
			}
		}
	}
	if n, ok := simpleWidth("\x1b[1;38;5;4mab\x1b[0m●"); !ok || n != 3 {
		t.Errorf("colours count as %d cells", n)
	}
	if _, ok := simpleWidth("e\u0301"); ok {
		t.Error("an accent of its own counts as simple")
	}
}
