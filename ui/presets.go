package ui

import (
	"maps"
	"slices"
	"strings"
)

// presets are sets of keys for fingers that know another program. An action
// that is not named keeps its own keys, but for those that another one takes. A
// key with a place after it is meant there only.
func presets() map[string]map[string][]string {
	return map[string]map[string][]string{
		"default": {},

		// What newsboat binds by itself, where there is such an action.
		"newsboat": {
			"down": {"down", "J in lists"}, "up": {"up", "K in lists"}, "top": {"home"}, "bottom": {"end"},
			"page-down": {"pgdown", "space"}, "page-up": {"pgup", "b"},
			"next": {"j", "J in reader"}, "previous": {"k", "K in reader"},
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
			"next-feed": {}, "previous-feed": {}, "fold": {"left"}, "unfold": {"right"}, "help": {"h", "H", "?", "f1"}, "redraw": {"ctrl+l", "ctrl+r"},
			"refresh": {"R", "F"}, "filter": {"&"}, "link-hints": {"L"}, "enclosures": {"P"},
		},
	}
}

// presetPlaces are the places after the keys of presets.
var presetPlaces = map[string]places{" in lists": inLists, " in reader": inReader}

// keyInPlace is a key of a preset, and where it is meant.
func keyInPlace(word string) (key string, where places) {
	for end, where := range presetPlaces {
		if key, ok := strings.CutSuffix(word, end); ok {
			return key, where
		}
	}
	return word, anywhere
}

// presetNames lists the presets, for an error.
func presetNames() string {
	names := slices.Sorted(maps.Keys(presets()))
	last := len(names) - 1
	return `"` + strings.Join(names[:last], `", "`) + `" or "` + names[last] + `"`
}
