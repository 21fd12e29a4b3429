package main

import (
	"context"
	"os"
	"os/signal"
	"sync/atomic"
	"syscall"
)

// listen returns a context that is done when the program is told to end; told
// again, it ends at once. While the terminal is lent to another program,
// Ctrl-C is for that one. A closed pipe is an error of the write, so that the
// file is closed properly.
func listen() (ctx context.Context, lend func(bool)) {
	ctx, cancel := context.WithCancel(context.Background())
	var lent atomic.Bool
	told := make(chan os.Signal, 1)
	signal.Notify(told, os.Interrupt, syscall.SIGTERM)
	signal.Notify(make(chan os.Signal, 1), syscall.SIGPIPE)
	go func() {
		for s := range told {
			if s != os.Interrupt || !lent.Load() {
				signal.Stop(told)
				cancel()
				return
			}
		}
	}()
	return ctx, lent.Store
}
