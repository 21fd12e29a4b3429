package main_test

import (
	"fmt"
	"os/exec"
	"regexp"
	"strings"
	"testing"
	"time"

	"app/newsterm/store"
)

// page is the title of an article of a press, as a list shows it.
var page = regexp.MustCompile(`Paper \d+, page \d+`)

// starred are the titles that the screen shows a star beside.
func (s *terminal) starred() map[string]bool {
	titles := map[string]bool{}
	for line := range strings.Lines(s.text()) {
		if strings.Contains(line, "★") {
			titles[page.FindString(line)] = true
		}
	}
	delete(titles, "")
	return titles
}

func TestTwoRefreshesBesideAScreen(t *testing.T) {
	const feeds = 20
	p, home := newPress(t, feeds)
	output(t, home, "refresh")
	s := start(t, home, 140, 40, false, "feed:paper")
	s.sees("page 0")

	p.issues.Store(2)
	gate, arrived := make(chan struct{}), make(chan string, 4*feeds)
	p.mu.Lock()
	p.gate, p.arrived = gate, arrived
	p.mu.Unlock()
	enough := time.After(2 * patience)
	asks := func(some func(path string) bool) { // waits for that
		for {
			select {
			case path := <-arrived:
				if some(path) {
					return
				}
			case <-enough:
				t.Fatal("nobody asks")
			}
		}
	}
	answer := func() {
		select {
		case gate <- struct{}{}:
		case <-enough:
			t.Fatal("nobody asks")
		}
	}
	refresh := func() (*exec.Cmd, *strings.Builder) {
		cmd, said := command(home, "refresh", "--force"), &strings.Builder{}
		cmd.Stdout, cmd.Stderr = said, said
		if err := cmd.Start(); err != nil {
			t.Fatal(err)
		}
		t.Cleanup(func() { cmd.Process.Kill() })
		return cmd, said
	}
	first, firstSaid := refresh()
	asks(func(string) bool { return true })
	deliver(t, home, p.URL, feeds, 2*feeds) // the first does not know of these
	second, secondSaid := refresh()
	asks(func(path string) bool { return len(path) > 2 && path >= fmt.Sprint("/", feeds) })
	s.types("R") // and the screen finds nothing left to do
	if said := output(t, home, "refresh", "--force"); said != "nothing to do: another newsterm is refreshing 40 feeds\n" {
		t.Errorf("a third refresh said %q", said)
	}
	for i := range 2 * feeds {
		answer()
		if i%4 == 0 { // a star and a mark between any two of their transactions
			n := len(s.starred())
			s.types("sm").until(func() bool { return len(s.starred()) == n+1 }, "show the star")
			s.types("j")
		}
	}
	close(gate)
	for cmd, said := range map[*exec.Cmd]*strings.Builder{first: firstSaid, second: secondSaid} {
		if err := cmd.Wait(); err != nil || !strings.Contains(said.String(), "20 feeds") {
			t.Errorf("%v, and it said %q", err, said)
		}
	}
	stars := s.starred()
	s.types("Q").ends()

	p.mu.Lock()
	defer p.mu.Unlock()
	if len(p.twice) > 0 {
		t.Errorf("asked for twice at once: %q", p.twice)
	}
	db := library(t, home)
	all, err := db.Articles(t.Context(), store.Query{}, store.Page{})
	if err != nil {
		t.Fatal(err)
	}
	marked := map[store.ArticleID]bool{}
	for _, a := range all {
		if stars[a.Title] {
			marked[a.ID] = true
		}
	}
	if papers := inspect(t, home, marked, marked); len(papers) != 4*feeds || len(marked) != feeds/2 {
		t.Errorf("%d articles, %d of them marked, want %d and %d", len(papers), len(marked), 4*feeds, feeds/2)
	}
}
