package cli

import (
	"bytes"
	"context"
	"encoding/base64"
	"errors"
	"fmt"
	"os"
	"os/exec"
	"strings"
	"time"

	"github.com/aymanbagabas/go-osc52/v2"

	"app/newsterm/feed"
)

// mostAsked is how long a text may be, in base64, that the terminal is asked
// to take: many drop without a word what is longer.
const mostAsked = 74994

// copyTo puts text on the clipboard of the terminal, wherever that is, and on
// that of this machine, if the reader is at it.
func (a *app) copyTo(tty *os.File, text string) error {
	text = feed.Safe(text)
	asked := a.askToCopy(tty, text)
	if a.clip(text) {
		return nil
	}
	return asked
}

// askToCopy asks the terminal with OSC 52, which works over ssh. Tmux and
// screen are asked to pass the question on.
func (a *app) askToCopy(tty *os.File, text string) error {
	if n := base64.StdEncoding.EncodedLen(len(text)); n > mostAsked {
		return fmt.Errorf("%d kB are more than terminals take; it can be written to a file", len(text)/1000)
	}
	plain := osc52.New(text)
	question := plain.String()
	switch {
	case a.Getenv("TMUX") != "":
		question += plain.Tmux().String() // which of the two it takes is a setting of tmux
	case strings.HasPrefix(a.Getenv("TERM"), "screen"):
		question = plain.Screen().String()
	}
	if _, err := tty.WriteString(question); err != nil {
		return fmt.Errorf("ask the terminal: %w", err)
	}
	return nil
}

// clip puts text on the clipboard of this machine. It reports whether it is
// there: not if there is no clipboard, or if the reader is elsewhere.
func (a *app) clip(text string) bool {
	for _, argv := range a.clipboards() {
		err := put(argv, text)
		if errors.Is(err, exec.ErrNotFound) {
			continue
		}
		return err == nil
	}
	return false
}

// clipboards are the programs that put a text on a clipboard.
func (a *app) clipboards() (list []command) {
	if a.isRemote() {
		return nil
	}
	if a.Getenv("WAYLAND_DISPLAY") != "" {
		list = append(list, command{"wl-copy"})
	}
	if a.Getenv("DISPLAY") != "" {
		list = append(list, command{"xclip", "-selection", "clipboard"}, command{"xsel", "--clipboard", "--input"})
	}
	return append(list, command{"pbcopy"}, command{"clip.exe"})
}

// put has a program read text. What it leaves behind to hold the clipboard
// lives on without us.
func put(argv command, text string) error {
	ctx, cancel := context.WithTimeout(context.Background(), 5*time.Second)
	defer cancel()
	c := exec.CommandContext(ctx, argv[0], argv[1:]...)
	c.Stdin = bytes.NewReader([]byte(text))
	c.WaitDelay = time.Second
	detach(c)
	return c.Run()
}
