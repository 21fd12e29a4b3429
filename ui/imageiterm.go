package ui

import (
	"bytes"
	"encoding/base64"
	"fmt"
	"image"
	"image/jpeg"
	"strings"

	"github.com/charmbracelet/x/ansi"
	"github.com/charmbracelet/x/ansi/iterm2"
)

// itermPicture draws a picture in strips, each in the line it belongs to, so
// that a line that is written again, wherever it is by then, brings its strip
// along.
func itermPicture(picture image.Image, columns, rows int) (drawing, error) {
	dots := scaled(picture, columns*cellWidth, rows*cellHeight)
	d := drawing{}
	for y := range rows {
		strip := dots.SubImage(image.Rect(0, y*cellHeight, columns*cellWidth, (y+1)*cellHeight))
		var file bytes.Buffer
		if err := jpeg.Encode(&file, strip, &jpeg.Options{Quality: 80}); err != nil {
			return drawing{}, err
		}
		shown := ansi.ITerm2(iterm2.File{
			Size: int64(file.Len()), Width: iterm2.Cells(columns), Height: iterm2.Cells(1),
			IgnoreAspectRatio: true, Inline: true, DoNotMoveCursor: true,
			Content: []byte(base64.StdEncoding.EncodeToString(file.Bytes())),
		})
		shown = strings.TrimSuffix(shown, "\a") + "\x1b\\" // as links end
		d.rows = append(d.rows, underPicture(columns, shown))
	}
	return d, nil
}

// underPicture is a line of so many cells, and one more, that has a picture
// over them. They hold a space that no text has: where text takes its place,
// every cell has changed and is written.
func underPicture(columns int, picture string) string {
	return fmt.Sprintf("%s\x1b[%dD\x1b7%s\x1b8\x1b[%dC ", strings.Repeat("\u00a0", columns), columns, picture, columns)
}
