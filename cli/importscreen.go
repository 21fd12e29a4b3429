package cli

import (
	"context"
	"errors"
	"fmt"

	"app/newsterm/source"
	"app/newsterm/store"
	"app/newsterm/ui"
)

// An importer lets the screen take in what other readers have on this machine.
type importer struct {
	db     *store.DB
	getenv func(string) string
}

// Found lists the readers that follow feeds which are not followed here. One
// whose list cannot be read has none.
func (i importer) Found(ctx context.Context) (list []ui.Elsewhere, err error) {
	for _, files := range source.Readers(i.getenv) {
		if files.List == "" {
			continue
		}
		theirs, err := readList(files.List)
		if err != nil {
			continue
		}
		fresh, err := newSubs(ctx, i.db, theirs.Subs)
		if err != nil {
			return nil, err
		}
		if len(fresh) > 0 {
			list = append(list, ui.Elsewhere{Reader: files.Reader, Feeds: len(fresh)})
		}
	}
	return list, nil
}

// Import takes in the feeds, saved queries, articles and marks of reader.
// Nothing that is here already is changed.
func (i importer) Import(ctx context.Context, reader string, step func(done, total int)) (ui.Imported, error) {
	for _, files := range source.Readers(i.getenv) {
		if files.Reader == reader {
			got, err := i.take(ctx, files, step)
			if err != nil {
				err = fmt.Errorf("import %s: %w", reader, err)
			}
			return got, err
		}
	}
	return ui.Imported{}, fmt.Errorf("import %s: its files are gone", reader)
}

func (i importer) take(ctx context.Context, files source.Files, step func(done, total int)) (got ui.Imported, err error) {
	list, err := readList(files.List)
	if err != nil {
		return got, err
	}
	fresh, err := keepSubs(ctx, i.db, list.Subs, false)
	if err != nil {
		return got, err
	}
	got = ui.Imported{Feeds: len(fresh), Left: len(list.Problems)}
	for _, sub := range fresh {
		if sub.Disabled {
			got.Programs++
		}
	}
	for _, q := range list.Queries {
		_, err := takeQuery(ctx, i.db, apart(q), false)
		switch {
		case errors.As(err, new(badRecord)):
			got.Left++
		case err != nil:
			return got, err
		}
	}
	for _, r := range source.Ignored(files.Config, list) {
		_, err := keepIgnored(ctx, i.db, r, false)
		switch {
		case errors.As(err, new(badRecord)):
			got.Left++
		case err != nil:
			return got, err
		}
	}
	if files.Old == "" {
		return got, nil
	}
	t, err := newTaker(ctx, i.db, list.Subs, false)
	if err != nil {
		return got, err
	}
	_, err = t.takeAll(ctx, files.Old, step)
	got.Articles, got.Left = t.sum.Articles, got.Left+t.skipped
	return got, err
}
