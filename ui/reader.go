package ui

import (
	"maps"
	"strings"

	tea "github.com/charmbracelet/bubbletea"

	"app/newsterm/store"
)

// reader is the pane that shows an article.
type reader struct {
	width, height int
	article       store.Article // without its text; zero if none is open
	page                        // what is shown of it; empty until it has come
	shown         pageKey       // which rendering page is
	top           int           // the first line on the screen
	pages         pages
	left          map[place]int            // letters above the top line of texts left half read
	own           map[store.ArticleID]bool // shown as their feed has them, not by their full text
}

// A page is an article made into lines.
type page struct {
	lines []string
	text  string // "full text" or "feed's text"; "" for an article that has but one
}

// A place is where a bookmark lies: the two texts of an article have one each.
type place struct {
	id  store.ArticleID
	own bool
}

// A pageKey tells one rendering of an article from another.
type pageKey struct {
	id    store.ArticleID
	width int
	theme string
	own   bool // the text of its feed, though there is a full one
}

// pages keeps what was rendered, so that going back costs nothing.
type pages map[pageKey]page

const mostPages = 64

// keep remembers a page, forgetting any other if there are many.
func (p pages) keep(k pageKey, rendered page) {
	for old := range p {
		if len(p) < mostPages {
			break
		}
		delete(p, old)
	}
	p[k] = rendered
}

// forget drops every rendering of an article.
func (p pages) forget(id store.ArticleID) {
	maps.DeleteFunc(p, func(k pageKey, _ page) bool { return k.id == id })
}

// pageMsg brings an article made into lines.
type pageMsg struct {
	key pageKey
	page
}

// read opens an article: it is shown, marked read, and the list's cursor is
// on it.
func (m Model) read(a store.Article) (Model, tea.Cmd) {
	m = m.bookmark()
	m.focus = readerPane
	m = m.sized()
	m.reader.article, m.reader.page, m.reader.top = a, page{}, 0
	if a.Read {
		return m, m.loadPage()
	}
	m, mark := m.mark(a, store.Read, true)
	return m, tea.Batch(m.loadPage(), mark)
}

// bookmark remembers how far the open article was read.
func (m Model) bookmark() Model {
	if len(m.reader.lines) == 0 {
		return m
	}
	return m.leaveAt(place{m.reader.article.ID, m.reader.shown.own})
}

// leaveAt lays a bookmark where the reader is.
func (m Model) leaveAt(p place) Model {
	if m.reader.left == nil {
		m.reader.left = map[place]int{}
	}
	m.reader.left[p] = lettersAbove(m.reader.lines, m.reader.top)
	return m
}

// pageKey is the rendering that the pane needs now.
func (m Model) pageKey() pageKey {
	id := m.reader.article.ID
	return pageKey{id, m.textWidth(), m.o.Theme.Name, m.reader.own[id]}
}

// loadPage asks for the open article as lines of the pane's width.
func (m Model) loadPage() tea.Cmd {
	key, theme, now := m.pageKey(), m.o.Theme, m.o.Now()
	if key.id == 0 {
		return nil
	}
	if p, ok := m.reader.pages[key]; ok {
		return func() tea.Msg { return pageMsg{key, p} }
	}
	return func() tea.Msg {
		a, err := m.o.Library.Article(m.ctx, key.id)
		if err != nil {
			return failedMsg{"open the article", err}
		}
		lines, err := readable(chosenText(a, key.own), key.width, theme, now)
		if err != nil {
			return failedMsg{"show the article", err}
		}
		return pageMsg{key, page{lines, textName(a, key.own)}}
	}
}

// showPage shows the page, unless another has been asked for since. The text
// stands where it stood: at the place it was left, or at the same words if
// only the width has changed. Each of the two texts of an article has a place;
// one that is new begins where the other was.
func (m Model) showPage(msg pageMsg) (Model, tea.Cmd) {
	if msg.key != m.pageKey() {
		return m, nil
	}
	m.reader.pages.keep(msg.key, msg.page)
	letters, left := m.reader.left[place{msg.key.id, msg.key.own}]
	if same := m.reader.shown.own == msg.key.own; len(m.reader.lines) > 0 && (same || !left) {
		letters = lettersAbove(m.reader.lines, m.reader.top)
	}
	m.reader.page, m.reader.shown = msg.page, msg.key
	m.reader = m.reader.scrollTo(lineAfter(msg.lines, letters))
	return m, nil
}

// scrollTo puts line n at the top, as far as the text allows.
func (r reader) scrollTo(n int) reader {
	r.top = max(min(n, len(r.lines)-r.height), 0)
	return r
}

// atEnd reports whether the last line is on the screen.
func (r reader) atEnd() bool { return r.top+r.height >= len(r.lines) }

// lettersAbove counts the letters of the lines above line n. It is how a
// place in the text is kept when its lines change.
func lettersAbove(lines []string, n int) int {
	letters := 0
	for _, l := range lines[:min(n, len(lines))] {
		letters += lettersIn(l)
	}
	return letters
}

// lineAfter is the line in which the next letter after n letters stands; the
// first for none.
func lineAfter(lines []string, n int) int {
	if n == 0 {
		return 0
	}
	for i, l := range lines {
		if n -= lettersIn(l); n < 0 {
			return i
		}
	}
	return 0
}

// readerLines draws the pane.
func (m Model) readerLines(w, h int) []string {
	r := m.reader
	if r.article.ID == 0 || m.focus != readerPane && !m.isListed(r.article.ID) {
		return m.cardLines(w, h)
	}
	lines := []string{m.header(readerPane, r.article.FeedTitle, joined(r.text, r.position()), w)}
	margin := strings.Repeat(" ", max((w-m.textWidth())/2, 0))
	if !m.zen {
		margin = strings.Repeat(" ", min(2, max(w-m.textWidth(), 0)))
	}
	for i := r.top; i < min(len(r.lines), r.top+h-1); i++ {
		lines = append(lines, margin+r.lines[i])
	}
	return lines
}

// isListed reports whether the open article is the one under the cursor.
func (m Model) isListed(id store.ArticleID) bool {
	a, ok := m.articles.current()
	return ok && a.ID == id
}

// position tells how far the text is read: "top", "40%", "end".
func (r reader) position() string {
	switch {
	case len(r.lines) <= r.height:
		return ""
	case r.top == 0:
		return "top"
	case r.atEnd():
		return "end"
	}
	return thousands(100*r.top/(len(r.lines)-r.height)) + "%"
}

// cardLines draws what is known of the article under the cursor before it is
// opened.
func (m Model) cardLines(w, h int) []string {
	lines := []string{m.header(readerPane, "", "", w)}
	a, ok := m.articles.current()
	if !ok {
		return lines
	}
	tw := max(min(m.measure, w-4), 1)
	for _, l := range titleBlock(a, tw, m.styles, m.o.Now(), 0) {
		lines = append(lines, "  "+l)
	}
	lines = append(lines, "")
	for _, l := range wrapPlain(a.Summary, tw) {
		lines = append(lines, "  "+m.styles.text.Render(l))
	}
	lines = append(lines, "", "  "+m.styles.muted.Render(fit("Enter opens it", tw)))
	return lines[:min(len(lines), h)]
}
