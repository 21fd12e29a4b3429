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
	keys   keymap
	styles styles

	width, height int
	focus         pane
	zen           bool
	measure       int // most cells a line of text has

	listed   listed   // what the article pane lists
	before   []listed // what it listed before, most recent last
	feeds    feedList
	articles articleList
	reader   reader

	status status
	prompt prompt
	sheet  sheet // help or problems, over everything; closed if it has no title
	form   form  // settings of a feed or a folder, over everything
	jump   jump  // where to go, over everything
	adding adding
	acts   acts // what z takes back

	chosen store.ArticleID // what was picked for the pipe; 0 for nothing
}

// New returns a screen that has loaded nothing yet.
func New(ctx context.Context, o Options) Model {
	m := Model{
		ctx:     ctx,
		o:       o,
		keys:    newKeymap(actions()),
		focus:   articlePane,
		measure: o.Measure,
		listed:  listed{name: viewName(o.Query), query: o.Query},
		reader:  reader{pages: pages{}},
	}
	if m.measure == 0 {
		m.measure = defaultMeasure
	}
	m.feeds.selected = o.Query
	return m.withTheme(o.Theme)
}

// Init asks for the first articles and feeds, and whether an index is to be
// completed.
func (m Model) Init() tea.Cmd {
	return tea.Batch(m.openListed(0), m.recallClosed(), m.loadSaved(), m.checkIndex())
}

// withTheme draws in the colours of t from now on.
func (m Model) withTheme(t Theme) Model {
	m.o.Theme = t
	m.styles = newStyles(t)
	return m
}
