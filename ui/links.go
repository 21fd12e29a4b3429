package ui

import (
	"fmt"
	"strings"

	tea "github.com/charmbracelet/bubbletea"
)

// linkList is the links of the open article, over everything. Its zero value
// is closed.
type linkList struct {
	links []link
	at    int
}

func (l linkList) open() bool { return len(l.links) > 0 }

// showLinks lists the links of the open article.
func (m Model) showLinks() (Model, tea.Cmd) {
	m.links = linkList{links: linksOf(m.reader.lines)}
	if !m.links.open() {
		return m.note("this article names no links"), nil
	}
	return m, nil
}

// digit is the digit of a key that opens a link by its number; "" for other
// actions.
func (a action) digit(key string) string {
	if a.name != "open-link" {
		return ""
	}
	return strings.Trim(key[len(key)-1:], "abcdefghijklmnopqrstuvwxyz")
}

// openNumbered opens the link of the open article that the count names.
func (m Model) openNumbered() (Model, tea.Cmd) { return m.openNth(m.often()) }

func (m Model) openNth(n int) (Model, tea.Cmd) {
	links := linksOf(m.reader.lines)
	if n > len(links) {
		return m.note("this article has no link %d; %s lists those it has", n, m.keys.label("links")), nil
	}
	return m.openLink(links[n-1].address)
}

// openLink opens an address that an article names, and tells all of it. Only
// addresses of the web are opened; others are copied.
func (m Model) openLink(address string) (Model, tea.Cmd) {
	scheme, rest, _ := strings.Cut(address, ":")
	switch strings.ToLower(scheme) {
	case "http", "https":
		return m.browseTo(address, "")
	case "mailto":
		address = rest
	}
	return m, m.copy(address, "copied "+address+": only addresses of the web are opened")
}

// pickLink gives a key to the list of links.
func (m Model) pickLink(key string) (Model, tea.Cmd) {
	l := m.links
	switch key {
	case "j", "down", "tab", "ctrl+n":
		l.at++
	case "k", "up", "shift+tab", "ctrl+p":
		l.at--
	case "g", "home":
		l.at = 0
	case "G", "end":
		l.at = len(l.links) - 1
	case "space", "pgdown", "d", "ctrl+f", "ctrl+d":
		l.at += m.linkRows()
	case "b", "pgup", "u", "ctrl+b", "ctrl+u":
		l.at -= m.linkRows()
	case "enter", "o", "l", "right":
		m.links = linkList{}
		return m.openLink(l.links[l.at].address)
	case "y":
		return m, m.copy(l.links[l.at].address, "copied "+l.links[l.at].address)
	case "1", "2", "3", "4", "5", "6", "7", "8", "9":
		m.links = linkList{}
		return m.openNth(int(key[0] - '0'))
	case "q", "esc", "U", "h", "left":
		m.links = linkList{}
		return m, nil
	case "Q", "ctrl+c":
		return m.quit()
	}
	l.at = max(min(l.at, len(l.links)-1), 0)
	m.links = l
	return m, nil
}

// linkRows is how many links are on the screen.
func (m Model) linkRows() int { return max((m.paneHeight()-2)/2, 1) }

// linkLines draws the list: each link by its number and name, its address
// under it.
func (m Model) linkLines(w, h int) []string {
	l := m.links
	lines := []string{" " + m.styles.title.Render("Links"), ""}
	from := max(min(l.at-m.linkRows()/2, len(l.links)-m.linkRows()), 0)
	for i := from; i < min(len(l.links), from+m.linkRows()); i++ {
		s := m.styles.row[rowPlain]
		if i == l.at {
			s = m.styles.row[rowSelected]
		}
		room := max(w-7, 0)
		lines = append(lines,
			s.muted.Render(fmt.Sprintf(" %4d  ", i+1))+s.text.Render(fit(l.links[i].text, room)),
			s.muted.Render(strings.Repeat(" ", min(7, w))+fit(l.links[i].address, room)))
	}
	return lines[:min(len(lines), h)]
}
