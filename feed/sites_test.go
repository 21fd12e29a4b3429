package feed

import (
	"net/url"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"
)

// knownSites has, for every site by name, addresses of its pages and the best
// feed of each; "" if only the page can tell.
var knownSites = map[string][][2]string{
	"YouTube channel": {
		{"https://www.youtube.com/channel/UCabcdefghijklmnopqrstuv", "https://www.youtube.com/feeds/videos.xml?channel_id=UCabcdefghijklmnopqrstuv"},
		{"https://m.youtube.com/channel/UCabcdefghijklmnopqrstuv/videos?view=0", "https://www.youtube.com/feeds/videos.xml?channel_id=UCabcdefghijklmnopqrstuv"},
	},
	"YouTube playlist": {
		{"https://www.youtube.com/playlist?list=PL-1_2&si=x", "https://www.youtube.com/feeds/videos.xml?playlist_id=PL-1_2"},
		{"https://youtube.com/playlist?list=a%26b", "https://www.youtube.com/feeds/videos.xml?playlist_id=a%26b"},
	},
	"YouTube user": {
		{"https://www.youtube.com/user/quay", "https://www.youtube.com/feeds/videos.xml?user=quay"},
		{"https://www.youtube.com/user/quay/videos", "https://www.youtube.com/feeds/videos.xml?user=quay"},
	},
	"YouTube": {
		{"https://www.youtube.com/@quay", ""},
		{"https://www.youtube.com/c/Quay/videos", ""},
		{"https://youtu.be/abc", ""},
	},
	"Reddit": {
		{"https://www.reddit.com/", "https://www.reddit.com/.rss"},
		{"https://old.reddit.com", "https://www.reddit.com/.rss"},
	},
	"Reddit thread": {
		{"https://old.reddit.com/r/golang/comments/1abc/a_title/", "https://www.reddit.com/r/golang/comments/1abc/.rss"},
		{"https://www.reddit.com/r/golang/comments/1abc", "https://www.reddit.com/r/golang/comments/1abc/.rss"},
	},
	"Reddit best of a time": {
		{"https://www.reddit.com/r/golang/top/?t=week", "https://www.reddit.com/r/golang/top/.rss?t=week"},
		{"https://reddit.com/r/golang/controversial?t=all", "https://www.reddit.com/r/golang/controversial/.rss?t=all"},
	},
	"Reddit sorted": {
		{"https://www.reddit.com/r/golang/new/", "https://www.reddit.com/r/golang/new/.rss"},
		{"https://www.reddit.com/r/golang/top", "https://www.reddit.com/r/golang/top/.rss"},
	},
	"Reddit subreddit": {
		{"https://www.reddit.com/r/golang/", "https://www.reddit.com/r/golang/.rss"},
		{"reddit.com/r/golang+rust", "https://www.reddit.com/r/golang+rust/.rss"},
		{"https://old.reddit.com/r/rss", "https://www.reddit.com/r/rss/.rss"},
	},
	"Reddit multireddit": {
		{"https://www.reddit.com/user/ann/m/boats/", "https://www.reddit.com/user/ann/m/boats/.rss"},
		{"https://old.reddit.com/user/ann/m/tides", "https://www.reddit.com/user/ann/m/tides/.rss"},
	},
	"Reddit user": {
		{"https://www.reddit.com/u/ann", "https://www.reddit.com/user/ann/.rss"},
		{"https://www.reddit.com/user/ann/submitted/", "https://www.reddit.com/user/ann/.rss"},
	},
	"GitHub itself": {{"https://github.com/features", ""}, {"https://github.com/orgs/quay/repositories", ""}},
	"GitHub user":   {{"https://github.com/ann", "https://github.com/ann.atom"}, {"https://www.github.com/quay/", "https://github.com/quay.atom"}},
	"GitHub repository": {
		{"https://github.com/quay/tide", "https://github.com/quay/tide/releases.atom"},
		{"https://github.com/atom/atom/", "https://github.com/atom/atom/releases.atom"},
	},
	"GitHub releases": {
		{"https://github.com/quay/tide/releases", "https://github.com/quay/tide/releases.atom"},
		{"https://github.com/quay/tide/releases/tag/v1.2", "https://github.com/quay/tide/releases.atom"},
	},
	"GitHub tags":    {{"https://github.com/quay/tide/tags", "https://github.com/quay/tide/tags.atom"}, {"https://github.com/a/b/tags?after=v1", "https://github.com/a/b/tags.atom"}},
	"GitHub commits": {{"https://github.com/quay/tide/commits", "https://github.com/quay/tide/commits.atom"}, {"https://github.com/quay/tide/commits/", "https://github.com/quay/tide/commits.atom"}},
	"GitHub commits to a branch or file": {
		{"https://github.com/quay/tide/commits/main/", "https://github.com/quay/tide/commits/main.atom"},
		{"https://github.com/quay/tide/tree/feature/moon", "https://github.com/quay/tide/commits/feature/moon.atom"},
		{"https://github.com/quay/tide/blob/main/docs/READ%20ME.md", "https://github.com/quay/tide/commits/main/docs/READ%20ME.md.atom"},
	},
	"GitHub wiki":        {{"https://github.com/quay/tide/wiki", "https://github.com/quay/tide/wiki.atom"}, {"https://github.com/quay/tide/wiki/Moon", "https://github.com/quay/tide/wiki.atom"}},
	"GitHub discussions": {{"https://github.com/quay/tide/discussions", "https://github.com/quay/tide/discussions.atom"}, {"https://github.com/a/b/discussions/", "https://github.com/a/b/discussions.atom"}},
	"GitHub":             {{"https://github.com/quay/tide/issues", ""}, {"https://github.com/", ""}},
	"GitHub gists":       {{"https://gist.github.com/ann", "https://gist.github.com/ann.atom"}, {"https://gist.github.com/ann/0a1b2c", "https://gist.github.com/ann.atom"}},

	"GitLab itself": {{"https://gitlab.com/explore", ""}, {"https://gitlab.example.org/users/sign_in", ""}},
	"GitLab releases": {
		{"https://gitlab.com/quay/boats/tide/-/releases", "https://gitlab.com/quay/boats/tide/-/releases.atom"},
		{"https://gitlab.example.org:8443/quay/tide/-/releases/v1", "https://gitlab.example.org:8443/quay/tide/-/releases.atom"},
	},
	"GitLab tags": {{"https://gitlab.com/quay/tide/-/tags", "https://gitlab.com/quay/tide/-/tags?format=atom"}, {"https://salsa.debian.org/quay/tide/-/tags/v1", "https://salsa.debian.org/quay/tide/-/tags?format=atom"}},
	"GitLab commits": {
		{"https://gitlab.gnome.org/quay/tide/-/commits/main", "https://gitlab.gnome.org/quay/tide/-/commits/main?format=atom"},
		{"https://gitlab.com/quay/tide/-/tree/main/docs?ref_type=heads", "https://gitlab.com/quay/tide/-/commits/main/docs?format=atom"},
	},
	"GitLab issues":        {{"https://gitlab.com/quay/tide/-/issues", "https://gitlab.com/quay/tide/-/issues.atom"}, {"https://gitlab.com/a/b/-/merge_requests/", "https://gitlab.com/a/b/-/merge_requests.atom"}},
	"GitLab":               {{"https://gitlab.com/quay/tide/-/issues/12", ""}, {"https://gitlab.com/quay/tide/-/pipelines", ""}},
	"GitLab user or group": {{"https://gitlab.com/ann", "https://gitlab.com/ann.atom"}, {"https://invent.kde.org/quay/", "https://invent.kde.org/quay.atom"}},
	"GitLab project": {
		{"https://gitlab.com/quay/tide", "https://gitlab.com/quay/tide/-/releases.atom"},
		{"https://ann:secret@gitlab.example.org/quay/boats/tide", "https://ann:secret@gitlab.example.org/quay/boats/tide/-/releases.atom"},
	},

	"Gitea itself":     {{"https://codeberg.org/explore/repos", ""}, {"https://gitea.example.org/user/login", ""}},
	"Gitea releases":   {{"https://codeberg.org/quay/tide/releases", "https://codeberg.org/quay/tide/releases.rss"}, {"https://gitea.com/quay/tide/releases/tag/v1", "https://gitea.com/quay/tide/releases.rss"}},
	"Gitea tags":       {{"https://codeberg.org/quay/tide/tags", "https://codeberg.org/quay/tide/tags.rss"}, {"https://forgejo.example.org/a/b/tags", "https://forgejo.example.org/a/b/tags.rss"}},
	"Gitea commits":    {{"https://codeberg.org/quay/tide/commits/branch/main", "https://codeberg.org/quay/tide/rss/branch/main"}, {"https://codeberg.org/quay/tide/src/branch/main/docs", "https://codeberg.org/quay/tide/rss/branch/main/docs"}},
	"Gitea user":       {{"https://codeberg.org/ann", "https://codeberg.org/ann.rss"}, {"https://gitea.example.org/quay/", "https://gitea.example.org/quay.rss"}},
	"Gitea repository": {{"https://codeberg.org/quay/tide", "https://codeberg.org/quay/tide/releases.rss"}, {"https://code.forgejo.org/a/b/", "https://code.forgejo.org/a/b/releases.rss"}},

	"SourceHut refs":       {{"https://git.sr.ht/~ann/tide/refs", "https://git.sr.ht/~ann/tide/refs/rss.xml"}, {"https://git.sr.ht/~ann/tide/refs/v1", "https://git.sr.ht/~ann/tide/refs/rss.xml"}},
	"SourceHut repository": {{"https://git.sr.ht/~ann/tide", "https://git.sr.ht/~ann/tide/log/rss.xml"}, {"https://git.sr.ht/~ann/tide/tree/master", "https://git.sr.ht/~ann/tide/log/rss.xml"}},
	"PyPI project":         {{"https://pypi.org/project/tide/", "https://pypi.org/rss/project/tide/releases.xml"}, {"https://pypi.org/project/tide/1.0/#history", "https://pypi.org/rss/project/tide/releases.xml"}},
	"Rust crate":           {{"https://crates.io/crates/tide", "https://static.crates.io/rss/crates/tide.xml"}, {"https://crates.io/crates/tide/versions", "https://static.crates.io/rss/crates/tide.xml"}},
	"Ruby gem":             {{"https://rubygems.org/gems/tide", "https://rubygems.org/gems/tide/versions.atom"}, {"https://rubygems.org/gems/tide/versions/1.0", "https://rubygems.org/gems/tide/versions.atom"}},
	"arXiv category":       {{"https://arxiv.org/list/cs.AI/recent", "https://rss.arxiv.org/rss/cs.AI"}, {"https://arxiv.org/list/math.QA/new", "https://rss.arxiv.org/rss/math.QA"}},

	"Substack shared":  {{"https://open.substack.com/pub/quay/p/a-post?r=1", "https://quay.substack.com/feed"}, {"https://open.substack.com/pub/quay", "https://quay.substack.com/feed"}},
	"Substack":         {{"https://quay.substack.com/", "https://quay.substack.com/feed"}, {"https://quay.substack.com/p/a-post", "https://quay.substack.com/feed"}},
	"Substack profile": {{"https://substack.com/@quay", "https://quay.substack.com/feed"}, {"https://www.substack.com/@quay/posts", "https://quay.substack.com/feed"}},

	"Medium itself":            {{"https://medium.com/search?q=x", ""}, {"https://medium.com/m/signin", ""}},
	"Medium user":              {{"https://medium.com/@ann", "https://medium.com/feed/@ann"}, {"https://medium.com/@ann/a-story-0a1b", "https://medium.com/feed/@ann"}},
	"Medium tag":               {{"https://medium.com/tag/boats", "https://medium.com/feed/tag/boats"}, {"https://medium.com/tag/boats/latest", "https://medium.com/feed/tag/boats"}},
	"Medium publication's tag": {{"https://medium.com/quay/tagged/boats", "https://medium.com/feed/quay/tagged/boats"}, {"https://medium.com/quay/tagged/tide/", "https://medium.com/feed/quay/tagged/tide"}},
	"Medium publication":       {{"https://medium.com/quay", "https://medium.com/feed/quay"}, {"https://medium.com/quay/a-story-0a1b", "https://medium.com/feed/quay"}},
	"Medium user's own host":   {{"https://ann.medium.com/", "https://ann.medium.com/feed"}, {"https://ann.medium.com/a-story-0a1b", "https://ann.medium.com/feed"}},

	"WordPress.com archive": {{"https://quay.wordpress.com/category/boats/", "https://quay.wordpress.com/category/boats/feed/"}, {"https://quay.wordpress.com/tag/tide", "https://quay.wordpress.com/tag/tide/feed/"}},
	"WordPress.com":         {{"https://quay.wordpress.com", "https://quay.wordpress.com/feed/"}, {"https://quay.wordpress.com/2026/01/02/a-post/", "https://quay.wordpress.com/feed/"}},
	"Blogger feed":          {{"https://quay.blogspot.com/feeds/posts/default", ""}, {"https://quay.blogspot.com/feeds/posts/default/-/tide", ""}},
	"Blogger label":         {{"https://quay.blogspot.com/search/label/tide", "https://quay.blogspot.com/feeds/posts/default/-/tide"}, {"https://quay.blogspot.de/search/label/a%20b", "https://quay.blogspot.de/feeds/posts/default/-/a%20b"}},
	"Blogger":               {{"https://quay.blogspot.co.uk/", "https://quay.blogspot.co.uk/feeds/posts/default"}, {"https://quay.blogspot.com/2026/01/a-post.html", "https://quay.blogspot.com/feeds/posts/default"}},
	"Tumblr tag":            {{"https://quay.tumblr.com/tagged/tide", "https://quay.tumblr.com/tagged/tide/rss"}, {"https://quay.tumblr.com/tagged/a-b/page/2", "https://quay.tumblr.com/tagged/a-b/rss"}},
	"Tumblr":                {{"https://quay.tumblr.com/", "https://quay.tumblr.com/rss"}, {"https://quay.tumblr.com/post/1/a-post", "https://quay.tumblr.com/rss"}},
	"Tumblr blog":           {{"https://www.tumblr.com/blog/view/quay", "https://quay.tumblr.com/rss"}, {"https://www.tumblr.com/blog/view/quay/123", "https://quay.tumblr.com/rss"}},
	"Tumblr itself":         {{"https://www.tumblr.com/explore/today", ""}, {"https://www.tumblr.com/tagged/tide", ""}},
	"Tumblr post":           {{"https://www.tumblr.com/quay", "https://quay.tumblr.com/rss"}, {"https://www.tumblr.com/quay/123/a-post", "https://quay.tumblr.com/rss"}},
	"DEV tag":               {{"https://dev.to/t/go", "https://dev.to/feed/tag/go"}, {"https://dev.to/t/go/latest", "https://dev.to/feed/tag/go"}},
	"DEV itself":            {{"https://dev.to/search?q=x", ""}, {"https://dev.to/top/week", ""}},
	"DEV author":            {{"https://dev.to/ann", "https://dev.to/feed/ann"}, {"https://www.dev.to/quay/", "https://dev.to/feed/quay"}},
	"Bluesky profile":       {{"https://bsky.app/profile/ann.example", "https://bsky.app/profile/ann.example/rss"}, {"https://bsky.app/profile/did:plc:abc/post/1", "https://bsky.app/profile/did:plc:abc/rss"}},

	"Hacker News, Show HN": {{"https://news.ycombinator.com/show", "https://news.ycombinator.com/showrss"}, {"https://news.ycombinator.com/shownew", "https://news.ycombinator.com/showrss"}},
	"Hacker News":          {{"https://news.ycombinator.com", "https://news.ycombinator.com/rss"}, {"https://news.ycombinator.com/", "https://news.ycombinator.com/rss"}},
	"Hacker News lists":    {{"https://news.ycombinator.com/newest", "https://news.ycombinator.com/rss"}, {"https://news.ycombinator.com/ask", "https://news.ycombinator.com/rss"}},
	"Hacker News pages":    {{"https://news.ycombinator.com/item?id=1", ""}, {"https://news.ycombinator.com/user?id=ann", ""}},

	"Lobsters":               {{"https://lobste.rs/", "https://lobste.rs/rss"}, {"https://lobste.rs", "https://lobste.rs/rss"}},
	"Lobsters list":          {{"https://lobste.rs/newest", "https://lobste.rs/newest.rss"}, {"https://lobste.rs/comments", "https://lobste.rs/comments.rss"}},
	"Lobsters tag or domain": {{"https://lobste.rs/t/go,rust", "https://lobste.rs/t/go,rust.rss"}, {"https://lobste.rs/domains/quay.example", "https://lobste.rs/domains/quay.example.rss"}},
	"Lobsters user":          {{"https://lobste.rs/~ann", "https://lobste.rs/~ann/stories.rss"}, {"https://lobste.rs/~ann/threads", "https://lobste.rs/~ann/stories.rss"}},

	"Stack Exchange tag":       {{"https://stackoverflow.com/questions/tagged/go", "https://stackoverflow.com/feeds/tag/go"}, {"https://stackoverflow.com/questions/tagged/c%2b%2b?tab=Votes", "https://stackoverflow.com/feeds/tag/c%2b%2b"}},
	"Stack Exchange question":  {{"https://unix.stackexchange.com/questions/12/a-question", "https://unix.stackexchange.com/feeds/question/12"}, {"https://askubuntu.com/questions/3", "https://askubuntu.com/feeds/question/3"}},
	"Stack Exchange user":      {{"https://stackoverflow.com/users/7/ann", "https://stackoverflow.com/feeds/user/7"}, {"https://mathoverflow.net/users/8", "https://mathoverflow.net/feeds/user/8"}},
	"Stack Exchange questions": {{"https://superuser.com/questions?tab=Newest", "https://superuser.com/feeds"}, {"https://pt.stackoverflow.com/questions", "https://pt.stackoverflow.com/feeds"}},
	"Stack Exchange":           {{"https://gardening.stackexchange.com/", "https://gardening.stackexchange.com/feeds"}, {"https://serverfault.com", "https://serverfault.com/feeds"}},

	"Vimeo channel or group": {{"https://vimeo.com/channels/quay", "https://vimeo.com/channels/quay/videos/rss"}, {"https://vimeo.com/groups/boats/videos/1", "https://vimeo.com/groups/boats/videos/rss"}},
	"Vimeo showcase":         {{"https://vimeo.com/showcase/12", "https://vimeo.com/album/12/rss"}, {"https://vimeo.com/album/12", "https://vimeo.com/album/12/rss"}},
	"Vimeo video":            {{"https://vimeo.com/123", ""}, {"https://vimeo.com/123/abc", ""}},
	"Vimeo itself":           {{"https://vimeo.com/categories/animation", ""}, {"https://vimeo.com/log_in", ""}},
	"Vimeo user":             {{"https://vimeo.com/ann", "https://vimeo.com/ann/videos/rss"}, {"https://vimeo.com/ann/albums", "https://vimeo.com/ann/videos/rss"}},

	"Wiki, recent changes": {{"https://en.wikipedia.org/wiki/Special:RecentChanges", "https://en.wikipedia.org/w/index.php?title=Special:RecentChanges&feed=atom"}, {"https://www.mediawiki.org/wiki/Special:RecentChanges", "https://www.mediawiki.org/w/index.php?title=Special:RecentChanges&feed=atom"}},
	"Wiki page's history":  {{"https://en.wikipedia.org/w/index.php?title=Tide&action=history", "https://en.wikipedia.org/w/index.php?title=Tide&action=history&feed=atom"}, {"https://de.wikipedia.org/w/index.php?action=history&title=Ebbe+%26+Flut", "https://de.wikipedia.org/w/index.php?title=Ebbe+%26+Flut&action=history&feed=atom"}},
	"Wiki page":            {{"https://en.wikipedia.org/wiki/Tide", "https://en.wikipedia.org/w/index.php?title=Tide&action=history&feed=atom"}, {"https://de.wiktionary.org/wiki/Ebbe/Flut%3F", "https://de.wiktionary.org/w/index.php?title=Ebbe%2FFlut%3F&action=history&feed=atom"}},

	"Lemmy":              {{"https://lemmy.world/c/boats", "https://lemmy.world/feeds/c/boats.xml"}, {"https://lemmy.ml/u/ann", "https://lemmy.ml/feeds/u/ann.xml"}},
	"Discourse topic":    {{"https://discuss.example.org/t/a-topic/12/3", "https://discuss.example.org/t/a-topic/12.rss"}, {"https://meta.discourse.org/t/a-topic/12", "https://meta.discourse.org/t/a-topic/12.rss"}},
	"Discourse category": {{"https://discourse.example.org/c/news/5", "https://discourse.example.org/c/news/5.rss"}, {"https://meta.discourse.org/c/a/b/6", "https://meta.discourse.org/c/a/b/6.rss"}},
	"Discourse":          {{"https://discourse.example.org/", "https://discourse.example.org/latest.rss"}, {"https://meta.discourse.org", "https://meta.discourse.org/latest.rss"}},
	"Discourse latest":   {{"https://discuss.example.org/latest", "https://discuss.example.org/latest.rss"}, {"https://discuss.example.org/top", "https://discuss.example.org/top.rss"}},

	"no feeds by address": {{"https://podcasts.apple.com/us/podcast/quay/id123", ""}, {"https://www.tiktok.com/@ann", ""}, {"https://x.com/ann", ""}},

	"Mastodon hashtag":           {{"https://mastodon.social/tags/boats", "https://mastodon.social/tags/boats.rss"}, {"https://fosstodon.org/tags/go", "https://fosstodon.org/tags/go.rss"}},
	"Mastodon profile":           {{"https://mastodon.social/@ann", "https://mastodon.social/@ann.rss"}, {"https://social.example:8443/@quay/", "https://social.example:8443/@quay.rss"}},
	"Mastodon profile's part":    {{"https://mastodon.social/@ann/with_replies", "https://mastodon.social/@ann/with_replies.rss"}, {"https://social.example/@ann/media", "https://social.example/@ann/media.rss"}},
	"Mastodon profile's hashtag": {{"https://mastodon.social/@ann/tagged/boats", "https://mastodon.social/@ann/tagged/boats.rss"}, {"https://social.example/@ann/tagged/a/", "https://social.example/@ann/tagged/a.rss"}},
	"Mastodon post":              {{"https://mastodon.social/@ann/115", "https://mastodon.social/@ann.rss"}, {"https://social.example/@ann/7", "https://social.example/@ann.rss"}},
}

