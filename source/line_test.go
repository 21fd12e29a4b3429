package source

import (
	"testing"
	"time"
)

func TestOnlyThisMachineIsAskedWithoutPause(t *testing.T) {
	for host, none := range map[string]bool{"127.0.0.2": true, "::1": true, "localhost": true, "": true, "a.example": false, "192.0.2.1": false} {
		pause := breath(host)
		if none && pause != 0 || !none && (pause < 200*time.Millisecond || pause > 300*time.Millisecond) {
			t.Errorf("%q: %v", host, pause)
		}
	}
}

func TestAServerIsAHostAndAPort(t *testing.T) {
	for address, want := range map[string]string{
		"https://A.example/feed": "a.example", "https://a.example:443/": "a.example", "http://a.example:80/feed": "a.example",
		"http://a.example:443/": "a.example:443", "https://me:secret@a.example:8443/": "a.example:8443",
		"http://[::1]:8080/": "[::1]:8080", "http://[::1]:80/": "[::1]", "file:///feed.xml": "", "exec:/bin/feed": "",
	} {
		if got := server(address); got != want {
			t.Errorf("%s is at %q, want %q", address, got, want)
		}
	}
}
