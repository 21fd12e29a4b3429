package feed

import (
	"bufio"
	"bytes"
	"cmp"
	"encoding/xml"
	"errors"
	"fmt"
	"html"
	"io"
	"slices"
	"strings"
)

const (
	maxOPML     = 50 << 20 // bytes of a list
	maxOutlines = 100_000  // feeds and folders in a list
	maxFolders  = 20       // folders in folders; those below count as the last
	maxFolder   = 300      // runes of a folder's path
)

// ReadOPML returns the subscriptions in an OPML file of any dialect: each
// address once, in the order of the file, with folders as "A/B". What could
// not be taken is told by line, "line 12: …". Nothing in the file is run,
// fetched or expanded. The error says what the file is if it is not OPML.
func ReadOPML(r io.Reader) (subs []Sub, problems []string, err error) {
	body, err := io.ReadAll(&cappedReader{r, maxOPML})
	if err != nil {
		return nil, nil, fmt.Errorf("read the list of feeds: %w", err)
	}
	text, _ := decode(body, "")
	o := newOutliner(clean(text))
	if err := o.read(); err != nil {
		return nil, nil, err
	}
	return o.subs, o.problems, nil
}

// An outliner reads the outlines of an OPML file one after the other.
type outliner struct {
	x        *xml.Decoder
	folders  []string // the names of the open outlines; "" for one that adds nothing
	seen     map[string]bool
	outlines int
	isOPML   bool
	subs     []Sub
	problems []string
}

func newOutliner(text []byte) *outliner {
	x := xml.NewDecoder(bytes.NewReader(text))
	x.Strict = false
	x.Entity = xml.HTMLEntity
	x.CharsetReader = func(_ string, in io.Reader) (io.Reader, error) { return in, nil } // decoded before
	return &outliner{x: x, seen: map[string]bool{}}
}

// read goes through the file. The error says that it is no OPML; a file that
// breaks off keeps what came before.
func (o *outliner) read() error {
	for {
		line, _ := o.x.InputPos()
		token, err := o.x.RawToken()
		switch {
		case err != nil && !o.isOPML:
			return &ParseError{Why: "this is no OPML file, nor any other XML"}
		case errors.Is(err, io.EOF):
			return nil
		case err != nil:
			o.problem(line, "the file is damaged from here on")
			return nil
		}
		switch t := token.(type) {
		case xml.StartElement:
			if err := o.open(t, line); err != nil {
				return err
			}
		case xml.EndElement:
			if isOutline(t.Name) && len(o.folders) > 0 {
				o.folders = o.folders[:len(o.folders)-1]
			}
		}
		if o.outlines > maxOutlines {
			o.problem(line, "more feeds and folders than anybody has; the rest is left out")
			return nil
		}
	}
}

func isOutline(n xml.Name) bool { return strings.EqualFold(n.Local, "outline") }

// open takes one start tag. The first one must be that of OPML.
func (o *outliner) open(t xml.StartElement, line int) error {
	switch name := strings.ToLower(t.Name.Local); {
	case name == "opml" || name == "outline":
		o.isOPML = true
	case !o.isOPML:
		return &ParseError{Line: line, Why: "this is no OPML file but " + documentName(name)}
	}
	if !isOutline(t.Name) {
		return nil
	}
	o.outlines++
	a := outlineAttributes(t.Attr)
	address := a.address()
	if address == "" {
		o.folders = append(o.folders, folderName(a.title()))
		return nil
	}
	o.folders = append(o.folders, "") // a feed that holds others is no folder
	o.take(a, address, line)
	return nil
}

// take keeps the feed that an outline describes.
func (o *outliner) take(a attributeMap, address string, line int) {
	title := a.title()
	if title == address {
		title = "" // what WriteOPML does for want of a name
	}
	sub := Sub{URL: feedAddress(address), Title: title, Site: webAddress(nil, a["htmlurl"]), Folder: o.folder(a["category"])}
	called := Cut(cmp.Or(title, Line(address)), 60)
	switch {
	case a["filtercmd"] != "":
		o.problem(line, fmt.Sprintf("%s is left out: it would run a command", called))
	case sub.URL == "":
		o.problem(line, fmt.Sprintf("%s is left out: %s", called, whyNot(address)))
	case !o.seen[NormalLink(sub.URL)]:
		o.seen[NormalLink(sub.URL)] = true
		o.subs = append(o.subs, sub)
	}
}

// folder is where the feed at hand stands: in the open outlines, or else in
// the first category that it names.
func (o *outliner) folder(category string) string {
	if path := joinFolders(o.folders); path != "" {
		return path
	}
	first, _, _ := strings.Cut(category, ",")
	names := strings.Split(first, "/")
	for i, name := range names {
		names[i] = Line(name)
	}
	return joinFolders(names)
}

// joinFolders makes a path of names; empty ones add nothing to it.
func joinFolders(names []string) string {
	var path []string
	for _, name := range names {
		if name != "" && len(path) < maxFolders {
			path = append(path, name)
		}
	}
	return Cut(strings.Join(path, "/"), maxFolder)
}

func (o *outliner) problem(line int, why string) {
	o.problems = append(o.problems, fmt.Sprintf("line %d: %s", line, why))
}

