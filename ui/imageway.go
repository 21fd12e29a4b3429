package ui

import (
	"context"
	"errors"
	"image"
	"strings"

	"github.com/muesli/termenv"

	"app/newsterm/store"
)

// A PictureWay is how pictures are drawn in the text of an article.
type PictureWay int

const (
	NoPictures PictureWay = iota // they are not even fetched
	HalfBlocks                   // two coloured dots in each cell
	Kitty                        // by the terminal: kitty's protocol, with a character for each cell
	ITerm                        // by the terminal: iTerm2's protocol, line by line
	Sixel                        // by the terminal: six rows of dots after the other, line by line
)

// String is w as a setting, or what there is in the place of one.
func (w PictureWay) String() string {
	return [...]string{"none", "blocks", "kitty", "iterm", "sixel"}[w]
}

// Pictures says which pictures are drawn, and how. The zero Pictures are none.
type Pictures struct {
	Way     PictureWay
	Asked   bool            // only in articles for which the reader asks
	Why     string          // why there are none; "" if the reader wants it so
	Tmux    bool            // what is for the terminal has to go through tmux
	Colours termenv.Profile // that the terminal shows

	Fetch func(ctx context.Context, a store.Article, address string) (image.Image, error)
	Send  func(sequence string) // to the terminal, all of it in one go
	Cell  func() image.Point    // how many dots a cell of the terminal has; zero if it does not tell
}

// Drawn is how pictures are drawn now: as long as the terminal does not tell
// how many dots a cell has there can be no sixels.
func (p Pictures) Drawn() PictureWay { return p.wayWith(p.cell()) }

// cell is how many dots a cell has, if that matters.
func (p Pictures) cell() image.Point {
	if p.Way != Sixel {
		return image.Point{}
	}
	return p.Cell()
}

// wayWith is how pictures are drawn if a cell has so many dots.
func (p Pictures) wayWith(cell image.Point) PictureWay {
	switch {
	case p.Way != Sixel || cell.X > 0 && cell.Y > 0:
		return p.Way
	case p.Colours >= termenv.ANSI:
		return NoPictures
	}
	return HalfBlocks
}

// errDotsUntold is why no picture is drawn where they could only be sixels.
var errDotsUntold = errors.New("this terminal does not tell how many dots a cell of it has")

// PictureSettings are the values that `images` can have in config.toml.
var PictureSettings = []string{"auto", "ask", "off", "blocks", "kitty", "iterm", "sixel"}

// PicturesFor is how pictures are drawn in a terminal that says of itself
// what stands in its environment. It is not asked: that could take time, and
// the answer would come among the keys.
//
// With "auto" they are drawn unasked only where drawing and scrolling them
// costs nothing: in kitty and Ghostty, on this machine.
func PicturesFor(setting string, getenv func(string) string, colours termenv.Profile) Pictures {
	own := terminalsOwn(getenv)
	switch {
	case setting == "off":
		return Pictures{}
	case setting == "sixel" && colours == termenv.ANSI && !multiplexed(getenv):
		return Pictures{Way: Sixel, Colours: colours}
	case colours >= termenv.ANSI:
		return Pictures{Why: "this terminal shows too few colours for pictures"}
	case setting == "blocks", (setting == "iterm" || setting == "sixel") && multiplexed(getenv):
		return Pictures{Way: HalfBlocks, Colours: colours}
	case setting == "kitty":
		return Pictures{Way: Kitty, Colours: colours, Tmux: getenv("TMUX") != ""}
	case setting == "iterm":
		return Pictures{Way: ITerm}
	case setting == "sixel":
		return Pictures{Way: Sixel, Colours: colours}
	}
	return Pictures{Way: own, Colours: colours, Asked: setting == "ask" || own != Kitty}
}

// terminalsOwn is the best way to draw that the terminal is known to have.
// Over a line, a picture of the terminal's own takes a megabyte, and one of
// half blocks less than a tenth of it.
func terminalsOwn(getenv func(string) string) PictureWay {
	term, program := getenv("TERM"), getenv("TERM_PROGRAM")
	switch {
	case multiplexed(getenv), getenv("SSH_CONNECTION") != "", getenv("SSH_TTY") != "":
		return HalfBlocks
	case term == "xterm-kitty", term == "xterm-ghostty", program == "ghostty",
		program == "" && getenv("KITTY_WINDOW_ID") != "":
		return Kitty
	case program == "iTerm.app", program == "WezTerm":
		return ITerm
	case strings.HasPrefix(term, "foot"), strings.HasPrefix(term, "mlterm"):
		return Sixel
	}
	return HalfBlocks
}

// multiplexed reports whether another program stands between us and the terminal
// and lets through only what it understands: tmux, screen, Zellij.
func multiplexed(getenv func(string) string) bool {
	term := getenv("TERM")
	return getenv("TMUX") != "" || getenv("STY") != "" || getenv("ZELLIJ") != "" ||
		strings.HasPrefix(term, "tmux") || strings.HasPrefix(term, "screen")
}