func TestKnownSites(t *testing.T) {
	for _, s := range sites {
		examples := knownSites[s.name]
		if len(examples) < 2 {
			t.Errorf("%s has %d examples, want at least 2", s.name, len(examples))
		}
		for _, e := range examples {
			address, want := e[0], e[1]
			if !strings.Contains(address, "://") {
				address = "https://" + address
			}
			feeds, ok := Known(address)
			got := ""
			if len(feeds) > 0 {
				got = feeds[0].URL
			}
			u, err := url.Parse(address)
			if err != nil {
				t.Fatal(err)
			}
			if site, _, _ := siteOf(u); !ok || got != want || site.name != s.name {
				t.Errorf("Known(%q) = %q, %v by %q, want %q by %q", address, got, ok, site.name, want, s.name)
			}
		}
	}
	if len(knownSites) > len(sites) {
		t.Errorf("there are %d sites with examples, and %d sites", len(knownSites), len(sites))
	}
}

func TestKnownFeedsAreWholeAddressesThatAreLeftAlone(t *testing.T) {
	for name, examples := range knownSites {
		for _, e := range examples {
			feeds, _ := Known(e[0])
			for _, l := range feeds {
				if u, err := url.Parse(l.URL); err != nil || u.Host == "" || strings.ContainsAny(l.URL, "{}") {
					t.Errorf("%s: %q is no address", name, l.URL)
				}
				if again, _ := Known(l.URL); len(again) > 0 && again[0].URL != l.URL {
					t.Errorf("%s: the feed %s is taken for a page with the feed %s", name, l.URL, again[0].URL)
				}
			}
		}
	}
}

