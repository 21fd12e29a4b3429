package ui

import (
	"strings"
	"time"

	tea "github.com/charmbracelet/bubbletea"
	"github.com/charmbracelet/x/ansi"

	"app/newsterm/store"
)

// A click is what was clicked on, and when: on an article, or on an item of the
// pane of feeds.
type click struct {
	article store.ArticleID
	item    store.Query
	at      time.Time
}

// doubleClick is how soon a second click makes one of two.
const doubleClick = 400 * time.Millisecond

// notch is how many lines a notch of the wheel scrolls.
const notch = 3

// mouse does what the mouse did.
func (m Model) mouse(msg tea.MouseMsg) (Model, tea.Cmd) {
	switch {
	case msg.Button == tea.MouseButtonWheelUp:
		return m.wheel(msg.X, -notch)
	case msg.Button == tea.MouseButtonWheelDown:
		return m.wheel(msg.X, +notch)
	case msg.Button != tea.MouseButtonLeft || msg.Action != tea.MouseActionPress:
		return m, nil
	case m.top() != nil:
		return m.clickOver(msg.Y)
	case msg.Y == m.height-1:
		return m.clickHint(msg.X)
	}
	m.status.note, m.status.bad = "", false
	switch p, x := m.paneAt(msg.X); p {
	case feedPane:
		return m.clickItem(x, msg.Y)
	case articlePane:
		return m.clickArticle(msg.Y)
	default:
		return m.toPane(readerPane)
	}
}

// clickOver puts the cursor of a menu on the item at a line; a click on the item
// that it is on takes that.
func (m Model) clickOver(y int) (Model, tea.Cmd) {
	l, ok := m.top().(menu)
	if !ok {
		return m, nil
	}
	lines := l.draw(m, m.width, m.paneHeight())
	if y < 0 || y >= len(lines) || lines[y].item == 0 { // a terminal may tell of a place outside it
		return m, nil
	}
	if at, _ := l.cursor(); at == lines[y].item-1 {
		return l.take(m)
	}
	return l.to(m, lines[y].item-1)
}

// paneAt is the pane at a column of the screen, and the column in it.
func (m Model) paneAt(x int) (pane, int) {
	from, last := 0, m.focus
	for p, w := range m.shape() {
		if w == 0 {
			continue
		}
		if last = pane(p); x < from+w {
			return last, x - from
		}
		from += w + 1
	}
	return last, x
}

// wheel scrolls what the mouse is over. The cursor of a list stays where it is;
// that of a menu is moved.
func (m Model) wheel(x, lines int) (Model, tea.Cmd) {
	switch o := m.top().(type) {
	case nil:
	case sheet:
		return put(m, o.scroll(m, lines)), nil
	case menu:
		at, n := o.cursor()
		return o.to(m, nearest(at+lines, n))
	default:
		return m, nil
	}
	switch p, _ := m.paneAt(x); p {
	case feedPane:
		m.feeds = m.feeds.scroll(lines)
	case articlePane:
		m.articles = m.articles.scroll(lines)
		return m.loadMore()
	default:
		m.reader = m.reader.scrollTo(m.reader.top + lines)
	}
	return m, nil
}

// isDouble reports whether c is the second of two clicks on the same thing.
func (m Model) isDouble(c click) bool {
	was := m.clicked
	return was.article == c.article && was.item == c.item && !was.at.IsZero() && c.at.Sub(was.at) <= doubleClick
}

// clickArticle puts the cursor on the article at a line; two clicks open it.
func (m Model) clickArticle(y int) (Model, tea.Cmd) {
	m, keep := m.toList()
	i := m.articles.top + (y-1)/m.rowLines()
	if y < 1 || i >= len(m.articles.rows) {
		return m, keep
	}
	c := click{article: m.articles.rows[i].ID, at: m.o.Now()}
	double := m.isDouble(c)
	if m.clicked = c; double {
		m.clicked = click{}
	}
	m.articles = m.articles.move(i - m.articles.cursor)
	m, cmd := m.loadMore()
	if double {
		m, cmd = m.open()
	}
	return m, tea.Batch(keep, cmd)
}

// toList gives the focus to the articles. Where the open one was left is
// remembered.
func (m Model) toList() (Model, tea.Cmd) {
	var keep tea.Cmd
	if m.focus == readerPane {
		m, keep = m.bookmark()
	}
	m.focus = articlePane
	return m.sized(), keep
}

// clickItem lists the item at a line of the pane of feeds; two clicks go on to
// its articles. The sign of a folder opens and closes it.
func (m Model) clickItem(x, y int) (Model, tea.Cmd) {
	m, keep := m.toList()
	m.focus = feedPane
	m = m.sized()
	i, ok := m.feeds.at(y)
	if !ok {
		return m, keep
	}
	it := m.feeds.items[i]
	m.feeds = m.feeds.move(i - m.feeds.cursor)
	var cmd tea.Cmd
	switch {
	case it.kind == aFolder && x <= width(it.lead()) && it.closed:
		m, cmd = m.unfold()
		return m, tea.Batch(keep, cmd)
	case it.kind == aFolder && x <= width(it.lead()):
		m, cmd = m.fold()
		return m, tea.Batch(keep, cmd)
	}
	c := click{item: it.query, at: m.o.Now()}
	double := m.isDouble(c)
	m.clicked = c
	m, cmd = m.openItem(!double && m.width >= narrow)
	return m, tea.Batch(keep, cmd)
}

// at is the item at a line of the pane, the header being 0.
func (l feedList) at(y int) (int, bool) {
	line := 1
	for i := l.top; i < len(l.items) && line <= y; i++ {
		if l.items[i].gap && i > l.top {
			line++
		}
		if line == y {
			return i, true
		}
		line++
	}
	return 0, false
}

// clickHint does what the bottom line tells of at a column: "s star". Where it
// tells of new articles it shows them.
func (m Model) clickHint(x int) (Model, tea.Cmd) {
	if m.status.note == "" && m.status.arrived > 0 && x < width(m.whatGoesOn(m.width)) {
		return m.showArrived()
	}
	line := ansi.Strip(m.bottom(m.width))
	for _, a := range m.keys.hints(m.focus) {
		hint := "  " + keyLabel(a.keys[0]) + " " + m.short(a) + " "
		if i := strings.LastIndex(line+" ", hint); i >= 0 && x > width(line[:i]) && x < width(line[:i]+hint) {
			return a.do(m)
		}
	}
	return m, nil
}
