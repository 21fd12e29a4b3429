package ui

import (
	"errors"
	"fmt"
	"net/url"
	"os/exec"
	"regexp"
	"regexp/syntax"
	"slices"
	"strings"

	tea "github.com/charmbracelet/bubbletea"

	"app/newsterm/feed"
	"app/newsterm/store"
)

// An Opener is a program that opens some addresses in the place of the
// browser.
type Opener struct {
	// Match says which. "example.org" is a host and what is below it,
	// "example.org/videos/*" a host and a path, "*/*.pdf" a path anywhere; *
	// stands for any text. Between slashes, "/\.pdf$/", it is a regular
	// expression that is looked for in the address.
	Match    string
	Run      []string // the program and its arguments; see Words
	Terminal bool     // it has the terminal until it ends
}

// Wrong says what is wrong with an opener, and in which of its settings; "" if
// nothing is.
func (o Opener) Wrong() (field, why string) {
	switch _, err := pattern(o.Match); {
	case o.Match == "":
		return "match", `an opener needs what it opens, such as match = "youtube.com" or match = "*/*.pdf"`
	case err != nil:
		return "match", "match cannot be read: " + err.Error()
	case len(o.Run) == 0 || o.Run[0] == "":
		return "run", `an opener needs a program with its arguments, such as run = ["mpv", "{url}"]`
	case Unsafe(WithURL(o.Run)) != "":
		return "run", Unsafe(WithURL(o.Run))
	case unfilled(o.Run) != "":
		return "run", unfilled(o.Run)
	}
	return "", ""
}

// Opens reports whether the opener is for an address.
func (o Opener) Opens(address string) bool {
	u, err := WebAddress(address)
	if err != nil {
		return false
	}
	re, err := pattern(o.Match)
	if err != nil {
		return false
	}
	if isExpression(o.Match) {
		return re.MatchString(u.String())
	}
	place := u.Hostname() + "/" + strings.TrimPrefix(u.EscapedPath(), "/")
	if u.RawQuery != "" {
		place += "?" + u.RawQuery
	}
	return re.MatchString(place)
}

// NeedsFile reports whether the program reads the article from a file.
func (o Opener) NeedsFile() bool { return strings.Contains(strings.Join(o.Run, " "), "{file}") }

// Words are the program and its arguments for an address of a, whose text is
// in file if it needs one. An opener that says nothing of where the address
// goes has it at the end.
func (o Opener) Words(a store.Article, address, file string) ([]string, error) {
	u, err := WebAddress(address)
	if err != nil {
		return nil, err
	}
	a.URL = u.String()
	return filled(WithURL(o.Run), a, file)
}

// WebAddress reads an address that may be opened: one of http or https, with
// a host.
func WebAddress(address string) (*url.URL, error) {
	u, err := url.Parse(address)
	if err != nil || u.Scheme != "http" && u.Scheme != "https" || u.Host == "" {
		return nil, errors.New("only addresses of the web are opened")
	}
	return u, nil
}

func isExpression(match string) bool {
	return len(match) > 2 && strings.HasPrefix(match, "/") && strings.HasSuffix(match, "/")
}

// pattern is what Match means. The error says why a regular expression cannot
// be read.
func pattern(match string) (*regexp.Regexp, error) {
	if isExpression(match) {
		re, err := regexp.Compile(match[1 : len(match)-1])
		if wrong, ok := errors.AsType[*syntax.Error](err); ok {
			return nil, fmt.Errorf("%s: %s", wrong.Code, wrong.Expr)
		}
		return re, err
	}
	host, path, hasPath := strings.Cut(match, "/")
	re := `(?i)^([^/]*\.)?` + star(host, `[^/]*`)
	switch {
	case !hasPath:
		re += `/`
	case strings.Contains(path, "?"):
		re += "/" + star(path, ".*") + "$"
	default:
		re += "/" + star(path, ".*") + `(\?.*)?$`
	}
	return regexp.Compile(re)
}

// star is text as part of a regular expression, in which * stands for any.
func star(text, any string) string {
	return strings.ReplaceAll(regexp.QuoteMeta(text), `\*`, any)
}

// visit opens an address of an article: with the first opener that is for it,
// or else in the browser.
func (m Model) visit(a store.Article, address string) (Model, tea.Cmd) {
	doing := "open " + feed.Shown(address)
	m = m.note("opening %s", feed.Shown(address))
	if i := slices.IndexFunc(m.o.Openers, func(o Opener) bool { return o.Opens(address) }); i >= 0 {
		return m, m.openWith(m.o.Openers[i], a, address, doing)
	}
	return m, m.openPage(address)
}

// openPage opens an address in the browser.
func (m Model) openPage(address string) tea.Cmd {
	return func() tea.Msg {
		if err := m.o.Open(m.ctx, address); err != nil {
			return failedMsg{"open " + feed.Shown(address), err}
		}
		return nil
	}
}

// openWith runs the program of an opener. One that lives on by itself may read
// its file as long as the screen is open.
func (m Model) openWith(o Opener, a store.Article, address, doing string) tea.Cmd {
	whole := m.whole(a)
	return func() tea.Msg {
		file := ""
		if o.NeedsFile() {
			a, err := whole()
			if err != nil {
				return failedMsg{doing, err}
			}
			if file, err = m.jobs.write(Page(a, Body(a))); err != nil {
				return failedMsg{doing, err}
			}
		}
		argv, err := o.Words(a, address, file)
		if err != nil {
			return failedMsg{doing, err}
		}
		if o.Terminal {
			return borrowMsg{doing: doing, argv: argv, file: file}
		}
		if err := m.o.Start(m.ctx, argv); err != nil {
			return failedMsg{doing, err}
		}
		return nil
	}
}

// borrowMsg tells that a program is ready to have the terminal.
type borrowMsg struct {
	doing string
	argv  []string
	text  string // what it reads, if input is set; else it reads the terminal
	input bool
	file  string // to be removed in the end; "" for none
}

// borrow lends the terminal to a program.
func (m Model) borrow(msg borrowMsg) (Model, tea.Cmd) {
	c := exec.CommandContext(m.ctx, msg.argv[0], msg.argv[1:]...)
	if msg.input {
		c.Stdin = strings.NewReader(msg.text)
	}
	return m, m.lend(c, func(err error) tea.Msg {
		m.jobs.remove(msg.file)
		if err != nil && !errors.Is(err, exec.ErrWaitDelay) {
			return failedMsg{msg.doing, ending(err)}
		}
		return nil
	})
}
