package feed

import (
	"net/url"
	"strings"

	"golang.org/x/net/html"
)

// media makes what a terminal cannot play a link to it.
func (t *tidier) media(n *html.Node) kinds {
	src := t.mediaSource(n)
	if src == "" {
		if tag(n) == "object" {
			return t.unwrap(n)
		}
		return remove(n)
	}
	t.pieces++
	said, page := playerOf(n, src)
	replace(n, linkLine(said, page))
	return content | block
}

// playerOf tells what n plays, "Video: The tide", and the page for people behind
// its address.
func playerOf(n *html.Node, src string) (said, page string) {
	kind := map[string]string{"video": "Video", "audio": "Audio"}[n.Data]
	if kind == "" {
		kind = "Embedded"
	}
	page, isVideo := watchPage(src)
	if isVideo {
		kind = "Video"
	}
	title := Line(cleanText(attr(n, "title")))
	if title == "" {
		title = hostOf(page)
	}
	return kind + ": " + Cut(title, maxTitle), page
}

// script makes a script that would write somebody's code into the page a link to
// it. Others are not for readers.
func (t *tidier) script(n *html.Node) kinds {
	page := codePage(t.picture(attr(n, "src")))
	if page == "" {
		return remove(n)
	}
	t.pieces++
	_, said, _ := strings.Cut(page, "://")
	replace(n, linkLine("Code: "+Cut(said, maxTitle), page))
	return content | block
}

// head keeps of what stands before a text only such scripts: html.Parse takes
// them there.
func (t *tidier) head(n *html.Node) kinds {
	for c, next := n.FirstChild, (*html.Node)(nil); c != nil; c = next {
		next = c.NextSibling
		if tag(c) != "script" {
			n.RemoveChild(c)
		}
	}
	found := t.tidy(n)
	if found == 0 {
		return remove(n)
	}
	rename(n, "div")
	return found
}

// codePage is the page for people behind a script that shows code; "" if it shows
// none.
func codePage(src string) string {
	u, err := url.Parse(src)
	if err != nil {
		return ""
	}
	host, path := strings.TrimPrefix(u.Hostname(), "www."), strings.TrimSuffix(u.Path, ".js")
	id := path[strings.LastIndexByte(path, '/')+1:]
	switch {
	case host == "gist.github.com", host == "gitlab.com" && strings.Contains(path, "/snippets/"):
	case host == "pastebin.com" && strings.HasPrefix(path, "/embed_js/"):
		path = "/" + id
	default:
		return ""
	}
	if id == "" {
		return ""
	}
	return destination("https://" + host + path)
}

// linkLine is a paragraph with a link in it.
func linkLine(said, address string) *html.Node {
	p, a := element("p"), element("a")
	a.AppendChild(textNode(said))
	setAttr(a, "href", address)
	p.AppendChild(a)
	return p
}

// A Player is what a text has that can be played: a video, say.
type Player struct {
	Said string // "Video: The tide", one line
	URL  string // of the page for people where there is one
}

// Players are the videos and the like in an HTML text, which its plain text has
// nothing of. Addresses are made absolute against base.
func Players(source, base string) (players []Player) {
	source, _ = cutHTML(source)
	doc, err := html.Parse(strings.NewReader(source))
	if err != nil {
		return nil
	}
	at, err := url.Parse(strings.TrimSpace(base))
	if err != nil {
		at = &url.URL{}
	}
	t := tidier{base: at}
	for n := range doc.Descendants() {
		switch tag(n) {
		case "iframe", "video", "audio", "embed", "object":
			if src := t.mediaSource(n); src != "" && len(players) < mostPlayers && !isInPlayer(n) {
				said, page := playerOf(n, src)
				players = append(players, Player{said, page})
			}
		}
	}
	return players
}

// mostPlayers is how many players of a text are told of.
const mostPlayers = 200

// isInPlayer reports whether n is what another player has for browsers that do
// not know it.
func isInPlayer(n *html.Node) bool {
	switch tag(n.Parent) {
	case "video", "audio", "object":
		return true
	}
	return false
}

// mediaSource is the address of what n plays; "" if it has none.
func (t *tidier) mediaSource(n *html.Node) string {
	for _, key := range []string{"src", "data-src", "data-lazy-src", "data"} {
		if src := t.picture(attr(n, key)); src != "" {
			return src
		}
	}
	for d := range n.Descendants() {
		if tag(d) == "source" || tag(d) == "embed" {
			if src := t.picture(attr(d, "src")); src != "" {
				return src
			}
		}
	}
	return ""
}

// watchPage is the page for people behind the address of a player, and whether
// it is one for videos.
func watchPage(src string) (page string, video bool) {
	u, err := url.Parse(src)
	if err != nil {
		return src, false
	}
	host := strings.TrimPrefix(u.Hostname(), "www.")
	id := u.Path[strings.LastIndexByte(u.Path, '/')+1:]
	switch {
	case (host == "youtube.com" || host == "youtube-nocookie.com") && strings.HasPrefix(u.Path, "/embed/") && id != "" && id != "videoseries":
		return destination("https://www.youtube.com/watch?v=" + url.QueryEscape(id)), true
	case host == "player.vimeo.com" && strings.HasPrefix(u.Path, "/video/") && id != "":
		return destination("https://vimeo.com/" + url.PathEscape(id)), true
	case host == "youtube.com", host == "youtube-nocookie.com", host == "vimeo.com", host == "dailymotion.com", host == "youtu.be":
		return src, true
	}
	return src, false
}

func hostOf(address string) string {
	u, err := url.Parse(address)
	if err != nil {
		return address
	}
	return strings.TrimPrefix(u.Hostname(), "www.")
}