// An attributeMap holds the attributes of an outline by name in lower case,
// without prefixes.
type attributeMap map[string]string

func outlineAttributes(attrs []xml.Attr) attributeMap {
	a := attributeMap{}
	for _, at := range attrs {
		if at.Name.Space == "" {
			a[strings.ToLower(at.Name.Local)] = at.Value
		}
	}
	return a
}

// address is where the feed of an outline is, "" for a folder. An outline of
// the type "link" or "include" has a url too, that of another list.
func (a attributeMap) address() string {
	if address := strings.TrimSpace(a["xmlurl"]); address != "" {
		return address
	}
	if kind := strings.ToLower(a["type"]); kind == "link" || kind == "include" {
		return ""
	}
	return strings.TrimSpace(a["url"])
}

// title is the name of a feed or folder. Some programs escape it twice.
func (a attributeMap) title() string {
	for _, name := range []string{"text", "title", "name"} {
		if title := Line(entity().ReplaceAllStringFunc(a[name], html.UnescapeString)); title != "" {
			return title
		}
	}
	return ""
}

var entity = lazily(`&#?[A-Za-z0-9]{1,32};`)

// folderName is a name that can stand in a path.
func folderName(name string) string { return strings.ReplaceAll(name, "/", "∕") }

// feedAddress returns the address of a feed as it is to be fetched; "" if it
// is not of the web.
func feedAddress(address string) string {
	address = fromFeedScheme(strings.TrimSpace(Safe(address)))
	if strings.ContainsAny(address, "\n\t") || webAddress(nil, address) == "" {
		return ""
	}
	return address
}

// whyNot says why an address is not one to fetch.
func whyNot(address string) string {
	scheme, _, ok := strings.Cut(strings.ToLower(address), ":")
	switch {
	case strings.HasPrefix(address, "|"), scheme == "exec", scheme == "filter":
		return "it would run a command"
	case !ok:
		return "its address is not one of the web"
	default:
		return fmt.Sprintf("its address is of the kind %s:, not of the web", Cut(Line(scheme), 20))
	}
}

// documentName says what a document is by the name of its root.
func documentName(root string) string {
	switch root {
	case "html":
		return "a web page"
	case "rss", "feed", "rdf":
		return "a feed"
	default:
		return fmt.Sprintf("an XML document of the kind %q", Cut(Line(root), 40))
	}
}

// WriteOPML writes subscriptions as OPML 2.0, folders as nested outlines. The
// same subscriptions give the same bytes in whatever order they come, and
// ReadOPML reads them back.
func WriteOPML(w io.Writer, title string, subs []Sub) error {
	sorted := slices.Clone(subs)
	slices.SortStableFunc(sorted, func(a, b Sub) int {
		return cmp.Or(slices.Compare(folderPath(a), folderPath(b)), strings.Compare(strings.ToLower(a.Title), strings.ToLower(b.Title)),
			strings.Compare(a.Title, b.Title), strings.Compare(a.URL, b.URL))
	})
	b := bufio.NewWriter(w)
	fmt.Fprintf(b, "<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n<opml version=\"2.0\">\n  <head>\n    <title>%s</title>\n  </head>\n  <body>\n", escapeXML(Line(title)))
	var open []string
	for _, s := range sorted {
		open = moveTo(b, open, folderPath(s))
		writeFeed(b, s, len(open))
	}
	moveTo(b, open, nil)
	fmt.Fprint(b, "  </body>\n</opml>\n")
	if err := b.Flush(); err != nil {
		return fmt.Errorf("write the list of feeds: %w", err)
	}
	return nil
}

// folderPath is a folder as the names to go through; none for no folder.
func folderPath(s Sub) []string {
	return strings.FieldsFunc(Line(s.Folder), func(r rune) bool { return r == '/' })
}

// moveTo closes and opens outlines until those in path are open.
func moveTo(w io.Writer, open, path []string) []string {
	shared := 0
	for shared < min(len(open), len(path)) && open[shared] == path[shared] {
		shared++
	}
	for depth := len(open); depth > shared; depth-- {
		fmt.Fprintf(w, "%s</outline>\n", indent(depth-1))
	}
	for depth, name := range path[shared:] {
		name = escapeXML(Line(name))
		fmt.Fprintf(w, "%s<outline text=\"%s\" title=\"%s\">\n", indent(shared+depth), name, name)
	}
	return path
}

func writeFeed(w io.Writer, s Sub, depth int) {
	title := escapeXML(cmp.Or(Line(s.Title), s.URL))
	fmt.Fprintf(w, "%s<outline type=\"rss\" text=\"%s\" title=\"%s\" xmlUrl=\"%s\"", indent(depth), title, title, escapeXML(s.URL))
	if s.Site != "" {
		fmt.Fprintf(w, " htmlUrl=\"%s\"", escapeXML(s.Site))
	}
	fmt.Fprint(w, "/>\n")
}

func indent(depth int) string { return strings.Repeat("  ", depth+2) }

func escapeXML(s string) string {
	var b strings.Builder
	_ = xml.EscapeText(&b, []byte(s)) // a strings.Builder takes everything
	return b.String()
}
