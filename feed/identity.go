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
		name, _, _ := strings.Cut(strings.ToLower(p), "=")
		if name != "" && !isTracking(name) {
			kept = append(kept, p)
		}
	}
	return strings.Join(kept, "&")
}

func isTracking(name string) bool {
	for _, beginning := range []string{"utm_", "mtm_", "pk_", "hsa_", "at_campaign", "at_medium"} {
		if strings.HasPrefix(name, beginning) {
			return true
		}
	}
	switch name {
	case "fbclid", "gclid", "dclid", "msclkid", "yclid", "ysclid", "twclid", "igshid", "igsh",
		"mc_cid", "mc_eid", "_hsenc", "_hsmi", "mkt_tok", "ns_mchannel", "ns_campaign", "ns_source",
		"cmpid", "ncid", "guccounter", "spm", "wt_mc", "ref_src", "xtor", "oly_anon_id", "oly_enc_id":
		return true
	}
	return false
}

// identify is an item's GUID: what the publisher gave, else its normal link with
// the place in the page that it leads to, else a hash of its words. The date is never part of it, for dates change.
func identify(given string, it Item) string {
	given = Line(given)
	switch {
	case len(given) > longestGUID:
		return digest(given)
	case given != "":
		return given
	case it.URL != "":
		return placeOf(it.URL)
	}
	return digest(it.Title, it.HTML)
}

const digestMark = "sha256:"

// digest is a short hash in a form that no address and hardly any GUID has.
func digest(parts ...string) string {
	sum := sha256.Sum256([]byte(strings.Join(parts, "\x00")))
	return digestMark + hex.EncodeToString(sum[:16])
}

// tellApart gives every item a GUID of its own. Of items that share one, those
// with the same title and the same link or text are the same article, and the
// first of them is kept. Of different articles the last in the feed, which was
// there before the others came, keeps the GUID as it is; the others get one
// made from it and from their link and title.
func tellApart(items []Item) []Item {
	last := make(map[string]int, len(items))
	for i, it := range items {
		last[it.GUID] = i
	}
	if len(last) == len(items) {
		return items
	}
	taken := make(map[string]bool, len(items))
	kept := items[:0:0]
	for i, it := range items {
		switch j := last[it.GUID]; {
		case j == i:
		case it.URL == "" && strings.HasPrefix(it.GUID, digestMark):
			it.GUID += " " + strconv.Itoa(len(kept)) // the same words, and nothing to tell them by
		case !isSame(it, items[j]):
			it.GUID += " " + digest(placeOf(it.URL), it.Title)
		}
		if !taken[it.GUID] {
			taken[it.GUID] = true
			kept = append(kept, it)
		}
	}
	return kept
}

func isSame(a, b Item) bool {
	return a.Title == b.Title && (placeOf(a.URL) == placeOf(b.URL) || a.HTML == b.HTML)
}

// placeOf is NormalLink with the fragment, by which links to the comments under
// one article differ. Fragments with "=" are for counting readers.
func placeOf(link string) string {
	_, fragment, _ := strings.Cut(link, "#")
	if fragment == "" || fragment[0] == '!' || strings.Contains(fragment, "=") {
		return NormalLink(link)
	}
	return NormalLink(link) + "#" + fragment
}
