package feed

import (
	"fmt"
	"net"
	"net/http"
	"net/netip"
	"syscall"
	"time"
)

// A zone is a part of the network that one address may belong to. A server
// may redirect within its own zone and out into the world, but the world may
// not redirect into a home: such requests reach routers, databases and cloud
// credentials that only trust their neighbours.
type zone int

const (
	world     zone = iota
	loopback       // this machine
	linkLocal      // link-local; the credentials of cloud machines live there
	private        // private networks
)

// carrierNet is the private network of those who share a provider's address
// (RFC 6598).
var carrierNet = netip.MustParsePrefix("100.64.0.0/10")

// zoneOf returns the zone of a dialled address, "10.0.0.1:80". What cannot be
// read belongs to this machine: a Unix socket, say.
func zoneOf(address string) zone {
	ap, err := netip.ParseAddrPort(address)
	if err != nil {
		return loopback
	}
	switch ip := ap.Addr().Unmap(); {
	case ip.IsLoopback(), ip.IsUnspecified():
		return loopback
	case ip.IsLinkLocalUnicast(), ip.IsMulticast():
		return linkLocal
	case ip.IsPrivate(), carrierNet.Contains(ip):
		return private
	}
	return world
}

// anywhere carries requests to addresses that the reader gave; transports
// holds, by zone, those that carry redirects from there. They are apart so
// that a kept connection cannot be used to get around the check.
var (
	anywhere   = newTransport(nil)
	transports = [...]*http.Transport{
		world: newTransport(world.admit), loopback: newTransport(loopback.admit),
		linkLocal: newTransport(linkLocal.admit), private: newTransport(private.admit),
	}
)

func (z zone) transport() http.RoundTripper { return transports[z] }

// admit refuses to connect a server in z with an address in another zone
// other than the world. It sees the address that is really dialled, after
// the name was looked up.
func (z zone) admit(_, address string, _ syscall.RawConn) error {
	if to := zoneOf(address); to != world && to != z {
		return &troubleError{kind: Lost, why: fmt.Sprintf("the server redirects into a private network, to %s", Line(address))}
	}
	return nil
}

// newTransport keeps connections for the next feed of their host, which is
// asked for at once or never. There is no bound on how many: when MaxIdleConns
// is reached, net/http may close one whose answer has come but has not been
// handed over, and the request fails.
func newTransport(admit func(network, address string, c syscall.RawConn) error) *http.Transport {
	dialer := &net.Dialer{Timeout: 10 * time.Second, Control: admit}
	return &http.Transport{
		Proxy:                  http.ProxyFromEnvironment,
		DialContext:            dialer.DialContext,
		ForceAttemptHTTP2:      true,
		TLSHandshakeTimeout:    10 * time.Second,
		ResponseHeaderTimeout:  15 * time.Second,
		MaxResponseHeaderBytes: 256 << 10,
		MaxIdleConnsPerHost:    2,
		IdleConnTimeout:        3 * time.Second,
	}
}
