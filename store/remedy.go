package store

import (
	"strings"

	"app/newsterm/feed"
)

// A remedy is what a kind of failure means to a reader, and what can be done.
type remedy struct {
	kind   string
	plain  bool // what was said explains itself
	points bool // what was said may end with the address of another feed
	advice string
}

// Advice that several kinds share. FEED and ADDRESS are for the reader to fill
// in.
const (
	wait      = "wait; it is tried again"
	publisher = "wait; only its publisher can mend that"
	online    = "see whether this machine is online; it is tried again"
	newPlace  = "see on its site whether the feed has moved; newsterm edit FEED --url ADDRESS gives it the new address"
)

// remedies are those for each kind of failure.
var remedies = map[feed.Trouble]remedy{
	feed.Offline:     {kind: "this machine is offline", advice: online},
	feed.NoLookup:    {kind: "its host could not be looked up", plain: true, advice: online},
	feed.UnknownHost: {kind: "its host is gone", plain: true, advice: "the site may have ended or moved; newsterm edit FEED --url ADDRESS gives the feed its new address"},
	feed.Unreachable: {kind: "cannot be reached", plain: true, advice: online},
	feed.Refused:     {kind: "no connection", plain: true, advice: "wait; its server may be down, and it is tried again"},
	feed.TimedOut:    {kind: "timed out", advice: wait},
	feed.BrokenOff:   {kind: "broke off", plain: true, advice: wait},
	feed.Expired:     {kind: "its certificate has expired", plain: true, advice: "wait until its publisher has renewed the certificate; if many feeds say so, see whether this machine's clock is right"},
	feed.NotYetValid: {kind: "its certificate is not valid yet", plain: true, advice: "set this machine's clock"},
	feed.Certificate: {kind: "its certificate is not valid", plain: true, advice: "wait until its publisher has mended the certificate"},
	feed.Insecure:    {kind: "no secure connection", plain: true, advice: "see on its site which address its feed has; newsterm edit FEED --url ADDRESS takes that"},
	feed.NotHTTP:     {kind: "not a web server", plain: true, advice: newPlace},
	feed.Packing:     {kind: "packed badly", plain: true, advice: publisher},
	feed.TooBig:      {kind: "too big", plain: true, advice: "see on its site whether there is a shorter feed; newsterm edit FEED --url ADDRESS takes that"},
	feed.Lost:        {kind: "moved, but not to a feed", advice: "see on its site where the feed is now; newsterm edit FEED --url ADDRESS gives it the new address"},
	feed.BadAddress:  {kind: "no address of a feed", plain: true, advice: "newsterm edit FEED --url ADDRESS mends the address"},

	feed.Moved:     {kind: "moved, and the server does not say where to", advice: "see on its site where the feed is now; newsterm edit FEED --url ADDRESS gives it the new address"},
	feed.Login:     {kind: "it asks for a name and a password", advice: "newsterm edit FEED --header 'Authorization: …' sends them, or newsterm edit FEED --url with both in the address"},
	feed.Forbidden: {kind: "refused", advice: "some servers refuse programs they do not know; newsterm edit FEED --user-agent NAME may help"},
	feed.Missing:   {kind: "not there any more", points: true, advice: newPlace},
	feed.Gone:      {kind: "gone for good", points: true, advice: "it will not come back; newsterm remove FEED leaves it and keeps what is starred"},
	feed.TooOften:  {kind: "asked too often", advice: "newsterm edit FEED --every 6h asks it less often"},
	feed.ByLaw:     {kind: "refused, by law", advice: "nothing can be done from here; newsterm edit FEED --disable stops asking"},
	feed.Ailing:    {kind: "its server has trouble", advice: publisher},
	feed.Status:    {kind: "not given out", advice: newPlace},
	feed.PageOnly:  {kind: "not a feed but a page", plain: true, advice: "see on its site whether there is still a feed; newsterm edit FEED --url ADDRESS gives it the new address"},
	feed.PageFeeds: {kind: "not a feed but a page", plain: true, points: true, advice: "newsterm edit FEED --url ADDRESS gives it the address of the feed that the page points at"},
	feed.NoFeed:    {kind: "no feed", plain: true, advice: newPlace},
	feed.BadXML:    {kind: "broken XML", advice: publisher},
	feed.BadJSON:   {kind: "broken JSON", advice: publisher},

	feed.NoFile:  {kind: "its file is not there", plain: true, advice: "newsterm edit FEED --url ADDRESS gives it the file's new place"},
	feed.BadFile: {kind: "its file cannot be read", plain: true, advice: "see who may read the file; chmod changes that"},
	feed.Program: {kind: "its program failed", plain: true, advice: "run the program by hand and see what it says"},
	feed.Taken:   {kind: "another feed has its address", plain: true, advice: "newsterm remove FEED leaves one of the two"},
	feed.Other:   {kind: "cannot be read", plain: true, advice: wait},
}

// plainer are failures in other words than those in which they were reported.
var plainer = strings.NewReplacer(
	"this is a web page, not a feed", "not a feed but a page",
	": the feed is damaged: ", ": ",
	": no feed found: the JSON is damaged: ", ": ",
	": it is gone for good, and left alone until you refresh it by name", "",
)

// why is what the failure means, and what was said: "not there any more
// (server answered 404 Not Found)", "broken XML at line 3: …".
func (r remedy) why(said string) string {
	switch {
	case r.plain:
		return said
	case strings.HasPrefix(said, "line "):
		return r.kind + " at " + said
	}
	return r.kind + " (" + said + ")"
}
