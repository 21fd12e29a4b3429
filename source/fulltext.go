package source

import (
	"context"
	"errors"

	"golang.org/x/sync/errgroup"

	"app/newsterm/feed"
	"app/newsterm/store"
)

const (
	pagesPerRefresh = 100 // pages fetched in one refresh
	pagesAtOnce     = 16
)

// fullText is what the page of an article holds.
type fullText struct {
	article store.ArticleID
	html    string
}

// fullTexts fetches the pages of articles that arrived after since, for the
// feeds whose reader wants that, and keeps what is in them. A page that cannot
// be fetched is left: the feed has been read all the same.
func (w *Web) fullTexts(ctx context.Context, since store.Moment) error {
	fresh, err := w.DB.Fresh(ctx, since, pagesPerRefresh)
	if err != nil || len(fresh) == 0 {
		return err
	}
	feeds, err := w.DB.Feeds(ctx)
	if err != nil {
		return err
	}
	of := make(map[store.FeedID]store.Feed, len(feeds))
	for _, f := range feeds {
		of[f.ID] = f
	}
	parked, err := w.DB.Parked(ctx)
	if err != nil {
		return err
	}
	byHost := map[string][]store.Article{}
	for _, a := range fresh {
		if _, quietly := parked[host(a.URL)]; !quietly {
			byHost[host(a.URL)] = append(byHost[host(a.URL)], a)
		}
	}
	for t := range w.pages(ctx, byHost, of) {
		saved := w.DB.SaveFullText(ctx, t.article, t.html)
		if saved != nil && !errors.Is(saved, store.ErrNotFound) {
			err = errors.Join(err, saved)
		}
	}
	return err
}

// pages fetches the pages of articles, two at a time from a host. The channel
// is closed when all are done or ctx is.
func (w *Web) pages(ctx context.Context, byHost map[string][]store.Article, of map[store.FeedID]store.Feed) <-chan fullText {
	texts := make(chan fullText)
	atOnce := make(chan struct{}, pagesAtOnce)
	go func() {
		defer close(texts)
		var runners errgroup.Group
		for h, articles := range byHost {
			l, queue := newLine(h, nil, w.Pause), queued(articles)
			for range min(perHost, len(articles)) {
				runners.Go(func() error {
					for a := range queue {
						if quiet := l.step(ctx); !quiet.IsZero() || ctx.Err() != nil {
							return ctx.Err()
						}
						atOnce <- struct{}{}
						page, err := w.Page(ctx, of[a.Feed], a.URL)
						<-atOnce
						l.heard(err, w.DB.Now())
						if err == nil && page.HTML != "" {
							texts <- fullText{a.ID, page.HTML}
						}
					}
					return nil
				})
			}
		}
		runners.Wait()
	}()
	return texts
}

// queued is a closed channel that holds articles.
func queued(articles []store.Article) <-chan store.Article {
	queue := make(chan store.Article, len(articles))
	for _, a := range articles {
		queue <- a
	}
	close(queue)
	return queue
}

// Page fetches the page of an article of f, as the reader has set for f, and
// returns the article in it. The address is a stranger's: what is near this
// machine is asked only if f is there as well, or is a file.
func (w *Web) Page(ctx context.Context, f store.Feed, address string) (*feed.Page, error) {
	c := asSet(w.Client, f, address)
	c.Public = host(f.URL) != "" && host(f.URL) != host(address)
	return c.Page(ctx, address)
}
