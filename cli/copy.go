package cli

import (
	"fmt"
	"os"
	"strings"

	"github.com/aymanbagabas/go-osc52/v2"

	"app/newsterm/feed"
)

// copyTo puts text on the clipboard of the terminal, wherever that is: it is
// asked with OSC 52, which works over ssh. Tmux and screen are asked to pass
// the question on.
func (a *app) copyTo(tty *os.File, text string) error {
	plain := osc52.New(feed.Safe(text))
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
