package ui

import (
	"cmp"
	"maps"
	"slices"
	"strings"

	tea "github.com/charmbracelet/bubbletea"
	"github.com/charmbracelet/x/ansi"

	"app/newsterm/store"
)

// A selection is rows of the list that the next key acts on together: those that
// were held, and those from one to the cursor while a range is drawn. Its zero
// value is none.
type selection struct {
	held map[store.ArticleID]store.Article
	from store.ArticleID // the range begins there; 0 if none is drawn
	out  bool            // the range takes rows out
}

func (s selection) on() bool { return s.from != 0 || len(s.held) > 0 }

// selectRows begins a range at the cursor, or ends it: its rows are held, and the
// cursor is free. One that begins on a row which is held lets its rows go. Twice
// on a row thus changes that one.
func (m Model) selectRows() (Model, tea.Cmd) {
	a, ok := m.articles.current()
	switch s := m.articles.selection; {
	case !ok:
	case s.from != 0:
		m.articles.selection = m.articles.ranged()
	default:
		_, held := s.held[a.ID]
		m.articles.selection.from, m.articles.selection.out = a.ID, held
	}
	return m, nil
}

// selects reports whether keys act on a selection.
func (m Model) selects() bool { return m.focus == articlePane && m.articles.selection.on() }

// deselect ends the selection.
func (m Model) deselect() Model {
	m.articles.selection = selection{}
	return m
}

// selectBeyond loads all that the view has beyond an end of what is loaded, so that a
// range is drawn over it, and goes to the end of it.
func (m Model) selectBeyond(above bool) (Model, tea.Cmd) {
	m.listed.seq++ // what else was asked for comes with it
	asked, p := m.listed, store.Page{AsOf: m.listed.at}
	edge := m.articles.rows[len(m.articles.rows)-1]
	if above {
		edge = m.articles.rows[0]
		p.Before = edge.Place()
	} else {
		p.After = edge.Place()
	}
	m.articles.loading = true
	return m.await(func() tea.Msg {
		rows, err := m.o.Library.Articles(m.ctx, asked.ordered(), p)
		if err != nil {
			return listFailedMsg{asked, err}
		}
		return moreMsg{asked: asked, rows: rows, edge: edge.ID, above: above, all: true}
	})
}

// ranged is the selection with the rows of its range held.
func (l articleList) ranged() selection {
	s := selection{held: map[store.ArticleID]store.Article{}}
	maps.Copy(s.held, l.selection.held)
	from, to := l.drawn()
	for _, a := range l.rows[from:to] {
		if s.held[a.ID] = a; l.selection.out {
			delete(s.held, a.ID)
		}
	}
	return s
}

// hold is l with the rows of its range held, if one is drawn.
func (l articleList) hold() articleList {
	if l.selection.from != 0 {
		l.selection = l.ranged()
	}
	return l
}

// drawn are the rows of the range: from, and the one after the last.
func (l articleList) drawn() (from, to int) {
	i := l.find(l.selection.from)
	if l.selection.from == 0 || i < 0 {
		return 0, 0
	}
	return min(i, l.cursor), max(i, l.cursor) + 1
}

// selectedRows reports of a row whether it is selected.
func (l articleList) selectedRows() func(int) bool {
	from, to := l.drawn()
	return func(i int) bool {
		if i >= from && i < to {
			return !l.selection.out
		}
		_, held := l.selection.held[l.rows[i].ID]
		return held
	}
}

// selected lists the articles that are, as the list has them; those that it has
// let go come last.
func (l articleList) selected() []store.Article {
	held := l.ranged().held
	var list []store.Article
	for _, a := range l.rows {
		if _, ok := held[a.ID]; ok {
			list = append(list, a)
			delete(held, a.ID)
		}
	}
	rest := slices.SortedFunc(maps.Values(held), func(a, b store.Article) int { return cmp.Compare(b.ID, a.ID) })
	return append(list, rest...)
}

