package source

import (
	"cmp"
	"context"
	"errors"
	"fmt"
	"net/url"
	"slices"
	"strings"
	"time"

	"golang.org/x/sync/errgroup"

	"app/newsterm/feed"
	"app/newsterm/store"
)

// Web reads feeds straight from their publishers.
//
//	feeds that are due ─▶ a line a host, ─▶ results ─▶ one writer ─▶ store
//	    and claimed       two runners each                └─▶ Progress
type Web struct {
	DB      *store.DB
	Client  *feed.Client
	Workers int           // feeds fetched at once; zero means 128
	Every   time.Duration // between fetches of a feed of which nothing is known; zero means half an hour

	Opened time.Time // articles read since then stay, whatever their feed keeps

	// Jitter is a number from -1 to 1, always the same for a feed, by which
	// its times are moved up to a tenth. Nil is one made of its address.
	Jitter func(store.Feed) float64
	// Pause is the time between two requests to a host. Nil is a fifth of a
	// second and a little, and none for this machine.
	Pause func(host string) time.Duration
}

const (
	perHost  = 2  // requests to one host at a time
	perBatch = 32 // feeds saved in one transaction

	// mostIndexed is how many new articles a refresh puts into the full-text
	// index, none if there are more, as after a first refresh of many feeds.
	// Nobody should wait for that: the screen indexes what is left beside
	// everything else, and a search before it begins.
	mostIndexed = 1000
)

// result is one feed back from the network, or left alone.
type result struct {
	feed  store.Feed
	doc   *feed.Doc
	err   error
	whole bool      // it was asked for whether it has changed or not
	left  string    // why it was not asked; "" if it was
	until time.Time // until when its host wants to be left alone; zero if it does not say
}

// Refresh brings the store up to date, reporting each feed as it is saved.
// The first step carries only the total. The channel is closed when the work
// is over, and the full-text index complete unless much was new; a caller who
// stops listening must cancel ctx.
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

