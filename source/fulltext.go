package source

import (
	"cmp"
	"context"
	"errors"
	"fmt"
	"math"
	"time"

	"golang.org/x/sync/errgroup"

	"app/newsterm/feed"
	"app/newsterm/store"
)

const (
	pagesPerRefresh = 100 // pages fetched in one refresh
	pagesAtOnce     = 16
)

// fullText is what the page of an article holds; nothing, if its server only
// wants to be left alone.
type fullText struct {
	article store.ArticleID
	html    string
	server  string
	until   time.Time // until when the server wants that; zero if it does not
}

// fullTexts fetches the pages of articles that arrived after since, for the
// feeds whose reader wants that, and keeps what is in them. When there are
// more than a refresh fetches, the next ones go on with them, as this one does
// with those that are waiting. A page that cannot be fetched is left: the feed
// has been read all the same.
func (w *Web) fullTexts(ctx context.Context, since store.Moment, waiting span) error {
	list, err := w.DB.Fresh(ctx, since.Last, 0, pagesPerRefresh)
	if err != nil {
		return err
	}
	if room := pagesPerRefresh - len(list); room > 0 && waiting.last > 0 {
		older, err := w.DB.Fresh(ctx, waiting.after, min(waiting.last, since.Last), room)
		if err != nil {
			return err
		}
		list = append(list, older...)
	}
	if waiting.last == 0 {
		waiting.after = since.Last
	}
	if len(list) == 0 {
		return w.waitForPages(ctx, span{})
	}
	waiting.last = list[0].ID
	if err := w.waitForPages(ctx, waiting); err != nil { // should this be interrupted
		return err
	}
	if err := w.fetchPages(ctx, list); err != nil {
		return err
	}
	if waiting.last = list[len(list)-1].ID - 1; len(list) < pagesPerRefresh || waiting.last <= waiting.after {
		waiting = span{}
	}
	return w.waitForPages(ctx, waiting)
}

// fetchPages fetches the pages of articles and keeps what is in them.
func (w *Web) fetchPages(ctx context.Context, list []store.Article) error {
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
	for _, a := range list {
		if _, quietly := parked[server(a.URL)]; !quietly {
			byHost[host(a.URL)] = append(byHost[host(a.URL)], a)
		}
	}
	for t := range w.pages(ctx, byHost, of) {
		err = errors.Join(err, w.keep(ctx, t))
	}
	return cmp.Or(ctx.Err(), err)
}

// keep keeps what a page brought.
func (w *Web) keep(ctx context.Context, t fullText) error {
	if !t.until.IsZero() {
		return w.DB.Park(ctx, t.server, t.until)
	}
	err := w.DB.SaveFullText(ctx, t.article, t.html)
	if errors.Is(err, store.ErrNotFound) { // pruned meanwhile
		return nil
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
						quiet := l.step(ctx, a.URL)
						if ctx.Err() != nil {
							return ctx.Err()
						}
						if !quiet.IsZero() {
							continue
						}
						atOnce <- struct{}{}
						page, err := w.Page(ctx, of[a.Feed], a.URL)
						<-atOnce
						switch until := l.heard(a.URL, err, w.DB.Now()); {
						case !until.IsZero():
							texts <- fullText{server: server(a.URL), until: until}
						case err == nil && page.HTML != "":
							texts <- fullText{article: a.ID, html: page.HTML}
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

// A span is of articles: those after one, up to a last one. It is empty
// without a last one.
type span struct{ after, last store.ArticleID }

// from is s and all articles that arrive after last.
func (s span) from(last store.ArticleID) span {
	if s.last == 0 {
		s.after = last
	}
	return span{s.after, math.MaxInt64}
}

// pagesSetting is under which the store remembers the span of articles whose
// pages are to be fetched by the next refreshes, the newest first.
const pagesSetting = "pages"

// waitingPages is that span.
func (w *Web) waitingPages(ctx context.Context) (s span, err error) {
	text, err := w.DB.Setting(ctx, pagesSetting)
	if _, bad := fmt.Sscanf(text, "%d-%d", &s.after, &s.last); bad != nil {
		return span{}, err
	}
	return s, err
}

// waitForPages remembers that span, if it is another than before.
func (w *Web) waitForPages(ctx context.Context, s span) error {
	text := ""
	if s != (span{}) {
		text = fmt.Sprintf("%d-%d", s.after, s.last)
	}
	before, err := w.DB.Setting(ctx, pagesSetting)
	if err != nil || text == before {
		return err
	}
	return w.DB.SetSetting(ctx, pagesSetting, text)
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
