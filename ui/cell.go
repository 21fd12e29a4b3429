package ui

import (
	"bytes"
	"cmp"
	"slices"
	"strings"
	"unicode/utf8"

	"github.com/charmbracelet/x/ansi"
	"github.com/charmbracelet/x/ansi/kitty"
)

// A cell is one place on the screen. The right half of a wide character is a
// cell with the same text and no width.
type cell struct {
	text  string
	width int
	look  sgr
	link  string // where it leads, after the number of the link: "id=1;https://a.example"
}

// blank is what a cell shows where nothing was written.
var blank = cell{text: " ", width: 1}

// cellsOf is a line as cells: the look of each, and where it leads. Marks
// that take no place of their own belong to the cell before them, and so do
// sequences that are neither colours nor links.
func cellsOf(line string) []cell {
	cells := make([]cell, 0, len(line))
	var at cell // as the next one looks
	for i := 0; i < len(line); {
		c, n := line[i], 1
		switch {
		case c == 0x1b:
			var rest string
			if n, rest = at.sequence(line[i:]); rest != "" {
				cells = at.put(cells, rest, 0)
			}
		case c < utf8.RuneSelf && (i+1 == len(line) || line[i+1] < utf8.RuneSelf):
			cells = at.put(cells, line[i:i+1], 1)
		default:
			cluster, w := ansi.FirstGraphemeCluster(line[i:], ansi.GraphemeWidth)
			cells, n = at.put(cells, cluster, w), len(cluster)
		}
		i += n
	}
	return cells
}

// put is cells and text of w cells behind them, in the look of c.
func (c cell) put(cells []cell, text string, w int) []cell {
	if last := len(cells) - 1; w == 0 && last >= 0 {
		cells[last].text += text
		return cells
	}
	c.text = text
	if text == " " && c.look.attrs&seenOnBlank == 0 {
		c.look = sgr{bg: c.look.bg}
	}
	first := len(cells)
	for range w {
		cells = append(cells, c)
	}
	if w > 0 {
		cells[first].width = w
	}
	return cells
}

// sequence takes in the escape sequence that s starts with: a colour or a
// link. It returns how long it is, and the sequence if it is another one.
func (c *cell) sequence(s string) (n int, other string) {
	switch {
	case strings.HasPrefix(s, "\x1b["):
		n = 2 + strings.IndexFunc(s[2:], func(r rune) bool { return r >= 0x40 && r <= 0x7e }) + 1
		if n > 2 && s[n-1] == 'm' {
			c.look = c.look.then(s[2 : n-1])
			return n, ""
		}
	case len(s) > 1 && strings.IndexByte("]P_^X", s[1]) >= 0:
		n = stringEnd(s)
		if link, ok := strings.CutPrefix(s[:n], "\x1b]8;"); ok {
			c.link = strings.TrimSuffix(strings.TrimSuffix(link, "\x1b\\"), "\a")
			if strings.HasSuffix(c.link, ";") { // it leads nowhere
				c.link = ""
			}
			return n, ""
		}
	}
	n = max(n, min(2, len(s)))
	return n, s[:n]
}

// stringEnd is where the sequence that s starts with, and that holds a text,
// is over.
func stringEnd(s string) int {
	if i := strings.Index(s, "\x1b\\"); i > 0 {
		return i + 2
	}
	if i := strings.IndexByte(s, '\a'); i > 0 {
		return i + 1
	}
	return len(s)
}

// seenOnBlank are the attrs that show where there is no letter.
const seenOnBlank = attrUnderline | attrReverse | attrStrike

// blankIn reports whether c is a blank that comes out the same in the look of
// what stands before it.
func (c cell) blankIn(look sgr) bool {
	return c.text == " " && c.look.bg == look.bg && (c.look.attrs|look.attrs)&seenOnBlank == 0
}

// foreign reports whether there is more in cells than text, colours and links:
// a picture, which may cover other cells than its own.
func foreign(cells []cell) bool {
	for _, c := range cells {
		if strings.IndexByte(c.text, 0x1b) >= 0 {
			return true
		}
	}
	return false
}

