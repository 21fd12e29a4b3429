package feed

import (
	"net/url"
	"path"
	"slices"
	"strings"
)

// A site is one kind of page whose feeds can be told from its address.
//
// Hosts are separated by spaces and written without www. In hosts and paths
// {x} is one part, whatever it is, {#x} one made of digits, {x=a|b} a or b,
// and {x...} one or more parts. A * ends a host and stands for any ending; ...
// ends a path and stands for anything more, or nothing. After ? come the
// parameters that there must be. The addresses of the feeds are made of these,
// and of {origin}, the page's own scheme and host.
//
// A site without feeds is one whose address says nothing: only its page can.
type site struct {
	name  string
	hosts string
	path  string
	feeds []Link
}

const (
	youtubeHosts = "youtube.com m.youtube.com music.youtube.com"
	gitlabHosts  = "gitlab.* salsa.debian.org invent.kde.org framagit.org"
	giteaHosts   = "codeberg.org gitea.* forgejo.* code.forgejo.org"
	wikiHosts    = "{lang}.wikipedia.org {lang}.wiktionary.org {lang}.wikinews.org {lang}.wikibooks.org " +
		"{lang}.wikivoyage.org commons.wikimedia.org mediawiki.org wikidata.org"
	stackHosts = "stackoverflow.com {site}.stackoverflow.com serverfault.com superuser.com askubuntu.com " +
		"stackapps.com mathoverflow.net {site}.stackexchange.com"
	mastodonHosts = "mastodon.* mstdn.* fosstodon.org hachyderm.io"
)

