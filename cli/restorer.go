package cli

import (
	"cmp"
	"context"
	"fmt"
	"net/url"
	"slices"
	"time"

	"app/newsterm/feed"
	"app/newsterm/source"
	"app/newsterm/store"
)

// A restorer takes in the records of an export, feed by feed.
//
//	feed ──▶ subscribe ──▶ its articles ──▶ save what is new ──▶ marks
type restorer struct {
	db    *store.DB
	dry   bool
	feeds map[string]store.Feed // by address
	links map[string]store.Feed // by address, in the form for comparing

	url     string     // of the feed at hand, as the file shows it
	at      store.Feed // the feed at hand
	isNew   bool
	leave   bool                // it had been left
	had     map[string]bool     // articles that it has or dropped, by guid
	waiting []store.Earlier     // not saved yet
	undated int                 // articles that say neither when they were published nor where they stand
	dropped []store.Tombstone   // to be kept when all are saved
	wanted  map[string]restored // what to do when all are saved, by guid

	newFeeds, newArticles, marks, newDropped, newQueries, newMutes int

	programs []feed.Sub // new feeds that programs print

	records     int  // of the file, without its first line
	ends, ended bool // it is to have an end, and has one
	missing     int  // records that the end counts, and that were not there
	damaged     bool
}

// A restored is what an article gets after it has been saved.
type restored struct {
	read, starred bool
	fullText      string
}

// take takes in one record.
func (t *restorer) take(ctx context.Context, rec record) error {
	switch {
	case rec.End != nil:
		t.ended, t.missing = true, rec.End.Records-t.records
		return nil
	case rec.Query != nil:
		added, err := keepQuery(ctx, t.db, store.SavedQuery(*rec.Query), t.dry)
		if added {
			t.newQueries++
		}
		return err
	case rec.Mute != nil:
		added, err := keepMute(ctx, t.db, *rec.Mute, t.dry)
		if added {
			t.newMutes++
		}
		return err
	case rec.Feed != nil:
		if err := t.finish(ctx); err != nil {
			return err
		}
		return t.begin(ctx, *rec.Feed)
	case rec.Article != nil && !t.has(rec.Article.FeedURL), rec.Dropped != nil && !t.has(rec.Dropped.FeedURL):
		t.damaged = t.damaged || t.had != nil
		return badRecord("the feed of this article was left out")
	case rec.Article != nil:
		return t.article(ctx, *rec.Article)
	case rec.Dropped != nil:
		return t.drop(*rec.Dropped)
	}
	return nil // a kind that a later version added
}

// has reports whether the feed at hand is the one that a record names, as those
// of older programs do not always. It is not if the line of that feed is lost.
func (t *restorer) has(url string) bool {
	return t.had != nil && (url == "" || url == t.url)
}

// find is the feed that is at the address of f, or at one at which f was
// before. Of feeds that only the form of their addresses tells apart it is the
// one that has the very same, if f is followed as much.
func (t *restorer) find(f exportedFeed) (at store.Feed, there bool) {
	for _, address := range append([]string{f.URL}, f.Was...) {
		if at, there = t.feeds[address]; there && (f.Archived || !at.Archived) {
			return at, true
		}
		if at, there = t.links[feed.NormalLink(address)]; there {
			return at, true
		}
	}
	return store.Feed{}, false
}

// begin makes f the feed at hand. One that was left here and is followed there
// comes back, as it does from OPML.
func (t *restorer) begin(ctx context.Context, f exportedFeed) error {
	t.had, t.url, t.undated = nil, feed.Shown(f.URL), 0
	program := source.NamesProgram(f.URL)
	if !program && f.URL != source.HandbookURL && !source.IsFeedAddress(f.URL) {
		return badRecord(fmt.Sprintf("%q is not the address of a feed", f.URL))
	}
	at, there := t.find(f)
	t.at, t.isNew, t.leave = at, !there, f.Archived
	t.wanted, t.dropped = map[string]restored{}, nil
	if !there || at.Archived && !f.Archived {
		t.newFeeds++
		if there {
			f.URL = at.URL
		}
		if program {
			t.programs, f.Disabled = append(t.programs, feed.Sub{URL: f.URL}), true
		}
		if err := t.subscribe(ctx, f); err != nil {
			return err
		}
		t.feeds[f.URL], t.links[feed.NormalLink(f.URL)] = t.at, t.at
	}
	had, err := t.guids(ctx)
	t.had = had
	return err
}

