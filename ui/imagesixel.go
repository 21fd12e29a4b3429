package ui

import (
	"bytes"
	"fmt"
	"image"
	"image/color"
	"slices"
	"strconv"
)

// sixelPicture draws a picture in strips, as itermPicture does, each exactly
// as high as a cell of so many dots: a dot more would be left behind in the
// next line. The colours of all strips are from one palette, so that nothing is
// to be seen of where they meet.
func sixelPicture(picture image.Image, columns, rows int, cell image.Point) drawing {
	dots := scaled(picture, columns*cell.X, rows*cell.Y)
	coloured := paletted(dots)
	d := drawing{}
	for y := range rows {
		strip := coloured.SubImage(image.Rect(0, y*cell.Y, columns*cell.X, (y+1)*cell.Y))
		d.rows = append(d.rows, underPicture(columns, sixels(strip.(*image.Paletted))))
	}
	return d
}

// A band is what is written at once: six rows of dots, one colour after the
// other.
const band = 6

// sixels is what a terminal is sent to draw a strip. Of the last band only the
// rows that belong to the strip are drawn; what else is there stays.
func sixels(strip *image.Paletted) string {
	size := strip.Bounds()
	var b bytes.Buffer
	fmt.Fprintf(&b, "\x1bP0;1q\"1;1;%d;%d", size.Dx(), size.Dy())
	for _, c := range coloursIn(strip) {
		dot := strip.Palette[c].(color.RGBA)
		fmt.Fprintf(&b, "#%d;2;%d;%d;%d", c, outOf100(dot.R), outOf100(dot.G), outOf100(dot.B))
	}
	for y := size.Min.Y; y < size.Max.Y; y += band {
		if y > size.Min.Y {
			b.WriteByte('-')
		}
		rows := image.Rect(size.Min.X, y, size.Max.X, min(y+band, size.Max.Y))
		writeBand(&b, strip.SubImage(rows).(*image.Paletted))
	}
	b.WriteString("\x1b\\")
	return b.String()
}

// outOf100 is a part of a colour as sixels have it.
func outOf100(part uint8) int { return (int(part)*100 + 127) / 255 }

// coloursIn are the numbers of the colours that are in a picture.
func coloursIn(p *image.Paletted) []uint8 {
	var seen [256]bool
	for y := p.Rect.Min.Y; y < p.Rect.Max.Y; y++ {
		for _, c := range rowOf(p, y) {
			seen[c] = true
		}
	}
	var found []uint8
	for c := range p.Palette {
		if seen[c] {
			found = append(found, uint8(c))
		}
	}
	return found
}

// rowOf are the colours of one row of dots.
func rowOf(p *image.Paletted, y int) []uint8 {
	return p.Pix[p.PixOffset(p.Rect.Min.X, y):][:p.Rect.Dx()]
}

// writeBand writes the dots of six rows or fewer.
func writeBand(b *bytes.Buffer, p *image.Paletted) {
	var columns [256][]byte // of each colour, which of the six dots are in it
	for y := p.Rect.Min.Y; y < p.Rect.Max.Y; y++ {
		for x, c := range rowOf(p, y) {
			if columns[c] == nil {
				columns[c] = make([]byte, p.Rect.Dx())
			}
			columns[c][x] |= 1 << (y - p.Rect.Min.Y)
		}
	}
	back := ""
	for c, dots := range columns {
		if dots != nil {
			fmt.Fprintf(b, "%s#%d", back, c)
			writeDots(b, bytes.TrimRight(dots, "\x00"))
			back = "$"
		}
	}
}

// writeDots writes columns of six dots; many that are alike only once.
func writeDots(b *bytes.Buffer, dots []byte) {
	for len(dots) > 0 {
		n := 1
		for n < len(dots) && dots[n] == dots[0] {
			n++
		}
		letter := '?' + dots[0]
		dots = dots[n:]
		if n > 3 {
			b.WriteByte('!')
			b.WriteString(strconv.Itoa(n))
			n = 1
		}
		for range n {
			b.WriteByte(letter)
		}
	}
}