// sites is all that newsterm knows of other people's sites. The first that
// matches counts, so what is special stands above what is general.
var sites = []site{
	{"YouTube channel", youtubeHosts, "/channel/{id}/...", []Link{{"https://www.youtube.com/feeds/videos.xml?channel_id={id}", ""}}},
	{"YouTube playlist", youtubeHosts, "/playlist?list={id}", []Link{{"https://www.youtube.com/feeds/videos.xml?playlist_id={id}", ""}}},
	{"YouTube user", youtubeHosts, "/user/{name}/...", []Link{{"https://www.youtube.com/feeds/videos.xml?user={name}", ""}}},
	{"YouTube", youtubeHosts + " youtu.be", "/...", nil}, // handles and videos: see youtube.go

	{"Reddit", "reddit.com {x=old|new}.reddit.com", "/", []Link{{"https://www.reddit.com/.rss", ""}}},
	{"Reddit thread", "reddit.com {x=old|new}.reddit.com", "/r/{sub}/comments/{id}/...", []Link{{"https://www.reddit.com/r/{sub}/comments/{id}/.rss", ""}}},
	{"Reddit best of a time", "reddit.com {x=old|new}.reddit.com", "/r/{sub}/{sort=top|controversial}?t={time}", []Link{{"https://www.reddit.com/r/{sub}/{sort}/.rss?t={time}", ""}}},
	{"Reddit sorted", "reddit.com {x=old|new}.reddit.com", "/r/{sub}/{sort=hot|new|rising|top|controversial}", []Link{{"https://www.reddit.com/r/{sub}/{sort}/.rss", ""}}},
	{"Reddit subreddit", "reddit.com {x=old|new}.reddit.com", "/r/{sub}", []Link{{"https://www.reddit.com/r/{sub}/.rss", ""}}},
	{"Reddit multireddit", "reddit.com {x=old|new}.reddit.com", "/user/{name}/m/{multi}", []Link{{"https://www.reddit.com/user/{name}/m/{multi}/.rss", ""}}},
	{"Reddit user", "reddit.com {x=old|new}.reddit.com", "/{u=u|user}/{name}/...", []Link{{"https://www.reddit.com/user/{name}/.rss", ""}}},

	{"GitHub itself", "github.com", "/{x=about|apps|codespaces|collections|customer-stories|enterprise|explore|features|issues|join|login|marketplace|new|notifications|orgs|pricing|pulls|readme|search|security|settings|signup|site|sponsors|stars|team|topics|trending}/...", nil},
	{"GitHub user", "github.com", "/{user}", []Link{{"https://github.com/{user}.atom", ""}}},
	{"GitHub repository", "github.com", "/{user}/{repo}", []Link{
		{"https://github.com/{user}/{repo}/releases.atom", "releases"},
		{"https://github.com/{user}/{repo}/commits.atom", "commits"},
		{"https://github.com/{user}/{repo}/tags.atom", "tags"},
	}},
	{"GitHub releases", "github.com", "/{user}/{repo}/releases/...", []Link{{"https://github.com/{user}/{repo}/releases.atom", ""}}},
	{"GitHub tags", "github.com", "/{user}/{repo}/tags", []Link{{"https://github.com/{user}/{repo}/tags.atom", ""}}},
	{"GitHub commits", "github.com", "/{user}/{repo}/commits", []Link{{"https://github.com/{user}/{repo}/commits.atom", ""}}},
	{"GitHub commits to a branch or file", "github.com", "/{user}/{repo}/{x=commits|tree|blob}/{ref...}", []Link{{"https://github.com/{user}/{repo}/commits/{ref}.atom", ""}}},
	{"GitHub wiki", "github.com", "/{user}/{repo}/wiki/...", []Link{{"https://github.com/{user}/{repo}/wiki.atom", ""}}},
	{"GitHub discussions", "github.com", "/{user}/{repo}/discussions", []Link{{"https://github.com/{user}/{repo}/discussions.atom", ""}}},
	{"GitHub", "github.com", "/...", nil},
	{"GitHub gists", "gist.github.com", "/{user}/...", []Link{{"https://gist.github.com/{user}.atom", ""}}},

	{"GitLab itself", gitlabHosts, "/{x=admin|api|dashboard|explore|groups|help|projects|search|users}/...", nil},
	{"GitLab releases", gitlabHosts, "/{project...}/-/releases/...", []Link{{"{origin}/{project}/-/releases.atom", ""}}},
	{"GitLab tags", gitlabHosts, "/{project...}/-/tags/...", []Link{{"{origin}/{project}/-/tags?format=atom", ""}}},
	{"GitLab commits", gitlabHosts, "/{project...}/-/{x=commits|tree|blob}/{ref...}", []Link{{"{origin}/{project}/-/commits/{ref}?format=atom", ""}}},
	{"GitLab issues", gitlabHosts, "/{project...}/-/{what=issues|merge_requests}", []Link{{"{origin}/{project}/-/{what}.atom", ""}}},
	{"GitLab", gitlabHosts, "/{project...}/-/...", nil},
	{"GitLab user or group", gitlabHosts, "/{user}", []Link{{"{origin}/{user}.atom", ""}}},
	{"GitLab project", gitlabHosts, "/{project...}", []Link{
		{"{origin}/{project}/-/releases.atom", "releases"},
		{"{origin}/{project}/-/tags?format=atom", "tags"},
		{"{origin}/{project}.atom", "all that happens"},
	}},

	{"Gitea itself", giteaHosts, "/{x=admin|api|explore|issues|notifications|org|pulls|user}/...", nil},
	{"Gitea releases", giteaHosts, "/{user}/{repo}/releases/...", []Link{{"{origin}/{user}/{repo}/releases.rss", ""}}},
	{"Gitea tags", giteaHosts, "/{user}/{repo}/tags", []Link{{"{origin}/{user}/{repo}/tags.rss", ""}}},
	{"Gitea commits", giteaHosts, "/{user}/{repo}/{x=src|commits}/branch/{ref...}", []Link{{"{origin}/{user}/{repo}/rss/branch/{ref}", ""}}},
	{"Gitea user", giteaHosts, "/{user}", []Link{{"{origin}/{user}.rss", ""}}},
	{"Gitea repository", giteaHosts, "/{user}/{repo}", []Link{
		{"{origin}/{user}/{repo}/releases.rss", "releases"},
		{"{origin}/{user}/{repo}/tags.rss", "tags"},
		{"{origin}/{user}/{repo}.rss", "all that happens"},
	}},

	{"SourceHut refs", "git.sr.ht", "/~{user}/{repo}/refs/...", []Link{{"{origin}/~{user}/{repo}/refs/rss.xml", ""}}},
	{"SourceHut repository", "git.sr.ht", "/~{user}/{repo}/...", []Link{
		{"{origin}/~{user}/{repo}/log/rss.xml", "commits"},
		{"{origin}/~{user}/{repo}/refs/rss.xml", "tags"},
	}},

	{"PyPI project", "pypi.org", "/project/{name}/...", []Link{{"https://pypi.org/rss/project/{name}/releases.xml", ""}}},
	{"Rust crate", "crates.io", "/crates/{name}/...", []Link{{"https://static.crates.io/rss/crates/{name}.xml", ""}}},
	{"Ruby gem", "rubygems.org", "/gems/{name}/...", []Link{{"https://rubygems.org/gems/{name}/versions.atom", ""}}},
	{"arXiv category", "arxiv.org", "/list/{category}/...", []Link{{"https://rss.arxiv.org/rss/{category}", ""}}},

	{"Substack shared", "open.substack.com", "/pub/{name}/...", []Link{{"https://{name}.substack.com/feed", ""}}},
	{"Substack", "{name}.substack.com", "/...", []Link{{"{origin}/feed", ""}}},
	{"Substack profile", "substack.com", "/@{name}/...", []Link{{"https://{name}.substack.com/feed", ""}}},

	{"Medium itself", "medium.com", "/{x=about|feed|m|me|membership|new-story|p|plans|search}/...", nil},
	{"Medium user", "medium.com", "/@{name}/...", []Link{{"https://medium.com/feed/@{name}", ""}}},
	{"Medium tag", "medium.com", "/tag/{tag}/...", []Link{{"https://medium.com/feed/tag/{tag}", ""}}},
	{"Medium publication's tag", "medium.com", "/{name}/tagged/{tag}", []Link{{"https://medium.com/feed/{name}/tagged/{tag}", ""}}},
	{"Medium publication", "medium.com", "/{name}/...", []Link{{"https://medium.com/feed/{name}", ""}}},
	{"Medium user's own host", "{name}.medium.com", "/...", []Link{{"{origin}/feed", ""}}},

	{"WordPress.com archive", "{name}.wordpress.com", "/{by=author|category|tag}/{word}/...", []Link{{"{origin}/{by}/{word}/feed/", ""}}},
	{"WordPress.com", "{name}.wordpress.com", "/...", []Link{{"{origin}/feed/", ""}}},

	{"Blogger feed", "{name}.blogspot.*", "/feeds/...", nil},
	{"Blogger label", "{name}.blogspot.*", "/search/label/{label}", []Link{{"{origin}/feeds/posts/default/-/{label}", ""}}},
	{"Blogger", "{name}.blogspot.*", "/...", []Link{{"{origin}/feeds/posts/default", ""}}},

	{"Tumblr tag", "{name}.tumblr.com", "/tagged/{tag}/...", []Link{{"{origin}/tagged/{tag}/rss", ""}}},
	{"Tumblr", "{name}.tumblr.com", "/...", []Link{{"{origin}/rss", ""}}},
	{"Tumblr blog", "tumblr.com", "/blog/view/{name}/...", []Link{{"https://{name}.tumblr.com/rss", ""}}},
	{"Tumblr itself", "tumblr.com", "/{x=about|blog|dashboard|explore|login|register|search|settings|tagged}/...", nil},
	{"Tumblr post", "tumblr.com", "/{name}/...", []Link{{"https://{name}.tumblr.com/rss", ""}}},

	{"DEV tag", "dev.to", "/t/{tag}/...", []Link{{"https://dev.to/feed/tag/{tag}", ""}}},
	{"DEV itself", "dev.to", "/{x=about|contact|dashboard|enter|faq|feed|latest|privacy|search|settings|tags|terms|top}/...", nil},
	{"DEV author", "dev.to", "/{name}", []Link{{"https://dev.to/feed/{name}", ""}}},

	{"Bluesky profile", "bsky.app", "/profile/{name}/...", []Link{{"https://bsky.app/profile/{name}/rss", ""}}},

	// Hacker News has two feeds; for its other lists it is the front page or nothing.
	{"Hacker News, Show HN", "news.ycombinator.com", "/{x=show|shownew}", []Link{{"https://news.ycombinator.com/showrss", ""}}},
	{"Hacker News", "news.ycombinator.com", "/", []Link{{"https://news.ycombinator.com/rss", ""}}},
	{"Hacker News lists", "news.ycombinator.com", "/{x=active|ask|best|front|newest|news}", []Link{{"https://news.ycombinator.com/rss", ""}}},
	{"Hacker News pages", "news.ycombinator.com", "/{x=item|user|submitted|threads}", nil},

	{"Lobsters", "lobste.rs", "/", []Link{{"https://lobste.rs/rss", ""}}},
	{"Lobsters list", "lobste.rs", "/{list=newest|comments}", []Link{{"https://lobste.rs/{list}.rss", ""}}},
	{"Lobsters tag or domain", "lobste.rs", "/{by=t|domains}/{word}", []Link{{"https://lobste.rs/{by}/{word}.rss", ""}}},
	{"Lobsters user", "lobste.rs", "/~{name}/...", []Link{{"https://lobste.rs/~{name}/stories.rss", ""}}},

	{"Stack Exchange tag", stackHosts, "/questions/tagged/{tag}/...", []Link{{"{origin}/feeds/tag/{tag}", ""}}},
	{"Stack Exchange question", stackHosts, "/questions/{#id}/...", []Link{{"{origin}/feeds/question/{id}", ""}}},
	{"Stack Exchange user", stackHosts, "/users/{#id}/...", []Link{{"{origin}/feeds/user/{id}", ""}}},
	{"Stack Exchange questions", stackHosts, "/questions", []Link{{"{origin}/feeds", ""}}},
	{"Stack Exchange", stackHosts, "/", []Link{{"{origin}/feeds", ""}}},

	{"Vimeo channel or group", "vimeo.com", "/{of=channels|groups}/{name}/...", []Link{{"https://vimeo.com/{of}/{name}/videos/rss", ""}}},
	{"Vimeo showcase", "vimeo.com", "/{x=album|showcase}/{#id}", []Link{{"https://vimeo.com/album/{id}/rss", ""}}},
	{"Vimeo video", "vimeo.com", "/{#id}/...", nil},
	{"Vimeo itself", "vimeo.com", "/{x=about|blog|categories|channels|create|enterprise|explore|features|groups|help|join|log_in|manage|ondemand|pricing|search|settings|solutions|stock|upgrade|upload|watch}/...", nil},
	{"Vimeo user", "vimeo.com", "/{name}/...", []Link{{"https://vimeo.com/{name}/videos/rss", ""}}},

	{"Wiki, recent changes", wikiHosts, "/wiki/Special:RecentChanges", []Link{{"{origin}/w/index.php?title=Special:RecentChanges&feed=atom", ""}}},
	{"Wiki page's history", wikiHosts, "/w/index.php?title={page}&action=history", []Link{{"{origin}/w/index.php?title={page}&action=history&feed=atom", ""}}},
	{"Wiki page", wikiHosts, "/wiki/{page...}", []Link{{"{origin}/w/index.php?title={page}&action=history&feed=atom", ""}}},

	{"Lemmy", "lemmy.*", "/{of=c|u}/{name}/...", []Link{{"{origin}/feeds/{of}/{name}.xml", ""}}},

	{"Discourse topic", "discourse.* discuss.* meta.discourse.org", "/t/{slug}/{#id}/...", []Link{{"{origin}/t/{slug}/{id}.rss", ""}}},
	{"Discourse category", "discourse.* discuss.* meta.discourse.org", "/c/{category...}", []Link{{"{origin}/c/{category}.rss", ""}}},
	{"Discourse", "discourse.* discuss.* meta.discourse.org", "/", []Link{{"{origin}/latest.rss", ""}}},
	{"Discourse latest", "discourse.* discuss.* meta.discourse.org", "/{list=latest|top}", []Link{{"{origin}/{list}.rss", ""}}},

	{"no feeds by address", "podcasts.apple.com facebook.com instagram.com linkedin.com threads.com threads.net tiktok.com twitter.com x.com", "/...", nil},

	// Mastodon and its kin are on hosts of any name.
	{"Mastodon hashtag", mastodonHosts, "/tags/{tag}", []Link{{"{origin}/tags/{tag}.rss", ""}}},
	{"Mastodon profile", "*", "/@{name}", []Link{{"{origin}/@{name}.rss", ""}}},
	{"Mastodon profile's part", "*", "/@{name}/{part=with_replies|media}", []Link{{"{origin}/@{name}/{part}.rss", ""}}},
	{"Mastodon profile's hashtag", "*", "/@{name}/tagged/{tag}", []Link{{"{origin}/@{name}/tagged/{tag}.rss", ""}}},
	{"Mastodon post", "*", "/@{name}/{#id}", []Link{{"{origin}/@{name}.rss", ""}}},
}

