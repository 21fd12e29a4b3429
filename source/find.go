package source

import (
	"context"
	"fmt"

	"app/newsterm/feed"
)

// Find looks for the feed that a reader means by what was typed: the address
// of a feed or of a page that has one. Nothing is kept.
func (w *Web) Find(ctx context.Context, typed string) (Finding, error) {
	address, err := Address(typed)
	if err != nil {
		return Finding{}, err
	}
	if address == HandbookURL {
		return Finding{Doc: &feed.Doc{URL: HandbookURL, Title: "Handbook"}, Client: w.Client}, nil
	}
	found, err := w.find(ctx, address)
	if err != nil {
		return Finding{}, fmt.Errorf("%s: %w", feed.Shown(address), err)
	}
	return found, nil
}