// meant are the articles that a key means: the selected ones, or else the one
// that is read, or under the cursor.
func (m Model) meant() []store.Article {
	if m.selects() {
		return m.articles.selected()
	}
	if a, ok := m.current(); ok {
		return []store.Article{a}
	}
	return nil
}

// markSelected draws the sign of a selected article into its lines: into the first
// cell if that is empty.
func (m Model) markSelected(lines []string) {
	if m.o.Theme.Spoken {
		lines[0] = "selected: " + strings.TrimLeft(lines[0], " ")
		return
	}
	for i, l := range lines {
		if strings.HasPrefix(ansi.Strip(l), " ") {
			l = ansi.TruncateLeft(l, 1, "")
		}
		lines[i] = m.styles.accent.Render("▌") + l
	}
}

// selecting tells on the bottom line how many articles are selected; "" if none
// are, and no range is drawn.
func (m Model) selecting() string {
	l := m.articles
	if !l.selection.on() {
		return ""
	}
	n := len(l.selection.held)
	from, to := l.drawn()
	for _, a := range l.rows[from:to] {
		switch _, held := l.selection.held[a.ID]; {
		case held && l.selection.out:
			n--
		case !held && !l.selection.out:
			n++
		}
	}
	return thousands(n) + " selected"
}

// inShort is an action as the bottom line shows it: its name, and in a word what
// it does.
type inShort struct{ name, short string }

// onSelected are the actions that the bottom line shows while articles are
// selected, and in a word what they do then.
var onSelected = []inShort{
	{"back", "let go"}, {"read", "read"}, {"star", "star"}, {"copy", "copy"}, {"browse", "browser"}, {"pipe", "pipe"}, {"write", "write"},
}

// hinted are the actions that the bottom line shows; the last is help.
func (m Model) hinted() []action {
	all := m.keys.hints(m.focus)
	switch {
	case m.selects():
		return append(m.shortly(onSelected), all[len(all)-1])
	case m.focus == readerPane:
		return slices.Insert(slices.Clone(all), 1, m.shortly(brought(m.reader.article))...)
	}
	return all
}

// brought are the actions for what comes with an article besides its text.
func brought(a store.Article) (list []inShort) {
	if a.HasEnclosure {
		list = append(list, inShort{"enclosures", "enclosed"})
	}
	if a.Comments != "" {
		list = append(list, inShort{"comments", "comments"})
	}
	return list
}

// shortly are actions that have a key here, by other words.
func (m Model) shortly(list []inShort) (actions []action) {
	for _, h := range list {
		a := m.keys.actions[m.keys.named(h.name)]
		if a.keys, a.short = m.keys.keysIn(a, m.focus), h.short; len(a.keys) > 0 {
			actions = append(actions, a)
		}
	}
	return actions
}

// mostPagesAtOnce is how many pages one key opens in the browser.
const mostPagesAtOnce = 20

// browseEach opens the pages of several articles in the browser.
func (m Model) browseEach(list []store.Article) (Model, tea.Cmd) {
	if len(list) > mostPagesAtOnce {
		return m.note("that would open %s; at most %d are opened at once", plural(len(list), "page", "pages"), mostPagesAtOnce), nil
	}
	m = m.deselect()
	var cmds []tea.Cmd
	for _, a := range list {
		if a.URL != "" {
			var cmd tea.Cmd
			m, cmd = m.visit(a, a.URL)
			cmds = append(cmds, cmd)
		}
	}
	return m.note("opening %s", plural(len(cmds), "page", "pages")), tea.Batch(cmds...)
}

// copyEach copies the addresses of several articles, one a line.
func (m Model) copyEach(list []store.Article) (Model, tea.Cmd) {
	found := addresses(list)
	if len(found) == 0 {
		return m.note("these articles have no address"), nil
	}
	return m.deselect(), m.copy(strings.Join(found, "\n"), "copied "+plural(len(found), "address", "addresses"))
}

// addresses are those of articles, as far as they have one.
func addresses(list []store.Article) (found []string) {
	for _, a := range list {
		if a.URL != "" {
			found = append(found, a.URL)
		}
	}
	return found
}