// mostColours is how many a picture has. With twice as many it is hardly
// better, and takes a third more bytes.
const mostColours = 128

// A shade is the dots of a picture that look all but the same.
type shade struct {
	dots int
	sum  [3]int // of their red, green and blue
}

// shadeBits is how much of a part of a colour tells shades apart.
const shadeBits = 5

// shadeOf is the number of the shade that a dot belongs to.
func shadeOf(dot []uint8) int {
	const less = 8 - shadeBits
	return int(dot[0]>>less)<<(2*shadeBits) | int(dot[1]>>less)<<shadeBits | int(dot[2]>>less)
}

// part is how much red (0), green (1) or blue (2) a shade has.
func (s shade) part(i int) int { return s.sum[i] / s.dots }

// paletted is a picture in few colours.
func paletted(dots *image.RGBA) *image.Paletted {
	out := image.NewPaletted(dots.Rect, nil)
	shades := make([]shade, 1<<(3*shadeBits))
	for i := 0; i < len(dots.Pix); i += 4 {
		s := &shades[shadeOf(dots.Pix[i:])]
		s.dots++
		for c := range s.sum {
			s.sum[c] += int(dots.Pix[i+c])
		}
	}
	colour := make([]uint8, len(shades)) // of each shade
	for _, alike := range alike(shades) {
		for _, n := range alike {
			colour[n] = uint8(len(out.Palette))
		}
		out.Palette = append(out.Palette, mean(shades, alike))
	}
	for i := range out.Pix {
		out.Pix[i] = colour[shadeOf(dots.Pix[4*i:])]
	}
	return out
}

// alike puts the numbers of the shades that a picture has into mostColours
// heaps, or fewer. They start as one; then the one whose shades differ most is
// halved until there are enough.
func alike(shades []shade) [][]int {
	var all []int
	for n, s := range shades {
		if s.dots > 0 {
			all = append(all, n)
		}
	}
	heaps := [][]int{all}
	for len(heaps) < mostColours {
		widest, along, most := 0, 0, 0
		for i, heap := range heaps {
			if part, weight := spread(shades, heap); weight > most {
				widest, along, most = i, part, weight
			}
		}
		if most == 0 {
			break
		}
		less, more := halves(shades, heaps[widest], along)
		heaps[widest] = less
		heaps = append(heaps, more)
	}
	return heaps
}

// spread is the part of their colour in which shades differ most, and how much
// that matters: 0 if there is but one.
func spread(shades []shade, heap []int) (part, weight int) {
	dots := 0
	for _, n := range heap {
		dots += shades[n].dots
	}
	for i := range 3 {
		least, most := 255, 0
		for _, n := range heap {
			p := shades[n].part(i)
			least, most = min(least, p), max(most, p)
		}
		if w := (most - least) * (most - least) * dots; w > weight {
			part, weight = i, w
		}
	}
	return part, weight
}

// halves parts shades into those with less of a part of the colour and those
// with more, so that there are about as many dots in both.
func halves(shades []shade, heap []int, part int) (less, more []int) {
	slices.SortFunc(heap, func(a, b int) int { return shades[a].part(part) - shades[b].part(part) })
	dots := 0
	for _, n := range heap {
		dots += shades[n].dots
	}
	i, before := 1, shades[heap[0]].dots
	for i < len(heap)-1 && 2*before < dots {
		before += shades[heap[i]].dots
		i++
	}
	return heap[:i:i], heap[i:]
}

// mean is the colour of all dots of some shades together.
func mean(shades []shade, heap []int) color.RGBA {
	var all shade
	for _, n := range heap {
		all.dots += shades[n].dots
		for i := range all.sum {
			all.sum[i] += shades[n].sum[i]
		}
	}
	return color.RGBA{uint8(all.part(0)), uint8(all.part(1)), uint8(all.part(2)), 255}
}
