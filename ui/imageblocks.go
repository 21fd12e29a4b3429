package ui

import (
	"image"
	"image/color"
	"strconv"
	"strings"

	"github.com/charmbracelet/x/ansi"
	"github.com/muesli/termenv"
)

// halfBlocks draws a picture with two dots in a cell: the upper half of it is
// the character's, the lower half the background's.
func halfBlocks(picture image.Image, columns, rows int, colours termenv.Profile) drawing {
	dots := scaled(picture, columns, 2*rows)
	paint := paintOf(colours)
	d := drawing{}
	for y := range rows {
		var b strings.Builder
		was := [2]string{}
		for x := range columns {
			now := [2]string{paint(dots.RGBAAt(x, 2*y)), paint(dots.RGBAAt(x, 2*y+1))}
			if now != was {
				b.WriteString("\x1b[38;" + now[0] + ";48;" + now[1] + "m")
				was = now
			}
			b.WriteString("▀")
		}
		d.rows = append(d.rows, b.String()+sgrReset)
	}
	return d
}

// paintOf returns what names a colour in a sequence: the colour itself, or the
// nearest of 256.
func paintOf(colours termenv.Profile) func(color.RGBA) string {
	if colours == termenv.TrueColor {
		return func(c color.RGBA) string {
			return "2;" + strconv.Itoa(int(c.R)) + ";" + strconv.Itoa(int(c.G)) + ";" + strconv.Itoa(int(c.B))
		}
	}
	known := map[color.RGBA]string{}
	return func(c color.RGBA) string {
		if known[c] == "" {
			known[c] = "5;" + strconv.Itoa(int(ansi.Convert256(c)))
		}
		return known[c]
	}
}
