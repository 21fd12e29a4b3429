package ui

import (
	"errors"
	"strings"
	"time"
	"unicode"

	tea "github.com/charmbracelet/bubbletea"

	"app/newsterm/store"
)

// mute asks what is to be muted, and lists the rules that hold, of which the
// chosen one is dropped.
//
//	X ─▶ words of the title, what is typed ─▶ a form ─▶ counted ─▶ muted
//	 └─▶ a rule ─▶ dropped
func (m Model) mute() (Model, tea.Cmd) {
	m.mutes = nil
	m, _ = m.choose(choosing{
		all:   Model.muteChoices,
		typed: typedMute,
		none:  "type a query: articles that it finds are hidden",
		keys:  "⏎ mute, or drop a rule  Esc leave  ↓ ↑ choose",
	}, "mute: ", "words, or a query")
	return m, func() tea.Msg {
		list, err := m.o.Library.Mutes(m.ctx)
		if err != nil {
			return failedMsg{"list mutes", err}
		}
		return mutesMsg(list)
	}
}

// mutesMsg brings the rules.
type mutesMsg []store.Mute

func (m Model) showMutes(msg mutesMsg) (Model, tea.Cmd) {
	m.mutes = msg
	return m.renewed(), nil
}

// typedMute is the query that was typed.
func typedMute(m Model, text string) []choice {
	if text = strings.TrimSpace(text); text == "" {
		return nil
	}
	return []choice{m.muteChoice(text, "")}
}

// muteChoices are what the article suggests, and the rules.
func (m Model) muteChoices() (list []choice) {
	if a, ok := m.current(); ok {
		for _, s := range suggestions(a) {
			list = append(list, m.muteChoice(s.String(), "mute"))
		}
	}
	for _, rule := range m.mutes {
		list = append(list, choice{
			name:  rule.Query,
			where: "muted " + untilWords(rule.Until) + "; ⏎ drops it",
			right: thousands(rule.Articles),
			pick:  func(m Model) (Model, tea.Cmd, error) { return failsNever(m.unmute(rule)) },
		})
	}
	return list
}

// muteChoice opens the form for a query, if it can be a rule.
func (m Model) muteChoice(query, where string) choice {
	return choice{name: query, where: where, pick: func(m Model) (Model, tea.Cmd, error) {
		if _, why := readMute(query); why != "" {
			return m, nil, errors.New(why)
		}
		return m.muteForm(query), nil, nil
	}}
}

// readMute reads the query of a rule, and says why that cannot be.
func readMute(text string) (q store.Query, why string) {
	q, err := store.ParseMute(text)
	if wrong, ok := errors.AsType[*store.QueryError](err); ok {
		return q, wrong.Why
	}
	return q, ""
}

// mostSuggested is how many words of a title are offered.
const mostSuggested = 8

// suggestions are queries for articles like a: by words of its title, the whole
// title, and its authors.
func suggestions(a store.Article) (list []store.Query) {
	words := strings.FieldsFunc(a.Title, func(r rune) bool { return !unicode.IsLetter(r) && !unicode.IsNumber(r) && !unicode.IsMark(r) })
	seen := map[string]bool{}
	for _, w := range words {
		if key := strings.ToLower(w); len([]rune(w)) > 3 && !seen[key] && len(list) < mostSuggested {
			seen[key] = true
			list = append(list, store.Sought{Text: key, In: "title"}.Query())
		}
	}
	if len(words) > 1 {
		list = append(list, store.Sought{Text: a.Title, In: "title"}.Query())
	}
	for _, name := range a.Authors {
		list = append(list, store.Sought{Text: name, In: "author"}.Query())
	}
	return list
}

// The fields of the form.
const (
	muteQueryField = iota
	muteForField
	muteHereField
)

// muteForm asks for how long, and where, a query mutes.
func (m Model) muteForm(query string) Model {
	fields := []field{
		m.text("query", query, "", "articles that it finds, now and later, are hidden; is:muted lists them"),
		m.text("for", "", "ever", "12h, 30d, 2w, 6m or 1y, or a date such as 2030-01-06"),
	}
	a, ok := m.current()
	if ok {
		fields = append(fields, yesNo("only here", false, "only articles of "+a.FeedTitle+"; Space switches"))
	}
	return m.showForm(form{
		title:  "Mute",
		fields: fields,
		save:   func(m Model, fields []field) (Model, tea.Cmd, []string) { return m.muteFilled(a.FeedTitle, fields) },
	})
}

// muteFilled counts what the rule of the form will hide.
func (m Model) muteFilled(title string, fields []field) (Model, tea.Cmd, []string) {
	why := make([]string, len(fields))
	q, wrong := readMute(fields[muteQueryField].value())
	why[muteQueryField] = wrong
	until, err := store.MuteUntil(fields[muteForField].value(), m.o.Now())
	if err != nil {
		why[muteForField] = err.Error()
	}
	if anyWrong(why) {
		return m, nil, why
	}
	if len(fields) > muteHereField && fields[muteHereField].on {
		q = q.And(store.NamedQuery(title))
	}
	return m, func() tea.Msg {
		if q.Searches() { // else it would count too few
			if err := m.o.Library.Index(m.ctx); err != nil {
				return failedMsg{"mute " + q.String(), err}
			}
		}
		n, err := m.o.Library.Count(m.ctx, q.WithMuted(), store.Moment{})
		if err != nil {
			return failedMsg{"mute " + q.String(), err}
		}
		return muteMsg{store.Mute{Query: q.String(), Until: until, Articles: n}}
	}, nil
}

// muteMsg is a rule that is to be made, with how many articles it will hide.
type muteMsg struct{ rule store.Mute }

// muteNow makes a rule. If there was one with its query, z brings back for how
// long that was.
func (m Model) muteNow(msg muteMsg) (Model, tea.Cmd) {
	rule := msg.rule
	undo := func() error { return m.dropMute(rule) }
	for _, had := range m.mutes {
		if had.Query == rule.Query {
			undo = func() error { return m.keepMute(had) }
		}
	}
	return m.perform(act{
		doing: "mute " + rule.Query,
		done:  "muted " + short(rule.Query) + " " + untilWords(rule.Until) + ": " + plural(rule.Articles, "article", "articles"),
		do:    func() error { return m.keepMute(rule) },
		undo:  undo,
	})
}

// unmute drops a rule.
func (m Model) unmute(rule store.Mute) (Model, tea.Cmd) {
	return m.perform(act{
		doing: "drop the mute " + rule.Query,
		done:  "dropped the mute " + short(rule.Query),
		do:    func() error { return m.dropMute(rule) },
		undo:  func() error { return m.keepMute(rule) },
	})
}

func (m Model) keepMute(rule store.Mute) error {
	_, err := m.o.Library.Mute(m.ctx, rule.Query, rule.Until)
	return err
}

func (m Model) dropMute(rule store.Mute) error {
	_, err := m.o.Library.Unmute(m.ctx, rule.Query)
	return err
}

// untilWords says until when a rule holds.
func untilWords(until time.Time) string {
	if until.IsZero() {
		return "for ever"
	}
	return "until " + until.Local().Format("2006-01-02 15:04")
}
