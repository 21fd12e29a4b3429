package ui

import (
	"fmt"
	"strings"

	tea "github.com/charmbracelet/bubbletea"
)

// linkList is the links of the open article.
type linkList struct {
	links []link
	at    int
}

// showLinks lists the links of the open article.
func (m Model) showLinks() (Model, tea.Cmd) {
	links := m.reader.links()
	if len(links) == 0 {
		return m.note("this article names no links"), nil
	}
	return m.cover(linkList{links: links}), nil
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
	links := m.reader.links()
	if n > len(links) {
		return m.note("this article has no link %d; %s lists those it has", n, m.keys.label("links")), nil
	}
	return m.openLink(links[n-1].address)
}

// openLink opens an address that an article names, and tells all of it. A place
// in the article is gone to, only addresses of the web are opened, and others
// are copied.
func (m Model) openLink(address string) (Model, tea.Cmd) {
	if letters, ok := m.within(address); ok {
		return m.goWithin(letters), nil
	}
	scheme, rest, _ := strings.Cut(address, ":")
	switch strings.ToLower(scheme) {
	case "http", "https":
		return m.browseTo(address, "")
	case "mailto":
		address = rest
	}
	return m, m.copy(address, "copied "+address+": only addresses of the web are opened")
}

func (l linkList) press(m Model, msg tea.KeyMsg) (Model, tea.Cmd) {
	key := keyName(msg)
	action, _ := m.keys.find(key, readerPane)
	switch name := action.name; {
	case m.takes(key) || name == "browse":
		return l.take(m)
	case len(key) == 1 && key >= "1" && key <= "9":
		return m.uncover().openNth(int(key[0] - '0'))
	case name == "copy":
		return m, m.copy(l.links[l.at].address, "copied "+l.links[l.at].address)
	case name == "links":
		return m.uncover(), nil
	case name == "quit" && key != "ctrl+c":
		return m.quit()
	}
	return m.inList(l, key)
}

func (l linkList) cursor() (at, n int) { return l.at, len(l.links) }

func (l linkList) to(m Model, i int) (Model, tea.Cmd) {
	l.at = nearest(i, len(l.links))
	return put(m, l), nil
}

func (l linkList) take(m Model) (Model, tea.Cmd) {
	return m.uncover().openLink(l.links[l.at].address)
}

// draw draws each link by its number and name, its address under it: all of it
// for the one under the cursor.
func (l linkList) draw(m Model, w, h int) []overLine {
	lines := overLines(" "+m.styles.title.Render("Links"), "")
	room := max(w-linkMargin, 0)
	long := wrapPlain(m.leads(l.links[l.at]), room)
	for i := range around(l.at, len(l.links), (h-1-len(long))/2) {
		s, address := m.styles.row[rowPlain], []string{m.leads(l.links[i])}
		if i == l.at {
			s, address = m.styles.row[rowSelected], long
		}
		lines = append(lines, overLine{s.muted.Render(fmt.Sprintf(" %4d  ", i+1)) + s.text.Render(fit(l.links[i].text, room)), i + 1})
		for _, part := range address {
			lines = append(lines, overLine{s.muted.Render(strings.Repeat(" ", min(linkMargin, w)) + fit(part, room)), i + 1})
		}
	}
	return lines[:min(len(lines), h)]
}

// linkMargin is how many cells the number of a link takes.
const linkMargin = 7

// leads tells where a link leads: to its address, or to what stands elsewhere in
// the article.
func (m Model) leads(l link) string {
	if letters, ok := m.within(l.address); ok {
		return m.reader.standsAt(letters)
	}
	return l.address
}

func (l linkList) bottom(m Model, w int) string {
	return m.saysKeys("⏎ open  "+m.keys.label("copy")+" copy  1-9 open  Esc back", w)
}
