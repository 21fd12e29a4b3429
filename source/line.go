package source

import (
	"context"
	"math/rand/v2"
	"net"
	"sync"
	"time"

	"app/newsterm/store"
)

// A line is the feeds of one host that wait for their turn.
type line struct {
	host  string
	feeds chan store.Feed // closed, so that it ends
	pause func(host string) time.Duration

	mu    sync.Mutex           // held through a pause
	asked bool                 // once
	quiet map[string]time.Time // until when servers of the host want to be left alone
}

func newLine(host string, feeds []store.Feed, pause func(string) time.Duration) *line {
	l := &line{host: host, feeds: make(chan store.Feed, len(feeds)), pause: pause, quiet: map[string]time.Time{}}
	if pause == nil {
		l.pause = breath
	}
	for _, f := range feeds {
		l.feeds <- f
	}
	close(l.feeds)
	return l
}

// breath is the pause between requests to a host, when nothing else is said.
func breath(host string) time.Duration {
	ip := net.ParseIP(host)
	if host == "" || host == "localhost" || ip != nil && ip.IsLoopback() {
		return 0
	}
	return 200*time.Millisecond + rand.N(100*time.Millisecond)
}

// step waits until the host may be asked for an address. If the server there
// wants to be left alone, step returns until when.
func (l *line) step(ctx context.Context, address string) time.Time {
	l.mu.Lock()
	defer l.mu.Unlock()
	until := l.quiet[server(address)]
	if l.asked && until.IsZero() {
		select {
		case <-time.After(l.pause(l.host)):
		case <-ctx.Done():
		}
	}
	l.asked = true
	return until
}

// heard takes in what the server at an address answered, and returns until
// when it wants to be left alone; zero if it does not.
func (l *line) heard(address string, err error, now time.Time) time.Time {
	until := quietUntil(err, now)
	l.mu.Lock()
	defer l.mu.Unlock()
	if until.After(l.quiet[server(address)]) {
		l.quiet[server(address)] = until
	}
	return until
}
