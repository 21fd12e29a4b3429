package ui

import (
	"image"
	"image/color"

	"golang.org/x/image/draw"
)

const (
	cellWidth, cellHeight = 10, 20 // dots of a cell, about, in any terminal
	blockWidth            = 4      // dots of a cell of half blocks: in fewer cells there is nothing to see
	leastPicture          = 16     // dots; what is smaller is a counter, a line or a bullet
	leastRoom             = 8      // cells; in less there is nothing to see
	mostCells             = 297    // in a row or a column; kitty has numbers for no more
)

// cellsFor is how many cells of a shape a picture takes: one for so many dots of
// its width, or as fits into room columns and most rows. It is 0 by 0 if there
// is nothing to see.
func cellsFor(picture image.Image, dots int, shape image.Point, room, most int) (columns, rows int) {
	w, h := picture.Bounds().Dx(), picture.Bounds().Dy()
	room, most = min(room, mostCells), min(most, mostCells)
	if w < leastPicture || h < leastPicture || room < leastRoom || most < 1 {
		return 0, 0
	}
	columns = min((w+dots-1)/dots, room)
	if rows = rowsFor(columns, w, h, shape); rows > most {
		rows = most
		columns = min(max(most*shape.Y*w/(shape.X*h), 1), columns)
	}
	return columns, rows
}

// rowsFor is how many rows a picture w by h has in so many columns.
func rowsFor(columns, w, h int, shape image.Point) int {
	return max((columns*shape.X*h+w*shape.Y/2)/(w*shape.Y), 1)
}

// scaled is a picture on white, w dots by h.
func scaled(picture image.Image, w, h int) *image.RGBA {
	out := image.NewRGBA(image.Rect(0, 0, w, h))
	draw.Draw(out, out.Bounds(), image.NewUniform(color.White), image.Point{}, draw.Src)
	draw.BiLinear.Scale(out, out.Bounds(), picture, picture.Bounds(), draw.Over, nil)
	return out
}
