package ui

import (
	"strings"
	"testing"

	tea "github.com/charmbracelet/bubbletea"
)

func TestPastedTextIsCleaned(t *testing.T) {
	for _, keys := range [][]string{{"/"}, {"F"}, {":"}, {"t"}, {"+"}, {"?", "/"}, {"B", "/"}, {"T"}, {"E", "enter"}} {
		d := drive(t, shelf(t)).size(100, 30).toItem("Harbour").press(keys...)
		d.send(tea.KeyMsg{Type: tea.KeyRunes, Paste: true, Runes: []rune("har\u202ebo\u2066ur\u009b7m\x1b\U000e0041")})
		if view := d.m.View(); strings.ContainsAny(view, "\u202e\u2066\u009b\U000e0041") {
			t.Errorf("after %s: a pasted override reaches the terminal", keys)
		}
		d.send(tea.KeyMsg{Type: tea.KeyRunes, Paste: true, Runes: []rune("\u202e")}) // of which nothing is left
	}
	d := drive(t, library(t)).press("/")
	d.send(tea.KeyMsg{Type: tea.KeyRunes, Paste: true, Runes: []rune("ze\u202ebra")})
	d.press("enter").sees("Search: zebra", "Second")
}
