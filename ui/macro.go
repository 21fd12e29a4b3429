package ui

import (
	"fmt"
	"maps"
	"slices"
	"strings"

	tea "github.com/charmbracelet/bubbletea"
)

// macroKey comes before the key of a macro.
const macroKey = ","

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
			name: "macro " + key, help: strings.Join(macros[key], ", then "), where: where(steps),
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

// oneByOne does one step after the other. None waits for what another has begun.
func oneByOne(steps []action) func(Model) (Model, tea.Cmd) {
	return func(m Model) (Model, tea.Cmd) {
		var cmds []tea.Cmd
		for _, s := range steps {
			var cmd tea.Cmd
			m, cmd = s.do(m)
			cmds = append(cmds, cmd)
		}
		return m, tea.Batch(cmds...)
	}
}
