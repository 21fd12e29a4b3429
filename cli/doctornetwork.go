package cli

import (
	"cmp"
	"fmt"
	"net"
	"time"

	"app/newsterm/feed"
	"app/newsterm/store"
)

// examineNetwork judges the network by what this machine has and by how the
// last fetches went. It asks nobody.
func (a *app) examineNetwork(feeds []store.Health) finding {
	unreached := 0
	for _, h := range feeds {
		switch h.Trouble {
		case feed.Offline, feed.NoLookup, feed.Unreachable:
			unreached++
		}
	}
	proxy := cmp.Or(a.Getenv("HTTPS_PROXY"), a.Getenv("https_proxy"), a.Getenv("HTTP_PROXY"), a.Getenv("http_proxy"))
	switch {
	case !connected():
		return finding{"note", "network", "this machine has no address but its own, so that nothing can be fetched from the web"}
	case unreached > 1 && 2*unreached > len(feeds):
		return finding{"note", "network", fmt.Sprintf("most feeds could not be reached (%d of %d); was this machine online?", unreached, len(feeds))}
	case proxy != "":
		return finding{"ok", "network", "this machine has an address; feeds are fetched by way of " + feed.Shown(proxy)}
	}
	return finding{"ok", "network", "this machine has an address"}
}

// connected reports whether this machine has an address by which others can
// reach it.
func connected() bool {
	all, err := net.InterfaceAddrs()
	for _, addr := range all {
		if n, ok := addr.(*net.IPNet); ok && n.IP.IsGlobalUnicast() {
			return true
		}
	}
	return err != nil // nobody can tell
}

// examineClock tells the time, and doubts it if a fetch lies in the future or
// if the certificates of several servers are of another time.
func (a *app) examineClock(feeds []store.Health) finding {
	now := a.Now()
	says := now.Local().Format(minutes + " MST")
	early, late := 0, 0
	for _, h := range feeds {
		switch {
		case h.Checked.After(now.Add(time.Hour)):
			return finding{"note", "clock", fmt.Sprintf("it says %s, but a feed was fetched on %s; set the clock if it is wrong", says, clock(h.Checked))}
		case h.Trouble == feed.NotYetValid:
			early++
		case h.Trouble == feed.Expired:
			late++
		}
	}
	switch {
	case early > 0:
		return finding{"note", "clock", fmt.Sprintf("it says %s, which is before the certificates of %s begin; set the clock if it is wrong", says, count(early, "feed"))}
	case late > 2 && 2*late > len(feeds):
		return finding{"note", "clock", fmt.Sprintf("it says %s, which is after the certificates of %s end; set the clock if it is wrong", says, count(late, "feed"))}
	}
	return finding{"ok", "clock", says}
}
