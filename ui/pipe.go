package ui

import (
	"context"
	"errors"
	"fmt"
	"io/fs"
	"os/exec"
	"slices"
	"strings"
	"time"

	tea "github.com/charmbracelet/bubbletea"
	"github.com/charmbracelet/x/ansi"

	"app/newsterm/feed"
	"app/newsterm/store"
)

// pipe is what is known of the commands that articles are given to.
type pipe struct {
	format  int      // of pipeFormats
	history []string // the oldest first
	back    int      // how many commands back the prompt is; 0 for what is being typed
	typed   string   // that, while the prompt is back

	running string // the command line; "" if none runs
	seq     int    // counts those that ran
	stop    context.CancelFunc
}

// pipeFormats are what a command may be given; ⇥ goes from one to the next.
var pipeFormats = []string{"markdown", "text", "html", "json"}

const (
	pipesSetting = "pipes" // the setting of the store that keeps the history, a line each
	mostPipes    = 100
)

// pipesMsg brings the history.
type pipesMsg []string

// pipedMsg brings what a command has written, and how it ended.
type pipedMsg struct {
	seq     int
	list    []store.Article // that it was given
	command string
	wrote   bool  // anything
	sheet   sheet // with what it wrote
	err     error
}

// askPipe asks for a command that the article is given to, or the selected ones,
// one after the other.
func (m Model) askPipe() (Model, tea.Cmd) {
	list := m.meant()
	if len(list) == 0 {
		return m, nil
	}
	if m.pipe.running != "" {
		return m.note("%s", m.pipe.goesOn(m.width-1)), nil
	}
	m.pipe.back, m.pipe.typed = 0, ""
	return m.cover(m.pipePrompt(list, "", "")), func() tea.Msg {
		text, _ := m.o.Library.Setting(m.ctx, pipesSetting) // without it there is no history
		return pipesMsg(pipesIn(text))
	}
}

// pipePrompt asks for the command, with a line to begin with, and with what is
// wrong with it.
func (m Model) pipePrompt(list []store.Article, line, why string) prompt {
	p := m.newPrompt(m.pipe.label(), line, func(m Model, line string) (Model, tea.Cmd, error) {
		return m.deselect().pipeTo(list, line)
	})
	p.input.Placeholder = "a command · ⇥ format · ↑ earlier · !less gets the terminal"
	p.other, p.why = pipeKey, why
	return p
}

func (p pipe) label() string { return "pipe " + pipeFormats[p.format] + " to: " }

// pipeKey does what a key means on this prompt and on no other.
func pipeKey(m Model, p prompt, key string) (Model, prompt, bool) {
	switch key {
	case "tab":
		m.pipe.format = (m.pipe.format + 1) % len(pipeFormats)
	case "shift+tab":
		m.pipe.format = (m.pipe.format + len(pipeFormats) - 1) % len(pipeFormats)
	case "up", "ctrl+p":
		return m.recall(p, +1)
	case "down", "ctrl+n":
		return m.recall(p, -1)
	default:
		return m, p, false
	}
	p.input.Prompt = m.pipe.label()
	return m, p, true
}

// recall puts a command of the history on the prompt: n further back.
func (m Model) recall(p prompt, n int) (Model, prompt, bool) {
	history := &m.pipe
	if history.back == 0 {
		history.typed = p.input.Value()
	}
	history.back = max(min(history.back+n, len(history.history)), 0)
	line := history.typed
	if history.back > 0 {
		line = history.history[len(history.history)-history.back]
	}
	p.input.SetValue(line)
	p.input.CursorEnd()
	return m, p, true
}

// pipeTo gives articles to a command. With ! before it, it gets the terminal
// too.
func (m Model) pipeTo(list []store.Article, line string) (Model, tea.Cmd, error) {
	command, lends := strings.CutPrefix(line, "!")
	argv, err := splitWords(command)
	if err != nil || len(argv) == 0 {
		return m, nil, err
	}
	text := m.formatted(list, pipeFormats[m.pipe.format])
	m, keep := m.keepPipe(line)
	if lends {
		return m, tea.Batch(keep, func() tea.Msg {
			text, err := text()
			if err != nil {
				return failedMsg{argv[0], err}
			}
			return borrowMsg{doing: argv[0], argv: argv, text: text, input: true}
		}), nil
	}
	ctx, stop := context.WithCancel(m.ctx)
	m.pipe.running, m.pipe.stop = feed.Line(line), stop
	m.pipe.seq++
	seq, jobs := m.pipe.seq, m.jobs
	return m, tea.Batch(keep, func() tea.Msg {
		defer stop()
		msg := pipedMsg{seq: seq, list: list, command: feed.Line(line)}
		text, err := text()
		if err != nil {
			msg.err = err
			return msg
		}
		output, more, err := jobs.filter(ctx, argv, text)
		msg.wrote, msg.err = output != "", err
		msg.sheet = outputSheet(sheetTitle(msg.command, err), output, more)
		msg.sheet.fill(m, "", max(m.width-2, 1)) // which may take a while
		return msg
	}), nil
}

// formatted makes the text of articles, when it is called.
func (m Model) formatted(list []store.Article, format string) func() (string, error) {
	var wholes []func() (store.Article, error)
	for _, a := range list {
		wholes = append(wholes, m.whole(a))
	}
	return func() (string, error) {
		var texts []string
		for _, whole := range wholes {
			a, err := whole()
			if err != nil {
				return "", err
			}
			text, err := m.o.Format(a, format)
			if err != nil {
				return "", err
			}
			texts = append(texts, text)
		}
		if format == "json" {
			return strings.Join(texts, ""), nil // one a line
		}
		return strings.Join(texts, "\n"), nil
	}
}

