package source

import (
	"errors"
	"fmt"
	"strconv"
	"strings"
	"time"

	"app/newsterm/store"
)

// Interval reads a time between fetches as people write it, 30m, 2h, 1d or 2w;
// zero for the usual, which is "", "off", "0" or "default". The error says what
// such a time looks like.
func Interval(text string) (time.Duration, error) {
	text = strings.ToLower(strings.TrimSpace(text))
	switch text {
	case "", "off", "0", "default":
		return 0, nil
	}
	d, err := days(text)
	if err != nil {
		d, err = time.ParseDuration(text)
	}
	switch {
	case err != nil:
		return 0, fmt.Errorf("a time such as 30m, 2h or 1d, or off, not %q", text)
	case d < store.Often:
		return 0, errors.New("5m at the least, to spare the server")
	case d > store.Seldom:
		return 0, errors.New("365d at the most")
	}
	return d.Round(time.Second), nil
}

// days reads a number of days or weeks.
func days(text string) (time.Duration, error) {
	const day = 24 * time.Hour
	if weeks, ok := strings.CutSuffix(text, "w"); ok {
		n, err := strconv.Atoi(weeks)
		return time.Duration(min(n, 100)) * 7 * day, err
	}
	n, err := strconv.Atoi(strings.TrimSuffix(text, "d"))
	if !strings.HasSuffix(text, "d") {
		err = strconv.ErrSyntax
	}
	return time.Duration(min(n, 1000)) * day, err
}

// Spoken is a time between fetches as Interval reads it; "" for the usual.
func Spoken(d time.Duration) string {
	const day = 24 * time.Hour
	switch {
	case d == 0:
		return ""
	case d%day == 0:
		return fmt.Sprintf("%dd", d/day)
	case d%time.Hour == 0:
		return fmt.Sprintf("%dh", d/time.Hour)
	case d%time.Minute == 0:
		return strings.TrimSuffix(d.String(), "0s")
	}
	return d.String()
}