// subscribe adds the feed at hand as its reader had it, and its publisher
// called it.
func (t *restorer) subscribe(ctx context.Context, f exportedFeed) (err error) {
	if t.dry {
		return nil
	}
	t.at, _, err = t.db.Subscribe(ctx, feed.Sub{
		URL: f.URL, Title: f.Name, Site: ofWeb(f.Site), Folder: f.Folder, Tags: f.Tags,
		Every: time.Duration(f.Every) * time.Second, Keep: f.Keep, Muted: f.Muted, Disabled: f.Disabled,
	})
	if err != nil {
		return err
	}
	set := func(now *store.Feed) {
		now.UserAgent, now.FullText = cmp.Or(f.UserAgent, now.UserAgent), f.FullText || now.FullText
	}
	if err := t.db.Change(ctx, set, t.at.ID); err != nil {
		return err
	}
	if _, err := t.db.Save(ctx, t.at.ID, &feed.Doc{URL: f.URL, Title: feed.Line(f.Title), Language: feed.Line(f.Language)}); err != nil {
		return err
	}
	return t.db.AddAddresses(ctx, t.at.ID, slices.DeleteFunc(f.Was, func(was string) bool { return !source.IsFeedAddress(was) })...)
}

// guids names the articles that the feed at hand has already, or dropped.
func (t *restorer) guids(ctx context.Context) (map[string]bool, error) {
	had := map[string]bool{}
	dropped, err := t.db.Tombstones(ctx, t.at.ID)
	if err != nil {
		return nil, err
	}
	for _, x := range dropped {
		had[x.GUID] = true
	}
	err = t.each(ctx, func(a store.Article) error {
		had[a.GUID] = true
		return nil
	})
	return had, err
}

// each calls f for every article of the feed at hand.
func (t *restorer) each(ctx context.Context, f func(store.Article) error) error {
	page := store.Page{Limit: pageful}
	for t.at.ID != 0 {
		list, err := t.db.Articles(ctx, store.FeedQuery(t.at.ID).WithMuted(), page)
		if err != nil {
			return err
		}
		for _, a := range list {
			if err := f(a); err != nil {
				return err
			}
		}
		if len(list) < pageful {
			return nil
		}
		page.After = list[len(list)-1].Place()
	}
	return nil
}

// article keeps an article for the next save.
func (t *restorer) article(ctx context.Context, x exportedArticle) error {
	if x.GUID = feed.Safe(x.GUID); x.GUID == "" {
		return badRecord("this article has no guid")
	}
	if x.Read || x.Starred || x.FullText != "" {
		t.wanted[x.GUID] = restored{x.Read, x.Starred, x.FullText}
	}
	if t.had[x.GUID] || t.at.URL == source.HandbookURL {
		return nil
	}
	t.had[x.GUID] = true
	if t.newArticles++; t.dry {
		return nil
	}
	next := t.earlier(x)
	if n := len(t.waiting); n >= pageful && placed(t.waiting[n-1]) != placed(next) { // those of one date are told apart by their numbers
		if err := t.save(ctx); err != nil {
			return err
		}
	}
	t.waiting = append(t.waiting, next)
	return nil
}

