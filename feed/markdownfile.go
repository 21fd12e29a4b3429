package feed

import (
	"strings"
)

// isMarkdown reports whether a text is markdown and not merely plain: it is
// said to be, or has front matter, a heading, fenced code or a link.
func isMarkdown(text, contentType string) bool {
	return strings.Contains(strings.ToLower(contentType), "markdown") || markdownSign().MatchString(text[:min(len(text), 64<<10)])
}

// markdownSign matches what hardly stands in a text that is not markdown. A
// line that begins with a single "#" may be anything, unless it stands alone.
var markdownSign = lazily(strings.Join([]string{
	`\A---[ \t]*\n(?s:.*?)\n---[ \t]*\n`,
	`\A\+\+\+[ \t]*\n`,
	`(?:\A|\n[ \t]*\n)# \S[^\n]*(?:\n[ \t]*\n|\n?\z)`,
	`(?m:^#{2,6} \S)`,
	"(?m:^```)",
	`(?m:\S\n(?:={3,}|-{3,})$)`,
	`\]\(https?://`,
}, "|"))

// extractMarkdown makes an article of a markdown text as it is: its front
// matter is read, and its first heading becomes the title.
func extractMarkdown(text string) *Page {
	matter, body := frontMatter(text)
	page := &Page{
		Title:     matter["title"],
		Author:    firstOf(matter, "author", "authors", "by"),
		Site:      firstOf(matter, "site", "feed"),
		Language:  languageTag(firstOf(matter, "lang", "language")),
		Published: parseDate(firstOf(matter, "published", "date")),
	}
	heading, rest := firstHeading(body)
	if page.Title == "" {
		page.Title = heading
	}
	if sameWords(heading, page.Title) {
		body = rest
	}
	page.Markdown = strings.Trim(body, "\n")
	return page
}

// frontMatter splits what stands between two lines of --- (YAML) or +++
// (TOML) off the top of a text. Simple "name: value" lines are read, by name
// in lower case; whatever else is there is passed over.
func frontMatter(text string) (map[string]string, string) {
	fields := map[string]string{}
	first, rest, _ := strings.Cut(text, "\n")
	fence := strings.TrimSpace(first)
	if fence != "---" && fence != "+++" {
		return fields, text
	}
	separator := map[string]string{"---": ":", "+++": "="}[fence]
	for rest != "" {
		var line string
		line, rest, _ = strings.Cut(rest, "\n")
		if strings.TrimSpace(line) == fence {
			return fields, rest
		}
		name, value, ok := strings.Cut(line, separator)
		if ok && !strings.HasPrefix(line, " ") && !strings.HasPrefix(line, "\t") {
			fields[strings.ToLower(strings.TrimSpace(name))] = matterValue(value)
		}
	}
	return map[string]string{}, text // the fence never closes: a rule, then
}

// matterValue takes the quotes or brackets off a value; of several values,
// all are kept.
func matterValue(value string) string {
	value = strings.TrimSpace(value)
	if strings.HasPrefix(value, "[") && strings.HasSuffix(value, "]") {
		parts := strings.Split(value[1:len(value)-1], ",")
		for i, p := range parts {
			parts[i] = matterValue(p)
		}
		return Line(strings.Join(parts, ", "))
	}
	for _, quote := range []string{`"`, `'`} {
		if len(value) >= 2 && strings.HasPrefix(value, quote) && strings.HasSuffix(value, quote) {
			value = value[1 : len(value)-1]
			break
		}
	}
	return Line(strings.ReplaceAll(value, `\"`, `"`))
}

func firstOf(fields map[string]string, names ...string) string {
	for _, n := range names {
		if fields[n] != "" {
			return fields[n]
		}
	}
	return ""
}

// firstHeading splits a heading that a text starts with from the rest of it;
// the heading is "" and the rest everything if there is none.
func firstHeading(text string) (heading, rest string) {
	text = strings.TrimLeft(text, "\n")
	line, rest, _ := strings.Cut(text, "\n")
	if after, ok := strings.CutPrefix(line, "# "); ok {
		return plainHeading(strings.TrimRight(after, "# ")), rest
	}
	under, after, _ := strings.Cut(rest, "\n")
	if strings.TrimSpace(line) != "" && len(under) >= 3 && strings.Trim(strings.TrimSpace(under), "=") == "" {
		return plainHeading(line), after
	}
	return "", text
}

// plainHeading is a heading without its markdown.
func plainHeading(s string) string {
	s = inlineLink().ReplaceAllString(s, "$1")
	return Line(emphasis().ReplaceAllString(s, ""))
}

var (
	inlineLink = lazily(`!?\[([^\]]*)\]\([^)]*\)`)
	emphasis   = lazily("\\*\\*|__|[*`\\\\]")
)
