package feed

import (
	"fmt"
	"net"
	"net/http"
	"net/netip"
	"net/url"
	"strings"
	"syscall"
	"time"

	"golang.org/x/net/idna"
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
	return zoneOfIP(ap.Addr().Unmap())
}

func zoneOfIP(ip netip.Addr) zone {
	switch {
	case ip.IsLoopback(), ip.IsUnspecified():
		return loopback
	case ip.IsLinkLocalUnicast(), ip.IsMulticast():
		return linkLocal
	case ip.IsPrivate(), carrierNet.Contains(ip):
		return private
	}
	return world
}

// zoneOfHost returns the zone of a host that a proxy will look up: what its
// name alone tells. A name that ends in a number is an address in one of the
// forms that old software understands, and belongs to this machine.
func zoneOfHost(host string) zone {
	if ascii, err := idna.Lookup.ToASCII(host); err == nil {
		host = ascii
	}
	host = strings.ToLower(strings.TrimSuffix(host, "."))
	if ip, err := netip.ParseAddr(host); err == nil {
		return zoneOfIP(ip.Unmap())
	}
	last := host[strings.LastIndexByte(host, '.')+1:]
	if last == "localhost" || strings.HasPrefix(last, "0x") || strings.Trim(last, "0123456789") == "" {
		return loopback
	}
	return world
}

// anywhere carries requests to addresses that the reader gave, and those that
// go to a proxy; transports holds, by zone, those that carry redirects from
// there. They are apart so that a kept connection cannot be used to get around
// the check.
var (
	anywhere   = newTransport(http.ProxyFromEnvironment, nil)
	transports = [...]*http.Transport{
		world: newTransport(nil, world.admit), loopback: newTransport(nil, loopback.admit),
		linkLocal: newTransport(nil, linkLocal.admit), private: newTransport(nil, private.admit),
	}
)

// RoundTrip carries a request that a server in z asks for. One that goes
// through a proxy is judged by the name of its host: the proxy may well be at
// home, and what it is asked for may not.
func (z zone) RoundTrip(req *http.Request) (*http.Response, error) {
	if !throughProxy(req) {
		return transports[z].RoundTrip(req)
	}
	if err := z.admits(zoneOfHost(req.URL.Hostname()), req.URL.Host); err != nil {
		return nil, err
	}
	return anywhere.RoundTrip(req)
}

// throughProxy reports whether a request goes to a proxy. One for this machine
// never does.
func throughProxy(req *http.Request) bool {
	proxy, err := http.ProxyFromEnvironment(req)
	return proxy != nil || err != nil // which anywhere will say
}

// admit refuses to connect a server in z with an address in another zone
// other than the world. It sees the address that is really dialled, after
// the name was looked up.
func (z zone) admit(_, address string, _ syscall.RawConn) error {
	return z.admits(zoneOf(address), address)
}

func (z zone) admits(to zone, address string) error {
	if to != world && to != z {
		return &troubleError{kind: Lost, why: fmt.Sprintf("the server redirects into a private network, to %s", Line(address))}
	}
	return nil
}

// newTransport keeps connections for the next feed of their host, which is
// asked for at once or never. There is no bound on how many: when MaxIdleConns
// is reached, net/http may close one whose answer has come but has not been
// handed over, and the request fails.
func newTransport(proxy func(*http.Request) (*url.URL, error), admit func(network, address string, c syscall.RawConn) error) *http.Transport {
	dialer := &net.Dialer{Timeout: 10 * time.Second, Control: admit}
	return &http.Transport{
		Proxy:                  proxy,
		DialContext:            dialer.DialContext,
		ForceAttemptHTTP2:      true,
		TLSHandshakeTimeout:    10 * time.Second,
		ResponseHeaderTimeout:  15 * time.Second,
		MaxResponseHeaderBytes: 256 << 10,
		MaxIdleConnsPerHost:    2,
		IdleConnTimeout:        3 * time.Second,
	}
}