func TestARepositoryHasSeveralFeeds(t *testing.T) {
	want := []Link{
		{"https://github.com/quay/tide/releases.atom", "releases"},
		{"https://github.com/quay/tide/commits.atom", "commits"},
		{"https://github.com/quay/tide/tags.atom", "tags"},
	}
	got, _ := Known("https://github.com/quay/tide")
	if diff := cmp.Diff(want, got); diff != "" {
		t.Error(diff)
	}
}

func TestOtherAddressesAreNotKnown(t *testing.T) {
	for _, address := range []string{
		"", "https://", "://", "file:///tmp/@ann", "https://example.org", "https://example.org/@", "https://example.org/blog/@ann", "https://example.org/@ann/a-post",
		"https://notgithub.com/a/b", "https://github.com.example/a/b", "https://example.org/github.com/a/b", "https://gitlabs.example/a/b",
		"https://github.com/a/b/commits/main.atom", "https://www.reddit.com/r/golang/.rss", "https://quay.wordpress.com/comments/feed/", "https://quay.wordpress.com/2026/01/02/a-post/feed/",
		"https://news.ycombinator.com/rss", "https://gitlab.com/a/b/-/tags?format=atom",
	} {
		if feeds, ok := Known(address); ok {
			t.Errorf("Known(%q) = %v, want nothing", address, feeds)
		}
	}
}

