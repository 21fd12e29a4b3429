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
