package ui

import (
	"strings"
	"testing"
)

func TestTheAnswerIsTakenOutOfWhatIsTyped(t *testing.T) {
	for _, c := range []struct {
		name  string
		typed []string
		keys  string
		dark  []bool
	}{
		{"one piece", []string{"j\x1b]11;rgb:0000/0000/0000\x07k"}, "jk", []bool{true}},
		{"ended by ST", []string{"\x1b]11;rgb:ffff/ffff/ffff\x1b\\"}, "", []bool{false}},
		{"in pieces", []string{"a\x1b]11;rgb:ff", "ff/ffff/ffff", "\x07b"}, "ab", []bool{false}},
		{"two digits", []string{"\x1b]11;rgb:1e/1e/2e\x07"}, "", []bool{true}},
		{"with alpha", []string{"\x1b]11;rgba:1e1e/1e1e/2e2e/ffff\x07"}, "", []bool{true}},
		{"nonsense", []string{"\x1b]11;what\x07j"}, "j", nil},
		{"only keys", []string{"j", "\x1b[A", "\x1b"}, "j\x1b[A\x1b", nil},
		{"never ends", []string{"\x1b]11;", strings.Repeat("0", 200), "j"}, "j", nil},
		{"cut off", []string{"\x1b]11;rgb:ffff/ff", "j", "j\x1b[A"}, "jj\x1b[A", nil},
		{"cut off, keys at once", []string{"k\x1b]11;rgb:ffff/ffjjs"}, "kjjs", nil},
		{"cut off by a key", []string{"\x1b]11;rgb:ffff/ff", "\x1b", "[A"}, "\x1b[A", nil},
		{"its end in two pieces", []string{"\x1b]11;rgb:ffff/ffff/ffff\x1b", "\\j"}, "j", []bool{false}},
	} {
		t.Run(c.name, func(t *testing.T) {
			var got []bool
			a := &answer{tell: func(dark bool) { got = append(got, dark) }}
			keys := ""
			for _, typed := range c.typed {
				if a.done {
					keys += typed
					continue
				}
				keys += string(a.take([]byte(typed)))
			}
			if keys != c.keys {
				t.Errorf("keys %q, want %q", keys, c.keys)
			}
			if len(got) != len(c.dark) || len(got) > 0 && got[0] != c.dark[0] {
				t.Errorf("told %v, want %v", got, c.dark)
			}
		})
	}
}
