package source

import (
	"bytes"
	"context"
	"errors"
	"fmt"
	"image"
	"image/color"
	_ "image/gif"  // which it
	_ "image/jpeg" // can
	_ "image/png"  // read
	"time"

	_ "golang.org/x/image/webp" // as well

	"app/newsterm/feed"
	"app/newsterm/store"
)

const (
	largestPicture = 10 << 20   // bytes of its file
	mostPixels     = 40_000_000 // of four bytes
	pictureTime    = 30 * time.Second
)

// Pictures brings the pictures in articles, and keeps their files in a folder,
// so that an article opened again has them at once, without the network. It
// may be used by many goroutines at once.
type Pictures struct {
	Client *feed.Client
	Folder string // made when it is needed
}

// Picture is the picture at an address in an article of f, of a moving one its
// beginning. The address is a stranger's: what is near this machine is asked
// only if f is there as well, or is a file. A picture that is too large, or of
// a kind that cannot be read, is an error.
func (p *Pictures) Picture(ctx context.Context, f store.Feed, address string) (image.Image, error) {
	if file, err := p.kept(address); err == nil {
		if picture, err := decode(file); err == nil {
			return picture, nil
		}
	}
	file, err := p.fetch(ctx, f, address)
	if err != nil {
		return nil, err
	}
	picture, err := decode(file)
	if err != nil {
		return nil, err
	}
	p.keep(address, file) // one that cannot be kept is shown all the same
	return picture, nil
}

func (p *Pictures) fetch(ctx context.Context, f store.Feed, address string) ([]byte, error) {
	c := asSet(p.Client, f, address)
	c.Public = host(f.URL) != "" && host(f.URL) != host(address)
	c.MaxBytes, c.Timeout = largestPicture, pictureTime
	return c.Picture(ctx, address)
}

// decode reads the file of a picture: a PNG, a JPEG, a GIF or a WebP. How large
// the picture is stands at its beginning, and is looked at first: a small file
// can unpack to more than this machine has.
func decode(file []byte) (picture image.Image, err error) {
	defer func() {
		if trouble := recover(); trouble != nil {
			picture, err = nil, errors.New("the picture is broken in a way that newsterm does not understand")
		}
	}()
	about, _, err := image.DecodeConfig(bytes.NewReader(file))
	if err != nil {
		return nil, errNoPicture
	}
	if pixels := int64(about.Width) * int64(about.Height) * weight(about.ColorModel); pixels > mostPixels {
		return nil, fmt.Errorf("the picture is too large: %d by %d", about.Width, about.Height)
	}
	if picture, _, err = image.Decode(bytes.NewReader(file)); err != nil {
		return nil, errNoPicture
	}
	return picture, nil
}

var errNoPicture = errors.New("this is not a whole picture in PNG, JPEG, GIF or WebP")

// weight is how many times four bytes a pixel takes, or may take while it is
// decoded: a JPEG that comes in several passes needs more than it is in the end.
func weight(m color.Model) int64 {
	switch m {
	case color.RGBA64Model, color.NRGBA64Model, color.YCbCrModel:
		return 2
	}
	return 1
}
