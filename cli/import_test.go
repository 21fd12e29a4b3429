package cli_test

import (
	"bytes"
	"context"
	"database/sql"
	"fmt"
	"io"
	"net/http"
	"net/http/httptest"
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"app/newsterm/cli"
)

// A desk is somebody's machine: a home, and newsterm.
type desk struct {
	t    *testing.T
	home string
}

func newDesk(t *testing.T) desk {
	d := desk{t, t.TempDir()}
	if err := os.Mkdir(filepath.Join(d.home, ".newsboat"), 0o700); err != nil {
		t.Fatal(err)
	}
	return d
}

// run runs newsterm, which must exit with code, and returns what it printed.
func (d desk) run(code int, args ...string) (out, told string) {
	d.t.Helper()
	var o, e bytes.Buffer
	env := cli.Env{In: strings.NewReader(""), Out: &o, Err: &e, Now: time.Now, Getenv: func(name string) string {
		return map[string]string{"HOME": d.home}[name]
	}}
	if got := cli.Main(context.Background(), env, args); got != code {
		d.t.Fatalf("newsterm %s: exit code %d, want %d\n%s%s", strings.Join(args, " "), got, code, o.String(), e.String())
	}
	return o.String(), e.String()
}

// marks lists articles: marks and title, by title.
func (d desk) marks(query string) string {
	d.t.Helper()
	out, _ := d.run(0, "list", "--format", "{{.Marks}} {{.Title}}", query)
	lines := strings.Split(strings.TrimSpace(out), "\n")
	for i := range lines {
		for j := range i {
			if lines[i][3:] < lines[j][3:] {
				lines[i], lines[j] = lines[j], lines[i]
			}
		}
	}
	return strings.Join(lines, "\n")
}

func (d desk) wants(what, got, want string) {
	d.t.Helper()
	if strings.TrimSpace(got) != strings.TrimSpace(want) {
		d.t.Errorf("%s:\n%s\nwant:\n%s", what, got, want)
	}
}

func (d desk) write(name, text string) string {
	d.t.Helper()
	path := filepath.Join(d.home, name)
	if err := os.WriteFile(path, []byte(text), 0o600); err != nil {
		d.t.Fatal(err)
	}
	return path
}

// database makes an SQLite file of statements.
func (d desk) database(name string, statements ...string) string {
	d.t.Helper()
	path := filepath.Join(d.home, name)
	db, err := sql.Open("sqlite", path)
	if err != nil {
		d.t.Fatal(err)
	}
	defer db.Close()
	for _, s := range statements {
		if _, err := db.Exec(s); err != nil {
			d.t.Fatalf("%s: %v", s, err)
		}
	}
	return path
}

// news serves shore.xml, whose items name themselves in every way, and
// other feeds that newsboat had.
func news(t *testing.T) string {
	t.Helper()
	srv := httptest.NewServer(http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		switch r.URL.Path {
		case "/shore.xml":
			io.WriteString(w, `<rss version="2.0"><channel><title>Shore</title><link>http://shore.example/</link>
<item><title>By guid</title><guid isPermaLink="false">g1</guid><link>http://shore.example/1?utm_source=rss</link><category>sand</category><pubDate>Mon, 02 Feb 2026 10:00:00 GMT</pubDate><description>&lt;p&gt;one&lt;/p&gt;</description></item>
<item><title>By address</title><guid>http://shore.example/6/</guid><link>http://shore.example/6/</link><category>sand</category><pubDate>Mon, 02 Feb 2026 11:00:00 GMT</pubDate><description>six</description></item>
<item><title>By link and date</title><link>http://shore.example/2/</link><category>sand</category><pubDate>Tue, 03 Feb 2026 10:00:00 GMT</pubDate><description>two</description></item>
<item><title>By link &amp;amp; nothing else</title><link>http://shore.example/3</link><category>sand</category><description>three</description></item>
<item><title>By nothing</title><description>four</description></item>
<item><title>By date</title><pubDate>Wed, 04 Feb 2026 10:00:00 GMT</pubDate><description>five</description><enclosure url="http://shore.example/5.mp3" type="audio/mpeg" length="55"/></item>
</channel></rss>`)
		case "/dune.xml":
			io.WriteString(w, `<feed xmlns="http://www.w3.org/2005/Atom"><title>Dune</title><link href="/"/>
<entry><id>urn:d:1</id><link href="/d1"/><title>Sand &lt;b&gt; wind</title><updated>2026-02-02T10:00:00Z</updated><author><name>Ann</name></author><content type="text">plain &amp; text</content></entry>
<entry><id>urn:d:2</id><link href="/d2"/><title type="html">Marram &lt;em&gt;grass&lt;/em&gt;</title><updated>2026-02-03T10:00:00Z</updated><content type="html">&lt;p&gt;rich&lt;/p&gt;</content></entry></feed>`)
		default:
			http.NotFound(w, r)
		}
	}))
	t.Cleanup(srv.Close)
	return srv.URL
}

