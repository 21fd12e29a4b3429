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
	"net/url"
	"slices"
	"strconv"
	"strings"
	"time"
)

const (
	maxOPML     = 50 << 20 // bytes of a list
	maxOutlines = 100_000  // feeds and folders in a list
	maxFolders  = 20       // folders in folders; those below count as the last
	maxTags     = 100      // of a feed
)

// MaxName is the most runes of a folder's path, of a tag, and of the name of a
// saved query, in the list of another program.
const MaxName = 300

// ErrDamaged reports a list that breaks off.
var ErrDamaged = errors.New("the list is damaged")

// ours is the name of the attributes that only newsterm writes, as OPML 2.0
// wants it of such.
const ours = "newsterm:opml"

// ReadOPML returns the subscriptions in an OPML file of any dialect: each
// address once, in the order of the file, with folders as "A/B". Categories
// are tags; so are the folders in which a feed is once more. What could not be
// taken is told by line, "line 12: …". Nothing in the file is run, fetched or
// expanded, and a feed that a program prints is disabled. The error says what
// the file is if it is not OPML; with ErrDamaged comes all that stands before
// the damage.
func ReadOPML(r io.Reader) (subs []Sub, problems []string, err error) {
	body, err := io.ReadAll(&cappedReader{r, maxOPML})
	if err != nil {
		return nil, nil, fmt.Errorf("read the list of feeds: %w", err)
	}
	text, _ := decode(body, "")
	o := newOutliner(clean(text))
	err = o.read()
	return o.subs, o.problems, err
}

// An outliner reads the outlines of an OPML file one after the other.
type outliner struct {
	x        *xml.Decoder
	folders  []string       // the names of the open outlines; "" for one that adds nothing
	seen     map[string]int // where in subs an address is
	outlines int
	isOPML   bool
	isOpen   bool // its root, <opml>
	isOurs   bool // WriteOPML has written it
	subs     []Sub
	problems []string
}

func newOutliner(text []byte) *outliner {
	x := xml.NewDecoder(bytes.NewReader(text))
	x.Strict = false
	x.Entity = xml.HTMLEntity
	x.CharsetReader = func(_ string, in io.Reader) (io.Reader, error) { return in, nil } // decoded before
	return &outliner{x: x, seen: map[string]int{}}
}

// read goes through the file. The error says that it is no OPML, or is
// ErrDamaged.
func (o *outliner) read() error {
	for {
		line, _ := o.x.InputPos()
		token, err := o.x.RawToken()
		switch {
		case err != nil && !o.isOPML:
			return &ParseError{Why: "this is no OPML file, nor any other XML"}
		case errors.Is(err, io.EOF) && !o.isOpen:
			return nil
		case errors.Is(err, io.EOF):
			o.problem(line, "the file breaks off here")
			return ErrDamaged
		case err != nil:
			o.problem(line, "the file is damaged from here on")
			return ErrDamaged
		}
		switch t := token.(type) {
		case xml.StartElement:
			if err := o.open(t, line); err != nil {
				return err
			}
		case xml.EndElement:
			o.close(t)
		}
		if o.outlines > maxOutlines {
			o.problem(line, "more feeds and folders than anybody has; the rest is left out")
			return nil
		}
	}
}

// close takes one end tag.
func (o *outliner) close(t xml.EndElement) {
	switch {
	case strings.EqualFold(t.Name.Local, "opml"):
		o.isOpen = false
	case isOutline(t.Name) && len(o.folders) > 0:
		o.folders = o.folders[:len(o.folders)-1]
	}
}

func isOutline(n xml.Name) bool { return strings.EqualFold(n.Local, "outline") }

// open takes one start tag. The first one must be that of OPML.
func (o *outliner) open(t xml.StartElement, line int) error {
	switch name := strings.ToLower(t.Name.Local); {
	case name == "opml":
		o.isOPML, o.isOpen = true, true
		o.isOurs = outlineAttributes(t.Attr)["xmlns:newsterm"] == ours
	case name == "outline":
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
		o.folders = append(o.folders, folderName(o.title(a)))
		return nil
	}
	o.folders = append(o.folders, "") // a feed that holds others is no folder
	o.take(a, address, line)
	return nil
}

// take keeps the feed that an outline describes.
func (o *outliner) take(a attributeMap, address string, line int) {
	title := o.title(a)
	if title == address || title == Shown(address) {
		title = "" // what WriteOPML does for want of a name
	}
	sub := a.settings()
	sub.URL, sub.Title, sub.Site = feedAddress(address), title, webAddress(nil, a["htmlurl"])
	sub.Folder, sub.Tags = o.places(a["category"])
	sub.Disabled = sub.Disabled || isProgram(sub.URL)
	called := Cut(cmp.Or(title, Line(address)), 60)
	at, again := o.seen[NormalLink(sub.URL)]
	switch {
	case a["filtercmd"] != "":
		o.problem(line, fmt.Sprintf("%s is left out: it would run a command", called))
	case sub.URL == "":
		o.problem(line, fmt.Sprintf("%s is left out: %s", called, whyNot(address)))
	case again:
		o.subs[at].add(sub)
	default:
		o.seen[NormalLink(sub.URL)] = len(o.subs)
		o.subs = append(o.subs, sub)
	}
}

// add gives s the places of other, the same feed once more, as tags.
func (s *Sub) add(other Sub) {
	for _, tag := range append([]string{other.Folder}, other.Tags...) {
		if tag != "" && tag != s.Folder && !slices.Contains(s.Tags, tag) && len(s.Tags) < maxTags {
			s.Tags = append(s.Tags, tag)
		}
	}
}

