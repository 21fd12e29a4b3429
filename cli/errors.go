package cli

import (
	"context"
	"errors"
	"fmt"
	"io"
	"strings"
	"syscall"

	"github.com/charmbracelet/x/ansi"
	"github.com/spf13/cobra"
	"github.com/spf13/pflag"

	"app/newsterm/feed"
	"app/newsterm/store"
	"app/newsterm/ui"
)

// The exit codes.
const (
	done          = 0
	failed        = 1
	misunderstood = 2
	leftEmpty     = 130 // the screen was left, and nothing picked for the pipe; fzf ends so too
)

// errTold ends a command that failed and has said why, or need not.
var errTold = errors.New("told")

// errNonePicked ends a screen in which nothing was picked for the pipe. That
// needs no words.
var errNonePicked = errors.New("nothing was picked")

// A usageError reports a command line or a file of settings that newsterm
// cannot follow.
type usageError struct{ error }

func (e usageError) Unwrap() error { return e.error }

// wrongly is a usageError.
func wrongly(format string, args ...any) error { return usageError{fmt.Errorf(format, args...)} }

// end says what err is about, unless that was said, and returns the exit code.
func (a *app) end(ctx context.Context, err error) int {
	var query *store.QueryError
	var settings *ui.SettingsError
	var usage usageError
	switch {
	case err == nil, errors.Is(err, syscall.EPIPE): // who closes a pipe has seen enough
		return done
	case errors.Is(err, errNonePicked):
		return leftEmpty
	case errors.Is(err, errTold):
		return failed
	case ctx.Err() != nil:
		a.tell(errors.New("stopped"))
		return failed
	case errors.As(err, &query):
		a.tell(errors.New(query.Why))
		a.pointAt(query.Point())
		return misunderstood
	case errors.As(err, &settings):
		a.tell(settings)
		a.pointAt(settings.Point)
		return misunderstood
	case errors.As(err, &usage), !a.begun: // what cobra finds wrong, it finds before a command begins
		a.tell(err)
		return misunderstood
	}
	a.tell(err)
	return failed
}

// tell says on standard error what went wrong: one line, whatever is in it, or
// as many as a terminal needs.
func (a *app) tell(err error) {
	fmt.Fprintln(a.Err, wrapped(a.Err, "newsterm: "+feed.Line(err.Error()), 2))
}

// wrapped is a line broken between words where w is a terminal and narrower,
// with so many blanks before what follows. Nothing else breaks it.
func wrapped(w io.Writer, line string, indent int) string {
	if _, tty := terminal(w); !tty {
		return line
	}
	width, _ := size(w)
	var b strings.Builder
	used := 0
	for i, word := range strings.Split(line, " ") {
		n := ansi.StringWidth(word)
		switch {
		case i == 0:
		case used+1+n > width && used > indent:
			b.WriteString("\n" + strings.Repeat(" ", indent))
			used = indent
		default:
			b.WriteByte(' ')
			used++
		}
		b.WriteString(word)
		used += n
	}
	return b.String()
}

// pointAt shows the lines of s, indented, below what tell said.
func (a *app) pointAt(s string) {
	for _, line := range strings.Split(strings.TrimRight(s, "\n"), "\n") {
		fmt.Fprintln(a.Err, " ", strings.TrimRight(feed.Safe(line), " "))
	}
}

// each runs f for every one of list. A failure is told and the rest is done
// all the same; the error then is errTold.
func each[T any](ctx context.Context, a *app, list []T, f func(T) error) error {
	var result error
	for _, x := range list {
		err := f(x)
		if ctx.Err() != nil {
			return ctx.Err()
		}
		if errors.Is(err, syscall.EPIPE) {
			return err
		}
		if err != nil {
			a.tell(err)
			result = errTold
		}
	}
	return result
}

// flagError says what a flag is, which one may have been meant, and how to
// write what looks like one and is part of a query.
func flagError(c *cobra.Command, err error) error {
	if missing, ok := errors.AsType[*pflag.ValueRequiredError](err); ok {
		f := missing.GetFlag()
		name, about := pflag.UnquoteUsage(f)
		return wrongly("--%s needs %s after it: %s", f.Name, name, about)
	}
	if value, ok := errors.AsType[*pflag.InvalidValueError](err); ok {
		f := value.GetFlag()
		switch f.Value.Type() {
		case "int":
			return wrongly("--%s is a number, not %q", f.Name, value.GetValue())
		case "bool":
			return wrongly("--%s stands alone, and takes no %q", f.Name, value.GetValue())
		}
	}
	unknown, ok := errors.AsType[*pflag.NotExistError](err)
	if !ok {
		return usageError{err}
	}
	var names []string
	c.Flags().VisitAll(func(f *pflag.Flag) { names = append(names, f.Name) })
	like := ""
	if unknown.GetSpecifiedShortnames() == "" {
		like = meant("--", unknown.GetSpecifiedName(), names)
	}
	if like == "" && strings.Contains(c.Use, "[QUERY") {
		like = "; to leave a word out of a query write NOT word, or -- before the query"
	}
	return wrongly("%v%s", err, like)
}

// meant asks whether the one of names that is most like a word was meant, with
// sign before it; "" if none is like it.
func meant(sign, word string, names []string) string {
	if like := ui.Like(word, names); like != "" {
		return "; did you mean " + sign + feed.Line(like) + "?"
	}
	return ""
}

// some asks for at least one argument, called what in the error.
func some(what string) cobra.PositionalArgs {
	return func(c *cobra.Command, args []string) error {
		if len(args) > 0 {
			return nil
		}
		return wrongly("%s needs %s: newsterm %s", c.Name(), what, c.Use)
	}
}

// one asks for exactly one argument.
func one(what string) cobra.PositionalArgs {
	return func(c *cobra.Command, args []string) error {
		if len(args) > 1 {
			return wrongly("%s takes only %s, and %q is one more", c.Name(), what, args[1])
		}
		return some(what)(c, args)
	}
}

// none asks for no arguments.
func none(c *cobra.Command, args []string) error {
	if len(args) > 0 {
		return wrongly("%s takes nothing more, and %q is more", c.Name(), args[0])
	}
	return nil
}

// noArticle says that an article is not there, if that is what err says.
func noArticle(id store.ArticleID, err error) error {
	if errors.Is(err, store.ErrNotFound) {
		return fmt.Errorf("there is no article %d", id)
	}
	return err
}
