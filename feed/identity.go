package feed

import (
	"crypto/sha256"
	"encoding/hex"
	"net/url"
	"strconv"
	"strings"
)

// longestGUID is the longest GUID that is kept as the publisher wrote it.
const longestGUID = 1 << 10

// NormalLink returns an address in the form by which two links are known to
// lead to the same article: https, host in small letters, without default
// port, password, fragment, tracking parameters and trailing slash. It is for
// comparing, not for following. What is no web address comes back trimmed.
func NormalLink(link string) string {
	link = strings.TrimSpace(link)
	u, err := url.Parse(link)
	if err != nil || u.Host == "" || u.Scheme != "http" && u.Scheme != "https" {
		return link
	}
	host := strings.TrimSuffix(strings.ToLower(u.Hostname()), ".")
	if strings.Contains(host, ":") {
		host = "[" + host + "]"
	}
	if port := u.Port(); port != "" && port != "80" && port != "443" {
		host += ":" + port
	}
	normal := "https://" + host + strings.TrimRight(u.EscapedPath(), "/")
	if query := withoutTracking(u.RawQuery); query != "" {
		normal += "?" + query
	}
	if strings.HasPrefix(u.Fragment, "!") { // the address of a page made by a script
		normal += "#" + u.EscapedFragment()
	}
	return normal
}

// withoutTracking returns a query without what only tells a publisher where
// his readers come from. The order of the rest is kept.
func withoutTracking(query string) string {
	if query == "" {
		return ""
	}
	var kept []string
	for p := range strings.SplitSeq(query, "&") {
		name, value, _ := strings.Cut(strings.ToLower(p), "=")
		if name != "" && !isTracking(name) && !isFromFeed(name, value) {
			kept = append(kept, p)
		}
	}
	return strings.Join(kept, "&")
}

func isTracking(name string) bool {
	for _, beginning := range []string{"utm_", "mtm_", "itm_", "pk_", "piwik_", "matomo_", "hsa_", "at_campaign", "at_medium", "wt."} {
		if strings.HasPrefix(name, beginning) {
			return true
		}
	}
	switch name {
	case "fbclid", "gclid", "gclsrc", "dclid", "gbraid", "wbraid", "msclkid", "yclid", "ysclid", "twclid", "ttclid", "igshid", "igsh",
		"mc_cid", "mc_eid", "_hsenc", "_hsmi", "mkt_tok", "ns_mchannel", "ns_campaign", "ns_source", "_ga", "_gl", "_openstat",
		"cmpid", "ncid", "ocid", "s_cid", "sc_cid", "smid", "guccounter", "guce_referrer", "guce_referrer_sig", "srsltid", "mibextid",
		"fb_action_ids", "fb_ref", "fb_source", "li_fat_id", "traffic_source", "vero_id", "wickedid",
		"spm", "wt_mc", "ref_src", "xtor", "oly_anon_id", "oly_enc_id":
		return true
	}
	return false
}

// isFromFeed reports whether a parameter only says that a reader comes from a
// feed: "source=rss", say.
func isFromFeed(name, value string) bool {
	switch name {
	case "ref", "source", "src", "from", "via", "partner", "campaign", "cmp", "origin", "mod":
		return value == "rss" || value == "feed" || value == "rss_feed" || strings.HasPrefix(value, "rss-")
	}
	return false
}

// identify is an item's GUID: what the publisher gave, else its normal link with
// the place in the page that it leads to, else a hash of its words. The date is
// never part of it, for dates change. Nor is the kind of a space.
func identify(given string, it Item) string {
	given = plainLine(given)
	switch {
	case len(given) > longestGUID:
		return digest(given)
	case given != "":
		return given
	case it.URL != "":
		return NormalPlace(it.URL)
	}
	return digest(plainLine(it.Title), it.HTML)
}

const digestMark = "sha256:"

// digest is a short hash in a form that no address and hardly any GUID has.
func digest(parts ...string) string {
	sum := sha256.Sum256([]byte(strings.Join(parts, "\x00")))
	return digestMark + hex.EncodeToString(sum[:16])
}

// tellApart gives every item a GUID of its own. Of items that share one, those
// that are the same article are one, the first; all others get a GUID made from
// it and from what tells them apart: where they lead, else the title, else the
// text. None of them keeps it as it is, for with the next fetch it may be that
// of another. (The store knows an article by more than its GUID.)
func tellApart(items []Item) []Item {
	sharing := sharers(items)
	if len(sharing) == len(items) {
		return items
	}
	items = withoutTwins(items, sharing)
	sharing = sharers(items)
	like := map[string]int{} // how many have what tells them apart in common
	for _, it := range items {
		if sharing[it.GUID] > 1 {
			for n := range mostTold {
				like[it.apart(n)]++
			}
		}
	}
	for i, it := range items {
		if sharing[it.GUID] > 1 {
			items[i].GUID = it.ownGUID(like)
		}
	}
	return items
}

// sharers counts the items that have a GUID.
func sharers(items []Item) map[string]int {
	count := make(map[string]int, len(items))
	for _, it := range items {
		count[it.GUID]++
	}
	return count
}

// withoutTwins leaves out items that are articles which are there already:
// with the same GUID and title, and with the same link or text.
func withoutTwins(items []Item, sharing map[string]int) []Item {
	first := map[[4]string]Item{}
	kept := items[:0:0]
	for _, it := range items {
		if sharing[it.GUID] == 1 || it.URL == "" && strings.HasPrefix(it.GUID, digestMark) {
			kept = append(kept, it)
			continue
		}
		byLink, byText := [4]string{it.GUID, plainLine(it.Title), "link", NormalPlace(it.URL)}, [4]string{it.GUID, plainLine(it.Title), "text", it.HTML}
		other, same := first[byLink]
		_, twin := first[byText]
		if twin || same && !it.isAnother(other) {
			continue
		}
		first[byLink], first[byText] = it, it
		kept = append(kept, it)
	}
	return kept
}

// isAnother reports whether it and other, with the same title and link, are two
// articles all the same: reports of two days, say.
func (it Item) isAnother(other Item) bool {
	return it.HTML != "" && other.HTML != "" && it.HTML != other.HTML &&
		!it.Published.IsZero() && !other.Published.IsZero() && !it.Published.Equal(other.Published)
}

// mostTold is how many degrees there are of telling items apart.
const mostTold = 3

// apart is what an item that shares its GUID may have instead: more is told of
// it the greater n is.
func (it Item) apart(n int) string {
	return it.GUID + " " + digest([]string{NormalPlace(it.URL), plainLine(it.Title), it.HTML}[:n+1]...)
}

// ownGUID is the first of what tells an item apart that no other item has. If
// there is none, not even the words tell it from others; those are counted,
// from the last one on.
func (it Item) ownGUID(like map[string]int) string {
	for n := range mostTold {
		if own := it.apart(n); like[own] == 1 {
			return own
		}
	}
	own := it.apart(mostTold - 1)
	like[own]--
	return own + " " + strconv.Itoa(like[own])
}

// NormalPlace is NormalLink with the fragment, by which links to the comments
// under one article differ. Fragments with "=" are for counting readers.
func NormalPlace(link string) string {
	_, fragment, _ := strings.Cut(link, "#")
	if fragment == "" || fragment[0] == '!' || strings.Contains(fragment, "=") {
		return NormalLink(link)
	}
	return NormalLink(link) + "#" + fragment
}
