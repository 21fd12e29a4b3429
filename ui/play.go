package ui

import (
	"path"
	"slices"
	"strings"

	tea "github.com/charmbracelet/bubbletea"

	"app/newsterm/feed"
	"app/newsterm/store"
)

// playing is the list of the files that come with an article, of which one is
// chosen. Its zero value is closed.
type playing struct {
	title string
	files []feed.Enclosure
	at    int
}

func (p playing) open() bool { return p.files != nil }

// enclosuresMsg brings the files that come with an article.
type enclosuresMsg struct {
	article store.Article
	err     error
}

// enclosures opens what comes with the article; what there is of several is
// shown first.
func (m Model) enclosures() (Model, tea.Cmd) {
	a, ok := m.current()
	switch {
	case !ok:
		return m, nil
	case !a.HasEnclosure:
		return m.note("nothing comes with this article"), nil
	}
	return m, func() tea.Msg {
		whole, err := m.o.Library.Article(m.ctx, a.ID)
		return enclosuresMsg{whole, err}
	}
}

// showEnclosures opens the only file, or asks which, unless the reader has
// gone to another article since.
func (m Model) showEnclosures(msg enclosuresMsg) (Model, tea.Cmd) {
	if msg.err != nil {
		return m.failed(failedMsg{"open what comes with the article", msg.err})
	}
	if a, ok := m.current(); !ok || a.ID != msg.article.ID {
		return m, nil
	}
	switch files := msg.article.Enclosures; len(files) {
	case 0:
		return m.note("nothing comes with this article"), nil
	case 1:
		return m.play(files[0])
	default:
		m.playing = playing{title: msg.article.Title, files: files}
	}
	return m, nil
}

// choosePlayed gives a key to the list.
func (m Model) choosePlayed(key string) (Model, tea.Cmd) {
	p := &m.playing
	switch key {
	case "j", "down", "tab":
		p.at++
	case "k", "up", "shift+tab":
		p.at--
	case "g", "home":
		p.at = 0
	case "G", "end":
		p.at = len(p.files)
	case "enter", "l", "e", "o":
		chosen := p.files[p.at]
		m.playing = playing{}
		return m.play(chosen)
	default:
		m.playing = playing{}
		return m, nil
	}
	p.at = max(min(p.at, len(p.files)-1), 0)
	return m, nil
}

// play opens a file that comes with the article: with an opener that is for
// it, sound and pictures that move with the player, and the rest in the
// browser.
func (m Model) play(e feed.Enclosure) (Model, tea.Cmd) {
	a, _ := m.current()
	isOpened := slices.ContainsFunc(m.o.Openers, func(o Opener) bool { return o.Opens(e.URL) })
	if isOpened || !Plays(e) || m.o.Player.Run == nil {
		return m.visit(a, e.URL)
	}
	return m.note("playing %s", enclosureName(e)), m.openWith(m.o.Player, a, e.URL, "play "+feed.Shown(e.URL))
}

// Plays reports whether a file is sound or video: by its type, or, if that
// says nothing, by its name.
func Plays(e feed.Enclosure) bool {
	kind, _, _ := strings.Cut(strings.ToLower(e.Type), "/")
	if kind == "audio" || kind == "video" {
		return true
	}
	u, err := WebAddress(e.URL)
	if err != nil || kind != "" && kind != "application" {
		return false
	}
	played := []string{".mp3", ".m4a", ".aac", ".ogg", ".oga", ".opus", ".flac", ".wav", ".mp4", ".m4v", ".webm", ".mkv", ".mov", ".m3u8"}
	return slices.Contains(played, strings.ToLower(path.Ext(u.Path)))
}

// enclosureName is the name of a file for people.
func enclosureName(e feed.Enclosure) string {
	if e.Title != "" {
		return feed.Line(e.Title)
	}
	if u, err := WebAddress(e.URL); err == nil && path.Base(u.Path) != "/" && path.Base(u.Path) != "." {
		return feed.Line(path.Base(u.Path))
	}
	return feed.Shown(e.URL)
}

// playingLines draws the list: the name of each file, its type and size.
func (m Model) playingLines(w, h int) []string {
	p := m.playing
	lines := []string{" " + m.styles.title.Render(fit(p.title, max(w-1, 0))), ""}
	rows := max(h-len(lines), 1)
	from := max(min(p.at-rows/2, len(p.files)-rows), 0)
	for i := from; i < min(len(p.files), from+rows); i++ {
		s, mark := m.styles.row[rowPlain], "   "
		if i == p.at {
			s, mark = m.styles.row[rowSelected], " › "
		}
		about := aboutEnclosure(p.files[i])
		room := max(w-width(mark)-width(about)-1, 0)
		name := min(room, max(width(enclosureName(p.files[i]))+2, 60))
		lines = append(lines, s.text.Render(mark+fit(enclosureName(p.files[i]), name))+s.muted.Render(fit(about, min(width(about)+1, max(w-width(mark)-name, 0)))))
	}
	return lines
}

// aboutEnclosure is the type and the size of a file, as far as they are known.
func aboutEnclosure(e feed.Enclosure) string {
	size := ""
	if e.Length > 0 {
		size = bytesInWords(e.Length)
	}
	return joined(feed.Line(e.Type), size)
}
