package ui

import (
	"fmt"
	"image"
	"math/rand/v2"
	"strings"
	"sync/atomic"

	"github.com/charmbracelet/x/ansi"
	"github.com/charmbracelet/x/ansi/kitty"
	"github.com/muesli/termenv"
)

// kittyPicture draws a picture that the terminal keeps under a number. In the
// text stands a character of its own for each cell of it, which says by its
// colour which picture, and by its marks which row and column. To everything
// between us and the terminal it is text: it is scrolled, cut, moved by tmux
// and drawn over as any other.
func kittyPicture(picture image.Image, columns, rows int, p Pictures) (drawing, error) {
	number, look := nextNumber(p.Colours)
	d := drawing{number: number}
	w, h := sharp(picture, columns)
	var b strings.Builder
	err := kitty.EncodeGraphics(&b, scaled(picture, w, h), &kitty.Options{
		Action: kitty.TransmitAndPut, Transmission: kitty.Direct, Format: kitty.PNG,
		ID: number, Quite: 2, VirtualPlacement: true, Columns: columns, Rows: rows,
		Chunk: true, ChunkFormatter: through(p.Tmux),
	})
	if err != nil {
		return drawing{}, err
	}
	d.first = b.String()
	for y := range rows {
		b.Reset()
		b.WriteString(look)
		for x := range columns {
			b.WriteRune(kitty.Placeholder)
			b.WriteRune(kitty.Diacritic(y))
			b.WriteRune(kitty.Diacritic(x))
		}
		d.rows = append(d.rows, b.String()+sgrReset)
	}
	return d, nil
}

// numbered is how many pictures have a number. They are counted from anywhere:
// other programs in the same terminal have numbers too.
var (
	numbered    atomic.Uint32
	firstNumber = rand.Uint32()
)

// nextNumber is a number for a picture, and the colour that says it.
func nextNumber(colours termenv.Profile) (number int, look string) {
	n := int(firstNumber + numbered.Add(1))
	if colours == termenv.TrueColor {
		n = n%(1<<24-1) + 1
		return n, fmt.Sprintf("\x1b[38;2;%d;%d;%dm", n>>16, n>>8&0xff, n&0xff)
	}
	n = n%255 + 1
	return n, fmt.Sprintf("\x1b[38;5;%dm", n)
}

// sharp is how many dots of a picture are worth sending for so many columns:
// screens may be twice as fine as cellWidth says.
func sharp(picture image.Image, columns int) (w, h int) {
	size := picture.Bounds()
	w = min(2*columns*cellWidth, size.Dx())
	return w, max(w*size.Dy()/size.Dx(), 1)
}

// kittyForget makes the terminal forget a picture.
func kittyForget(number int, tmux bool) string {
	o := kitty.Options{Action: kitty.Delete, Delete: kitty.DeleteID, DeleteResources: true, ID: number, Quite: 2}
	return through(tmux)(ansi.KittyGraphics(nil, o.Options()...))
}

// through is how a sequence gets to the terminal, by tmux or directly. Tmux
// lets it through if its option allow-passthrough is on.
func through(tmux bool) func(sequence string) string {
	if tmux {
		return ansi.TmuxPassthrough
	}
	return func(sequence string) string { return sequence }
}
