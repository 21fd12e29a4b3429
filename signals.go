package main

import (
	"context"
	"os"
	"os/signal"
	"syscall"
)

// listen returns a context that is done when the program is told to end, or its
// terminal is closed; told again, it ends at once. While the terminal is lent to another program,
// Ctrl-C is for that one. A closed pipe is an error of the write, so that the
// file is closed properly.
func listen() (ctx context.Context, lend func(bool)) {
	ctx, cancel := context.WithCancel(context.Background())
	interrupted, told := make(chan os.Signal, 1), make(chan os.Signal, 1)
	signal.Notify(interrupted, os.Interrupt)
	signal.Notify(told, syscall.SIGTERM)
	if !signal.Ignored(syscall.SIGHUP) { // as under nohup
		signal.Notify(told, syscall.SIGHUP)
	}
	signal.Notify(make(chan os.Signal, 1), syscall.SIGPIPE)
	go func() {
		select {
		case <-interrupted:
		case <-told:
		}
		cancel()
		signal.Stop(interrupted)
		signal.Stop(told)
	}()
	return ctx, func(lent bool) { turnAway(ctx, interrupted, lent) }
}

// unheard is where Ctrl-C goes while it is for another program.
var unheard = make(chan os.Signal, 1)

// turnAway has Ctrl-C not come to interrupted while the terminal is lent. One that
// was pressed then does not come later either, however busy the machine is.
func turnAway(ctx context.Context, interrupted chan os.Signal, lent bool) {
	if ctx.Err() != nil {
		return
	}
	if lent {
		signal.Notify(unheard, os.Interrupt)
		signal.Stop(interrupted)
		return
	}
	last := make(chan os.Signal, 1)
	signal.Notify(last, os.Interrupt)
	signal.Stop(last) // waits until all that came so far has been heard
	signal.Notify(interrupted, os.Interrupt)
	signal.Stop(unheard)
}
