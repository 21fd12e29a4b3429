package cli

import (
	"bufio"
	"bytes"
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"io"
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
	feeds map[string]store.Feed // by address, at the start

	at      store.Feed // the feed at hand
	isNew   bool
	leave   bool                // it had been left
	had     map[string]bool     // articles that it has or dropped, by guid
	waiting []exportedArticle   // not saved yet
	dropped []store.Tombstone   // to be kept when all are saved
	wanted  map[string]restored // what to do when all are saved, by guid

	newFeeds, newArticles, marks, newDropped, newQueries int

	programs []feed.Sub // new feeds that programs print
}

// A restored is what an article gets after it has been saved.
type restored struct {
	read, starred bool
	fullText      string
}

// atOnce is how many articles are saved in one transaction.
const atOnce = 1000

// takeRecords imports what export json has printed. A line that cannot be
// read is told, and the rest taken.
func (a *app) takeRecords(ctx context.Context, r *bufio.Reader, dry bool) error {
	first, err := r.ReadBytes('\n')
	if err != nil && !errors.Is(err, io.EOF) {
		return err
	}
	var head record
	if json.Unmarshal(first, &head) != nil || head.Newsterm == 0 {
		return errors.New("this is neither OPML nor what newsterm export json prints")
	}
	if head.Newsterm > exportVersion {
		return errors.New("a newer newsterm has printed this; upgrade newsterm to read it")
	}
	db, err := a.library(ctx)
	if err != nil {
		return err
	}
	feeds, err := everyFeed(ctx, db)
	if err != nil {
		return err
	}
	t := restorer{db: db, dry: dry, feeds: feeds}
	if err := a.takeLines(ctx, r, &t); err != nil {
		return err
	}
	if err := db.Index(ctx); err != nil {
		return err
	}
	return a.saidRestored(t, dry)
}

// saidRestored sums up takeRecords.
func (a *app) saidRestored(t restorer, dry bool) error {
	a.tellPrograms(t.programs, dry)
	words := count(t.newFeeds, "feed") + ", " + count(t.newArticles, "article") + ", " + count(t.marks, "mark")
	switch t.newQueries {
	case 0:
	case 1:
		words += ", 1 saved query"
	default:
		words += fmt.Sprintf(", %d saved queries", t.newQueries)
	}
	words += " " + would(dry, "added")
	if t.newDropped > 0 {
		words += fmt.Sprintf("; %s dropped there will not come here", count(t.newDropped, "article"))
	}
	_, err := fmt.Fprintln(a.Out, words)
	return err
}

// takeLines takes one record after the other.
func (a *app) takeLines(ctx context.Context, r *bufio.Reader, t *restorer) error {
	for n := 2; ; n++ {
		line, err := r.ReadBytes('\n')
		if len(bytes.TrimSpace(line)) > 0 {
			var rec record
			if err := json.Unmarshal(line, &rec); err != nil {
				a.tell(fmt.Errorf("line %d is left out: it is damaged", n))
			} else if err := t.take(ctx, rec); err != nil {
				if bad := (badRecord)(""); !errors.As(err, &bad) {
					return err
				}
				a.tell(fmt.Errorf("line %d is left out: %w", n, err))
			}
		}
		if errors.Is(err, io.EOF) {
			return t.finish(ctx)
		}
		if err != nil {
			return err
		}
		if ctx.Err() != nil {
			return ctx.Err()
		}
	}
}

// A badRecord says why a record is left out.
type badRecord string

func (e badRecord) Error() string { return string(e) }

// take takes in one record.
func (t *restorer) take(ctx context.Context, rec record) error {
	switch {
	case rec.Query != nil:
		added, err := keepQuery(ctx, t.db, store.SavedQuery(*rec.Query), t.dry)
		if added {
			t.newQueries++
		}
		return err
	case rec.Feed != nil:
		if err := t.finish(ctx); err != nil {
			return err
		}
		return t.begin(ctx, *rec.Feed)
	case (rec.Article != nil || rec.Dropped != nil) && t.had == nil:
		return badRecord("the feed of this article was left out")
	case rec.Article != nil:
		return t.article(ctx, *rec.Article)
	case rec.Dropped != nil:
		return t.drop(*rec.Dropped)
	}
	return nil // a kind that a later version added
}

// begin makes f the feed at hand.
func (t *restorer) begin(ctx context.Context, f exportedFeed) error {
	t.had = nil
	program := source.NamesProgram(f.URL)
	if !program && f.URL != source.HandbookURL && !source.IsFeedAddress(f.URL) {
		return badRecord(fmt.Sprintf("%q is not the address of a feed", f.URL))
	}
	at, there := t.feeds[f.URL]
	for i := 0; !there && i < len(f.Was); i++ {
		at, there = t.feeds[f.Was[i]]
	}
	t.at, t.isNew, t.leave = at, !there, f.Archived
	t.wanted, t.dropped = map[string]restored{}, nil
	if !there {
		t.newFeeds++
		if program {
			t.programs, f.Disabled = append(t.programs, feed.Sub{URL: f.URL}), true
		}
		if err := t.subscribe(ctx, f); err != nil {
			return err
		}
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
	t.at.UserAgent, t.at.FullText = f.UserAgent, f.FullText
	if err := t.db.Edit(ctx, t.at); err != nil {
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
		list, err := t.db.Articles(ctx, store.FeedQuery(t.at.ID), page)
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
	if t.waiting = append(t.waiting, x); len(t.waiting) < atOnce {
		return nil
	}
	return t.save(ctx)
}

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
	doc := feed.Doc{URL: t.at.URL}
	for _, x := range t.waiting {
		doc.Items = append(doc.Items, x.item())
	}
	t.waiting = nil
	_, err := t.db.Save(ctx, t.at.ID, &doc)
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
