package feed

import (
	"strings"
	"unicode"

	"golang.org/x/net/html"
	"golang.org/x/net/html/atom"
)

// Furniture is what stands around the article on a page and gets carried
// along: the way to the comments, buttons to share it, the names of its
// drawers, the maker of the wallpaper. Blogs made with WordPress have most of
// it, in the same words everywhere.

// pageEnd matches, as a whole paragraph, what begins the part of a page after
// its article: everything from there on is furniture.
var pageEnd = lazily(`(?i)^(?:` + strings.Join([]string{
	`leave (?:a|your) (?:reply|comment)(?: to .{1,60})?(?: cancel reply)?`,
	`(?:post|add|write|submit) a (?:comment|reply)`,
	`(?:click here to )?cancel reply`,
	`you can (?:skip to the end|follow any (?:responses|comments)|leave a (?:response|comment)).*`,
	`(?:both )?(?:comments|responses)(?: and (?:pings|trackbacks))? are (?:currently |now )?closed.*`,
	`(?:pinging is|pings are|trackbacks are) currently .*`,
	`(?:(?:\d{1,6}|no|two|three) (?:comments|responses|replies|thoughts)|(?:1|one) (?:comment|response|reply|thought))(?: (?:to|on|so far|for|yet).*)?`,
	`be the first to (?:comment|like|reply).*`,
	`(?:related|similar) (?:posts?|articles?|stories|reading|topics|news)`,
	`(?:you (?:may|might) (?:also )?(?:like|enjoy|be interested in)|more (?:like|from) this(?: .{1,40})?|read next|recommended (?:for you|reading))`,
	`(?:proudly )?powered by (?:wordpress|blogger|ghost|tumblr|drupal|joomla|typepad|movable type|squarespace|wix|jekyll|hugo|disqus|discourse).{0,200}`,
	`(?:post|page|article)s? navigation`,
	`laisser (?:un commentaire|une réponse).*|(?:schreibe einen|kommentar|hinterlasse einen) (?:kommentar|schreiben|hinterlassen).*`,
	`deja (?:una respuesta|un comentario).*|lascia un commento.*|deixe (?:um comentário|uma resposta).*|geef een (?:reactie|antwoord).*|lämna ett svar.*|dodaj komentarz.*|добавить комментарий.*|コメントを残す.*|发表(?:回复|评论).*`,
}, "|") + `)[.:!…]*$`)

// trailing matches, as a whole paragraph, what is furniture at the end of an
// article and could be a part of it anywhere else. What may go on in any
// words must not end like a sentence.
var trailing = lazily(`(?i)^(?:(?:` + strings.Join([]string{
	`(?:(?:share|tweet|pin it|pin|e-?mail|print|like|facebook|twitter|x|linkedin|reddit|whatsapp|telegram|pinterest|tumblr|mastodon|bluesky|pocket|flipboard|more|save|loading)[\s,|·•…:(\d)]*)+`,
	`like this|share (?:this|on|via|with)\b.{0,40}`,
	`this entry was (?:posted|filed|tagged) .{0,300}`,
	`bookmark the permalink.*|permali(?:nk|en)\b.{0,100}`,
	`(?:previous|next|older|newer)(?: (?:post|entry|entries|posts|article|story|page))?(?: ?:.{0,150})?`,
	`(?:©|\(c\)|copyright ).{0,150}|all rights reserved\.?`,
	`(?:back to )?top|home|menu|search|edit(?: this)?(?: (?:post|entry))?`,
	`(?:rss|feed)(?: 2\.0)?(?: feed)?|trackback(?: uri| url)?`,
	`subscribe(?: (?:now|here|by e-?mail|via rss|to our newsletter))?|sign up for our newsletter`,
}, "|") + `)[:!]*|` + strings.Join([]string{
	`(?:filed (?:under|in)|posted (?:in|by|on|under)|published (?:in|by|on)|tagged(?: with)?|categori[sz]ed)\b[^.!?]{0,200}`,
	`(?:tags?|categor(?:y|ies)|labels?|topics?): ?[^.!?]{0,200}`,
	`[«‹][^»›.!?,]{0,80}|[^«‹.!?,]{0,80}[»›]`, // and no citation
	`(?:←|<<).{0,150}|.{0,150}(?:→|>)`,
	`(?:powered|designed|developed|theme) by:? [^.!?]{1,150}`,
	`thanks to .{0,100}themes[^.!?]{0,60}`,
}, "|") + `)$`)

// bareWord matches a link's text whose link was lost on the way.
var bareWord = lazily(`(?i)^(?:source|sources|via|link|links|read more|continue reading|more)[:…]*$`)

// articleEnd returns how many of a page's paragraphs belong to its article.
// isLink tells whether a paragraph is a link, which may be called "Source".
func articleEnd(paragraphs []string, isLink func(i int) bool) int {
	end := len(paragraphs)
	total, before := totalLen(paragraphs), 0
	for i, p := range paragraphs {
		if before > 0 && before*2 >= total && pageEnd().MatchString(p) {
			end = i
			break
		}
		before += len(p)
	}
	for end > 1 {
		last := paragraphs[end-1]
		if !pageEnd().MatchString(last) && !trailing().MatchString(last) && (!bareWord().MatchString(last) || isLink(end-1)) {
			break
		}
		end--
	}
	return end
}

// articleStart returns how many of the first paragraphs are furniture: the
// title once more, buttons, the number of comments.
func articleStart(paragraphs []string, title string) int {
	for i, p := range paragraphs[:min(len(paragraphs), 4)] {
		if sameWords(p, title) {
			return i + 1
		}
		if !pageEnd().MatchString(p) && !trailing().MatchString(p) && !isDateline(p) && !isTrail(p, title) {
			return i
		}
	}
	return 0
}

