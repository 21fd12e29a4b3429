// Newsterm reads the news in a terminal. What it does is in package cli.
package main

import (
	"io"
	"log"
	"os"
	"time"

	"app/newsterm/cli"
)

func main() {
	ctx, lend := listen()
	log.SetOutput(io.Discard) // net/http would write what odd servers send over the screen
	os.Exit(cli.Main(ctx, cli.Env{
		In:     os.Stdin,
		Out:    os.Stdout,
		Err:    os.Stderr,
		Getenv: os.Getenv,
		Now:    time.Now,
		Lend:   lend,
	}, os.Args[1:]))
}
