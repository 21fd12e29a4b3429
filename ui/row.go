package ui

import (
	"fmt"
	"strings"
	"time"

	"github.com/charmbracelet/x/ansi"

	"app/newsterm/feed"
	"app/newsterm/store"
)

// row draws an article on one line of w cells: unread dot, star, title, feed,
// age. The feed is left out where there is no room for it.
func (m Model) row(a store.Article, w int, current bool) string {
	s := m.styles.row[rowPlain]
	if current {
		s = m.styles.row[rowUnfocused]
		if m.focus == articlePane {
			s = m.styles.row[rowSelected]
		}
	}
	dot, star, title := " ", " ", s.muted
	if !a.Read {
		dot, title = "●", s.text
	}
	if a.Starred {
		star = "★"
	}
	age := fmt.Sprintf("%5s ", age(m.o.Now().Sub(a.Date)))
	name := ""
	if w >= 56 {
		name = "  " + fit(a.FeedTitle, min(20, w/4))
	}
	rest := w - 4 - width(name) - width(age)
	if rest < 8 {
		rest, age = w-4, ""
	}
	return s.dot.Render(" "+dot) + s.star.Render(star+" ") + title.Render(fit(a.Title, rest)) +
		s.muted.Render(name+age)
}

// age is a span of time as a list shows it: 5m, 3h, 2d, 6w, 4mo, 2y.
func age(d time.Duration) string {
	const day = 24 * time.Hour
	switch {
	case d < time.Minute:
		return "now"
	case d < time.Hour:
		return fmt.Sprintf("%dm", d/time.Minute)
	case d < day:
		return fmt.Sprintf("%dh", d/time.Hour)
	case d < 14*day:
		return fmt.Sprintf("%dd", d/day)
	case d < 60*day:
		return fmt.Sprintf("%dw", d/(7*day))
	case d < 365*day:
		return fmt.Sprintf("%dmo", d/(30*day))
	}
	return fmt.Sprintf("%dy", d/(365*day))
}

// fit is one line of text made exactly w cells wide. It is cleaned, for it
// goes to the terminal.
func fit(s string, w int) string {
	if w <= 0 {
		return ""
	}
	s = feed.Line(s)
	if width(s) > w {
		s = ansi.Truncate(s, w, "…")
	}
	return s + strings.Repeat(" ", max(w-width(s), 0))
}
