package ui

import (
	"bytes"
	"errors"
	"io"
	"os"
	"strconv"
	"strings"
	"syscall"
)

// askBackground asks a terminal for its background colour (xterm, OSC 11).
// Nobody waits for the answer: it comes among the keys, if it comes at all.
const askBackground = "\x1b]11;?\x07"

const answerPrefix = "\x1b]11;"

// backgroundMsg brings the terminal's answer.
type backgroundMsg struct{ dark bool }

// An answer is a terminal whose answer to askBackground is taken out of what
// is typed. Only the first answer is looked for.
type answer struct {
	*os.File
	tell func(dark bool)
	gone func() // told when there is no terminal any more
	kept []byte // the beginning of an answer whose end has not been read yet
	done bool
}

// Read reads keys. It may read none: what came was the answer. A terminal that
// has been closed says so here too: a shell may keep the signal to itself.
func (a *answer) Read(p []byte) (int, error) {
	n, err := a.File.Read(p)
	if errors.Is(err, io.EOF) || errors.Is(err, syscall.EIO) {
		a.gone()
		return 0, io.EOF
	}
	if a.done || n <= 0 {
		return n, err
	}
	return copy(p, a.take(p[:n])), err
}

// longestAnswer is more bytes than an answer ever has.
const longestAnswer = 128

// take returns typed without the answer in it. The beginning of an answer is
// kept back until the rest arrives. One that is cut off is dropped when
// something comes that is no part of it.
func (a *answer) take(typed []byte) []byte {
	b := append(a.kept, typed...)
	a.kept = nil
	start := bytes.Index(b, []byte(answerPrefix))
	if start < 0 {
		return b
	}
	end, after := answerEnd(b[start:])
	if end < 0 {
		after = foreignTo(b[start:])
		if after < 0 && len(b)-start <= longestAnswer {
			a.kept = append([]byte{}, b[start:]...)
			return b[:start]
		}
	}
	a.done = true
	if end >= 0 {
		if dark, ok := isDark(string(b[start+len(answerPrefix) : start+end])); ok {
			a.tell(dark)
		}
	}
	if after < 0 {
		return b[:start]
	}
	return append(append([]byte{}, b[:start]...), b[start+after:]...)
}

// foreignTo finds the first byte that is no part of an answer which has not
// ended; -1 if there is none. A last escape may begin its end.
func foreignTo(b []byte) int {
	for i, c := range b[len(answerPrefix):] {
		i += len(answerPrefix)
		if c == '\x1b' && i == len(b)-1 || strings.IndexByte("0123456789abcdefABCDEFrgb:/", c) >= 0 {
			continue
		}
		return i
	}
	return -1
}

// answerEnd finds where an answer's text ends and where what follows begins;
// -1 if the end is not there.
func answerEnd(b []byte) (end, after int) {
	bel, st := bytes.IndexByte(b, 7), bytes.Index(b, []byte("\x1b\\"))
	switch {
	case bel >= 0 && (st < 0 || bel < st):
		return bel, bel + 1
	case st >= 0:
		return st, st + 2
	}
	return -1, -1
}

// isDark reports whether an answer, "rgb:1e1e/1e1e/2e2e", names a dark
// colour: one whose luminance is below a half.
func isDark(answer string) (dark, ok bool) {
	_, color, found := strings.Cut(answer, ":")
	parts := strings.Split(color, "/")
	if !found || len(parts) < 3 {
		return false, false
	}
	var light float64
	for i, weight := range []float64{0.2126, 0.7152, 0.0722} {
		n, err := strconv.ParseUint(parts[i], 16, 64)
		if err != nil || len(parts[i]) > 8 {
			return false, false
		}
		light += weight * float64(n) / float64(uint64(1)<<(4*len(parts[i]))-1)
	}
	return light < 0.5, true
}
