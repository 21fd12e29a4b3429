package ui

import (
	"cmp"
	"errors"
	"fmt"
	"regexp"
	"slices"
	"strconv"
	"strings"

	tea "github.com/charmbracelet/bubbletea"

	"app/newsterm/feed"
	"app/newsterm/store"
)

// A Command is a program of the reader's own, which is given an article.
type Command struct {
	Name   string
	Keys   []string // as people write them; none if it is only called by its name
	Run    []string // the program and its arguments; see filled
	Output string   // "sheet" shows what it writes, "terminal" lends it the terminal, "none" and "" tell only how it ended
}

// outputs are what becomes of what a command writes.
var outputs = []string{"", "none", "sheet", "terminal"}

// withCommands adds the reader's commands to the actions, and claims their
// keys.
func (k *Keymap) withCommands(commands []Command) (claims []claim, err error) {
	for i, c := range commands {
		setting := []string{"command", strconv.Itoa(i)}
		if field, why := k.wrongWith(c); why != "" {
			return nil, &BindingError{Setting: append(setting, field), Why: why}
		}
		k.actions = append(k.actions, action{
			name: c.Name, help: c.Name + " (" + feed.Cut(feed.Line(strings.Join(c.Run, " ")), 60) + ")", where: onArticle,
			do: func(m Model) (Model, tea.Cmd) { return m.call(c) }, inHelp: "Your commands",
		})
		own := claim{binding: binding{len(k.actions) - 1, onArticle}, rank: byReader, setting: append(setting, "key")}
		if claims, err = claimAll(claims, own, c.Keys); err != nil {
			return nil, err
		}
	}
	return claims, nil
}

// wrongWith says what is wrong with a command, and in which of its settings.
func (k Keymap) wrongWith(c Command) (field, why string) {
	switch {
	case strings.TrimSpace(c.Name) == "":
		return "name", "a command needs a name"
	case k.named(c.Name) >= 0:
		return "name", fmt.Sprintf("something else is called %s; give the command another name", c.Name)
	case len(c.Run) == 0 || c.Run[0] == "":
		return "run", `a command needs a program with its arguments, such as run = ["pandoc", "-o", "/tmp/{title}.pdf", "{file}"]`
	case strings.Contains(c.Run[0], "{"):
		return "run", "the program itself cannot be taken from the article"
	case Unsafe(c.Run) != "":
		return "run", Unsafe(c.Run)
	case unfilled(c.Run) != "":
		return "run", unfilled(c.Run)
	case !slices.Contains(outputs, c.Output):
		return "output", `output is "none", "sheet" or "terminal"`
	}
	return "", ""
}

// outputMsg brings what a command wrote, and how it ended.
type outputMsg struct {
	command Command
	text    string
	sheet   sheet // with the text
	err     error
}

// call runs a command for the article that is meant.
func (m Model) call(c Command) (Model, tea.Cmd) {
	a, ok := m.current()
	if !ok {
		return m.note("%s needs an article", c.Name), nil
	}
	own := m.reader.own[a.ID]
	if c.Output != "terminal" {
		m = m.note("%s …", c.Name)
	}
	return m, func() tea.Msg {
		whole, err := m.o.Library.Article(m.ctx, a.ID)
		if err != nil {
			return failedMsg{c.Name, err}
		}
		argv, file, err := m.jobs.words(c.Run, chosenText(whole, own))
		switch {
		case err != nil:
			return failedMsg{c.Name, err}
		case c.Output == "terminal":
			return borrowMsg{doing: c.Name, argv: argv, file: file}
		}
		defer m.jobs.remove(file)
		msg := outputMsg{command: c}
		var more bool
		msg.text, more, msg.err = m.jobs.filter(m.ctx, argv, "")
		msg.sheet = outputSheet(c.Name, msg.text, more)
		msg.sheet.fill(m, "", max(m.width-2, 1)) // which may take a while
		return msg
	}
}

// words are the words of a command for an article. The file is the one that
// {file} stands for, "" if it does not.
func (j *jobs) words(run []string, a store.Article) (argv []string, file string, err error) {
	if strings.Contains(strings.Join(run, " "), "{file}") {
		if file, err = j.write(Page(a, Body(a))); err != nil {
			return nil, "", err
		}
	}
	argv, err = filled(run, a, file)
	return argv, file, err
}

// filled are the program and its arguments, with what is of the article put
// within them: {url}, {title}, {file}, {feed}, {id}. Titles are of strangers:
// they are never taken for an option or a way to another folder.
func filled(run []string, a store.Article, file string) ([]string, error) {
	if strings.Contains(strings.Join(run, " "), "{url}") && !isWeb(a.URL) {
		return nil, errors.New("this article has no address")
	}
	fill := strings.NewReplacer("{url}", a.URL, "{title}", harmless(a.Title), "{file}", file,
		"{feed}", harmless(a.FeedTitle), "{id}", strconv.FormatInt(int64(a.ID), 10))
	argv := slices.Clone(run[:1])
	for _, word := range run[1:] {
		argv = append(argv, fill.Replace(word))
	}
	return argv, nil
}

// standIns are what filled fills in.
var standIns = []string{"{url}", "{title}", "{feed}", "{id}", "{file}"}

// braced finds what looks like one of them, and is no variable of a shell.
var braced = regexp.MustCompile(`(?:^|[^$])(\{[a-z]+\})`)

// unfilled says which word in braces nothing would be put in the place of; ""
// if there is none.
func unfilled(run []string) string {
	for _, word := range run {
		for _, found := range braced.FindAllStringSubmatch(word, -1) {
			if !slices.Contains(standIns, found[1]) {
				return fmt.Sprintf("nothing stands for %s; there are %s, and { %s } with spaces is left as it is",
					found[1], strings.Join(standIns, " "), strings.Trim(found[1], "{}"))
			}
		}
	}
	return ""
}

func isWeb(address string) bool {
	return strings.HasPrefix(address, "http://") || strings.HasPrefix(address, "https://")
}

// harmless is a title as a word for a program: it may stand in the name of a
// file.
func harmless(title string) string {
	title = strings.NewReplacer("/", "-", `\`, "-").Replace(feed.Cut(feed.Line(title), 120))
	return cmp.Or(strings.TrimLeft(title, "-. "), "untitled")
}

// showOutput shows what a command wrote, or tells how it ended.
func (m Model) showOutput(msg outputMsg) (Model, tea.Cmd) {
	said := strings.Split(msg.text, "\n")
	switch last := said[len(said)-1]; {
	case msg.err != nil && last != "":
		return m.failed(failedMsg{msg.command.Name, fmt.Errorf("%w: %s", msg.err, feed.Cut(feed.Line(last), 200))})
	case msg.err != nil:
		return m.failed(failedMsg{msg.command.Name, msg.err})
	case msg.command.Output != "sheet" || msg.text == "":
		return m.note("%s: done", msg.command.Name), nil
	}
	return m.openSheet(msg.sheet), nil
}
