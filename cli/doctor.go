package cli

import (
	"context"
	"errors"
	"fmt"
	"io"
	"io/fs"
	"os"
	"os/exec"
	"slices"
	"strings"

	"github.com/muesli/termenv"
	"github.com/spf13/cobra"

	"app/newsterm/feed"
	"app/newsterm/store"
	"app/newsterm/ui"
)

// doctor looks whether everything is as it should be.
func (a *app) doctor() *cobra.Command {
	var rescue, example bool
	c := &cobra.Command{
		Use:   "doctor",
		Short: "see what is wrong, and how to mend it",
		Long: `Look at the settings, your keys and themes, the terminal, the browser, the
network, the clock, the file with your articles, and the feeds, and say what is
wrong and how to mend it. Nothing is fetched and nothing is changed.

Feeds that fail, are gone, have had nothing new for a year or are disabled are
named at the end, those alike together, with what to do about them.

If the file with your articles is damaged, --rescue moves it aside, and keeps
in a new one whatever can be read.`,
		Example: `  newsterm doctor
  newsterm doctor --rescue
  newsterm doctor --example-config > ~/.config/newsterm/config.toml`,
		Args: none,
		RunE: func(c *cobra.Command, _ []string) error {
			switch {
			case example:
				_, err := io.WriteString(a.Out, exampleConfig)
				return err
			case rescue:
				return a.rescue(c.Context())
			}
			return a.examine(c.Context())
		},
	}
	c.Flags().BoolVar(&rescue, "rescue", false, "move a damaged file aside and keep what can be read")
	c.Flags().BoolVar(&example, "example-config", false, "print a config.toml with all settings")
	return c
}

// A finding is what doctor says about one thing: "wrong" needs mending,
// "note" may, "ok" does not.
type finding struct{ state, about, words string }

// examine prints what it finds; something wrong is a failure.
func (a *app) examine(ctx context.Context) error {
	found := []finding{{"ok", "program", versionText()}, a.examineConfig()}
	found = append(found, a.examineKeys()...)
	file, feeds := a.examineFile(ctx)
	found = append(append(found, a.examineThemes(ctx)...), a.examineTerminal(), a.examineBrowser())
	found = append(append(found, a.examineNetwork(feeds), a.examineClock(feeds)), file...)
	var result error
	for _, f := range found {
		if f.state == "wrong" {
			result = errTold
		}
		line := wrapped(a.Out, fmt.Sprintf("%-5s  %-8s  %s", f.state, f.about, feed.Line(f.words)), 17)
		if _, err := fmt.Fprintln(a.Out, line); err != nil {
			return err
		}
	}
	if err := a.printAiling(feeds); err != nil {
		return err
	}
	return result
}

func (a *app) examineConfig() finding {
	path, err := a.configPath()
	if err != nil { // nothing else of newsterm minds, if it is told where the articles are
		return finding{"note", "settings", err.Error() + "; the defaults hold"}
	}
	if _, err := a.config(); err != nil {
		return finding{"wrong", "settings", err.Error()}
	}
	if _, err := os.Stat(path); err != nil {
		return finding{"ok", "settings", path + " is not there; the defaults hold"}
	}
	return finding{"ok", "settings", path}
}

// examineKeys tells which keys of the settings were those of another action.
func (a *app) examineKeys() (found []finding) {
	for _, words := range a.keymap().Taken() {
		found = append(found, finding{"note", "keys", words})
	}
	return found
}

// examineThemes looks at the reader's own themes. One that the settings name
// keeps the screen from opening if it cannot be read, and one that was chosen
// on the screen is not used.
func (a *app) examineThemes(ctx context.Context) (found []finding) {
	own := a.ownThemes()
	conf, _ := a.config() // of which examineConfig tells what is wrong
	wanted := slices.Clone(conf.Theme)
	if a.db != nil {
		kept, _ := a.db.Setting(ctx, ui.ThemeSetting) // examineFile has looked at the file
		wanted = append(wanted, kept)
	}
	for _, name := range own {
		_, err := a.readTheme(name, termenv.TrueColor)
		switch {
		case err == nil:
		case slices.Contains(wanted, name):
			found = append(found, finding{"wrong", "theme", err.Error()})
		default:
			found = append(found, finding{"note", "theme", err.Error()})
		}
	}
	if len(found) == 0 && len(own) > 0 {
		found = append(found, finding{"ok", "theme", count(len(own), "theme") + " of your own: " + strings.Join(own, ", ")})
	}
	return found
}

