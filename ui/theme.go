package ui

import (
	"io"

	"github.com/charmbracelet/lipgloss"
	"github.com/muesli/termenv"
)

// A Theme is the colours of the screen and of a page, named by what they are
// for. A colour is "#rrggbb", a number of the 256-colour palette, or "" for
// the terminal's own.
type Theme struct {
	Name string
	Dark bool // meant for a dark background

	Text       string // running text
	Muted      string // dates, counts, hints
	Faint      string // lines between panes
	Accent     string // what is active: the focused pane, the unread dot
	Star       string
	Heading    string
	Link       string
	Quote      string
	Code       string
	CodeBlock  string // background of code in running text
	Selection  string // background of the row under the cursor
	Unfocused  string // background of that row while another pane is active
	Match      string // background of a search's match
	Good       string
	Bad        string
	CodeColors string // a chroma style for code blocks

	Profile termenv.Profile // how many colours the terminal shows; Ascii means none
}

// DarkTheme suits a dark background.
func DarkTheme() Theme {
	return Theme{
		Name: "dark", Dark: true,
		Muted: "#8a8f98", Faint: "#3c4048", Accent: "#7aa2f7", Star: "#e0af68",
		Heading: "#7dcfff", Link: "#7aa2f7", Quote: "#a9b1d6", Code: "#e0af68", CodeBlock: "#24283b",
		Selection: "#2f3a5c", Unfocused: "#262a33", Match: "#5a4a1a", Good: "#9ece6a", Bad: "#f7768e",
		CodeColors: "monokai",
		Profile:    termenv.TrueColor,
	}
}

// LightTheme suits a light background.
func LightTheme() Theme {
	return Theme{
		Name:  "light",
		Muted: "#6b7078", Faint: "#c9ccd3", Accent: "#2e5fd0", Star: "#a86500",
		Heading: "#0b6e8f", Link: "#2e5fd0", Quote: "#50566a", Code: "#8a4b08", CodeBlock: "#eceef3",
		Selection: "#d5e0fb", Unfocused: "#eceef2", Match: "#f6e3a1", Good: "#3f7d20", Bad: "#c0283f",
		CodeColors: "github",
		Profile:    termenv.TrueColor,
	}
}

// PlainTheme has no colour at all; bold, underline and reverse remain.
func PlainTheme() Theme { return Theme{Name: "plain", Dark: true, Profile: termenv.Ascii} }

// rowState says how a row stands in its list.
type rowState int

const (
	rowPlain     rowState = iota
	rowSelected           // under the cursor of the focused pane
	rowUnfocused          // under the cursor of another pane
)

// rowStyles draw a row of a list.
type rowStyles struct{ text, muted, dot, star, bad lipgloss.Style }

// styles are a Theme made ready to draw with.
type styles struct {
	text, muted, faint, accent, title, heading, key, bad lipgloss.Style
	row                                                  [3]rowStyles
}

func newStyles(t Theme) styles {
	r := lipgloss.NewRenderer(io.Discard)
	r.SetColorProfile(t.Profile)
	color := func(c string) lipgloss.Style {
		if c == "" || t.Profile == termenv.Ascii {
			return r.NewStyle()
		}
		return r.NewStyle().Foreground(lipgloss.Color(c))
	}
	s := styles{
		text:    color(t.Text),
		muted:   color(t.Muted),
		faint:   color(t.Faint),
		accent:  color(t.Accent).Bold(true),
		title:   color(t.Accent).Bold(true),
		heading: color(t.Heading).Bold(true),
		key:     color(t.Accent),
		bad:     color(t.Bad),
	}
	plain := rowStyles{text: s.text, muted: s.muted, dot: color(t.Accent), star: color(t.Star), bad: s.bad}
	s.row = [3]rowStyles{plain, plain.on(t.Selection, t), plain.on(t.Unfocused, t)}
	return s
}

// on is a row over a background; without colours it is reversed.
func (s rowStyles) on(background string, t Theme) rowStyles {
	paint := func(style lipgloss.Style) lipgloss.Style {
		if t.Profile == termenv.Ascii {
			return style.Reverse(true)
		}
		return style.Background(lipgloss.Color(background))
	}
	return rowStyles{paint(s.text), paint(s.muted), paint(s.dot), paint(s.star), paint(s.bad)}
}
