package feed

import (
	"net/url"
	"strings"

	"golang.org/x/net/html"
)

// A link within the page leads to another part of the same text: from the sign
// of a footnote to the note, from a table of contents to a chapter. In markdown
// for others it is words, since nothing in markdown says where it leads. Our own
// reader gets the links, and the places as elements without words:
//
//	HTML → find (who leads where, and with which text a place begins) → tidy →
//	place (what is left of the places is put before their text) → markdown

// attrPlace is on the element that stands for a place.
const attrPlace = "newsterm-place"

// mostPlaces is how many links within the page are followed.
const mostPlaces = 2000

// WithinMarkdown is Markdown for our own reader: links within the page keep their
// address, which is that of the page with a fragment, and before what one leads
// to stands `<a id="fragment"></a>`. It is the only HTML that there may be.
func WithinMarkdown(source, base string) string { return markdown(source, base, true) }

// Within is where in the page at base an address leads, as WithinMarkdown writes
// it; "" if it leads elsewhere.
func Within(address, base string) string {
	u, err := url.Parse(address)
	if err != nil || u.Fragment == "" {
		return ""
	}
	page, err := url.Parse(strings.TrimSpace(base))
	if err != nil || !samePage(u, page) {
		return ""
	}
	return fragment(u.Fragment)
}

// samePage reports whether two addresses differ in their fragments at most.
func samePage(u, page *url.URL) bool {
	return page.Host != "" && u.Host == page.Host && u.Path == page.Path && u.RawQuery == page.RawQuery
}

// fragment is the name of a place so that nothing in it is markup.
func fragment(name string) string {
	const hex = "0123456789ABCDEF"
	var b strings.Builder
	for i := 0; i < len(name); i++ {
		if c := name[i]; isLetter(c) || isDigit(c) || strings.IndexByte("-_.:~", c) >= 0 {
			b.WriteByte(c)
		} else {
			b.Write([]byte{'%', hex[c>>4], hex[c&15]})
		}
	}
	return b.String()
}

func isDigit(c byte) bool { return '0' <= c && c <= '9' }

// inPage is what is known of the links within a page.
type inPage struct {
	follow bool                    // the links stay links
	page   string                  // the address of the page
	links  map[*html.Node]string   // the name of the place that a link leads to
	backs  map[*html.Node]bool     // links that lead from a note back to its sign
	starts map[*html.Node][]string // the names of the places that begin with a text
}

// find looks for the links within the page and for the places that they lead to.
func (t *tidier) find(doc *html.Node) {
	if t.base.Host == "" {
		return
	}
	w := &t.within
	page := *t.base
	page.Fragment, page.RawFragment = "", ""
	w.page = destination(page.String())
	w.links, w.backs, w.starts = map[*html.Node]string{}, map[*html.Node]bool{}, map[*html.Node][]string{}
	t.bareNotes(doc)
	places := placesIn(doc)
	wanted := map[*html.Node]string{}
	signs := map[string]bool{} // the places of links: who leads there leads back
	for n := range doc.Descendants() {
		if tag(n) != "a" || len(w.links) == mostPlaces {
			continue
		}
		name := t.leadsTo(n)
		place := places[name]
		switch {
		case place == nil || isIn(n, place) || inHeading(n) && tag(n.Parent) != "sup":
			continue
		case signs[name] || isWayBack(n):
			w.backs[n] = true
			continue
		}
		w.links[n], wanted[place] = fragment(name), fragment(name)
		for _, own := range []*html.Node{n, n.Parent, onlyChild(n)} {
			if own != nil && !isBlock(own) {
				signs[attr(own, "id")], signs[attr(own, "name")] = true, true
			}
		}
	}
	w.begin(doc, wanted)
}

// placesIn is the element of each name in a page: of several the first.
func placesIn(doc *html.Node) map[string]*html.Node {
	places := map[string]*html.Node{}
	for n := range doc.Descendants() {
		names := []string{attr(n, "id")}
		if tag(n) == "a" {
			names = append(names, attr(n, "name"))
		}
		for _, name := range names {
			if name != "" && places[name] == nil {
				places[name] = n
			}
		}
	}
	return places
}

// leadsTo is the name of the place in the page that a link leads to; "" if it
// leads elsewhere. The sign of a footnote leads to the note and the arrow after it
// back, whatever the host: feeds have addresses of their own.
func (t *tidier) leadsTo(n *html.Node) string {
	href := attr(n, "href")
	if !strings.Contains(href, "#") {
		return ""
	}
	address, name := t.address(href, false)
	if name == "" && (tag(n.Parent) == "sup" || tag(onlyChild(n)) == "sup" || isWayBack(n)) {
		_, name, _ = strings.Cut(address, "#")
		name = "#" + name
	}
	name = strings.TrimPrefix(name, "#")
	if plain, err := url.PathUnescape(name); err == nil {
		return plain
	}
	return name
}

func isIn(n, outer *html.Node) bool {
	for ; n != nil; n = n.Parent {
		if n == outer {
			return true
		}
	}
	return false
}

// inHeading reports whether n stands in a heading: links there lead to the
// heading itself, or back to the top.
func inHeading(n *html.Node) bool {
	for ; n != nil; n = n.Parent {
		if t := tag(n); len(t) == 2 && t[0] == 'h' && '1' <= t[1] && t[1] <= '6' {
			return true
		}
	}
	return false
}

