package ui

import (
	"cmp"
	"fmt"
	"maps"
	"slices"
	"strings"
)

// Bindings is what config.toml says about keys. Its zero value changes
// nothing.
type Bindings struct {
	Preset   string              // the name of one of presets; "" for the default
	Keys     map[string][]string // the keys of an action, as people write them; none to take them away
	Macros   map[string][]string // the actions of a key that follows a comma
	Commands []Command
}

// A BindingError names the setting that is wrong.
type BindingError struct {
	Setting []string // "keys", "star"; "command", "0", "key"
	Other   []string // the one that it does not go with; nil if it is wrong by itself
	Why     string
}

func (e *BindingError) Error() string { return strings.Join(e.Setting, ".") + ": " + e.Why }

// A Keymap is what each key does. Its zero value holds nothing; Bindings{}
// makes the one of the defaults.
type Keymap struct {
	actions []action             // each with the keys that it has
	bound   map[string][]binding // what keys in a row do
	begun   map[string]places    // where such keys go on
	taken   []taking             // what the reader's own keys took
}

// A taking is that a key of the reader's took one from another action.
type taking struct{ by, from claim }

// A binding is an action, and where a key means it.
type binding struct {
	action int
	where  places
}

// A claim is that keys mean an action. Where two claim the same keys, the one
// of the higher rank has them.
type claim struct {
	binding
	keys    string
	rank    rank
	setting []string
}

// rank says who claims: a reader's own wishes come first.
type rank int

const (
	byDefault rank = iota
	byPreset
	byReader
	always
)

// Keymap makes the keymap. The error is a *BindingError.
func (b Bindings) Keymap() (Keymap, error) {
	k := Keymap{actions: actions(), bound: map[string][]binding{}, begun: map[string]places{}}
	preset, ok := presets()[b.Preset]
	if !ok && b.Preset != "" {
		return Keymap{}, &BindingError{Setting: []string{"keys", "preset"}, Why: "keys.preset is " + presetNames()}
	}
	claims, err := k.claims(preset, b.Keys)
	if err != nil {
		return Keymap{}, err
	}
	own, err := k.withCommands(b.Commands)
	if err != nil {
		return Keymap{}, err
	}
	macros, err := k.withMacros(b.Macros)
	if err != nil {
		return Keymap{}, err
	}
	if err := k.settle(slices.Concat(claims, own, macros)); err != nil {
		return Keymap{}, err
	}
	return k, k.wayOut(b)
}

// orDefault is k, or the keymap of the defaults if it holds nothing.
func (k Keymap) orDefault() Keymap {
	if k.actions == nil {
		k, _ = Bindings{}.Keymap() // only a reader's own wishes can be wrong
	}
	return k
}

// claims are the keys of the actions: those of the reader, or those of the
// preset, or those that they have by default.
func (k Keymap) claims(preset, own map[string][]string) (list []claim, err error) {
	for _, name := range slices.Sorted(maps.Keys(own)) {
		if k.named(name) < 0 {
			return nil, &BindingError{Setting: []string{"keys", name}, Why: fmt.Sprintf("there is no action %s%s", name, meant(name, k.names()))}
		}
	}
	for i, a := range k.actions {
		c := claim{binding: binding{i, a.where}, setting: []string{"keys", a.name}}
		words, mine := own[a.name]
		switch theirs, ok := preset[a.name]; {
		case mine:
			c.rank = byReader
		case ok:
			words, c.rank = theirs, byPreset
		default:
			words = a.keys
		}
		if list, err = claimAll(list, c, words); err != nil {
			return nil, err
		}
	}
	quit := k.named("quit")
	return append(list, claim{binding{quit, anywhere}, "ctrl+c", always, nil}), nil
}

