package ui

import (
	"context"
	"errors"
	"fmt"
	"math/rand/v2"
	"slices"
	"strings"
	"testing"

	tea "github.com/charmbracelet/bubbletea"

	"app/newsterm/feed"
	"app/newsterm/store"
)

func TestTheMouseChoosesInEveryMenu(t *testing.T) {
	d := drive(t, oneArticle(t, feed.Item{URL: "https://a.example/0", HTML: linked})).press("enter", "U")
	d.click(10, d.lineOf("the second page")).sees("Links").click(10, d.lineOf("the second page")).sees("opening https://a.example/two")
	d.press("U").wheel(10, 5, 1).press("enter")
	if last := d.copied[len(d.copied)-1]; last != "me@a.example" {
		t.Errorf("the wheel leads to %s", last)
	}
	d.press("U").click(3, 0).sees("Links").press("esc")

	d = drive(t, shelf(t)).size(100, 30).toItem("Harbour").press("E")
	d.click(5, d.lineOf("muted")).sees("› muted      no").click(5, d.lineOf("muted")).sees("› muted      yes").press("esc")
	d.press("B").click(9, d.lineOf("Guardian")).sees("A shelf of").click(9, d.lineOf("Guardian")).sees("add 1 feed").press("esc")
	d.press("t").types("harb").click(5, d.lineOf("Harbour")).lacks("a part of its name")
}

func TestMenusHeedTheKeysOfTheReader(t *testing.T) {
	d := drive(t, oneArticle(t, feed.Item{URL: "https://a.example/0", HTML: linked}), bindings(t, Bindings{Keys: keysOf("down", "w")})).press("enter", "U")
	d.press("w", "enter").sees("opening https://a.example/two").press("U").sees("Links").press("j", "enter").sees("opening https://a.example/one")
}

func TestWhatAnOverlayDidIsTold(t *testing.T) {
	drive(t, oneArticle(t, feed.Item{URL: "https://a.example/0", HTML: linked})).press("enter", "U", "y").sees("Links", "copied https://a.example/one").press("j").lacks("copied")
}

// TestAnyKeyAnywhere presses keys at random, over and over, at screens of any
// size: nothing breaks, and no line is ever wider than the screen.
func TestAnyKeyAnywhere(t *testing.T) {
	t.Chdir(t.TempDir())          // w writes here,
	t.Setenv("PATH", t.TempDir()) // and | finds no program
	r := rand.New(rand.NewPCG(11, 22))
	keys := []string{"enter", "esc", "tab", "shift+tab", "down", "up", "space", "backspace", "q"}
	for _, a := range actions() {
		if a.name != "quit" && a.name != "suspend" {
			keys = append(keys, a.keys...)
		}
	}
	msgs := map[string]tea.KeyMsg{}
	for kind := tea.KeyType(-128); kind < 128; kind++ {
		if msg := (tea.KeyMsg{Type: kind}); kind != tea.KeyRunes {
			msgs[keyName(msg)] = msg
		}
	}
	for round := range often(20) {
		db := shelf(t)
		save(t, db, "Linked", feed.Item{GUID: "l", Title: "Linked", URL: "https://a.example/0", HTML: linked, Published: now})
		d := drive(t, db, colored, func(o *Options) {
			o.FullText = func(context.Context, store.Article) error { return errors.New("there is no page") }
		})
		var pressed []string
		for range 150 {
			switch r.IntN(12) {
			case 0:
				w, h := 1+r.IntN(140), 1+r.IntN(40)
				pressed = append(pressed, fmt.Sprint(w, "x", h))
				d.size(w, h)
			case 1:
				pressed = append(pressed, "click")
				d.click(r.IntN(max(d.m.width, 1)), r.IntN(max(d.m.height, 1)))
			case 2:
				d.wheel(r.IntN(max(d.m.width, 1)), r.IntN(max(d.m.height, 1)), r.IntN(7)-3)
			default:
				key := keys[r.IntN(len(keys))]
				pressed = append(pressed, key)
				if msg, ok := msgs[key]; ok {
					d.send(msg)
				} else {
					d.types(key)
				}
			}
			lines := strings.Split(d.m.View(), "\n")
			if len(lines) != d.m.height || slices.ContainsFunc(lines, func(l string) bool { return width(l) > d.m.width }) {
				t.Fatalf("round %d: a screen of %d×%d after %s:\n%s", round, d.m.width, d.m.height, pressed, d.screen())
			}
		}
	}
}
