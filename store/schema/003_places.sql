-- Where articles were left half read. The text of an article's feed and the
-- full text of its page have a place each.
CREATE TABLE places (
	article INTEGER NOT NULL,
	own     INTEGER NOT NULL, -- of its feed's text, though there is a full one
	letters INTEGER NOT NULL, -- letters and digits before the place
	PRIMARY KEY (article, own)
) WITHOUT ROWID;
