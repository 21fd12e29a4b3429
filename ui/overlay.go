package ui

import (
	"iter"
	"slices"

	tea "github.com/charmbracelet/bubbletea"
	"github.com/charmbracelet/x/ansi"
)

// An overlay is something over the panes, such as a form or a line to type on.
// As long as it is open it has the keys. One may be opened over another, which
// is seen again when that is closed.
type overlay interface {
	// press does what a key means here. Letters come one by one; a text that
	// was pasted comes as one key.
	press(m Model, msg tea.KeyMsg) (Model, tea.Cmd)
	// draw draws what is above the bottom line: at most h lines of w cells.
	draw(m Model, w, h int) []overLine
	// bottom draws the bottom line, of at most w cells.
	bottom(m Model, w int) string
}

// An overLine is a line of an overlay.
type overLine struct {
	text string
	item int // of a menu, which it belongs to: the first is 1; 0 for none
}

// A menu is an overlay with a cursor on one of its items. Keys that move, and
// the mouse, do the same in all of them.
type menu interface {
	overlay
	// cursor is the item that it is on, and how many there are.
	cursor() (at, n int)
	// to puts it on item i, or on the one that is nearest.
	to(m Model, i int) (Model, tea.Cmd)
	// take does what the item under the cursor is there for.
	take(m Model) (Model, tea.Cmd)
}

// cover opens an overlay.
func (m Model) cover(o overlay) Model {
	m.over = append(slices.Clip(m.over), o)
	return m
}

// uncover closes the overlay that has the keys.
func (m Model) uncover() Model {
	m.over = m.over[:len(m.over)-1]
	return m
}

// top is the overlay that has the keys; nil if none is open.
func (m Model) top() overlay {
	if len(m.over) == 0 {
		return nil
	}
	return m.over[len(m.over)-1]
}

// opened is the open overlay of a type.
func opened[T overlay](m Model) (o T, ok bool) {
	for _, other := range m.over {
		if t, is := other.(T); is {
			o, ok = t, true
		}
	}
	return o, ok
}

// put changes the open overlay of a type.
func put[T overlay](m Model, changed T) Model {
	m.over = slices.Clone(m.over)
	for i, other := range m.over {
		if _, is := other.(T); is {
			m.over[i] = changed
		}
	}
	return m
}

// without closes the overlay of a type, if one is open.
func without[T overlay](m Model) Model {
	m.over = slices.DeleteFunc(slices.Clone(m.over), func(o overlay) bool { _, is := o.(T); return is })
	return m
}

// moves are keys that move in every menu, even in those in which letters are
// typed, and the actions that they are like.
var moves = map[string]string{
	"down": "down", "ctrl+n": "down", "ctrl+j": "down", "tab": "down",
	"up": "up", "ctrl+p": "up", "ctrl+k": "up", "shift+tab": "up",
	"pgdown": "page-down", "pgup": "page-up",
}

// inMenu does what an action means in every menu: it moves the cursor.
func (m Model) inMenu(l menu, action string) (Model, tea.Cmd) {
	at, n := l.cursor()
	switch page := m.onPage(l); action {
	case "down":
		at++
	case "up":
		at--
	case "half-down":
		at = min(at+(page+1)/2, n-1)
	case "half-up":
		at = max(at-(page+1)/2, 0)
	case "page-down":
		at = min(at+page, n-1)
	case "page-up":
		at = max(at-page, 0)
	case "top":
		at = 0
	case "bottom":
		at = n - 1
	default:
		return m, nil
	}
	return l.to(m, at)
}

// onPage is how many items of a menu are on the screen.
func (m Model) onPage(l menu) int {
	n, last := 0, 0
	for _, line := range l.draw(m, m.width, m.paneHeight()) {
		if line.item != 0 && line.item != last {
			n, last = n+1, line.item
		}
	}
	return max(n, 1)
}

// inList does what a key means in every menu in which no letters are typed: it
// moves the cursor, or goes back.
func (m Model) inList(l menu, key string) (Model, tea.Cmd) {
	switch name := m.meaning(key); name {
	case "leave", "back", "fold":
		return m.uncover(), nil
	default:
		return m.inMenu(l, name)
	}
}

// meaning is the action that a key stands for in a menu; "" for none.
func (m Model) meaning(key string) string {
	switch {
	case moves[key] != "":
		return moves[key]
	case key == "ctrl+c" || key == "esc":
		return "back"
	case key == "enter":
		return "open"
	}
	a, _ := m.keys.find(key, feedPane)
	return a.name
}

// takes reports whether a key takes what the cursor of a menu is on.
func (m Model) takes(key string) bool {
	name := m.meaning(key)
	return name == "open" || name == "unfold"
}

// nearest is i as far as there are items.
func nearest(i, n int) int { return max(min(i, n-1), 0) }

// overLines are lines that belong to no item.
func overLines(lines ...string) []overLine {
	list := make([]overLine, len(lines))
	for i, l := range lines {
		list[i].text = l
	}
	return list
}

// around goes through as many of n items as there is room for, item at among
// them.
func around(at, n, room int) iter.Seq[int] {
	from := max(min(at-room/2, n-room), 0)
	return func(yield func(int) bool) {
		for i := from; i < min(n, from+max(room, 1)) && yield(i); i++ {
		}
	}
}

// aroundItem is at most h of lines, those of an item among them.
func aroundItem(lines []overLine, item, h int) []overLine {
	i := slices.IndexFunc(lines, func(l overLine) bool { return l.item == item+1 })
	from := max(min(max(i, 0)-h/2, len(lines)-h), 0)
	return lines[from:min(from+max(h, 0), len(lines))]
}

// saysKeys is the bottom line of an overlay: what its keys do, or what has just
// happened.
func (m Model) saysKeys(keys string, w int) string {
	if m.status.note != "" && !m.noteIsLong() {
		return m.whatGoesOn(w)
	}
	return m.styles.muted.Render(ansi.Truncate(" "+keys, w, "…"))
}