// cacheSchema is that of newsboat 2.33.
var cacheSchema = []string{
	`CREATE TABLE metadata (db_schema_version_major INTEGER NOT NULL, db_schema_version_minor INTEGER NOT NULL)`,
	`INSERT INTO metadata VALUES (2, 33)`,
	`CREATE TABLE rss_feed (rssurl VARCHAR(1024) PRIMARY KEY NOT NULL, url VARCHAR(1024) NOT NULL, title VARCHAR(1024) NOT NULL,
		lastmodified INTEGER(11) NOT NULL DEFAULT 0, is_rtl INTEGER(1) NOT NULL DEFAULT 0, etag VARCHAR(128) NOT NULL DEFAULT '')`,
	`CREATE TABLE rss_item (id INTEGER PRIMARY KEY AUTOINCREMENT NOT NULL, guid VARCHAR(64) NOT NULL, title VARCHAR(1024) NOT NULL,
		author VARCHAR(1024) NOT NULL, url VARCHAR(1024) NOT NULL, feedurl VARCHAR(1024) NOT NULL, pubDate INTEGER NOT NULL,
		content VARCHAR(65535) NOT NULL, unread INTEGER(1) NOT NULL, enclosure_url VARCHAR(1024), enclosure_type VARCHAR(1024),
		enqueued INTEGER(1) NOT NULL DEFAULT 0, flags VARCHAR(52), deleted INTEGER(1) NOT NULL DEFAULT 0, base VARCHAR(128) NOT NULL DEFAULT '',
		content_mime_type VARCHAR(255) NOT NULL DEFAULT '', enclosure_description VARCHAR(1024) NOT NULL DEFAULT '',
		enclosure_description_mime_type VARCHAR(128) NOT NULL DEFAULT '')`,
}

// cachedNews is what newsboat keeps of the feeds that news serves at address,
// some of it read, flagged and deleted.
func cachedNews(address string) []string {
	return append(cacheSchema[:len(cacheSchema):len(cacheSchema)], strings.Split(strings.NewReplacer("AT", address).Replace(
		`INSERT INTO rss_feed VALUES ('AT/shore.xml', 'http://shore.example/', 'Shore', 1770000000, 0, '"stale"'), ('AT/dune.xml', 'AT/', 'Dune', 0, 0, '');
INSERT INTO rss_item (guid, title, author, url, feedurl, pubDate, content, unread, enclosure_url, enclosure_type, flags, deleted) VALUES
	('g1', 'By guid', '', 'http://shore.example/1?utm_source=rss', 'AT/shore.xml', 1770026400, '<p>one</p>', 0, NULL, NULL, NULL, 0),
	('http://shore.example/6/', 'By address', '', 'http://shore.example/6/', 'AT/shore.xml', 1770030000, 'six', 0, '', '', 'ab', 0),
	('http://shore.example/2/Tue, 03 Feb 2026 10:00:00 GMT', 'By link and date', '', 'http://shore.example/2/', 'AT/shore.xml', 1770112800, 'two', 0, '', '', '', 0),
	('http://shore.example/3', 'By link & nothing else', '', 'http://shore.example/3', 'AT/shore.xml', 1775000001, 'three', 0, '', '', 's', 0),
	('By nothing', 'By nothing', '', '', 'AT/shore.xml', 1775000001, 'four', 0, '', '', '', 0),
	('By date', 'By date', '', '', 'AT/shore.xml', 1770199200, 'five', 0, 'http://shore.example/5.mp3', 'audio/mpeg', '', 0),
	('gone', 'No longer in the feed', 'Bo', 'http://shore.example/0', 'AT/shore.xml', 1760000000, 'zero', 1, '', '', 'f', 0),
	('urn:d:2', 'Marram grass', '', 'AT/d2', 'AT/dune.xml', 1770112800, '<p>rich</p>', 1, '', '', '', 0),
	('urn:d:1', 'Sand <b> wind', 'Ann', 'AT/d1', 'AT/dune.xml', 1770026400, 'plain & text', 1, '', '', '', 1),
	('o1', 'Kept for its star', '', 'http://left.example/1', 'http://left.example/feed', 1770026400, 'left', 1, '', '', 'x', 0),
	('o2', 'Kept beside it', '', 'http://left.example/2', 'http://left.example/feed', 1770026400, 'left', 1, '', '', '', 0),
	('n1', 'Nobody wants it', '', 'http://none.example/1', 'http://none.example/feed', 1770026400, 'none', 1, '', '', '', 0),
	('q1', 'Made by a command', '', '', 'exec:touch pwned', 1770026400, 'none', 1, '', '', 'x', 0)`), ";\n")...)
}

