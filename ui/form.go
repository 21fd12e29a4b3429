package ui

import (
	"slices"
	"strings"

	"github.com/charmbracelet/bubbles/textinput"
	tea "github.com/charmbracelet/bubbletea"
	"github.com/charmbracelet/x/ansi"

	"app/newsterm/feed"
)

// form is a sheet with fields to fill in.
type form struct {
	title  string
	about  []string // below the title
	fields []field
	at     int // the field with the cursor
	save   saver
}

// saver keeps what was filled in. Reasons why it cannot be, one for each field
// and "" for those that are right, keep the form open.
type saver func(m Model, fields []field) (Model, tea.Cmd, []string)

// A field is a line of a form: a text, or yes and no.
type field struct {
	label string
	hint  string
	input textinput.Model
	isOn  bool // it is yes or no, and not a text
	on    bool
	why   string // what is wrong with it
}

// text is a field for text. It shows usual where it is empty.
func (m Model) text(label, value, usual, hint string) field {
	f := field{label: label, hint: hint, input: m.newInput(value)}
	f.input.Placeholder = feed.Line(usual)
	return f
}

// yesNo is a field that is on or off.
func yesNo(label string, on bool, hint string) field {
	return field{label: label, hint: hint, isOn: true, on: on}
}

// value is what a field of text holds, on one line.
func (f field) value() string { return feed.Line(f.input.Value()) }

// showForm opens a form, the cursor in its first field.
func (m Model) showForm(f form) Model { return m.cover(f.in(0)) }

func (f form) cursor() (at, n int) { return f.at, len(f.fields) }

func (f form) to(m Model, i int) (Model, tea.Cmd) { return put(m, f.in(i)), nil }

// take switches yes to no.
func (f form) take(m Model) (Model, tea.Cmd) {
	field := f.fields[f.at]
	field.on = !field.on
	return put(m, f.with(field)), nil
}

// in puts the cursor in field i; after the last comes the first.
func (f form) in(i int) form {
	f.fields = slices.Clone(f.fields)
	f.fields[f.at].input.Blur()
	f.at = (i + len(f.fields)) % len(f.fields)
	if !f.fields[f.at].isOn {
		f.fields[f.at].input.Focus()
	}
	return f
}

func (f form) press(m Model, msg tea.KeyMsg) (Model, tea.Cmd) {
	key, field := keyName(msg), f.fields[f.at]
	switch {
	case key == "esc" || key == "ctrl+c":
		return m.uncover(), nil
	case key == "enter":
		return f.enter(m)
	case key == "tab" || key == "down" || key == "j" && field.isOn:
		return f.to(m, f.at+1)
	case key == "shift+tab" || key == "up" || key == "k" && field.isOn:
		return f.to(m, f.at-1)
	}
	return put(m, f.with(field.press(msg))), nil
}

// with is f with the field at the cursor changed.
func (f form) with(changed field) form {
	f.fields = slices.Clone(f.fields)
	f.fields[f.at] = changed
	return f
}

// press changes a field by a key. At the end of a text, right takes what is
// proposed.
func (f field) press(msg tea.KeyMsg) field {
	key := keyName(msg)
	switch {
	case f.isOn && slices.Contains([]string{"space", "left", "right", "h", "l"}, key):
		f.on = !f.on
	case f.isOn && (key == "y" || key == "n"):
		f.on = key == "y"
	case f.isOn:
	case key == "right" && f.input.Position() == len([]rune(f.input.Value())) && f.input.CurrentSuggestion() != "":
		f.input.SetValue(f.input.CurrentSuggestion())
		f.input.CursorEnd()
	default:
		f.input, _ = f.input.Update(msg)
	}
	f.why = ""
	return f
}

// enter keeps what was filled in, or shows what is wrong with it.
func (f form) enter(m Model) (Model, tea.Cmd) {
	next, cmd, why := f.save(m.uncover(), f.fields)
	if !anyWrong(why) {
		return next, cmd
	}
	f.fields = slices.Clone(f.fields)
	first := -1
	for i := range f.fields {
		f.fields[i].why = why[i]
		if first < 0 && why[i] != "" {
			first = i
		}
	}
	return f.to(m, first)
}

func anyWrong(why []string) bool {
	return slices.ContainsFunc(why, func(s string) bool { return s != "" })
}

func (f form) draw(m Model, w, h int) []overLine {
	lines := overLines(" " + m.styles.title.Render(fit(f.title, w-1)))
	for _, l := range f.about {
		lines = append(lines, overLine{text: " " + m.styles.muted.Render(fit(l, w-1))})
	}
	lines = append(lines, overLine{})
	for i, field := range f.fields {
		lines = append(lines, overLine{m.fieldLine(field, w, i == f.at), i + 1})
	}
	lines = append(lines, overLine{})
	for _, l := range wrapPlain(f.fields[f.at].why, w-4) {
		lines = append(lines, overLine{text: "   " + m.styles.bad.Render(l)})
	}
	lines = append(lines, overLines(m.hintLines(w, m.inWords(f.fields[f.at].hint))...)...)
	return aroundItem(lines, f.at, h)
}

func (f form) bottom(m Model, w int) string {
	return m.saysKeys("⏎ save  Esc leave as it was  ⇥ ↓ ↑ other field", w)
}

// longestLabel is the cells that labels have.
const longestLabel = 10

// fieldLine draws a field: its label, what it holds, and what is wrong.
func (m Model) fieldLine(f field, w int, current bool) string {
	label, mark := m.styles.muted, "   "
	if current {
		label, mark = m.styles.accent, " › "
	}
	room := max(w-len(mark)-longestLabel-1, 1)
	why := ""
	if f.why != "" && !current { // else it stands below
		room = min(max(width(f.input.Value())+2, room/4), max(room/2, 1))
		why = m.styles.bad.Render("  " + feed.Line(f.why))
	}
	value := "no"
	switch {
	case f.isOn && f.on:
		value = "yes"
	case !f.isOn:
		value = typedLine(f.input, room-1)
	}
	if f.isOn && current {
		value = m.styles.row[rowSelected].text.Render(value)
	}
	return ansi.Truncate(label.Render(mark+fit(f.label, longestLabel)+" ")+strings.TrimRight(value, " ")+why, w, "…")
}

// hintLines are a text in lines for a sheet, muted.
func (m Model) hintLines(w int, text string) (lines []string) {
	for _, l := range wrapPlain(text, min(w-4, m.measure)) {
		lines = append(lines, "   "+m.styles.muted.Render(l))
	}
	return lines
}
