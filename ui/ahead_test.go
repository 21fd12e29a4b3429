package ui

import (
	"sync"
	"testing"
	"time"

	tea "github.com/charmbracelet/bubbletea"

	"app/newsterm/feed"
)

// early presses keys before the answers to any of them have come, and returns
// what brings these.
func (d *driver) early(keys ...string) (late []tea.Cmd) {
	for _, k := range keys {
		msg, ok := named[k]
		if !ok {
			msg = tea.KeyMsg{Type: tea.KeyRunes, Runes: []rune(k)}
		}
		var cmd tea.Cmd
		d.m, cmd = d.m.update(msg)
		late = append(late, cmd)
	}
	return late
}

func (d *driver) late(cmds []tea.Cmd) *driver {
	for _, c := range cmds {
		d.run(c)
	}
	return d
}

func TestKeysWaitForTheList(t *testing.T) {
	d := drive(t, library(t))
	late := d.early("M", "j", "s", "enter")
	if d.m.focus != articlePane || d.on() != "" {
		t.Fatalf("a key did not wait; on %q", d.on())
	}
	if d.late(late).sees("the zebra"); !starred(d) {
		t.Error("the star is missing")
	}
	d = drive(t, library(t))
	d.late(d.early("t", "A", "l", "p", "h", "a", "enter", "j", "j", "enter")).sees("Third", "three")
}

func TestKeysWaitForTheText(t *testing.T) {
	d := drive(t, oneArticle(t, feed.Item{HTML: longText()}))
	late := d.early("enter", "space", "space")
	if d.late(late); d.m.reader.top < d.m.lines() {
		t.Errorf("two pages on the text is at line %d", d.m.reader.top)
	}
	d = drive(t, library(t))
	d.late(d.early("enter", "J", "J")).sees("of another feed") // they need no text
	if d.on() != "Other" {
		t.Errorf("on %s", d.on())
	}
}

func TestNobodyHasToWaitToGoBack(t *testing.T) {
	d := drive(t, library(t))
	late := d.early("*", "j", "esc")
	if d.m.listed.query != unreadQuery {
		t.Fatal("Esc waits")
	}
	d.late(late).sees("First").press("j")
	if d.on() != "Second" {
		t.Errorf("on %s", d.on())
	}
	quit := d.early("*", "ctrl+c")
	if d.run(quit[1]); !d.quit {
		t.Error("it does not end")
	}
}

func TestAMarkIsInTheListThatIsOpenedAfterIt(t *testing.T) {
	d := drive(t, library(t))
	cmds := d.early("s", "*")
	answers := make(chan tea.Msg, 100)
	var wait sync.WaitGroup
	var start func(tea.Cmd)
	start = func(c tea.Cmd) {
		switch msg := c().(type) {
		case tea.BatchMsg:
			for _, c := range msg {
				wait.Go(func() { start(c) })
			}
		default:
			answers <- msg
		}
	}
	wait.Go(func() { start(cmds[1]) })
	select {
	case msg := <-answers:
		if msg, isList := msg.(answeredMsg); isList {
			t.Fatalf("the list did not wait for the mark: %T", msg.msg)
		}
		answers <- msg
	case <-time.After(200 * time.Millisecond):
	}
	start(cmds[0])
	wait.Wait()
	close(answers)
	for msg := range answers {
		d.send(msg)
	}
	d.sees("Starred", "1/1", "First")
}

// TestEscAndAKeyAtOnce presses what a slow line makes of them.
func TestEscAndAKeyAtOnce(t *testing.T) {
	alt := func(letter rune) tea.KeyMsg { return tea.KeyMsg{Type: tea.KeyRunes, Runes: []rune{letter}, Alt: true} }
	d := drive(t, library(t)).press("enter")
	if d.send(alt('j')); d.m.focus != articlePane || d.on() != "Second" {
		t.Errorf("in pane %d on %s", d.m.focus, d.on())
	}
	d.press("/").types("abc")
	if d.send(alt('k')); d.m.top() != nil || d.on() != "First" {
		t.Errorf("on %s with %T", d.on(), d.m.top())
	}
	d = drive(t, library(t), bindings(t, Bindings{Keys: keysOf("down", "alt+j")}))
	if d.send(alt('j')); d.on() != "Second" {
		t.Errorf("a key with alt leads to %s", d.on())
	}
}
