package source

import (
	"bytes"
	"context"
	"crypto/sha256"
	"embed"
	"encoding/hex"
	"encoding/json"
	"fmt"
	"path"
	"slices"
	"strings"

	"github.com/yuin/goldmark"
	"github.com/yuin/goldmark/extension"

	"app/newsterm/feed"
	"app/newsterm/store"
)

// HandbookURL is the address of the feed inside the program.
const HandbookURL = "newsterm:handbook"

//go:embed handbook/*.md
var handbook embed.FS

// Handbook keeps the handbook of this version in db, as any feed is kept: on
// the first run it is subscribed to, and after an upgrade its articles are
// brought up to date, marks kept. A reader who has left it is left in peace.
func Handbook(ctx context.Context, db *store.DB) error {
	version, err := handbookVersion()
	if err != nil {
		return fmt.Errorf("read the handbook: %w", err)
	}
	had, err := db.Setting(ctx, "handbook")
	if err != nil || had == version {
		return err
	}
	if err := keepHandbook(ctx, db, had == ""); err != nil {
		return fmt.Errorf("keep the handbook: %w", err)
	}
	return db.SetSetting(ctx, "handbook", version)
}

// handbookVersion tells one handbook from another.
func handbookVersion() (string, error) {
	files, err := handbook.ReadDir("handbook")
	if err != nil {
		return "", err
	}
	sum := sha256.New()
	for _, f := range files {
		text, err := handbook.ReadFile("handbook/" + f.Name())
		if err != nil {
			return "", err
		}
		fmt.Fprintf(sum, "%s %d\n%s", f.Name(), len(text), text)
	}
	return hex.EncodeToString(sum.Sum(nil)[:8]), nil
}

// keepHandbook saves the handbook, subscribing to it first on a first run.
func keepHandbook(ctx context.Context, db *store.DB, first bool) error {
	if !first {
		feeds, err := db.Feeds(ctx)
		if err != nil {
			return err
		}
		if !slices.ContainsFunc(feeds, func(f store.Feed) bool { return f.URL == HandbookURL }) {
			return nil // the reader has left it
		}
	}
	body, err := handbookFeed()
	if err != nil {
		return err
	}
	doc, err := feed.Parse(body, HandbookURL, "application/feed+json")
	if err != nil {
		return err
	}
	doc.URL = HandbookURL
	f, _, err := db.Subscribe(ctx, feed.Sub{URL: HandbookURL})
	if err != nil {
		return err
	}
	if _, err := db.Save(ctx, f.ID, doc); err != nil {
		return err
	}
	return db.IndexSome(ctx, len(doc.Items)) // not all that may wait: somebody waits for us
}

// handbookFeed writes the handbook as a JSON Feed (jsonfeed.org, version
// 1.1), its articles in the order of their file names.
func handbookFeed() ([]byte, error) {
	type item struct {
		ID    string `json:"id"`
		Title string `json:"title"`
		HTML  string `json:"content_html"`
	}
	doc := struct {
		Version string `json:"version"`
		Title   string `json:"title"`
		Lang    string `json:"language"`
		Items   []item `json:"items"`
	}{Version: "https://jsonfeed.org/version/1.1", Title: "newsterm handbook", Lang: "en"}
	files, err := handbook.ReadDir("handbook")
	if err != nil {
		return nil, err
	}
	for _, f := range files {
		text, err := handbook.ReadFile("handbook/" + f.Name())
		if err != nil {
			return nil, err
		}
		title, rest, _ := strings.Cut(string(text), "\n")
		var html bytes.Buffer
		if err := goldmark.New(goldmark.WithExtensions(extension.GFM)).Convert([]byte(rest), &html); err != nil {
			return nil, err
		}
		_, name, _ := strings.Cut(strings.TrimSuffix(path.Base(f.Name()), ".md"), "-")
		doc.Items = append(doc.Items, item{name, strings.TrimPrefix(title, "# "), html.String()})
	}
	return json.Marshal(doc)
}
