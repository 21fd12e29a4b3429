package ui

import (
	"fmt"
	"maps"
	"path"
	"slices"
	"strings"

	tea "github.com/charmbracelet/bubbletea"

	"app/newsterm/store"
)

// editFolder asks for another name of a folder.
func (m Model) editFolder(path string) Model {
	return m.showForm(form{
		title:  "Rename " + path,
		about:  []string{plural(len(m.feeds.in(path)), "feed goes", "feeds go") + " with it"},
		fields: []field{m.text("name", path, "", "A/B puts it into the folder A")},
		save: func(m Model, fields []field) (Model, tea.Cmd, []string) {
			return m.renameFolder(path, fields[0].value())
		},
	})
}

// in lists the feeds of a folder and of those within it.
func (l feedList) in(path string) (list []store.Feed) {
	for _, f := range l.feeds {
		if within(f.Folder, path) {
			list = append(list, f)
		}
	}
	return list
}

// renameFolder gives the feeds of a folder, and those of the folders within
// it, the folder with the new name.
func (m Model) renameFolder(path, typed string) (Model, tea.Cmd, []string) {
	name := store.Folder(typed)
	switch name {
	case "":
		return m, nil, []string{"it needs a name"}
	case path:
		return m.note("nothing was changed"), nil, nil
	}
	r := m.feeds.renaming(path, name)
	a := act{
		doing:    "rename " + path,
		done:     fmt.Sprintf("renamed %s to %s", short(path), short(name)),
		do:       func() error { return m.o.Library.Change(m.ctx, r.file, r.ids()...) },
		undo:     func() error { return m.o.Library.Change(m.ctx, r.reversed().file, r.ids()...) },
		renaming: &r,
	}
	if m.listed.renamed(r.folders) != m.listed {
		a.led = m.listed.seq
	}
	m, cmd := m.perform(a)
	return m, cmd, nil
}

// A renaming is what comes of another name for a folder.
type renaming struct {
	feeds    map[store.FeedID]change // their folders
	folders  []change                // that one, and those within it
	takeBack bool                    // the old names come back
}

// A change is what a folder was called, and what it is called now.
type change struct {
	from, to string
	joined   bool // another folder had that name already, and the two are one now
}

// renaming is what comes of calling the folder at path name.
func (l feedList) renaming(path, name string) renaming {
	r := renaming{feeds: map[store.FeedID]change{}}
	for _, f := range l.in(path) {
		r.feeds[f.ID] = change{from: f.Folder, to: moved(f.Folder, path, name)}
	}
	all := l.folders()
	for _, from := range all {
		if !within(from, path) {
			continue
		}
		c := change{from: from, to: moved(from, path, name)}
		c.joined = slices.ContainsFunc(all, func(other string) bool {
			return folderKey(other) == folderKey(c.to) && !within(other, path)
		})
		r.folders = append(r.folders, c)
	}
	return r
}

// moved is a folder that was within from, and is now within to.
func moved(folder, from, to string) string {
	names := strings.Split(folder, "/")
	return strings.Join(append([]string{to}, names[strings.Count(from, "/")+1:]...), "/")
}

func (c change) reversed() change { return change{c.to, c.from, c.joined} }

// reversed is what comes of taking r back.
func (r renaming) reversed() renaming {
	back := renaming{feeds: map[store.FeedID]change{}, takeBack: true}
	for id, c := range r.feeds {
		back.feeds[id] = c.reversed()
	}
	for _, c := range r.folders {
		back.folders = append(back.folders, c.reversed())
	}
	return back
}

// ids are those of the feeds.
func (r renaming) ids() []store.FeedID { return slices.Sorted(maps.Keys(r.feeds)) }

// file puts a feed into the folder that it comes to, unless somebody else has
// moved it meanwhile.
func (r renaming) file(f *store.Feed) {
	if c, ok := r.feeds[f.ID]; ok && f.Folder == c.from {
		f.Folder = c.to
	}
}

// alone are the folders whose names nothing else has, or had.
func (r renaming) alone() (list []change) {
	for _, c := range r.folders {
		if !c.joined {
			list = append(list, c)
		}
	}
	return list
}

// renamed calls folders by their new names wherever the screen knows them: what
// is listed, now and before, in which order, and what is closed. Of two that
// became one, the order and whether it is closed stay those of the one that was
// there; and where they part again, that one stays listed, unless what is listed
// is the other, and has been since.
func (m Model) renamed(r renaming, isOther bool) (Model, tea.Cmd) {
	views := r.folders
	if r.takeBack && !isOther {
		views = r.alone()
	}
	m.feeds.feeds, m.before = slices.Clone(m.feeds.feeds), slices.Clone(m.before)
	for i := range m.feeds.feeds {
		r.file(&m.feeds.feeds[i])
	}
	for i, l := range m.before {
		m.before[i] = l.renamed(views)
	}
	m, order := m.ordersRenamed(r.alone())
	m, closed := m.closedRenamed(r.alone())
	m, list := m.listRenamed(m.listed.renamed(views))
	return m, tea.Batch(order, closed, list)
}

// renamed is l after folders were renamed.
func (l listed) renamed(folders []change) listed {
	for _, c := range folders {
		if l.query != store.FolderQuery(c.from) {
			continue
		}
		l.query = store.FolderQuery(c.to)
		if l.name == path.Base(c.from) {
			l.name = path.Base(c.to)
		}
		break
	}
	return l
}

// listRenamed goes on listing a folder by its new name. What was asked for by the
// old one is asked for again, if nothing has come yet.
func (m Model) listRenamed(l listed) (Model, tea.Cmd) {
	isNew := l != m.listed
	m.listed, m.feeds.selected = l, l.query
	m.feeds = m.feeds.built()
	if isNew && l.at == (store.Moment{}) {
		return m.await(m.openListed(0))
	}
	return m, nil
}

// ordersRenamed keeps the orders that were chosen for folders.
func (m Model) ordersRenamed(folders []change) (Model, tea.Cmd) {
	var next orders
	for _, chosen := range m.orders {
		for _, c := range folders {
			if chosen.query == store.FolderQuery(c.from).String() {
				chosen.query = store.FolderQuery(c.to).String()
				break
			}
		}
		next = append(next, chosen)
	}
	if slices.Equal(next, m.orders) {
		return m, nil
	}
	m.orders = next
	return m.keepHabit(ordersSetting, next.String(), "the order")
}

// closedRenamed keeps folders closed.
func (m Model) closedRenamed(folders []change) (Model, tea.Cmd) {
	var closed []string
	for _, c := range folders {
		if m.feeds.closed[folderKey(c.from)] {
			closed = append(closed, c.to)
		}
	}
	if closed == nil {
		return m, nil
	}
	for _, c := range folders {
		m.feeds.closed = m.feeds.closed.with(c.from, false)
	}
	return m.setClosed(true, closed...)
}
