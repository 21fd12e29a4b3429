package ui

import (
	"fmt"
	"maps"
	"strings"
	"time"

	tea "github.com/charmbracelet/bubbletea"
	"github.com/muesli/termenv"

	"app/newsterm/feed"
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
	source        bool                     // the article is shown as markdown
	wide          bool                     // tables and code that do not fit scroll sideways,
	shift         int                      // and are scrolled so many cells
	left          map[place]int            // letters above the top line of texts left half read
	unkept        map[place]int            // those of them that are not in the file yet
	own           map[store.ArticleID]bool // shown as their feed has them, not by their full text
	find          find
	foothold      foothold
	target        target   // where one has just gone to,
	jumps         []jumped // and from where, the last at the end
}

// A page is an article made into lines.
type page struct {
	lines   []string
	text    string   // "full text" or "feed's text"; "" for an article that has but one
	figures []figure // the pictures in lines
	marks   landmarks
	numbers map[string]int // of its links, by their addresses
}

// A pageKey tells one rendering of an article from another.
type pageKey struct {
	id     store.ArticleID
	width  int
	theme  string
	own    bool // the text of its feed, though there is a full one
	source bool // its markdown
	wide   bool // tables and code that do not fit are as wide as they want to be
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
	left int // letters before the place where it was left when the screen ended
}

// read opens an article: it is shown, marked read, and the list's cursor is
// on it.
func (m Model) read(a store.Article) (Model, tea.Cmd) {
	m, keep := m.bookmark()
	m.focus = readerPane
	m = m.sized()
	m.reader.article, m.reader.page, m.reader.top = a, page{}, 0
	m.reader.target, m.reader.jumps = target{}, nil
	m.reader.source, m.reader.wide, m.reader.find, m.reader.foothold = false, false, m.searchOnOpening(), foothold{}
	m, page := m.awaitPage(m.loadPage())
	if a.Read {
		return m, tea.Batch(page, keep)
	}
	m, mark := m.mark(a, store.Read, true)
	return m, tea.Batch(page, mark, keep)
}

// pageKey is the rendering that the pane needs now.
func (m Model) pageKey() pageKey {
	id := m.reader.article.ID
	return pageKey{id, m.textWidth(), m.o.Theme.Name, m.reader.own[id], m.reader.source, m.reader.wide}
}

// loadPage asks for the open article as lines of the pane's width.
func (m Model) loadPage() tea.Cmd {
	key, theme, now, keys := m.pageKey(), m.o.Theme, m.o.Now(), m.keys
	if key.id == 0 || key.width < 1 { // nothing is open, or nobody knows yet how wide the screen is
		return nil
	}
	if p, ok := m.reader.pages[key]; ok {
		return func() tea.Msg { return pageMsg{key: key, page: p} }
	}
	return func() tea.Msg {
		a, err := m.o.Library.Article(m.ctx, key.id)
		if err != nil {
			return failedMsg{"open the article", err}
		}
		left, err := m.o.Library.Left(m.ctx, key.id, key.own)
		if err != nil {
			return failedMsg{"find the place in the article", err}
		}
		rendered, err := newPage(a, keys, key, theme, now)
		if err != nil {
			return failedMsg{"show the article", err}
		}
		return pageMsg{key, rendered, left}
	}
}

// newPage makes an article into lines.
func newPage(a store.Article, keys Keymap, key pageKey, t Theme, now time.Time) (page, error) {
	chosen := chosenText(a, key.own)
	if key.source {
		return page{lines: sourceLines(chosen, key.width), text: textName(a, key.own)}, nil
	}
	p, err := readable(chosen, noText(a, keys), key.width, key.wide, t, now)
	p.text = textName(a, key.own)
	return p, err
}

