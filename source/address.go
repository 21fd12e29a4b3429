package source

import (
	"errors"
	"fmt"
	"net/netip"
	"net/url"
	"os"
	"path/filepath"
	"strings"
)

// Address makes an address to subscribe to of what a person typed: an address
// as it is, "example.org" as https, a file that exists as its file address,
// "@ann@example.org" as the profile that Mastodon calls so, "exec:" and a
// command line as the program that it runs. The error says what an address
// looks like.
func Address(typed string) (string, error) {
	typed = strings.TrimSpace(typed)
	if typed == HandbookURL {
		return typed, nil
	}
	if IsProgram(typed) {
		if !NamesProgram(typed) {
			return "", errors.New("a feed that a program prints is written exec:/path/of/program and its words, on one line")
		}
		return typed, nil
	}
	if _, err := os.Stat(typed); err == nil && typed != "" {
		return fileAddress(typed)
	}
	if name, host, ok := strings.Cut(strings.TrimPrefix(typed, "@"), "@"); ok && typed[0] == '@' && name != "" && looksLikeHost(host) {
		return scheme(host) + host + "/@" + name, nil
	}
	if rest, ok := strings.CutPrefix(typed, "feed:http"); ok {
		typed = "http" + rest
	}
	for _, prefix := range []string{"feed://", "itpc://", "pcast://", "podcast://"} {
		if rest, ok := strings.CutPrefix(typed, prefix); ok {
			typed = scheme(rest) + rest
		}
	}
	u, err := url.Parse(typed)
	if err == nil && (u.Scheme == "http" || u.Scheme == "https") && u.Host != "" || err == nil && u.Scheme == "file" {
		return typed, nil
	}
	if !strings.Contains(typed, "://") && looksLikeHost(typed) {
		return scheme(typed) + typed, nil
	}
	return "", fmt.Errorf("%q is neither an address (https://example.org/feed.xml) nor a file", typed)
}

// scheme is the usual one, but for this very machine, where nobody has a
// certificate.
func scheme(typed string) string {
	u, err := url.Parse("//" + typed)
	if err != nil {
		return "https://"
	}
	if ip, _ := netip.ParseAddr(u.Hostname()); ip.IsLoopback() || u.Hostname() == "localhost" {
		return "http://"
	}
	return "https://"
}

// looksLikeHost reports whether typed may begin with a host name.
func looksLikeHost(typed string) bool {
	name, _, _ := strings.Cut(typed, "/")
	host, port, _ := strings.Cut(name, ":")
	return !strings.ContainsAny(name, " @|<>\"'`") && strings.Trim(port, "0123456789") == "" &&
		(strings.Contains(strings.Trim(host, "."), ".") || host == "localhost")
}

func fileAddress(path string) (string, error) {
	abs, err := filepath.Abs(path)
	if err != nil {
		return "", err
	}
	return (&url.URL{Scheme: "file", Path: filepath.ToSlash(abs)}).String(), nil
}
