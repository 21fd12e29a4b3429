package cli

import (
	"bufio"
	"cmp"
	"fmt"
	"io"
	"strings"

	"github.com/spf13/cobra"
	"github.com/spf13/pflag"

	"app/newsterm/ui"
)

// man prints the manual page.
func (a *app) man() *cobra.Command {
	return &cobra.Command{
		Use:   "man",
		Short: "print the manual page",
		Example: `  newsterm man | man -l -
  newsterm man > ~/.local/share/man/man1/newsterm.1`,
		Args: none,
		RunE: func(c *cobra.Command, _ []string) error {
			w := bufio.NewWriter(a.Out)
			writeManual(w, c.Root(), a.keymap())
			return w.Flush()
		},
	}
}

// writeManual writes the manual page in roff.
func writeManual(w io.Writer, root *cobra.Command, keys ui.Keymap) {
	fmt.Fprintf(w, ".TH NEWSTERM 1 \"\" \"newsterm %s\" \"\"\n", roff(versionNumber()))
	fmt.Fprintf(w, ".SH NAME\nnewsterm \\- %s\n", roff(root.Short))
	fmt.Fprintf(w, ".SH SYNOPSIS\n.B newsterm\n[\\fIQUERY\\fR]\n.br\n.B newsterm\n\\fICOMMAND\\fR [\\fIARGUMENT\\fR]...\n")
	fmt.Fprintf(w, ".SH DESCRIPTION\n%s\n", paragraphs(root.Long))
	writeExamples(w, root)
	fmt.Fprintf(w, ".SH OPTIONS\n")
	writeFlags(w, root.LocalFlags())
	fmt.Fprintf(w, ".SH COMMANDS\n")
	for _, c := range root.Commands() {
		if c.IsAvailableCommand() || c.Name() == "help" {
			writeCommand(w, c)
		}
	}
	fmt.Fprintf(w, ".SH QUERIES\n%s\n", paragraphs(queries))
	fmt.Fprintf(w, ".SH KEYS\n")
	writeKeys(w, keys)
	fmt.Fprintf(w, ".SH SETTINGS\n.nf\n%s.fi\n", roff(exampleConfig))
	fmt.Fprintf(w, ".SH FILES\n.TP\n%s\nyour articles\n.TP\n%s\nyour settings\n",
		roff("$XDG_DATA_HOME/newsterm/news.db or ~/.local/share/newsterm/news.db"),
		roff("$XDG_CONFIG_HOME/newsterm/config.toml or ~/.config/newsterm/config.toml"))
	fmt.Fprintf(w, ".SH ENVIRONMENT\n%s\n", paragraphs("NEWSTERM_DB, NEWSTERM_CONFIG, XDG_DATA_HOME, XDG_CONFIG_HOME, NO_COLOR, COLORTERM, COLORFGBG, PAGER, BROWSER"))
	fmt.Fprintf(w, ".SH EXIT STATUS\n0 done; 1 failed; 2 the command was not understood; 130 the screen was left, and nothing picked for the pipe.\n")
}

// writeCommand writes about a command, and those below it in few words.
func writeCommand(w io.Writer, c *cobra.Command) {
	use := strings.TrimSuffix(strings.TrimPrefix(c.UseLine(), "newsterm "), " [flags]")
	fmt.Fprintf(w, ".SS %s\n", roff(use))
	if c.HasSubCommands() {
		fmt.Fprintf(w, "%s: ", roff(c.Short))
		for i, sub := range c.Commands() {
			fmt.Fprintf(w, "%s%s", map[bool]string{true: ", "}[i > 0], roff(sub.Name()))
		}
		fmt.Fprintln(w)
		return
	}
	text := c.Long
	if text == "" {
		text = c.Short + "."
	}
	fmt.Fprintln(w, paragraphs(text))
	writeFlags(w, c.LocalNonPersistentFlags())
	writeExamples(w, c)
}

func writeExamples(w io.Writer, c *cobra.Command) {
	if c.Example != "" {
		fmt.Fprintf(w, ".PP\n.nf\n%s\n.fi\n", roff(c.Example))
	}
}

// writeFlags writes about flags, but for --help, which every command has.
func writeFlags(w io.Writer, flags *pflag.FlagSet) {
	flags.VisitAll(func(f *pflag.Flag) {
		if f.Name == "help" {
			return
		}
		name, about := pflag.UnquoteUsage(f)
		words := "--" + f.Name
		if f.Shorthand != "" {
			words = "-" + f.Shorthand + ", " + words
		}
		if name != "" {
			name = " \\fI" + roff(name) + "\\fR"
		}
		fmt.Fprintf(w, ".TP\n\\fB%s\\fR%s\n%s\n", roff(words), name, roff(about))
	})
}

// writeKeys writes the keys of the screen, by group: those of the settings.
func writeKeys(w io.Writer, keys ui.Keymap) {
	group := ""
	for _, k := range keys.Keys() {
		if k.Group != group {
			group = k.Group
			fmt.Fprintf(w, ".SS %s\n", roff(group))
		}
		fmt.Fprintf(w, ".TP\n\\fB%s\\fR\n%s\n", roff(cmp.Or(strings.Join(k.Keys, "  "), ":"+k.Action)), roff(k.Help))
	}
}

// queries tells about the query language.
const queries = `A query is a list of words that an article must all have: in its title, its authors or its text, whatever the case and the accents.

word* is a word that begins so. "two words" must stand in a row. -word or NOT word must not be there. a OR b is one or the other. Parentheses group.

is:unread, is:read, is:starred, is:muted; has:enclosure, has:fulltext; feed:NAME, in:FOLDER, tag:NAME; title:, author:, url:; lang:en; since:2d, since:2022-01-06, before:1w; sort:newest, sort:oldest, sort:feed, sort:relevance.

A query that cannot be read is an error that points at the place.`

// paragraphs is a text with empty lines between its paragraphs, for roff.
func paragraphs(text string) string {
	return strings.ReplaceAll(roff(strings.TrimSpace(text)), "\n\n", "\n.PP\n")
}

// roff is a text that roff takes for nothing but text.
func roff(text string) string {
	text = strings.NewReplacer(`\`, `\e`, "-", `\-`).Replace(text)
	lines := strings.Split(text, "\n")
	for i, l := range lines {
		if strings.HasPrefix(l, ".") || strings.HasPrefix(l, "'") {
			lines[i] = `\&` + l
		}
	}
	return strings.Join(lines, "\n")
}
