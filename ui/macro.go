package ui

import (
	"fmt"
	"maps"
	"slices"
	"strconv"
	"strings"

	tea "github.com/charmbracelet/bubbletea"
)

// macroKey comes before the key of a macro.
const macroKey = ","

// macroName comes before the key of a macro in its name.
const macroName = "macro "

// withMacros adds the reader's macros to the actions, and claims their keys.
func (k *Keymap) withMacros(macros map[string][]string) (claims []claim, err error) {
	known := slices.Clone(k.actions) // a macro runs no macro
	for _, key := range slices.Sorted(maps.Keys(macros)) {
		setting := []string{"macros", key}
		var steps []action
		for _, name := range macros[key] {
			i := slices.IndexFunc(known, func(a action) bool { return a.name == name })
			if i < 0 {
				return nil, &BindingError{Setting: setting, Why: fmt.Sprintf("there is no action %s%s", name, meant(name, k.names()))}
			}
			steps = append(steps, known[i])
		}
		if len(steps) == 0 {
			return nil, &BindingError{Setting: setting, Why: `a macro is names of actions, such as "star browse"`}
		}
		k.actions = append(k.actions, action{
			name: macroName + key, help: strings.Join(macros[key], ", then "), where: where(steps),
			do: oneByOne(steps), inHelp: "Your macros",
		})
		c := claim{binding: binding{len(k.actions) - 1, where(steps)}, rank: byReader, setting: setting}
		if claims, err = claimAll(claims, c, []string{macroKey + " " + key}); err != nil {
			return nil, err
		}
	}
	return claims, nil
}

// where is the places in which all steps mean something, or those of the
// first: it may lead to where the others do.
func where(steps []action) places {
	all := anywhere
	for _, s := range steps {
		all &= s.where
	}
	if all == 0 {
		return steps[0].where
	}
	return all
}

// A macroStep is an action of a macro that is to be done.
type macroStep struct {
	action
	count string // before the keys of the macro
}

// oneByOne does one step after the other. One that acts on a list or a text waits
// until it has come, as keys do.
func oneByOne(steps []action) func(Model) (Model, tea.Cmd) {
	return func(m Model) (Model, tea.Cmd) {
		left := slices.Clip(m.ahead.steps)
		for _, s := range steps {
			left = append(left, macroStep{s, strconv.Itoa(m.counted)})
		}
		m.ahead.steps = left
		return m.goOnWithMacro()
	}
}

// goOnWithMacro does the steps that are left, as far as they need not wait.
func (m Model) goOnWithMacro() (Model, tea.Cmd) {
	var cmds []tea.Cmd
	for len(m.ahead.steps) > 0 && !m.mustWait(m.ahead.steps[0].action) {
		next := m.ahead.steps[0]
		m.ahead.steps = m.ahead.steps[1:]
		var cmd tea.Cmd
		m, cmd = m.times(next.count, next.do)
		cmds = append(cmds, cmd)
	}
	return m, tea.Batch(cmds...)
}
