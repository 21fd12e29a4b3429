package ui

import (
	"cmp"
	"slices"
	"time"

	tea "github.com/charmbracelet/bubbletea"

	"app/newsterm/store"
)

// feedOrder is the order in which the feeds of a folder are listed.
type feedOrder int

const (
	byTitle feedOrder = iota
	byUnread
	byLatest
)

// feedOrderNames say it, and feedOrderWords are how the store keeps it.
var (
	feedOrderNames = []string{byTitle: "by title", byUnread: "most unread first", byLatest: "latest article first"}
	feedOrderWords = []string{byTitle: "title", byUnread: "unread", byLatest: "latest"}
)

// feedOrderSetting is where the store keeps it.
const feedOrderSetting = "feed-order"

// readFeedOrder reads what the store kept; what it does not know is by title.
func readFeedOrder(word string) feedOrder {
	return feedOrder(max(slices.Index(feedOrderWords, word), 0))
}

// askFeedOrder asks in what order the feeds are to be listed.
func (m Model) askFeedOrder() (Model, tea.Cmd) {
	return m.cover(orderMenu{feedOrderNames, int(m.feeds.order), func(m Model, i int) (Model, tea.Cmd) {
		return m.orderFeeds(feedOrder(i))
	}}), nil
}

// orderFeeds lists the feeds in another order, or in the same as it is by now, and
// has the store remember that.
func (m Model) orderFeeds(o feedOrder) (Model, tea.Cmd) {
	m.feeds.order, m.feeds.arranged = o, false
	m, keep := m.keepHabit(feedOrderSetting, feedOrderWords[o], "the order of feeds")
	return m, tea.Batch(keep, m.loadFeeds())
}

// readFeeds lists the feeds by title, and if their order asks for it the dates of
// their newest articles.
func (m Model) readFeeds() (feeds []store.Feed, newest map[store.FeedID]time.Time, err error) {
	if m.feeds.order != byLatest {
		feeds, err = m.o.Library.Feeds(m.ctx)
		return feeds, nil, err
	}
	list, err := m.o.Library.Health(m.ctx)
	newest = map[store.FeedID]time.Time{}
	for _, h := range list {
		feeds = append(feeds, h.Feed)
		newest[h.ID] = h.Newest
	}
	return feeds, newest, err
}

// sorted puts feeds, which come by title, in order.
func (o feedOrder) sorted(msg feedsMsg) []store.Feed {
	switch o {
	case byUnread:
		slices.SortStableFunc(msg.feeds, func(a, b store.Feed) int { return cmp.Compare(wanting(&b), wanting(&a)) })
	case byLatest:
		slices.SortStableFunc(msg.feeds, func(a, b store.Feed) int { return msg.newest[b.ID].Compare(msg.newest[a.ID]) })
	}
	return msg.feeds
}

// arrange puts the feeds that came in order. Until an article comes or goes they
// keep their places, whatever is read: the next feed is the one that stands there.
func (l feedList) arrange(msg feedsMsg, came bool) feedList {
	at := map[store.FeedID]int{}
	for i, f := range l.feeds {
		at[f.ID] = i
	}
	if !l.arranged || came || len(at) != len(msg.feeds) || l.order == byTitle {
		l.feeds = msg.order.sorted(msg)
		l.arranged = msg.order == l.order
		return l
	}
	l.feeds = msg.feeds
	slices.SortStableFunc(l.feeds, func(a, b store.Feed) int { return cmp.Compare(at[a.ID], at[b.ID]) })
	return l
}
