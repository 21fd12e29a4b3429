package ui

import (
	"io"
	"strconv"
	"strings"

	"github.com/charmbracelet/lipgloss"
	"github.com/muesli/termenv"
)

// A Theme is the colours of the screen and of a page, named by what they are
// for. A colour is "#rrggbb", a number of the 256-colour palette, or "" for
// the terminal's own. The files of themes, read in themes.go, name them as the
// tags do.
type Theme struct {
	Name string `toml:"-"`
	Dark bool   `toml:"dark"` // meant for a dark background

	Background string `toml:"background"` // of the whole screen
	Text       string `toml:"text"`       // running text
	Muted      string `toml:"muted"`      // dates, counts, hints
	Faint      string `toml:"faint"`      // lines between panes
	Accent     string `toml:"accent"`     // what is active: the focused pane, the unread dot
	Star       string `toml:"star"`
	Heading    string `toml:"heading"`
	Link       string `toml:"link"`
	Quote      string `toml:"quote"`
	Code       string `toml:"code"`
	CodeBlock  string `toml:"code-background"` // background of code in running text
	Selection  string `toml:"selection"`       // background of the row under the cursor
	Unfocused  string `toml:"unfocused"`       // background of that row while another pane is active
	Match      string `toml:"match"`           // background of a search's match
	Good       string `toml:"good"`
	Bad        string `toml:"bad"`
	CodeColors string `toml:"code-colors"` // a chroma style for code blocks

	Spoken   bool            `toml:"-"` // for a screen reader: words for signs, one pane, no lines
	Numbered bool            `toml:"-"` // links have their numbers after them
	Visual   bool            `toml:"-"` // text from right to left is put in order here: the terminal does not
	Profile  termenv.Profile `toml:"-"` // how many colours the terminal shows; Ascii means none
}

// PlainTheme has no colour at all; bold, underline and reverse remain.
func PlainTheme() Theme { return Theme{Name: "no colours", Dark: true, Profile: termenv.Ascii} }

// SpokenTheme is for ears: see plain.go.
func SpokenTheme() Theme {
	return Theme{Name: "plain", Dark: true, Spoken: true, Profile: termenv.Ascii}
}

// On is t for a terminal that shows as many colours as p. Where it shows
// sixteen, which are its owner's choice, t keeps only their meaning: the
// nearest of them may be the one behind it.
func (t Theme) On(p termenv.Profile) Theme {
	switch {
	case t.Profile == termenv.Ascii:
		return t
	case p == termenv.ANSI256:
		t = t.changed(nearest256)
	}
	if p != termenv.ANSI {
		t.Profile = p
		return t
	}
	bright := 0
	if t.Dark {
		bright = 8
	}
	of := func(n int) string { return strconv.Itoa(n + bright) }
	return Theme{
		Name: t.Name, Dark: t.Dark, CodeColors: t.CodeColors, Profile: p,
		Muted: "8", Faint: "8", Accent: of(4), Star: of(3), Heading: of(6), Link: of(4),
		Code: of(3), Good: of(2), Bad: of(1),
	}
}

// rowState says how a row stands in its list.
type rowState int

const (
	rowPlain     rowState = iota
	rowSelected           // under the cursor of the focused pane
	rowUnfocused          // under the cursor of another pane
)

// A style is how something on the screen looks, ready to be written: the
// sequence that begins it, "" for the terminal's own look.
type style struct{ begin string }

// Render is text in the style, and the terminal's own look after it.
func (s style) Render(text string) string {
	if s.begin == "" || text == "" {
		return text
	}
	return s.begin + text + sgrReset
}

// write puts text in the style behind what b holds.
func (s style) write(b *strings.Builder, text string) {
	b.WriteString(s.begin)
	b.WriteString(text)
	if s.begin != "" {
		b.WriteString(sgrReset)
	}
}

// rowStyles draw a row of a list.
type rowStyles struct{ text, muted, dot, star, bad style }

// styles are a Theme made ready to draw with.
type styles struct {
	text, muted, faint, accent, title, heading, key, bad style
	row                                                  [3]rowStyles
	hint, cursor                                         lipgloss.Style // what an empty line to type on says, and its cursor
	highlights                                           [][3]style     // of each rule
	screen                                               string         // begins every line; "" if the background is the terminal's
}

func newStyles(t Theme) styles {
	plain := func(color string) style { return style{t.ink(color).String()} }
	bold := func(color string) style { return style{t.ink(color).with(attrBold).String()} }
	s := styles{
		text:    plain(t.Text),
		muted:   plain(t.Muted),
		faint:   plain(t.Faint),
		accent:  bold(t.Accent),
		title:   bold(t.Accent),
		heading: bold(t.Heading),
		key:     plain(t.Accent),
		bad:     plain(t.Bad),
		hint:    t.bubble(t.Muted),
		cursor:  t.bubble(""),
	}
	for state := range s.row {
		on := func(color string) style { return style{t.onRow(color, rowState(state)).String()} }
		s.row[state] = rowStyles{on(t.Text), on(t.Muted), on(t.Accent), on(t.Star), on(t.Bad)}
	}
	if t.Background != "" && t.Profile != termenv.Ascii {
		s.screen = t.ink(t.Text).over(t.paper(t.Background)).String()
	}
	return s
}

// onRow is the look of a colour on a row of a list. Where a row can have no
// background of its own, the one under the cursor is reversed, and underlined
// where the cursor was left.
func (t Theme) onRow(color string, state rowState) sgr {
	background := [...]string{rowSelected: t.Selection, rowUnfocused: t.Unfocused}[state]
	switch {
	case state == rowPlain:
		return t.ink(color)
	case background != "" && t.Profile != termenv.Ascii:
		return t.ink(color).over(t.paper(background))
	case state == rowSelected:
		return sgr{}.with(attrReverse)
	}
	return t.ink(color).with(attrUnderline)
}

// bubble is a colour as bubbles want it. Lipgloss would leave out even what
// is not a colour where there are none.
func (t Theme) bubble(color string) lipgloss.Style {
	r := lipgloss.NewRenderer(io.Discard)
	r.SetColorProfile(min(t.Profile, termenv.ANSI))
	if t.colour(color) == nil {
		return r.NewStyle()
	}
	return r.NewStyle().Foreground(lipgloss.Color(color))
}

// onScreen is a line of the screen on the background of the theme.
func (s styles) onScreen(line string) string {
	if s.screen == "" {
		return line
	}
	return s.screen + strings.ReplaceAll(line, sgrReset, sgrReset+s.screen) + sgrReset
}
