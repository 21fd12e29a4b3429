package ui

import (
	"strings"

	tea "github.com/charmbracelet/bubbletea"
)

// showHelp shows every key.
func (m Model) showHelp() (Model, tea.Cmd) {
	return m.openSheet(sheet{title: "Keys", fill: Model.helpLines}), nil
}

// widestHelp is the width from which help has two columns.
const widestHelp = 120

// betweenColumns is the space between two columns.
const betweenColumns = 3

// helpLines are the keys as they are bound, by group. Where words are looked
// for, they are those that have them.
func (m Model) helpLines(words string, w int) []sheetLine {
	if w < widestHelp {
		return foundBy(words, join(m.helpGroups(words, min(w, widestChoice))))
	}
	column := (w - betweenColumns) / 2
	groups := m.helpGroups(words, column)
	whole, n := len(join(groups)), 0
	for len(join(groups[:n])) < whole/2 {
		n++
	}
	return foundBy(words, beside(join(groups[:n]), join(groups[n:]), column))
}

// foundBy are lines that have the words looked for, by themselves or by what is
// beside or above them.
func foundBy(words string, texts []string) (lines []sheetLine) {
	for _, t := range texts {
		lines = append(lines, sheetLine{text: t, words: words})
	}
	return lines
}

// helpGroups are the keys of each group that have words, below its heading.
func (m Model) helpGroups(words string, w int) (groups [][]string) {
	group := ""
	for _, k := range m.keys.Keys() {
		if !holds(strings.Join(k.Keys, " ")+" "+k.Action+" "+k.Help+" "+k.Group, words) {
			continue
		}
		if k.Group != group {
			group = k.Group
			groups = append(groups, []string{m.styles.heading.Render(fit(group, w))})
		}
		last := len(groups) - 1
		groups[last] = append(groups[last], m.helpRow(k, w)...)
	}
	return groups
}

// keyCells is the width of the column of keys.
const keyCells = 16

// helpRow is an action: its keys, what it does, and what it is called where
// there is room.
func (m Model) helpRow(k Key, w int) (lines []string) {
	keys, cells := strings.Join(k.Keys, " "), keyCells
	if keys == "" {
		keys = ":" + k.Action
	}
	if m.o.Theme.Spoken {
		keys, cells = keyWords.Replace(keys), 2*keyCells
	}
	room := max(w-cells-1, 0)
	labels, texts := wrapPlain(keys, cells-2), wrapPlain(k.Help, room)
	if last := len(texts) - 1; last >= 0 && width(texts[last])+2+width(k.Action) > room {
		texts = append(texts, "")
	}
	for i := range max(len(labels), len(texts)) {
		line := m.styles.key.Render("  "+fit(lineAt(labels, i), cells-2)) + " " + m.styles.text.Render(lineAt(texts, i))
		if gap := room - width(lineAt(texts, i)) - width(k.Action); i == len(texts)-1 && gap >= 0 && len(k.Keys) > 0 {
			line += m.styles.faint.Render(strings.Repeat(" ", gap) + k.Action)
		}
		lines = append(lines, line)
	}
	return lines
}

// lineAt is line i, or "" beyond the last.
func lineAt(lines []string, i int) string {
	if i < len(lines) {
		return lines[i]
	}
	return ""
}

// join puts groups below each other, an empty line between.
func join(groups [][]string) (lines []string) {
	for i, g := range groups {
		if i > 0 {
			lines = append(lines, "")
		}
		lines = append(lines, g...)
	}
	return lines
}

// beside puts two columns beside each other, the left one w cells wide.
func beside(left, right []string, w int) []string {
	lines := make([]string, max(len(left), len(right)))
	l, r := block(left, w, len(lines)), block(right, w, len(lines))
	for i := range lines {
		lines[i] = l[i] + strings.Repeat(" ", betweenColumns) + r[i]
	}
	return lines
}
