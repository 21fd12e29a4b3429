package feed

import (
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
	why   string
	cause error
}

func (e *troubleError) Error() string { return e.why }
func (e *troubleError) Unwrap() error { return e.cause }

// plainly puts an error of the network into words.
func plainly(err error, host string) error {
	if trouble := (*troubleError)(nil); errors.As(err, &trouble) {
		return trouble
	}
	if errors.Is(err, ErrTooBig) {
		return fmt.Errorf("the answer of %s is %w", host, ErrTooBig)
	}
	return &troubleError{why: why(err, host), cause: err}
}

func why(err error, host string) string {
	var (
		dns      *net.DNSError
		name     x509.HostnameError
		invalid  x509.CertificateInvalidError
		unknown  x509.UnknownAuthorityError
		verify   *tls.CertificateVerificationError
		alert    tls.AlertError
		timeout  net.Error
		urlError *url.Error
	)
	switch {
	case errors.Is(err, context.Canceled):
		return "stopped"
	case errors.Is(err, context.DeadlineExceeded), errors.As(err, &timeout) && timeout.Timeout():
		return host + " took too long to answer"
	case errors.As(err, &dns) && dns.IsNotFound:
		return "there is no host called " + Line(dns.Name)
	case errors.As(err, &dns):
		return fmt.Sprintf("the name %s could not be looked up; is the network up?", Line(dns.Name))
	case errors.As(err, &invalid) && invalid.Reason == x509.Expired:
		return expired(invalid, host)
	case errors.As(err, &name):
		return fmt.Sprintf("the certificate of %s is for another name", host)
	case errors.As(err, &unknown):
		return fmt.Sprintf("the certificate of %s is signed by nobody this machine trusts", host)
	case errors.As(err, &verify):
		return fmt.Sprintf("the certificate of %s is not valid", host)
	case errors.As(err, &alert):
		return fmt.Sprintf("%s and newsterm could not agree on a secure connection", host)
	case errors.Is(err, http.ErrSchemeMismatch):
		return fmt.Sprintf("%s does not speak https; try http://", host)
	case errors.Is(err, syscall.ECONNREFUSED):
		return host + " refused the connection"
	case errors.Is(err, syscall.ENETUNREACH), errors.Is(err, syscall.EHOSTUNREACH):
		return host + " cannot be reached from here"
	case isBrokenOff(err), errors.Is(err, syscall.EPIPE), errors.Is(err, io.EOF):
		return host + " broke off the connection"
	case errors.Is(err, gzip.ErrHeader), errors.Is(err, gzip.ErrChecksum), isCorrupt(err):
		return fmt.Sprintf("the answer of %s is packed, and damaged", host)
	case errors.As(err, &urlError):
		return whyNotHTTP(urlError.Err, host)
	}
	return whyNotHTTP(err, host)
}

// whyNotHTTP puts the rest into words. The http package has no errors for
// these that could be asked for by name, and quotes the stranger.
func whyNotHTTP(err error, host string) string {
	switch text := err.Error(); {
	case strings.Contains(text, "Location header"):
		return host + " redirects to an address that cannot be read"
	case strings.Contains(text, "exceeded"):
		return host + " answered with more headers than an answer needs"
	default:
		return host + " answered in a way that is not HTTP"
	}
}

func expired(e x509.CertificateInvalidError, host string) string {
	if e.Cert != nil && time.Now().Before(e.Cert.NotBefore) {
		return fmt.Sprintf("the certificate of %s is not valid before %s; is the clock right?", host, e.Cert.NotBefore.Format(time.DateOnly))
	}
	if e.Cert != nil {
		return fmt.Sprintf("the certificate of %s expired on %s", host, e.Cert.NotAfter.Format(time.DateOnly))
	}
	return fmt.Sprintf("the certificate of %s has expired", host)
}

// isBrokenOff reports whether a transfer ended before its end.
func isBrokenOff(err error) bool {
	return errors.Is(err, io.ErrUnexpectedEOF) || errors.Is(err, syscall.ECONNRESET)
}

func isCorrupt(err error) bool {
	var corrupt flate.CorruptInputError
	return errors.As(err, &corrupt)
}
