package store

import (
	"database/sql"
	"encoding/json"
	"strings"

	"app/newsterm/feed"
)

// A feed that moves to other software, or to another address, may give all its
// old articles new guids, or write the same addresses with https. They must not
// come back as unread ones, nor those that were pruned. An article is the same
// under another guid if the feed no longer has the old guid, and
//
//   - both guids are one address but for its scheme and the slash at its end, or
//   - the title is the same, and so is the address that the guid is, tracking
//     aside; or the very second of publication; or all but the dates, with a
//     page of its own; or, if the dates do not speak against it, the page on
//     whatever host, or the text on whatever page.
//
// What may be one of several articles is a new one: to see an article twice is
// better than not to see it.

// A former is an article that may have changed its guid; without id and hash,
// if it was pruned.
type former struct {
	id                  ArticleID
	guid, url, comments string
	same, hash          int64
	published           int64
}

// renamed returns those of fresh that are not articles the file has under
// another guid. Those that are get the new guid and are brought up to date.
func (t *tx) renamed(id FeedID, fresh []incoming, present map[string]stored, now int64) (rest []incoming, err error) {
	if len(fresh) == 0 {
		return nil, nil
	}
	if len(fresh) == len(present) {
		if empty, err := t.isEmpty(id); err != nil || empty {
			return fresh, err
		}
	}
	formers, err := t.formers(id, fresh, present)
	if err != nil || len(formers.byGUID) == 0 {
		return fresh, err
	}
	for _, in := range fresh {
		f, ok := formers.take(in)
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

// isEmpty reports whether a feed has no article yet, and never had one.
func (t *tx) isEmpty(id FeedID) (empty bool, err error) {
	err = t.row(`SELECT NOT EXISTS (SELECT 1 FROM articles WHERE feed = ?1) AND NOT EXISTS (SELECT 1 FROM tombstones WHERE feed = ?1)`,
		id).scan(&empty)
	return empty, err
}

// formers are articles of a feed whose guids it no longer has.
type formers struct {
	byTitle map[int64][]former // by the hash of their titles
	byGUID  map[string]former  // those that are not taken yet
}

// formers are the articles of a feed that have titles of fresh, or their guids
// in another form, but guids that the feed no longer has.
func (t *tx) formers(id FeedID, fresh []incoming, present map[string]stored) (formers, error) {
	sames, forms := make([]int64, len(fresh)), []string{}
	for i, in := range fresh {
		sames[i] = in.same
		forms = append(forms, otherForms(in.GUID)...)
	}
	titles, err := json.Marshal(sames)
	if err != nil {
		return formers{}, err
	}
	guids, err := json.Marshal(forms)
	if err != nil {
		return formers{}, err
	}
	found := formers{map[int64][]former{}, map[string]former{}}
	err = t.each(func(rows *sql.Rows) error {
		var f former
		err := rows.Scan(&f.id, &f.guid, &f.url, &f.comments, &f.same, &f.hash, &f.published)
		_, there := present[f.guid]
		if _, twice := found.byGUID[f.guid]; !there && !twice {
			found.byGUID[f.guid] = f
			found.byTitle[f.same] = append(found.byTitle[f.same], f)
		}
		return err
	}, `SELECT a.id, a.guid, a.url, a.comments, a.same, a.hash, a.published
		FROM (SELECT DISTINCT value FROM json_each(?1)) j CROSS JOIN articles a ON a.feed = ?3 AND a.same = j.value
		UNION ALL
		SELECT a.id, a.guid, a.url, a.comments, a.same, a.hash, a.published
		FROM json_each(?2) j CROSS JOIN articles a ON a.feed = ?3 AND a.guid = j.value
		UNION ALL
		SELECT 0, t.guid, t.url, '', t.same, 0, t.published
		FROM (SELECT DISTINCT value FROM json_each(?1)) j CROSS JOIN tombstones t ON t.feed = ?3 AND t.same = j.value
		UNION ALL
		SELECT 0, t.guid, t.url, '', t.same, 0, t.published
		FROM json_each(?2) j CROSS JOIN tombstones t ON t.feed = ?3 AND t.guid = j.value`,
		string(titles), string(guids), id)
	return found, err
}

// otherForms are other ways to write a guid that is an address.
func otherForms(guid string) []string {
	scheme, rest, ok := strings.Cut(guid, "://")
	if !ok || scheme != "http" && scheme != "https" {
		return nil
	}
	var forms []string
	for _, form := range []string{"https://" + rest, "http://" + rest} {
		bare := strings.TrimSuffix(form, "/")
		for _, form := range []string{bare, bare + "/"} {
			if form != guid {
				forms = append(forms, form)
			}
		}
	}
	return forms
}

// take takes the one article that in was; none, if there are several.
func (fs formers) take(in incoming) (former, bool) {
	for _, form := range otherForms(in.GUID) {
		if f, ok := fs.byGUID[form]; ok {
			delete(fs.byGUID, form)
			return f, true
		}
	}
	var found []former
	namesakes := fs.byTitle[in.same]
	for _, f := range namesakes {
		if len(namesakes) > mostNamesakes && !in.isLike(f) {
			continue
		}
		if _, free := fs.byGUID[f.guid]; !free || !in.was(f) {
			continue
		}
		if found = append(found, f); len(found) > 1 {
			return former{}, false
		}
	}
	if len(found) == 0 {
		return former{}, false
	}
	delete(fs.byGUID, found[0].guid)
	return found[0], true
}

// mostNamesakes is the most articles of one title that are each looked at
// closely. If every article is called "News", the title says little.
const mostNamesakes = 100

// isLike reports whether in and f are of the same second or bring the same.
func (in incoming) isLike(f former) bool {
	return f.published != 0 && f.published%day != 0 && f.published == seconds(in.Published) || f.hash == in.hash
}

const day = 24 * 60 * 60

// was reports whether in, whose title is that of f, is the same article. A
// date without a time of day says less, so that the address must agree.
func (in incoming) was(f former) bool {
	published := seconds(in.Published)
	dated := published != 0 && f.published != 0
	switch {
	case sameAddress(in.GUID, f.guid):
		return true
	case dated && published != f.published:
		return in.hash == f.hash && samePage(in.URL, f.url)
	case dated && (published%day != 0 || sameAddress(in.URL, f.url)):
		return true
	}
	return samePage(in.GUID, f.guid) || samePage(in.URL, f.url) || in.hash == f.hash || in.hasTextOf(f)
}

// sameAddress reports whether two addresses are of the same place on the same
// page.
func sameAddress(a, b string) bool {
	return strings.Contains(a, "://") && feed.NormalPlace(a) == feed.NormalPlace(b)
}

// samePage reports whether two addresses are of the same place on the same page,
// though perhaps not on the same host. The front pages of two hosts are not.
func samePage(a, b string) bool {
	page := pageOf(a)
	return page != "" && page == pageOf(b)
}

// pageOf is an address without its host; "" if that is all.
func pageOf(address string) string {
	_, rest, _ := strings.Cut(feed.NormalPlace(address), "://")
	i := strings.IndexAny(rest, "/?#")
	if i < 0 {
		return ""
	}
	return rest[i:]
}

// hasTextOf reports whether in brings all that f did, though from another
// address. What is empty says nothing.
func (in incoming) hasTextOf(f former) bool {
	return (in.HTML != "" || in.enclosures != "") &&
		f.hash == hash(f.url, f.comments, in.Title, joined(in.Authors), joined(in.Categories), in.Summary, in.HTML, in.enclosures)
}
