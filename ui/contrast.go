package ui

import (
	"github.com/lucasb-eyer/go-colorful"
	"github.com/muesli/termenv"
)

// What a text needs to be read is 4.5, say the Web Content Accessibility
// Guidelines, and 3.5 is enough for a comment beside it. It is a little more
// here, because a colour can lose a step when its sequence is written.
const (
	textContrast    = 4.55
	commentContrast = 3.55
)

// contrast is that of two colours, from 1 to 21, as those guidelines define it.
func contrast(a, b colorful.Color) float64 {
	x, y := luminance(a)+0.05, luminance(b)+0.05
	return max(x, y) / min(x, y)
}

func luminance(c colorful.Color) float64 {
	r, g, b := c.LinearRgb()
	return 0.2126*r + 0.7152*g + 0.0722*b
}

// rgb is a colour as a Theme has them, and whether it says one.
func rgb(c string) (colorful.Color, bool) {
	colour := termenv.TrueColor.Color(c)
	if colour == nil {
		return colorful.Color{}, false
	}
	return termenv.ConvertToRGB(colour), true
}

// page is the background of t and the colour of its text. What it leaves to
// the terminal is guessed.
func (t Theme) page() (paper, text colorful.Color) {
	usual := [2]string{"#ffffff", "#202020"}
	if t.Dark {
		usual = [2]string{"#1e1e1e", "#d4d4d4"}
	}
	or := func(c, usual string) colorful.Color {
		if colour, ok := rgb(c); ok {
			return colour
		}
		colour, _ := rgb(usual)
		return colour
	}
	return or(t.Background, usual[0]), or(t.Text, usual[1])
}

// lifted is a colour with as much of the text's in it as it needs to have the
// least contrast on the page, as the terminal shows it. There is no more of it
// than in the text itself.
func (t Theme) lifted(c colorful.Color, least float64) string {
	const steps = 20
	paper, text := t.page()
	for i := range steps {
		mixed := c.BlendOkLab(text, float64(i)/steps).Clamped()
		if contrast(termenv.ConvertToRGB(t.Profile.Color(mixed.Hex())), paper) >= least {
			return mixed.Hex()
		}
	}
	return text.Hex()
}
