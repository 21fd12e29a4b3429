package store

import (
	"database/sql"
	"encoding/json"
	"strings"

	"app/newsterm/feed"
)

// A feed that moves to other software may give all its old articles new
// guids, or write the same addresses with https. They must not come back as
// unread ones. An article is the same under another guid if the feed no longer
// has the old guid, the title is the same, and so is one of these: all that was
// published, the very second of publication, the address that the guid is.

// A former is an article that may have changed its guid; without an id, if it
// was pruned.
type former struct {
	id        ArticleID
	guid, url string
	hash      int64
	published int64
}

// renamed returns those of fresh that are not articles the file has under
// another guid. Those that are get the new guid and are brought up to date.
func (t *tx) renamed(id FeedID, fresh []incoming, present map[string]stored, now int64) (rest []incoming, err error) {
	if len(fresh) == 0 {
		return nil, nil
	}
	formers, err := t.formers(id, fresh, present)
	if err != nil || len(formers) == 0 {
		return fresh, err
	}
	for _, in := range fresh {
		f, ok := in.former(formers)
		switch {
		case !ok:
			rest = append(rest, in)
		case f.id != 0:
			err = t.update(f.id, in)
		default:
			_, err = t.exec(`
				INSERT OR REPLACE INTO tombstones (feed, guid, same, url, published, read, at)
				VALUES (?, ?, ?, ?, ?, 1, ?)`, id, in.GUID, in.same, in.URL, seconds(in.Published), now)
		}
		if err != nil {
			return nil, err
		}
	}
	return rest, nil
}

// formers are the articles of a feed, by the hash of their titles, that have
// titles of fresh but guids that the feed no longer has.
func (t *tx) formers(id FeedID, fresh []incoming, present map[string]stored) (map[int64][]former, error) {
	sames := make([]int64, len(fresh))
	for i, in := range fresh {
		sames[i] = in.same
	}
	list, err := json.Marshal(sames)
	if err != nil {
		return nil, err
	}
	formers := map[int64][]former{}
	err = t.each(func(rows *sql.Rows) error {
		var same int64
		var f former
		err := rows.Scan(&same, &f.id, &f.guid, &f.url, &f.hash, &f.published)
		if _, ok := present[f.guid]; !ok {
			formers[same] = append(formers[same], f)
		}
		return err
	}, `SELECT a.same, a.id, a.guid, a.url, a.hash, a.published
		FROM (SELECT DISTINCT value FROM json_each(?1)) j CROSS JOIN articles a ON a.feed = ?2 AND a.same = j.value
		UNION ALL
		SELECT t.same, 0, t.guid, t.url, 0, t.published
		FROM (SELECT DISTINCT value FROM json_each(?1)) j CROSS JOIN tombstones t ON t.feed = ?2 AND t.same = j.value`,
		string(list), id)
	return formers, err
}

// former takes the one article out of formers that in was; none, if there are
// several.
func (in incoming) former(formers map[int64][]former) (former, bool) {
	list := formers[in.same]
	at := -1
	for i, f := range list {
		if !in.was(f) {
			continue
		}
		if at >= 0 {
			return former{}, false
		}
		at = i
	}
	if at < 0 {
		return former{}, false
	}
	f := list[at]
	formers[in.same] = append(list[:at:at], list[at+1:]...)
	return f, true
}

// was reports whether in, whose title is that of f, is the same article. A
// date without a time of day says less, so that the address must agree.
func (in incoming) was(f former) bool {
	const day = 24 * 60 * 60
	published := seconds(in.Published)
	sameTime := published != 0 && published == f.published && (published%day != 0 || in.URL == f.url)
	return sameTime || f.id != 0 && in.hash == f.hash || sameAddress(in.GUID, f.guid)
}

// sameAddress reports whether two guids are addresses of the same page.
func sameAddress(a, b string) bool {
	return strings.Contains(a, "://") && feed.NormalLink(a) == feed.NormalLink(b)
}
