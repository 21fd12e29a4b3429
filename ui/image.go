package ui

import (
	"context"
	"image"
	"slices"
	"strings"

	tea "github.com/charmbracelet/bubbletea"
	"github.com/charmbracelet/x/ansi"

	"app/newsterm/feed"
	"app/newsterm/store"
)

// A drawing is a picture as lines; without lines there is nothing to see.
type drawing struct {
	rows   []string
	first  string // what the terminal has to be sent before
	number int    // under which the terminal keeps it; 0 if it does not
}

// A gallery is what is known of the pictures of the article that is shown.
type gallery struct {
	of     hanging
	ctx    context.Context // of those that are on their way
	stop   context.CancelFunc
	asked  map[canvas]bool
	drawn  map[canvas]drawing
	failed map[canvas]error
	seen   bool                     // some hung in the article before: as they come again, the place is kept
	wanted map[store.ArticleID]bool // what the reader said of them, article by article
}

// A hanging is what all drawings of an article depend on; zero if none are
// to be seen.
type hanging struct {
	page pageKey
	most int         // rows of the highest
	cell image.Point // dots of a cell of the terminal; zero if they do not matter
}

// pictureMsg brings a picture of an article.
type pictureMsg struct {
	of hanging
	on canvas
	drawing
	err error
}

// illustrate, after everything that happens, draws the pictures near what is
// on the screen and lets go of those of an article that is left. Nothing is
// fetched for an article that is not open.
//
//	the page has come, or moved → illustrate → drawPicture → showPicture → hang
func (m Model) illustrate() (Model, tea.Cmd) {
	m, forget := m.rehang(m.hanging())
	r := m.reader
	_, hinted := opened[hinting](m)
	if m.gallery.of == (hanging{}) || r.shown != m.gallery.of.page || hinted {
		return m, forget
	}
	hung, cmds := false, []tea.Cmd{forget}
	for i, f := range r.figures {
		if d := m.gallery.drawn[f.canvas]; f.rows == 0 && len(d.rows) > 0 {
			m.reader, hung = m.reader.hang(i, d.rows), true
		}
		if m.reader.near(i) && !m.gallery.asked[f.canvas] {
			m.gallery.asked[f.canvas] = true
			cmds = append(cmds, m.drawPicture(f.canvas))
		}
	}
	if hung {
		m = m.putBack(r.foothold.line == r.top)
	}
	return m, tea.Batch(cmds...)
}

// putBack, after pictures were hung, shows the place at which the page came to
// the screen, if nobody has moved since: without them it may have been too short
// to begin there. Pictures that hang for the first time move nothing.
func (m Model) putBack(still bool) Model {
	switch {
	case !m.gallery.seen:
		m.reader.foothold = foothold{}
	case still:
		m.reader = m.reader.scrollTo(lineAfter(m.reader.lines, m.reader.foothold.letters))
		m.reader.foothold.line = m.reader.top
	}
	m.gallery.seen = true
	return m
}

// near reports whether figure i is on the screen, or less than a screen away.
func (r reader) near(i int) bool {
	at := r.figures[i].at
	return at >= r.top-r.height && at < r.top+2*r.height
}

// hanging is what pictures are to be drawn for now.
func (m Model) hanging() hanging {
	r := m.reader
	onScreen := m.focus == readerPane || m.shape()[readerPane] > 0 && m.isListed(r.article.ID)
	if r.article.ID == 0 || !onScreen || !m.illustrated(r.article.ID) {
		return hanging{}
	}
	return hanging{m.pageKey(), max(r.height*2/3, 1), m.o.Pictures.cell()}
}

// illustrated reports whether the pictures of an article are drawn.
func (m Model) illustrated(id store.ArticleID) bool {
	if wanted, said := m.gallery.wanted[id]; said {
		return wanted
	}
	return m.o.Pictures.Way != NoPictures && !m.o.Pictures.Asked
}

// rehang takes down the pictures that were drawn for anything but h, and has
// the terminal forget them.
func (m Model) rehang(h hanging) (Model, tea.Cmd) {
	g := m.gallery
	if h == g.of {
		return m, nil
	}
	if g.stop != nil {
		g.stop()
	}
	seen := g.seen && h.page.id == g.of.page.id
	letters := m.reader.letters()
	m.reader = m.reader.bare()
	if seen {
		m.reader.foothold = foothold{letters, m.reader.top}
	}
	m.gallery = gallery{of: h, seen: seen, asked: map[canvas]bool{}, drawn: map[canvas]drawing{}, failed: map[canvas]error{}, wanted: g.wanted}
	if h != (hanging{}) {
		m.gallery.ctx, m.gallery.stop = context.WithCancel(m.ctx)
	}
	return m, m.o.Pictures.forget(g.numbers()...)
}

// inHand are the pictures being fetched and drawn: no more than two, which is
// also the most that may be asked of a host, and what there is memory for.
var inHand = make(chan struct{}, 2)

