package feed

import (
	"errors"
	"fmt"
	"net/http"
	"net/textproto"
	"net/url"
	"slices"
	"strings"

	"golang.org/x/net/http/httpguts"
)

// ReadHeader reads a header as a person writes one, "Name: value". The name
// comes back as servers know it. The error says what is wrong, and never
// repeats the value: it may be a secret.
func ReadHeader(text string) (name, value string, err error) {
	name, value, found := strings.Cut(strings.TrimSpace(text), ":")
	switch {
	case strings.ContainsAny(name+value, "\r\n"):
		return "", "", errors.New("a header stands on one line")
	case !found:
		return "", "", errors.New(`a header is written "Name: value"`)
	case !httpguts.ValidHeaderFieldName(name):
		return "", "", fmt.Errorf("%q cannot be the name of a header", Cut(Line(name), 40))
	}
	name, value = textproto.CanonicalMIMEHeaderKey(name), strings.TrimSpace(value)
	if why := kept(name); why != "" {
		return "", "", fmt.Errorf("the header %s cannot be set: %s", name, why)
	}
	if !httpguts.ValidHeaderFieldValue(value) || Line(value) != value {
		return "", "", fmt.Errorf("the value of the header %s holds what cannot be sent", name)
	}
	return name, value, nil
}

// kept is why a header is not for a reader to set; "" if it is.
func kept(name string) string {
	switch name {
	case "User-Agent":
		return "--user-agent sets it"
	case "Host", "Content-Length", "Content-Type", "Transfer-Encoding", "Connection", "Keep-Alive", "Upgrade", "Te", "Trailer", "Expect":
		return "it is part of how requests are made"
	case "Accept-Encoding", "Range", "If-Range", "If-Match", "If-None-Match", "If-Modified-Since", "If-Unmodified-Since":
		return "newsterm has to know itself what it asks for"
	}
	if strings.HasPrefix(name, "Proxy-") {
		return "it is part of how requests are made"
	}
	return ""
}

// ReadHeaders reads headers that stand one on a line. Lines that cannot be
// read are left out.
func ReadHeaders(text string) http.Header {
	headers := http.Header{}
	for line := range strings.Lines(text) {
		if name, value, err := ReadHeader(line); err == nil && value != "" {
			headers.Set(name, value)
		}
	}
	return headers
}

// WriteHeaders is what ReadHeaders reads: a header on a line, by name.
func WriteHeaders(headers http.Header) string {
	var lines []string
	for name := range headers {
		lines = append(lines, name+": "+headers.Get(name))
	}
	slices.Sort(lines)
	return strings.Join(lines, "\n")
}

// ShownHeader is the value of a header as people may see it: dots, but for
// the few that never hold a secret.
func ShownHeader(name, value string) string {
	switch name {
	case "Accept", "Accept-Language", "Cache-Control", "Dnt", "Pragma":
		return Line(value)
	}
	if value == "" {
		return ""
	}
	return "•••"
}

// SameOrigin reports whether two addresses are of one server, so that it may
// be told at the second what it is told at the first.
func SameOrigin(a, b string) bool {
	u, err := readAddress(a)
	if err != nil {
		return false
	}
	v, err := readAddress(b)
	return err == nil && sameOrigin(u, v)
}

// sameOrigin reports whether what is told to start may be told to u: the same
// host, and never in the clear after a secret start.
func sameOrigin(start, u *url.URL) bool {
	upgraded := start.Scheme == "http" && u.Scheme == "https" && start.Port() == "" && u.Port() == ""
	return strings.EqualFold(u.Hostname(), start.Hostname()) &&
		(u.Scheme == start.Scheme && u.Port() == start.Port() || upgraded)
}
