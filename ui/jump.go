package ui

import (
	"slices"
	"strings"
	"unicode/utf8"

	"github.com/charmbracelet/bubbles/textinput"
	tea "github.com/charmbracelet/bubbletea"

	"app/newsterm/store"
)

// jump is where one can go, and a line to type a part of its name on. Its zero
// value is closed.
type jump struct {
	input textinput.Model
	all   []feedItem
	found []feedItem // those that what was typed may mean, the likeliest first
	at    int
}

func (j jump) open() bool { return j.input.Focused() }

// askWhere asks for a view, a saved query, a feed, a folder or a tag by name.
func (m Model) askWhere() (Model, tea.Cmd) {
	j := jump{input: m.newInput(""), all: m.feeds.all(nil)}
	j.input.Placeholder = "a part of its name"
	j.input.Focus()
	m.jump = j.narrowed()
	return m.sized(), nil
}

// narrowed lists what the text on the line may mean.
func (j jump) narrowed() jump {
	type ranked struct {
		item feedItem
		rank int
	}
	var list []ranked
	for _, it := range j.all {
		if rank, ok := match(j.input.Value(), it.path()); ok && it.why == "" {
			list = append(list, ranked{it, rank})
		}
	}
	slices.SortStableFunc(list, func(a, b ranked) int { return a.rank - b.rank })
	j.found, j.at = nil, 0
	for _, r := range list {
		j.found = append(j.found, r.item)
	}
	return j
}

// path is the name of an item, for a folder with those that it is in.
func (it feedItem) path() string {
	if it.kind == aFolder {
		return it.folder
	}
	return it.name
}

// match reports whether every word of typed is in name, or at least its letters
// are in that order. The rank is the lower, the likelier name is what is meant.
func match(typed, name string) (rank int, ok bool) {
	name = strings.ToLower(name)
	for word := range strings.FieldsSeq(strings.ToLower(typed)) {
		r, ok := matchWord(word, name)
		if !ok {
			return 0, false
		}
		rank += r
	}
	return rank, true
}

// The ranks of a word in a name. Letters that are scattered come last, by how
// far.
const (
	atStart = iota
	atWord
	inside
	scattered
)

func matchWord(word, name string) (rank int, ok bool) {
	switch i := strings.Index(name, word); {
	case i == 0:
		return atStart, true
	case i > 0 && startsWord(name, word):
		return atWord, true
	case i > 0:
		return inside, true
	}
	gaps, rest := 0, name
	for _, r := range word {
		i := strings.IndexRune(rest, r)
		if i < 0 {
			return 0, false
		}
		_, n := utf8.DecodeRuneInString(rest[i:])
		gaps += i
		rest = rest[i+n:]
	}
	return scattered + gaps, true
}

// startsWord reports whether word is at the start of a word of name.
func startsWord(name, word string) bool {
	return slices.ContainsFunc([]string{" ", "/", "-", "#", "(", "."}, func(before string) bool {
		return strings.Contains(name, before+word)
	})
}

// choose gives a key to the line, or moves in the list under it.
func (m Model) choose(msg tea.KeyMsg) (Model, tea.Cmd) {
	j := m.jump
	switch keyName(msg) {
	case "esc", "ctrl+c":
		m.jump = jump{}
		return m, nil
	case "enter":
		return m.goThere()
	case "down", "tab", "ctrl+n", "ctrl+j":
		j.at++
	case "up", "shift+tab", "ctrl+p", "ctrl+k":
		j.at--
	case "pgdown":
		j.at += m.jumpRows()
	case "pgup":
		j.at -= m.jumpRows()
	default:
		before := j.input.Value()
		j.input, _ = j.input.Update(msg)
		if j.input.Value() != before {
			j = j.narrowed()
		}
	}
	j.at = max(min(j.at, len(j.found)-1), 0)
	m.jump = j
	return m, nil
}

// goThere lists what the cursor is on, and opens the folders that it is in.
func (m Model) goThere() (Model, tea.Cmd) {
	j := m.jump
	if j.at >= len(j.found) {
		return m, nil
	}
	it := j.found[j.at]
	m.jump = jump{}
	m, keep := m.reveal(it)
	if it.query == m.listed.query {
		m.focus = articlePane
		return m.sized(), keep
	}
	m, list := m.list(it.name, it.query)
	return m, tea.Batch(keep, list)
}

// reveal opens the folders that hide an item.
func (m Model) reveal(it feedItem) (Model, tea.Cmd) {
	var closed []string
	for _, path := range paths(it.folder) {
		if m.feeds.closed[folderKey(path)] && it.query != store.FolderQuery(path) {
			closed = append(closed, path)
		}
	}
	if closed == nil {
		return m, nil
	}
	return m.setClosed(false, closed...)
}

// jumpRows is how many rows the list under the line has.
func (m Model) jumpRows() int { return max(m.paneHeight()-2, 1) }

// jumpLines draws the line and the list under it.
func (m Model) jumpLines(w, h int) []string {
	j := m.jump
	j.input.Width = max(w-6, 1)
	lines := []string{m.styles.accent.Render(" › ") + j.input.View(), ""}
	from := max(min(j.at-m.jumpRows()/2, len(j.found)-m.jumpRows()), 0)
	for i := from; i < min(len(j.found), from+m.jumpRows()); i++ {
		lines = append(lines, m.jumpRow(j.found[i], w, i == j.at))
	}
	if len(j.found) == 0 {
		lines = append(lines, "   "+m.styles.muted.Render(fit("nothing is called so", w-3)))
	}
	return lines
}

// widestJump is how wide the list is on a wide screen: an eye should find the
// end of a row.
const widestJump = 100

// jumpRow draws an item: its name, where it is, what is unread there.
func (m Model) jumpRow(it feedItem, w int, current bool) string {
	s := m.styles.row[rowPlain]
	if current {
		s = m.styles.row[rowSelected]
	}
	where := [...]string{aView: "", aSavedQuery: "saved", aFeed: it.folder, aFolder: "folder", aTag: "tag"}[it.kind]
	count := " "
	if it.count > 0 {
		count = " " + thousands(it.count) + " "
	}
	room := min(w, widestJump) - 3 - width(count)
	name := min(max(width(it.path())+2, room*2/3), room)
	return s.text.Render("   "+fit(it.path(), name)) + s.muted.Render(fit(where, room-name)+count)
}
