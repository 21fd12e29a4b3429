package ui

import (
	tea "github.com/charmbracelet/bubbletea"

	"app/newsterm/store"
)

// askWhere asks for a view, a saved query, a feed, a folder or a tag by name.
func (m Model) askWhere() (Model, tea.Cmd) {
	return m.choose(choosing{
		all:  Model.goals,
		none: "nothing is called so",
		keys: "⏎ go there  Esc stay  ↓ ↑ choose",
	}, "› ", "a part of its name")
}

// goals are the items of the pane of feeds, as what one can go to.
func (m Model) goals() (list []choice) {
	for _, it := range m.feeds.all(nil) {
		if it.why != "" {
			continue
		}
		goal := choice{
			name:  it.path(),
			where: [...]string{aView: "", aSavedQuery: "saved", aFeed: it.folder, aFolder: "folder", aTag: "tag"}[it.kind],
			pick:  func(m Model) (Model, tea.Cmd, error) { return failsNever(m.goTo(it)) },
		}
		if it.count > 0 {
			goal.right = thousands(it.count)
		}
		list = append(list, goal)
	}
	return list
}

// path is the name of an item, for a folder with those that it is in.
func (it feedItem) path() string {
	if it.kind == aFolder {
		return it.folder
	}
	return it.name
}

// goTo lists an item, and opens the folders that it is in.
func (m Model) goTo(it feedItem) (Model, tea.Cmd) {
	m, keep := m.reveal(it)
	if it.query == m.listed.query {
		m.focus = articlePane
		return m.sized(), keep
	}
	m, list := m.list(it.name, it.query)
	return m, tea.Batch(keep, list)
}

// reveal opens the folders that hide an item.
func (m Model) reveal(it feedItem) (Model, tea.Cmd) {
	var closed []string
	for _, path := range paths(it.folder) {
		if m.feeds.closed[folderKey(path)] && it.query != store.FolderQuery(path) {
			closed = append(closed, path)
		}
	}
	if closed == nil {
		return m, nil
	}
	return m.setClosed(false, closed...)
}

// failsNever is what a choice comes to that cannot fail.
func failsNever(m Model, cmd tea.Cmd) (Model, tea.Cmd, error) { return m, cmd, nil }