// keepPipe puts a command at the end of the history; what another screen has
// put there stays.
func (m Model) keepPipe(line string) (Model, tea.Cmd) {
	m.pipe.history = lastPipes(m.pipe.history, line)
	return m.inTurn(func() tea.Msg {
		text, err := m.o.Library.Setting(m.ctx, pipesSetting)
		if err == nil {
			err = m.o.Library.SetSetting(m.ctx, pipesSetting, strings.Join(lastPipes(pipesIn(text), line), "\n"))
		}
		if err != nil {
			return failedMsg{"keep the command", err}
		}
		return nil
	})
}

// lastPipes is a history with a command at its end, and nowhere else.
func lastPipes(history []string, line string) []string {
	list := slices.DeleteFunc(slices.Clone(history), func(old string) bool { return old == line })
	list = append(list, line)
	return list[max(len(list)-mostPipes, 0):]
}

// pipesIn are the commands of the setting, the oldest first.
func pipesIn(setting string) []string {
	return strings.FieldsFunc(setting, func(r rune) bool { return r == '\n' })
}

// goesOn tells what runs, in w cells if there are enough for the end of it.
func (p pipe) goesOn(w int) string {
	const how = " runs · Esc ends it"
	return ansi.Truncate(p.running, max(w-width(how), 8), "…") + how
}

// endPipe kills the command that runs.
func (m Model) endPipe() (Model, tea.Cmd) {
	m.pipe.stop()
	m = m.note("stopped %s", m.pipe.running)
	m.pipe.running = ""
	m.pipe.seq++ // nobody asks what it wrote
	return m, nil
}

// piped shows what a command wrote.
func (m Model) piped(msg pipedMsg) (Model, tea.Cmd) {
	if msg.seq != m.pipe.seq {
		return m, nil
	}
	m.pipe.running = ""
	switch {
	case msg.wrote:
		return m.openSheet(msg.sheet), nil
	case errors.Is(msg.err, errNoProgram) && m.top() == nil:
		return m.cover(m.pipePrompt(msg.list, msg.command, msg.err.Error())), nil
	case msg.err != nil:
		return m.failed(failedMsg{msg.command, msg.err})
	}
	return m.note("%s: done", msg.command), nil
}

// sheetTitle is a command line, and how the command ended if not well.
func sheetTitle(command string, err error) string {
	if err == nil {
		return command
	}
	return command + " · " + err.Error()
}

// outputSheet shows what a program wrote, its lines and its columns as they
// are. They are made once for each width.
func outputSheet(title, text string, more bool) sheet {
	var lines []sheetLine
	madeFor := -1
	return sheet{title: title, fill: func(m Model, _ string, w int) []sheetLine {
		if w != madeFor {
			var cut bool
			if lines, cut = outputLines(text, w); cut || more {
				lines = append(lines, sheetLine{text: m.styles.muted.Render(fit("… and more than is shown here", w))})
			}
			madeFor = w
		}
		return slices.Clone(lines)
	}}
}

// mostOutputLines is how many lines of what a program wrote are shown.
const mostOutputLines = 20_000

// outputLines are the lines of a text, those that are too long broken. It
// reports whether there are more.
func outputLines(text string, w int) (lines []sheetLine, cut bool) {
	for l := range strings.SplitSeq(text, "\n") {
		for part := range strings.SplitSeq(ansi.Hardwrap(untabbed(l), w, true), "\n") {
			if len(lines) == mostOutputLines {
				return lines, true
			}
			lines = append(lines, sheetLine{text: part})
		}
	}
	return lines, false
}

// untabbed is a line with spaces for tabs, as a terminal shows them.
func untabbed(line string) string {
	if !strings.Contains(line, "\t") {
		return line
	}
	var b strings.Builder
	column := 0
	for i, part := range strings.Split(line, "\t") {
		if i > 0 {
			n := 8 - column%8
			b.WriteString(strings.Repeat(" ", n))
			column += n
		}
		b.WriteString(part)
		column += width(part)
	}
	return b.String()
}

// filter runs a program that reads text, and returns what it wrote, to its
// output and of its errors, cleaned. The error says how it ended if not well.
// It and those that it started are killed when ctx is done.
func (j *jobs) filter(ctx context.Context, argv []string, text string) (output string, more bool, err error) {
	if !j.begin() {
		return "", false, context.Canceled
	}
	defer j.running.Done()
	var out capped
	c := exec.CommandContext(ctx, argv[0], argv[1:]...)
	c.Stdin, c.Stdout, c.Stderr, c.WaitDelay = strings.NewReader(text), &out, &out, time.Second
	killAll(c)
	err = c.Run()
	if errors.Is(err, exec.ErrWaitDelay) { // what it left running holds its output
		err = nil
	}
	return strings.TrimRight(feed.Safe(ansi.Strip(out.String())), "\n "), out.Len() >= mostOutput, ending(err)
}

var errNoProgram = errors.New("there is no such program")

// ending is how a program ended that did not end well.
func ending(err error) error {
	ended, hasEnded := errors.AsType[*exec.ExitError](err)
	switch {
	case err == nil:
		return nil
	case errors.Is(err, exec.ErrNotFound), errors.Is(err, fs.ErrNotExist):
		return errNoProgram
	case errors.Is(err, fs.ErrPermission):
		return errors.New("it may not be run")
	case hasEnded && ended.ExitCode() >= 0:
		return fmt.Errorf("ended with exit code %d", ended.ExitCode())
	}
	return err
}