// earlier is x as it is saved. Where one without any date stands, its place in
// the file tells.
func (t *restorer) earlier(x exportedArticle) store.Earlier {
	if x.Published.IsZero() && x.Date.IsZero() {
		x.Date = cmp.Or(x.Arrived, t.db.Now()).Add(-time.Duration(t.undated) * time.Second)
		t.undated++
	}
	return store.Earlier{Item: x.item(), Arrived: x.Arrived, Date: x.Date}
}

// placed is the date that tells where e stands.
func placed(e store.Earlier) time.Time { return cmp.Or(e.Published, e.Date) }

// drop keeps an article that was dropped for the next finish, unless the feed
// at hand has it.
func (t *restorer) drop(x exportedDropped) error {
	if x.GUID = feed.Safe(x.GUID); x.GUID == "" {
		return badRecord("this article has no guid")
	}
	if t.had[x.GUID] {
		return nil
	}
	t.had[x.GUID] = true
	t.newDropped++
	t.dropped = append(t.dropped, store.Tombstone{GUID: x.GUID, URL: ofWeb(x.URL), Title: x.Title, Published: x.Published, Read: x.Read, Dropped: x.At})
	return nil
}

// save keeps the articles that wait.
func (t *restorer) save(ctx context.Context) error {
	if len(t.waiting) == 0 {
		return nil
	}
	list := t.waiting
	t.waiting = nil
	_, err := t.db.SaveEarlier(ctx, t.at.ID, &feed.Doc{URL: t.at.URL}, list)
	return err
}

// finish saves what is left of the feed at hand, sets its marks, of which none
// is taken away, and keeps what was dropped of it.
func (t *restorer) finish(ctx context.Context) error {
	if err := t.save(ctx); err != nil {
		return err
	}
	var read, starred []store.ArticleID
	if err := t.each(ctx, func(a store.Article) error {
		w := t.wanted[a.GUID]
		if w.read && !a.Read {
			read = append(read, a.ID)
		}
		if w.starred && !a.Starred {
			starred = append(starred, a.ID)
		}
		if w.fullText != "" && !a.HasFullText && !t.dry {
			return t.db.SaveFullText(ctx, a.ID, w.fullText)
		}
		return nil
	}); err != nil {
		return err
	}
	t.wanted = nil
	t.marks += len(read) + len(starred)
	if t.dry {
		return nil
	}
	if _, err := t.db.Mark(ctx, store.Read, true, read...); err != nil {
		return err
	}
	if _, err := t.db.Mark(ctx, store.Starred, true, starred...); err != nil {
		return err
	}
	if _, err := t.db.AddTombstones(ctx, t.at.ID, t.dropped...); err != nil {
		return err
	}
	if t.isNew && t.leave && t.at.ID != 0 {
		return t.db.Unsubscribe(ctx, t.at.ID)
	}
	return nil
}

// item is x as its publisher wrote it, cleaned: a file is a stranger too.
func (x exportedArticle) item() feed.Item {
	item := feed.Item{
		GUID:      x.GUID,
		URL:       ofWeb(x.URL),
		Comments:  ofWeb(x.CommentsURL),
		Title:     feed.Line(x.Title),
		Published: x.Published,
		Updated:   x.Updated,
		HTML:      feed.Safe(x.HTML),
		Summary:   feed.Cut(feed.Line(x.Summary), feed.SummaryLen),
	}
	for _, name := range x.Authors {
		item.Authors = append(item.Authors, feed.Line(name))
	}
	for _, name := range x.Categories {
		item.Categories = append(item.Categories, feed.Line(name))
	}
	for _, e := range x.Enclosures {
		if e.URL = ofWeb(e.URL); e.URL != "" {
			e.Type, e.Title = feed.Line(e.Type), feed.Line(e.Title)
			item.Enclosures = append(item.Enclosures, e)
		}
	}
	return item
}

// ofWeb is an address of the web; "" for any other.
func ofWeb(address string) string {
	address = feed.Line(address)
	u, err := url.Parse(address)
	if err != nil || u.Scheme != "http" && u.Scheme != "https" {
		return ""
	}
	return address
}
