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
	Health(ctx context.Context) ([]store.Health, error)
	Articles(ctx context.Context, q store.Query, p store.Page) ([]store.Article, error)
	Article(ctx context.Context, id store.ArticleID) (store.Article, error)
	Count(ctx context.Context, q store.Query, at store.Moment) (int, error)
	Moment(ctx context.Context) (store.Moment, error)
	Arrived(ctx context.Context, q store.Query, since store.Moment) (int, error)
	Mark(ctx context.Context, flag store.Flag, on bool, ids ...store.ArticleID) (int, error)
	MarkAll(ctx context.Context, flag store.Flag, on bool, q store.Query, at store.Moment) (int, error)
	Undo(ctx context.Context) (store.Step, error)
	Redo(ctx context.Context) (store.Step, error)
	Edit(ctx context.Context, f store.Feed) error
	Unsubscribe(ctx context.Context, id store.FeedID) error
	Queries(ctx context.Context) ([]store.SavedQuery, error)
	SaveQuery(ctx context.Context, name, query string) error
	DropQuery(ctx context.Context, name string) error
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
	Library    Library
	Refresher  Refresher
	Subscriber Subscriber  // nil if no feeds can be added
	Query      store.Query // what is listed first
	Theme      Theme
	Themes     []Theme       // dark and light, for T and for following the terminal
	Follow     bool          // the theme follows the terminal's background
	Measure    int           // most cells a line of text has; zero means 80
	Every      time.Duration // between refreshes of what is due, which the screen begins by itself; zero for none
	Now        func() time.Time
	Open       func(ctx context.Context, address string) error  // in the browser
	FullText   func(ctx context.Context, a store.Article) error // fetches the page of an article and keeps the text in it
	Copy       func(text string) error                          // to the clipboard
	Pick       bool                                             // Enter chooses an article and ends the screen
	In, Out    *os.File                                         // the terminal
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
	in, out := &answer{File: o.In, done: !o.Follow}, &question{File: o.Out, asked: !o.Follow}
	program := tea.NewProgram(New(ctx, o), tea.WithContext(ctx), tea.WithAltScreen(), tea.WithReportFocus(),
		tea.WithInput(in), tea.WithOutput(out))
	in.tell = func(dark bool) { go program.Send(backgroundMsg{dark}) }
	if o.Every > 0 {
		go ticks(ctx, program.Send)
	}
	m, err := program.Run()
	if err != nil && !errors.Is(err, context.Canceled) && !errors.Is(err, tea.ErrProgramKilled) {
		return 0, fmt.Errorf("draw the screen: %w", err)
	}
	if m, ok := m.(Model); ok {
		return m.chosen, nil
	}
	return 0, nil
}
