package source

import (
	"cmp"
	"context"
	"errors"
	"fmt"
	"net/url"
	"time"

	"golang.org/x/sync/errgroup"

	"app/newsterm/feed"
	"app/newsterm/store"
)

// Web reads feeds straight from their publishers.
//
//	feeds that are due ─▶ two runners a host ─▶ results ─▶ one writer ─▶ store
//	                      (Workers at once)                     └─▶ Progress
type Web struct {
	DB      *store.DB
	Client  *feed.Client
	Workers int           // feeds fetched at once; zero means 16
	Every   time.Duration // a feed is due this long after it was last checked; zero means 15 minutes
}

const (
	perHost  = 2  // requests to one host at a time
	perBatch = 32 // feeds saved in one transaction
)

// result is one feed back from the network.
type result struct {
	feed store.Feed
	doc  *feed.Doc
	err  error
}

// Refresh brings the store up to date, reporting each feed as it is saved.
// The first step carries only the total. The channel is closed when the work
// is over, the full-text index included; a caller who stops listening must
// cancel ctx.
func (w *Web) Refresh(ctx context.Context, which Which) <-chan Progress {
	steps := make(chan Progress)
	go func() {
		defer close(steps)
		report := func(p Progress) {
			select {
			case steps <- p:
			case <-ctx.Done():
			}
		}
		if err := w.refresh(ctx, which, report); err != nil && ctx.Err() == nil {
			report(Progress{Err: err})
		}
	}()
	return steps
}

func (w *Web) refresh(ctx context.Context, which Which, report func(Progress)) error {
	due, err := w.due(ctx, which)
	if err != nil {
		return fmt.Errorf("list feeds: %w", err)
	}
	p := Progress{Total: len(due)}
	report(p)
	results := w.fetch(ctx, due)
	for batch := range batches(results) {
		for _, step := range w.save(ctx, batch) {
			p.Done++
			step.Done, step.Total = p.Done, p.Total
			report(step)
		}
	}
	if err := w.DB.Index(ctx); err != nil {
		return fmt.Errorf("index new articles: %w", err)
	}
	return ctx.Err()
}

// due lists the feeds that which chooses.
func (w *Web) due(ctx context.Context, which Which) ([]store.Feed, error) {
	feeds, err := w.DB.Feeds(ctx)
	if err != nil {
		return nil, err
	}
	before := w.DB.Now().Add(-cmp.Or(w.Every, 15*time.Minute))
	var due []store.Feed
	for _, f := range feeds {
		if f.URL != HandbookURL && which.has(f, f.Checked.Before(before)) {
			due = append(due, f)
		}
	}
	return due, nil
}

// fetch fetches feeds, few at once to a host and in all. The channel is
// closed when all are done or ctx is.
func (w *Web) fetch(ctx context.Context, feeds []store.Feed) <-chan result {
	results := make(chan result, perBatch)
	atOnce := make(chan struct{}, cmp.Or(w.Workers, 16))
	go func() {
		defer close(results)
		var runners errgroup.Group
		for _, queue := range byHost(feeds) {
			for range min(perHost, len(queue)) {
				runners.Go(func() error {
					for f := range queue {
						atOnce <- struct{}{}
						doc, err := w.Client.Fetch(ctx, f.URL, f.Cache)
						<-atOnce
						if ctx.Err() != nil {
							return ctx.Err()
						}
						results <- result{f, doc, err}
					}
					return nil
				})
			}
		}
		runners.Wait()
	}()
	return results
}

// byHost returns, for each host, a closed channel that holds its feeds.
func byHost(feeds []store.Feed) map[string]chan store.Feed {
	count := map[string]int{}
	for _, f := range feeds {
		count[host(f.URL)]++
	}
	queues := map[string]chan store.Feed{}
	for h, n := range count {
		queues[h] = make(chan store.Feed, n)
	}
	for _, f := range feeds {
		queues[host(f.URL)] <- f
	}
	for _, q := range queues {
		close(q)
	}
	return queues
}

func host(address string) string {
	u, err := url.Parse(address)
	if err != nil {
		return ""
	}
	return u.Hostname()
}

// batches gathers results that are ready together, so that they can be saved
// in one transaction.
func batches(results <-chan result) func(yield func([]result) bool) {
	return func(yield func([]result) bool) {
		for r := range results {
			batch := []result{r}
			for more := true; more && len(batch) < perBatch; {
				select {
				case r, ok := <-results:
					if more = ok; ok {
						batch = append(batch, r)
					}
				default:
					more = false
				}
			}
			if !yield(batch) {
				return
			}
		}
	}
}

// save keeps what a batch brought and returns a step for each feed.
func (w *Web) save(ctx context.Context, batch []result) []Progress {
	var fetched []store.Fetched
	var at []int // the step of each of fetched
	steps := make([]Progress, len(batch))
	for i, r := range batch {
		steps[i].Feed, steps[i].URL = r.feed.Title, r.feed.URL
		switch {
		case errors.Is(r.err, feed.ErrNotModified):
			steps[i].Err = w.DB.Unchanged(ctx, r.feed.ID, r.doc.Cache)
		case r.err != nil:
			steps[i].Err = cmp.Or(w.DB.Failed(ctx, r.feed.ID, r.err), r.err)
		default:
			fetched, at = append(fetched, store.Fetched{Feed: r.feed.ID, Doc: r.doc}), append(at, i)
		}
	}
	added, err := w.DB.SaveMany(ctx, fetched...)
	for j, i := range at {
		if steps[i].Err = err; err == nil {
			steps[i].Added = added[j]
		}
	}
	return steps
}
