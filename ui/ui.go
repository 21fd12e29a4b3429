// Package ui is the screen: what is on it, what each key does, and how an
// article is made into lines. One file for each thing a reader can do; the
// table of contents is update.go, the table of keys keys.go.
package ui

import (
	"context"
	"errors"
	"fmt"
	"os"
	"time"

	"github.com/charmbracelet/bubbles/cursor"
	tea "github.com/charmbracelet/bubbletea"

	_ "app/newsterm/ui/background" // before bubbletea: it asks the terminal nothing

	"app/newsterm/feed"
	"app/newsterm/source"
	"app/newsterm/store"
)

// Library is what the screen needs of the store; *store.DB is one.
type Library interface {
	Feeds(ctx context.Context) ([]store.Feed, error)
	Strangers(ctx context.Context, q store.Query) ([]store.Stranger, error)
	Health(ctx context.Context) ([]store.Health, error)
	Articles(ctx context.Context, q store.Query, p store.Page) ([]store.Article, error)
	Article(ctx context.Context, id store.ArticleID) (store.Article, error)
	Count(ctx context.Context, q store.Query, at store.Moment) (int, error)
	Nth(ctx context.Context, q store.Query, at store.Moment, n int) (store.ArticleID, error)
	Moment(ctx context.Context) (store.Moment, error)
	Changed(ctx context.Context) (version int64, err error)
	Arrived(ctx context.Context, q store.Query, since store.Moment) (int, error)
	Mark(ctx context.Context, flag store.Flag, on bool, ids ...store.ArticleID) (int, error)
	MarkAll(ctx context.Context, flag store.Flag, on bool, q store.Query, at store.Moment) (int, error)
	Undo(ctx context.Context) (store.Step, error)
	Redo(ctx context.Context) (store.Step, error)
	Subscribe(ctx context.Context, sub feed.Sub) (f store.Feed, added bool, err error)
	Change(ctx context.Context, change func(*store.Feed), ids ...store.FeedID) error
	Queries(ctx context.Context) ([]store.SavedQuery, error)
	SaveQuery(ctx context.Context, name, query string) error
	DropQuery(ctx context.Context, name string) error
	Mutes(ctx context.Context) ([]store.Mute, error)
	Mute(ctx context.Context, query string, until time.Time) (hidden int, err error)
	Unmute(ctx context.Context, query string) (back int, err error)
	Left(ctx context.Context, id store.ArticleID, own bool) (letters int, err error)
	Leave(ctx context.Context, id store.ArticleID, own bool, letters int) error
	Setting(ctx context.Context, name string) (string, error)
	SetSetting(ctx context.Context, name, value string) error
	Waiting(ctx context.Context) (int, error)
	Index(ctx context.Context) error
}

// Refresher brings new articles; *source.Web is one.
type Refresher interface {
	Refresh(ctx context.Context, which source.Which) <-chan source.Progress
}

// Subscriber finds feeds and follows them; *source.Web is one.
type Subscriber interface {
	Find(ctx context.Context, typed string) (source.Finding, error)
	Follow(ctx context.Context, found source.Finding, sub feed.Sub) (source.Subscription, error)
}

// Options are what a screen is made with.
type Options struct {
	Library     Library
	Refresher   Refresher
	Subscriber  Subscriber  // nil if no feeds can be added
	Importer    Importer    // nil if nothing can be taken in
	Language    string      // of the reader, as $LANG names it
	Query       store.Query // what is listed first
	Theme       Theme
	Keys        Keymap                    // its zero value is that of the defaults
	Themes      func() ([]Theme, []error) // all there are, and why some of the reader's own cannot be had; nil if there are no colours
	ThemeNamed  bool                      // the settings name the theme
	Follow      bool                      // the theme follows the terminal's background: it is Light or Dark
	Light       Theme
	Dark        Theme
	Bright      bool          // the background is believed to be light
	Columns     []Column      // of a row; nil for the usual ones
	Comfortable bool          // a row has a second line, with the summary
	Highlights  []Highlight   // the first that is about an article holds
	Measure     int           // most cells a line of text has; zero means 80
	Every       time.Duration // between refreshes of what is due, which the screen begins by itself; zero for none
	Mouse       bool          // it scrolls, selects and opens
	Bidi        bool          // text from right to left is put in order here: the terminal does not
	Numbered    bool          // the links of articles have their numbers after them
	Now         func() time.Time
	Open        func(ctx context.Context, address string) error      // in the browser
	FullText    func(ctx context.Context, a store.Article) error     // fetches the page of an article and keeps the text in it
	Openers     []Opener                                             // in the place of the browser; the first that is for an address
	Targets     []Target                                             // where articles can be shared, before the usual ones
	Player      Opener                                               // for sound and video; nothing to run if there is none
	Start       func(ctx context.Context, argv []string) error       // a program that lives on by itself
	Format      func(a store.Article, format string) (string, error) // an article as show prints it
	Lent        func(bool)                                           // told when the terminal is lent to a program, and given back; nil if nobody asks
	Copy        func(text string) error                              // to the clipboard
	Pictures    Pictures                                             // in the text of articles
	Pick        bool                                                 // Enter chooses an article and ends the screen
	In, Out     *os.File                                             // the terminal
}

const (
	defaultMeasure = 80
	cursorStatic   = cursor.CursorStatic // a blinking cursor would never let the screen rest
)

// Run shows the screen until the reader leaves it. It returns the article
// that was picked, or 0.
func Run(ctx context.Context, o Options) (store.ArticleID, error) {
	ctx, cancel := context.WithCancel(ctx)
	defer cancel() // ends a refresh that is still running
	in, out := &answer{File: o.In, gone: cancel, done: o.Themes == nil}, newPainter(o.Out, cancel)
	out.mouse = o.Mouse
	if o.Themes != nil {
		out.ask = askBackground
	}
	screen := New(ctx, o)
	defer func() {
		cancel()
		screen.jobs.end()
	}()
	program := tea.NewProgram(painted{Model: screen, out: out}, tea.WithContext(ctx), tea.WithAltScreen(), tea.WithReportFocus(),
		tea.WithInput(in), tea.WithOutput(out), tea.WithFPS(1), // out does the drawing
		tea.WithoutSignalHandler()) // ctx is done then; two who tell of a signal could wait for each other for ever
	in.tell = func(dark bool) { go program.Send(backgroundMsg{dark}) }
	go ticks(ctx, program.Send)
	m, err := program.Run()
	broken := out.close()
	left, _ := m.(painted)
	if left.out != nil { // also if the terminal has been closed
		left.letGo()
		left.keepPlaces()
	}
	if broken != nil {
		return 0, fmt.Errorf("draw the screen: %w", broken)
	}
	if errors.Is(err, tea.ErrProgramPanic) || err != nil && !errors.Is(err, context.Canceled) && !errors.Is(err, tea.ErrProgramKilled) {
		return 0, fmt.Errorf("draw the screen: %w", err)
	}
	return left.chosen, nil
}
