package source

import (
	"context"
	"fmt"
	"strings"
	"time"

	"app/newsterm/feed"
	"app/newsterm/store"
)

// TakeIn keeps the articles of an old feed as those of f, and reports how many
// are new, and which of f's articles are to be read and starred. With dry,
// nothing is kept. An article that f has already, by its guid, by its link and
// title or by its title and date, is that article. One that was deleted there
// and that f does not have is kept out of it from now on.
func TakeIn(ctx context.Context, db *store.DB, f store.Feed, from OldFeed, list []Old, dry bool) (Taken, error) {
	known, err := acquaintances(ctx, db, f, list)
	if err != nil {
		return Taken{}, err
	}
	var fresh []store.Earlier
	var deleted []feed.Item
	for _, o := range list {
		switch {
		case known.find(o.Item) != nil:
		case o.Hidden:
			deleted = append(deleted, o.Item)
		default:
			fresh = append(fresh, store.Earlier{Item: o.Item, Date: o.Fetched})
			known.add(store.Article{GUID: o.Item.GUID})
		}
	}
	if dry {
		buried, err := db.Bury(ctx, f.ID, dry, deleted...)
		return known.taken(list, len(fresh), buried), err
	}
	doc := &feed.Doc{URL: f.URL, Cache: f.Cache}
	if f.Total == 0 {
		doc.Title, doc.Site = from.Title, from.Site
	}
	added, err := db.SaveEarlier(ctx, f.ID, doc, fresh)
	if err != nil {
		return Taken{}, err
	}
	buried, err := db.Bury(ctx, f.ID, dry, deleted...)
	if err != nil {
		return Taken{}, err
	}
	if known, err = acquaintances(ctx, db, f, list); err != nil {
		return Taken{}, err
	}
	return known.taken(list, added, buried), nil
}

// Taken is what came of TakeIn.
type Taken struct {
	Articles      int // new ones
	Marks         int // that will change
	Hidden        int // articles that were deleted there, and will be read here
	Buried        int // articles that were deleted there, and do not come here
	Read, Starred []store.ArticleID
}

// A circle is the articles of a feed by all that an article is known by.
type circle struct {
	articles map[string][]*store.Article
	present  map[string]bool // the guids that are asked for
}

// acquaintances are the articles that f has, for finding those of list.
func acquaintances(ctx context.Context, db *store.DB, f store.Feed, list []Old) (circle, error) {
	c := circle{map[string][]*store.Article{}, map[string]bool{}}
	for _, o := range list {
		c.present[o.Item.GUID] = true
	}
	if f.ID == 0 {
		return c, nil
	}
	had, err := db.Articles(ctx, store.FeedQuery(f.ID).WithMuted(), store.Page{})
	for _, a := range had {
		c.add(a)
	}
	return c, err
}

func (c circle) add(a store.Article) {
	for _, name := range namesOf(a.GUID, a.URL, a.Title, a.Published) {
		c.articles[name] = append(c.articles[name], &a)
	}
}

// find is the article that it is; nil if there is none. An article whose own
// guid is asked for is no other.
func (c circle) find(it feed.Item) *store.Article {
	for i, name := range namesOf(it.GUID, it.URL, it.Title, it.Published) {
		for _, a := range c.articles[name] {
			if i == 0 || !c.present[a.GUID] {
				return a
			}
		}
	}
	return nil
}

// namesOf is what an article is known by, the surest first. A date without a
// time of day says too little.
func namesOf(guid, link, title string, at time.Time) []string {
	names := []string{"guid " + guid}
	if strings.Contains(guid, "://") {
		names = append(names, "guid "+feed.NormalPlace(guid))
	}
	if link != "" {
		names = append(names, "link "+feed.NormalLink(link)+"\n"+title)
	}
	if !at.IsZero() && at.Unix()%(24*60*60) != 0 {
		names = append(names, fmt.Sprintf("date %d\n%s", at.Unix(), title))
	}
	return names
}

// taken says which marks of list are lacking.
func (c circle) taken(list []Old, added, buried int) Taken {
	t := Taken{Articles: added, Buried: buried}
	for _, o := range list {
		a := c.find(o.Item)
		if a == nil { // pruned once, or buried
			continue
		}
		if (o.Read || o.Hidden && !a.Starred) && !a.Read {
			a.Read = true
			if o.Hidden {
				t.Hidden++
			}
			t.Marks, t.Read = t.Marks+1, append(t.Read, a.ID)
		}
		if o.Starred && !a.Starred {
			a.Starred = true
			t.Marks, t.Starred = t.Marks+1, append(t.Starred, a.ID)
		}
	}
	return t
}

// And is both.
func (t Taken) And(u Taken) Taken {
	return Taken{
		Articles: t.Articles + u.Articles,
		Marks:    t.Marks + u.Marks,
		Hidden:   t.Hidden + u.Hidden,
		Buried:   t.Buried + u.Buried,
		Read:     append(t.Read, u.Read...),
		Starred:  append(t.Starred, u.Starred...),
	}
}
