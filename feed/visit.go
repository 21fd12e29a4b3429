package feed

import (
	"context"
	"net/http"
)

// Visit is Fetch for an address whose answer may be a page that names feeds.
// It returns a Client for those too: the page chose them and not the reader,
// so that it goes where the page's server could redirect to and nowhere else,
// and sends no header that was meant for that server.
func (c *Client) Visit(ctx context.Context, address string) (*Doc, *Client, error) {
	home := world
	visiting := *c
	visiting.home = &home
	doc, err := visiting.Fetch(ctx, address, Cache{})
	onward := *c
	onward.Header = nil
	if c.HTTP == nil {
		onward.HTTP = &http.Client{Transport: home}
	}
	return doc, &onward, err
}