// begin notes with which text each of the wanted places begins: with the first
// that is to be read in it, or after it.
func (w *inPage) begin(doc *html.Node, wanted map[*html.Node]string) {
	var due []string
	var walk func(*html.Node)
	walk = func(p *html.Node) {
		for n := p.FirstChild; n != nil; n = n.NextSibling {
			if name := wanted[n]; name != "" {
				due = append(due, name)
			}
			switch {
			case n.Type == html.TextNode && strings.TrimSpace(n.Data) != "" && len(due) > 0:
				w.starts[n] = append(w.starts[n], due...)
				due = nil
			case n.Type == html.ElementNode && !isJunk(n) && !isMute(n):
				walk(n)
			}
		}
	}
	walk(doc)
}

// isMute reports whether no text of n is read: it is for machines, or the arrow
// that leads back from a note.
func isMute(n *html.Node) bool {
	switch tag(n) {
	case "head", "script", "style", "template", "button", "select", "textarea", "svg", "noscript", "iframe":
		return true
	case "a":
		return isWayBack(n)
	}
	return false
}

// fragment is where in the page a link leads; "" if that is not known.
func (w *inPage) fragment(link *html.Node) string {
	if w.backs[link] {
		return "#"
	}
	return w.links[link]
}

// to is the address of the place in the page that a link leads to; "" if it is
// not followed.
func (w *inPage) to(link *html.Node) string {
	if !w.follow || w.links[link] == "" {
		return ""
	}
	return w.page + "#" + w.links[link]
}

// place puts the places into a tidy tree, each before the line of text that it
// begins with. Links to places that are not there any more become words.
func (w *inPage) place(doc *html.Node) {
	if !w.follow || len(w.starts) == 0 {
		return
	}
	var texts, links []*html.Node
	for n := range doc.Descendants() {
		switch {
		case w.starts[n] != nil:
			texts = append(texts, n)
		case tag(n) == "a" && w.links[n] != "":
			links = append(links, n)
		}
	}
	placed := map[string]bool{}
	for _, n := range texts {
		before := startOfLine(n)
		if tag(before.Parent) == "pre" {
			continue
		}
		for _, name := range w.starts[n] {
			place := element("span")
			setAttr(place, attrPlace, name)
			before.Parent.InsertBefore(place, before)
			placed[name] = true
		}
	}
	for _, n := range links {
		if !placed[w.links[n]] {
			dissolve(n)
		}
	}
}

// startOfLine is the first node of the line on which n stands.
func startOfLine(n *html.Node) *html.Node {
	for n.Parent != nil && !isBlock(n.Parent) {
		n = n.Parent
	}
	for p := n.PrevSibling; p != nil && tag(p) != "br" && !isBlock(p) && !isOurs(p); p = n.PrevSibling {
		n = p
	}
	return n
}

// isOurs reports whether n is an element that stands for a place or a box.
func isOurs(n *html.Node) bool { return hasAttr(n, attrPlace) || hasAttr(n, attrBox) }

// bareNotes makes links of the signs of footnotes that nobody has made links of,
// "[^1]", where there is a line that begins with "[^1]:".
func (t *tidier) bareNotes(doc *html.Node) {
	notes, signs := map[string]*html.Node{}, []*html.Node{}
	for n := range doc.Descendants() {
		if n.Type != html.TextNode || !strings.Contains(n.Data, "[^") {
			continue
		}
		signs = append(signs, n)
		name, rest, ok := bareNote(strings.TrimSpace(n.Data))
		if ok && strings.HasPrefix(rest, ":") && notes[name] == nil && (n.PrevSibling == nil || isBlock(n.Parent) && tag(n.PrevSibling) == "br") {
			notes[name] = n
		}
	}
	if len(notes) == 0 {
		return
	}
	for _, n := range signs {
		t.signs(n, notes)
	}
}

// signs takes the signs of notes out of a text, each into a link of its own.
func (t *tidier) signs(n *html.Node, notes map[string]*html.Node) {
	from := 0
	for i := 0; i < len(n.Data) && len(t.within.links) < mostPlaces; {
		next := strings.Index(n.Data[i:], "[^")
		if next < 0 {
			break
		}
		i += next
		name, rest, ok := bareNote(n.Data[i:])
		end := len(n.Data) - len(rest)
		if !ok || notes[name] == nil || strings.HasPrefix(rest, ":") {
			i += 2
			continue
		}
		link := element("a")
		setAttr(link, "href", "#"+name)
		link.AppendChild(textNode(n.Data[i:end]))
		n.Parent.InsertBefore(textNode(n.Data[from:i]), n)
		n.Parent.InsertBefore(link, n)
		place := fragment("^" + name)
		if note := notes[name]; t.within.starts[note] == nil {
			t.within.starts[note] = []string{place}
		}
		t.within.links[link] = place
		from, i = end, end
	}
	n.Data = n.Data[from:]
}

// bareNote reads "[^name]" at the start of s.
func bareNote(s string) (name, rest string, ok bool) {
	const longest = 40
	if !strings.HasPrefix(s, "[^") {
		return "", s, false
	}
	end := strings.IndexByte(s[:min(len(s), longest)], ']')
	if end < 3 || strings.ContainsAny(s[2:end], " \n[^") {
		return "", s, false
	}
	return s[2:end], s[end+1:], true
}
