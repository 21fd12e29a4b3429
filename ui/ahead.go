package ui

import (
	"slices"

	tea "github.com/charmbracelet/bubbletea"
)

// ahead is the keys that were typed faster than a list or an article came. Those
// that act on it wait for it, and those after them too: they mean what they
// would have meant to a reader who had waited.
//
//	a key → await → (more keys) → the answer → catchUp
type ahead struct {
	keys  []tea.KeyMsg
	steps []macroStep // of a macro, before the keys
	lists int         // answers that every key waits for
	pages int         // and those that keys wait for which move in the text, or look for something in it
	era   int         // counts how often the reader would not wait
}

// answeredMsg brings an answer that keys wait for.
type answeredMsg struct {
	msg  tea.Msg
	page bool
	era  int
}

// await has the keys that are pressed from now on wait for the answer of cmd.
func (m Model) await(cmd tea.Cmd) (Model, tea.Cmd) {
	m.ahead.lists++
	return m, m.ahead.answer(cmd, false)
}

// awaitPage does so for the keys that need the text of the open article. There
// is nothing to wait for without a cmd.
func (m Model) awaitPage(cmd tea.Cmd) (Model, tea.Cmd) {
	if cmd == nil {
		return m, nil
	}
	m.ahead.pages++
	return m, m.ahead.answer(cmd, true)
}

func (a ahead) answer(cmd tea.Cmd, page bool) tea.Cmd {
	return func() tea.Msg { return answeredMsg{cmd(), page, a.era} }
}

func (m Model) answered(msg answeredMsg) (Model, tea.Cmd) {
	switch {
	case msg.era != m.ahead.era:
	case msg.page:
		m.ahead.pages--
	default:
		m.ahead.lists--
	}
	return m.happened(msg.msg)
}

// typed presses a key, or has it wait. Letters that were typed faster than they
// were read come as one message. Nobody has to wait who wants to go back or to
// leave, but for what is to be taken back before that.
func (m Model) typed(msg tea.KeyMsg) (Model, tea.Cmd) {
	switch {
	case msg.Type == tea.KeyRunes && len(msg.Runes) > 1 && !msg.Paste:
		return m.typedEach(msg)
	case msg.Alt && !m.keys.knows(keyName(msg)) && !slices.Contains(editing, keyName(msg)):
		return m.typedAfterEsc(msg)
	}
	a, key := &m.ahead, keyName(msg)
	action, _ := m.keys.find(m.typing.with(key), m.listening())
	switch {
	case a.lists == 0 && a.pages == 0 && m.acts.running == 0:
	case key == "esc" || key == "ctrl+c" || action.name == "quit" && m.top() == nil && (a.lists > 0 || a.pages > 0):
		*a = ahead{era: a.era + 1}
	case len(a.keys) > 0, len(a.steps) > 0, m.keyWaits(msg):
		a.keys = append(slices.Clip(a.keys), msg)
		return m, nil
	}
	return m.press(msg)
}

// keyWaits reports whether a key that is pressed now waits for an answer.
func (m Model) keyWaits(msg tea.KeyMsg) bool {
	action, _ := m.keys.find(m.typing.with(keyName(msg)), m.listening())
	return m.top() == nil && m.mustWait(action)
}

// mustWait reports whether an action waits for an answer.
func (m Model) mustWait(next action) bool {
	a := m.ahead
	return a.lists > 0 || a.pages > 0 && slices.Contains(inText, next.name) || m.acts.running > 0 && slices.Contains(inTime, next.name)
}

// inTime are the actions that need to know what has come of those before them.
var inTime = []string{"undo", "redo"}

// inText are the actions that need the text of the open article.
var inText = []string{
	"down", "up", "top", "bottom", "page-down", "page-up", "half-down", "half-up",
	"links", "link-hints", "open-link", "search", "right", "left",
	"contents", "next-heading", "previous-heading", "source",
}

// editing are the keys with alt that mean something on a line.
var editing = []string{"alt+b", "alt+f", "alt+d", "alt+left", "alt+right", "alt+backspace", "alt+delete"}

// typedAfterEsc presses Esc and then the key: a slow line brings both as one,
// and a terminal writes a key with alt like that.
func (m Model) typedAfterEsc(msg tea.KeyMsg) (Model, tea.Cmd) {
	msg.Alt = false
	m, esc := m.typed(tea.KeyMsg{Type: tea.KeyEsc})
	m, then := m.typed(msg)
	return m, tea.Batch(esc, then)
}

// typedEach presses the letters of msg one by one.
func (m Model) typedEach(msg tea.KeyMsg) (Model, tea.Cmd) {
	var cmds []tea.Cmd
	for _, r := range msg.Runes {
		one := msg
		one.Runes = []rune{r}
		if r == ' ' {
			one.Type = tea.KeySpace
		}
		var cmd tea.Cmd
		m, cmd = m.typed(one)
		cmds = append(cmds, cmd)
	}
	return m, tea.Batch(cmds...)
}

// catchUp does what is left of a macro and presses the keys that have waited, as
// far as they need not wait again.
func (m Model) catchUp() (Model, tea.Cmd) {
	m, cmd := m.goOnWithMacro()
	cmds := []tea.Cmd{cmd}
	for len(m.ahead.keys) > 0 && len(m.ahead.steps) == 0 && m.ahead.lists == 0 && m.ahead.pages == 0 && !m.keyWaits(m.ahead.keys[0]) {
		next := m.ahead.keys[0]
		m.ahead.keys = m.ahead.keys[1:]
		m, cmd = m.press(next)
		cmds = append(cmds, cmd)
	}
	return m, tea.Batch(cmds...)
}
