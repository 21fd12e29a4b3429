-- Rules that hide articles, and what they hide.
CREATE TABLE mutes (
	id    INTEGER PRIMARY KEY,
	query TEXT    NOT NULL UNIQUE,
	until INTEGER NOT NULL DEFAULT 0 -- 0 for ever
);
ALTER TABLE articles ADD COLUMN muted INTEGER NOT NULL DEFAULT 0; -- one of the mutes hides it
CREATE INDEX articles_muted ON articles (id, feed, date, read, starred, muted) WHERE muted = 1;
