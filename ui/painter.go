package ui

import (
	"fmt"
	"os"
	"runtime/debug"
	"strconv"
	"strings"
	"sync"
	"time"

	tea "github.com/charmbracelet/bubbletea"
)

// A painter puts frames on a terminal in the place of bubbletea's renderer,
// which would wake up sixty times a second to see whether there is one, and
// write every line that has changed as a whole. Bubbletea still switches the
// terminal to its other screen and back, and says when it was cleared: all of
// that goes through Write.
//
//	View → show → (the newest frame) → run → paint → the cells that changed
//
// A terminal that is slow to take a frame keeps nobody waiting: frames that
// come meanwhile take each other's place.
type painter struct {
	*os.File
	ask    string        // what to ask the terminal with the first thing written to it: echo is off by then
	mouse  bool          // it is to tell of the mouse
	frames chan frame    // the newest that was not painted; room for one
	over   chan struct{} // closed when run has ended
	stop   func()        // ends the program
	broken error         // why no more was painted; known when over is closed

	mu    sync.Mutex
	ready bool // it shows its other screen, on which we draw
	whole bool // nothing is known of what it shows
	sizes int  // of the frame that was painted last
	lines []string
	cells [][]cell // of lines
	caret caret
	brush brush
}

// A frame is what the screen is to show.
type frame struct {
	view  string
	caret caret
	sizes int // how often the terminal had told of its size; it may have lost lines each time
}

// A caret is where the terminal's own cursor is to be seen.
type caret struct {
	line, col int
	on        bool
}

// Most people see no more frames than these in a second.
const frameTime = time.Second / 120

func newPainter(out *os.File, stop func()) *painter {
	p := &painter{File: out, frames: make(chan frame, 1), over: make(chan struct{}), stop: stop}
	go p.run()
	return p
}

// standIn is all that bubbletea's renderer ever gets to see of a frame. It
// writes it when it believes the screen to be empty: whole, however narrow that
// is, for it takes no cell. No text that anybody sees has it.
const standIn = "\x1f"

// painted is a Model whose frames go to a painter.
type painted struct {
	Model
	out   *painter
	sizes int // that the terminal told of
}

// Update is the Model's.
func (m painted) Update(msg tea.Msg) (tea.Model, tea.Cmd) {
	if _, told := msg.(tea.WindowSizeMsg); told {
		m.sizes++
	}
	next, cmd := m.Model.Update(msg)
	m.Model = next.(Model)
	return m, cmd
}

// View has the frame painted, and gives bubbletea something to believe in.
func (m painted) View() string {
	view := m.Model.View()
	m.out.show(frame{view, m.caret(view), m.sizes})
	return standIn
}

// show takes a frame to be painted soon.
func (p *painter) show(f frame) {
	select {
	case <-p.frames: // nobody has seen it
	default:
	}
	p.frames <- f
}

// close ends run, waits for it, and tells why nothing could be painted any more,
// if it could not.
func (p *painter) close() error {
	close(p.frames)
	<-p.over
	return p.broken
}

func (p *painter) run() {
	defer close(p.over)
	defer func() {
		if r := recover(); r != nil { // else the terminal would stay as it is
			p.broken = fmt.Errorf("%v\n%s", r, debug.Stack())
			p.stop()
		}
	}()
	for f := range p.frames {
		p.paint(f)
		time.Sleep(frameTime)
	}
}

const (
	otherScreen = "\x1b[?1049h"
	firstScreen = "\x1b[?1049l"
	eraseScreen = "\x1b[2J"
	tellOfMouse = "\x1b[?1002h\x1b[?1006h" // of clicks and of the wheel
)

// Write writes what bubbletea has to say to the terminal, but for frames: those
// do not wait for the terminal.
func (p *painter) Write(b []byte) (int, error) {
	s := string(b)
	if strings.Contains(s, standIn) {
		return len(b), nil
	}
	p.mu.Lock()
	defer p.mu.Unlock()
	switch {
	case strings.Contains(s, otherScreen):
		p.ready, p.whole = true, true
	case strings.Contains(s, firstScreen):
		p.ready = false
	case strings.Contains(s, eraseScreen):
		p.whole = true
	}
	more := p.ask
	if p.mouse && strings.Contains(s, otherScreen) {
		more += tellOfMouse // bubbletea would not ask again after another program had the terminal
	}
	if more == "" {
		return p.File.Write(b)
	}
	n, err := p.File.WriteString(s + more)
	p.ask = ""
	return min(n, len(b)), err
}

// WriteString writes what bubbletea has to say to the terminal.
func (p *painter) WriteString(s string) (int, error) { return p.Write([]byte(s)) }

// Between these, terminals that know them show nothing of what is drawn; the
// others take no notice.
const (
	beginFrame = "\x1b[?2026h"
	endFrame   = "\x1b[?2026l"
)

// paint writes what of f is not on the terminal yet. Should the terminal not
// take it, there is nobody left to tell.
func (p *painter) paint(f frame) {
	p.mu.Lock()
	defer p.mu.Unlock()
	if !p.ready {
		return
	}
	p.brush.Reset()
	p.brush.WriteString(beginFrame)
	p.whole = p.whole || f.sizes != p.sizes
	p.sizes = f.sizes
	p.draw(strings.Split(f.view, "\n"))
	p.brush.wear(sgr{}, "")
	p.place(f.caret)
	if p.brush.Len() == len(beginFrame) {
		return
	}
	p.brush.WriteString(endFrame)
	p.File.Write(p.brush.Bytes())
}

// draw writes the lines that have changed.
func (p *painter) draw(lines []string) {
	if p.whole || len(lines) != len(p.lines) {
		p.brush.WriteString(sgrReset + eraseScreen)
		p.lines, p.cells, p.whole = make([]string, len(lines)), make([][]cell, len(lines)), false
	}
	for i, l := range lines {
		if l == p.lines[i] {
			continue
		}
		cells := cellsOf(l)
		if foreign(p.cells[i]) || foreign(cells) {
			p.brush.erase(i)
			p.cells[i] = nil
		}
		p.brush.line(i, p.cells[i], cells)
		p.lines[i], p.cells[i] = l, cells
	}
}

// place puts the terminal's own cursor where it belongs.
func (p *painter) place(s caret) {
	switch {
	case s.on && (s != p.caret || p.brush.Len() > len(beginFrame)):
		p.brush.moveTo(s.line, s.col)
		p.brush.WriteString("\x1b[?25h")
	case !s.on && p.caret.on:
		p.brush.WriteString("\x1b[?25l")
	}
	p.caret = s
}

func (b *brush) moveTo(y, x int) {
	b.WriteString("\x1b[" + strconv.Itoa(y+1) + ";" + strconv.Itoa(x+1) + "H")
}