// places are where the feed at hand stands: its folder is that of the open
// outlines, or else the first path among its categories. The others are tags.
func (o *outliner) places(categories string) (folder string, tags []string) {
	s := Sub{Folder: joinFolders(o.folders)}
	for category := range strings.SplitSeq(categories, ",") {
		names := strings.Split(category, "/")
		for i, name := range names {
			names[i] = Line(name)
		}
		path := joinFolders(names)
		if s.Folder == "" && len(names) > 1 {
			s.Folder = path
			continue
		}
		s.add(Sub{Folder: path})
	}
	return s.Folder, s.Tags
}

// joinFolders makes a path of names; empty ones add nothing to it.
func joinFolders(names []string) string {
	var path []string
	for _, name := range names {
		if name != "" && len(path) < maxFolders {
			path = append(path, name)
		}
	}
	return Cut(strings.Join(path, "/"), MaxName)
}

func (o *outliner) problem(line int, why string) {
	o.problems = append(o.problems, fmt.Sprintf("line %d: %s", line, why))
}

// An attributeMap holds the attributes of an outline by name in lower case.
// Those of other namespaces have their usual prefix.
type attributeMap map[string]string

func outlineAttributes(attrs []xml.Attr) attributeMap {
	a := attributeMap{}
	for _, at := range attrs {
		name := strings.ToLower(at.Name.Local)
		if at.Name.Space != "" {
			name = at.Name.Space + ":" + name
		}
		a[name] = at.Value
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

// settings are what WriteOPML, or Miniflux, writes of what a reader has set.
func (a attributeMap) settings() Sub {
	number := func(name string) int {
		n, _ := strconv.ParseUint(a[name], 10, 31) // 0 if it is none
		return int(n)
	}
	return Sub{
		Every:    time.Duration(number("newsterm:every")) * time.Second,
		Keep:     number("newsterm:keep"),
		Muted:    a["newsterm:muted"] == "true" || a["miniflux:hideglobally"] == "true",
		Disabled: a["newsterm:disabled"] == "true" || a["miniflux:disabled"] == "true",
	}
}

// title is the name of a feed or folder. Some programs escape it twice; we do
// not.
func (o *outliner) title(a attributeMap) string {
	for _, name := range []string{"text", "title", "name"} {
		title := a[name]
		if !o.isOurs {
			title = entity().ReplaceAllStringFunc(title, html.UnescapeString)
		}
		if title = Line(title); title != "" {
			return title
		}
	}
	return ""
}

var entity = lazily(`&#?[A-Za-z0-9]{1,32};`)

// folderName is a name that can stand in a path.
func folderName(name string) string { return strings.ReplaceAll(name, "/", "∕") }

// feedAddress returns the address of a feed as it is to be fetched: of the web,
// of a file on this machine, or a program; "" for any other.
func feedAddress(address string) string {
	address = fromFeedScheme(strings.TrimSpace(Safe(address)))
	u, err := url.Parse(address)
	switch {
	case strings.ContainsAny(address, "\n\t"):
	case webAddress(nil, address) != "":
		return address
	case err == nil && u.Scheme == "file" && u.Host == "" && strings.HasPrefix(u.Path, "/"):
		return address
	case isProgram(address):
		return address
	}
	return ""
}

// isProgram reports whether a feed is what a program prints.
func isProgram(address string) bool {
	command, ok := strings.CutPrefix(address, "exec:")
	return ok && strings.TrimSpace(command) != ""
}

// whyNot says why an address is not one to fetch.
func whyNot(address string) string {
	scheme, _, ok := strings.Cut(strings.ToLower(address), ":")
	switch {
	case strings.HasPrefix(address, "|"), scheme == "filter":
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

// WriteOPML writes subscriptions as OPML 2.0, folders as nested outlines and
// tags as categories. The same subscriptions give the same bytes in whatever
// order they come, and ReadOPML reads them back, but for commas and slashes in
// tags, which become others that look like them.
func WriteOPML(w io.Writer, title string, subs []Sub) error {
	sorted := slices.Clone(subs)
	slices.SortStableFunc(sorted, func(a, b Sub) int {
		return cmp.Or(slices.Compare(folderPath(a), folderPath(b)), strings.Compare(strings.ToLower(a.Title), strings.ToLower(b.Title)),
			strings.Compare(a.Title, b.Title), strings.Compare(a.URL, b.URL))
	})
	b := bufio.NewWriter(w)
	fmt.Fprintf(b, "<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n<opml version=\"2.0\" xmlns:newsterm=\"%s\">\n  <head>\n    <title>%s</title>\n  </head>\n  <body>\n", ours, escapeXML(Line(title)))
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
	if len(s.Tags) > 0 {
		fmt.Fprintf(w, " category=\"%s\"", escapeXML(categories(s.Tags)))
	}
	if s.Every > 0 {
		fmt.Fprintf(w, " newsterm:every=\"%d\"", s.Every/time.Second)
	}
	if s.Keep > 0 {
		fmt.Fprintf(w, " newsterm:keep=\"%d\"", s.Keep)
	}
	if s.Muted {
		fmt.Fprint(w, " newsterm:muted=\"true\"")
	}
	if s.Disabled {
		fmt.Fprint(w, " newsterm:disabled=\"true\"")
	}
	fmt.Fprint(w, "/>\n")
}

// categories are tags as OPML has them: with commas between, and with slashes
// they would be folders.
func categories(tags []string) string {
	list := make([]string, len(tags))
	for i, tag := range tags {
		list[i] = strings.ReplaceAll(folderName(Line(tag)), ",", "‚")
	}
	return strings.Join(list, ",")
}

func indent(depth int) string { return strings.Repeat("  ", depth+2) }

func escapeXML(s string) string {
	var b strings.Builder
	_ = xml.EscapeText(&b, []byte(s)) // a strings.Builder takes everything
	return b.String()
}
