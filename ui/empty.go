package ui

import (
	tea "github.com/charmbracelet/bubbletea"

	"app/newsterm/feed"
)

// explained is what a view has; if that is nothing, with the names in its query
// that nothing has.
func (m Model) explained(msg listMsg) tea.Msg {
	if len(msg.rows) > 0 {
		return msg
	}
	list, err := m.o.Library.Strangers(m.ctx, msg.asked.query)
	if err != nil {
		return listFailedMsg{msg.asked, err}
	}
	for _, s := range list {
		msg.strangers = append(msg.strangers, s.String()+meant(s.Name, s.Known))
	}
	return msg
}

// emptyList tells why there is nothing and what to do about it.
func (m Model) emptyList(w int) (lines []string) {
	for _, text := range m.emptyTexts() {
		if text == "" {
			lines = append(lines, "")
		}
		for _, l := range wrapPlain(feed.Line(text), max(w-5, 1)) {
			lines = append(lines, "    "+m.styles.muted.Render(l))
		}
	}
	return lines
}

func (m Model) emptyTexts() []string {
	label := m.keys.label
	back := label("leave") + " goes back"
	switch {
	case m.articles.failure != nil:
		return []string{"", "The articles cannot be read.", m.articles.failure.Error(), "", back}
	case m.articles.strangers != nil:
		texts := append([]string{"", "Nothing found."}, m.articles.strangers...)
		return append(texts, "", label("filter")+" asks again", back)
	case m.listed.query.Searches():
		return []string{"", "Nothing found.", "", label("search") + " searches again", back}
	}
	why := pick(m.listed.query == unreadQuery || m.listed.unread, "Everything is read.", "Nothing here.")
	return []string{"", why, "", label("show-read") + " shows read articles", label("refresh") + " looks for new ones", back}
}