// Known returns the feeds of the page at address, the best first, if that can
// be told without reading the page; whether they are there is another matter.
// If ok and there are none, the site is known and has feeds only where its
// pages say so. An address that is spelt like a feed's own is left alone.
func Known(address string) (feeds []Link, ok bool) {
	u, err := url.Parse(address)
	if err != nil || u.Scheme != "http" && u.Scheme != "https" || isFeedFile(u) {
		return nil, false
	}
	s, parts, ok := siteOf(u)
	for _, f := range s.feeds {
		feeds = append(feeds, Link{URL: fill(f.URL, parts), Title: f.Title})
	}
	return feeds, ok
}

// isFeedFile reports whether u is the name of a feed, by its ending, or asks
// for one by a parameter.
func isFeedFile(u *url.URL) bool {
	return u.Query().Has("feed") || slices.Contains([]string{"atom", "rss"}, u.Query().Get("format")) ||
		slices.Contains([]string{".atom", ".rdf", ".rss", ".xml"}, strings.ToLower(path.Ext(u.Path)))
}

// siteOf finds the site that u is a page of, and the parts of u by name.
func siteOf(u *url.URL) (site, map[string]string, bool) {
	origin := url.URL{Scheme: u.Scheme, User: u.User, Host: u.Host}
	host := strings.TrimPrefix(strings.ToLower(u.Hostname()), "www.")
	open := looksLikeFeed(u.String()) // what ... would swallow may make it a feed
	for _, s := range sites {
		if open && strings.HasSuffix(s.path, "...") {
			continue
		}
		parts := map[string]string{"origin": origin.String()}
		if s.hasHost(host, parts) && s.hasPath(u, parts) {
			return s, parts, true
		}
	}
	return site{}, nil, false
}