// examineFile looks at the file with the articles, and makes none. It returns
// how the feeds in it are, if it can be read.
func (a *app) examineFile(ctx context.Context) ([]finding, []store.Health) {
	path, err := a.path()
	if err != nil {
		return []finding{{"wrong", "articles", err.Error()}}, nil
	}
	info, err := os.Stat(path)
	if errors.Is(err, fs.ErrNotExist) {
		return []finding{{"ok", "articles", path + " is not there yet; newsterm makes it"}}, nil
	}
	if err != nil {
		return []finding{{"wrong", "articles", err.Error()}}, nil
	}
	var found []finding
	if info.Mode().Perm()&0o077 != 0 {
		found = append(found, finding{"note", "articles", fmt.Sprintf("others may read %s; chmod 600 %s hides it from them", path, feed.Quoted(path))})
	}
	if a.db == nil {
		if a.db, err = store.Open(path); err != nil {
			return append(found, damage(path, err)), nil
		}
		a.db.Now = a.Now
	}
	if err := a.db.Check(ctx); err != nil {
		return append(found, damage(path, err)), nil
	}
	inside, feeds, err := a.examineFeeds(ctx, path)
	if err != nil {
		return append(found, damage(path, err)), nil
	}
	return append(found, inside...), feeds
}

func damage(path string, err error) finding {
	words := err.Error()
	if errors.Is(err, store.ErrDamaged) {
		words = fmt.Sprintf("%s is damaged; newsterm doctor --rescue moves it aside and keeps what can be read", path)
	}
	return finding{"wrong", "articles", words}
}

func (a *app) examineTerminal() finding {
	kind := a.Getenv("TERM")
	tty, ok := terminal(a.Out)
	if !ok {
		return finding{"ok", "terminal", "standard output is none, so nothing can be said about it"}
	}
	if kind == "" || kind == "dumb" {
		return finding{"wrong", "terminal", fmt.Sprintf("TERM is %q, so the screen cannot be shown; set it to what your terminal is, xterm-256color for most", kind)}
	}
	if !a.utf8() {
		return finding{"note", "terminal", "the locale is not UTF-8, so some signs may look wrong; LANG=C.UTF-8 mends that"}
	}
	width, height := size(a.Out)
	words := fmt.Sprintf("%s, %d by %d, %s", kind, width, height, colors(a.profile(true)))
	if conf, err := a.config(); err == nil {
		words += ", pictures: " + a.drawing(conf.Images, a.profile(true), tty).Drawn().String()
	}
	return finding{"ok", "terminal", words}
}

// utf8 reports whether the locale is one of UTF-8.
func (a *app) utf8() bool {
	for _, name := range []string{"LC_ALL", "LC_CTYPE", "LANG"} {
		if v := strings.ToLower(a.Getenv(name)); v != "" {
			return strings.Contains(v, "utf-8") || strings.Contains(v, "utf8")
		}
	}
	return false
}

func colors(p termenv.Profile) string {
	return map[termenv.Profile]string{
		termenv.TrueColor: "16 million colours",
		termenv.ANSI256:   "256 colours",
		termenv.ANSI:      "16 colours",
		termenv.Ascii:     "no colours",
	}[p]
}

func (a *app) examineBrowser() finding {
	conf, err := a.config()
	if err != nil {
		return finding{"note", "browser", "not looked for, for want of settings that can be read"}
	}
	argv, err := a.browser(conf.Browser)
	if err != nil {
		return finding{"note", "browser", err.Error()}
	}
	path, err := exec.LookPath(argv[0])
	if err != nil {
		return finding{"note", "browser", err.Error()}
	}
	return finding{"ok", "browser", path}
}

// rescue moves a damaged file aside and keeps what can be read. A sound one
// is left alone.
func (a *app) rescue(ctx context.Context) error {
	path, err := a.path()
	if err != nil {
		return err
	}
	if _, err := os.Stat(path); err != nil {
		return fmt.Errorf("rescue: %w", err)
	}
	if a.isSound(ctx, path) {
		_, err := fmt.Fprintf(a.Out, "%s is sound; there is nothing to rescue\n", path)
		return err
	}
	kept, err := store.Rescue(ctx, path)
	if err != nil {
		return fmt.Errorf("rescue %s: %w", path, err)
	}
	_, err = fmt.Fprintf(a.Out, "the damaged file is now %s\nkept %s, %s, %d of them starred; lost %s\n",
		kept.Moved, count(kept.Feeds, "feed"), count(kept.Articles, "article"), kept.Starred, count(kept.Lost, "article"))
	return err
}

// isSound reports whether the file at path can be used.
func (a *app) isSound(ctx context.Context, path string) bool {
	db, err := store.Open(path)
	if err != nil {
		return !errors.Is(err, store.ErrDamaged)
	}
	defer db.Close()
	return !errors.Is(db.Check(ctx), store.ErrDamaged)
}
