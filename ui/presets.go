package ui

import (
	"maps"
	"slices"
	"strings"
)

// presets are sets of keys for fingers that know another program. An action
// that is not named keeps its own keys, but for those that another one takes.
func presets() map[string]map[string][]string {
	return map[string]map[string][]string{
		"default": {},

		// What newsboat binds by itself, where there is such an action.
		"newsboat": {
			"down": {"down"}, "up": {"up"}, "top": {"home"}, "bottom": {"end"},
			"page-down": {"pgdown", "space"}, "page-up": {"pgup", "b"},
			"next": {"j", "J"}, "previous": {"k", "K"},
			"next-unread": {"n"}, "previous-unread": {"p"}, "random": {"ctrl+k"},
			"open": {"enter"}, "unfold": {"right"}, "fold": {"left"}, "leave": {"q"}, "quit": {"Q"},
			"read": {"N"}, "read-all": {"A", "C"}, "star": {"ctrl+e"}, "leave-feed": {},
			"show-read": {"l"}, "sort": {"g", "G"}, "half-up": {},
			"links": {"u"}, "contents": {"#"}, "source": {"ctrl+u"}, "write": {"s"},
		},

		"vim": {
			"top": {"gg", "home"}, "bottom": {"G", "end"}, "half-down": {"ctrl+d"}, "half-up": {"ctrl+u"},
			"page-down": {"ctrl+f", "space", "pgdown"}, "page-up": {"ctrl+b", "b", "pgup"},
			"next": {"gt", "]", "J"}, "previous": {"gT", "[", "K"},
			"next-pane": {"ctrl+w w", "tab"}, "previous-pane": {"ctrl+w W", "shift+tab"},
			"unfold": {"l", "right", "zo"}, "fold": {"h", "left", "zc"},
			"undo": {"u"}, "redo": {"ctrl+r"}, "copy": {"yy"}, "browse": {"gx", "o"}, "full-text": {"gf", "x"},
			"zen": {"zz"}, "quit": {"ZZ", "ZQ", "Q"},
		},

		"less": {
			"down": {"j", "e", "down", "ctrl+n", "ctrl+e"}, "up": {"k", "up", "ctrl+p", "ctrl+k"},
			"page-down": {"space", "f", "ctrl+f", "ctrl+v", "pgdown"}, "page-up": {"b", "ctrl+b", "pgup"},
			"half-down": {"d", "ctrl+d"}, "half-up": {"u", "ctrl+u"},
			"top": {"g", "<", "home"}, "bottom": {"G", ">", "end"}, "read-above": {}, "read-below": {},
			"fold": {"left"}, "unfold": {"right"}, "help": {"h", "H", "?", "f1"}, "redraw": {"ctrl+l", "ctrl+r"},
			"refresh": {"R", "F"}, "filter": {"&"}, "link-hints": {"L"}, "enclosures": {"P"},
		},
	}
}

// presetNames lists the presets, for an error.
func presetNames() string {
	names := slices.Sorted(maps.Keys(presets()))
	last := len(names) - 1
	return `"` + strings.Join(names[:last], `", "`) + `" or "` + names[last] + `"`
}