const afterImport = `-s By address
-- By date
-- By guid
-s By link & nothing else
-- By link and date
-- By nothing
us Kept for its star
u- Marram grass
us No longer in the feed`

func TestImportNewsboatKeepsArticlesAndMarks(t *testing.T) {
	d, address := newDesk(t), news(t)
	d.write(".newsboat/urls", address+"/shore.xml \"~My shore\" Sea\n"+address+"/dune.xml\n")
	cache := d.database(".newsboat/cache.db", cachedNews(address)...)
	before, err := os.ReadFile(cache)
	if err != nil {
		t.Fatal(err)
	}

	out, _ := d.run(0, "import", "--dry-run", "newsboat")
	d.wants("dry run", out, "2 feeds would be added\n10 articles, 10 marks would be added")
	if out, _ := d.run(0, "feeds"); strings.Contains(out, "shore") {
		t.Errorf("a dry run has added feeds:\n%s", out)
	}

	out, told := d.run(0, "import", "newsboat")
	d.wants("import", out, "2 feeds added; newsterm refresh fetches their articles\n10 articles, 10 marks added; newsterm refresh fetches what is new")
	d.wants("told", told, `newsterm: left out: 2 feeds of newsboat that you do not follow, with 2 articles and no star
newsterm: put away, for what is starred there: 1 feed of newsboat that you do not follow
newsterm: the flags abfsx of newsboat: each is a star here, and which letter it was is not kept
newsterm: 1 article deleted in newsboat: left out, and no refresh brings it`)
	d.wants("marks", d.marks("NOT feed:handbook"), afterImport)
	out, _ = d.run(0, "list", "five")
	if !strings.Contains(out, "My shore\tBy date") {
		t.Errorf("the text is not found:\n%s", out)
	}

	out, _ = d.run(0, "import", "newsboat")
	d.wants("second import", out, "0 feeds added, 2 already there\n0 articles, 0 marks added")

	out, _ = d.run(0, "refresh", "--force")
	d.wants("refresh", out, "0 new articles")
	d.wants("marks after a refresh", d.marks("NOT feed:handbook"), afterImport)
	out, _ = d.run(0, "import", cache)
	d.wants("import after a refresh", out, "0 articles, 0 marks added")
	d.wants("marks after all", d.marks("NOT feed:handbook"), afterImport)

	if after, err := os.ReadFile(cache); err != nil || !bytes.Equal(before, after) {
		t.Errorf("cache.db was changed: %v", err)
	}
	if files, _ := filepath.Glob(filepath.Join(d.home, ".newsboat", "*")); len(files) != 2 {
		t.Errorf("files were left: %v", files)
	}
}

func TestImportTakesNoMarkAway(t *testing.T) {
	d, address := newDesk(t), news(t)
	d.run(0, "add", address+"/shore.xml", address+"/dune.xml")
	d.run(0, "mark", "read", "--query", "title:marram")
	d.run(0, "mark", "starred", "--query", "title:guid")
	out, _ := d.run(0, "import", d.database("cache.db", cachedNews(address)...))
	d.wants("import", out, "3 articles, 11 marks added; newsterm refresh fetches what is new")
	d.wants("marks", d.marks("NOT feed:handbook"), strings.NewReplacer("-- By guid", "-s By guid", "u- Marram", "-- Marram").Replace(afterImport)+"\n-- Sand <b> wind")
}

