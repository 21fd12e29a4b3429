package ui

import (
	"path"
	"slices"
	"strings"

	tea "github.com/charmbracelet/bubbletea"

	"app/newsterm/feed"
	"app/newsterm/store"
)

// playing is the list of the files that come with an article.
type playing struct {
	title string
	files []feed.Enclosure
	at    int
}

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
	return m.await(func() tea.Msg {
		whole, err := m.o.Library.Article(m.ctx, a.ID)
		return enclosuresMsg{whole, err}
	})
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
		return m.cover(playing{title: msg.article.Title, files: files}), nil
	}
}

func (p playing) press(m Model, msg tea.KeyMsg) (Model, tea.Cmd) {
	key := keyName(msg)
	if a, _ := m.keys.find(key, m.focus); m.takes(key) || a.name == "enclosures" || a.name == "browse" {
		return p.take(m)
	}
	return m.inList(p, key)
}

func (p playing) cursor() (at, n int) { return p.at, len(p.files) }

func (p playing) to(m Model, i int) (Model, tea.Cmd) {
	p.at = nearest(i, len(p.files))
	return put(m, p), nil
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

func (p playing) take(m Model) (Model, tea.Cmd) { return m.uncover().play(p.files[p.at]) }

// draw draws the name of each file, its type and size.
func (p playing) draw(m Model, w, h int) []overLine {
	lines := overLines(" "+m.styles.title.Render(fit(p.title, max(w-1, 0))), "")
	for i := range around(p.at, len(p.files), h-2) {
		s, mark := m.styles.row[rowPlain], "   "
		if i == p.at {
			s, mark = m.styles.row[rowSelected], " › "
		}
		name, about := enclosureName(p.files[i]), aboutEnclosure(p.files[i])
		cells := min(max(w-width(mark)-width(about)-1, 0), max(width(name)+2, 60))
		rest := max(w-width(mark)-cells, 0)
		lines = append(lines, overLine{s.text.Render(mark+fit(name, cells)) + s.muted.Render(fit(about, min(width(about)+1, rest))), i + 1})
	}
	return lines
}

func (p playing) bottom(m Model, w int) string {
	return m.saysKeys("⏎ open  Esc back  ↓ ↑ choose", w)
}

// aboutEnclosure is the type and the size of a file, as far as they are known.
func aboutEnclosure(e feed.Enclosure) string {
	size := ""
	if e.Length > 0 {
		size = bytesInWords(e.Length)
	}
	return joined(feed.Line(e.Type), size)
}
