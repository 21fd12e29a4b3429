// Newsterm reads the news in a terminal. What it does is in package cli.
package main

import (
	"context"
	"io"
	"log"
	"os"
	"os/signal"
	"syscall"
	"time"

	"app/newsterm/cli"
)

func main() {
	// A second signal ends the program at once. A closed pipe is an error of
	// the write, so that the file is closed properly.
	ctx, stop := signal.NotifyContext(context.Background(), os.Interrupt, syscall.SIGTERM)
	context.AfterFunc(ctx, stop)
	signal.Notify(make(chan os.Signal, 1), syscall.SIGPIPE)
	log.SetOutput(io.Discard) // net/http would write what odd servers send over the screen
	os.Exit(cli.Main(ctx, cli.Env{
		In:     os.Stdin,
		Out:    os.Stdout,
		Err:    os.Stderr,
		Getenv: os.Getenv,
		Now:    time.Now,
	}, os.Args[1:]))
}