// drawPicture fetches a picture and draws it, unless the article is left
// before.
func (m Model) drawPicture(on canvas) tea.Cmd {
	g, p, a := m.gallery, m.o.Pictures, m.reader.article
	return func() tea.Msg {
		select {
		case inHand <- struct{}{}:
			defer func() { <-inHand }()
		case <-g.ctx.Done():
			return nil
		}
		d, err := p.fetchAndDraw(g.ctx, a, on, g.of)
		if g.ctx.Err() != nil {
			return nil
		}
		if d.first != "" {
			p.Send(d.first)
		}
		return pictureMsg{g.of, on, d, err}
	}
}

func (p Pictures) fetchAndDraw(ctx context.Context, a store.Article, on canvas, h hanging) (drawing, error) {
	if p.wayWith(h.cell) == NoPictures {
		return drawing{}, errDotsUntold
	}
	picture, err := p.Fetch(ctx, a, on.address)
	if err != nil {
		return drawing{}, err
	}
	return p.draw(picture, h.cell, on.room, h.most)
}

// draw draws a picture in at most room columns and most rows, where a cell has
// so many dots.
func (p Pictures) draw(picture image.Image, cell image.Point, room, most int) (drawing, error) {
	dots, shape, way := cellWidth, image.Pt(cellWidth, cellHeight), p.wayWith(cell)
	switch way {
	case HalfBlocks:
		dots = blockWidth
	case ITerm:
		room-- // see underPicture
	case Sixel:
		room--
		shape = cell
	}
	columns, rows := cellsFor(picture, dots, shape, room, most)
	switch {
	case columns == 0:
		return drawing{}, nil
	case way == Kitty:
		return kittyPicture(picture, columns, rows, p)
	case way == ITerm:
		return itermPicture(picture, columns, rows)
	case way == Sixel:
		return sixelPicture(picture, columns, rows, cell), nil
	}
	return halfBlocks(picture, columns, rows, p.Colours), nil
}

// showPicture keeps a picture for illustrate to hang, unless the article has
// been left since. One that cannot be had leaves its words in the text, which say
// why; those who asked for it are told so.
func (m Model) showPicture(msg pictureMsg) (Model, tea.Cmd) {
	_, twice := m.gallery.drawn[msg.on]
	switch {
	case msg.of != m.gallery.of || twice:
		return m, m.o.Pictures.forget(msg.number)
	case msg.err == nil:
		m.gallery.drawn[msg.on] = msg.drawing
		return m, nil
	}
	m.gallery.failed[msg.on] = msg.err
	if i := slices.IndexFunc(m.reader.figures, func(f figure) bool { return f.canvas == msg.on }); i >= 0 && m.gallery.wanted[msg.of.page.id] {
		return m.failed(failedMsg{"draw the picture " + m.reader.figures[i].name(), msg.err})
	}
	return m, nil
}

// leastWhy is how many cells the reason must have at least.
const leastWhy = 9

// undrawn says in line i, behind the words of a picture that could not be had, why
// that is so: if they end the line, and there is room.
func (m Model) undrawn(i int) []patch {
	line := strings.TrimRight(ansi.Strip(m.reader.lines[i]), " ")
	for _, f := range m.reader.figures {
		err := m.gallery.failed[f.canvas]
		if err == nil || f.at != i+1 || !strings.HasSuffix(line, f.words) {
			continue
		}
		at := width(line) - len("]")
		if room := m.textWidth() - at - width(" · ]"); room >= leastWhy {
			why := " · " + ansi.Truncate(feed.Line(err.Error()), room, "…") + "]"
			return []patch{{stretch{i, at, width(why)}, m.o.Theme.ink(m.o.Theme.Muted), why}}
		}
	}
	return nil
}

// letGo has the terminal forget all pictures: nobody will see them any more.
func (m Model) letGo() {
	if forget := m.o.Pictures.forget(m.gallery.numbers()...); forget != nil {
		forget()
	}
}

// forget has the terminal forget pictures.
func (p Pictures) forget(numbers ...int) tea.Cmd {
	sequence := ""
	for _, n := range numbers {
		if n > 0 {
			sequence += kittyForget(n, p.Tmux)
		}
	}
	if sequence == "" {
		return nil
	}
	return func() tea.Msg {
		p.Send(sequence)
		return nil
	}
}

// numbers are those of the pictures that the terminal keeps.
func (g gallery) numbers() []int {
	var numbers []int
	for _, d := range g.drawn {
		numbers = append(numbers, d.number)
	}
	return numbers
}

// togglePictures draws the pictures of the open article, or takes them down.
func (m Model) togglePictures() (Model, tea.Cmd) {
	id := m.reader.article.ID
	switch {
	case m.o.Pictures.Why != "":
		return m.note("%s", m.o.Pictures.Why), nil
	case m.o.Pictures.Way == NoPictures:
		return m.note("pictures are off: images in config.toml"), nil
	case len(m.reader.figures) == 0:
		return m.note("there is no picture in this article"), nil
	}
	wanted := map[store.ArticleID]bool{id: !m.illustrated(id)}
	for other, said := range m.gallery.wanted {
		if other != id {
			wanted[other] = said
		}
	}
	m.gallery.wanted = wanted
	return m, nil
}