func TestImportLeavesAStarredArticleThatWasDeletedThere(t *testing.T) {
	d, address := newDesk(t), news(t)
	d.run(0, "add", address+"/dune.xml")
	d.run(0, "mark", "starred", "--query", "title:sand")
	out, _ := d.run(0, "import", d.database("cache.db", cachedNews(address)...))
	d.wants("import", out, "9 articles, 10 marks added; newsterm refresh fetches what is new")
	d.wants("marks", d.marks("feed:dune"), "u- Marram grass\nus Sand <b> wind")
}

func TestImportGoesToTheFeedThatHasMoved(t *testing.T) {
	d, address := newDesk(t), news(t)
	d.write(".newsboat/urls", address+"/shore.xml \"~My shore\"\n")
	d.run(0, "import", "newsboat")
	d.run(0, "edit", "shore", "--url", address+"/new-shore.xml", "--offline")
	d.database(".newsboat/cache.db", cachedNews(address)...)
	out, _ := d.run(0, "import", "newsboat")
	d.wants("import", out, "0 feeds added, 1 already there\n9 articles, 10 marks added; newsterm refresh fetches what is new")
	if out, _ := d.run(0, "feeds"); strings.Count(out, ".xml") != 1 || !strings.Contains(out, "new-shore.xml") {
		t.Errorf("feeds:\n%s", out)
	}
	out, _ = d.run(0, "import", "newsboat")
	d.wants("second import", out, "0 feeds added, 1 already there\n0 articles, 0 marks added")
}

func TestImportReadsOldAndUnfinishedCaches(t *testing.T) {
	d, address := newDesk(t), news(t)
	t.Setenv("TMPDIR", t.TempDir())
	d.run(0, "add", address+"/shore.xml")
	old := d.database("old.db", // before 2.10
		`CREATE TABLE rss_feed (rssurl VARCHAR(1024) PRIMARY KEY NOT NULL, url VARCHAR(1024) NOT NULL, title VARCHAR(1024) NOT NULL)`,
		`CREATE TABLE rss_item (id INTEGER PRIMARY KEY, guid VARCHAR(64) NOT NULL, title VARCHAR(1024) NOT NULL, author VARCHAR(1024) NOT NULL,
			url VARCHAR(1024) NOT NULL, feedurl VARCHAR(1024) NOT NULL, pubDate INTEGER NOT NULL, content VARCHAR(65535) NOT NULL, unread INTEGER(1) NOT NULL)`,
		`INSERT INTO rss_item VALUES (1, 'g1', 'By guid', '', 'http://shore.example/1', '`+address+`/shore.xml', 1770026400, 'one', 0)`)
	d.write("old.db-journal", "what a newsboat that was killed leaves behind")
	out, _ := d.run(0, "import", old)
	d.wants("import", out, "0 articles, 1 mark added")
	d.wants("marks", d.marks("is:read"), "-- By guid")
	if _, err := os.Stat(old + "-journal"); err != nil {
		t.Errorf("the journal was touched: %v", err)
	}
	if rest, _ := filepath.Glob(filepath.Join(os.TempDir(), "newsterm-import-*")); len(rest) > 0 {
		t.Errorf("copies are left: %v", rest)
	}
}

func TestImportOfOtherDatabasesIsRefused(t *testing.T) {
	d := newDesk(t)
	_, told := d.run(1, "import", d.database("other.db", `CREATE TABLE sheep (name TEXT)`))
	if !strings.Contains(told, "this is a database, but neither newsboat's nor nom's") {
		t.Error(told)
	}
	_, told = d.run(1, "import", d.write("damaged.db", "SQLite format 3\x00"+strings.Repeat("wool ", 1000)))
	if !strings.HasPrefix(told, "newsterm: import ") || strings.Count(told, "\n") != 1 {
		t.Error(told)
	}
}

