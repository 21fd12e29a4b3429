package feed

import (
	"bytes"
	"io"
	"net/http"
	"net/url"
	"slices"
	"strings"
)

// refusalLimit is how much of the page that comes with an error is searched
// for feeds. Pages declare them near their start.
const refusalLimit = 64 << 10

// refusal is the error that an answer from asked is. A site that has moved its
// feed often says where to in the page that tells of its absence.
func refusal(resp *http.Response, asked *url.URL) *StatusError {
	e := &StatusError{Code: resp.StatusCode, RetryAfter: retryAfter(resp.Header.Get("Retry-After"))}
	kind := e.Trouble()
	if kind != Missing && kind != Gone || !strings.HasPrefix(resp.Header.Get("Content-Type"), "text/html") {
		return e
	}
	var page bytes.Buffer
	_ = unpack(&page, io.LimitReader(resp.Body, refusalLimit), refusalLimit) // half a page will do
	here := resp.Request.URL.String()
	known := []string{NormalLink(here), NormalLink(asked.String())}
	e.Feeds = slices.DeleteFunc(Discover(page.Bytes(), here), func(l Link) bool {
		return l.OfComments() || slices.Contains(known, NormalLink(l.URL))
	})
	return e
}
