package store_test

import (
	"context"
	"errors"
	"math/rand/v2"
	"testing"
	"time"

	"app/newsterm/feed"
	"app/newsterm/store"
)

// TestWritingGoesOnAfterAnyThatWasStopped stops writes at all moments: none of
// them leaves a transaction open, in which the next one could not begin.
func TestWritingGoesOnAfterAnyThatWasStopped(t *testing.T) {
	s, err := store.Open(t.TempDir() + "/news.db")
	if err != nil {
		t.Fatal(err)
	}
	defer s.Close()
	for range 5000 {
		ctx, cancel := context.WithCancel(t.Context())
		end := time.Now().Add(time.Duration(rand.IntN(60)) * time.Microsecond)
		go func() {
			for time.Now().Before(end) {
			}
			cancel()
		}()
		if err := s.Leave(ctx, 1, false, 0); err != nil && !errors.Is(err, context.Canceled) {
			t.Fatal(err)
		}
		<-ctx.Done()
	}
	if _, _, err := s.Subscribe(t.Context(), feed.Sub{URL: "https://a.example/feed"}); err != nil {
		t.Error(err)
	}
}
