package ui

import tea "github.com/charmbracelet/bubbletea"

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
		{"next-unread", keys("n"), "next unread", "next unread article, or feed that has one; while a text is searched, the next match", anywhere, Model.nextUnread, reading},
		{"previous-unread", keys("N", "p"), "", "previous unread article, feed or match", anywhere, Model.previousUnread, reading},
		{"random", keys("_"), "", "an unread article at random", onArticle, Model.random, reading},
		{"next", keys("J", "]"), "", "next article in the reader, next feed in the lists", anywhere, Model.next, reading},
		{"previous", keys("K", "["), "", "previous article in the reader, previous feed in the lists", anywhere, Model.previous, reading},
		{"next-feed", keys("ctrl+n"), "", "next feed with unread articles, from anywhere", anywhere, Model.nextFeed, reading},
		{"previous-feed", keys("ctrl+p"), "", "previous feed with unread articles", anywhere, Model.previousFeed, reading},
		{"links", keys("U"), "", "the links of the article", inReader, Model.showLinks, reading},
		{"link-hints", keys("f"), "", "letters over the links on the screen; typing them opens one", inReader, Model.hintLinks, reading},
		{"return", keys("backspace", "ctrl+o"), "", "back to where a link within the article was followed", inReader, Model.comeBack, reading},
		{"next-heading", keys("}"), "", "next heading of the article", inReader, Model.nextHeading, reading},
		{"previous-heading", keys("{"), "", "previous heading", inReader, Model.previousHeading, reading},
		{"contents", keys("C"), "", "the headings of the article, to go to one", inReader, Model.showContents, reading},
		{"open-link", keys("1", "2", "3", "4", "5", "6", "7", "8", "9"), "", "open a link of the article by its number among them", inReader, Model.openNumbered, reading},
		{"source", keys("v"), "", "the article as markdown, or as it is read again", inReader, Model.viewSource, reading},
		{"pictures", keys("i"), "", "draw the pictures of the article, or take them down", inReader, Model.togglePictures, reading},
		{"right", keys("L", "shift+right"), "", "scroll tables and code that do not fit sideways", inReader, Model.right, reading},
		{"left", keys("H", "shift+left"), "", "scroll them back; at the start, make them fit again", inReader, Model.left, reading},
		{"full-text", keys("x"), "", "the full text of the article's page, or the feed's again", onArticle, Model.fullText, reading},

		{"read", keys("m", "a"), "read", "mark read or unread", onArticle, Model.toggleRead, marking},
		{"star", keys("s"), "star", "star or unstar", onArticle, Model.toggleStar, marking},
		{"read-all", keys("A"), "", "mark everything listed read", anywhere, Model.readAll, marking},
		{"read-above", keys("<"), "", "mark read what is above the cursor", inArticles, Model.readAbove, marking},
		{"read-below", keys(">"), "", "mark read what is below the cursor", inArticles, Model.readBelow, marking},
		{"undo", keys("z"), "undo", "take back what was done last; again, what was done before that", anywhere, Model.undo, marking},
		{"redo", keys("ctrl+y"), "", "do again what was taken back", anywhere, Model.redo, marking},
		{"select", keys("V"), "", "select articles from here to there, for the next key; twice, this one", inArticles, Model.selectRows, marking},

		{"search", keys("/"), "search", "search the feed or folder listed, or everything; in the reader, the text", anywhere, Model.search, finding},
		{"filter", keys("F"), "", "list by a query: is:starred feed:name since:2d …", anywhere, Model.filter, finding},
		{"save-query", keys("ctrl+s"), "", "keep what is listed among the views, by a name", anywhere, Model.saveQuery, finding},
		{"jump", keys("t"), "", "go to a feed, folder, tag or view by a part of its name", anywhere, Model.askWhere, finding},
		{"sort", keys("S"), "", "in what order the articles are listed, or the feeds", inLists, Model.askOrder, finding},
		{"show-read", keys("M"), "", "show or hide what is read: articles, or feeds with nothing unread", anywhere, Model.showRead, finding},
		{"mute", keys("X"), "", "mute what a query finds, now and later, or drop such a mute", anywhere, Model.mute, finding},
		{"starred", keys("*"), "", "list starred articles", anywhere, Model.showStarred, finding},
		{"arrived", keys("."), "", "show what has arrived since the list was opened", anywhere, Model.showArrived, finding},

		{"refresh-feed", keys("r"), "", "refresh the feed under the cursor", anywhere, Model.refreshFeed, feeds},
		{"refresh", keys("R"), "refresh", "refresh every feed", anywhere, Model.refreshAll, feeds},
		{"add", keys("+"), "", "add a feed", anywhere, Model.add, feeds},
		{"shelf", keys("B"), "", "a shelf of feeds to begin with, by subject", anywhere, Model.showShelf, feeds},
		{"import", keys("I"), "", "take in the feeds of newsboat or nom on this machine", anywhere, Model.takeIn, feeds},
		{"edit", keys("E"), "", "edit the feed, or rename the folder, under the cursor", anywhere, Model.edit, feeds},
		{"leave-feed", keys("D"), "", "leave the feed under the cursor, or drop the saved query", anywhere, Model.leaveFeed, feeds},
		{"problems", keys("!"), "", "feeds that fail or are silent, and what to do", anywhere, Model.showProblems, feeds},

		{"browse", keys("o"), "browser", "open in the browser; of a feed, its page", anywhere, Model.browse, out},
		{"browse-read", keys("O"), "", "open in the browser and mark read", onArticle, Model.browseRead, out},
		{"comments", keys("c"), "", "open the comments page in the browser", onArticle, Model.browseComments, out},
		{"enclosures", keys("e"), "", "play or open what comes with the article", onArticle, Model.enclosures, out},
		{"pipe", keys("|"), "", "give the article to a command", onArticle, Model.askPipe, out},
		{"write", keys("w"), "", "write the article to a file", onArticle, Model.askFile, out},
		{"copy", keys("y"), "", "copy the article's address (works over ssh)", onArticle, Model.copyAddress, out},
		{"copy-article", keys("Y"), "", "copy the article as markdown", onArticle, Model.copyArticle, out},
		{"share", keys("@"), "", "share the article: by the clipboard, or in the browser", onArticle, Model.share, out},

		{"zen", keys("Z"), "", "what has the focus alone, the article or the list; again, all panes", anywhere, Model.toggleZen, screen},
		{"narrower", keys("("), "", "narrower text", anywhere, Model.narrower, screen},
		{"wider", keys(")"), "", "wider text", anywhere, Model.wider, screen},
		{"theme", keys("T"), "", "choose a theme, and see it at once", anywhere, Model.pickTheme, screen},
		{"redraw", keys("ctrl+l"), "", "draw the screen again", anywhere, Model.redraw, screen},
		{"suspend", keys("ctrl+z"), "", "suspend", anywhere, Model.suspend, screen},
		{"quit", keys("Q", "ctrl+c"), "", "quit", anywhere, Model.quit, screen},
		{"palette", keys(":"), "", "do anything, or go anywhere, by a part of its name", anywhere, Model.palette, screen},
		{"help", keys("?", "f1"), "keys", "show every key", anywhere, Model.showHelp, screen},
	}
}

func keys(names ...string) []string { return names }
