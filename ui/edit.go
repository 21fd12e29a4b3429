package ui

import (
	"fmt"
	"slices"
	"strconv"
	"strings"

	tea "github.com/charmbracelet/bubbletea"

	"app/newsterm/feed"
	"app/newsterm/source"
	"app/newsterm/store"
)

// edit shows the settings of the feed that is meant, or the name of the folder
// under the cursor.
func (m Model) edit() (Model, tea.Cmd) {
	it, _ := m.feeds.current()
	if m.focus == feedPane && it.kind == aFolder {
		return m.editFolder(it.folder), nil
	}
	f, ok := m.feedMeant()
	if !ok {
		return m.note("%s edits a feed or a folder; put the cursor on one", m.keys.label("edit")), nil
	}
	return m.editFeed(f), nil
}

// The fields of a feed, in their order.
const (
	nameField = iota
	folderField
	tagsField
	everyField
	keepField
	fullTextField
	mutedField
	disabledField
	addressField // the handbook has none
)

func (m Model) editFeed(f store.Feed) Model {
	usual := "the publisher's"
	if f.Name == "" {
		usual = f.Title
	}
	fields := []field{
		nameField:     m.text("name", f.Name, usual, "what you call it; empty for the name that its publisher gave it"),
		folderField:   m.text("folder", f.Folder, "none", "A/B for a folder within a folder; → takes the folder that is proposed"),
		tagsField:     m.text("tags", strings.Join(f.Tags, ", "), "none", "as many as you like, with commas between"),
		everyField:    m.text("every", source.Spoken(f.Every), "the usual", "how often it is fetched: 30m, 2h, 1d; empty for the usual"),
		keepField:     m.text("keep", keptWords(f.Keep), "all", "how many read articles are kept; starred and unread ones always are"),
		fullTextField: yesNo("full text", f.FullText, "fetch the page of each new article; Space switches"),
		mutedField:    yesNo("muted", f.Muted, "list its articles only when asked for; Space switches"),
		disabledField: yesNo("disabled", f.Disabled, "do not fetch it any more; what is there stays; Space switches"),
	}
	folder := &fields[folderField].input
	folder.ShowSuggestions = true
	folder.SetSuggestions(m.feeds.folders())
	var about []string
	if f.URL != source.HandbookURL {
		fields = append(fields, m.text("address", f.URL, "", "where it is fetched from; what is there, and its marks, stay"))
		about = []string{"newsterm edit changes headers and the user agent"}
	}
	return m.showForm(form{
		title:  "Edit " + f.Title,
		about:  about,
		fields: fields,
		save:   func(m Model, fields []field) (Model, tea.Cmd, []string) { return m.saveFeed(f, fields) },
	})
}

// saveFeed keeps the settings of a feed.
func (m Model) saveFeed(old store.Feed, fields []field) (Model, tea.Cmd, []string) {
	f, why := old, make([]string, len(fields))
	var err error
	f.Name, f.Folder, f.Tags = fields[nameField].value(), store.Folder(fields[folderField].value()), tagNames(fields[tagsField].value())
	if f.Every, err = source.Interval(fields[everyField].value()); err != nil {
		why[everyField] = err.Error()
	}
	if f.Keep, err = readKept(fields[keepField].value()); err != nil {
		why[keepField] = err.Error()
	}
	f.FullText, f.Muted, f.Disabled = fields[fullTextField].on, fields[mutedField].on, fields[disabledField].on
	if len(fields) > addressField && fields[addressField].value() != old.URL {
		if f.URL, err = source.Address(fields[addressField].value()); err != nil {
			why[addressField] = err.Error()
		}
	}
	if anyWrong(why) {
		return m, nil, why
	}
	if sameSettings(f, old) {
		return m.note("nothing was changed"), nil, nil
	}
	m, cmd := m.perform(act{
		doing: "edit " + old.Title,
		done:  "edited " + short(old.Title),
		do:    func() error { return m.o.Library.Change(m.ctx, settings(old, f), old.ID) },
		undo:  func() error { return m.o.Library.Change(m.ctx, settings(f, old), old.ID) },
	})
	return m, cmd, nil
}

// settings gives a feed the settings in which to differs from the form that was
// shown. The others stay as they are by now.
func settings(shown, to store.Feed) func(*store.Feed) {
	return func(f *store.Feed) {
		set(&f.URL, shown.URL, to.URL)
		set(&f.Name, shown.Name, to.Name)
		set(&f.Folder, shown.Folder, to.Folder)
		set(&f.Every, shown.Every, to.Every)
		set(&f.Keep, shown.Keep, to.Keep)
		set(&f.FullText, shown.FullText, to.FullText)
		set(&f.Muted, shown.Muted, to.Muted)
		set(&f.Disabled, shown.Disabled, to.Disabled)
		if !slices.Equal(shown.Tags, to.Tags) {
			f.Tags = to.Tags
		}
	}
}

// set is *setting = to, unless that was shown already.
func set[T comparable](setting *T, shown, to T) {
	if shown != to {
		*setting = to
	}
}

// sameSettings reports whether the form has left a feed as it was.
func sameSettings(a, b store.Feed) bool {
	return a.URL == b.URL && a.Name == b.Name && a.Folder == b.Folder && slices.Equal(a.Tags, b.Tags) && a.Every == b.Every &&
		a.Keep == b.Keep && a.FullText == b.FullText && a.Muted == b.Muted && a.Disabled == b.Disabled
}

// tagNames are tags as they were typed, each once.
func tagNames(typed string) (tags []string) {
	for tag := range strings.SplitSeq(typed, ",") {
		tag = strings.TrimPrefix(feed.Line(tag), "#")
		if tag != "" && !slices.ContainsFunc(tags, func(t string) bool { return strings.EqualFold(t, tag) }) {
			tags = append(tags, tag)
		}
	}
	return tags
}

// readKept reads how many articles are kept; 0 for all.
func readKept(text string) (int, error) {
	if text == "" || text == "all" {
		return 0, nil
	}
	n, err := strconv.Atoi(text)
	if err != nil || n < 0 {
		return 0, fmt.Errorf("a number, or all, not %q", text)
	}
	return n, nil
}

func keptWords(n int) string {
	if n == 0 {
		return ""
	}
	return strconv.Itoa(n)
}

// folders lists every folder.
func (l feedList) folders() (list []string) {
	for _, it := range l.all(nil) {
		if it.kind == aFolder {
			list = append(list, it.folder)
		}
	}
	return list
}
