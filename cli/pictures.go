package cli

import (
	"context"
	"errors"
	"image"
	"os"
	"path/filepath"
	"regexp"
	"strconv"

	"github.com/creack/pty"
	"github.com/muesli/termenv"

	"app/newsterm/feed"
	"app/newsterm/source"
	"app/newsterm/store"
	"app/newsterm/ui"
)

// pictures is how pictures are drawn in articles on a console that shows so
// many colours. There are none where there is no place to keep them.
func (a *app) pictures(setting string, colours termenv.Profile, tty console) ui.Pictures {
	p := a.drawing(setting, colours, tty.out)
	folder, err := a.place("", "NEWSTERM_PICTURES", "XDG_CACHE_HOME", ".cache", "pictures")
	if err != nil && p.Way != ui.NoPictures {
		return ui.Pictures{Why: err.Error()}
	}
	from := &source.Pictures{Client: &feed.Client{}, Folder: folder}
	p.Fetch = func(ctx context.Context, article store.Article, address string) (image.Image, error) {
		f, err := a.feedOf(ctx, article)
		if err != nil {
			return nil, err
		}
		return from.Picture(ctx, f, address)
	}
	p.Send = func(sequence string) { tty.out.WriteString(sequence) }
	return p
}

// drawing is how pictures are drawn, but for where they come from.
func (a *app) drawing(setting string, colours termenv.Profile, tty *os.File) ui.Pictures {
	p := ui.PicturesFor(setting, a.Getenv, colours)
	p.Cell = func() image.Point { return cell(tty) }
	if p.Way == ui.Kitty && !p.Tmux && isOldKitty(a.Getenv("KITTY_INSTALLATION_DIR")) {
		p.Way, p.Asked = ui.HalfBlocks, setting != "kitty"
	}
	return p
}

// isOldKitty reports whether the kitty that is installed in a folder is one before
// 0.28: those show the characters that stand for a picture. Its environment does
// not tell which it is, but its program does; what cannot be read is taken for a
// newer one.
func isOldKitty(folder string) bool {
	if folder == "" {
		return false
	}
	program, err := os.ReadFile(filepath.Join(folder, "kitty", "constants.py"))
	if err != nil {
		return false
	}
	said := kittyVersion.FindSubmatch(program)
	if said == nil {
		return false
	}
	n, err := strconv.Atoi(string(said[1]))
	return err == nil && n < 28
}

// kittyVersion is how kitty's program says which one it is.
var kittyVersion = regexp.MustCompile(`(?m)^version: Version = Version\(0, (\d+), \d+\)`)

// cell is how many dots a cell of a terminal has; zero if it does not say.
func cell(tty *os.File) image.Point {
	size, err := pty.GetsizeFull(tty)
	if err != nil || size.Cols == 0 || size.Rows == 0 {
		return image.Point{}
	}
	return image.Pt(int(size.X/size.Cols), int(size.Y/size.Rows))
}

// feedOf is the feed of an article; one that was left has but its address.
func (a *app) feedOf(ctx context.Context, article store.Article) (store.Feed, error) {
	f, err := a.db.FindFeed(ctx, article.FeedURL)
	if errors.Is(err, store.ErrNotFound) {
		return store.Feed{URL: article.FeedURL}, nil
	}
	return f, err
}