func TestAPageOfYouTubeTellsItsChannel(t *testing.T) {
	const id, other = "UCabcdefghijklmnopqrstuv", "UCzzzzzzzzzzzzzzzzzzzzzz"
	const want = "https://www.youtube.com/feeds/videos.xml?channel_id=" + id
	for name, page := range map[string]string{
		"declared":  `<link rel="alternate" type="application/rss+xml" title="RSS" href="` + want + `"><script>{"channelId":"` + other + `"}</script>`,
		"canonical": `<script>{"channelId":"` + other + `"}</script><link rel="canonical" href="https://www.youtube.com/channel/` + id + `">`,
		"external":  `<script>{"channelId":"` + other + `","externalId":"` + id + `"}</script>`,
		"item":      `<meta itemprop="identifier" content="` + id + `"><script>{"channelId":"` + other + `"}</script>`,
		"video":     `<link rel="canonical" href="https://www.youtube.com/watch?v=1"><script>{"channelId":"` + id + `"},{"channelId":"` + other + `"}</script>`,
	} {
		for _, base := range []string{"https://www.youtube.com/@quay", "https://m.youtube.com/c/quay"} {
			if feeds := Discover([]byte(page), base); len(feeds) != 1 || feeds[0].URL != want {
				t.Errorf("%s: %v, want %s", name, feeds, want)
			}
		}
		if feeds := Discover([]byte(page), "https://quay.example/@quay"); len(feeds) > 0 && name != "declared" {
			t.Errorf("%s: another site's page names %v", name, feeds)
		}
	}
	for _, page := range []string{"", `{"channelId":"UCshort"}`, `{"channelId":"` + strings.Repeat("x", 24) + `"}`} {
		if feeds := Discover([]byte(page), "https://www.youtube.com/@quay"); len(feeds) > 0 {
			t.Errorf("%q names %v", page, feeds)
		}
	}
}