// noText is what stands in the place of the text of an article without one, as
// markdown.
func noText(a store.Article, keys Keymap) string {
	if a.URL == "" {
		return "*This feed brings no more than this.*"
	}
	fetch, browse := feed.EscapeMarkdown(keys.label("full-text")), feed.EscapeMarkdown(keys.label("browse"))
	return fmt.Sprintf("*This feed brings no text with it. %s fetches the page, %s opens it in the browser.*", fetch, browse)
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
	if msg.key.wide && widestLine(msg.lines) <= msg.key.width {
		m.reader.wide = false
		return m.note("every table and all code fits here"), nil
	}
	letters := m.lettersBefore(msg)
	m = without[hinting](m)
	m.reader.page, m.reader.shown = msg.page, msg.key
	m.reader = m.reader.scrollTo(lineAfter(msg.lines, letters))
	m.reader.foothold = foothold{letters, m.reader.top}
	return m, m.findAgain()
}

// lettersBefore is how many letters come before the place in a page at which it
// is shown.
func (m Model) lettersBefore(msg pageMsg) int {
	r, p := m.reader, place{msg.key.id, msg.key.own}
	letters, left := r.left[p]
	if !left && msg.left > 0 {
		letters, left = msg.left, true
		r.left[p] = letters
	}
	switch same := r.shown.own == msg.key.own; {
	case len(r.lines) > 0 && (r.shown.source != msg.key.source || r.shown.wide != msg.key.wide):
		return sameWords(r.lines, r.top, msg.lines)
	case len(r.lines) > 0 && (same || !left):
		return r.letters()
	}
	return letters
}

// scrollTo puts line n at the top, as far as the text allows.
func (r reader) scrollTo(n int) reader {
	r.top = max(min(n, len(r.lines)-r.height), 0)
	return r
}

// atEnd reports whether the last line is on the screen.
func (r reader) atEnd() bool { return r.top+r.height >= len(r.lines) }

// readerLines draws the pane.
func (m Model) readerLines(w, h int) []string {
	r := m.reader
	if r.article.ID == 0 || m.focus != readerPane && !m.isListed(r.article.ID) {
		return m.cardLines(w, h)
	}
	at := joined(r.text, r.shown.view(), r.position())
	if at != "" {
		at = " " + at
	}
	lines := []string{m.header(readerPane, r.article.FeedTitle, at, w)}
	margin := strings.Repeat(" ", max((w-m.textWidth())/2, 0))
	if !m.alone() {
		margin = strings.Repeat(" ", min(2, max(w-m.textWidth(), 0)))
	}
	for i := r.top; i < min(len(r.lines), r.top+h-1); i++ {
		lines = append(lines, margin+m.readerLine(i))
	}
	return lines
}

// readerLine is a line of the article with what is put over it.
func (m Model) readerLine(i int) string {
	line := patched(m.reader.lines[i], m.undrawn(i))
	switch hints, hinted := opened[hinting](m); {
	case hinted:
		line = patched(line, hints.patches(i, max(m.textWidth(), width(line)), m.o.Theme))
	case m.reader.targeted() && m.reader.target.line == i:
		line = patched(line, m.reader.target.patches(line, m.o.Theme))
	case m.reader.find.isOf(m.reader):
		line = patched(line, m.reader.find.patches(i, m.o.Theme))
	}
	return m.leading(m.reader.window(line))
}

// leading is a line with its links, for a terminal that knows them.
func (m Model) leading(line string) string {
	if m.o.Theme.Profile == termenv.Ascii {
		return withoutLinks(line)
	}
	return line
}

// view names what is shown if it is not the text as it is usually read.
func (k pageKey) view() string {
	switch {
	case k.source:
		return "markdown"
	case k.wide:
		return "sideways"
	}
	return ""
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
	a.Title = untold(a, a.Summary)
	for _, l := range titleBlock(a, tw, m.styles, m.o.Theme.ago(m.o.Now().Sub(a.Date)), 0) {
		lines = append(lines, "  "+m.leading(l))
	}
	lines = append(lines, "")
	for _, l := range wrapPlain(a.Summary, tw) {
		lines = append(lines, "  "+m.styles.text.Render(l))
	}
	lines = append(lines, "", "  "+m.styles.muted.Render(fit("Enter opens it", tw)))
	return lines[:min(len(lines), h)]
}
