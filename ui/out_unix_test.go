//go:build unix

package ui

import (
	"io"
	"os"
	"path/filepath"
	"syscall"
	"testing"

	tea "github.com/charmbracelet/bubbletea"
)

func TestEscEndsACommandAndThoseItStarted(t *testing.T) {
	fifo := filepath.Join(t.TempDir(), "fifo")
	if err := syscall.Mkfifo(fifo, 0o600); err != nil {
		t.Skip(err)
	}
	var o outside
	d := drive(t, library(t), o.leading())
	d.press("|").types("sh -c 'exec 3>" + fifo + "; echo begun >&3; sleep 1000 & wait'")
	m, cmd := d.m.update(tea.KeyMsg{Type: tea.KeyEnter})
	d.m = m
	answers := make(chan tea.Msg)
	go func() {
		for _, c := range cmd().(tea.BatchMsg) {
			answers <- c()
		}
	}()
	d.send(<-answers) // the history
	f, err := os.Open(fifo)
	if err != nil {
		t.Fatal(err)
	}
	defer f.Close()
	begun := make([]byte, 6)
	if _, err := io.ReadFull(f, begun); err != nil {
		t.Fatal(err)
	}
	d.sees("runs · Esc ends it").press("|").sees("runs · Esc ends it").lacks("pipe markdown")
	d.press("j", "esc").sees("stopped sh -c")
	if on := d.on(); on != "Second" {
		t.Errorf("the cursor is on %s", on)
	}
	if rest, err := io.ReadAll(f); err != nil || len(rest) > 0 { // ends when nobody is left to write
		t.Errorf("read %q, %v", rest, err)
	}
	d.send(<-answers)
	d.lacks("killed").press("|").sees("pipe markdown to:")
}
