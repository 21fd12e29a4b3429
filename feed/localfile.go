package feed

import (
	"context"
	"errors"
	"fmt"
	"io"
	"io/fs"
	"net/url"
	"os"
	"path/filepath"
	"strings"
	"time"
)

// readFile is get for the local file that a file: address names. The time of
// its last change serves as its validator.
func (c *Client) readFile(_ context.Context, u *url.URL, _ string, cache Cache) (answer, error) {
	path := filepath.FromSlash(u.Path)
	if u.Host != "" && u.Host != "localhost" || path == "" {
		return answer{}, &troubleError{why: "a file: address should look like file:///home/me/feed.xml"}
	}
	info, err := os.Stat(path)
	if err != nil {
		return answer{}, fileTrouble(path, err)
	}
	if !info.Mode().IsRegular() { // opening a pipe or a device could wait for ever
		return answer{}, &troubleError{why: fmt.Sprintf("%s is not a file", Line(path))}
	}
	a := answer{url: u.String(), kind: kindOfFile(path), cache: Cache{LastModified: info.ModTime().UTC().Format(time.RFC3339Nano)}}
	if a.cache.LastModified == cache.LastModified {
		a.cache = cache
		return a, ErrNotModified
	}
	f, err := os.Open(path)
	if err != nil {
		return answer{}, fileTrouble(path, err)
	}
	defer f.Close()
	a.body, err = io.ReadAll(&cappedReader{f, c.maxBytes()})
	if errors.Is(err, ErrTooBig) {
		return answer{}, fmt.Errorf("%s is %w", Line(path), ErrTooBig)
	}
	if err != nil {
		return answer{}, fileTrouble(path, err)
	}
	return a, nil
}

// kindOfFile tells the media type of a file whose bytes cannot tell it.
func kindOfFile(path string) string {
	switch strings.ToLower(filepath.Ext(path)) {
	case ".md", ".markdown":
		return "text/markdown"
	}
	return ""
}

func fileTrouble(path string, err error) error {
	switch path = Line(path); {
	case errors.Is(err, fs.ErrNotExist):
		return &troubleError{why: "there is no file " + path, cause: err}
	case errors.Is(err, fs.ErrPermission):
		return &troubleError{why: "you may not read " + path, cause: err}
	default:
		return &troubleError{why: "the file cannot be read: " + path, cause: err}
	}
}
