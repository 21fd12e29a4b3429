package source

import (
	"context"
	"errors"
	"fmt"
	"io/fs"
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"time"

	"app/newsterm/feed"
)

// A feed may be what a program prints. Its address is exec: and a command line:
//
//	exec:/home/ann/bin/tides --port "Fort William"
//
// The words are those of a line of newsboat's file urls, and go to the program
// as they are: no shell reads them. Only a reader who types such an address
// has it run. One that comes in a file is disabled, and pages and servers
// cannot name one.

const (
	programs      = 8                // that run at once
	programTime   = 60 * time.Second // as long as a fetch may take
	programOutput = 20 << 20         // bytes, as many as an answer may have
	programWords  = 200              // runes of its name, and of what it complains of
)

var errSlow = errors.New("ran for more than a minute, and was stopped")

// IsProgram reports whether the feed at address is what a program prints.
func IsProgram(address string) bool { return strings.HasPrefix(address, "exec:") }

// NamesProgram reports whether address is one that IsProgram, with a command
// line on one line that a terminal can show.
func NamesProgram(address string) bool {
	return IsProgram(address) && len(argv(address)) > 0 && feed.Safe(address) == address && !strings.ContainsAny(address, "\n\t")
}

// argv is the program of an exec: address and its arguments; empty if it names
// none.
func argv(address string) []string {
	words := tokens(strings.TrimPrefix(address, "exec:"))
	if len(words) > 0 && strings.HasPrefix(words[0], "~/") {
		words[0] = filepath.Join(home(), words[0][2:])
	}
	return words
}

// home is the folder in which programs run.
func home() string {
	if dir, err := os.UserHomeDir(); err == nil {
		if info, err := os.Stat(dir); err == nil && info.IsDir() {
			return dir
		}
	}
	return string(filepath.Separator)
}

// running has a place for each program that may run.
var running = make(chan struct{}, programs)

// run reads the feed that the program of an exec: address prints. The error is
// feed.ErrNotModified if it prints what it printed when cache was made.
func run(ctx context.Context, address string, cache feed.Cache) (*feed.Doc, error) {
	select {
	case running <- struct{}{}:
		defer func() { <-running }()
	case <-ctx.Done():
		return nil, ctx.Err()
	}
	words := argv(address)
	if len(words) == 0 {
		return nil, errors.New("the address names no program")
	}
	text, err := output(ctx, words)
	if err != nil {
		return nil, programError{fmt.Errorf("the program %s %w", feed.Cut(feed.Line(words[0]), programWords), err)}
	}
	return feed.Printed(ctx, text, address, cache)
}

// A programError says why a program gave no feed.
type programError struct{ error }

func (e programError) Unwrap() error       { return e.error }
func (programError) Trouble() feed.Trouble { return feed.Program }

// output is what a program prints, if it ends well. The error goes on where
// "the program" begins.
func output(ctx context.Context, words []string) ([]byte, error) {
	ctx, cancel := context.WithTimeoutCause(ctx, programTime, errSlow)
	defer cancel()
	ctx, stop := context.WithCancelCause(ctx)
	defer stop(nil)
	out, complaints := capped{stop: stop}, tail{}
	c := exec.CommandContext(ctx, words[0], words[1:]...)
	c.Dir = home()
	c.Stdout, c.Stderr = &out, &complaints
	c.WaitDelay = time.Second // for what it may leave behind, holding its output
	inGroup(c)
	err := c.Run()
	switch {
	case ctx.Err() != nil:
		return nil, context.Cause(ctx)
	case err == nil, errors.Is(err, exec.ErrWaitDelay):
		return out.text, nil
	}
	return nil, because(err, complaints.line())
}

// because says why a program did not end well, and what it said itself.
func because(err error, complaint string) error {
	ended, hasEnded := errors.AsType[*exec.ExitError](err)
	switch {
	case errors.Is(err, fs.ErrNotExist), errors.Is(err, exec.ErrNotFound):
		return errors.New("is not there, or what should run it is not")
	case errors.Is(err, fs.ErrPermission):
		return errors.New("is nothing that you may run")
	case !hasEnded:
		return fmt.Errorf("cannot be run: %w", err)
	}
	how := ended.String() // "signal: killed"
	if code := ended.ExitCode(); code >= 0 {
		how = fmt.Sprintf("exit code %d", code)
	}
	if complaint == "" {
		return fmt.Errorf("ended with %s, and said nothing", how)
	}
	return fmt.Errorf("ended with %s: %s", how, complaint)
}

// capped takes as much output as a feed may have, and stops the program that
// prints more.
type capped struct {
	text []byte
	stop context.CancelCauseFunc
}

func (c *capped) Write(p []byte) (int, error) {
	if len(c.text)+len(p) > programOutput {
		err := fmt.Errorf("prints a feed that is %w", feed.ErrTooBig)
		c.stop(err)
		return 0, err
	}
	c.text = append(c.text, p...)
	return len(p), nil
}

// tail keeps the end of what is written.
type tail struct{ text []byte }

func (t *tail) Write(p []byte) (int, error) {
	const most = 4 << 10
	t.text = append(t.text, p...)
	t.text = t.text[max(0, len(t.text)-most):]
	return len(p), nil
}

// line is the last line that says something; "" if none does.
func (t *tail) line() string {
	lines := strings.Split(feed.Safe(string(t.text)), "\n")
	for i := len(lines) - 1; i >= 0; i-- {
		if line := feed.Line(lines[i]); line != "" {
			return feed.Cut(line, programWords)
		}
	}
	return ""
}
