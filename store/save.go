package store

import (
	"cmp"
	"context"
	"database/sql"
	"encoding/json"
	"fmt"
	"slices"
	"time"

	"app/newsterm/feed"
)

// A Fetched is what a fetch of one feed brought.
type Fetched struct {
	Feed Feed      // as SaveMany is to keep it: how the fetch went, and when the next is due
	Doc  *feed.Doc // nil if there is nothing to save
}

// Save keeps what a fetch brought: new items are added, known ones brought up
// to date, marks and dates left alone, pruned ones left out. It reports how
// many were new. The error is ErrNotFound if there is no such feed. How the
// fetch itself went is for SaveMany. A power cut may undo a Save, and the next
// fetch then brings the items again. Texts are found by search after Index.
func (s *DB) Save(ctx context.Context, id FeedID, doc *feed.Doc) (added int, err error) {
	err = s.tx(ctx, normal, func(t *tx) error {
		now := s.Now().Unix()
		added, err = t.save(id, doc, now, fetched(now))
		return err
	})
	if err != nil {
		return 0, err
	}
	return added, nil
}

// An Earlier is an item that arrived before, in another file or at another
// reader.
type Earlier struct {
	feed.Item
	Arrived time.Time // zero: now
	Date    time.Time // what lists sort by if it was not published; zero: as it stands in its list
}

// SaveEarlier is Save for doc with all of list, the newest first, in as many
// transactions as that takes: after an error, some are kept.
func (s *DB) SaveEarlier(ctx context.Context, id FeedID, doc *feed.Doc, list []Earlier) (added int, err error) {
	now := s.Now().Unix()
	for end := len(list); end > 0; { // the oldest first, which gets the lowest id
		start := max(end-mostSaved, 0)
		part := *doc
		part.Items = make([]feed.Item, end-start)
		for i, e := range list[start:end] {
			part.Items[i] = e.Item
		}
		n := 0
		err := s.tx(ctx, normal, func(t *tx) (err error) {
			n, err = t.save(id, &part, now, func(i int, _ feed.Item) stamp { return list[start+i].stamp(now, start+i) })
			return err
		})
		if err != nil {
			return added, err
		}
		added, end = added+n, start
	}
	return added, nil
}

// mostSaved is how many earlier items are saved in one transaction.
const mostSaved = 1000

// SaveMany saves and settles the fetches of several feeds in one transaction:
// all are kept, or, after an error, none.
func (s *DB) SaveMany(ctx context.Context, list ...Fetched) (added []int, err error) {
	added = make([]int, len(list))
	now := s.Now().Unix()
	err = s.tx(ctx, normal, func(t *tx) error {
		for i, f := range list {
			if f.Doc != nil {
				if added[i], err = t.save(f.Feed.ID, f.Doc, now, fetched(now)); err != nil {
					return err
				}
			}
			if err := t.settle(f.Feed); err != nil {
				return err
			}
		}
		return nil
	})
	if err != nil {
		return nil, err
	}
	return added, nil
}

// An incoming is an item on its way into the file.
type incoming struct {
	feed.Item
	stamp
	same, hash int64
	enclosures string // JSON
}

// A stamp is when an item arrived, and the date that lists sort it by.
type stamp struct{ arrived, date int64 }

// fetched stamps the i-th item of a fetch. One without a date has that of its
// place.
func fetched(now int64) func(i int, item feed.Item) stamp {
	return func(i int, item feed.Item) stamp {
		if item.Published.IsZero() {
			return stamp{now, now - int64(i)}
		}
		return stamp{now, min(item.Published.Unix(), now)}
	}
}

// stamp stamps the i-th item of a list.
func (e Earlier) stamp(now int64, i int) stamp {
	arrived := now
	if !e.Arrived.IsZero() {
		arrived = min(e.Arrived.Unix(), now)
	}
	if e.Published.IsZero() && !e.Date.IsZero() {
		return stamp{arrived, min(e.Date.Unix(), arrived)}
	}
	return fetched(arrived)(i, e.Item)
}

func (t *tx) save(id FeedID, doc *feed.Doc, now int64, stamped func(i int, item feed.Item) stamp) (added int, err error) {
	defer func() {
		if err != nil {
			err = fmt.Errorf("save %s: %w", feed.Shown(doc.URL), err)
		}
	}()
	if err := t.describe(id, doc); err != nil {
		return 0, err
	}
	known, err := t.known(id, doc)
	if err != nil {
		return 0, err
	}
	var fresh []incoming
	for i, item := range doc.Items {
		k, found := known[item.GUID]
		in, err := receive(item, stamped(i, item))
		if err != nil {
			return 0, err
		}
		switch {
		case !found:
			fresh = append(fresh, in)
			known[item.GUID] = stored{} // of two with one guid the first is kept
		case k.id != 0 && (k.hash != in.hash || k.undated && !in.Published.IsZero()):
			if err := t.update(k.id, in); err != nil {
				return 0, err
			}
		}
	}
	if fresh, err = t.renamed(id, fresh, known, now); err != nil {
		return 0, err
	}
	return t.add(id, fresh)
}

