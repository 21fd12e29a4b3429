package ui

import (
	"cmp"
	"slices"
	"strings"

	tea "github.com/charmbracelet/bubbletea"

	"app/newsterm/store"
)

// A folderNode is a folder: the feeds in it and the folders within it. The
// one with an empty path is the root.
type folderNode struct {
	path, name string
	depth      int // folders that are on the way to what is in it
	feeds      []feedItem
	within     []*folderNode
	unread     int // articles of its feeds, and of those in the folders within it, that want to be read
}

// treeOf puts feeds into their folders. Names that differ only in case are one
// folder, as in a query.
func treeOf(feeds []store.Feed) *folderNode {
	root := &folderNode{}
	known := map[string][]*folderNode{} // the way to each folder, the root first
	byKey := map[string]*folderNode{}
	for i := range feeds {
		f := &feeds[i]
		way, ok := known[f.Folder]
		if !ok {
			way = root.to(f.Folder, byKey)
			known[f.Folder] = way
		}
		for _, n := range way {
			n.unread += wanting(f)
		}
		n := way[len(way)-1]
		n.feeds = append(n.feeds, feedItem{kind: aFeed, name: f.Title, query: store.FeedQuery(f.ID), count: wanting(f),
			depth: n.depth, feed: f.ID, folder: f.Folder, failed: f.Failure != "", quiet: f.Muted || f.Disabled})
	}
	return root
}

// wanting is how many articles of a feed want to be read: none of one that is
// muted.
func wanting(f *store.Feed) int {
	if f.Muted {
		return 0
	}
	return f.Unread
}

// to is the way from the root to a folder, which is made if there is none.
func (n *folderNode) to(folder string, byKey map[string]*folderNode) (way []*folderNode) {
	way = append(way, n)
	for _, path := range paths(folder) {
		in := byKey[folderKey(path)]
		if in == nil {
			in = &folderNode{path: path, name: path[strings.LastIndex(path, "/")+1:], depth: len(way)}
			byKey[folderKey(path)] = in
			n.within = append(n.within, in)
		}
		n = in
		way = append(way, n)
	}
	return way
}

// paths are a folder and those that it is in, the outermost first: A, A/B,
// A/B/C.
func paths(folder string) (list []string) {
	for i, r := range folder {
		if r == '/' && i > 0 && folder[i-1] != '/' {
			list = append(list, folder[:i])
		}
	}
	if folder != "" && !strings.HasSuffix(folder, "/") {
		list = append(list, folder)
	}
	return list
}

// folderKey is the same for all ways to write the name of a folder.
func folderKey(path string) string { return strings.ToLower(path) }

// within reports whether folder is the one at path, or in it.
func within(folder, path string) bool {
	folder, path = folderKey(folder), folderKey(path)
	return folder == path || strings.HasPrefix(folder, path+"/")
}

// items are the rows of what is in a folder: its feeds, then its folders, each
// with what is in it unless it is closed.
func (n *folderNode) items(closed closedFolders) []feedItem {
	items := n.feeds
	slices.SortStableFunc(n.within, func(a, b *folderNode) int { return cmp.Compare(folderKey(a.name), folderKey(b.name)) })
	for _, in := range n.within {
		isClosed := closed[folderKey(in.path)]
		items = append(items, feedItem{kind: aFolder, name: in.name, query: store.FolderQuery(in.path), count: in.unread,
			depth: n.depth, folder: in.path, closed: isClosed})
		if !isClosed {
			items = append(items, in.items(closed)...)
		}
	}
	return items
}

// tagItems are the rows of the tags that feeds have, by name.
func tagItems(feeds []store.Feed) (items []feedItem) {
	at := map[string]int{}
	for i := range feeds {
		f := &feeds[i]
		for _, tag := range f.Tags {
			key := strings.ToLower(tag)
			if _, ok := at[key]; !ok {
				at[key] = len(items)
				items = append(items, feedItem{kind: aTag, name: "#" + tag, query: store.TagQuery(tag)})
			}
			items[at[key]].count += wanting(f)
		}
	}
	slices.SortStableFunc(items, func(a, b feedItem) int {
		return cmp.Compare(strings.ToLower(a.name), strings.ToLower(b.name))
	})
	return items
}

// closedFolders are the folders whose feeds are hidden, by folderKey.
type closedFolders map[string]bool

// with is c with a folder closed or open.
func (c closedFolders) with(path string, closed bool) closedFolders {
	next := closedFolders{}
	for key := range c {
		next[key] = true
	}
	if delete(next, folderKey(path)); closed {
		next[folderKey(path)] = true
	}
	return next
}

// closedSetting is where the store keeps the closed folders, one a line.
const closedSetting = "closed-folders"

// closedMsg brings the folders that were closed when the screen was left, and the
// order of the feeds.
type closedMsg struct{ folders, order string }

// recallClosed asks which folders are closed, and for the order of the feeds. The
// feeds are asked for when that is known, so that no folder is seen to close.
// Should it not be known, all are open, by title.
func (m Model) recallClosed() tea.Cmd {
	return func() tea.Msg {
		list, _ := m.o.Library.Setting(m.ctx, closedSetting)
		order, _ := m.o.Library.Setting(m.ctx, feedOrderSetting)
		return closedMsg{list, order}
	}
}

func (m Model) showClosed(msg closedMsg) (Model, tea.Cmd) {
	m.feeds.order = readFeedOrder(msg.order)
	for path := range strings.SplitSeq(msg.folders, "\n") {
		if path != "" {
			m.feeds.closed = m.feeds.closed.with(path, true)
		}
	}
	return m, m.loadFeeds()
}

// setClosed closes or opens folders and has the store remember it.
func (m Model) setClosed(closed bool, folders ...string) (Model, tea.Cmd) {
	for _, path := range folders {
		m.feeds.closed = m.feeds.closed.with(path, closed)
	}
	m.feeds = m.feeds.built()
	var list []string
	for path := range m.feeds.closed {
		list = append(list, path)
	}
	slices.Sort(list)
	return m.keepHabit(closedSetting, strings.Join(list, "\n"), "which folders are closed")
}

// unfold opens a closed folder; everything else as Enter does.
func (m Model) unfold() (Model, tea.Cmd) {
	it, ok := m.feeds.current()
	if m.focus != feedPane || !ok || it.kind != aFolder || !it.closed {
		return m.open()
	}
	m, keep := m.setClosed(false, it.folder)
	m, list := m.openItem(true)
	return m, tea.Batch(keep, list)
}

// fold closes the folder under the cursor, or goes to the folder that the
// cursor is in. Elsewhere it goes back.
func (m Model) fold() (Model, tea.Cmd) {
	it, ok := m.feeds.current()
	if m.focus != feedPane || !ok {
		return m.back()
	}
	if it.kind == aFolder && !it.closed {
		m, keep := m.setClosed(true, it.folder)
		m, list := m.openItem(true)
		return m, tea.Batch(keep, list)
	}
	for i := m.feeds.cursor - 1; i >= 0; i-- {
		if above := m.feeds.items[i]; it.depth > 0 && above.kind == aFolder && above.depth < it.depth {
			return m.walkFeeds(i - m.feeds.cursor)
		}
	}
	return m.back()
}
