package cli

import (
	"context"
	"errors"
	"image"

	"github.com/muesli/termenv"

	"app/newsterm/feed"
	"app/newsterm/source"
	"app/newsterm/store"
	"app/newsterm/ui"
)

// pictures is how pictures are drawn in articles on a console that shows so
// many colours. There are none where there is no place to keep them.
func (a *app) pictures(setting string, colours termenv.Profile, tty console) ui.Pictures {
	p := ui.PicturesFor(setting, a.Getenv, colours)
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

// feedOf is the feed of an article; one that was left has but its address.
func (a *app) feedOf(ctx context.Context, article store.Article) (store.Feed, error) {
	f, err := a.db.FindFeed(ctx, article.FeedURL)
	if errors.Is(err, store.ErrNotFound) {
		return store.Feed{URL: article.FeedURL}, nil
	}
	return f, err
}