// claimAll claims each of the keys that words are. An empty word is none.
func claimAll(list []claim, c claim, words []string) ([]claim, error) {
	for _, word := range words {
		if word == "" {
			continue
		}
		var err error
		claimed := c
		if c.rank == byPreset {
			var where places
			word, where = keyInPlace(word)
			claimed.where &= where
		}
		if claimed.keys, err = parseKeys(word); err != nil {
			return nil, &BindingError{Setting: c.setting, Why: err.Error()}
		}
		list = append(list, claimed)
	}
	return list, nil
}

// settle gives keys to those who claim them. Two claims of a reader that clash
// are an error; else the lower one gives way where they meet.
func (k *Keymap) settle(claims []claim) error {
	for i := range k.actions {
		k.actions[i].keys = nil
	}
	for _, c := range claims {
		left := c.where
		for _, d := range claims {
			switch {
			case c.where&d.where == 0 || !clash(c.keys, d.keys) || c.action == d.action && c.keys == d.keys:
			case c.rank == byReader && d.rank >= byReader:
				return k.clashing(c, d)
			case c.rank < d.rank:
				left &^= d.where
				if d.rank == byReader {
					k.taken = append(k.taken, taking{d, c})
				}
			}
		}
		c.where = left
		k.bind(c)
	}
	return nil
}

// clash reports whether keys are the same, or one is the beginning of the
// other: then the first key would have to wait for what follows.
func clash(a, b string) bool {
	if len(a) > len(b) {
		a, b = b, a
	}
	return strings.HasPrefix(b, a) && (len(a) == len(b) || b[len(a)] == ' ')
}

// clashing says which two settings want the same key.
func (k Keymap) clashing(c, d claim) error {
	if d.rank == always {
		return &BindingError{Setting: c.setting, Why: keyLabel(d.keys) + " always is " + k.actions[d.action].name}
	}
	if len(c.keys) > len(d.keys) {
		c, d = d, c
	}
	why := fmt.Sprintf("%s is both %s and %s %s", keyLabel(c.keys), k.actions[c.action].name, k.actions[d.action].name, c.where&d.where)
	if c.keys != d.keys {
		why = fmt.Sprintf("%s is %s, and so %s can never be %s %s", keyLabel(c.keys), k.actions[c.action].name,
			keyLabel(d.keys), k.actions[d.action].name, c.where&d.where)
	}
	return &BindingError{Setting: d.setting, Other: c.setting, Why: why}
}

// String says where, for errors.
func (p places) String() string {
	switch p {
	case inFeeds:
		return "among the feeds"
	case inArticles:
		return "among the articles"
	case inReader:
		return "in the reader"
	case inLists:
		return "in the lists"
	case onArticle:
		return "among the articles and in the reader"
	}
	return "everywhere"
}

// bind gives keys to an action, unless nothing is left of where it has them.
func (k Keymap) bind(c claim) {
	a := &k.actions[c.action]
	if c.where == 0 || slices.Contains(a.keys, c.keys) {
		return
	}
	a.keys = append(a.keys, c.keys)
	k.bound[c.keys] = append(k.bound[c.keys], c.binding)
	for i := range c.keys {
		if c.keys[i] == ' ' {
			k.begun[c.keys[:i]] |= c.where
		}
	}
}

// Taken says which keys of the reader's own were those of another action, and
// with which keys that is left. It is no error, but may be a surprise.
func (k Keymap) Taken() (list []string) {
	for _, t := range k.taken {
		loser, where := k.actions[t.from.action], t.by.where&t.from.where
		var left []string
		for p := feedPane; p <= readerPane; p++ {
			if where&(1<<p) == 0 {
				continue
			}
			for _, key := range k.keysIn(loser, p) {
				if label := keyLabel(key); !slices.Contains(left, label) {
					left = append(left, label)
				}
			}
		}
		words := fmt.Sprintf("%s does %s now", keyLabel(t.by.keys), k.actions[t.by.action].name)
		if t.from.keys != t.by.keys {
			words += fmt.Sprintf(", so %s no longer does %s", keyLabel(t.from.keys), loser.name)
		}
		if where != t.from.where {
			words += " " + where.String()
		}
		if len(left) == 0 {
			left = []string{":" + loser.name}
		}
		list = append(list, fmt.Sprintf("%s; %s is left with %s", words, loser.name, strings.Join(left, " ")))
	}
	return list
}

