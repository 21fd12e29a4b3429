package cli

import (
	"bytes"
	"slices"
	"strconv"
	"strings"

	"github.com/charmbracelet/x/ansi"
	"github.com/pelletier/go-toml/v2/unstable"
)

// find points at the value of a setting in a text of TOML: "refresh", "every"
// for that under [refresh], "command", "0", "key" for that under the first
// [[command]]. If it is not there, it points at the table that it would be in;
// the line is 0 if that is not there either.
func find(text string, setting ...string) (line, col int, point string) {
	var p unstable.Parser
	p.Reset([]byte(text))
	var table []string
	best, at := 0, -1
	tables := map[string]int{}
	for p.NextExpression() {
		e := p.Expression()
		path, offset, end := pathOf(e.Key())
		switch e.Kind {
		case unstable.Table:
			table = path
		case unstable.ArrayTable:
			name := strings.Join(path, ".")
			table = append(path, strconv.Itoa(tables[name]))
			tables[name]++
		case unstable.KeyValue:
			path, offset = within(text, e, slices.Concat(table, path), end, setting)
		}
		if e.Kind != unstable.KeyValue {
			path = table
		}
		if len(path) > best && len(path) <= len(setting) && slices.Equal(path, setting[:len(path)]) {
			best, at = len(path), offset
		}
	}
	if at < 0 {
		return 0, 0, ""
	}
	return pointAt(text, at)
}

// within is the path of a line "key = value", the key of which ends at end, and
// where the value begins; if that is a table on one line, those of the setting
// in it.
func within(text string, e *unstable.Node, path []string, end int, setting []string) ([]string, int) {
	if rest := e.Value(); rest.Kind == unstable.InlineTable {
		for it := rest.Children(); it.Next(); {
			more, _, end := pathOf(it.Node().Key())
			if inner := slices.Concat(path, more); len(inner) <= len(setting) && slices.Equal(inner, setting[:len(inner)]) {
				return within(text, it.Node(), inner, end, setting)
			}
		}
	}
	rest := strings.TrimLeft(text[end:], " \t\"'")
	rest = strings.TrimLeft(strings.TrimPrefix(rest, "="), " \t")
	return path, len(text) - len(rest)
}

// pathOf is a dotted key, and where it begins and ends.
func pathOf(it unstable.Iterator) (path []string, start, end int) {
	for it.Next() {
		k := it.Node()
		if path == nil {
			start = int(k.Raw.Offset)
		}
		path, end = append(path, string(k.Data)), int(k.Raw.Offset+k.Raw.Length)
	}
	return path, start, end
}

// pointAt is the line and the column of a place in a text, and the line with a
// sign below the place.
func pointAt(text string, at int) (line, col int, point string) {
	start := strings.LastIndexByte(text[:at], '\n') + 1
	whole, _, _ := strings.Cut(text[start:], "\n")
	whole = strings.TrimSuffix(whole, "\r")
	line = bytes.Count([]byte(text[:at]), []byte("\n")) + 1
	return line, at - start + 1, pointIn(whole, at-start)
}

// pointIn is a line with a sign below the byte at which something is.
func pointIn(line string, at int) string {
	return line + "\n" + strings.Repeat(" ", ansi.StringWidth(line[:min(max(at, 0), len(line))])) + "^"
}