func (s site) hasHost(host string, parts map[string]string) bool {
	labels := strings.Split(host, ".")
	return slices.ContainsFunc(strings.Fields(s.hosts), func(pattern string) bool {
		return matchParts(strings.Split(pattern, "."), labels, ".", parts)
	})
}

func (s site) hasPath(u *url.URL, parts map[string]string) bool {
	pattern, query, _ := strings.Cut(s.path, "?")
	if !matchParts(segments(pattern), segments(u.EscapedPath()), "/", parts) {
		return false
	}
	wanted, _ := url.ParseQuery(query)
	for key := range wanted {
		value := u.Query().Get(key)
		if value == "" || !matchPart(wanted.Get(key), url.PathEscape(value), parts) {
			return false
		}
	}
	return true
}

// segments returns the parts of a path that are not empty.
func segments(path string) []string {
	return strings.FieldsFunc(path, func(r rune) bool { return r == '/' })
}

// matchParts reports whether all of have is what pattern asks for, and notes
// what its names stand for. Of a name with dots, the shortest match counts.
func matchParts(pattern, have []string, separator string, parts map[string]string) bool {
	if len(pattern) == 0 {
		return len(have) == 0
	}
	switch p := pattern[0]; {
	case p == "...":
		return true
	case len(have) == 0:
		return false
	case p == "*":
		return true
	case strings.HasSuffix(p, "...}"):
		for n := 1; n <= len(have); n++ {
			parts[p[1:len(p)-len("...}")]] = strings.Join(have[:n], separator)
			if matchParts(pattern[1:], have[n:], separator, parts) {
				return true
			}
		}
		return false
	default:
		return matchPart(p, have[0], parts) && matchParts(pattern[1:], have[1:], separator, parts)
	}
}

