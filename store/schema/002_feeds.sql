-- More of what is kept about a feed, and lists that are kept by name.

ALTER TABLE feeds ADD COLUMN trouble  TEXT    NOT NULL DEFAULT ''; -- the kind of failure
ALTER TABLE feeds ADD COLUMN fetched  INTEGER NOT NULL DEFAULT 0;  -- when its text last came, not only "not modified"
ALTER TABLE feeds ADD COLUMN tags     TEXT    NOT NULL DEFAULT ''; -- one a line
ALTER TABLE feeds ADD COLUMN keep     INTEGER NOT NULL DEFAULT 0;  -- most articles kept, 0 for all
ALTER TABLE feeds ADD COLUMN disabled INTEGER NOT NULL DEFAULT 0;  -- not fetched until its reader allows it
ALTER TABLE feeds ADD COLUMN claimed_by TEXT  NOT NULL DEFAULT ''; -- the process that is fetching it

UPDATE feeds SET fetched = succeeded;

-- Addresses at which feeds were before.
CREATE TABLE addresses (
	url  TEXT    PRIMARY KEY,
	feed INTEGER NOT NULL
) WITHOUT ROWID;

-- Queries that are kept by name.
CREATE TABLE queries (
	id    INTEGER PRIMARY KEY,
	name  TEXT    NOT NULL UNIQUE COLLATE NOCASE,
	query TEXT    NOT NULL
);