// isDateline reports whether a paragraph is a date and little else.
func isDateline(p string) bool {
	return len(p) < 40 && strings.ContainsAny(p, "0123456789") && !parseDate(p).IsZero()
}

// isTrail reports whether a paragraph is the way to the page through its
// site, "Home > News > Title".
func isTrail(p, title string) bool {
	return title != "" && len(p) < len(title)+60 && strings.HasSuffix(p, title)
}

func totalLen(paragraphs []string) int {
	n := 0
	for _, p := range paragraphs {
		n += len(p)
	}
	return n
}

// sameWords reports whether two lines differ in nothing but case,
// punctuation and space.
func sameWords(a, b string) bool {
	words := func(s string) string {
		return strings.Map(func(r rune) rune {
			if unicode.IsLetter(r) || unicode.IsNumber(r) {
				return unicode.ToLower(r)
			}
			return -1
		}, s)
	}
	return words(a) == words(b) && words(a) != ""
}

// trimArticle takes the furniture off both ends of an extracted article, and
// its title, which stands apart.
func trimArticle(article *html.Node, title string) {
	nodes := pieces(article, nil)
	texts := make([]string, len(nodes))
	for i, n := range nodes {
		texts[i] = Line(nodeText(n))
	}
	end := articleEnd(texts, func(i int) bool { return holds(nodes[i], atom.A) })
	start := min(articleStart(texts[:end], title), end)
	for i, n := range nodes {
		if i < start || i >= end {
			removeEmptied(n, article)
		}
	}
}

// pieces returns the paragraphs of a tree: its innermost blocks, and the
// texts that stand between blocks.
func pieces(n *html.Node, found []*html.Node) []*html.Node {
	for c := n.FirstChild; c != nil; c = c.NextSibling {
		switch {
		case strings.TrimSpace(nodeText(c)) == "":
		case c.Type == html.ElementNode && hasBlocks(c):
			found = pieces(c, found)
		default:
			found = append(found, c)
		}
	}
	return found
}

// hasBlocks reports whether n is more than one paragraph. Tables and code are
// one piece.
func hasBlocks(n *html.Node) bool {
	if n.DataAtom == atom.Table || n.DataAtom == atom.Pre {
		return false
	}
	for d := range n.Descendants() {
		if beginsParagraph(d.DataAtom) {
			return true
		}
	}
	return beginsParagraph(n.DataAtom) && n.DataAtom == atom.Div
}

func beginsParagraph(a atom.Atom) bool {
	switch a {
	case atom.P, atom.Div, atom.Section, atom.Article, atom.Header, atom.Footer, atom.Main, atom.Aside, atom.Nav,
		atom.H1, atom.H2, atom.H3, atom.H4, atom.H5, atom.H6, atom.Ul, atom.Ol, atom.Li, atom.Dl, atom.Dt, atom.Dd,
		atom.Blockquote, atom.Pre, atom.Table, atom.Figure, atom.Figcaption, atom.Form, atom.Fieldset, atom.Hr:
		return true
	}
	return false
}

func holds(n *html.Node, a atom.Atom) bool {
	if n.DataAtom == a {
		return true
	}
	for d := range n.Descendants() {
		if d.DataAtom == a {
			return true
		}
	}
	return false
}

// removeEmptied removes n, and what holds nothing more without it, up to top.
func removeEmptied(n, top *html.Node) {
	for n != top && n.Parent != nil {
		parent := n.Parent
		parent.RemoveChild(n)
		if parent == top || strings.TrimSpace(nodeText(parent)) != "" || holds(parent, atom.Img) {
			return
		}
		n = parent
	}
}

// panel matches the class or id of a part of a page that is never an article.
var panel = lazily(`(?i)(?:^|\s)(?:respond|comment-?respond|comments?|comments?-(?:area|list|form|section|wrapper)|commentlist|disqus_thread|` +
	`sharedaddy|sd-sharing\S*|jp-relatedposts|addtoany\S*|share-?buttons?|social-?(?:share|sharing|links|icons)\S*|post-?navigation|nav-?links|nav-(?:previous|next|above|below)|` +
	`related-?posts?|yarpp\S*|post-?tags|tags-links|cat-links|wp-block-comments\S*|screen-reader-text|skip-link)(?:\s|$)`)

// removePanels takes out of a page what its own markup calls comments,
// buttons, navigation or a form, unless that is most of the page, and the
// reading aids that stand above Japanese words.
func removePanels(doc *html.Node) {
	measure := proseLen
	if measure(doc) == 0 { // an old page, with line breaks for paragraphs
		measure = func(n *html.Node) int { return len(nodeText(n)) }
	}
	total := measure(doc)
	var panels []*html.Node
	for n := range doc.Descendants() {
		if isPanel(n) {
			panels = append(panels, n)
		}
	}
	left := total
	for _, n := range panels {
		if size := measure(n); n.Parent != nil && (left-size)*2 > total {
			n.Parent.RemoveChild(n)
			left -= size
		}
	}
}

// proseLen is the length of the paragraphs in n; labels, lists of countries
// and scripts do not count.
func proseLen(n *html.Node) int {
	length := 0
	for d := range n.Descendants() {
		if d.DataAtom == atom.P {
			length += len(nodeText(d))
		}
	}
	return length
}

func isPanel(n *html.Node) bool {
	switch {
	case n.Type != html.ElementNode, n.DataAtom == atom.Body, n.DataAtom == atom.Html:
		return false
	case n.DataAtom == atom.Form, n.DataAtom == atom.Rt, n.DataAtom == atom.Rp:
		return true
	}
	return panel().MatchString(attr(n, "class")) || panel().MatchString(attr(n, "id"))
}