func TestImportNomKeepsArticlesAndMarks(t *testing.T) {
	d, address := newDesk(t), news(t)
	if err := os.MkdirAll(filepath.Join(d.home, ".config", "nom"), 0o700); err != nil {
		t.Fatal(err)
	}
	d.write(".config/nom/config.yml", "feeds:\n- url: "+address+"/shore.xml\n  name: Nom's shore\ndatabase: mine.db\n")
	d.database(".config/nom/mine.db",
		`CREATE TABLE items (id integer primary key, feedurl text, link text, title text, content text, author text, readat datetime,
			publishedat datetime, updatedat datetime, createdat datetime, favourite boolean not null default 0, guid text)`,
		fmt.Sprintf(`INSERT INTO items (feedurl, guid, link, title, content, author, readat, publishedat, favourite) VALUES
			('%[1]s/shore.xml', 'g1', 'http://shore.example/1?utm_source=rss', 'By guid', '<p>one</p>', '', '2026-02-05 10:00:00.5+00:00', '2026-02-02 10:00:00+00:00', 0),
			('%[1]s/shore.xml', NULL, 'http://shore.example/2/', 'By link and date', 'two', '', NULL, '2026-02-03 10:00:00+00:00', 1),
			('%[1]s/shore.xml', '', 'http://shore.example/3', 'By link & nothing else', 'three', '', '2026-02-05 10:00:00+00:00', NULL, 0),
			('http://left.example/', '', 'http://left.example/3', 'Left', '', '', NULL, NULL, 0)`, address))
	out, _ := d.run(0, "import", "nom")
	d.wants("import", out, "1 feed added; newsterm refresh fetches their articles\n3 articles, 3 marks added; newsterm refresh fetches what is new")
	out, _ = d.run(0, "refresh", "--force")
	d.wants("refresh", out, "3 new articles from 1 feed")
	d.wants("marks", d.marks("is:read OR is:starred"), "-- By guid\n-- By link & nothing else\nus By link and date")
	out, _ = d.run(0, "import", "nom")
	d.wants("second import", out, "0 feeds added, 1 already there\n0 articles, 0 marks added")
}

// TestImportFromARealNewsboat has newsboat itself write the files.
func TestImportFromARealNewsboat(t *testing.T) {
	if _, err := exec.LookPath("newsboat"); err != nil {
		t.Skip("newsboat is not installed")
	}
	d, address := newDesk(t), news(t)
	newsboat := func(args ...string) string {
		c := exec.Command("newsboat", args...)
		c.Env = append(os.Environ(), "HOME="+d.home, "XDG_CONFIG_HOME=", "XDG_DATA_HOME=")
		out, err := c.CombinedOutput()
		if err != nil {
			t.Fatalf("newsboat %v: %v\n%s", args, err, out)
		}
		return string(out)
	}
	d.write(".newsboat/urls", address+"/shore.xml \"~My shore\" Sea\n"+address+"/dune.xml\n\"query:Unread:unread = \\\"yes\\\"\"\n")
	newsboat("-x", "reload")
	newsboat("-I", d.write("read.txt", "g1\nurn:d:2\n"))
	out, _ := d.run(0, "import", "newsboat")
	d.wants("import", out, "2 feeds added; newsterm refresh fetches their articles\n8 articles, 2 marks added; newsterm refresh fetches what is new")
	d.wants("read", d.marks("is:read"), "-- By guid\n-- Marram grass")
	out, _ = d.run(0, "refresh", "--force")
	d.wants("refresh", out, "0 new articles")
	d.wants("read after a refresh", d.marks("is:read"), "-- By guid\n-- Marram grass")

	// And back: newsboat takes our list, and its own of that is nothing new here.
	out, _ = d.run(0, "export", "opml")
	list := d.write("mine.opml", out)
	if err := os.Remove(filepath.Join(d.home, ".newsboat", "urls")); err != nil {
		t.Fatal(err)
	}
	newsboat("-i", list)
	urls, err := os.ReadFile(filepath.Join(d.home, ".newsboat", "urls"))
	if err != nil || !strings.Contains(string(urls), address+"/shore.xml") || !strings.Contains(string(urls), address+"/dune.xml") {
		t.Fatalf("newsboat has not taken our list: %v\n%s", err, urls)
	}
	out, _ = d.run(0, "import", d.write("theirs.opml", newsboat("-e")))
	d.wants("newsboat's export of our export", out, "0 feeds added, 2 already there")
}
