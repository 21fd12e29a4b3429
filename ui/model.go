package ui

import (
	"context"

	tea "github.com/charmbracelet/bubbletea"

	"app/newsterm/store"
)

// Model is everything on the screen. Only Update changes it, and nothing in
// Update waits: what takes time is a command, which answers with a message.
type Model struct {
	ctx    context.Context
	o      Options
	keys   Keymap
	styles styles

	width, height int
	focus         pane
	zen           zen
	measure       int // most cells a line of text has

	listed      listed   // what the article pane lists
	entered     bool     // from the pane of feeds
	before      []listed // what it listed before, most recent last
	feeds       feedList
	articles    articleList
	highlighted map[store.ArticleID]int // which rule is about an article, by its number
	reader      reader
	gallery     gallery // the pictures in it

	status   status
	over     []overlay // what is over the panes; the last has the keys
	pipe     pipe
	moving   moving // what other readers have
	newcomer newcomer
	acts     acts   // what z takes back
	orders   orders // those that were chosen for views
	hiding   hiding
	mutes    []store.Mute // the rules there were when X was pressed
	others   others
	clicked  click // the last one

	wroteIn     string   // the folder that an article was written to last, as it was typed
	typedBefore []string // what was typed after the colon, the last first
	ahead       ahead    // what has been typed ahead
	typing      typing   // what has been pressed of a count, and of keys in a row
	counted     int      // the count of the action that goes on; 0 for none
	jobs        *jobs

	quitting bool            // as soon as the store has all marks
	chosen   store.ArticleID // what was picked for the pipe; 0 for nothing
}

// New returns a screen that has loaded nothing yet.
func New(ctx context.Context, o Options) Model {
	m := Model{
		ctx:    ctx,
		o:      o,
		keys:   o.Keys.orDefault(),
		jobs:   &jobs{},
		focus:  articlePane,
		listed: listed{name: viewName(o.Query), query: o.Query},
		acts:   acts{since: o.Now()},
		ahead:  ahead{lists: 1}, // the first one
		reader: reader{pages: pages{}, left: map[place]int{}, unkept: map[place]int{}},
	}
	m.measure = m.usualMeasure()
	m.feeds.selected = o.Query
	return m.withTheme(o.Theme)
}

// Init asks for the first articles and feeds, and whether an index is to be
// completed.
func (m Model) Init() tea.Cmd {
	return tea.Batch(m.ahead.answer(m.recallHabits(), false), m.recallClosed(), m.loadSaved(), m.recallSaid(), m.checkIndex(), m.askVersion())
}

// withTheme draws in the colours of t from now on.
func (m Model) withTheme(t Theme) Model {
	t.Visual, t.Numbered = m.o.Bidi && !t.Spoken, m.o.Numbered
	m.o.Theme = t
	m.styles = newStyles(t)
	m.styles.highlights = t.highlights(m.o.Highlights)
	return m
}
