package feed

import (
	"net/url"
	"regexp"
	"slices"
	"strings"
)

// channelIDs find the id of the channel that a page of YouTube is about, the
// surest first: the last is also said of the channels of other videos, but of
// those further down.
var channelIDs = []func() *regexp.Regexp{
	lazily(`rel="canonical" href="https://www\.youtube\.com/channel/(UC[\w-]{22})"`),
	lazily(`"externalId":"(UC[\w-]{22})"`),
	lazily(`itemprop="(?:identifier|channelId)" content="(UC[\w-]{22})"`),
	lazily(`"channelId":"(UC[\w-]{22})"`),
}

// youtubeFeeds returns the feed of the channel that a page of YouTube is
// about: the addresses of channels by handle, and those of videos, do not tell
// it. It is empty for pages of other sites.
func youtubeFeeds(body []byte, base string) []Link {
	at, err := url.Parse(strings.TrimSpace(base))
	if err != nil || !slices.Contains(strings.Fields(youtubeHosts), strings.TrimPrefix(strings.ToLower(at.Hostname()), "www.")) {
		return nil
	}
	for _, expr := range channelIDs {
		if id := expr().FindSubmatch(body); id != nil {
			feeds, _ := Known("https://www.youtube.com/channel/" + string(id[1]))
			return feeds
		}
	}
	return nil
}
