-- What newsterm remembers. Dates of articles and feeds are seconds since 1970
-- in UTC, 0 for "none"; times of marks are milliseconds. A file of schema/,
-- once released, is never edited: add the next number.

PRAGMA application_id = 0x6e747220; -- "ntr "

CREATE TABLE feeds (
	id            INTEGER PRIMARY KEY AUTOINCREMENT,
	url           TEXT    NOT NULL UNIQUE,
	name          TEXT    NOT NULL DEFAULT '', -- the reader's own
	title         TEXT    NOT NULL DEFAULT '', -- the publisher's
	shown         TEXT    NOT NULL COLLATE NOCASE
		AS (CASE WHEN name <> '' THEN name WHEN title <> '' THEN title ELSE url END),
	site          TEXT    NOT NULL DEFAULT '',
	folder        TEXT    NOT NULL DEFAULT '', -- "A/B" for nested ones
	language      TEXT    NOT NULL DEFAULT '',
	etag          TEXT    NOT NULL DEFAULT '', -- validators, exactly as received
	last_modified TEXT    NOT NULL DEFAULT '',
	body_hash     TEXT    NOT NULL DEFAULT '', -- of the last answer
	checked       INTEGER NOT NULL DEFAULT 0,
	succeeded     INTEGER NOT NULL DEFAULT 0,
	failure       TEXT    NOT NULL DEFAULT '', -- why the last fetch failed
	failing_since INTEGER NOT NULL DEFAULT 0,
	failures      INTEGER NOT NULL DEFAULT 0,  -- in a row
	next          INTEGER NOT NULL DEFAULT 0,  -- when it is due, 0 for at once
	gone          INTEGER NOT NULL DEFAULT 0,  -- the server answered 410
	claimed_until INTEGER NOT NULL DEFAULT 0,  -- a newsterm is fetching it
	moved_to      TEXT    NOT NULL DEFAULT '', -- where the last fetch was redirected for good
	hint_every    INTEGER NOT NULL DEFAULT 0,  -- what the publisher asks: seconds between fetches,
	skip_hours    INTEGER NOT NULL DEFAULT 0,  -- hours in UTC, a bit each,
	skip_days     INTEGER NOT NULL DEFAULT 0,  -- and days, Sunday first
	pace          INTEGER NOT NULL DEFAULT 0,  -- seconds between its articles
	every         INTEGER NOT NULL DEFAULT 0,  -- seconds between fetches, 0 for the usual
	user_agent    TEXT    NOT NULL DEFAULT '', -- '' for the usual
	headers       TEXT    NOT NULL DEFAULT '', -- "Name: value", one a line
	want_fulltext INTEGER NOT NULL DEFAULT 0,  -- fetch the page of each new article
	muted         INTEGER NOT NULL DEFAULT 0,
	archived      INTEGER NOT NULL DEFAULT 0,  -- left, but kept
	unread        INTEGER NOT NULL DEFAULT 0,  -- kept in step with articles
	total         INTEGER NOT NULL DEFAULT 0
);
CREATE INDEX feeds_shown ON feeds (shown);
CREATE INDEX feeds_hidden ON feeds (muted, archived) WHERE muted = 1 OR archived = 1;

-- Hosts that asked to be left alone.
CREATE TABLE hosts (
	host  TEXT    PRIMARY KEY,
	until INTEGER NOT NULL
) WITHOUT ROWID;

-- Articles without their texts, so that lists read little. Ids only grow:
-- a higher one arrived later.
CREATE TABLE articles (
	id         INTEGER PRIMARY KEY AUTOINCREMENT,
	feed       INTEGER NOT NULL,
	guid       TEXT    NOT NULL,            -- one of a kind within its feed
	url        TEXT    NOT NULL,
	comments   TEXT    NOT NULL DEFAULT '',
	title      TEXT    NOT NULL,
	authors    TEXT    NOT NULL DEFAULT '', -- one a line
	categories TEXT    NOT NULL DEFAULT '', -- one a line
	summary    TEXT    NOT NULL DEFAULT '',
	published  INTEGER NOT NULL,
	updated    INTEGER NOT NULL,
	arrived    INTEGER NOT NULL,
	date       INTEGER NOT NULL,            -- what lists sort by and show
	read       INTEGER NOT NULL DEFAULT 0,
	read_at    INTEGER NOT NULL DEFAULT 0,  -- when it last changed
	starred    INTEGER NOT NULL DEFAULT 0,
	starred_at INTEGER NOT NULL DEFAULT 0,
	enclosure  INTEGER NOT NULL DEFAULT 0,  -- has one
	fulltext   INTEGER NOT NULL DEFAULT 0,  -- has one
	same       INTEGER NOT NULL,            -- hash of the title: finds articles whose guid changed
	hash       INTEGER NOT NULL             -- of all that was published: tells an edit
);
CREATE UNIQUE INDEX articles_guid ON articles (feed, guid);
CREATE INDEX articles_same ON articles (feed, same);
CREATE INDEX articles_date ON articles (date);
CREATE INDEX articles_feed ON articles (feed, date);
CREATE INDEX articles_unread ON articles (date) WHERE read = 0;
CREATE INDEX articles_feed_unread ON articles (feed, date) WHERE read = 0;
CREATE INDEX articles_read ON articles (read_at) WHERE read = 1;
CREATE INDEX articles_starred ON articles (date) WHERE starred = 1;
CREATE INDEX articles_unstarred ON articles (starred_at) WHERE starred = 0 AND starred_at > 0;

-- The texts. Packing: 0 as it came, 1 deflated.
CREATE TABLE bodies (
	article    INTEGER PRIMARY KEY,
	packing    INTEGER NOT NULL DEFAULT 0, -- of html
	html       BLOB    NOT NULL,
	fulltext   BLOB    NOT NULL DEFAULT '', -- always deflated, '' for none
	enclosures TEXT    NOT NULL DEFAULT ''  -- JSON, '' for none
);

-- Articles whose text is not yet packed and in the search index.
CREATE TABLE waiting (
	article INTEGER PRIMARY KEY,
	hash    INTEGER NOT NULL -- of the text that waits
);

-- Words of articles; rowid is the article's id. The text itself is in bodies.
CREATE VIRTUAL TABLE search USING fts5 (
	title, author, body,
	content = '', contentless_delete = 1,
	tokenize = 'unicode61 remove_diacritics 2'
);

-- Articles that were pruned, so that they do not come back.
CREATE TABLE tombstones (
	feed      INTEGER NOT NULL,
	guid      TEXT    NOT NULL,
	same      INTEGER NOT NULL,
	url       TEXT    NOT NULL,
	published INTEGER NOT NULL,
	read      INTEGER NOT NULL,
	at        INTEGER NOT NULL,
	PRIMARY KEY (feed, guid)
) WITHOUT ROWID;
CREATE INDEX tombstones_same ON tombstones (feed, same);

-- Changes of marks, for undo and redo.
CREATE TABLE steps (
	id       INTEGER PRIMARY KEY AUTOINCREMENT,
	flag     INTEGER NOT NULL,
	is_on    INTEGER NOT NULL,
	articles BLOB    NOT NULL, -- those that changed: ids as varints, each less the one before
	undone   INTEGER NOT NULL DEFAULT 0
);

-- The time of the last mark in milliseconds; it only grows.
CREATE TABLE clock (last INTEGER NOT NULL);
INSERT INTO clock VALUES (0);

CREATE TABLE settings (
	name  TEXT PRIMARY KEY,
	value TEXT NOT NULL
) WITHOUT ROWID;