// wayOut is an error if no key is left for help; quit always has one.
func (k Keymap) wayOut(b Bindings) error {
	var where places
	for _, bound := range k.bound {
		for _, has := range bound {
			if k.actions[has.action].name == "help" {
				where |= has.where
			}
		}
	}
	if where&anywhere == anywhere {
		return nil
	}
	setting := []string{"keys"}
	if _, ok := b.Keys["help"]; ok {
		setting = []string{"keys", "help"}
	}
	return &BindingError{Setting: setting, Why: `no key is left for help; give it one, such as help = "f1"`}
}

// find returns what keys do in pane p.
func (k Keymap) find(keys string, p pane) (action, bool) {
	for _, b := range k.bound[keys] {
		if b.where&(1<<p) != 0 {
			return k.actions[b.action], true
		}
	}
	return action{}, false
}

// knows reports whether keys mean something anywhere, or begin something.
func (k Keymap) knows(keys string) bool { return len(k.bound[keys]) > 0 || k.begun[keys] != 0 }

// goesOn reports whether further keys may follow keys in pane p.
func (k Keymap) goesOn(keys string, p pane) bool { return k.begun[keys]&(1<<p) != 0 }

// A following is keys that may come next, and what they do.
type following struct {
	keys string
	action
}

// follow lists what may follow keys in pane p.
func (k Keymap) follow(keys string, p pane) (list []following) {
	for all, bound := range k.bound {
		rest, ok := strings.CutPrefix(all, keys+" ")
		if !ok {
			continue
		}
		for _, b := range bound {
			if b.where&(1<<p) != 0 {
				list = append(list, following{rest, k.actions[b.action]})
			}
		}
	}
	slices.SortFunc(list, func(a, b following) int {
		return cmp.Or(cmp.Compare(strings.ToLower(a.keys), strings.ToLower(b.keys)), cmp.Compare(b.keys, a.keys))
	})
	return list
}

// keysIn are the keys of an action in pane p.
func (k Keymap) keysIn(a action, p pane) (keys []string) {
	for _, key := range a.keys {
		if has, ok := k.find(key, p); ok && has.name == a.name {
			keys = append(keys, key)
		}
	}
	return keys
}

// hints lists the actions that the bottom line shows in pane p, each with the
// keys that it has there; the last is help.
func (k Keymap) hints(p pane) (hints []action) {
	for _, a := range k.actions {
		if a.keys = k.keysIn(a, p); a.short != "" && len(a.keys) > 0 {
			hints = append(hints, a)
		}
	}
	return hints
}

// label is the first key of an action, as help shows it, or ":" and its name
// if it has none.
func (k Keymap) label(name string) string {
	if i := k.named(name); i >= 0 && len(k.actions[i].keys) > 0 {
		return keyLabel(k.actions[i].keys[0])
	}
	return ":" + name
}

// named is where the action called name is, or -1.
func (k Keymap) named(name string) int {
	return slices.IndexFunc(k.actions, func(a action) bool { return a.name == name })
}

func (k Keymap) names() (names []string) {
	for _, a := range k.actions {
		names = append(names, a.name)
	}
	return names
}

// A Key is a row of the table of keys.
type Key struct {
	Action string   // its name in config.toml
	Keys   []string // as a person reads them
	Help   string
	Group  string
}

// Keys lists every action with its keys, in the order in which help shows
// them.
func (k Keymap) Keys() []Key {
	var list []Key
	for _, a := range k.actions {
		row := Key{Action: a.name, Help: a.help, Group: a.inHelp}
		for _, name := range a.keys {
			row.Keys = append(row.Keys, keyLabel(name))
		}
		if slices.Equal(row.Keys, digits) {
			row.Keys = []string{"1-9"}
		}
		list = append(list, row)
	}
	return list
}

// digits are shown as one key.
var digits = strings.Split("123456789", "")