// A brush writes cells with as few bytes as it can.
type brush struct {
	bytes.Buffer
	look sgr    // of what is written next
	link string // and where that leads, as in a cell
}

// a gap of this many unchanged cells is written again: to jump over it costs
// as much.
const smallGap = 6

// line writes those cells of a line that are not as they were.
func (b *brush) line(y int, was, now []cell) {
	was = spilt(was, now)
	end := len(now) // the rest is blank
	for end > 0 && now[end-1] == blank {
		end--
	}
	for x := 0; x < end; {
		if now[x] == cellAt(was, x) {
			x++
			continue
		}
		from, to := x, x+1
		for x++; x < end && x-to < smallGap; x++ {
			if now[x] != cellAt(was, x) {
				to = x + 1
			}
		}
		b.run(y, from, now[from:to])
	}
	for _, c := range was[min(end, len(was)):] {
		if c != blank {
			b.moveTo(y, end)
			b.wear(sgr{}, "")
			b.WriteString("\x1b[K")
			return
		}
	}
}

// spilt is what cells of a line show before others are written: unknown where a
// terminal may have drawn a character wider than it is, or will.
func spilt(was, now []cell) []cell {
	known := true
	for _, cells := range [][]cell{was, now} {
		for x, c := range cells {
			if c.width == 0 || cellAt(was, x) == cellAt(now, x) {
				continue
			}
			for i := x + c.width; i < x+c.width+c.spill(); i++ {
				if known {
					was, known = padded(was, len(now)), false
				}
				if i < len(was) {
					was[i] = unknown
				}
			}
		}
	}
	return was
}

// unknown is a cell of which nobody knows what it shows.
var unknown = cell{text: "?", width: -1}

// padded is a copy of cells, and blanks up to n of them.
func padded(cells []cell, n int) []cell {
	list := slices.Clone(cells)
	for len(list) < n {
		list = append(list, blank)
	}
	return list
}

// spill is how many cells more than it has a terminal needs for c that does not
// join its characters: 👩‍👧 is 👩👧 there.
func (c cell) spill() int {
	if len(c.text) <= utf8.UTFMax || !disputed(c) || strings.IndexByte(c.text, 0x1b) >= 0 {
		return 0
	}
	cells := 0
	for _, r := range c.text {
		cells += ansi.StringWidth(string(r))
	}
	return max(cells-c.width, 0)
}

// erase makes a line blank.
func (b *brush) erase(y int) {
	b.moveTo(y, 0)
	b.wear(sgr{}, "")
	b.WriteString("\x1b[2K")
}

func cellAt(cells []cell, x int) cell {
	if x < len(cells) {
		return cells[x]
	}
	return blank
}

// run writes neighbouring cells. Terminals disagree about how wide some
// characters are; they are told where the next one goes.
func (b *brush) run(y, x int, cells []cell) {
	b.moveTo(y, x)
	for i, c := range cells {
		if c.width == 0 {
			continue
		}
		if c.blankIn(b.look) {
			c.look = b.look
		}
		b.wear(c.look, c.link)
		if !disputed(c) {
			b.WriteString(c.text)
			continue
		}
		b.WriteString("  "[:min(c.width, 2)])
		b.moveTo(y, x+i)
		b.WriteString(c.text)
		b.moveTo(y, x+i+c.width)
	}
}

// disputed reports whether a terminal may think that c has another width.
func disputed(c cell) bool {
	r, n := utf8.DecodeRuneInString(c.text)
	if r == kitty.Placeholder { // its marks say which part of a picture it is
		return false
	}
	return n < len(c.text) || r >= 0x1f000 || c.width == 2 && r < 0x2e80
}

// wear changes how what comes next looks, and where it leads.
func (b *brush) wear(look sgr, link string) {
	if look != b.look {
		b.WriteString(look.after(b.look))
		b.look = look
	}
	if link != b.link {
		b.WriteString("\x1b]8;" + cmp.Or(link, ";") + "\x1b\\")
		b.link = link
	}
}
