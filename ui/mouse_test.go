package ui

import (
	"strings"
	"testing"
	"time"

	tea "github.com/charmbracelet/bubbletea"
)

// click presses the left button at a place of the screen.
func (d *driver) click(x, y int) *driver {
	d.send(tea.MouseMsg{X: x, Y: y, Button: tea.MouseButtonLeft, Action: tea.MouseActionPress})
	d.send(tea.MouseMsg{X: x, Y: y, Button: tea.MouseButtonLeft, Action: tea.MouseActionRelease})
	return d
}

func (d *driver) wheel(x, y, notches int) *driver {
	button := tea.MouseButtonWheelDown
	if notches < 0 {
		button, notches = tea.MouseButtonWheelUp, -notches
	}
	for range notches {
		d.send(tea.MouseMsg{X: x, Y: y, Button: button, Action: tea.MouseActionPress})
	}
	return d
}

func TestAClickSelectsAndTwoOpen(t *testing.T) {
	at := now
	d := drive(t, library(t), func(o *Options) { o.Now = func() time.Time { return at } })
	if d.click(40, 2); d.on() != "Second" || d.m.focus != articlePane || d.m.reader.article.ID != 0 {
		t.Fatalf("on %s", d.on())
	}
	at = at.Add(time.Second)
	if d.click(40, 2); d.m.focus != articlePane {
		t.Fatal("two slow clicks opened it")
	}
	if d.click(40, 2).sees("the zebra"); d.m.focus != readerPane {
		t.Fatal("two clicks did not open it")
	}
	if d.click(40, 1); d.on() != "First" || d.m.focus != articlePane {
		t.Fatalf("on %s", d.on())
	}
	d.click(40, 9).click(110, 0)
	d.sees("one two three")
}

func TestAClickListsAFeedAndFoldsAFolder(t *testing.T) {
	d := drive(t, shelf(t)).size(120, 24)
	y := d.lineOf("  Tides  ")
	if d.click(10, y); d.item() != "Tides" || d.m.listed.name != "Tides" || d.m.focus != feedPane {
		t.Fatalf("on %s, lists %s", d.item(), d.m.listed.name)
	}
	if d.click(10, y); d.m.focus != articlePane {
		t.Error("two clicks did not go on to the articles")
	}
	items := len(d.m.feeds.items)
	if d.click(2, d.lineOf("▾ News")).sees("▸ News"); len(d.m.feeds.items) >= items {
		t.Errorf("%d items, were %d", len(d.m.feeds.items), items)
	}
	if d.click(2, d.lineOf("▸ News")).sees("▾ News"); len(d.m.feeds.items) != items {
		t.Errorf("%d items, were %d", len(d.m.feeds.items), items)
	}
}

// lineOf is the line of the screen that shows text.
func (d *driver) lineOf(text string) int {
	d.t.Helper()
	for i, l := range strings.Split(d.screen(), "\n") {
		if strings.Contains(l, text) {
			return i
		}
	}
	d.t.Fatalf("no line shows %q:\n%s", text, d.screen())
	return 0
}

func TestTheWheelScrollsWhatItIsOver(t *testing.T) {
	db := emptyLibrary(t)
	many(t, db, 1000)
	d := drive(t, db).press("j", "j").wheel(40, 5, 4).sees("Title 0012").lacks("Title 0011")
	if d.on() != "Title 0002" {
		t.Errorf("the wheel moved the cursor to %s", d.on())
	}
	d.press("m").sees("Title 0012").lacks("Title 0011")
	if d.press("j").sees("Title 0003"); d.on() != "Title 0003" {
		t.Errorf("on %s", d.on())
	}
	d.wheel(40, 5, 1000).sees("Title 0999")
	d.wheel(40, 5, -1000).sees("Title 0000")
	if d.on() != "Title 0003" {
		t.Errorf("on %s", d.on())
	}
	d.press("?").wheel(40, 5, 2).press("esc").wheel(2, 2, 3).wheel(2, 2, -3).wheel(110, 3, 1)
	if d.on() != "Title 0003" {
		t.Errorf("on %s", d.on())
	}
}

func TestAClickOnTheBottomLineDoesWhatItTells(t *testing.T) {
	d := drive(t, library(t))
	line := strings.Split(d.screen(), "\n")[15]
	d.click(width(line[:strings.Index(line, "s star")]), 15).sees("●★ First")
	line = strings.Split(d.screen(), "\n")[15]
	d.click(width(line[:strings.Index(line, "? keys")]), 15).sees("Moving")
}

func TestAClickChoosesAnOrder(t *testing.T) {
	d := drive(t, library(t)).press("S")
	d.click(40, d.lineOf("oldest first")).sees("oldest first")
	d.press("S").click(110, 3).lacks("newest first")
}

// TestAClickOutsideTheScreenBreaksNothing clicks where no terminal has a cell,
// over whatever any key opens in the list and in an article.
func TestAClickOutsideTheScreenBreaksNothing(t *testing.T) {
	t.Chdir(t.TempDir())          // w writes here,
	t.Setenv("PATH", t.TempDir()) // and | finds no program
	db := library(t)
	for _, a := range actions() {
		if a.name == "quit" || a.name == "suspend" {
			continue
		}
		for _, panes := range [][]string{nil, {"enter"}} {
			d := drive(t, db).press(panes...).press(a.keys[0])
			for _, at := range [][2]int{{-1, -1}, {29, -1}, {-1, 3}, {1000, 1000}} {
				d.click(at[0], at[1]).wheel(at[0], at[1], 1).wheel(at[0], at[1], -1)
			}
			d.screen()
		}
	}
}
