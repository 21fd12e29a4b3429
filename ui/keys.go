package ui

import (
	"strings"

	tea "github.com/charmbracelet/bubbletea"
)

// A pane is one of the three parts of the screen.
type pane int

const (
	feedPane pane = iota
	articlePane
	readerPane
)

// places says in which panes a key means something.
type places uint8

const (
	inFeeds    = places(1 << feedPane)
	inArticles = places(1 << articlePane)
	inReader   = places(1 << readerPane)
	inLists    = inFeeds | inArticles
	onArticle  = inArticles | inReader
	anywhere   = inLists | inReader
)

// An action is something a reader can do with a key.
type action struct {
	name   string   // in config.toml and in :
	keys   []string // as bubbletea names them; the first is the one shown
	short  string   // on the bottom line; "" for what need not be shown there
	help   string   // in ?, README, the handbook and the man page
	where  places
	do     func(Model) (Model, tea.Cmd)
	inHelp string // the heading it stands under
}

// actions is the one table of keys. Dispatch, help, the bottom line, README
// and the handbook are made from it.
func actions() []action {
	const (
		moving  = "Moving"
		reading = "Reading"
		marking = "Marking"
		finding = "Finding"
		feeds   = "Feeds"
		out     = "Out of the screen"
		screen  = "Screen"
	)
	return []action{
		{"down", keys("j", "down"), "", "next article, line or feed", anywhere, Model.down, moving},
		{"up", keys("k", "up"), "", "previous article, line or feed", anywhere, Model.up, moving},
		{"top", keys("g", "home"), "", "first article, top of the text", anywhere, Model.toTop, moving},
		{"bottom", keys("G", "end"), "", "last article, end of the text", anywhere, Model.toBottom, moving},
		{"page-down", keys("space", "pgdown", "ctrl+f"), "", "next page; at the end of an article, the next unread one", anywhere, Model.pageDown, moving},
		{"page-up", keys("b", "pgup", "ctrl+b"), "", "previous page", anywhere, Model.pageUp, moving},
		{"half-down", keys("d", "ctrl+d"), "", "half a page down", anywhere, Model.halfDown, moving},
		{"half-up", keys("u", "ctrl+u"), "", "half a page up", anywhere, Model.halfUp, moving},
		{"next-pane", keys("tab"), "", "next pane", anywhere, Model.nextPane, moving},
		{"previous-pane", keys("shift+tab"), "", "previous pane", anywhere, Model.previousPane, moving},

		{"open", keys("enter"), "open", "open what is under the cursor", inLists, Model.open, reading},
		{"unfold", keys("l", "right"), "", "open what is under the cursor; a closed folder shows its feeds", inLists, Model.unfold, reading},
		{"leave", keys("q"), "back", "back; at the start, quit", anywhere, Model.leave, reading},
		{"back", keys("esc"), "", "back; at the start, to the feeds", anywhere, Model.back, reading},
		{"fold", keys("h", "left"), "", "back; among the feeds, close the folder", anywhere, Model.fold, reading},
		{"next-unread", keys("n"), "next unread", "next unread article", onArticle, Model.nextUnread, reading},
		{"previous-unread", keys("N", "p"), "", "previous unread article", onArticle, Model.previousUnread, reading},
		{"next", keys("J", "]"), "", "next article in the reader, next feed in the lists", anywhere, Model.next, reading},
		{"previous", keys("K", "["), "", "previous article in the reader, previous feed in the lists", anywhere, Model.previous, reading},
		{"full-text", keys("x"), "", "the full text of the article's page, or the feed's again", onArticle, Model.fullText, reading},

		{"read", keys("m", "a"), "read", "mark read or unread", onArticle, Model.toggleRead, marking},
		{"star", keys("s"), "star", "star or unstar", onArticle, Model.toggleStar, marking},
		{"read-all", keys("A"), "", "mark everything listed read", anywhere, Model.readAll, marking},
		{"read-above", keys("<"), "", "mark read what is above the cursor", inArticles, Model.readAbove, marking},
		{"read-below", keys(">"), "", "mark read what is below the cursor", inArticles, Model.readBelow, marking},
		{"undo", keys("z"), "undo", "take back what was done last, and what was done before …", anywhere, Model.undo, marking},
		{"redo", keys("ctrl+y"), "", "do again what was taken back", anywhere, Model.redo, marking},

		{"search", keys("/"), "search", "search the feed or folder listed, or everything", anywhere, Model.search, finding},
		{"filter", keys("F"), "", "list by a query: is:starred feed:name since:2d …", anywhere, Model.filter, finding},
		{"save-query", keys("ctrl+s"), "", "keep what is listed among the views, by a name", anywhere, Model.saveQuery, finding},
		{"jump", keys("t"), "", "go to a feed, folder, tag or view by a part of its name", anywhere, Model.askWhere, finding},
		{"show-read", keys("M"), "", "show or hide read articles", anywhere, Model.showRead, finding},
		{"starred", keys("*"), "", "list starred articles", anywhere, Model.showStarred, finding},
		{"arrived", keys("."), "", "show what has arrived since the list was opened", anywhere, Model.showArrived, finding},

		{"refresh-feed", keys("r"), "", "refresh the feed under the cursor", anywhere, Model.refreshFeed, feeds},
		{"refresh", keys("R"), "refresh", "refresh every feed", anywhere, Model.refreshAll, feeds},
		{"add", keys("+"), "", "add a feed", anywhere, Model.add, feeds},
		{"edit", keys("E"), "", "edit the feed, or rename the folder, under the cursor", anywhere, Model.edit, feeds},
		{"leave-feed", keys("D"), "", "leave the feed under the cursor, or drop the saved query", anywhere, Model.leaveFeed, feeds},
		{"problems", keys("!"), "", "feeds that fail or are silent, and what to do", anywhere, Model.showProblems, feeds},

		{"browse", keys("o"), "browser", "open in the browser", onArticle, Model.browse, out},
		{"browse-read", keys("O"), "", "open in the browser and mark read", onArticle, Model.browseRead, out},
		{"comments", keys("c"), "", "open the comments page in the browser", onArticle, Model.browseComments, out},
		{"copy", keys("y"), "", "copy the article's address (works over ssh)", onArticle, Model.copyAddress, out},
		{"copy-article", keys("Y"), "", "copy the article as markdown", onArticle, Model.copyArticle, out},

		{"zen", keys("Z"), "", "the article alone", anywhere, Model.toggleZen, screen},
		{"narrower", keys("("), "", "narrower text", anywhere, Model.narrower, screen},
		{"wider", keys(")"), "", "wider text", anywhere, Model.wider, screen},
		{"theme", keys("T"), "", "dark or light", anywhere, Model.switchTheme, screen},
		{"redraw", keys("ctrl+l"), "", "draw the screen again", anywhere, Model.redraw, screen},
		{"suspend", keys("ctrl+z"), "", "suspend", anywhere, Model.suspend, screen},
		{"quit", keys("Q", "ctrl+c"), "", "quit", anywhere, Model.quit, screen},
		{"help", keys("?"), "keys", "show every key", anywhere, Model.showHelp, screen},
	}
}

