package feed

import (
	"context"
	"net/http"
	"net/http/httptrace"
)

// Visit is Fetch for an address whose answer may be a page that names feeds.
// It returns a Client for those too: the page chose them and not the reader,
// so that it goes where the page's server could redirect to and nowhere else,
// and sends no header that was meant for that server.
func (c *Client) Visit(ctx context.Context, address string) (*Doc, *Client, error) {
	home := world
	trace := &httptrace.ClientTrace{GotConn: func(i httptrace.GotConnInfo) { home = zoneOf(i.Conn.RemoteAddr().String()) }}
	doc, err := c.Fetch(httptrace.WithClientTrace(ctx, trace), address, Cache{})
	onward := *c
	onward.Header = nil
	if c.HTTP == nil {
		onward.HTTP = &http.Client{Transport: home.transport()}
	}
	return doc, &onward, err
}
