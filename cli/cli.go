// Package cli is the command line: one file for each subcommand. A command
// reads its flags, asks the packages to the left, and prints; on a terminal
// for people, in a pipe for programs.
package cli

import (
	"context"
	"fmt"
	"io"
	"path/filepath"
	"sync/atomic"
	"time"

	"github.com/spf13/cobra"

	"app/newsterm/feed"
	"app/newsterm/source"
	"app/newsterm/store"
)

// Env is what a command may touch of the world outside.
type Env struct {
	In       io.Reader
	Out, Err io.Writer
	Getenv   func(string) string
	Now      func() time.Time
	Lend     func(bool) // told when the terminal is lent to another program, and given back; nil if nobody asks
}

// An app is one run of newsterm: what every command works on.
type app struct {
	Env
	file    string // --db
	setting string // --config
	color   string // --color
	plain   bool   // --plain

	begun bool         // the command line was understood
	held  atomic.Int32 // not 0 while the screen or another program has the terminal
	db    *store.DB
}

// Main runs newsterm with args and returns its exit code: 0 done, 1 failed
// (it said why on env.Err), 2 misunderstood.
func Main(ctx context.Context, env Env, args []string) int {
	a := &app{Env: env}
	root := a.root()
	root.SetArgs(negations(root, args))
	ended := make(chan error, 1)
	go func() {
		err := root.ExecuteContext(ctx)
		if closed := a.close(); err == nil {
			err = closed
		}
		ended <- err
	}()
	return a.end(ctx, a.wait(ctx, ended))
}

// grace is how long a command that is told to end may take to do so.
const grace = 500 * time.Millisecond

// wait waits for a command. One that is told to end and waits for a file that
// says nothing, such as standard input, hears of nothing else: it is left behind.
// What it has written counts, and the rest never happened.
func (a *app) wait(ctx context.Context, ended <-chan error) error {
	select {
	case err := <-ended:
		return err
	case <-ctx.Done():
	}
	if a.held.Load() > 0 {
		return <-ended
	}
	select {
	case err := <-ended:
		return err
	case <-time.After(grace):
		return ctx.Err()
	}
}

// root is `newsterm` itself, with the table of its commands.
func (a *app) root() *cobra.Command {
	root := a.screen()
	root.AddGroup(
		&cobra.Group{ID: "articles", Title: "Articles:"},
		&cobra.Group{ID: "feeds", Title: "Feeds:"},
		&cobra.Group{ID: "program", Title: "The program:"},
	)
	for _, group := range []struct {
		id       string
		commands []*cobra.Command
	}{
		{"articles", []*cobra.Command{a.list(), a.saved(), a.mute(), a.show(), a.mark(), a.open(), a.prune()}},
		{"feeds", []*cobra.Command{a.add(), a.edit(), a.remove(), a.feeds(), a.refresh(), a.preview(), a.importing(), a.export()}},
		{"program", []*cobra.Command{a.doctor(), a.man(), a.version()}},
	} {
		for _, c := range group.commands {
			c.GroupID = group.id
			root.AddCommand(c)
		}
	}
	a.dress(root)
	dressCompletion(root)
	return root
}

// dress sets what all commands share.
func (a *app) dress(root *cobra.Command) {
	root.SetIn(a.In)
	root.SetOut(a.Out)
	root.SetErr(a.Err)
	root.SilenceErrors, root.SilenceUsage = true, true
	root.Version = versionText()
	root.SetVersionTemplate("{{.Version}}\n")
	root.SetHelpCommand(a.help())
	root.SetHelpCommandGroupID("program")
	root.SetCompletionCommandGroupID("program")
	root.SetUsageTemplate(usage)
	root.SetFlagErrorFunc(flagError)
	root.SuggestionsMinimumDistance = 1
	root.PersistentPreRunE = func(*cobra.Command, []string) error {
		switch a.color {
		case "auto", "always", "never":
			a.begun = true
			return nil
		}
		return fmt.Errorf("--color is auto, always or never, not %q", a.color)
	}
	flags := root.PersistentFlags()
	flags.StringVar(&a.file, "db", "", "the `FILE` with your articles (or $NEWSTERM_DB)")
	flags.StringVar(&a.setting, "config", "", "the `FILE` with your settings (or $NEWSTERM_CONFIG)")
	flags.StringVar(&a.color, "color", "auto", "colours: `WHEN` is auto, always or never (or $NO_COLOR)")
	root.RegisterFlagCompletionFunc("color", cobra.FixedCompletions([]string{"auto", "always", "never"}, cobra.ShellCompDirectiveNoFileComp))
	flags.BoolP("help", "h", false, "explain a command")
	flags.SortFlags = false
	root.Flags().BoolVar(&a.plain, "plain", false, "a screen for screen readers: words for signs, no colours, no lines")
	root.Flags().BoolP("version", "v", false, "print the version")
}

// library opens the file with the articles; the handbook is in it from the
// first time on.
func (a *app) library(ctx context.Context) (*store.DB, error) {
	if a.db != nil {
		return a.db, nil
	}
	path, err := a.path()
	if err != nil {
		return nil, err
	}
	db, err := store.Open(path)
	if err != nil {
		return nil, err
	}
	a.db = db
	db.Now = a.Now
	if err := source.Handbook(ctx, db); err != nil && ctx.Err() == nil {
		a.tell(err) // a disk that takes nothing can still be read
	}
	if _, err := db.EndMutes(ctx); err != nil && ctx.Err() == nil {
		a.tell(err)
	}
	return db, ctx.Err()
}

func (a *app) close() error {
	if a.db == nil {
		return nil
	}
	return a.db.Close()
}

// web is where articles come from.
func (a *app) web(ctx context.Context) (*source.Web, error) {
	c, err := a.config()
	if err != nil {
		return nil, err
	}
	db, err := a.library(ctx)
	if err != nil {
		return nil, err
	}
	return &source.Web{DB: db, Client: &feed.Client{}, Workers: c.Refresh.Workers}, nil
}

// path is that of the file with the articles.
func (a *app) path() (string, error) {
	return a.place(a.file, "NEWSTERM_DB", "XDG_DATA_HOME", ".local/share", "news.db")
}

// place is where a file of ours is: what a flag names, or a variable, or else
// its name in our folder below that of the XDG Base Directory Specification.
func (a *app) place(flag, variable, xdg, fallback, name string) (string, error) {
	if flag != "" {
		return flag, nil
	}
	if path := a.Getenv(variable); path != "" {
		return path, nil
	}
	if folder := a.Getenv(xdg); filepath.IsAbs(folder) {
		return filepath.Join(folder, "newsterm", name), nil
	}
	home := a.Getenv("HOME")
	if home == "" {
		home = a.Getenv("USERPROFILE")
	}
	if home == "" {
		return "", fmt.Errorf("$HOME is not set, so there is no place for %s; set it, or %s", name, variable)
	}
	return filepath.Join(home, filepath.FromSlash(fallback), "newsterm", name), nil
}
