package cli

import (
	"bufio"
	"bytes"
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"io"
)

// takeRecords imports what export json has printed. A line that cannot be
// read is told, and the rest taken; the error then is errTold, and so it is if
// the end is missing.
func (a *app) takeRecords(ctx context.Context, r *bufio.Reader, dry bool) error {
	first, err := r.ReadBytes('\n')
	if err != nil && !errors.Is(err, io.EOF) {
		return err
	}
	var head record
	if json.Unmarshal(first, &head) != nil || head.Newsterm == 0 {
		return errors.New("this is neither OPML nor what newsterm export json prints")
	}
	if head.Newsterm > exportVersion {
		return errors.New("a newer newsterm has printed this; upgrade newsterm to read it")
	}
	db, err := a.library(ctx)
	if err != nil {
		return err
	}
	feeds, err := everyFeed(ctx, db)
	if err != nil {
		return err
	}
	t := restorer{db: db, dry: dry, feeds: feeds, links: byLink(feeds), ends: head.Ends}
	if err := a.takeLines(ctx, r, &t); err != nil {
		return err
	}
	if err := db.Index(ctx); err != nil {
		return err
	}
	if err := a.saidRestored(t, dry); err != nil || !t.damaged {
		return err
	}
	return errTold
}

// saidRestored sums up takeRecords.
func (a *app) saidRestored(t restorer, dry bool) error {
	a.tellPrograms(t.programs, dry)
	words := count(t.newFeeds, "feed") + ", " + count(t.newArticles, "article") + ", " + count(t.marks, "mark")
	switch t.newQueries {
	case 0:
	case 1:
		words += ", 1 saved query"
	default:
		words += fmt.Sprintf(", %d saved queries", t.newQueries)
	}
	if t.newMutes > 0 {
		words += ", " + count(t.newMutes, "mute")
	}
	words += " " + would(dry, "added")
	if t.newDropped > 0 {
		words += fmt.Sprintf("; %s dropped there will not come here", count(t.newDropped, "article"))
	}
	_, err := fmt.Fprintln(a.Out, words)
	return err
}

// takeLines takes one record after the other.
func (a *app) takeLines(ctx context.Context, r *bufio.Reader, t *restorer) error {
	for n := 2; ; n++ {
		line, err := r.ReadBytes('\n')
		if line = bytes.TrimSpace(line); len(line) > 0 {
			if err := a.takeLine(ctx, n, line, t); err != nil {
				return err
			}
		}
		if errors.Is(err, io.EOF) {
			a.tellMissing(t)
			return t.finish(ctx)
		}
		if err != nil {
			return err
		}
		if ctx.Err() != nil {
			return ctx.Err()
		}
	}
}

// takeLine takes the record in line n, or tells why not.
func (a *app) takeLine(ctx context.Context, n int, line []byte, t *restorer) error {
	var rec record
	err := json.Unmarshal(line, &rec)
	if err != nil {
		t.damaged, err = true, badRecord("it is damaged")
	} else {
		err = t.take(ctx, rec)
	}
	t.records++
	if !errors.As(err, new(badRecord)) {
		return err
	}
	a.tell(fmt.Errorf("line %d is left out: %w", n, err))
	return nil
}

// tellMissing says that a file breaks off. One that an older newsterm has
// printed does not say where it ends, and may break off at the end of a line
// without anybody knowing.
func (a *app) tellMissing(t *restorer) {
	switch {
	case t.ends && !t.ended:
		a.tell(errors.New("the file breaks off: what followed is missing"))
	case t.missing > 0:
		a.tell(fmt.Errorf("the file is damaged: %s missing", count(t.missing, "line")))
	default:
		return
	}
	t.damaged = true
}

// A badRecord says why a record is left out.
type badRecord string

func (e badRecord) Error() string { return string(e) }
