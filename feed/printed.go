package feed

import (
	"bytes"
	"context"
)

// Printed reads the feed that a program printed, whose address is not one of
// the web. If the program printed the same when cache was made, the error is
// ErrNotModified, and the Doc holds nothing but URL and Cache. One that breaks
// off has an empty Cache, as Fetch has it.
func Printed(ctx context.Context, body []byte, address string, cache Cache) (*Doc, error) {
	if len(bytes.TrimSpace(body)) == 0 {
		return nil, &ParseError{Why: "the program printed nothing"}
	}
	a := answer{url: address, body: body}
	a.cache.Hash = a.hash()
	if a.cache.Hash == cache.Hash {
		return &Doc{URL: a.url, Cache: a.cache}, ErrNotModified
	}
	doc, err := a.parse(ctx)
	if err != nil {
		return nil, err
	}
	if doc.URL = a.url; !doc.Torn {
		doc.Cache = a.cache
	}
	return doc, nil
}
