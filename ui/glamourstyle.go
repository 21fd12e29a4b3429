package ui

import (
	"github.com/charmbracelet/glamour/ansi"
	"github.com/muesli/termenv"
)

// glamourOptions are a Theme in glamour's words. Glamour styles what stands in
// a line; where lines start and end is decided in layout.go.
func glamourOptions(t Theme) ansi.Options {
	return ansi.Options{
		ColorProfile:     t.Profile,
		Styles:           glamourStyle(t),
		PreserveNewLines: true,
		InlineTableLinks: true,
	}
}

// glamourStyle has no margins and no colour of the document: each would cost a
// sequence for every space.
func glamourStyle(t Theme) ansi.StyleConfig {
	yes := true
	style := ansi.StyleConfig{
		H1:            blockStyle(ansi.StylePrimitive{Color: t.colour(t.Accent), Bold: &yes}),
		H2:            blockStyle(ansi.StylePrimitive{Color: t.colour(t.Heading), Bold: &yes}),
		H3:            blockStyle(ansi.StylePrimitive{Color: t.colour(t.Text), Bold: &yes}),
		H4:            blockStyle(ansi.StylePrimitive{Color: t.colour(t.Heading), Italic: &yes}),
		H5:            blockStyle(ansi.StylePrimitive{Color: t.colour(t.Muted), Italic: &yes}),
		H6:            blockStyle(ansi.StylePrimitive{Color: t.colour(t.Muted), Italic: &yes}),
		BlockQuote:    blockStyle(ansi.StylePrimitive{Color: t.colour(t.Quote)}),
		Text:          ansi.StylePrimitive{Color: t.colour(t.Text)},
		Emph:          ansi.StylePrimitive{Italic: &yes},
		Strong:        ansi.StylePrimitive{Bold: &yes},
		Strikethrough: ansi.StylePrimitive{CrossedOut: &yes},
		LinkText:      ansi.StylePrimitive{Color: t.colour(t.Link), Underline: &yes},
		ImageText:     ansi.StylePrimitive{Color: t.colour(t.Muted)},
		Code:          blockStyle(ansi.StylePrimitive{Color: t.colour(t.Code), BackgroundColor: t.colour(t.CodeBlock)}),
	}
	if t.Profile == termenv.Ascii {
		style.Code.Prefix, style.Code.Suffix = "`", "`"
	}
	return style
}

func blockStyle(s ansi.StylePrimitive) ansi.StyleBlock { return ansi.StyleBlock{StylePrimitive: s} }

// colour is c as glamour wants it: nil where the terminal's own colour is meant.
func (t Theme) colour(c string) *string {
	if c == "" || t.Profile == termenv.Ascii {
		return nil
	}
	return &c
}

// ink is the look of something this package draws itself in colour c. A colour
// nobody knows is the terminal's own.
func (t Theme) ink(c string) sgr {
	colour := t.Profile.Color(c)
	if t.colour(c) == nil || colour == nil {
		return sgr{}
	}
	return sgr{}.then(colour.Sequence(false))
}

// paper is the look of a background in colour c.
func (t Theme) paper(c string) sgr {
	colour := t.Profile.Color(c)
	if t.colour(c) == nil || colour == nil {
		return sgr{}
	}
	return sgr{}.then(colour.Sequence(true))
}
