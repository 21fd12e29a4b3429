package cli

import (
	"context"
	"fmt"
	"io"
	"os"
	"os/exec"
	"runtime"
	"strings"
	"time"

	"app/newsterm/feed"
	"app/newsterm/ui"
)

// soon is how long a browser may take to say that it does not start.
const soon = 2 * time.Second

// browse opens an address in the browser of the settings, or of the
// environment, or of the system. The browser lives on without us; if it ends
// soon with an error, that is the error. Only http and https are opened.
func (a *app) browse(ctx context.Context, setting command, address string) error {
	u, err := ui.WebAddress(address)
	if err != nil {
		return fmt.Errorf("open %s: %w", feed.Shown(address), err)
	}
	argv, err := a.browser(setting)
	if err != nil {
		return err
	}
	if err := start(ctx, withAddress(argv, u.String())); err != nil {
		return fmt.Errorf("open %s: %w", feed.Shown(address), err)
	}
	return nil
}

// browser is the first browser that is there.
func (a *app) browser(setting command) (command, error) {
	choices := []command{setting}
	if len(setting) == 0 {
		choices = nil
		for _, b := range strings.Split(a.Getenv("BROWSER"), ":") {
			choices = append(choices, strings.Fields(b))
		}
		choices = append(choices, systemBrowsers()...)
	}
	for _, c := range choices {
		if len(c) == 0 {
			continue
		}
		if _, err := exec.LookPath(c[0]); err == nil {
			return c, nil
		}
	}
	if len(setting) > 0 {
		return nil, fmt.Errorf("the browser of your settings, %s, is not there", setting[0])
	}
	return nil, fmt.Errorf("no browser was found; name one in $BROWSER or as browser in config.toml")
}

func systemBrowsers() []command {
	switch runtime.GOOS {
	case "darwin":
		return []command{{"open"}}
	case "windows":
		return []command{{"rundll32", "url.dll,FileProtocolHandler"}}
	}
	return []command{{"xdg-open"}, {"wslview"}}
}

// withAddress is a browser's command for an address, which takes the place of
// {url} or %s, or else stands at the end.
func withAddress(argv command, address string) command {
	full, placed := make(command, 0, len(argv)+1), false
	for _, word := range argv {
		for _, mark := range []string{"{url}", "%s"} {
			if strings.Contains(word, mark) && !placed {
				word, placed = strings.ReplaceAll(word, mark, address), true
			}
		}
		full = append(full, word)
	}
	if !placed {
		full = append(full, address)
	}
	return full
}

// start runs a program that needs no terminal and waits a moment for its
// first words. They go to a file, so that it can go on writing without us.
func start(ctx context.Context, argv command) error {
	words, err := os.CreateTemp("", "newsterm-*")
	if err != nil {
		return err
	}
	defer os.Remove(words.Name())
	defer words.Close()
	c := exec.Command(argv[0], argv[1:]...)
	c.Stderr = words
	detach(c)
	if err := c.Start(); err != nil {
		return err
	}
	ended := make(chan error, 1)
	go func() { ended <- c.Wait() }()
	select {
	case err = <-ended:
	case <-time.After(soon):
	case <-ctx.Done():
	}
	if err == nil {
		return nil
	}
	return fmt.Errorf("%s: %s", argv[0], lastWords(words, err))
}

// lastWords is the last line that a program wrote, or how it ended.
func lastWords(words *os.File, err error) string {
	text, _ := io.ReadAll(io.NewSectionReader(words, 0, 64<<10)) // without it there is still err
	lines := strings.Split(strings.TrimSpace(feed.Safe(string(text))), "\n")
	if last := feed.Line(lines[len(lines)-1]); last != "" {
		return feed.Cut(last, 200)
	}
	return err.Error()
}