// receive makes item ready to be kept.
func receive(item feed.Item, at stamp) (in incoming, err error) {
	in = incoming{Item: item, stamp: at}
	if len(item.Enclosures) > 0 {
		list, err := json.Marshal(item.Enclosures)
		if err != nil {
			return in, err
		}
		in.enclosures = string(list)
	}
	in.same = hash(fold(item.Title))
	in.hash = hash(item.URL, item.Comments, item.Title, joined(item.Authors), joined(item.Categories), item.Summary,
		item.HTML, in.enclosures)
	return in, nil
}

// hash is a number that differs when any of parts does: FNV-1a of all of them,
// each with a zero byte behind it. It is kept in the file. (The one of package
// hash/fnv copies every text.)
func hash(parts ...string) int64 {
	const offset, prime = 14695981039346656037, 1099511628211
	h := uint64(offset)
	for _, s := range parts {
		for i := range len(s) {
			h = (h ^ uint64(s[i])) * prime
		}
		h *= prime
	}
	return int64(h)
}

// A stored is what the file has of an item; without an id, if it was pruned.
type stored struct {
	id      ArticleID
	hash    int64
	undated bool
}

// known is what the file has of the items of a fetch, by guid.
func (t *tx) known(id FeedID, doc *feed.Doc) (map[string]stored, error) {
	guids := make([]string, len(doc.Items))
	for i, item := range doc.Items {
		guids[i] = item.GUID
	}
	list, err := json.Marshal(guids)
	if err != nil {
		return nil, err
	}
	known := make(map[string]stored, len(guids))
	err = t.each(func(rows *sql.Rows) error {
		var guid string
		var k stored
		err := rows.Scan(&guid, &k.id, &k.hash, &k.undated)
		known[guid] = k
		return err
	}, `SELECT a.guid, a.id, a.hash, a.published = 0 FROM json_each(?1) j CROSS JOIN articles a ON a.feed = ?2 AND a.guid = j.value
		UNION ALL
		SELECT t.guid, 0, 0, FALSE FROM json_each(?1) j CROSS JOIN tombstones t ON t.feed = ?2 AND t.guid = j.value`,
		string(list), id)
	return known, err
}

// add keeps new items. The oldest gets the lowest id, and of those of one
// date the one further down in the feed.
func (t *tx) add(id FeedID, list []incoming) (added int, err error) {
	slices.Reverse(list)
	slices.SortStableFunc(list, func(a, b incoming) int { return cmp.Compare(a.date, b.date) })
	first := int64(0)
	for _, in := range list {
		article, err := t.insert(`
			INSERT INTO articles (feed, guid, url, comments, title, authors, categories, summary,
				published, updated, arrived, date, enclosure, same, hash)
			VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)`,
			id, in.GUID, in.URL, in.Comments, in.Title, joined(in.Authors), joined(in.Categories), in.Summary,
			seconds(in.Published), seconds(in.Updated), in.arrived, in.date, in.enclosures != "", in.same, in.hash)
		if err != nil {
			return 0, err
		}
		if _, err := t.exec(`INSERT INTO bodies (article, html, enclosures) VALUES (?, ?, ?)`,
			article, in.HTML, in.enclosures); err != nil {
			return 0, err
		}
		first = cmp.Or(first, article)
		t.arrived = append(t.arrived, ArticleID(article))
	}
	if len(list) == 0 {
		return 0, nil
	}
	if _, err := t.exec(`INSERT INTO waiting (article, hash) SELECT id, hash FROM articles WHERE id >= ?`, first); err != nil {
		return 0, err
	}
	_, err = t.exec(`UPDATE feeds SET unread = unread + ?1, total = total + ?1 WHERE id = ?2`, len(list), id)
	return len(list), err
}

// update brings an article up to date. Its marks and its place in lists stay. So
// does when it was published, unless that was not known.
func (t *tx) update(id ArticleID, in incoming) error {
	t.arrived = append(t.arrived, id)
	_, err := t.exec(`
		UPDATE articles SET guid = ?, url = ?, comments = ?, title = ?, authors = ?, categories = ?, summary = ?,
			updated = ?, enclosure = ?, same = ?, hash = ?,
			published = CASE published WHEN 0 THEN ? ELSE published END
		WHERE id = ?`,
		in.GUID, in.URL, in.Comments, in.Title, joined(in.Authors), joined(in.Categories), in.Summary,
		seconds(in.Updated), in.enclosures != "", in.same, in.hash, seconds(in.Published), id)
	if err != nil {
		return err
	}
	if _, err := t.exec(`UPDATE bodies SET packing = ?, html = ?, enclosures = ? WHERE article = ?`,
		asIs, in.HTML, in.enclosures, id); err != nil {
		return err
	}
	_, err = t.exec(`INSERT OR REPLACE INTO waiting (article, hash) VALUES (?, ?)`, id, in.hash)
	return err
}

// describe keeps what a publisher says of the feed itself.
func (t *tx) describe(id FeedID, d *feed.Doc) error {
	n, err := t.exec(`
		UPDATE feeds SET
			title    = CASE WHEN ?1 = '' THEN title ELSE ?1 END,
			site     = CASE WHEN ?2 = '' THEN site ELSE ?2 END,
			language = CASE WHEN ?3 = '' THEN language ELSE ?3 END
		WHERE id = ?4`,
		d.Title, d.Site, d.Language, id)
	if err == nil && n == 0 {
		return ErrNotFound
	}
	return err
}
