package source_test

import (
	"testing"
	"time"

	"app/newsterm/source"
)

func TestIntervalsAreReadAndSpoken(t *testing.T) {
	const day = 24 * time.Hour
	for text, want := range map[string]time.Duration{
		"": 0, "off": 0, "0": 0, "30m": 30 * time.Minute, "2H": 2 * time.Hour, " 1d ": day, "2w": 14 * day, "1h30m": 90 * time.Minute, "5m30s": 5*time.Minute + 30*time.Second,
	} {
		got, err := source.Interval(text)
		if err != nil || got != want {
			t.Errorf("Interval(%q) = %v, %v, want %v", text, got, err, want)
		}
		if again, err := source.Interval(source.Spoken(got)); err != nil || again != want {
			t.Errorf("%q is spoken as %q, which reads as %v, %v", text, source.Spoken(got), again, err)
		}
	}
	for _, text := range []string{"soon", "1", "4m", "-2d", "400d", "99999999999w", "99999999999999999999d", "d", "1.5d"} {
		if d, err := source.Interval(text); err == nil {
			t.Errorf("Interval(%q) = %v, want an error", text, d)
		}
	}
}
