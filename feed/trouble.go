package feed

import (
	"cmp"
	"compress/flate"
	"compress/gzip"
	"context"
	"crypto/tls"
	"crypto/x509"
	"errors"
	"fmt"
	"io"
	"net"
	"net/http"
	"net/url"
	"strings"
	"syscall"
	"time"
)

// A troubleError says in a reader's words what went wrong on the way to a
// server. Its cause is for errors.Is alone: it may quote what a stranger sent.
type troubleError struct {
	kind  Trouble // "" if the cause tells it
	why   string
	cause error
}

func (e *troubleError) Error() string { return e.why }
func (e *troubleError) Unwrap() error { return e.cause }

// Trouble is the kind of e.
func (e *troubleError) Trouble() Trouble { return cmp.Or(e.kind, TroubleOf(e.cause), Other) }

// plainly puts an error of the network into words.
func plainly(err error, host string) error {
	if trouble := (*troubleError)(nil); errors.As(err, &trouble) {
		return trouble
	}
	if errors.Is(err, ErrTooBig) {
		return fmt.Errorf("the answer of %s is %w", host, ErrTooBig)
	}
	kind, why := explain(err, host)
	return &troubleError{kind: kind, why: why, cause: err}
}

// explain is what kind of trouble err is, and why the fetch from host did not
// go well.
func explain(err error, host string) (Trouble, string) {
	var (
		dns     *net.DNSError
		timeout net.Error
	)
	switch {
	case errors.Is(err, context.Canceled):
		return Other, "stopped"
	case errors.As(err, &dns) && dns.IsNotFound:
		return UnknownHost, "there is no host called " + Line(dns.Name)
	case errors.As(err, &dns):
		return NoLookup, fmt.Sprintf("the name %s could not be looked up; is the network up?", Line(dns.Name))
	case errors.Is(err, context.DeadlineExceeded), errors.As(err, &timeout) && timeout.Timeout():
		return TimedOut, host + " took too long to answer"
	case errors.Is(err, syscall.ECONNREFUSED):
		return Refused, host + " refused the connection"
	case errors.Is(err, syscall.ENETUNREACH):
		return Offline, host + " cannot be reached from here"
	case errors.Is(err, syscall.EHOSTUNREACH):
		return Unreachable, host + " cannot be reached from here"
	}
	if kind, why := explainTLS(err, host); kind != "" {
		return kind, why
	}
	switch {
	case isBrokenOff(err), errors.Is(err, syscall.EPIPE), errors.Is(err, io.EOF):
		return BrokenOff, host + " broke off the connection"
	case errors.Is(err, gzip.ErrHeader), errors.Is(err, gzip.ErrChecksum), isCorrupt(err):
		return Packing, fmt.Sprintf("the answer of %s is packed, and damaged", host)
	}
	return explainHTTP(err, host)
}

// explainTLS is explain for connections that should have been secure; "" if
// there is nothing wrong with that.
func explainTLS(err error, host string) (Trouble, string) {
	var (
		name    x509.HostnameError
		invalid x509.CertificateInvalidError
		unknown x509.UnknownAuthorityError
		verify  *tls.CertificateVerificationError
		noise   tls.RecordHeaderError
		alert   *net.OpError
	)
	switch {
	case errors.As(err, &invalid) && invalid.Reason == x509.Expired:
		return expired(invalid, host)
	case errors.As(err, &name):
		return Certificate, fmt.Sprintf("the certificate of %s is for another name", host)
	case errors.As(err, &unknown):
		return Certificate, fmt.Sprintf("the certificate of %s is signed by nobody this machine trusts", host)
	case errors.As(err, &verify):
		return Certificate, fmt.Sprintf("the certificate of %s is not valid", host)
	case errors.Is(err, http.ErrSchemeMismatch):
		return Insecure, fmt.Sprintf("%s does not speak https; try http://", host)
	case errors.As(err, &noise), errors.As(err, &alert) && (alert.Op == "remote error" || alert.Op == "local error"):
		return insecure(host)
	}
	return "", ""
}

func insecure(host string) (Trouble, string) {
	return Insecure, host + " and newsterm could not agree on a secure connection"
}

// explainHTTP is explain for the rest. The tls and http packages have no
// errors for these that could be asked for by name, and quote the stranger.
func explainHTTP(err error, host string) (Trouble, string) {
	var wrapped *url.Error // which quotes the address
	if errors.As(err, &wrapped) {
		err = wrapped.Err
	}
	switch text := err.Error(); {
	case strings.HasPrefix(text, "tls: "):
		return insecure(host)
	case strings.Contains(text, "Location header"):
		return Lost, host + " redirects to an address that cannot be read"
	case strings.Contains(text, "exceeded"):
		return NotHTTP, host + " answered with more headers than an answer needs"
	}
	return NotHTTP, host + " answered in a way that is not HTTP"
}

// expired is explainTLS for a certificate of another time than now.
func expired(e x509.CertificateInvalidError, host string) (Trouble, string) {
	switch {
	case e.Cert == nil:
		return Expired, fmt.Sprintf("the certificate of %s has expired", host)
	case time.Now().Before(e.Cert.NotBefore):
		return NotYetValid, fmt.Sprintf("the certificate of %s is not valid before %s; is the clock right?", host, e.Cert.NotBefore.Format(time.DateOnly))
	}
	return Expired, fmt.Sprintf("the certificate of %s expired on %s", host, e.Cert.NotAfter.Format(time.DateOnly))
}

// isBrokenOff reports whether a transfer ended before its end.
func isBrokenOff(err error) bool {
	return errors.Is(err, io.ErrUnexpectedEOF) || errors.Is(err, syscall.ECONNRESET)
}

func isCorrupt(err error) bool {
	var corrupt flate.CorruptInputError
	return errors.As(err, &corrupt)
}