// matchPart is matchParts for one part, which may have a name after a sign:
// @{name}.
func matchPart(pattern, have string, parts map[string]string) bool {
	sign, name, named := strings.Cut(strings.TrimSuffix(pattern, "}"), "{")
	if !named {
		return strings.EqualFold(pattern, have)
	}
	value, ok := strings.CutPrefix(have, sign)
	if !ok || value == "" {
		return false
	}
	name, choice, chosen := strings.Cut(name, "=")
	name, digits := strings.CutPrefix(name, "#")
	parts[name] = value
	switch {
	case chosen:
		return slices.Contains(strings.Split(choice, "|"), strings.ToLower(value))
	case digits:
		return strings.Trim(value, "0123456789") == ""
	}
	return true
}

// fill puts parts into the address of a feed. They come from a path and are
// escaped as in one, which is not enough where a parameter stands.
func fill(address string, parts map[string]string) string {
	path, query, asks := strings.Cut(address, "?")
	for name, value := range parts {
		path = strings.ReplaceAll(path, "{"+name+"}", value)
		if plain, err := url.PathUnescape(value); err == nil {
			query = strings.ReplaceAll(query, "{"+name+"}", url.QueryEscape(plain))
		}
	}
	if !asks {
		return path
	}
	return path + "?" + query
}
