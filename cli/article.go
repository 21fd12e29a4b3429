package cli

import (
	"time"

	"app/newsterm/feed"
	"app/newsterm/store"
)

// An article is one as JSON and as templates see it. What is not known is
// left out of the JSON, but for titles, lists and marks. Fields are added,
// never renamed.
type article struct {
	ID          store.ArticleID `json:"id,omitempty"`
	Feed        string          `json:"feed,omitempty"`
	FeedURL     string          `json:"feed_url,omitempty"`
	Folder      string          `json:"folder,omitempty"`
	GUID        string          `json:"guid,omitempty"`
	URL         string          `json:"url,omitempty"`
	CommentsURL string          `json:"comments_url,omitempty"`
	Title       string          `json:"title"`
	Authors     []string        `json:"authors"`
	Categories  []string        `json:"categories"`
	Published   time.Time       `json:"published,omitzero"` // in UTC, as all of them
	Updated     time.Time       `json:"updated,omitzero"`
	Arrived     time.Time       `json:"arrived,omitzero"`
	Read        bool            `json:"read"`
	Starred     bool            `json:"starred"`
	Summary     string          `json:"summary,omitempty"`

	Date time.Time `json:"-"` // what lists sort by
}

// content is what an article has besides, when it is shown.
type content struct {
	Markdown   string           `json:"markdown"`
	Text       string           `json:"text"`
	HTML       string           `json:"html"`
	Enclosures []feed.Enclosure `json:"enclosures"`
}

// described is a without its content.
func described(a store.Article) article {
	return article{
		ID:          a.ID,
		Feed:        a.FeedTitle,
		FeedURL:     feed.Shown(a.FeedURL),
		Folder:      a.Folder,
		GUID:        a.GUID,
		URL:         a.URL,
		CommentsURL: a.Comments,
		Title:       a.Title,
		Authors:     listed(a.Authors),
		Categories:  listed(a.Categories),
		Published:   a.Published.UTC(),
		Updated:     a.Updated.UTC(),
		Arrived:     a.Arrived.UTC(),
		Read:        a.Read,
		Starred:     a.Starred,
		Summary:     a.Summary,
		Date:        a.Date,
	}
}

// listed is list as JSON should have it: never null.
func listed[T any](list []T) []T {
	if list == nil {
		return []T{}
	}
	return list
}

// Marks are two letters: "u" for unread and "s" for starred, "-" for not.
func (a article) Marks() string {
	marks := []byte("--")
	if !a.Read {
		marks[0] = 'u'
	}
	if a.Starred {
		marks[1] = 's'
	}
	return string(marks)
}