func (w *Web) refresh(ctx context.Context, which Which, report func(Progress)) (err error) {
	due, err := w.due(ctx, which)
	if err != nil {
		return err
	}
	before, err := w.DB.Moment(ctx)
	if err != nil {
		return err
	}
	pages, err := w.waitingPages(ctx)
	if err != nil {
		return err
	}
	claim, err := w.DB.Claim(ctx, due)
	if err != nil {
		return err
	}
	defer func() { err = errors.Join(err, w.DB.Release(context.WithoutCancel(ctx), claim)) }()
	ctx, cancel := context.WithCancel(ctx)
	defer cancel() // nothing is fetched that nobody waits for
	ask, left, err := w.sort(ctx, due, claim, which)
	if err != nil {
		return fmt.Errorf("list hosts: %w", err)
	}
	if slices.ContainsFunc(ask, func(f store.Feed) bool { return f.FullText }) {
		if err := w.waitForPages(ctx, pages.from(before.Last)); err != nil { // should this be interrupted
			return err
		}
	}
	p := Progress{Total: len(ask) + len(left)}
	report(p)
	added := 0
	for batch := range batches(w.fetch(ctx, ask, left)) {
		for _, step := range w.save(ctx, batch, claim) {
			p.Done, added = p.Done+1, added+step.Added
			step.Done, step.Total = p.Done, p.Total
			report(step)
		}
		if claim, err = w.DB.Extend(ctx, claim); err != nil {
			return fmt.Errorf("go on: %w", err)
		}
	}
	if _, err := w.DB.PruneKept(ctx, w.Opened); err != nil {
		return fmt.Errorf("drop what is not kept: %w", err)
	}
	if err := w.fullTexts(ctx, before, pages); err != nil {
		return fmt.Errorf("keep full texts: %w", err)
	}
	if added > mostIndexed { // which would take longer than the refresh
		return ctx.Err()
	}
	if err := w.DB.IndexSome(ctx, added); err != nil {
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
	now := w.DB.Now()
	var due []store.Feed
	for _, f := range feeds {
		if f.URL != HandbookURL && which.has(f, now) {
			due = append(due, f)
		}
	}
	return due, nil
}

// sort tells the feeds to ask for from those to leave alone: those of servers
// that want it so, unless they are named, and named ones that somebody else
// is refreshing. Others that somebody else refreshes are nobody's business.
func (w *Web) sort(ctx context.Context, due []store.Feed, claim store.Claim, which Which) (ask []store.Feed, left []result, err error) {
	parked, err := w.DB.Parked(ctx)
	if err != nil {
		return nil, nil, err
	}
	named := len(which.Feeds) > 0
	for _, f := range due {
		until, quietly := parked[server(f.URL)]
		switch {
		case !claim.Feeds[f.ID] && named:
			left = append(left, result{feed: f, left: "being refreshed by another newsterm"})
		case !claim.Feeds[f.ID]:
		case f.Disabled:
			left = append(left, result{feed: f, left: errDisabled.Error()})
		case quietly && !named:
			left = append(left, result{feed: f, left: quiet(server(f.URL), until), until: until})
		default:
			ask = append(ask, f)
		}
	}
	return ask, left, nil
}

// fetch fetches feeds, few at once to a host and in all, the longest lines
// first. Before them come those that were left alone. The channel is closed
// when all are done or ctx is.
func (w *Web) fetch(ctx context.Context, feeds []store.Feed, left []result) <-chan result {
	results := make(chan result, perBatch)
	atOnce := make(chan struct{}, cmp.Or(w.Workers, 128))
	go func() {
		defer close(results)
		give := func(r result) error {
			select {
			case results <- r:
				return nil
			case <-ctx.Done():
				return ctx.Err()
			}
		}
		for _, r := range left {
			if give(r) != nil {
				return
			}
		}
		var runners errgroup.Group
		for _, l := range w.lines(feeds) {
			for range min(perHost, len(l.feeds)) {
				runners.Go(func() error {
					for f := range l.feeds {
						r := w.ask(ctx, l, f, atOnce)
						if err := cmp.Or(ctx.Err(), give(r)); err != nil {
							return err
						}
					}
					return nil
				})
			}
		}
		runners.Wait()
	}()
	return results
}

// ask fetches f when its turn has come, unless its server wants to be left
// alone.
func (w *Web) ask(ctx context.Context, l *line, f store.Feed, atOnce chan struct{}) result {
	if until := l.step(ctx, f.URL); !until.IsZero() {
		return result{feed: f, left: quiet(server(f.URL), until), until: until}
	}
	cache, whole := f.Cache, stuck(f)
	if whole {
		cache = feed.Cache{Hash: cache.Hash}
	}
	atOnce <- struct{}{}
	doc, err := fetch(ctx, w.Client, f, cache)
	<-atOnce
	return result{feed: f, doc: doc, err: err, whole: whole, until: l.heard(f.URL, err, w.DB.Now())}
}

// lines puts feeds in line at their hosts, the longest lines first.
func (w *Web) lines(feeds []store.Feed) []*line {
	byHost := map[string][]store.Feed{}
	for _, f := range feeds {
		h := cmp.Or(host(f.URL), f.URL) // files and programs wait for nobody
		byHost[h] = append(byHost[h], f)
	}
	lines := make([]*line, 0, len(byHost))
	for h, list := range byHost {
		lines = append(lines, newLine(h, list, w.Pause))
	}
	slices.SortFunc(lines, func(a, b *line) int { return cmp.Compare(len(b.feeds), len(a.feeds)) })
	return lines
}

// host is the machine of an address; "" for a file or a program.
func host(address string) string {
	u, err := url.Parse(address)
	if err != nil || IsProgram(address) {
		return ""
	}
	return strings.ToLower(u.Hostname())
}

// server is host with the port, if that is not the usual one: who listens at
// another does not speak for this one.
func server(address string) string {
	u, err := url.Parse(address)
	if err != nil || IsProgram(address) {
		return ""
	}
	at := strings.ToLower(u.Host)
	switch u.Scheme + ":" + u.Port() {
	case "http:80", "https:443":
		at = strings.TrimSuffix(at, ":"+u.Port())
	}
	return at
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

// save keeps what a batch brought and returns a step for each feed. Claims on
// feeds that are done with end.
func (w *Web) save(ctx context.Context, batch []result, claim store.Claim) []Progress {
	added := map[store.FeedID]int{}
	list, err := w.settled(ctx, batch, claim)
	if err == nil {
		var n []int
		n, err = w.DB.SaveMany(ctx, list...)
		for i := range n {
			added[list[i].Feed.ID] = n[i]
			delete(claim.Feeds, list[i].Feed.ID)
		}
	}
	steps := make([]Progress, len(batch))
	for i, r := range batch {
		steps[i] = Progress{Feed: r.feed.Title, URL: r.feed.URL, Added: added[r.feed.ID], Left: r.left, Err: err}
		if r.err != nil && !errors.Is(r.err, feed.ErrNotModified) {
			steps[i].Err = r.err
		}
	}
	return steps
}