func keys(names ...string) []string { return names }

// A keymap finds the action of a key.
type keymap struct {
	actions []action
	byKey   map[string][]int
}

func newKeymap(table []action) keymap {
	k := keymap{table, map[string][]int{}}
	for i, a := range table {
		for _, key := range a.keys {
			k.byKey[key] = append(k.byKey[key], i)
		}
	}
	return k
}

// find returns what key does in pane p.
func (k keymap) find(key string, p pane) (action, bool) {
	for _, i := range k.byKey[key] {
		if k.actions[i].where&(1<<p) != 0 {
			return k.actions[i], true
		}
	}
	return action{}, false
}

// hints lists the actions that the bottom line shows in pane p; the last is
// help.
func (k keymap) hints(p pane) []action {
	var hints []action
	for _, a := range k.actions {
		if a.short != "" && a.where&(1<<p) != 0 {
			hints = append(hints, a)
		}
	}
	return hints
}

// keyName is a key as bubbletea calls it, but for the space bar, which gets a
// name that can be seen.
func keyName(msg tea.KeyMsg) string {
	if name := msg.String(); name != " " {
		return name
	}
	return "space"
}

// keyLabel is how help shows a key.
func keyLabel(key string) string {
	return strings.NewReplacer("ctrl+", "^", "shift+tab", "⇧tab", "pgdown", "PgDn", "pgup", "PgUp",
		"enter", "⏎", "esc", "Esc", "home", "Home", "end", "End",
		"down", "↓", "up", "↑", "left", "←", "right", "→").Replace(key)
}

// A Key is a row of the table of keys, for documents.
type Key struct {
	Action string   // its name in config.toml
	Keys   []string // as a person reads them
	Help   string
	Group  string
}

// Keys lists every key of the screen, in the order in which help shows them.
func Keys() []Key {
	var list []Key
	for _, a := range actions() {
		k := Key{Action: a.name, Help: a.help, Group: a.inHelp}
		for _, name := range a.keys {
			k.Keys = append(k.Keys, keyLabel(name))
		}
		list = append(list, k)
	}
	return list
}
